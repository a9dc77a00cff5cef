"""By when something must be done: rules as data (data/deadlines.yaml), the day each gives, and how that day stands today."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, model_validator

from assistant.feedback.errors import PauseNotAllowed, RuleNotFound, VariantNotFound
from assistant.feedback.timing.working_days import WorkingDays
from corpus.tables import read_table

_DAY = timedelta(days=1)
# How many working days before the end somebody is reminded.
REMIND_AT = (1, 3, 7)


class Domain(StrEnum):
    """What a deadline is about. An unsolicited recommendation came outside voter meetings; the law sets it no deadline."""

    CITIZEN_RECEPTION = "citizen_reception"
    ADMINISTRATIVE_RULES = "administrative_rules"
    COMPLAINT = "complaint"
    DENUNCIATION = "denunciation"
    VOTER_RECOMMENDATION = "voter_recommendation"
    FRONT_SUPERVISION = "front_supervision"
    PERSONAL_DATA = "personal_data"
    UNSOLICITED_RECOMMENDATION = "unsolicited_recommendation"


class Unit(StrEnum):
    """What days are counted."""

    WORKING = "working"
    CALENDAR = "calendar"


class Verification(StrEnum):
    """How sure a rule is; data/deadlines.yaml says what each value means."""

    TEXT_READ = "text_read"
    READ_BEFORE_AMENDMENT = "read_before_amendment"
    SECONDARY_SOURCE = "secondary_source"
    INTERNAL = "internal"


@dataclass(frozen=True, slots=True)
class Event:
    """What must be done, as people read it."""

    vi: str
    en: str


@dataclass(frozen=True, slots=True)
class Rule:
    """One deadline in the words of one law, in force from `valid_from` until `valid_until` inclusive (None: still).

    Negative `days` count backwards from the event. `variants` are other lengths by name. An internal target is ours: never show it as law.
    """

    id: str
    domain: Domain
    event: Event
    days: int
    unit: Unit
    law: str
    article: str
    valid_from: date
    verification: Verification
    valid_until: date | None = None
    variants: Mapping[str, int] | None = None
    note: str = ""
    is_internal_target: bool = False

    def is_in_force(self, on: date) -> bool:
        """Whether the rule holds on the day `on`."""
        return self.valid_from <= on and (self.valid_until is None or on <= self.valid_until)

    def days_for(self, variant: str | None) -> int:
        """The length of a variant; raises VariantNotFound."""
        variants = self.variants or {}
        if variant is None:
            return self.days
        if variant not in variants:
            raise VariantNotFound(self.id, variant, tuple(variants))
        return variants[variant]


@dataclass(frozen=True, slots=True)
class Pause:
    """Days that don't count, from `start` to `end` inclusive; with `end` None the clock stands still until further notice."""

    start: date
    end: date | None


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last day by which a rule is kept; `due` is None while the clock stands still, `days_left` is what will then be left.

    `paused_days` and `days_left` are in the unit of the rule. `is_official_calendar` is False where a year between start and end has no
    announced holidays yet, so that the day may still move.
    """

    due: date | None
    is_official_calendar: bool
    rule: str
    paused_days: int
    unit: Unit
    days_left: int


@dataclass(frozen=True, slots=True)
class Forecast:
    """How a deadline stands on a day.

    `expected` is the last day; while the clock stands still the earliest it can be, as if it ran again from tomorrow. `working_days_left`
    is negative by the working days that have passed since. While paused nobody is reminded and nothing is overdue.
    """

    expected: date
    working_days_left: int
    is_overdue: bool
    should_remind: bool
    should_escalate: bool


class DeadlineRules:
    """The rules, looked up by the day on which they must be in force."""

    def __init__(self, rules: tuple[Rule, ...]) -> None:
        self.rules = rules

    @classmethod
    def load(cls) -> Self:
        """The rules shipped with the project."""
        return cls.of(read_table("assistant.feedback", "deadlines.yaml"))

    @classmethod
    def of(cls, content: object) -> Self:
        """The rules that a file with this `content` holds; raises pydantic's ValidationError where one is not in form."""
        return cls(_Table.model_validate(content).rules)

    def rule(self, rule: str, on: date) -> Rule:
        """The wording of the rule `rule` in force on `on`; raises RuleNotFound."""
        for one in self.rules:
            if one.id == rule and one.is_in_force(on):
                return one
        raise RuleNotFound(rule, on.isoformat())

    def for_domain(self, domain: Domain, on: date) -> tuple[Rule, ...]:
        """All rules of a domain in force on `on`, in the order of the table."""
        return tuple(one for one in self.rules if one.domain is domain and one.is_in_force(on))


