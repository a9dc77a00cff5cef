"""What each pack, digest and scoreboard says: claims over matters, and those it quotes. The same matters give the same claims."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from statistics import median

from assistant.feedback.reports.session_report import UNKNOWN, ReportClaim
from assistant.feedback.reports.suppression import SMALL
from assistant.feedback.timing.working_days import WorkingDays
from assistant.feedback.types import Resolution
from assistant.insight.ledger import FEWEST, Ledger, is_told
from assistant.insight.matters import Matter

_FOREMOST = 10
_WEEKS_BEFORE = 4
# A field rises when the week brings half as much again as the mean of the weeks before.
_RISES = Decimal("1.5")
# The row of bodies with so few matters that they are counted together.
OTHERS = "others"
ON_TIME, LATE, OPEN, OVERDUE = "on_time", "late", "open", "overdue"


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `first` to `last`, both inclusive."""

    first: date
    last: date

    def has(self, day: date | None) -> bool:
        """Whether `day` lies in it."""
        return day is not None and self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class Figures:
    """All that a document says.

    `claims` are its numbers; `rows` names the keys of each table in its order ("field", "body"); `quoted` the matters of each list.
    """

    period: Period
    claims: tuple[ReportClaim, ...]
    rows: dict[str, tuple[str, ...]]
    quoted: dict[str, tuple[Matter, ...]]

    def values(self) -> dict[str, int | str]:
        """The value of each claim by its id."""
        return {claim.id: claim.value for claim in self.claims}


def deputy_figures(matters: Sequence[Matter], province: str, period: Period) -> Figures:
    """What people of a province sent in the period: by field, foremost matters, answers received, answers that are late at its end."""
    ledger = Ledger()
    mine = [one for one in matters if one.area == province and period.has(one.opened_on)]
    rows = _shared(ledger, mine, period, f"asks where area={province}")
    overdue = [one for one in mine if one.is_overdue_on(period.last)]
    ledger.add("overdue", f"asks of the period without an answer where due before {period.last}", overdue)
    answered = [one for one in mine if not one.is_open_on(period.last)]
    rows["resolution"] = _resolutions(ledger, answered)
    quoted = {"foremost": _by_support(mine)[:_FOREMOST], "overdue": _longest(overdue), "answered": _by_support(answered)[:_FOREMOST]}
    return _figures(ledger, period, rows, quoted)


def bill_figures(matters: Sequence[Matter], period: Period) -> Figures:
    """What people said on a bill: `matters` are those that a person says are about it; by field and province, and the foremost."""
    ledger = Ledger()
    mine = [one for one in matters if period.has(one.opened_on)]
    rows = _shared(ledger, mine, period, "asks that a person linked to the bill")
    rows["area"] = ledger.add_list("area", "asks where area", _grouped(mine, [one.area for one in mine]))
    return _figures(ledger, period, rows, {"foremost": _by_support(mine)[: 2 * _FOREMOST]})


def week_figures(matters: Sequence[Matter], period: Period) -> Figures:
    """A week: received, answered, overdue at its end, fields that rise against the mean of the four weeks before."""
    ledger = Ledger()
    received = [one for one in matters if period.has(one.opened_on)]
    answered = [one for one in matters if period.has(one.answered_on)]
    overdue = [one for one in matters if one.is_overdue_on(period.last)]
    rows = _shared(ledger, received, period, "asks")
    rows["rising"] = _rising(ledger, matters, period)
    rows["resolution"] = _resolutions(ledger, answered)
    ledger.add("overdue", f"asks without an answer where due before {period.last}", overdue)
    rows["overdue_body"] = ledger.add_list("overdue_body", "overdue where body", _by_body(overdue))
    rows["week"] = _weeks(ledger, matters, period)
    quoted = {"foremost": _by_support(received)[:_FOREMOST], "overdue": _longest(overdue)}
    return _figures(ledger, period, rows, quoted)


def scoreboard_figures(matters: Sequence[Matter], period: Period, working_days: WorkingDays) -> Figures:
    """Bodies, never people: of what they got in the period answered in time or late, open or overdue at its end, median, reopened.

    What has no clock counts as in time when answered, and as open until then.
    """
    ledger = Ledger()
    mine = [one for one in matters if period.has(one.opened_on)]
    ledger.add("received", f"asks opened from {period.first} to {period.last}", mine)
    bodies = _by_body(mine)
    by_standing = {
        name: {standing: [one for one in group if _standing(one, period.last) == standing] for standing in (ON_TIME, LATE, OPEN, OVERDUE)}
        for name, group in bodies.items()
    }
    rows = {"body": ledger.add_table("body", "asks of the period by body and standing", by_standing)}
    reopened = {name: [one for one in group if period.has(one.reopened_on)] for name, group in bodies.items()}
    rows["reopened"] = ledger.add_list("reopened", "asks of the period reopened where body", reopened)
    for name in rows["body"]:
        answered = [one for one in bodies[name] if not one.is_open_on(period.last)]
        if len(answered) >= FEWEST:
            days = median(working_days.between(one.opened_on, one.answered_on) for one in answered if one.answered_on)
            ledger.add(f"median:{name}", f"median working days until the answer where body={name}", answered, _number(days))
    return _figures(ledger, period, rows, {})


