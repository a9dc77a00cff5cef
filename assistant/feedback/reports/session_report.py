"""The numbers of the Front's session report: each is a claim that names its query and its records and can be counted anew.

By field, level and province no count from 1 to 4 is told, nor what would give one away: see `suppressed`.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from hashlib import sha256

from assistant.feedback.errors import MatterReportedTwice, SealedMatterReported
from assistant.feedback.reports.suppression import BOTTOM, COVERED, SMALL, TOP, Flow, suppressed
from assistant.feedback.states import State
from assistant.feedback.types import AdminLevel, Field, Kind, Resolution

# The name of a row or column for what has no field, level, province or class.
UNKNOWN = "none"
_REST = frozenset({Field.OTHER, UNKNOWN})
_FOREMOST = 3
_FOREMOST_WITHOUT_FIELDS = 10
_KINDS = (Kind.VOTER_RECOMMENDATION, Kind.RECOMMENDATION, Kind.REPORT, Kind.PRAISE)
_SEALED = frozenset({State.SEALED, State.SEALED_CLOSED})
# Not looked at yet, not taken in, or counted with another matter.
_UNCOUNTED = _SEALED | {
    State.RECEIVED,
    State.SCREENING,
    State.NEEDS_INFO,
    State.GUIDED_OUT,
    State.REJECTED,
    State.LINKED,
    State.WITHDRAWN,
}
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class ReportedMatter:
    """A recommendation as the report needs it; `area` names today's province, `title` and `statement` were written by reviewers."""

    number: int
    kind: str
    field: Field | None
    level: AdminLevel | None
    area: str | None
    title: str
    statement: str
    submissions: int
    state: State
    resolution: Resolution | None
    opened_on: date
    is_for_next_report: bool


@dataclass(frozen=True, slots=True)
class ReceivedReports:
    """How many written reports came from one sort of bodies ("Đoàn đại biểu Quốc hội các tỉnh, thành phố")."""

    source: str
    reports: int


@dataclass(frozen=True, slots=True)
class AssemblySession:
    """The session of the National Assembly, the period (both days inclusive), and who signs; `number_of_session` in words ("thứ hai").

    Lines of `signer_title` are printed one below the other. Without `issued_on` or `document_number` the form leaves room for them;
    without `recipients` it names the usual ones.
    """

    number_of_session: str
    legislature: str
    opens_on: date
    period_from: date
    period_to: date
    issuer: str
    place: str
    document_number: str
    signer_title: str
    signer_name: str
    issued_on: date | None = None
    received: tuple[ReceivedReports, ...] = ()
    recipients: tuple[str, ...] = ()


# The name that callers were promised.
Session = AssemblySession


@dataclass(frozen=True, slots=True)
class ReportClaim:
    """One number of the report. `value` is a count, a share ("45,6%"), SMALL or COVERED; `snapshot_hash` is the SHA-256 of the canonical
    JSON (ASCII, sorted keys, no blanks) of the list of records with `record_numbers`, by number, as they were when they were counted."""

    id: str
    sentence_key: str
    value: int | str
    query: str
    record_numbers: tuple[int, ...]
    snapshot_hash: str


@dataclass(frozen=True, slots=True)
class SessionFigures:
    """All that a report says.

    `fields`, `levels`, `areas` and `weeks` are the rows and columns of its tables in their order (enum values, names, first days);
    `fields` or `areas` is empty where so little came that the whole table must be withheld. The matters are those it quotes.
    """

    session: AssemblySession
    claims: tuple[ReportClaim, ...]
    fields: tuple[str, ...]
    levels: tuple[str, ...]
    areas: tuple[str, ...]
    weeks: tuple[date, ...]
    praised: tuple[ReportedMatter, ...]
    foremost: tuple[ReportedMatter, ...]
    recommended: tuple[ReportedMatter, ...]

    def values(self) -> dict[str, int | str]:
        """The value of each claim by its id."""
        return {claim.id: claim.value for claim in self.claims}

    def told(self) -> frozenset[str]:
        """The ids of claims that are not suppressed."""
        return frozenset(claim.id for claim in self.claims if claim.value not in (SMALL, COVERED))


