"""Comparisons answered side by side, over the invented law."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from assistant.answering.answerer import Answerer
from assistant.answering.comparing import Comparison, SideState, compared
from assistant.answering.types import Answer, Outcome, Question
from assistant.understanding.sides import sides_of
from corpus.sources.batch import Batch, SourceName
from corpus.text import squeeze
from tests.assistant.toy_law import FINE_RAISED, REGISTRATION, RENAMING, toy_answerer, toy_store

LATE = date(2025, 8, 4)
BEFORE = "Trước đây làm ở huyện. Nay làm ở xã."
BOTH_ARTICLES = "Điều 5 và Điều 8 Bộ luật Tàu giấy khác nhau thế nào"
FINES = "làm bẩn ao hồ bị phạt bao nhiêu năm 2022 và bây giờ khác gì"


@pytest.fixture(scope="module")
def answerer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Answerer]:
    with toy_store(tmp_path_factory.mktemp("law")) as store:
        changed = replace(REGISTRATION, two_level_change=BEFORE)
        store.write(SourceName.GUIDES, "guides", "2", Batch(procedures=(changed, RENAMING)), date(2025, 7, 1))
        yield toy_answerer(store)


def comparison(answerer: Answerer, text: str) -> Comparison | None:
    reading = answerer.read(Question(text, LATE))
    sides = sides_of(text, LATE)
    assert sides is not None
    assert not isinstance(reading, Answer)
    return compared(sides, answerer, reading.understood, LATE)


def made(answerer: Answerer, text: str) -> Comparison:
    found = comparison(answerer, text)
    assert found is not None
    return found


def test_two_articles_are_quoted_beside_each_other(answerer: Answerer) -> None:
    found = made(answerer, BOTH_ARTICLES)
    assert found.answer.outcome is Outcome.ANSWERED
    assert [side.name for side in found.sides] == ["Điều 5 Bộ luật Tàu giấy", "Điều 8 Bộ luật Tàu giấy"]
    assert [{str(one.provision.of_article) for one in side.citations} for side in found.sides] == [{"901/2020/QH14@5"}, {"901/2020/QH14@8"}]
    assert {str(one.provision.of_article) for one in found.answer.citations} == {"901/2020/QH14@5", "901/2020/QH14@8"}
    assert all(side.lead for side in found.sides)


def test_each_day_is_answered_from_the_text_in_force_then(answerer: Answerer) -> None:
    found = made(answerer, FINES)
    then, now = found.sides
    assert (then.as_of, now.as_of) == (date(2022, 12, 31), LATE)
    assert ("100 đồng" in then.lead, "300 đồng" in now.lead) == (True, True)
    assert [citation.valid_from for citation in found.answer.citations] == [date(2021, 1, 1), FINE_RAISED]


def test_the_old_law_is_that_of_the_day_before_todays_text(answerer: Answerer) -> None:
    then = made(answerer, "luật cũ và luật mới về mức phạt làm bẩn ao hồ khác gì").sides[0]
    assert (then.as_of, then.state) == (date(2023, 6, 30), SideState.QUOTED)
    assert "100 đồng" in then.lead


def test_a_text_that_was_law_on_both_days_is_cited_once_and_said_to_be_unchanged(answerer: Answerer) -> None:
    found = made(answerer, "trẻ em thả tàu giấy từ mấy giờ năm 2022 và bây giờ khác gì")
    assert [side.state for side in found.sides] == [SideState.UNCHANGED, SideState.QUOTED]
    assert len(found.answer.citations) == len({citation.provision for citation in found.answer.citations})


def test_a_day_for_which_the_corpus_has_no_text_is_told_and_not_guessed(answerer: Answerer) -> None:
    found = made(answerer, "trẻ em thả tàu giấy từ mấy giờ năm 2019 và bây giờ khác gì")
    assert (found.answer.outcome, found.sides[0].state, found.sides[0].citations) == (
        Outcome.PARTLY_ANSWERED,
        SideState.NO_TEXT,
        (),
    )


def test_a_guide_tells_what_it_knows_of_the_time_before_the_reform(answerer: Answerer) -> None:
    found = made(answerer, "trước 1/7/2025 đăng ký tên tàu giấy ở đâu, giờ đăng ký ở đâu")
    then, now = found.sides
    assert (then.lead, then.state, then.as_of) == (BEFORE, SideState.GUIDE, date(2025, 6, 30))
    assert now.procedure is not None
    assert now.procedure.id == REGISTRATION.id


def test_a_law_that_the_corpus_lacks_is_told(answerer: Answerer) -> None:
    found = made(answerer, "Điều 5 Bộ luật Tàu giấy 2020 so với Điều 4 Bộ luật Tàu giấy 1999")
    assert [side.state for side in found.sides] == [SideState.QUOTED, SideState.NOT_HELD]
    assert found.answer.outcome is Outcome.PARTLY_ANSWERED


def test_where_neither_side_is_answered_nothing_is_compared(answerer: Answerer) -> None:
    assert comparison(answerer, "giá vàng với giá bạc khác gì") is None


def test_sides_that_one_guide_answers_are_not_set_against_each_other(answerer: Answerer) -> None:
    assert comparison(answerer, "đăng ký tên tàu giấy lớn và đăng ký tên tàu giấy nhỏ khác gì") is None


@pytest.mark.parametrize("text", [BOTH_ARTICLES, FINES, "luật cũ và luật mới về mức phạt làm bẩn ao hồ khác gì"])
def test_every_citation_is_word_for_word_and_in_force_on_the_day_of_its_side(answerer: Answerer, text: str) -> None:
    found = made(answerer, text)
    citer = answerer.library.citer
    for side in found.sides:
        for citation in side.citations:
            article = citation.provision.of_article
            law = citer.in_force([article], side.as_of or LATE)[article]
            assert citation in found.answer.citations
            assert citation.valid_from == law.validity.since
            assert all(line in squeeze(law.text) for line in citation.quote.splitlines() if line != "…")
