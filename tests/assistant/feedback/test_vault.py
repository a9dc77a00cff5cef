"""The vault: unreadable without its key, bound to its place, keys exchanged without loss."""

from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.feedback.errors import KeysUnusable, SealBroken
from assistant.feedback.vault import KeyFile, Keys, Vault, fresh_keys, read_keys, write_keys

KEYS = Keys((b"k" * 32,), b"l" * 32)


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_what_was_sealed_is_read_back(text: str) -> None:
    vault = Vault(KEYS)
    assert vault.open(vault.seal(text, "submission.text:DH"), "submission.text:DH") == text


def test_nothing_of_the_text_can_be_read_in_what_is_kept() -> None:
    sealed = Vault(KEYS).seal("đường hỏng", "a")
    assert "hỏng".encode() not in sealed
    assert sealed != Vault(KEYS).seal("đường hỏng", "a")


@pytest.mark.parametrize("harm", ["moved", "changed", "cut", "empty", "other key"])
def test_what_was_changed_or_moved_is_not_opened(harm: str) -> None:
    sealed, place = Vault(KEYS).seal("chữ", "contact.details:1"), "contact.details:1"
    vault = Vault(fresh_keys()) if harm == "other key" else Vault(KEYS)
    changed = {"changed": sealed[:-1] + bytes([sealed[-1] ^ 1]), "cut": sealed[:-4], "empty": b""}.get(harm, sealed)
    with pytest.raises(SealBroken):
        vault.open(changed, "contact.details:2" if harm == "moved" else place)


def test_old_values_open_after_a_new_key_came() -> None:
    old = Vault(KEYS).seal("cũ", "a")
    renewed = Vault(KEYS.with_new())
    assert renewed.open(old, "a") == "cũ"
    assert not renewed.is_newest(old)
    assert renewed.is_newest(renewed.seal("mới", "a"))
    assert renewed.hashed("code", "DH") == Vault(KEYS).hashed("code", "DH")


def test_values_of_a_key_that_was_dropped_stay_shut() -> None:
    keys = KEYS.with_new().newest()
    with pytest.raises(SealBroken):
        Vault(keys).open(Vault(KEYS).seal("cũ", "a"), "a")


def test_written_keys_are_read_back() -> None:
    keys = KEYS.with_new()
    assert read_keys(write_keys(keys), "test") == keys
    assert read_keys(write_keys(keys).replace("\n", ","), "test") == keys


@pytest.mark.parametrize(
    "written", ["", "lookup:bGw=", "a2s=\nlookup:bGw=", "không phải khoá\nlookup:x", write_keys(KEYS).split("lookup")[0]]
)
def test_unusable_keys_are_refused_without_being_quoted(written: str) -> None:
    with pytest.raises(KeysUnusable) as caught:
        read_keys(written, "DIENHONG_FEEDBACK_KEYS")
    assert caught.value.source == "DIENHONG_FEEDBACK_KEYS"
    assert "a2s" not in str(caught.value)


def test_a_key_file_is_made_once_and_for_its_owner_only(tmp_path: Path) -> None:
    file = KeyFile(tmp_path / "keys" / "feedback.keys")
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda _: file.load_or_make(), range(16)))
    assert len(set(made)) == 1
    assert stat.S_IMODE(file.path.stat().st_mode) == 0o600
    assert list(file.path.parent.iterdir()) == [file.path]
    file.save(made[0].with_new())
    assert file.load_or_make().sealing[1:] == made[0].sealing
    assert stat.S_IMODE(file.path.stat().st_mode) == 0o600