def session_figures(matters: Sequence[ReportedMatter], session: AssemblySession) -> SessionFigures:
    """All claims of the report on `session`, from whatever of `matters` was opened in its period.

    Counted are reports, recommendations and praise that were taken in; the rest of the period is one claim, `left_out`. Tables by field
    and province hold what asks for something (`asks`), not praise. Raises `SealedMatterReported`, `MatterReportedTwice`.
    """
    _refuse(matters)
    within = [one for one in matters if session.period_from <= one.opened_on <= session.period_to]
    counted = sorted((one for one in within if _is_counted(one)), key=lambda one: one.number)
    asks = [one for one in counted if one.kind != Kind.PRAISE]
    ledger = _Ledger(within)
    _add_totals(ledger, session, within, counted)
    fields, levels = _add_field_table(ledger, asks)
    areas = _add_area_table(ledger, asks)
    _add_classes(ledger, asks)
    weeks = _add_weeks(ledger, session, counted)
    foremost = _foremost(asks, [name for name in fields if isinstance(ledger.values[f"field:{name}"], int)])
    praised = tuple(_by_support(one for one in counted if one.kind == Kind.PRAISE)[:_FOREMOST])
    recommended = tuple(_by_support(one for one in asks if one.is_for_next_report))
    ledger.add("recommended", "asks where is_for_next_report", recommended)
    for one in sorted({*praised, *foremost, *recommended}, key=lambda one: one.number):
        ledger.add(f"matter:{one.number}", f"submissions of matter {one.number}", [one], one.submissions)
    return SessionFigures(session, tuple(ledger.claims), fields, levels, areas, weeks, praised, foremost, recommended)


def recomputed(figures: SessionFigures, matters: Sequence[ReportedMatter]) -> list[ReportClaim]:
    """The claims that `matters` no longer bear out, those that would have to be added included; empty when all are equal."""
    before = {claim.id: claim for claim in figures.claims}
    after = {claim.id: claim for claim in session_figures(matters, figures.session).claims}
    return [before.get(name) or after[name] for name in {**before, **after} if before.get(name) != after.get(name)]


def written(value: int | str) -> str:
    """A number as Vietnamese writes it: 1.234."""
    return f"{value:,}".replace(",", ".") if isinstance(value, int) else value


def printable(text: str) -> str:
    """`text` without the characters that no XML file may hold."""
    return _UNPRINTABLE.sub("", text)


def _refuse(matters: Sequence[ReportedMatter]) -> None:
    for one in matters:
        if one.kind == Kind.DENUNCIATION or one.state in _SEALED:
            raise SealedMatterReported(one.number)
    for number, times in Counter(one.number for one in matters).items():
        if times > 1:
            raise MatterReportedTwice(number)


def _is_counted(matter: ReportedMatter) -> bool:
    return matter.kind in _KINDS and matter.state not in _UNCOUNTED


class _Ledger:
    """The claims made so far over `matters`, each of which is turned into JSON once."""

    def __init__(self, matters: Iterable[ReportedMatter]) -> None:
        self._records = {one.number: _canonical(one) for one in matters}
        self.claims: list[ReportClaim] = []
        self.values: dict[str, int | str] = {}

    def add(self, name: str, query: str, matters: Collection[ReportedMatter], value: int | str | None = None) -> None:
        """The claim `name`: as many as there are `matters`, unless another value is given."""
        numbers = tuple(sorted(one.number for one in matters))
        snapshot = sha256(f"[{','.join(self._records[number] for number in numbers)}]".encode()).hexdigest()
        self.values[name] = len(numbers) if value is None else value
        self.claims.append(ReportClaim(name, name.partition(":")[0], self.values[name], query, numbers, snapshot))


def _canonical(matter: ReportedMatter) -> str:
    return json.dumps(asdict(matter), sort_keys=True, separators=(",", ":"), default=date.isoformat)


def _share(part: int, whole: int) -> str:
    share = (Decimal(100 * part) / whole).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return f"{share}%".replace(".", ",")


def _add_totals(ledger: _Ledger, session: AssemblySession, within: Sequence[ReportedMatter], counted: Sequence[ReportedMatter]) -> None:
    period = f"opened_on from {session.period_from} to {session.period_to}"
    ledger.add("total", f"matters where counted, {period}", counted)
    ledger.add("submissions", "sum of submissions of counted", counted, sum(one.submissions for one in counted))
    ledger.add("asks", "counted where kind is not praise", [one for one in counted if one.kind != Kind.PRAISE])
    for kind in _KINDS:
        ledger.add(f"kind:{kind}", f"counted where kind={kind}", [one for one in counted if one.kind == kind])
    placed = [one for one in counted if one.area]
    if placed:
        ledger.add("places", "provinces named in counted", placed, len({one.area for one in placed}))
    if len(within) > len(counted):
        ledger.add("left_out", f"matters where not counted, {period}", [one for one in within if not _is_counted(one)])
    for place, one in enumerate(session.received):
        ledger.add(f"reports:{place}", "reports received, as stated by the issuer", (), one.reports)
    if session.received:
        ledger.add("all_reports", "sum of reports received, as stated by the issuer", (), sum(one.reports for one in session.received))


