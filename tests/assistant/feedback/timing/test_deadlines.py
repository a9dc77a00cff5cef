"""Deadlines: the rules of each law, the last day each gives across Tết, weekends and pauses, and how it stands on a day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from assistant.feedback.errors import PauseNotAllowed, RuleNotFound, VariantNotFound
from assistant.feedback.timing.deadlines import DeadlineRules, Domain, Pause, Rule, Unit, Verification, due, forecast
from assistant.feedback.timing.working_days import WorkingDays
from corpus.tables import read_table

RULES = DeadlineRules.load()
DAYS = WorkingDays.load()
TODAY = date(2026, 11, 22)
FORWARD = tuple(rule for rule in RULES.rules if rule.days > 0)


def day(text: str) -> date:
    return date.fromisoformat(text)


def last_day(rule: str, started: str, *, variant: str | None = None, pauses: tuple[Pause, ...] = ()) -> str | None:
    found = due(RULES.rule(rule, day(started)), day(started), DAYS, variant=variant, pauses=pauses).due
    return found.isoformat() if found else None


# The rules

IN_FORCE = (
    ("KN_ACCEPT", "2026-06-30", 10, Unit.CALENDAR, "Luật Khiếu nại until the decree of 2026"),
    ("KN_ACCEPT", "2026-07-01", 7, Unit.WORKING, "Nghị định 155/2026/NĐ-CP"),
    ("CT_49_1", "2026-11-22", 60, Unit.CALENDAR, "voters are answered within 60 days"),
    ("CT_49_2", "2026-11-22", -20, Unit.WORKING, "before the session"),
    ("TCD_28_1", "2026-11-22", 10, Unit.WORKING, "first notice"),
    ("NB_SCREEN", "2026-11-22", 2, Unit.WORKING, "our own target"),
    ("NB_REPLY", "2026-11-22", 30, Unit.WORKING, "our own target"),
)


@pytest.mark.parametrize(("rule", "on", "days", "unit", "why"), IN_FORCE, ids=[f"{case[0]} {case[1]}" for case in IN_FORCE])
def test_rule_is_the_one_in_force_on_the_day(rule: str, on: str, days: int, unit: Unit, why: str) -> None:
    found = RULES.rule(rule, day(on))
    assert (found.days, found.unit) == (days, unit), why


@pytest.mark.parametrize(("rule", "on"), [("CT_49_1", "2025-02-19"), ("KN_SUSPEND", "2026-06-30"), ("NO_SUCH", "2026-11-22")])
def test_rule_outside_its_time_is_not_found(rule: str, on: str) -> None:
    with pytest.raises(RuleNotFound) as caught:
        RULES.rule(rule, day(on))
    assert (caught.value.rule, caught.value.on) == (rule, on)


def test_unknown_variant_names_the_known_ones() -> None:
    with pytest.raises(VariantNotFound) as caught:
        due(RULES.rule("KN_28", TODAY), TODAY, DAYS, variant="urgent")
    assert caught.value.known == ("complex", "remote", "remote_complex")


def test_every_domain_has_rules_today() -> None:
    assert [domain for domain in Domain if not RULES.for_domain(domain, TODAY)] == []
    assert sum(len(RULES.for_domain(domain, TODAY)) for domain in Domain) == len({rule.id for rule in RULES.rules})


def test_recommendation_outside_voter_meetings_has_internal_targets_only() -> None:
    internal = {rule.id for rule in RULES.rules if rule.is_internal_target}
    assert internal == {rule.id for rule in RULES.for_domain(Domain.UNSOLICITED_RECOMMENDATION, TODAY)}
    assert all(not RULES.rule(rule, TODAY).article for rule in internal)


def test_rule_of_law_names_its_document_and_article() -> None:
    for rule in RULES.rules:
        assert rule.law
        assert rule.event.vi
        assert rule.event.en
        assert rule.article or rule.is_internal_target
        assert (rule.article == "?") == (rule.verification is Verification.SECONDARY_SOURCE)


def _add_rule(**changes: object) -> Callable[[dict[str, Any]], None]:
    return lambda table: table["rules"].append({**table["rules"][0], **changes})


@pytest.mark.parametrize(
    "spoil",
    [
        _add_rule(),
        _add_rule(id="NEW", days=0),
        _add_rule(id="NEW", unit="hours"),
        _add_rule(id="NEW", is_internal_target=True),
        _add_rule(id="NEW", artcle="1"),
    ],
    ids=["twice", "no length", "unknown unit", "half internal", "unknown word"],
)
def test_spoiled_table_is_refused(spoil: Callable[[dict[str, Any]], None]) -> None:
    table = read_table("assistant.feedback", "deadlines.yaml")
    spoil(table)
    with pytest.raises(ValidationError):
        DeadlineRules.of(table)


# Last days

LAST_DAYS = (
    ("TCD_28_1", "2025-01-20", "2025-02-10", "ten working days over Tết 2025"),
    ("TCD_28_1", "2026-02-10", "2026-03-03", "ten working days over Tết 2026"),
    ("KN_28", "2025-12-29", "2026-01-28", "thirty days over New Year"),
    ("KN_28", "2026-01-20", "2026-02-23", "the last day, 19 February, lies in Tết"),
    ("CT_49_1", "2026-01-05", "2026-03-06", "sixty days over Tết, ending on a Friday"),
    ("CT_49_1", "2026-01-07", "2026-03-09", "the last day is a Sunday"),
    ("KN_9", "2025-02-01", "2025-05-05", "the last day, 2 May, is swapped off"),
    ("KN_33", "2026-01-28", "2026-02-27", "the last day is a Friday"),
    ("KN_37", "2026-06-13", "2026-07-28", "a deadline may begin on a Saturday"),
    ("TCD_28_2", "2025-04-21", "2025-04-26", "a Saturday that is worked counts"),
    ("KN_28", "2025-03-27", "2025-04-26", "a Saturday that is worked may be the last day"),
    ("KN_ACCEPT", "2026-11-16", "2026-11-26", "24 November is a holiday"),
    ("NB_SCREEN", "2026-11-21", "2026-11-25", "from a Saturday, over 24 November"),
    ("TC_24_2", "2026-08-28", "2026-09-09", "over National Day"),
    ("CT_49_2", "2026-10-20", "2026-09-22", "twenty working days before the session opens"),
    ("CT_37_2A", "2026-10-20", "2026-10-05", "fifteen days before it, a Monday"),
    ("CT_37_2A", "2026-10-19", "2026-10-02", "fifteen days before is a Sunday: earlier, not later"),
    ("GS_7_3B", "2026-03-02", "2026-02-23", "seven days before"),
    ("GS_7_3B", "2026-02-25", "2026-02-13", "seven days before lies in Tết: before it"),
    ("CT_38_2A", "2026-02-23", "2026-02-12", "two working days before, over Tết"),
)


@pytest.mark.parametrize(("rule", "started", "end", "why"), LAST_DAYS, ids=[case[3] for case in LAST_DAYS])
def test_last_day_is_a_working_day_counted_from_the_day_after(rule: str, started: str, end: str, why: str) -> None:
    assert last_day(rule, started) == end, why


@pytest.mark.parametrize(
    ("rule", "variant", "end"),
    [
        ("KN_28", None, "2026-10-01"),
        ("KN_28", "complex", "2026-10-16"),
        ("KN_28", "remote_complex", "2026-11-02"),
        ("TC_30", "complex", "2026-11-02"),
        ("TC_30", "specially_complex", "2026-11-30"),
    ],
)
def test_variant_gives_its_own_length(rule: str, variant: str | None, end: str) -> None:
    assert last_day(rule, "2026-09-01", variant=variant) == end


@pytest.mark.parametrize(
    ("rule", "started", "is_official", "why"),
    [
        ("CT_49_1", "2026-10-01", True, "within an announced year"),
        ("CT_49_1", "2026-12-01", False, "into a year without announcement"),
        ("CT_49_1", "2025-12-01", True, "from one announced year into another"),
        ("CT_37_2A", "2024-01-08", False, "backwards into a year without announcement"),
    ],
)
def test_deadline_says_whether_its_holidays_are_announced(rule: str, started: str, is_official: bool, why: str) -> None:
    found = due(RULES.rule(rule, TODAY), day(started), DAYS)
    assert found.is_official_calendar == is_official, why


# Pauses

PAUSED = (
    ("NB_SCREEN", "2026-11-09", (), "2026-11-11", 0, "none"),
    ("NB_SCREEN", "2026-11-09", (("2026-11-10", "2026-11-10"),), "2026-11-12", 1, "one day"),
    ("NB_SCREEN", "2026-11-09", (("2026-11-10", "2026-11-16"),), "2026-11-18", 5, "a week: its weekend would not have counted"),
    ("NB_SCREEN", "2026-11-09", (("2026-11-14", "2026-11-15"),), "2026-11-11", 0, "after the end"),
    ("NB_SCREEN", "2026-11-09", (("2026-11-01", "2026-11-09"),), "2026-11-11", 0, "before the beginning"),
    ("NB_SCREEN", "2026-11-09", (("2026-11-10", "2026-11-11"), ("2026-11-11", "2026-11-12")), "2026-11-16", 3, "days paused twice"),
    ("KN_28", "2026-09-01", (("2026-09-05", "2026-09-14"),), "2026-10-12", 10, "ten days; the last day, 11 October, is a Sunday"),
    ("KN_28", "2026-09-01", (("2026-10-01", "2026-10-01"),), "2026-10-02", 1, "the last day itself"),
    ("KN_28", "2026-01-20", (("2026-02-20", "2026-02-23"),), "2026-02-24", 4, "the day to which it moved"),
)


@pytest.mark.parametrize(("rule", "started", "pauses", "end", "paused", "why"), PAUSED, ids=[case[5] for case in PAUSED])
def test_paused_days_do_not_count(rule: str, started: str, pauses: tuple[tuple[str, str], ...], end: str, paused: int, why: str) -> None:
    stops = tuple(Pause(day(start), day(stop)) for start, stop in pauses)
    found = due(RULES.rule(rule, day(started)), day(started), DAYS, pauses=stops)
    assert (found.due, found.paused_days, found.days_left) == (day(end), paused, 0), why


def test_open_pause_leaves_no_last_day_but_what_is_left() -> None:
    found = due(RULES.rule("NB_REPLY", TODAY), date(2026, 11, 2), DAYS, pauses=[Pause(date(2026, 11, 16), None)])
    assert (found.due, found.days_left, found.rule) == (None, 21, "NB_REPLY")
    ahead = forecast(found, TODAY, DAYS)
    assert ahead.expected == DAYS.add(TODAY, 21)
    assert (ahead.working_days_left, ahead.is_overdue, ahead.should_remind, ahead.should_escalate) == (21, False, False, False)


def test_open_pause_after_the_end_changes_nothing() -> None:
    assert last_day("NB_SCREEN", "2026-11-09", pauses=(Pause(date(2026, 11, 12), None),)) == "2026-11-11"


def test_clock_that_counts_backwards_cannot_pause() -> None:
    with pytest.raises(PauseNotAllowed):
        due(RULES.rule("CT_49_2", TODAY), TODAY, DAYS, pauses=[Pause(TODAY, None)])


# How it stands

# The last day is Friday 13 November 2026.
STANDS = (
    ("2026-11-03", 8, False, False, False, "nothing yet"),
    ("2026-11-04", 7, False, True, False, "seven working days before"),
    ("2026-11-07", 5, False, False, False, "a Saturday"),
    ("2026-11-10", 3, False, True, False, "three before"),
    ("2026-11-12", 1, False, True, False, "one before"),
    ("2026-11-13", 0, False, False, False, "the last day"),
    ("2026-11-14", 0, True, False, False, "overdue, but no working day has passed"),
    ("2026-11-15", 0, True, False, False, "overdue, but no working day has passed"),
    ("2026-11-16", -1, True, False, True, "one working day late"),
    ("2026-11-25", -7, True, False, True, "24 November is no working day"),
)


@pytest.mark.parametrize(
    ("today", "left", "is_overdue", "should_remind", "should_escalate", "why"), STANDS, ids=[case[0] for case in STANDS]
)
def test_deadline_stands(today: str, left: int, is_overdue: bool, should_remind: bool, should_escalate: bool, why: str) -> None:
    deadline = due(RULES.rule("TCD_28_1", TODAY), date(2026, 10, 30), DAYS)
    assert deadline.due == date(2026, 11, 13)
    stands = forecast(deadline, day(today), DAYS)
    assert stands.expected == date(2026, 11, 13)
    assert (stands.working_days_left, stands.is_overdue, stands.should_remind, stands.should_escalate) == (
        left,
        is_overdue,
        should_remind,
        should_escalate,
    ), why


# Laws

STARTED = st.dates(date(2023, 1, 1), date(2029, 12, 31))
PAUSES = st.lists(
    st.builds(
        lambda start, days: Pause(start, start + timedelta(days=days)), st.dates(date(2023, 1, 1), date(2030, 6, 1)), st.integers(0, 40)
    ),
    max_size=3,
)


@given(st.sampled_from(FORWARD), STARTED, PAUSES)
def test_pause_never_makes_a_deadline_earlier(rule: Rule, started: date, pauses: list[Pause]) -> None:
    without, paused = due(rule, started, DAYS), due(rule, started, DAYS, pauses=pauses)
    assert without.due
    assert paused.due
    assert paused.due >= without.due
    assert (paused.due == without.due) or paused.paused_days > 0


@given(st.sampled_from(RULES.rules), STARTED)
def test_last_day_is_always_a_working_day_on_the_right_side(rule: Rule, started: date) -> None:
    found = due(rule, started, DAYS).due
    assert found
    assert DAYS.is_working(found)
    assert (found > started) == (rule.days > 0)
    if rule.unit is Unit.WORKING:
        assert DAYS.between(started, found) == rule.days
    else:
        assert abs((found - started).days) >= abs(rule.days)


@given(st.sampled_from(RULES.rules), STARTED, st.integers(0, 30))
def test_later_event_never_gives_an_earlier_deadline(rule: Rule, started: date, later: int) -> None:
    first, second = due(rule, started, DAYS).due, due(rule, started + timedelta(days=later), DAYS).due
    assert first
    assert second
    assert second >= first


@given(st.sampled_from(FORWARD), STARTED, st.integers(0, 30))
def test_what_is_left_at_an_open_pause_is_what_an_ended_one_gives(rule: Rule, started: date, after: int) -> None:
    """A pause that ends today leaves the day that was forecast while it was open."""
    start, today = started + timedelta(days=after), started + timedelta(days=after + 5)
    still = due(rule, started, DAYS, pauses=[Pause(start, None)])
    if still.due is None:
        assert forecast(still, today, DAYS).expected == due(rule, started, DAYS, pauses=[Pause(start, today)]).due


@given(st.sampled_from(FORWARD), STARTED)
def test_reminders_come_on_three_days_at_most_and_before_the_end(rule: Rule, started: date) -> None:
    deadline = due(rule, started, DAYS)
    assert deadline.due
    span = (deadline.due - started).days
    reminded = [one for n in range(span + 30) if forecast(deadline, one := started + timedelta(days=n), DAYS).should_remind]
    assert len(reminded) <= 3
    assert all(one < deadline.due for one in reminded)
