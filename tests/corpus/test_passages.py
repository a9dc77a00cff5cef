"""Articles and procedures cut into the pieces that search returns."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.ids import ProvisionId
from corpus.passages import PASSAGE_CHARS, article_passages, passage_texts, procedure_passages, question_passages
from corpus.questions import everyday_questions
from corpus.sources.codes import open_codes
from corpus.types import Article, Fee, Paper, Passage, Procedure, ProcessingTime, ReceivingPlace, Validity

ID = ProvisionId("1/2030/QH20", "3")
LONG = "Tàu giấy phải được gấp bằng giấy sạch, không thấm nước và không có mực độc hại. "


def article(text: str, heading: str = "Gấp tàu") -> Article:
    return Article(ID, heading, text, validity=Validity(date(2030, 1, 1)), topic="9.9 Tàu giấy", source="codes")


def passages(text: str) -> list[Passage]:
    return article_passages(article(text), "Luật Tàu giấy")


def letters(text: str) -> str:
    return "".join(re.findall(r"[^\W_]", text))


def test_a_short_article_is_one_passage_with_its_context() -> None:
    (passage,) = passages("1. Một.\n2. Gồm:\na) Hai;\nđ) Ba.")
    assert passage.text == "1. Một.\n2. Gồm:\na) Hai;\nđ) Ba."
    assert passage.context == "Luật Tàu giấy\nGấp tàu"
    assert (passage.group, passage.kind, passage.document, passage.topic) == (str(ID), "law", "1/2030/QH20", "9.9 Tàu giấy")
    assert passage.validity == Validity(date(2030, 1, 1))
    assert not passage.is_question


def test_a_passage_names_the_clauses_and_points_that_it_holds() -> None:
    (passage,) = passages("Mở đầu.\n1. Một.\n2. Gồm:\na) Hai;\nđ) Ba.\nCuối khoản.")
    assert [str(provision).partition("@")[2] for provision in passage.provisions] == ["3", "3.1", "3.2", "3.2.a", "3.2.dd"]


def test_passages_are_cut_between_clauses() -> None:
    found = passages(f"1. {LONG * 6}\n2. {LONG * 6}\n3. Ngắn.")
    assert [[str(provision).partition("@")[2] for provision in passage.provisions] for passage in found] == [["3.1"], ["3.2", "3.3"]]


def test_a_long_clause_is_cut_at_sentences_and_keeps_its_name() -> None:
    found = passages(f"1. {LONG * 30}")
    assert len(found) > 1
    assert all(passage.text.endswith(".") for passage in found)
    assert all(passage.provisions == (ProvisionId("1/2030/QH20", "3", "1"),) for passage in found)


@pytest.mark.parametrize("length", [PASSAGE_CHARS - 1, PASSAGE_CHARS, PASSAGE_CHARS + 1, 5 * PASSAGE_CHARS])
def test_even_a_word_without_end_is_cut(length: int) -> None:
    found = passages("a" * length)
    assert "".join(passage.text for passage in found) == "a" * length
    assert all(0 < len(passage.text) <= PASSAGE_CHARS for passage in found)


def test_an_article_that_is_only_a_heading_is_quoted_by_it() -> None:
    (passage,) = passages("")
    assert (passage.text, passage.provisions) == ("Gấp tàu", (ID,))


def test_an_article_without_heading_and_text_gives_no_empty_passage() -> None:
    assert article_passages(article("", ""), "Luật Tàu giấy") == []


def test_the_same_text_has_the_same_ids() -> None:
    text = f"1. {LONG * 8}\n2. {LONG * 8}"
    assert [passage.id for passage in passages(text)] == [passage.id for passage in passages(text)]


def test_a_changed_clause_changes_the_id_of_its_passage_only() -> None:
    before = passages(f"1. {LONG * 8}\n2. {LONG * 8}")
    after = passages(f"1. {LONG * 8}\n2. {LONG * 8}Thêm.")
    assert before[0].id == after[0].id
    assert before[1].id != after[1].id


def test_the_days_of_a_text_do_not_change_its_ids() -> None:
    later = replace(article("1. Một."), validity=Validity(date(2031, 1, 1)))
    assert [passage.id for passage in article_passages(later, "Luật Tàu giấy")] == [passage.id for passage in passages("1. Một.")]


def test_a_changed_heading_or_title_changes_ids_since_search_reads_them() -> None:
    ids = {
        article_passages(article("1. Một."), "Luật Tàu giấy")[0].id,
        article_passages(article("1. Một."), "Luật Thuyền")[0].id,
        article_passages(article("1. Một.", "Thả tàu"), "Luật Tàu giấy")[0].id,
    }
    assert len(ids) == 3


def test_an_id_tells_its_article() -> None:
    assert passages("1. Một.")[0].id.startswith(f"{ID}#")


_PARAGRAPHS = st.lists(
    st.tuples(
        st.sampled_from(["", "", "1. ", "2. ", "a) ", "b) ", "3. "]),
        st.sampled_from(["Câu. ", "từ ", "dài", LONG, "câu; "]),
        st.integers(1, 120),
    ).map(lambda parts: parts[0] + parts[1] * parts[2]),
    min_size=1,
    max_size=8,
).map("\n".join)


@given(_PARAGRAPHS)
def test_no_passage_is_too_long_or_empty_and_no_letter_is_lost(text: str) -> None:
    found = passages(text)
    assert all(0 < len(passage.text) <= PASSAGE_CHARS for passage in found)
    assert sorted(letters("".join(passage.text for passage in found))) == sorted(letters(text))
    assert all(ID.contains(provision) for passage in found for provision in passage.provisions)


@given(_PARAGRAPHS)
def test_a_plain_text_is_cut_the_same_way(text: str) -> None:
    found = passage_texts(text)
    assert all(0 < len(piece) <= PASSAGE_CHARS for piece in found)
    assert letters("".join(found)) == letters(text)


def test_the_six_codes_are_cut_without_losing_or_moving_a_letter() -> None:
    for handle in open_codes():
        for found in handle.read().articles:
            cut = article_passages(found, "")
            assert letters("".join(passage.text for passage in cut)) == letters(found.text), found.id
            assert all(0 < len(passage.text) <= PASSAGE_CHARS for passage in cut), found.id


PROCEDURE = Procedure(
    id="tha-tau",
    name="Cấp phép thả tàu giấy",
    code="9.000001",
    field="Đường thủy tưởng tượng",
    who="Người từ đủ 6 tuổi",
    where=(ReceivingPlace(None, "Ủy ban nhân dân cấp xã", when="tàu nhỏ"),),
    steps=("Gấp tàu.", "Nộp tờ khai."),
    papers=(Paper("Tờ khai thả tàu"),),
    fees=(Fee(0, "Miễn phí"),),
    processing_times=(ProcessingTime(3, "working_day", "3 ngày làm việc"),),
    result="Giấy phép thả tàu",
    notes=("Không thả ban đêm.",),
    also_called=("xin phép thả tàu",),
    questions=("Muốn thả tàu giấy thì làm sao?",),
)


def test_every_part_of_a_procedure_can_be_found() -> None:
    found = procedure_passages(PROCEDURE)
    everything = "\n".join(passage.text for passage in found)
    for part in ("Cấp phép thả tàu giấy", "xin phép thả tàu", "Người từ đủ 6 tuổi", "Nộp tờ khai.", "Tờ khai thả tàu", "Miễn phí"):
        assert part in everything
    for part in ("3 ngày làm việc", "Ủy ban nhân dân cấp xã", "Giấy phép thả tàu", "Không thả ban đêm.", "Muốn thả tàu giấy thì làm sao?"):
        assert part in everything
    assert {(passage.group, passage.kind, passage.topic) for passage in found} == {
        ("procedure:tha-tau", "procedure", "Đường thủy tưởng tượng")
    }


def test_questions_people_ask_are_marked_as_such() -> None:
    assert [passage.text for passage in procedure_passages(PROCEDURE) if passage.is_question] == ["Muốn thả tàu giấy thì làm sao?"]


def test_parts_of_a_procedure_that_say_the_same_stand_once() -> None:
    found = procedure_passages(replace(PROCEDURE, notes=PROCEDURE.steps))
    assert len({passage.id for passage in found}) == len(found)


def test_everyday_questions_lead_to_the_article_and_are_never_its_text() -> None:
    for provision, questions in everyday_questions().items():
        found = question_passages(Article(provision, "", "Chữ."), questions)
        assert [passage.text for passage in found] == [question.question for question in questions]
        assert all(passage.is_question and passage.group == str(provision) for passage in found)
        assert all(provision.contains(part) for passage in found for part in passage.provisions)
