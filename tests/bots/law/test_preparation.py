"""Getting ready to answer, with parts that fail on the way."""

from __future__ import annotations

import errno
import shutil
from pathlib import Path

import pytest

from assistant.answering.types import Outcome, Question
from assistant.bootstrap import Parts
from assistant.errors import InvalidSettings
from assistant.settings import EncoderChoice, Settings
from bots.law.explain import explain, is_disk_full
from bots.law.preparation import index_meaning, index_words, prepared_answerer
from bots.wording import ENGLISH, VIETNAMESE
from corpus.errors import DocumentNotFound, InvalidProvisionId, ProvisionNotFound, SourceUnreadable
from embeddings.errors import IndexBusy, IndexMissing, IndexUnreachable, ModelUnavailable
from tests.assistant.toy_law import IN_FORCE, fill
from tests.embeddings.encoder_contract import HashingEncoder
from tests.fakes import FullDiskEncoder

NAMED = Question("khoản 2 Điều 5 Bộ luật Tàu giấy", IN_FORCE)


def parts_with(home: Path, encoder: HashingEncoder) -> Parts:
    """Real parts but for the encoder."""
    parts = Parts(Settings(home=home, encoder=EncoderChoice.NONE))
    parts.encoder = encoder
    return parts


@pytest.fixture
def ready(tmp_path: Path) -> Path:
    """A home whose store and index hold the invented law, by words and by meaning."""
    parts = parts_with(tmp_path / "home", HashingEncoder())
    fill(parts.store)
    index_words(parts, VIETNAMESE)
    assert index_meaning(parts, VIETNAMESE) is not None
    assert parts.index_home.current().facts.is_complete
    parts.vectors.cache.close()
    return tmp_path / "home"


def answers(home: Path) -> bool:
    answerer = prepared_answerer(parts_with(home, HashingEncoder()), VIETNAMESE)
    try:
        return answerer.answer(NAMED).outcome is Outcome.ANSWERED
    finally:
        answerer.retriever.close()


def test_a_disk_that_fills_while_meaning_is_encoded_is_told_and_the_old_index_answers(ready: Path) -> None:
    shutil.rmtree(ready / "vectors")
    parts = parts_with(ready, FullDiskEncoder(0))
    before = parts.index_home.current()
    with pytest.raises(OSError) as failed:  # noqa: PT011 - what kind it is, is asked below
        index_meaning(parts, VIETNAMESE)
    assert explain(failed.value, VIETNAMESE) == VIETNAMESE.disk_full
    assert parts.index_home.current() == before
    assert answers(ready)


def test_a_disk_without_room_for_an_index_is_told_before_the_engine_starts(ready: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    parts = parts_with(ready, HashingEncoder())
    before = parts.index_home.current()
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: shutil._ntuple_diskusage(10**9, 10**9 - 10**6, 10**6))
    with pytest.raises(OSError) as failed:  # noqa: PT011 - what kind it is, is asked below
        index_words(parts, VIETNAMESE)
    assert explain(failed.value, ENGLISH) == ENGLISH.disk_full
    assert parts.index_home.current() == before
    assert [path.name for path in (ready / "index").glob("generation-*")] == [before.directory.name]


def test_an_index_made_by_another_encoder_answers_by_words(ready: Path) -> None:
    answerer = prepared_answerer(parts_with(ready, HashingEncoder(16)), VIETNAMESE)
    assert answerer.retriever.prepare("tàu giấy").meaning is None
    assert answerer.answer(NAMED).outcome is Outcome.ANSWERED
    answerer.retriever.close()


def test_a_complete_index_is_not_built_again(ready: Path) -> None:
    parts = parts_with(ready, HashingEncoder())
    assert index_meaning(parts, VIETNAMESE) is None
    parts.vectors.cache.close()


def test_a_missing_index_is_made_on_the_way(ready: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.rmtree(ready / "index")
    assert answers(ready)
    assert capsys.readouterr().err == VIETNAMESE.preparing + "\n"


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (SourceUnreadable("x.zip", "broken"), "x.zip: broken"),
        (InvalidProvisionId("abc"), "«abc»"),
        (ProvisionNotFound("1/2020/QH14@9"), "1/2020/QH14@9"),
        (DocumentNotFound("1/2020/QH14"), "1/2020/QH14"),
        (IndexBusy("kho/index"), "kho/index"),
        (IndexMissing("kho/index"), "dienhong index build"),
        (IndexUnreachable("http://qdrant", "refused"), "http://qdrant"),
        (ModelUnavailable("m", "no such model"), "m: no such model"),
        (InvalidSettings("DIENHONG_X", "is odd"), "DIENHONG_X"),
        (FileNotFoundError(2, "No such file", "a.jsonl"), "a.jsonl"),
    ],
)
def test_every_error_that_people_can_meet_has_a_sentence(error: Exception, told: str) -> None:
    for words in (VIETNAMESE, ENGLISH):
        sentence = explain(error, words)
        assert sentence
        assert "{" not in sentence
    assert told in str(explain(error, VIETNAMESE))


def test_what_nobody_foresaw_has_no_sentence() -> None:
    assert explain(RuntimeError("?"), VIETNAMESE) is None


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
def test_a_full_disk_is_recognised_behind_other_errors(number: int) -> None:
    error = ModelUnavailable("m", "cannot write")
    error.__cause__ = OSError(number, "full")
    assert is_disk_full(error)
    assert explain(error, VIETNAMESE) == VIETNAMESE.disk_full


def test_other_trouble_with_files_is_not_a_full_disk() -> None:
    assert not is_disk_full(OSError(errno.EACCES, "denied"))
