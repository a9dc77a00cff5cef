"""Counts of what was taken in, told so that no count from 1 to 4 can be learnt, not even with the list of what was published."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from assistant.feedback.reports.session_report import UNKNOWN, ReportedMatter
from assistant.feedback.reports.suppression import BOTTOM, TOP, Flow, suppressed
from assistant.feedback.states import State
from assistant.feedback.types import Kind

KINDS = frozenset({Kind.REPORT, Kind.RECOMMENDATION, Kind.VOTER_RECOMMENDATION, Kind.PRAISE})
# Taken in by a person, and neither joined to another nor taken back.
_TAKEN_IN = frozenset(State) - {
    State.RECEIVED,
    State.SCREENING,
    State.NEEDS_INFO,
    State.GUIDED_OUT,
    State.SEALED,
    State.SEALED_CLOSED,
    State.REJECTED,
    State.LINKED,
    State.WITHDRAWN,
}
_FEWEST = 5


@dataclass(frozen=True, slots=True)
class Observation:
    """A cell of a table: of the whole (`total`), or for one value of field, level, province, month, kind or result; `field_level` has both.

    `count` is None where it is withheld: it is from 1 to 4, or would give such a one away.
    """

    table: str
    code: str
    level: str
    count: int | None


def last_whole_month(now: date) -> date:
    """The last day of the month before that of `now`: what comes in day by day would tell by its growth."""
    return now.replace(day=1) - timedelta(days=1)


def observations(matters: Sequence[ReportedMatter], published: frozenset[int]) -> tuple[Observation, ...]:
    """All tables over one population; none at all where it is so small that its size would tell.

    `published`: numbers of matters that everybody can list. Whoever subtracts them from a count must not learn a small one, so that
    counts are held back for what remains without them, too.
    """
    counted = [one for one in matters if one.kind in KINDS and one.state in _TAKEN_IN]
    rest = [one for one in counted if one.number not in published]
    if len(counted) < _FEWEST or 0 < len(rest) < _FEWEST:
        return ()
    told = [Observation("total", "", "", len(counted))]
    for table, code in _CODES.items():
        told += _one_way(table, code, counted, rest)
    return (*told, *_two_way(counted, rest))


def _one_way(table: str, code: _Code, counted: Sequence[ReportedMatter], rest: Sequence[ReportedMatter]) -> list[Observation]:
    whole, hidden = Counter(map(code, counted)), Counter(map(code, rest))
    withheld = _withheld({name: Flow(TOP, BOTTOM, count) for name, count in whole.items()}, hidden)
    return [] if withheld is None else [_observed(table, name, "", whole[name], withheld, name) for name in sorted(whole)]


def _two_way(counted: Sequence[ReportedMatter], rest: Sequence[ReportedMatter]) -> list[Observation]:
    whole, hidden = _cells(counted), _cells(rest)
    fields, levels = (sorted({_field(one) for one in counted}), sorted({_level(one) for one in counted}))
    flows = {f"field {name}": Flow(TOP, f"row {name}", whole[f"field {name}"]) for name in fields}
    flows |= {f"level {name}": Flow(f"column {name}", BOTTOM, whole[f"level {name}"]) for name in levels}
    pairs = [(row, column) for row in fields for column in levels]
    flows |= {f"{row} {column}": Flow(f"row {row}", f"column {column}", whole[f"{row} {column}"]) for row, column in pairs}
    withheld = _withheld(flows, hidden)
    if withheld is None:
        return []
    return [
        *(_observed("field", name, "", whole[f"field {name}"], withheld, f"field {name}") for name in fields),
        *(_observed("level", "", name, whole[f"level {name}"], withheld, f"level {name}") for name in levels),
        *(_observed("field_level", row, column, whole[f"{row} {column}"], withheld, f"{row} {column}") for row, column in pairs),
    ]


def _withheld(flows: Mapping[str, Flow], hidden: Mapping[str, int]) -> frozenset[str] | None:
    """The names of what must not be told, of the counts themselves and of what remains of them; None where the table must not."""
    marks = suppressed(flows)
    rest = suppressed({name: Flow(flow.tail, flow.head, hidden.get(name, 0)) for name, flow in flows.items()})
    return None if marks is None or rest is None else frozenset(marks) | frozenset(rest)


def _observed(table: str, code: str, level: str, count: int, withheld: frozenset[str], name: str) -> Observation:
    return Observation(table, code, level, None if name in withheld else count)


def _cells(matters: Iterable[ReportedMatter]) -> Counter[str]:
    counted: Counter[str] = Counter()
    for one in matters:
        counted.update((f"field {_field(one)}", f"level {_level(one)}", f"{_field(one)} {_level(one)}"))
    return counted


_Code = Callable[[ReportedMatter], str]


def _field(matter: ReportedMatter) -> str:
    return matter.field.value if matter.field else UNKNOWN


def _level(matter: ReportedMatter) -> str:
    return matter.level.value if matter.level else UNKNOWN


_CODES: Mapping[str, _Code] = {
    "province": lambda one: one.area or UNKNOWN,
    "month": lambda one: one.opened_on.strftime("%Y-%m"),
    "kind": lambda one: one.kind,
    "result": lambda one: one.resolution.value if one.resolution else UNKNOWN,
}
