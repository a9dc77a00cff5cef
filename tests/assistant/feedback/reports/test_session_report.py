"""The numbers of the session report: they add up, recompute, and tell no small count."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.feedback.errors import FeedbackError, MatterReportedTwice, SealedMatterReported
from assistant.feedback.reports.session_report import (
    UNKNOWN,
    recomputed,
    session_figures,
    written,
)
from assistant.feedback.reports.words import ReportWords
from assistant.feedback.states import State
from assistant.feedback.types import AdminLevel, Field, Kind, Resolution
from tests.assistant.feedback.generated_matters import SESSION, generated, matter, records

# What is counted


@pytest.mark.parametrize("count", [0, 1, 30, 400])
def test_the_parts_of_every_total_add_up(count: int) -> None:
    figures = session_figures(generated(count), SESSION)
    values, whole, asks = figures.values(), sorted(records(figures, "total")), sorted(records(figures, "asks"))
    assert sorted(records(figures, "kind")) == sorted(records(figures, "week")) == whole
    assert values["total"] == len(whole)
    assert len(whole) + len(records(figures, "left_out")) == count
    assert sorted(records(figures, "class")) == asks
    assert sorted([*asks, *next(one.record_numbers for one in figures.claims if one.id == "kind:praise")]) == whole
    if figures.fields:
        assert sorted(records(figures, "field")) == sorted(records(figures, "level")) == sorted(records(figures, "cell")) == asks
    if figures.areas:
        assert sorted(records(figures, "area")) == asks


def test_a_told_count_is_the_number_of_its_records() -> None:
    figures = session_figures(generated(600), SESSION)
    counting = {"total", "asks", "kind", "field", "level", "cell", "area", "class", "week", "recommended", "left_out"}
    told = figures.told()
    assert [
        one.id for one in figures.claims if one.sentence_key in counting and one.id in told and one.value != len(one.record_numbers)
    ] == []


@pytest.mark.parametrize(
    "changes",
    [
        {"kind": Kind.QUESTION},
        {"kind": Kind.COMPLAINT},
        {"kind": Kind.SPAM},
        {"state": State.SCREENING},
        {"state": State.REJECTED},
        {"state": State.WITHDRAWN},
        # Counted with the matter that it was joined to.
        {"state": State.LINKED},
    ],
)
def test_what_was_not_taken_in_is_told_apart(changes: dict[str, Any]) -> None:
    values = session_figures([matter(1), matter(2, **changes)], SESSION).values()
    assert (values["total"], values["left_out"]) == (1, 1)


def test_both_ends_of_the_period_belong_to_it() -> None:
    days = [date(2026, 5, 31), date(2026, 6, 1), date(2026, 9, 30), date(2026, 10, 1)]
    figures = session_figures([matter(number, opened_on=day) for number, day in enumerate(days)], SESSION)
    assert records(figures, "total") == [1, 2]


def test_shares_are_of_what_asks_and_in_vietnamese_form() -> None:
    matters = [matter(number, resolution=Resolution.SETTLED if number < 5 else None) for number in range(12)]
    values = session_figures([*matters, matter(99, kind=Kind.PRAISE)], SESSION).values()
    assert (values["class_share:settled"], values["class_share:none"], values["field_share:land"]) == ("41,7%", "58,3%", "100,0%")


@pytest.mark.parametrize(("value", "expected"), [(0, "0"), (999, "999"), (1234, "1.234"), (1234567, "1.234.567"), ("45,6%", "45,6%")])
def test_numbers_are_written_as_in_vietnam(value: int | str, expected: str) -> None:
    assert written(value) == expected


def test_every_code_and_claim_has_its_words() -> None:
    words, figures = ReportWords.load(), session_figures(generated(500), SESSION)
    assert set(words.fields) == {*Field, UNKNOWN}
    assert set(words.levels) == {*AdminLevel, UNKNOWN}
    assert set(words.classes) == {*Resolution, UNKNOWN}
    assert {claim.sentence_key for claim in figures.claims} == set(words.claims)


# What may not come in


@pytest.mark.parametrize("changes", [{"kind": Kind.DENUNCIATION}, {"state": State.SEALED}, {"state": State.SEALED_CLOSED}])
@pytest.mark.parametrize("opened_on", [date(2026, 7, 1), date(2020, 1, 1)])
def test_a_sealed_matter_is_refused_wherever_it_would_be_counted(changes: dict[str, Any], opened_on: date) -> None:
    with pytest.raises(SealedMatterReported) as raised:
        session_figures([matter(1), matter(7, opened_on=opened_on, **changes)], SESSION)
    assert raised.value.number == 7
    assert isinstance(raised.value, ValueError)
    assert isinstance(raised.value, FeedbackError)


def test_a_matter_given_twice_is_refused() -> None:
    with pytest.raises(MatterReportedTwice):
        session_figures([matter(3), matter(3)], SESSION)


# Counting anew


def test_the_same_matters_in_another_order_give_equal_claims() -> None:
    matters = generated(300)
    figures = session_figures(matters, SESSION)
    assert recomputed(figures, matters[::-1]) == []
    assert session_figures(matters[::-1], SESSION) == figures


@pytest.mark.parametrize(
    ("changes", "differing"),
    [
        ({"title": "Khác"}, {"total", "asks", "field:land", "week:2026-06-01"}),
        ({"submissions": 90}, {"submissions", "area:An Giang"}),
        ({"resolution": Resolution.EXPLAINED}, {"class:explained", "class_share:none"}),
        ({"field": Field.HEALTH}, {"field:land", "field_share:land"}),
        ({"area": "Cà Mau"}, {"places", "area:Cà Mau"}),
        ({"opened_on": date(2025, 1, 1)}, {"total", "week:2026-06-01"}),
        ({"is_for_next_report": True}, {"recommended"}),
    ],
)
def test_a_change_of_any_matter_shows_in_the_claims_that_count_it(changes: dict[str, Any], differing: set[str]) -> None:
    matters = [matter(number) for number in range(40)] + [matter(100 + number, field=Field.HEALTH, area="Cà Mau") for number in range(40)]
    figures = session_figures(matters, SESSION)
    changed = [replace(matters[0], **changes), *matters[1:]]
    assert differing <= {claim.id for claim in recomputed(figures, changed)}


@given(st.integers(0, 79), st.sampled_from(["drop", "title"]))
@settings(max_examples=20, deadline=None)
def test_no_change_goes_unnoticed(place: int, change: str) -> None:
    matters = [one for one in generated(90, seed=5) if one.state is not State.REJECTED][:80]
    figures = session_figures(matters, SESSION)
    rest = [*matters[:place], *matters[place + 1 :]]
    assert recomputed(figures, rest if change == "drop" else [*rest, replace(matters[place], title="Khác")])
