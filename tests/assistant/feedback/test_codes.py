"""Tracking codes: typed as people type, never guessed, a slip noticed."""

from __future__ import annotations

import re
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.feedback.codes import new_code, read_code

LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


def written(seed: int) -> str:
    return new_code(Random(seed).choice)


codes = st.integers(min_value=0).map(written)


def test_codes_look_as_documented() -> None:
    assert re.fullmatch(r"DH-[2-9A-HJKMNP-TV-Z]{5}-[2-9A-HJKMNP-TV-Z]{5}-[2-9A-HJKMNP-TV-Z]", new_code())


def test_codes_do_not_repeat() -> None:
    assert len({new_code() for _ in range(20_000)}) == 20_000


@given(codes)
def test_a_code_is_read_back_however_it_is_typed(code: str) -> None:
    bare = code.removeprefix("DH-")
    for typed in (code, code.lower(), code.replace("-", ""), f"  {code.replace('-', ' ')} ", bare, bare.replace("-", "").lower()):
        assert read_code(typed) == code


@given(codes, st.integers(0, 10), st.sampled_from(LETTERS))
def test_one_wrong_character_is_noticed(code: str, place: int, letter: str) -> None:
    letters = code.removeprefix("DH").replace("-", "")
    changed = letters[:place] + letter + letters[place + 1 :]
    assert read_code(changed) == (code if changed == letters else None)


@given(codes, st.integers(0, 9), st.integers(0, 9))
def test_two_characters_exchanged_are_noticed(code: str, one: int, other: int) -> None:
    letters = list(code.removeprefix("DH").replace("-", ""))
    swapped = letters.copy()
    swapped[one], swapped[other] = letters[other], letters[one]
    changed = "".join(swapped)
    assert read_code(changed) == (code if swapped == letters else None)


@pytest.mark.parametrize(
    "typed", ["", "DH", "không có mã", "DH-00000-00000-0", "DH-7K3QF-9D2MX", "Ð" * 13, "DH-7K3QF-9D2MX-44", "\x00" * 13, "１" * 11]
)
def test_what_is_no_code_is_none(typed: str) -> None:
    assert read_code(typed) is None
