"""Our parts inside LangChain, and the documented example as it stands."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from datetime import date

import pytest

from assistant.answering.answerer import Answerer
from assistant.answering.library import Library
from assistant.answering.types import Outcome, Question
from assistant.langchain_adapters import LawRetriever, law_answerer
from corpus.store import CorpusStore
from tests.assistant.toy_law import BEFORE_FORCE, BOATS, FINE_RAISED, HOURS, IN_FORCE, NEW_FINE, OLD_FINE, toy_retriever, toy_store
from tests.project_files import PROJECT

ASKED = "Trẻ em thả tàu giấy từ mấy giờ?"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CorpusStore]:
    with toy_store(tmp_path_factory.mktemp("toy")) as filled:
        yield filled


def retriever_on(store: CorpusStore, day: date, k: int = 3) -> LawRetriever:
    return LawRetriever(library=Library(store), retriever=toy_retriever(store), as_of=lambda: day, k=k)


def test_documents_are_articles_with_all_that_is_needed_to_cite_them(store: CorpusStore) -> None:
    first = retriever_on(store, IN_FORCE).invoke(ASKED)[0]
    assert (first.id, first.page_content) == ("901/2020/QH14@5", HOURS)
    assert first.metadata.pop("score") > 0
    assert first.metadata == {
        "provision": "901/2020/QH14@5",
        "document_number": BOATS.number,
        "document_title": BOATS.title,
        "heading": "Giờ thả tàu",
        "valid_from": "2021-01-01",
        "valid_to": None,
        "url": BOATS.url,
    }


@pytest.mark.parametrize(("day", "text"), [(IN_FORCE, OLD_FINE), (FINE_RAISED, NEW_FINE)])
def test_documents_are_those_in_force_on_the_day(store: CorpusStore, day: date, text: str) -> None:
    assert retriever_on(store, day, k=1).invoke("làm bẩn ao hồ bị phạt bao nhiêu")[0].page_content == text


def test_before_its_first_day_nothing_of_a_law_is_found(store: CorpusStore) -> None:
    assert retriever_on(store, BEFORE_FORCE).invoke(ASKED) == []


def test_no_more_documents_come_than_asked_for_and_never_a_guide(store: CorpusStore) -> None:
    found = retriever_on(store, IN_FORCE, k=2).invoke("thủ tục đăng ký tên tàu giấy")
    assert len(found) <= 2
    assert all(document.metadata["provision"].startswith(BOATS.key) for document in found)


def test_the_runnable_answers_as_the_answerer_does(store: CorpusStore) -> None:
    answerer = Answerer(Library(store), toy_retriever(store), clock=lambda: 0.0)
    runnable = law_answerer(answerer, lambda: IN_FORCE)
    assert runnable.invoke(ASKED) == answerer.answer(Question(ASKED, IN_FORCE))
    assert [answer.outcome for answer in runnable.batch([ASKED, "giá vàng"])] == [Outcome.ANSWERED, Outcome.NO_SOURCE]
    assert asyncio.run(runnable.ainvoke(ASKED)) == runnable.invoke(ASKED)


def test_the_documented_example_runs(store: CorpusStore, capsys: pytest.CaptureFixture[str]) -> None:
    text = (PROJECT / "docs" / "langchain.md").read_text(encoding="utf-8")
    setting_up, example = re.findall(r"^```python\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    library, retriever = Library(store), toy_retriever(store)
    given = {"library": library, "retriever": retriever, "answerer": Answerer(library, retriever), "asked": ASKED, "day": IN_FORCE}
    # What the first block makes of a deployment stands ready here, made of the toy law.
    assert set(given) <= set(re.findall(r"\b\w+\b(?=[^\n]* = )", setting_up))
    compile(setting_up, "docs/langchain.md", "exec")
    exec(compile(example, "docs/langchain.md", "exec"), dict(given))
    printed = capsys.readouterr().out
    assert "901/2020/QH14@5 2021-01-01 1. Trẻ em được thả tàu giấy" in printed
    assert printed.splitlines()[-1].startswith("['1. Trẻ em được thả tàu giấy từ 6 giờ đến 18 giờ.")
