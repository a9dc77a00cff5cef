"""Remembered texts are those of the store, also after another process has imported."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from corpus.ids import ProvisionId
from corpus.remembering import RememberedTexts
from corpus.sources.batch import Batch, SourceName
from corpus.store import CorpusStore
from corpus.types import Article, DocumentKind, LegalDocument, Validity
from tests.databases import sqlite_url

LAW = LegalDocument("901/2020/QH14", "901/2020/QH14", "Bộ luật Tàu giấy", DocumentKind.CODE)
FIRST, SECOND, UNKNOWN = (ProvisionId(LAW.key, number) for number in ("1", "2", "99"))


def imported(store: CorpusStore, digest: str, **texts: str) -> None:
    articles = [Article(ProvisionId(LAW.key, number[1:]), "", text, validity=Validity(date(2021, 1, 1))) for number, text in texts.items()]
    store.write(SourceName.CODES, "boats", digest, Batch(documents=(LAW,), articles=tuple(articles)), date(2021, 1, 1))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[CorpusStore]:
    made = CorpusStore(sqlite_url(tmp_path))
    imported(made, "1", d1="Tàu đỏ.", d2="Tàu xanh.")
    yield made
    made.close()


def test_texts_are_those_of_the_store_however_often_asked(store: CorpusStore) -> None:
    texts = RememberedTexts(store)
    for wanted in ([FIRST], [FIRST, SECOND], [UNKNOWN], [SECOND, UNKNOWN, FIRST], []):
        assert texts.timelines(wanted) == store.timelines(wanted)


def test_what_another_process_imports_is_seen_at_once(store: CorpusStore, tmp_path: Path) -> None:
    texts = RememberedTexts(store)
    assert [one.text for one in texts.timelines([FIRST])[FIRST]] == ["Tàu đỏ."]
    other = CorpusStore(sqlite_url(tmp_path))
    imported(other, "2", d1="Tàu vàng.", d99="Tàu mới.")
    other.close()
    assert texts.timelines([FIRST, SECOND, UNKNOWN]) == store.timelines([FIRST, SECOND, UNKNOWN])
    assert texts.timelines([FIRST])[FIRST][-1].text == "Tàu vàng."


def test_a_store_without_anything_remembers_nothing(tmp_path: Path) -> None:
    store = CorpusStore(sqlite_url(tmp_path))
    assert store.imported_at() is None
    assert RememberedTexts(store).timelines([FIRST]) == {}
    store.close()