def due(rule: Rule, started: date, working_days: WorkingDays, *, variant: str | None = None, pauses: Sequence[Pause] = ()) -> Deadline:
    """By when `rule` is kept if its event was on `started`.

    The day of the event is not counted; where the last day is a day off, the next working day is the last (Bộ luật Dân sự 91/2015/QH13,
    arts 147.3, 148.5). What must be done at least so many days before an event is due on the working day before instead: moved forward
    it would come too late (our reading; art 148.5 has terms that run forward in view). Raises VariantNotFound and PauseNotAllowed.
    """
    days = rule.days_for(variant)
    if days < 0 and pauses:
        raise PauseNotAllowed(rule.id)
    run = _backwards(days, rule.unit, started, working_days) if days < 0 else _forwards(days, rule.unit, started, working_days, pauses)
    first, last = sorted((started, run.reached))
    is_official = all(working_days.is_official(year) for year in range(first.year, last.year + 1))
    return Deadline(None if run.stands_still else run.reached, is_official, rule.id, run.paused, rule.unit, run.left)


def forecast(deadline: Deadline, today: date, working_days: WorkingDays) -> Forecast:
    """How `deadline` stands as `today` begins; a reminder comes once, 7, 3 and 1 working days before the end."""
    if deadline.due is None:
        expected = _forwards(deadline.days_left, deadline.unit, today, working_days, ()).reached
        return Forecast(expected, working_days.between(today, expected), False, False, False)
    is_overdue = today > deadline.due
    # Counted from the earlier day: the last day itself is not one that has been lost.
    left = -working_days.between(deadline.due, today) if is_overdue else working_days.between(today, deadline.due)
    # On a day off the count is that of the working day before, which has reminded already.
    should_remind = left in REMIND_AT and working_days.is_working(today)
    return Forecast(deadline.due, left, is_overdue, should_remind, should_escalate=left <= -1)


# Counting


@dataclass(frozen=True, slots=True)
class _Run:
    """How far a count came: the last day, or the first day of standing still with days left."""

    reached: date
    paused: int
    left: int
    stands_still: bool


def _backwards(days: int, unit: Unit, started: date, working_days: WorkingDays) -> _Run:
    if unit is Unit.WORKING:
        return _Run(working_days.add(started, days), 0, 0, stands_still=False)
    return _Run(working_days.on_or_before(started + _DAY * days), 0, 0, stands_still=False)


def _forwards(days: int, unit: Unit, started: date, working_days: WorkingDays, pauses: Sequence[Pause]) -> _Run:
    """Day by day: a paused day and, where working days count, a day off use up nothing; the last day must be a working day."""
    day, left, paused = started, days, 0
    while True:
        day += _DAY
        if any(pause.end is None and pause.start <= day for pause in pauses):
            return _Run(day, paused, left, stands_still=True)
        is_working = working_days.is_working(day)
        if unit is Unit.WORKING and not is_working:
            continue
        if _is_paused(day, pauses):
            paused += 1
            continue
        left = max(left - 1, 0)
        if left == 0 and is_working:
            return _Run(day, paused, 0, stands_still=False)


def _is_paused(day: date, pauses: Sequence[Pause]) -> bool:
    return any(pause.start <= day and (pause.end is None or day <= pause.end) for pause in pauses)


# The file


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    sources: dict[str, Any]  # Any: what the rules below repeat by reference
    rules: tuple[Rule, ...]

    @model_validator(mode="after")
    def _is_plain(self) -> Self:
        """No rule stands twice for one day, no length is 0, and what is ours is called so."""
        for index, one in enumerate(self.rules):
            later = [other for other in self.rules[index + 1 :] if other.id == one.id]
            if one.days == 0 or any(other.is_in_force(one.valid_from) or one.is_in_force(other.valid_from) for other in later):
                raise ValueError(f"{one.id} has no length or stands twice")
            if one.is_internal_target != (one.verification is Verification.INTERNAL):
                raise ValueError(f"{one.id} is half an internal target")
        return self
