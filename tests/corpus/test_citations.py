"""Provisions named in running text: invented questions over a few invented and well-known documents."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.citations import DocumentNames, absent_laws, find_provisions
from corpus.ids import document_key
from corpus.types import DocumentKind, LegalDocument, Validity

TODAY = date(2026, 1, 31)


def document(number: str, title: str, kind: DocumentKind, since: date, until: date | None = None) -> LegalDocument:
    return LegalDocument(document_key(number), number, title, kind, validity=Validity(since, until))


NAMES = DocumentNames(
    [
        document("45/2019/QH14", "Bộ luật Lao động", DocumentKind.CODE, date(2021, 1, 1)),
        document("10/2012/QH13", "Bộ luật Lao động", DocumentKind.CODE, date(2013, 5, 1), date(2021, 1, 1)),
        document("100/2015/QH13", "Bộ luật Hình sự", DocumentKind.CODE, date(2018, 1, 1)),
        document("52/2014/QH13", "Luật Hôn nhân và gia đình", DocumentKind.LAW, date(2015, 1, 1)),
        document("1/2030/QH20", "Luật Tàu giấy", DocumentKind.LAW, date(2024, 1, 1)),
        document("2/2030/QH20", "Luật Tàu", DocumentKind.LAW, date(2024, 1, 1)),
        document("3/2030/QH20", "Luật Tàu, thuyền và bè", DocumentKind.LAW, date(2024, 1, 1)),
        document("145/2020/NĐ-CP", "Nghị định Quy định chi tiết Bộ luật Lao động", DocumentKind.DECREE, date(2021, 2, 1)),
        document("20/2023/QĐ-TTg", "Quyết định Về tàu", DocumentKind.DECISION, date(2023, 1, 1)),
    ]
)


def found(text: str, as_of: date = TODAY) -> list[str]:
    return [str(provision) for provision in find_provisions(text, NAMES, as_of).provisions]


RESOLUTION = LegalDocument("1/2030/QH20/NQ", "1/2030/QH20", "Nghị quyết Về tàu giấy", DocumentKind.RESOLUTION)
ALONE = LegalDocument("7/2030/QH20/NQ", "7/2030/QH20", "Nghị quyết Về bến", DocumentKind.RESOLUTION)
LAW = document("1/2030/QH20", "Luật Tàu giấy", DocumentKind.LAW, date(2024, 1, 1))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Điều 3 Nghị quyết số 1/2030/QH20", "1/2030/QH20/NQ@3"),
        ("dieu 3 nghi quyet 1/2030/qh20", "1/2030/QH20/NQ@3"),
        ("Điều 3 Luật số 1/2030/QH20", "1/2030/QH20@3"),
        ("Điều 3 văn bản số 1/2030/QH20", "1/2030/QH20@3"),
        ("Điều 3 Nghị quyết 7/2030/QH20", "7/2030/QH20/NQ@3"),
        ("Điều 3 của số 7/2030/QH20", "7/2030/QH20/NQ@3"),
    ],
)
def test_of_a_law_and_a_resolution_of_one_number_that_is_meant_whose_kind_stands_before_it(text: str, expected: str) -> None:
    names = DocumentNames([LAW, RESOLUTION, ALONE])
    assert [str(one) for one in find_provisions(text, names, TODAY).provisions] == [expected]


@pytest.mark.parametrize(
    ("text", "expected", "why"),
    [
        ("khoản 2 Điều 35 Bộ luật Lao động", ["45/2019/QH14@35.2"], "from the inside out, as laws cite"),
        ("Điều 35 khoản 2 Bộ luật Lao động", ["45/2019/QH14@35.2"], "from the outside in, as people write"),
        ("điểm a khoản 2 Điều 35 Bộ luật Lao động", ["45/2019/QH14@35.2.a"], "with a point"),
        ("Điều 35, khoản 2, điểm a của Bộ luật Lao động", ["45/2019/QH14@35.2.a"], "outside in with commas"),
        ("điểm a, khoản 2, Điều 35 Bộ luật Lao động", ["45/2019/QH14@35.2.a"], "inside out with commas"),
        ("điểm a của khoản 2 của Điều 35 của Bộ luật Lao động", ["45/2019/QH14@35.2.a"], "with của"),
        ("điểm a Điều 35 Bộ luật Lao động", ["45/2019/QH14@35..a"], "inside out without a clause"),
        ("Điều 35 điểm a Bộ luật Lao động", ["45/2019/QH14@35..a"], "a point on the article itself"),
        ("Theo Bộ luật Lao động, Điều 35 nói gì?", ["45/2019/QH14@35"], "the document stands first"),
        ("Điều luật 35 Bộ luật Lao động", ["45/2019/QH14@35"], "điều luật"),
        ("Điều 35a Bộ luật Lao động", ["45/2019/QH14@35a"], "an article that was added"),
        ("dieu 35 khoan 2 diem a bo luat lao dong", ["45/2019/QH14@35.2.a"], "no marks"),
        ("ĐIỀU 35 BỘ LUẬT LAO ĐỘNG", ["45/2019/QH14@35"], "capitals"),
        (unicodedata.normalize("NFD", "khoản 2 Điều 35 Bộ luật Lao động"), ["45/2019/QH14@35.2"], "NFD"),
        ("\u00d0iều 35 Bộ luật Lao \u00d0ộng", ["45/2019/QH14@35"], "Icelandic Eth"),
        ("dieu 35 blld", ["45/2019/QH14@35"], "abbreviation without marks"),
        ("điều 35 bllđ", ["45/2019/QH14@35"], "abbreviation with đ"),
        ("Điều 12 BLHS", ["100/2015/QH13@12"], "abbreviation in capitals"),
        ("điều 8 luật hôn nhân gia đình", ["52/2014/QH13@8"], "without và"),
        ("Điều 3 Luật Tàu giấy", ["1/2030/QH20@3"], "the longest title wins"),
        ("Điều 3 Luật Tàu thuyền và bè", ["3/2030/QH20@3"], "without the comma"),
        ("dieu 3 luat tau thuyen be", ["3/2030/QH20@3"], "without và, in no table of abbreviations"),
        ("Điều 3 Luật Tàu", ["2/2030/QH20@3"], "a title that begins another one"),
        ("Điều 9 Nghị định 145/2020/NĐ-CP", ["145/2020/ND-CP@9"], "by number"),
        ("Điều 9 Nghị định số 145/2020/NĐ-CP", ["145/2020/ND-CP@9"], "by number with số"),
        ("dieu 9 nghi dinh 145/2020/nd-cp", ["145/2020/ND-CP@9"], "by number without marks"),
        ("Điều 9 Nghị định 145/2020", ["145/2020/ND-CP@9"], "number without its letters"),
        ("Điều 2 Quyết định 20/2023/QĐ-TTg", ["20/2023/QD-TTG@2"], "decision of the Prime Minister"),
        ("Điều 35 Bộ luật Lao động 2012", ["10/2012/QH13@35"], "with its year"),
        ("Điều 35 Bộ luật Lao động năm 2012", ["10/2012/QH13@35"], "with năm and its year"),
        ("Điều 35 Bộ luật Lao động số 10/2012/QH13", ["10/2012/QH13@35"], "title and number together mean the number"),
        ("Điều 35 Bộ luật Lao động số 45/2019/QH14", ["45/2019/QH14@35"], "as the product itself prints it"),
        ("Điều 12 Bộ luật Hình sự số 100/2015/QH13 nói gì?", ["100/2015/QH13@12"], "as the product itself prints it"),
        ("Điều 35 và Điều 36 Bộ luật Lao động", ["45/2019/QH14@35", "45/2019/QH14@36"], "two articles of one document"),
        ("Điều 35 Bộ luật Lao động và Điều 12 BLHS", ["45/2019/QH14@35", "100/2015/QH13@12"], "two documents"),
        ("Điều 35 Bộ luật Lao động, nhắc lại Điều 35 BLLĐ", ["45/2019/QH14@35"], "no repetition"),
        ("khoản 1 và khoản 2 Điều 35 Bộ luật Lao động", ["45/2019/QH14@35.1", "45/2019/QH14@35.2"], "two clauses"),
        ("các khoản 1, 2 và 3 Điều 35 BLLĐ", ["45/2019/QH14@35.1", "45/2019/QH14@35.2", "45/2019/QH14@35.3"], "a list of clauses"),
        ("Điều 35 khoản 1, khoản 3 BLLĐ", ["45/2019/QH14@35.1", "45/2019/QH14@35.3"], "two clauses from the outside in"),
        ("điểm a, b và đ khoản 2 Điều 35 BLLĐ", ["45/2019/QH14@35.2.a", "45/2019/QH14@35.2.b", "45/2019/QH14@35.2.dd"], "a list of points"),
        ("điểm a khoản 1 và khoản 2 Điều 35 BLLĐ", ["45/2019/QH14@35.1.a", "45/2019/QH14@35.2"], "a point and a clause"),
        ("khoản 1 Điều 35 và khoản 2 Điều 36 BLLĐ", ["45/2019/QH14@35.1", "45/2019/QH14@36.2"], "clauses of two articles"),
        ("Điều 35 Bộ luật Lao động 2021", ["45/2019/QH14@35"], "the year since when it is in force"),
        ("Điều 35 nói gì?", [], "no document"),
        ("Bộ luật Lao động nói gì?", [], "no article"),
        ("Điều 35 Luật Thuyền thúng", [], "a law that is not here"),
        ("Điều 35 Nghị định 999/2020/NĐ-CP", [], "a number that is not here"),
        ("Tôi có điều muốn hỏi về Bộ luật Lao động", [], "điều as a plain word"),
        ("", [], "nothing"),
    ],
)
def test_provisions_are_found_as_people_and_laws_write_them(text: str, expected: list[str], why: str) -> None:
    assert found(text) == expected, why


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("điểm đ khoản 2 Điều 35 Bộ luật Lao động", "45/2019/QH14@35.2.dd"),
        ("điểm d khoản 2 Điều 35 Bộ luật Lao động", "45/2019/QH14@35.2.d"),
        ("Điều 35 khoản 2 điểm Đ Bộ luật Lao động", "45/2019/QH14@35.2.dd"),
        ("Điều 35đ Bộ luật Lao động", "45/2019/QH14@35dd"),
        ("Điều 35d Bộ luật Lao động", "45/2019/QH14@35d"),
        ("khoản 2đ Điều 35 Bộ luật Lao động", "45/2019/QH14@35.2dd"),
        ("Điều 35 khoản 2đ Bộ luật Lao động", "45/2019/QH14@35.2dd"),
        ("x\u0300 한국 điểm đ khoản 2 Điều 35 Bộ luật Lao động", "45/2019/QH14@35.2.dd"),
    ],
)
def test_d_and_đ_stay_different_letters(text: str, expected: str) -> None:
    assert found(text) == [expected]


def test_a_title_means_the_document_in_force_on_the_day() -> None:
    assert found("Điều 35 Bộ luật Lao động", date(2020, 12, 31)) == ["10/2012/QH13@35"]
    assert found("Điều 35 Bộ luật Lao động", date(2021, 1, 1)) == ["45/2019/QH14@35"]


def test_mentions_come_in_the_order_of_the_text() -> None:
    mentions = NAMES.mentions("So sánh Luật Tàu giấy với 145/2020/NĐ-CP và BLHS", TODAY)
    assert [mention.key for mention in mentions] == ["1/2030/QH20", "145/2020/ND-CP", "100/2015/QH13"]
    assert all(mention.start < mention.end for mention in mentions)


def test_titles_of_decrees_are_not_taken_for_names() -> None:
    assert NAMES.mentions("Nghị định Quy định chi tiết Bộ luật Lao động", TODAY)[0].key == "45/2019/QH14"


def test_an_abbreviation_of_a_law_that_is_not_here_names_one_that_is_not_here() -> None:
    assert [mention.key for mention in NAMES.mentions("Điều 5 BLTTHS", TODAY)] == [None]


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        ("Điều 35 Nghị định 999/2020/NĐ-CP", ("999/2020/NĐ-CP",)),
        ("điều 35 Bộ luật Lao động số 9/2018/QH14", ("9/2018/QH14",)),
        ("Điều 20 Bộ luật Lao động năm 2018", ("Bộ luật Lao động năm 2018",)),
        ("Điều 20 BLLĐ 2018, Điều 3 Luật Tàu", ("BLLĐ 2018",)),
        ("từ 1/7/2025 thì Điều 35 BLLĐ còn không", ()),
        ("3/4 lương theo Điều 35 BLLĐ", ()),
        ("luật 999/2020/NĐ-CP nói gì", ()),
        ("luật căn cước điều 20", ("luật căn cước",)),
        ("Điều 20 của Luật Căn cước công dân nói gì", ("Luật Căn cước công dân",)),
        ("điểm đ khoản 1 Điều 20 Luật Quốc tịch", ("Luật Quốc tịch",)),
        ("Điều 20a Luật Thi đua khen thưởng", ("Luật Thi đua khen thưởng",)),
        ("điều 20 luật bhxh", ("luật bhxh",)),
        ("điều 20 luật đất đai 2013 nói gì", ("luật đất đai 2013",)),
        ("Điều 20 BLTTHS", ("BLTTHS",)),
        ("Điều 20 Luật Trẻ em", ("Luật Trẻ em",)),
        ("Điều 20 Luật Vũ trụ nói gì?", ("Luật Vũ trụ",)),
        ("dieu 20 luat vu tru noi gi", ("luat vu tru",)),
        ("Điều 20 Luật Bạo lực gia đình quy định sao", ("Luật Bạo lực gia đình",)),
        ("khoản 2 Điều 20 của Luật Cơ sở xã hội thì sao", ("Luật Cơ sở xã hội",)),
        ("luật cơ sở xã hội khoản 2 điều 20", ("luật cơ sở xã hội",)),
        ("Luật Vũ trụ, khoản 1 điều 20", ("Luật Vũ trụ",)),
        ("Cho mình hỏi Điều 20 Luật Chống ế năm 2022", ("Luật Chống ế năm 2022",)),
        ("Điều 20 Luật Vũ trụ và Điều 35 BLLĐ", ("Luật Vũ trụ",)),
        ("Điều 35 pháp luật lao động quy định", ()),
        ("theo điều 35 thì luật cho nghỉ mấy ngày", ()),
        ("điều 35 luật quy định sao", ()),
        ("điều 35 của luật nào", ()),
        ("ủy quyền cho luật sư dự thay hết, Điều 85 cho phép không", ()),
        ("làm vậy là đúng luật rồi nhỉ, điều 85 cho phép", ()),
        ("Điều 35 luật Việt Nam", ()),
        ("điều 35 luật lao động nói gì", ()),
        ("Điều 35 luật lao động 2021", ()),
    ],
)
def test_an_article_of_a_document_that_is_not_here_is_never_taken_from_another(text: str, unknown: tuple[str, ...]) -> None:
    named = find_provisions(text, NAMES, TODAY)
    assert named.unknown == unknown
    assert not [provision for provision in named.provisions if provision.article == "20"]


@pytest.mark.parametrize(
    ("text", "unplaced"),
    [
        ("Điều 35", ("35",)),
        ("khoản 3 điều 98 nói gì", ("98.3",)),
        ("theo điều 35 luật quy định sao", ("35",)),
        ("Điều 35 Bộ luật Lao động", ()),
        ("Điều 35 Luật Căn cước", ()),
        ("Bộ luật Lao động, Điều 35 và 36", ()),
    ],
)
def test_a_number_without_a_document_is_told_apart(text: str, unplaced: tuple[str, ...]) -> None:
    assert tuple(str(one).partition("@")[2] for one in find_provisions(text, NAMES, TODAY).unplaced) == unplaced


@pytest.mark.parametrize(
    ("text", "absent"),
    [
        ("luật căn cước quy định gì", ("luật căn cước",)),
        ("luật lao động 2005 quy định thử việc bao lâu", ("luật lao động 2005",)),
        ("nghị định 999/2020/NĐ-CP phạt bao nhiêu", ("999/2020/NĐ-CP",)),
        ("luật lao động 2012 quy định thử việc bao lâu", ()),  # it is here
        ("luật lao động 2019 quy định thử việc bao lâu", ()),
        ("luật lao động năm 2025 có gì", ()),  # as it is in that year
        ("bộ luật hình sự 2017 tội trộm", ()),  # amended in that year
        ("luật lao động và luật bảo hiểm xã hội về thai sản", ()),  # one of both is here
        ("theo luật trẻ em mấy tuổi được đi làm", ()),  # no name of a law
        ("luật trẻ em 2016 quy định gì", ("luật trẻ em 2016",)),
        ("pháp luật đất đai quy định gì", ()),
        ("luật cho nghỉ mấy ngày", ()),
    ],
)
def test_a_law_that_is_named_and_not_here_is_known_without_an_article(text: str, absent: tuple[str, ...]) -> None:
    assert absent_laws(text, NAMES, TODAY) == absent


@pytest.mark.parametrize("text", ["Điều 3 Luật Quốc tịch", "Điều 3 luật quốc tịch việt nam", "luật quốc tịch điều 3"])
def test_a_law_that_is_here_is_found_without_the_name_of_the_country(text: str) -> None:
    names = DocumentNames([document("24/2008/QH12", "Luật Quốc tịch Việt Nam", DocumentKind.LAW, date(2009, 7, 1))])
    assert [str(one) for one in find_provisions(text, names, TODAY).provisions] == ["24/2008/QH12@3"]


@given(st.text(max_size=60), st.sampled_from(["khoản 2 Điều 35 Bộ luật Lao động", "dieu 35 blld", "Điều 9 Nghị định 145/2020/NĐ-CP"]))
def test_any_text_can_be_read(noise: str, citation: str) -> None:
    provisions = found(f"{noise}\n{citation}\n{noise}")
    assert len(provisions) == len(set(provisions)) > 0
