"""Which text was law on which day, when several versions speak of one article."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.ids import ProvisionId
from corpus.sources.batch import SourceName
from corpus.timeline import timeline
from corpus.types import Article, Validity

START = date(2020, 1, 1)
CODES, CODIFICATION = SourceName.CODES, SourceName.CODIFICATION


def version(text: str, since: int | None, until: int | None = None, source: SourceName = CODES) -> Article:
    """A text from day `since` to day `until`, counted from `START`."""
    return Article(ProvisionId("1/2030/QH20", "1"), "", text, validity=Validity(_day(since), _day(until)), source=source)


def _day(number: int | None) -> date | None:
    return None if number is None else START + timedelta(days=number)


def spans(*versions: Article) -> list[tuple[str, int | None, int | None]]:
    return [(span.text, _number(span.validity.since), _number(span.validity.until)) for span in timeline(versions)]


def _number(day: date | None) -> int | None:
    return None if day is None else (day - START).days


@pytest.mark.parametrize(
    ("versions", "expected", "why"),
    [
        ([], [], "nothing known"),
        ([version("a", 5)], [("a", 5, None)], "one text"),
        ([version("a", None)], [("a", None, None)], "no days known"),
        ([version("a", 0, 10), version("b", 10)], [("a", 0, 10), ("b", 10, None)], "one after the other"),
        ([version("b", 10), version("a", 0, 10)], [("a", 0, 10), ("b", 10, None)], "order of the rows does not matter"),
        ([version("a", 0), version("b", 10)], [("a", 0, 10), ("b", 10, None)], "the later one ends the earlier one"),
        ([version("a", 0, 5), version("b", 10)], [("a", 0, 5), ("b", 10, None)], "a hole stays a hole"),
        ([version("a", 0), version("b", 10, source=CODIFICATION)], [("a", 0, 10), ("b", 10, None)], "the codification takes over"),
        ([version("a", 0, source=CODIFICATION), version("b", 10)], [("a", 0, None)], "a less trusted source does not"),
        ([version("a", 0), version("b", 5, 9, CODIFICATION)], [("a", 0, 5), ("b", 5, 9), ("a", 9, None)], "trusted for some days only"),
        ([version("a", 0), version("a", 10, source=CODIFICATION)], [("a", 0, None)], "the same text goes on as one"),
        ([version("a", 0, 5), version("a", 9)], [("a", 0, 5), ("a", 9, None)], "the same text after a hole is another span"),
        ([version("a", 5, 5)], [], "no day at all"),
        ([version("a", 9, 5)], [], "ends before it begins"),
        ([version("a", 9, 5), version("b", 0)], [("b", 0, None)], "a span of no day hides nothing"),
    ],
)
def test_the_trusted_and_the_later_text_wins(versions: list[Article], expected: list[tuple[str, int | None, int | None]], why: str) -> None:
    assert spans(*versions) == expected, why


_ENDS = st.one_of(st.none(), st.integers(0, 30))
_VERSIONS = st.lists(st.builds(version, st.sampled_from("abc"), _ENDS, _ENDS, st.sampled_from([CODES, CODIFICATION])), max_size=6)
_DAYS = [START + timedelta(days=number) for number in range(-2, 34)]


@given(_VERSIONS)
def test_spans_do_not_overlap_and_come_oldest_first(versions: list[Article]) -> None:
    for one, other in pairwise(timeline(versions)):
        assert one.validity.until is not None
        assert other.validity.since is not None
        assert one.validity.until <= other.validity.since


@given(_VERSIONS)
def test_spans_cover_exactly_the_days_that_some_version_covers(versions: list[Article]) -> None:
    found = timeline(versions)
    for day in _DAYS:
        assert sum(span.validity.covers(day) for span in found) == any(one.validity.covers(day) for one in versions)


@given(_VERSIONS)
def test_each_day_has_the_text_of_the_most_trusted_source_that_covers_it(versions: list[Article]) -> None:
    found = timeline(versions)
    for day in _DAYS:
        covering = [one for one in versions if one.validity.covers(day)]
        if covering:
            best = min(SourceName(one.source).rank for one in covering)
            text = next(span.text for span in found if span.validity.covers(day))
            assert text in {one.text for one in covering if SourceName(one.source).rank == best}


@given(_VERSIONS)
def test_a_timeline_of_a_timeline_changes_nothing(versions: list[Article]) -> None:
    assert timeline(timeline(versions)) == timeline(versions)


@given(_VERSIONS)
def test_neighbours_differ(versions: list[Article]) -> None:
    found = timeline(versions)
    assert all(one.text != other.text or one.validity.until != other.validity.since for one, other in pairwise(found))
