"""Which words of an article are quoted, on invented articles."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.evidence import ELISION, Quotation, best_quotation, quotations, whole_article
from corpus.ids import ProvisionId
from corpus.importing import open_source
from corpus.sources.codification import open_codification
from corpus.text import squeeze
from corpus.types import Article
from embeddings.vector_index import Found
from tests.shared import need_shared

BOATS = ProvisionId("901/2020/QH14", "8")
FILLER = "theo quy định chung của pháp luật về tàu giấy trong từng thời kỳ và hướng dẫn của cơ quan có thẩm quyền"


def article(text: str, heading: str = "Thả tàu giấy") -> Article:
    return Article(BOATS, heading, text)


def ids(quoted: list[Quotation]) -> list[str]:
    return [str(quotation.provision).partition("@")[2] for quotation in quoted]


def quotes_only_the_text(quotation: Quotation, text: str) -> bool:
    """Whether the quotation is the stored text with parts left out, each gap marked: pieces in order, cut at whole lines."""
    place, lines = 0, f"\n{squeeze(text)}\n"
    for piece in re.split(rf"(?:^|\n){ELISION}(?:\n|$)", quotation.text):
        found = lines.find(f"\n{piece}\n", place) if piece else place
        if found < 0:
            return False
        place = found + len(piece) if piece else place
    return True


LONG = "\n".join(
    [
        f"1. Trẻ em thả tàu ban ngày {FILLER}.",
        f"2. Người lớn thả tàu phải mặc áo phao {FILLER}.",
        f"3. Tàu chìm thì chủ tàu vớt lên {FILLER}.",
        f"4. Ao hồ bẩn thì chủ tàu dọn sạch {FILLER}.",
    ]
)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("trẻ em thả tàu khi nào", ["8.1"]),
        ("có phải mặc áo phao không", ["8.2"]),
        ("ao ho ban thi ai don", ["8.4"]),  # without marks
        ("tàu chìm thì ai vớt", ["8.3"]),
    ],
)
def test_the_clause_that_answers_is_chosen_from_a_long_article(question: str, expected: list[str]) -> None:
    assert ids(quotations(article(LONG), question, ())) == expected


def test_at_most_three_clauses_in_the_order_of_the_law_when_nothing_tells_them_apart() -> None:
    assert ids(quotations(article(LONG), "xyz", ())) == ["8.1", "8.2", "8.3"]


def test_meaning_chooses_where_words_do_not() -> None:
    passages = [
        Found(f"p{number}", str(BOATS), score, (str(replace(BOATS, clause=str(number))),)) for number, score in ((1, 0.8), (4, 0.9))
    ]
    assert ids(quotations(article(LONG), "xyz", passages)) == ["8.4"]


def test_many_near_everyday_questions_outvote_the_nearest() -> None:
    near = ((4, 0.73), *((2, 0.70 - place / 100) for place in range(4)))
    asked = [
        Found(f"q{place}", str(BOATS), score, (str(replace(BOATS, clause=str(number))),), True)
        for place, (number, score) in enumerate(near)
    ]
    assert ids(quotations(article(LONG), "xyz", asked)) == ["8.2"]
    assert ids(quotations(article(LONG), "xyz", asked[:2])) == ["8.4"]


def test_word_scores_are_not_taken_for_meaning() -> None:
    passages = [Found("p4", str(BOATS), 21.5, (str(replace(BOATS, clause="4")),))]
    assert ids(quotations(article(LONG), "tàu chìm thì ai vớt", passages)) == ["8.3"]


def test_words_of_the_heading_say_little_about_the_clause() -> None:
    text = f"1. Thả tàu giấy, thả tàu {FILLER} {FILLER} {FILLER}.\n2. Người lớn mặc áo phao {FILLER} {FILLER}."
    assert ids(quotations(article(text), "thả tàu giấy mặc áo phao", ())) == ["8.2"]


def test_a_short_article_is_quoted_whole() -> None:
    text = "1. Trẻ em thả tàu.\n2. Người lớn xem.\n3. Chó bơi."
    assert ids(quotations(article(text), "chó bơi", ())) == ["8.1", "8.2", "8.3"]


def test_the_best_clause_leads() -> None:
    text = "1. Trẻ em thả tàu.\n2. Người lớn xem.\n3. Chó được bơi."
    assert best_quotation(quotations(article(text), "chó bơi", ())).lead == "Chó được bơi."


def test_an_article_without_clauses_is_quoted_as_it_stands() -> None:
    (quotation,) = quotations(article("Mọi người được thả tàu giấy.\nTàu phải nổi."), "tàu nổi", ())
    assert (quotation.provision, quotation.text, quotation.lead) == (BOATS, "Mọi người được thả tàu giấy.\nTàu phải nổi.", "Tàu phải nổi.")


def test_a_long_article_without_clauses_keeps_its_start_and_the_paragraph_that_answers() -> None:
    paragraphs = ["Trong bộ luật này, các từ được hiểu như sau.", *(f"Loại {n}: {FILLER} {FILLER}." for n in range(8)), f"Phao: {FILLER}."]
    (quotation,) = quotations(article("\n".join(paragraphs)), "phao là gì", ())
    assert quotation.lead == paragraphs[-1]
    assert quotation.text.splitlines() == [paragraphs[0], ELISION, paragraphs[-1]]


def test_an_article_without_text_is_its_heading() -> None:
    (quotation,) = quotations(article("", "Bãi bỏ"), "bãi bỏ", ())
    assert quotation.text == "Bãi bỏ"


POINTS = [
    f"{letter}) Tàu {colour} {FILLER} {FILLER} {FILLER}"
    for letter, colour in zip("abcdđe", "đỏ xanh vàng tím nâu đen".split(), strict=True)
]
POINTED = "1. Được thả các tàu sau đây:\n" + ";\n".join(POINTS) + "."


def test_points_that_do_not_answer_are_left_out_with_a_sign() -> None:
    (quotation,) = quotations(article(POINTED), "tàu vàng", ())
    assert quotation.text.splitlines() == ["1. Được thả các tàu sau đây:", ELISION, f"{POINTS[2]};", ELISION]
    assert str(quotation.provision) == "901/2020/QH14@8.1.c"
    assert quotation.lead == f"Được thả các tàu sau đây: {POINTS[2].partition(') ')[2]};"


def test_all_points_stand_where_none_answers_better() -> None:
    (quotation,) = quotations(article(POINTED), "xyz", ())
    assert (str(quotation.provision), quotation.text) == ("901/2020/QH14@8.1", POINTED)


def test_a_short_list_stands_whole() -> None:
    text = "1. Hồ sơ gồm:\na) Đơn;\nb) Ảnh.\nHồ sơ nộp một lần."
    (quotation,) = quotations(article(text), "ảnh", ())
    assert (str(quotation.provision), quotation.text) == ("901/2020/QH14@8.1", text)
    assert quotation.lead == "Hồ sơ gồm:"


UNNUMBERED = "Người thả tàu phải:\na) Trông coi tàu;\nb) Vớt tàu chìm.\nAi không làm thì không được thả nữa."


def test_points_without_a_clause_stand_in_the_order_of_the_law() -> None:
    (quotation,) = quotations(article(UNNUMBERED), "vớt tàu chìm", ())
    assert quotation.text == UNNUMBERED
    assert quotation.lead == "Người thả tàu phải:"


def test_an_article_that_begins_with_a_point_has_no_empty_line() -> None:
    (quotation,) = quotations(article("a) Trông coi tàu;\nb) Vớt tàu chìm."), "vớt tàu chìm", ())
    assert quotation.text == "a) Trông coi tàu;\nb) Vớt tàu chìm."
    assert quotation.lead == "Vớt tàu chìm."


@pytest.mark.parametrize(
    ("text", "only", "expected"),
    [
        (LONG, ProvisionId(BOATS.document, "8", "3"), [("8.3", LONG.splitlines()[2])]),
        (LONG, ProvisionId(BOATS.document, "8", "9"), []),  # no such clause: nothing else is quoted for it
        (POINTED, ProvisionId(BOATS.document, "8", "1", "đ"), [("8.1.dd", f"1. Được thả các tàu sau đây:\n…\n{POINTS[4]};\n…")]),
        (POINTED, ProvisionId(BOATS.document, "8", "1", "y"), []),
        (LONG, ProvisionId(BOATS.document, "8", "1", "a"), []),  # a clause without points
        (UNNUMBERED, ProvisionId(BOATS.document, "8", None, "b"), [("8..b", UNNUMBERED.replace("a) Trông coi tàu;", "…"))]),
        (UNNUMBERED, ProvisionId(BOATS.document, "8", None, "y"), []),
        (LONG, ProvisionId(BOATS.document, "8", None, "b"), []),
    ],
)  # fmt: skip
def test_only_what_was_named_is_quoted(text: str, only: ProvisionId, expected: list[tuple[str, str]]) -> None:
    # The question's words speak of another clause and point; what was named counts.
    quoted = quotations(article(text), "trẻ em thả tàu đỏ", (), only=only)
    assert [(str(quotation.provision).partition("@")[2], quotation.text) for quotation in quoted] == expected


LISTED = f"Người thả tàu có các việc sau đây:\n{LONG}"


def test_clauses_of_a_list_keep_the_words_that_lead_into_it() -> None:
    opening, *clauses = LISTED.splitlines()
    assert [quotation.text for quotation in quotations(article(LISTED), "tàu chìm thì ai vớt", ())] in (
        [f"{opening}\n{ELISION}\n{clauses[2]}"],
        [f"{opening}\n{clauses[0]}", *clauses[1:]],
    )


def test_a_lead_that_opens_several_clauses_is_of_the_article() -> None:
    text = "Người thả tàu phải:\n1. Trông coi tàu.\n2. Vớt tàu chìm."
    assert {(str(one.lead_of), one.lead) for one in quotations(article(text), "tàu chìm thì ai vớt", ())} == {
        (str(BOATS), "Người thả tàu phải:")
    }


def test_a_lead_of_one_clause_is_of_that_clause() -> None:
    assert [one.lead_of for one in quotations(article(LONG), "tàu chìm thì ai vớt", ())] == [replace(BOATS, clause="3")]


def test_words_that_lead_into_points_do_not_lead_into_the_clauses_behind_them() -> None:
    text = "Người thả tàu phải:\na) Trông coi tàu;\n1. Trẻ em thả tàu."
    assert [quotation.text for quotation in quotations(article(text), "trẻ em", ())] == ["1. Trẻ em thả tàu."]


LINES = st.lists(
    st.sampled_from(["1. Tàu", "2. Thuyền:", "3) Bè", "a) Phao;", "b) Áo phao.", "c) Neo", "Chung:", "Hết.", "5. Ghe " + FILLER * 6, ""]),
    max_size=14,
)


@given(LINES, st.sampled_from(["phao", "tàu thuyền", "neo", "xyz", ""]))
def test_quotations_are_the_stored_text_whatever_its_shape(lines: list[str], question: str) -> None:
    written = article("\n".join(lines), heading="")
    assert all(quotes_only_the_text(quotation, written.text) for quotation in quotations(written, question, ()))


@pytest.mark.parametrize(
    "text", ["1. Tàu.\n2.Thuyền.", "1) Tàu.\n2) Thuyền.", "1 . Tàu.\n2. Thuyền:\na)Lớn;\nb. Nhỏ.", "1.\nTàu.\n2.\nThuyền."]
)
def test_numbers_are_quoted_as_they_are_printed(text: str) -> None:
    assert "\n".join(quotation.text for quotation in quotations(article(text), "", ())) == text


@pytest.mark.parametrize("text", [LONG, "Một câu.", POINTED, "Mở đầu:\n1. Một;\n2. Hai.", "1.\nTàu.\n2) Thuyền."])
def test_an_article_asked_by_its_name_is_all_of_its_text(text: str) -> None:
    quotation = whole_article(article(text))
    assert (quotation.text, quotation.lead, quotation.provision) == (squeeze(text), "Thả tàu giấy", BOATS)


def test_of_a_very_long_article_every_clause_is_begun() -> None:
    clauses = "\n".join(f"{number}. Việc {number}:\na) {FILLER * 5};\nb) {FILLER * 5}." for number in range(1, 15))
    lines = whole_article(article(f"Người thả tàu:\n{clauses}")).text.splitlines()
    assert lines == ["Người thả tàu:", *(line for number in range(1, 15) for line in (f"{number}. Việc {number}:", ELISION))]


def test_a_very_long_article_without_clauses_is_begun() -> None:
    text = "\n".join(f"Đoạn {number} {FILLER}" for number in range(100))
    quotation = whole_article(article(text))
    assert quotes_only_the_text(quotation, text)
    assert 5_000 < len(quotation.text) < 6_100
    assert quotation.text.endswith(ELISION)


@pytest.mark.parametrize(
    ("only", "expected"),
    [
        (ProvisionId("901/2020/QH14", "8", "1"), "Không được:\n1. Thả tàu;"),
        (ProvisionId("901/2020/QH14", "8", "2"), "Không được:\n…\n2. Vớt:\na) Tàu;\nb) Bè."),
        (ProvisionId("901/2020/QH14", "8", "2", "b"), "Không được:\n…\n2. Vớt:\n…\nb) Bè."),
    ],
)
def test_a_part_that_is_named_stands_under_the_words_that_lead_into_it(only: ProvisionId, expected: str) -> None:
    (quotation,) = quotations(article("Không được:\n1. Thả tàu;\n2. Vớt:\na) Tàu;\nb) Bè."), "", (), only=only)
    assert quotation.text == expected


@pytest.mark.slow
@pytest.mark.shared_data
def test_quotations_of_the_codification_are_its_text() -> None:
    topics = open_codification(need_shared("phapdien-2026-01.zip"))
    for one in (one for topic in topics[::15] for one in topic.read().articles):
        for quotation in quotations(one, one.heading, ()):
            # One line printed twice may differ from itself in blanks.
            bare = replace(quotation, text=quotation.text.replace(" ", ""))
            assert quotes_only_the_text(bare, (one.text or one.heading).replace(" ", "")), str(quotation.provision)


def test_quotations_of_the_real_codes_are_their_text() -> None:
    articles = [one for handle in open_source("codes") for one in handle.read().articles]
    for one in articles[:: len(articles) // 200]:
        for question in (one.heading, "người nào phạm tội thì bị phạt tù bao nhiêu năm", "lao dong nu mang thai"):
            quoted = quotations(one, question, ())
            assert quoted, one.id
            for quotation in quoted:
                assert quotes_only_the_text(quotation, one.text or one.heading), (str(quotation.provision), question)
                assert one.id.contains(quotation.provision)


FORBIDDEN = "Hành vi người thả tàu không được làm"


@pytest.mark.parametrize(
    ("heading", "clause", "expected"),
    [
        (FORBIDDEN, "Giữ tàu của trẻ em.", f"{FORBIDDEN}: Giữ tàu của trẻ em."),
        ("Các hành vi bị nghiêm cấm khi thả tàu", "Giữ tàu của trẻ em.", "Các hành vi bị nghiêm cấm khi thả tàu: Giữ tàu của trẻ em."),
        ("Trường hợp được thả tàu", "Tàu còn mới.", "Trường hợp được thả tàu: Tàu còn mới."),
        ("Trường hợp được thả tàu", "Trường hợp tàu còn mới thì được thả.", "Trường hợp tàu còn mới thì được thả."),
        ("Nơi cấm thả tàu", "Cấm thả tàu ở giếng.", "Cấm thả tàu ở giếng."),
        ("Thả tàu giấy", "Trẻ em thả tàu ban ngày.", "Trẻ em thả tàu ban ngày."),
    ],
)
def test_a_lead_carries_the_heading_that_turns_its_meaning(heading: str, clause: str, expected: str) -> None:
    text = f"1. {clause}\n2. Người lớn đốt tàu {FILLER} {FILLER} {FILLER} {FILLER} {FILLER}."
    assert best_quotation(quotations(article(text, heading), clause, ())).lead == expected
    (named,) = quotations(article(text, heading), "khoản 1", (), replace(BOATS, clause="1"))
    assert named.lead == expected
