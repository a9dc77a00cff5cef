"""The shipped table of laws that changed the codes."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from corpus.amendments import Amendment, known_amendments, later_amendments
from corpus.ids import ProvisionId, document_key
from corpus.sources.batch import SourceName
from corpus.types import Article

KNOWN = [amendment for amendment in known_amendments() if amendment.articles]
UNKNOWN = [amendment for amendment in known_amendments() if amendment.articles is None]


def article(document: str, number: str, source: SourceName = SourceName.CODES) -> Article:
    return Article(ProvisionId(document, number), "", "Chữ.", source=source)


@pytest.mark.parametrize("row", known_amendments(), ids=lambda row: f"{row.by} changes {row.code}")
def test_every_row_names_documents_and_articles_properly(row: Amendment) -> None:
    assert document_key(row.code) == row.code
    assert document_key(row.by) == row.by
    assert row.code != row.by
    assert row.title
    for number in row.articles or ():
        assert str(ProvisionId(row.code, number))
    assert len(set(row.articles or ())) == len(row.articles or ())


def test_no_change_stands_twice() -> None:
    rows = [(amendment.code, amendment.by, amendment.since) for amendment in known_amendments()]
    assert len(set(rows)) == len(rows)


def test_an_amendment_warns_from_its_first_day_on() -> None:
    amendment = KNOWN[0]
    assert amendment.articles is not None
    changed = article(amendment.code, amendment.articles[0])
    assert amendment in later_amendments(changed, amendment.since)
    assert amendment not in later_amendments(changed, amendment.since - timedelta(days=1))


def test_an_article_that_was_not_changed_is_not_warned_about() -> None:
    amendment = KNOWN[0]
    assert amendment not in later_amendments(article(amendment.code, "9999"), date.max)
    assert later_amendments(article("1/2030/QH20", "1"), date.max) == []


def test_the_codification_already_holds_the_changes_whose_articles_are_known() -> None:
    for amendment in KNOWN:
        assert amendment.articles is not None
        changed = article(amendment.code, amendment.articles[0], SourceName.CODIFICATION)
        assert amendment not in later_amendments(changed, date.max)


def test_a_change_whose_articles_are_not_known_warns_everywhere() -> None:
    for amendment in UNKNOWN:
        for source in (SourceName.CODES, SourceName.CODIFICATION):
            assert amendment in later_amendments(article(amendment.code, "1", source), date.max)


def test_amendments_come_oldest_first() -> None:
    for code in {amendment.code for amendment in known_amendments()}:
        for number in {number for amendment in KNOWN if amendment.code == code for number in amendment.articles or ()}:
            days = [amendment.since for amendment in later_amendments(article(code, number), date.max)]
            assert days == sorted(days), (code, number)