def _figures(ledger: Ledger, period: Period, rows: dict[str, tuple[str, ...]], quoted: dict[str, tuple[Matter, ...]]) -> Figures:
    for one in sorted({one for group in quoted.values() for one in group}, key=lambda one: one.number):
        ledger.add(f"matter:{one.number}", f"submissions of matter {one.number}", [one], _told(one.submissions))
    return Figures(period, tuple(ledger.claims), rows, quoted)


def _shared(ledger: Ledger, mine: Sequence[Matter], period: Period, query: str) -> dict[str, tuple[str, ...]]:
    """What nearly all documents say of what came in: how much, by field."""
    within = f"{query} opened from {period.first} to {period.last}"
    ledger.add("received", within, mine)
    submissions = sum(one.submissions for one in mine)
    ledger.add("submissions", f"sum of submissions of {within}", mine, _told(submissions))
    return {"field": ledger.add_list("field", f"{query} where field", _grouped(mine, [one.field for one in mine]))}


def _resolutions(ledger: Ledger, answered: Sequence[Matter]) -> tuple[str, ...]:
    ledger.add("answered", "asks answered in the period", answered)
    groups = {name: [one for one in answered if (one.resolution or UNKNOWN) == name] for name in (*Resolution, UNKNOWN)}
    ledger.add_list("resolution", "answered where resolution", groups)
    return tuple(name for name in groups if f"resolution:{name}" in ledger.values)


def _rising(ledger: Ledger, matters: Sequence[Matter], period: Period) -> tuple[str, ...]:
    """The fields that rise, the steepest first, where that can be said from what is told of both counts."""
    before = Period(period.first - timedelta(7 * _WEEKS_BEFORE), period.first - timedelta(1))
    earlier = [one for one in matters if before.has(one.opened_on)]
    groups = _grouped(earlier, [one.field for one in earlier])
    if groups and not ledger.add_list("before", f"asks opened from {before.first} to {before.last} where field", groups):
        return ()
    rises: dict[str, Decimal] = {}
    for name in [key.partition(":")[2] for key in ledger.values if key.startswith("field:")]:
        count, past = ledger.values[f"field:{name}"], ledger.values.get(f"before:{name}", 0)
        # Of a count that is not told we use no more than is known of it: from 1 to 4.
        most = FEWEST - 1 if past == SMALL else past
        if not isinstance(count, int) or not isinstance(most, int) or name == UNKNOWN or count < FEWEST:
            continue
        mean = Decimal(most) / _WEEKS_BEFORE
        if count >= _RISES * mean:
            rises[name] = count / (mean or Decimal("0.001"))
            told = f"≤{_number(mean)}" if past == SMALL else _number(mean)
            ledger.add(f"mean:{name}", f"before:{name} divided by {_WEEKS_BEFORE}", groups.get(name, []), told)
    return tuple(sorted(rises, key=lambda name: (-rises[name], name)))


def _weeks(ledger: Ledger, matters: Sequence[Matter], period: Period) -> tuple[str, ...]:
    """This week and the four before it by their first days, where each may be told."""
    firsts = [period.first - timedelta(7 * back) for back in range(_WEEKS_BEFORE, -1, -1)]
    groups = {day.isoformat(): [one for one in matters if Period(day, day + timedelta(6)).has(one.opened_on)] for day in firsts}
    ledger.add_list("week", "asks opened in the week from", groups)
    return tuple(name for name in groups if is_told(ledger.values.get(f"week:{name}", SMALL)))


def _standing(matter: Matter, last: date) -> str:
    if matter.is_open_on(last):
        return OVERDUE if matter.is_overdue_on(last) else OPEN
    is_late = matter.due is not None and matter.answered_on is not None and matter.answered_on > matter.due
    return LATE if is_late else ON_TIME


def _grouped(matters: Sequence[Matter], names: Sequence[str | None]) -> dict[str, list[Matter]]:
    groups: dict[str, list[Matter]] = defaultdict(list)
    for one, name in zip(matters, names, strict=True):
        groups[name or UNKNOWN].append(one)
    return dict(groups)


def _by_body(matters: Sequence[Matter]) -> dict[str, list[Matter]]:
    """Bodies that have enough to be told by themselves, and all others together: of thousands of communes most have one or two."""
    groups = _grouped(matters, [one.body for one in matters])
    large = {name: group for name, group in groups.items() if len(group) >= FEWEST}
    others = [one for name, group in groups.items() if name not in large for one in group]
    return {**large, OTHERS: others} if others else large


def _by_support(matters: Iterable[Matter]) -> tuple[Matter, ...]:
    """Those with a title that a person wrote, the most supported first."""
    return tuple(sorted((one for one in matters if one.title), key=lambda one: (-one.submissions, one.number)))


def _longest(matters: Iterable[Matter]) -> tuple[Matter, ...]:
    """Those with a title, the longest overdue first."""
    return tuple(sorted((one for one in matters if one.title and one.due), key=lambda one: (one.due, one.number))[:_FOREMOST])


def _told(count: int) -> int | str:
    return SMALL if 0 < count < FEWEST else count


def _number(value: float | Decimal) -> str:
    """One place after the comma, as Vietnamese writes it."""
    return str(Decimal(str(value)).quantize(Decimal("0.1"), ROUND_HALF_UP)).replace(".", ",")