def _add_field_table(ledger: _Ledger, asks: Sequence[ReportedMatter]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Adds the claims by field and level; rows and columns in order, none where the table must be withheld."""
    by_field, by_level = (_grouped(asks, [(one.field if which else one.level) or UNKNOWN for one in asks]) for which in (True, False))
    cells = _grouped(asks, [f"{one.field or UNKNOWN}:{one.level or UNKNOWN}" for one in asks])
    fields, levels = (
        [name for name in (*names, UNKNOWN) if name in groups] for names, groups in ((Field, by_field), (AdminLevel, by_level))
    )
    flows = {f"field:{name}": Flow(TOP, f"row {name}", len(by_field[name])) for name in fields}
    flows |= {f"level:{name}": Flow(f"column {name}", BOTTOM, len(by_level[name])) for name in levels}
    for row, column in ((row, column) for row in fields for column in levels):
        flows[f"cell:{row}:{column}"] = Flow(f"row {row}", f"column {column}", len(cells.get(f"{row}:{column}", ())))
    marks = suppressed(flows)
    if marks is None:
        return (), ()
    for name in flows:
        what, _, key = name.partition(":")
        group = {"field": by_field, "level": by_level, "cell": cells}[what].get(key, [])
        ledger.add(name, f"asks where {'field:level' if what == 'cell' else what}={key}", group, marks.get(name))
    for name in (name for name in fields if f"field:{name}" not in marks):
        ledger.add(f"field_share:{name}", f"field:{name} of asks", by_field[name], _share(len(by_field[name]), len(asks)))
    return _largest_first(fields, "field", ledger), tuple(levels)


def _add_area_table(ledger: _Ledger, asks: Sequence[ReportedMatter]) -> tuple[str, ...]:
    by_area = _grouped(asks, [one.area or UNKNOWN for one in asks])
    marks = suppressed({f"area:{name}": Flow(TOP, BOTTOM, len(group)) for name, group in by_area.items()})
    if marks is None:
        return ()
    areas = [*sorted(by_area.keys() - {UNKNOWN}), *(by_area.keys() & {UNKNOWN})]
    for name in areas:
        ledger.add(f"area:{name}", f"asks where area={name}", by_area[name], marks.get(f"area:{name}"))
    return _largest_first(areas, "area", ledger)


def _grouped(matters: Sequence[ReportedMatter], names: Sequence[str]) -> dict[str, list[ReportedMatter]]:
    groups: dict[str, list[ReportedMatter]] = defaultdict(list)
    for one, name in zip(matters, names, strict=True):
        groups[str(name)].append(one)
    return dict(groups)


def _largest_first(names: Sequence[str], key: str, ledger: _Ledger) -> tuple[str, ...]:
    """Suppressed ones come last in the given order: their place must not tell their size. Below all stand the rest and the unknown."""
    values = {name: ledger.values[f"{key}:{name}"] for name in names}
    return tuple(sorted(names, key=lambda name: (name in _REST, -value if isinstance(value := values[name], int) else 0)))


def _add_classes(ledger: _Ledger, asks: Sequence[ReportedMatter]) -> None:
    for name in (*Resolution, UNKNOWN) if asks else ():
        group = [one for one in asks if (one.resolution or UNKNOWN) == name]
        ledger.add(f"class:{name}", f"asks where resolution={name}", group)
        ledger.add(f"class_share:{name}", f"class:{name} of asks", group, _share(len(group), len(asks)))


def _add_weeks(ledger: _Ledger, session: AssemblySession, counted: Sequence[ReportedMatter]) -> tuple[date, ...]:
    """Weeks are counted from the first day of the period; the last may be shorter."""
    weeks = [session.period_from + timedelta(days) for days in range(0, (session.period_to - session.period_from).days + 1, 7)]
    by_week = _grouped(counted, [weeks[(one.opened_on - session.period_from).days // 7].isoformat() for one in counted])
    for first in weeks:
        last = min(first + timedelta(6), session.period_to)
        ledger.add(f"week:{first}", f"counted where opened_on from {first} to {last}", by_week.get(first.isoformat(), []))
    return tuple(weeks)


def _by_support(matters: Iterable[ReportedMatter]) -> list[ReportedMatter]:
    return sorted(matters, key=lambda one: (-one.submissions, one.number))


def _foremost(asks: Sequence[ReportedMatter], fields: Sequence[str]) -> tuple[ReportedMatter, ...]:
    """Those that most people sent: some of every field with a count that is told; without such fields, some of all."""
    if not fields:
        return tuple(_by_support(asks)[:_FOREMOST_WITHOUT_FIELDS])
    return tuple(one for name in fields for one in _by_support(one for one in asks if (one.field or UNKNOWN) == name)[:_FOREMOST])
