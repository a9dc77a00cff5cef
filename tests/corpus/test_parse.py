"""Text into clauses, points and articles: invented texts in the shapes that real ones have."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.ids import ProvisionId
from corpus.parse import amends_other_law, parse_article_body, parse_document, provisions_of
from corpus.text import squeeze
from corpus.types import ArticleBody


def outline(text: str) -> str:
    """The divisions found: "1 2(a b) 3"; points on the article itself stand first, in brackets."""
    body = parse_article_body(text)
    points = [f"({' '.join(point.letter for point in body.points)})"] if body.points else []
    clauses = [
        clause.number + (f"({' '.join(point.letter for point in clause.points)})" if clause.points else "") for clause in body.clauses
    ]
    return " ".join([*points, *clauses])


@pytest.mark.parametrize(
    ("text", "expected", "why"),
    [
        ("Tàu giấy phải nổi.", "", "an article without clauses"),
        ("1. Một.\n2. Hai.\n3. Ba.", "1 2 3", "plain clauses"),
        ("Có các loại sau:\n1. Một.\n2. Hai.", "1 2", "a sentence before the first clause"),
        ("1. Gồm:\na) Một;\nb) Hai;\nc) Ba;\nd) Bốn;\nđ) Năm;\ne) Sáu.\n2. Hai.", "1(a b c d đ e) 2", "d and đ are two points"),
        ("Gồm:\na) Một;\nb) Hai.", "(a b)", "points without clauses"),
        ("1. Một.\n3. Ba.\n6. Sáu.", "1 3 6", "holes left by repealed clauses"),
        ("1. Một.\n2. Hai.\n2a. Thêm.\n2b. Thêm nữa.\n3. Ba.", "1 2 2a 2b 3", "clauses that were added"),
        ("1. Một.\n30. Không phải khoản.", "1", "a number far off the row"),
        ("1. Một.\n2. Hai.\n1. Lặp lại.", "1 2", "a number that goes back"),
        ("2. Chỉ có hai.", "", "the row begins with 1"),
        ("1. Trước ngày\n01. 7. 2025 thì thôi.", "1", "a date with blanks at the start of a line"),
        ("1. Mức phạt là\n1.000.000 đồng;\n2.000.000 đồng.\n2. Hai.", "1 2", "amounts at the start of lines"),
        ("1. Từ ngày\n2.7.2025 thì thôi.\n2. Hai.", "1 2", "a date at the start of a line"),
        ("1) Một.\n2) Hai.", "1 2", "brackets in place of stops"),
        ("1. Gồm:\na) Một;\nc) Ba.", "1(a c)", "a repealed point leaves a hole"),
        ("1. Gồm:\na) Một;\na1) Thêm;\nb) Hai.", "1(a a1 b)", "a point that was added"),
        ("1. Gồm:\na) Một gồm:\na) Trong.\nb) Hai.", "1(a b)", "a nested a) does not open a second row"),
        ("1. Gồm:\nb) Hai.", "1", "the row of points begins with a"),
        ("1. Gồm:\na. Một;\nb. Hai.", "1", "initials with a stop are no points"),
        ("1. Gồm:\nA) Một;", "1", "capitals are no points"),
        ("1.Một.\n2.Hai.", "1 2", "no blank after the stop"),
        (unicodedata.normalize("NFD", "1. Gồm:\na) Một;\nb) Hai;\nc) Ba;\nd) Bốn;\nđ) Năm."), "1(a b c d đ)", "NFD"),
        ("1. Gồm:\na) Một;\nb) Hai;\nc) Ba;\nd) Bốn;\n\u00f0) Năm.", "1(a b c d đ)", "Icelandic eth as a letter"),
        ("1.\u00a0Một.\n2.\u00a0Hai.", "1 2", "NBSP after the number"),
        ("", "", "nothing"),
    ],
)
def test_a_number_is_a_division_only_where_it_continues_the_row(text: str, expected: str, why: str) -> None:
    assert outline(text) == expected, why


@pytest.mark.parametrize(
    ("text", "expected", "why"),
    [
        ("1. Sửa đổi khoản 2 như sau:\n“2. Chữ đã sửa.\n3. Chữ nữa.”.\n2. Bãi bỏ khoản 4.", "1 2", "curly marks over two lines"),
        ('1. Sửa đổi khoản 2 như sau:\n"2. Chữ đã sửa.\n3. Chữ nữa.".\n2. Bãi bỏ khoản 4.', "1 2", "straight marks over two lines"),
        ("1. Sửa đổi như sau:\n“a) Một;\nb) Hai.”\n2. Hết.", "1 2", "points inside a quotation"),
        ("1. Thay từ “tàu” bằng từ “thuyền”.\n2. Hết.", "1 2", "a word in marks within a line"),
        ("1. Mở ngoặc “mà quên đóng.\n2. Hai.\n3. Ba.", "1 2 3", "marks that do not pair are not trusted"),
        ("1. Như sau:\n“Điều 5. Tàu\n1. Một “chữ” trong.\n2. Hai.”\n2. Hết.", "1 2", "a quotation inside a quotation"),
    ],
)
def test_numbers_inside_quotation_marks_belong_to_the_quoted_text(text: str, expected: str, why: str) -> None:
    assert outline(text) == expected, why


def test_intro_points_and_closing_text_stand_where_they_are_printed() -> None:
    body = parse_article_body("Mở đầu.\n1. Gồm có:\na) Một,\nnối tiếp;\nb) Hai.\nPhần cuối của khoản.\nCuối nữa.\n2. Hai.")
    first, second = body.clauses
    assert body.intro == "Mở đầu."
    assert (first.text, first.closing) == ("Gồm có:", "Phần cuối của khoản.\nCuối nữa.")
    assert [(point.letter, point.text) for point in first.points] == [("a", "Một,\nnối tiếp;"), ("b", "Hai.")]
    assert (second.text, second.points, second.closing) == ("Hai.", (), "")


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("2.000.000 đồng;", "an amount"),
        ("2. 7. 2025 thì thôi;", "a date with blanks"),
        ("02.7.2025 thì thôi;", "a date"),
        ("2. 7/2025 thì thôi;", "a month"),
        ("2.5 mét;", "a decimal number"),
    ],
)
def test_an_amount_or_date_is_no_clause(line: str, why: str) -> None:
    first, second = parse_article_body(f"1. Từ\n{line}\n2. Hai.").clauses
    assert (first.text, second.text) == (f"Từ\n{line}", "Hai."), why


@pytest.mark.parametrize("text", ["10 ngày làm việc.", "2025 là năm đầu.", "03 bộ hồ sơ."])
def test_a_clause_may_begin_with_a_number(text: str) -> None:
    assert [clause.text for clause in parse_article_body(f"1. Một.\n2. {text}").clauses] == ["Một.", text]


def test_a_paragraph_between_two_points_belongs_to_the_first_of_them() -> None:
    (clause,) = parse_article_body("1. Gồm có:\na) Một.\nVẫn là một.\nb) Hai.\nPhần cuối.").clauses
    assert [(point.letter, point.text) for point in clause.points] == [("a", "Một.\nVẫn là một."), ("b", "Hai.")]
    assert clause.closing == "Phần cuối."


def test_an_article_without_clauses_is_all_intro() -> None:
    assert parse_article_body("Câu một.\nCâu hai.") == ArticleBody("Câu một.\nCâu hai.")


def test_closing_text_after_points_of_the_article_itself_is_kept() -> None:
    body = parse_article_body("Gồm có:\na) Một;\nb) Hai.\nPhần cuối.")
    assert body.intro.splitlines() == ["Gồm có:", "Phần cuối."]


def test_every_clause_and_point_has_its_own_text() -> None:
    article = ProvisionId("1/2030/QH20", "3")
    body = parse_article_body("1. Gồm:\na) Một;\nđ) Năm.\n2. Hai.")
    assert [(str(provision), text) for provision, text in provisions_of(article, body)] == [
        ("1/2030/QH20@3.1", "Gồm:"),
        ("1/2030/QH20@3.1.a", "Một;"),
        ("1/2030/QH20@3.1.dd", "Năm."),
        ("1/2030/QH20@3.2", "Hai."),
    ]


def test_points_on_the_article_itself_have_no_clause() -> None:
    found = provisions_of(ProvisionId("1/2030/QH20", "3"), parse_article_body("Gồm:\na) Một."))
    assert [str(provision) for provision, _ in found] == ["1/2030/QH20@3..a"]


_LINES = st.lists(
    st.one_of(
        st.text(alphabet='abđ 12.)“”"Điều khoản', max_size=20),
        st.tuples(
            st.integers(0, 9), st.sampled_from([". ", ") ", ".", "a. ", ". 7. ", ".000 "]), st.sampled_from(["chữ", "Chữ.", "", "“"])
        ).map(lambda parts: "".join(map(str, parts))),
        st.tuples(st.sampled_from("abcdđeA"), st.sampled_from([") ", "1) ", ". "]), st.sampled_from(["chữ;", "Chữ.", "", "”"])).map(
            "".join
        ),
    ),
    max_size=14,
).map("\n".join)


def letters(text: str) -> str:
    return "".join(sorted(re.findall(r"[^\W_]", text)))


@given(_LINES)
def test_no_letter_or_digit_is_lost(text: str) -> None:
    body = parse_article_body(text)
    parts = [body.intro]
    for points in (body.points, *(clause.points for clause in body.clauses)):
        parts += [part for point in points for part in (point.letter, point.text)]
    parts += [part for clause in body.clauses for part in (clause.number, clause.text, clause.closing)]
    found, given_letters = letters("".join(parts)), letters(squeeze(text))
    # "01." is clause 1: only zeros in front of a number may go.
    assert found.replace("0", "") == given_letters.replace("0", "")


@given(_LINES)
def test_divisions_of_one_level_never_repeat(text: str) -> None:
    body = parse_article_body(text)
    numbers = [clause.number for clause in body.clauses]
    assert len(numbers) == len(set(numbers))
    for points in (body.points, *(clause.points for clause in body.clauses)):
        assert len(points) == len({point.letter for point in points})


@given(_LINES)
def test_every_division_has_a_legal_id(text: str) -> None:
    article = ProvisionId("1/2030/QH20", "1")
    assert all(article.contains(provision) for provision, _ in provisions_of(article, parse_article_body(text)))


LAW = """QUỐC HỘI
LUẬT TÀU GIẤY
Căn cứ Hiến pháp;
Phần thứ nhất
NHỮNG QUY ĐỊNH CHUNG
Chương I
MỞ ĐẦU
Điều 1. Phạm vi
Luật này quy định về tàu giấy.
Điều 2. Giải thích từ ngữ
1. Tàu là tàu theo Điều 1
Điều 1 nói trên.
2. Hết.
Chương II. TÀU
Mục 1. Gấp tàu
Điều 3. Gấp
Chương này không nói gì thêm.
Mục 2 của Chương này nói về thả.
Mục 2. Thả tàu
Điều 3a. Thả
1. Thả nhẹ.
Điều 4: Cấm
Không thả ban đêm.
Luật này được Quốc hội khóa XX thông qua ngày 01 tháng 01 năm 2030.
CHỦ TỊCH QUỐC HỘI
PHỤ LỤC I. MẪU TÀU
1. Mẫu một.
PHỤ LỤC 2
Mẫu hai.
"""


def test_a_law_comes_apart_into_articles_with_their_levels() -> None:
    found = [(article.number, article.heading, article.path) for article in parse_document(LAW)]
    assert found[:6] == [
        ("1", "Phạm vi", ("Phần thứ nhất", "Chương I")),
        ("2", "Giải thích từ ngữ", ("Phần thứ nhất", "Chương I")),
        ("3", "Gấp", ("Phần thứ nhất", "Chương II. TÀU", "Mục 1. Gấp tàu")),
        ("3a", "Thả", ("Phần thứ nhất", "Chương II. TÀU", "Mục 2. Thả tàu")),
        ("4", "Cấm", ("Phần thứ nhất", "Chương II. TÀU", "Mục 2. Thả tàu")),
        ("pli", "MẪU TÀU", ()),
    ]
    assert [article.number for article in parse_document(LAW)][6:] == ["pl2"]


def test_text_of_an_article_holds_neither_headings_of_levels_nor_the_closing_formula() -> None:
    texts = {article.number: article.text for article in parse_document(LAW)}
    assert texts["1"] == "Luật này quy định về tàu giấy."
    assert texts["2"] == "1. Tàu là tàu theo Điều 1\nĐiều 1 nói trên.\n2. Hết."
    assert texts["3"] == "Chương này không nói gì thêm.\nMục 2 của Chương này nói về thả."
    assert texts["4"] == "Không thả ban đêm."
    assert texts["pli"] == "1. Mẫu một."


@pytest.mark.parametrize(
    ("text", "numbers", "why"),
    [
        ("\u00d0iều 1. Một\nA.\n\u00d0iều 2. Hai\nB.", ["1", "2"], "Icelandic Eth"),
        ("Điều\u00a01. Một\nA.\nĐiều\u00a02. Hai\nB.", ["1", "2"], "NBSP after Điều"),
        (unicodedata.normalize("NFD", "Điều 1. Một\nA.\nĐiều 2. Hai\nB."), ["1", "2"], "NFD"),
        ("ĐIỀU 1. MỘT\nA.\nĐIỀU 2. HAI\nB.", ["1", "2"], "capitals"),
        ("Điều 1. Một\nA.\nĐiều 15a. Thêm\nB.\nĐiều 15b. Nữa\nC.\nĐiều 16. Sau\nD.", ["1", "15a", "15b", "16"], "articles that were added"),
        ("Điều 1. Một\nA.\nđiều 2 nói rằng.\nĐiều 2. Hai\nB.", ["1", "2"], "a sentence that begins with a small điều"),
        ("Điều 1. Một\nTheo\nĐiều 9 của Luật này.\nĐiều 2. Hai\nB.", ["1", "2"], "a citation broken to a new line"),
        ("Điều 1. Một\nTheo\nĐiều 9, Điều 10.\nĐiều 2. Hai\nB.", ["1", "2"], "a list of articles on a new line"),
        ("Điều 1. Sửa đổi như sau:\n“Điều 7. Bảy\nA.”\nĐiều 2. Hai\nB.", ["1", "2"], "an article inside quotation marks"),
        ("Điều 5. Năm\nA.\nĐiều 4. Lùi\nB.\nĐiều 6. Sáu\nC.", ["5", "6"], "numbers go forward only"),
        ("Không có điều nào.", [], "no article at all"),
        ("", [], "nothing"),
    ],
)
def test_articles_are_found_however_their_name_is_spelt(text: str, numbers: list[str], why: str) -> None:
    assert [article.number for article in parse_document(text)] == numbers, why


@pytest.mark.parametrize(
    ("heading", "text", "amends", "why"),
    [
        ("Sửa đổi, bổ sung một số điều của Luật Tàu", "1. Sửa đổi Điều 2 như sau: “…”", True, "the usual amending article"),
        ("Bãi bỏ một số văn bản", "Bãi bỏ Thông tư số 1/2030/TT-BTG.", True, "names the document by number"),
        ("", "Thay thế cụm từ “tàu” bằng cụm từ “thuyền”.", True, "no heading"),
        ("Sửa đổi, bổ sung hợp đồng lao động", "1. Bên nào muốn sửa đổi phải báo trước.", False, "a contract is amended, not a law"),
        ("Phạm vi", "Sửa đổi Luật số 1/2030/QH20 như sau: “…”", False, "its heading says that it is something else"),
    ],
)
def test_only_articles_that_change_other_documents_amend(heading: str, text: str, amends: bool, why: str) -> None:
    assert amends_other_law(heading, text) is amends, why
