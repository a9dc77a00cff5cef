"""Identifiers of provisions: one spelling, there and back."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import InvalidProvisionId
from corpus.ids import ProvisionId, document_key

_LETTERS = "abcdđeghiklmnopqrstuvxy"
_NUMBERS = st.integers(1, 999).map(str)
DOCUMENTS = st.sampled_from(
    ["45/2019/QH14", "145/2020/ND-CP", "20/2023/QD-TTG", "18-L/CTN", "05/2018/TTLT-VKSNDTC-TANDTC", "KHONGSO/1995-05-31"]
)
ARTICLES = st.one_of(
    _NUMBERS,
    st.tuples(_NUMBERS, st.sampled_from(_LETTERS)).map("".join),
    st.sampled_from(["pl", "pl1", "pli", "pliv", "pl2a"]),
)
CLAUSES = st.one_of(st.none(), _NUMBERS, st.tuples(_NUMBERS, st.sampled_from(_LETTERS)).map("".join))
POINTS = st.one_of(st.none(), st.sampled_from(_LETTERS), st.tuples(st.sampled_from(_LETTERS), st.integers(1, 9).map(str)).map("".join))


@given(DOCUMENTS, ARTICLES, CLAUSES, POINTS)
def test_a_printed_id_reads_back_as_itself(document: str, article: str, clause: str | None, point: str | None) -> None:
    provision = ProvisionId(document, article, clause, point)
    assert ProvisionId.parse(str(provision)) == provision
    assert str(provision).isascii()


@given(st.tuples(ARTICLES, CLAUSES, POINTS), st.tuples(ARTICLES, CLAUSES, POINTS))
def test_different_provisions_are_printed_differently(
    one: tuple[str, str | None, str | None], other: tuple[str, str | None, str | None]
) -> None:
    first, second = ProvisionId("1/2030/QH20", *one), ProvisionId("1/2030/QH20", *other)
    assert (first == second) == (str(first) == str(second))


@given(DOCUMENTS)
def test_a_whole_document_reads_back_as_itself(document: str) -> None:
    assert ProvisionId.parse(document) == ProvisionId(document)


@pytest.mark.parametrize(
    ("provision", "printed"),
    [
        (ProvisionId("45/2019/QH14", "36", "1", "a"), "45/2019/QH14@36.1.a"),
        (ProvisionId("45/2019/QH14", "36", "1", "đ"), "45/2019/QH14@36.1.dd"),
        (ProvisionId("45/2019/QH14", "36", "1", "d"), "45/2019/QH14@36.1.d"),
        (ProvisionId("45/2019/QH14", "36", None, "đ"), "45/2019/QH14@36..dd"),
        (ProvisionId("45/2019/QH14", "15đ", "2"), "45/2019/QH14@15dd.2"),
        (ProvisionId("45/2019/QH14", "15a"), "45/2019/QH14@15a"),
        (ProvisionId("45/2019/QH14", "pl1"), "45/2019/QH14@pl1"),
        (ProvisionId("45/2019/QH14"), "45/2019/QH14"),
    ],
)
def test_ids_are_printed_the_documented_way(provision: ProvisionId, printed: str) -> None:
    assert str(provision) == printed


@pytest.mark.parametrize(
    ("written", "key", "why"),
    [
        ("145/2020/NĐ-CP", "145/2020/ND-CP", "as printed"),
        ("145/2020/ND-CP", "145/2020/ND-CP", "as typed"),
        ("145/2020/nđ-cp", "145/2020/ND-CP", "lower case"),
        (unicodedata.normalize("NFD", "145/2020/NĐ-CP"), "145/2020/ND-CP", "NFD"),
        ("145/2020/N\u00d0-CP", "145/2020/ND-CP", "Icelandic Eth"),
        ("20/2023/QĐ-TTg", "20/2023/QD-TTG", "decision of the Prime Minister"),
        ("số 45/2019/QH14", "45/2019/QH14", "with the word for number"),
        ("Số: 45/2019/QH14", "45/2019/QH14", "with a colon"),
        (" 45 / 2019 / QH14 ", "45/2019/QH14", "blanks inside"),
        ("45/2019/QH14.", "45/2019/QH14", "end of a sentence"),
        ("(45/2019/QH14)", "45/2019/QH14", "in brackets"),
        ("01/2021/TTLT\u2013VKSNDTC", "01/2021/TTLT-VKSNDTC", "en dash"),
        ("01/2021/TTLT-BNN&PTNT", "01/2021/TTLT-BNN&PTNT", "ampersand of a ministry"),
        ("18-L/CTN", "18-L/CTN", "an old law"),
        ("10\u00a0/2013/TT-BGTVT", "10/2013/TT-BGTVT", "NBSP"),
    ],
)
def test_a_document_has_one_key_however_it_is_written(written: str, key: str, why: str) -> None:
    assert document_key(written) == key, why


@given(DOCUMENTS)
def test_the_key_of_a_key_is_itself(key: str) -> None:
    assert document_key(key) == key


@pytest.mark.parametrize(
    "text",
    ["", "   ", "số", "@", "45/2019/QH14@", "@36", "45/2019/QH14@36.1.a.b", "45/2019/QH14@x", "45/2019/QH14@36.x9y", "a@b@c", "hỏi gì?"],
)
def test_what_names_no_provision_is_refused_with_its_text(text: str) -> None:
    with pytest.raises(InvalidProvisionId) as refused:
        ProvisionId.parse(text)
    assert isinstance(refused.value.text, str)


@pytest.mark.parametrize(
    ("article", "clause", "point"),
    [(None, "1", None), (None, None, "a"), ("", None, None), ("36", "", None), ("36", None, "A"), ("36", "a", None), ("99999", None, None)],
)
def test_a_part_without_its_whole_is_no_provision(article: str | None, clause: str | None, point: str | None) -> None:
    with pytest.raises(InvalidProvisionId):
        ProvisionId("45/2019/QH14", article, clause, point)


def test_letters_are_read_in_any_case() -> None:
    assert ProvisionId.parse("45/2019/qh14@15A.1.DD") == ProvisionId("45/2019/QH14", "15a", "1", "đ")


def test_a_provision_contains_its_parts_and_itself_only() -> None:
    point = ProvisionId("1/2030/QH20", "3", "2", "a")
    assert point.of_article == ProvisionId("1/2030/QH20", "3")
    assert point.of_clause == ProvisionId("1/2030/QH20", "3", "2")
    assert all(whole.contains(point) for whole in (ProvisionId("1/2030/QH20"), point.of_article, point.of_clause, point))
    assert not point.contains(point.of_clause)
    assert not ProvisionId("1/2030/QH20", "3", "20").contains(point)
    assert not ProvisionId("2/2030/QH20").contains(point)
