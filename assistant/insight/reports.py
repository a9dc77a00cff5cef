"""Reports whose numbers are kept, so that anybody can count them anew and see which differ since."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Connection, Engine, insert, select

from assistant.database import reading, writing
from assistant.feedback.audit import AuditTrail
from assistant.feedback.reports.reported import ProvinceOf, reported_matters
from assistant.feedback.reports.session_report import AssemblySession, ReportClaim, session_figures
from assistant.feedback.timing.working_days import WorkingDays
from assistant.feedback.vault import Vault
from assistant.insight.bills import accepted_matters
from assistant.insight.errors import ReportNotFound
from assistant.insight.figures import Figures, Period, bill_figures, deputy_figures, scoreboard_figures, week_figures
from assistant.insight.matters import asked_matters
from assistant.insight.tables import report, report_claim
from assistant.insight.week_themes import WeekTheme, week_themes

_BATCH = 200


class ReportKind(StrEnum):
    """What a report is."""

    SESSION = "session"
    BILL = "bill"
    DEPUTY = "deputy"
    WEEK = "week"
    SCOREBOARD = "scoreboard"


@dataclass(frozen=True, slots=True)
class Asked:
    """Which report: `about` is the number of a bill or the name of a province, else empty."""

    kind: ReportKind
    period: Period
    about: str = ""


@dataclass(frozen=True, slots=True)
class Counted:
    """A report's figures, and the themes of a week."""

    figures: Figures
    themes: tuple[WeekTheme, ...] = ()

    @property
    def claims(self) -> tuple[ReportClaim, ...]:
        """All its numbers."""
        return (*self.figures.claims, *(one.claim for one in self.themes))


@dataclass(frozen=True, slots=True)
class KeptReport:
    """A report that was made."""

    number: int
    kind: ReportKind
    period: Period
    made_by: str
    made_at: datetime
    claims: tuple[ReportClaim, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """A claim that no longer holds. `then` or `now` is None where it was not, or is not any more, among the claims; equal where only what
    its records say has changed."""

    id: str
    then: int | str | None
    now: int | str | None


@dataclass(frozen=True, slots=True)
class Verified:
    """A kept report with what differs since."""

    report: KeptReport
    differing: tuple[Difference, ...]


class ReportDesk:
    """Counts, keeps and verifies reports over one database."""

    def __init__(self, engine: Engine, vault: Vault, clock: Callable[[], datetime], province_of: ProvinceOf) -> None:
        self._engine, self._clock, self._province_of = engine, clock, province_of
        self._audit = AuditTrail(vault)

    def count(self, asked: Asked) -> Counted:
        """The figures as the database is now; a bill or province that nobody wrote about gives zeros."""
        with reading(self._engine) as connection:
            return self._count(connection, asked)

    def keep(self, asked: Asked, claims: Sequence[ReportClaim], made_by: str) -> int:
        """Keeps a report's claims; its number."""
        return self._keep(asked.kind, {"about": asked.about}, asked.period, claims, made_by)

    def keep_session(self, session: AssemblySession, claims: Sequence[ReportClaim], made_by: str) -> int:
        """Keeps the claims of a session report; its number."""
        described: dict[str, Any] = TypeAdapter(AssemblySession).dump_python(session, mode="json")
        return self._keep(ReportKind.SESSION, described, Period(session.period_from, session.period_to), claims, made_by)

    def find(self, number: int) -> KeptReport:
        """The report with its claims. Raises `ReportNotFound`."""
        with reading(self._engine) as connection:
            return _kept(connection, number)[0]

    def verify(self, number: int) -> Verified:
        """Counts every claim anew. Raises `ReportNotFound`."""
        with reading(self._engine) as connection:
            kept, parameters = _kept(connection, number)
            after = {claim.id: claim for claim in self._claims_now(connection, kept, parameters)}
        before = {claim.id: claim for claim in kept.claims}
        differing = [name for name in {**before, **after} if before.get(name) != after.get(name)]
        return Verified(kept, tuple(_difference(name, before.get(name), after.get(name)) for name in sorted(differing)))

    def _keep(self, kind: ReportKind, parameters: Mapping[str, object], period: Period, claims: Sequence[ReportClaim], made_by: str) -> int:
        now = self._clock()
        values = {"kind": kind.value, "parameters": dict(parameters), "period_from": period.first, "period_to": period.last}
        with writing(self._engine) as connection:
            made = insert(report).values(**values, made_by=made_by, made_at=now).returning(report.c.number)
            number = int(connection.execute(made).scalar_one())
            rows = [_claim_row(number, claim) for claim in claims]
            for start in range(0, len(rows), _BATCH):
                connection.execute(insert(report_claim), rows[start : start + _BATCH])
            facts = {"kind": kind.value, "claims": len(rows)}
            self._audit.add(connection, made_by, "report_made", f"report:{number}", now, facts)
        return number

    def _claims_now(self, connection: Connection, kept: KeptReport, parameters: Mapping[str, Any]) -> Sequence[ReportClaim]:
        if kept.kind is not ReportKind.SESSION:
            return self._count(connection, Asked(kept.kind, kept.period, parameters["about"])).claims
        session = TypeAdapter(AssemblySession).validate_python(parameters)
        return session_figures(reported_matters(connection, kept.period.first, kept.period.last, self._province_of), session).claims

    def _count(self, connection: Connection, asked: Asked) -> Counted:
        last: date = asked.period.last
        if asked.kind is ReportKind.BILL:
            about = accepted_matters(connection, asked.about)
            return Counted(bill_figures(asked_matters(connection, last, self._province_of, about), asked.period))
        matters = asked_matters(connection, last, self._province_of)
        if asked.kind is ReportKind.DEPUTY:
            return Counted(deputy_figures(matters, asked.about, asked.period))
        if asked.kind is ReportKind.WEEK:
            return Counted(week_figures(matters, asked.period), week_themes(connection, asked.period))
        return Counted(scoreboard_figures(matters, asked.period, WorkingDays.load()))


def _claim_row(number: int, claim: ReportClaim) -> dict[str, Any]:
    told = {"id": claim.id, "sentence_key": claim.sentence_key, "value": claim.value, "query": claim.query}
    return {"report": number, **told, "records": list(claim.record_numbers), "snapshot_hash": claim.snapshot_hash}


def _kept(connection: Connection, number: int) -> tuple[KeptReport, Mapping[str, Any]]:
    row = connection.execute(select(report).where(report.c.number == number)).first()
    if row is None:
        raise ReportNotFound(number)
    rows = connection.execute(select(report_claim).where(report_claim.c.report == number).order_by(report_claim.c.id))
    claims = tuple(ReportClaim(one.id, one.sentence_key, one.value, one.query, tuple(one.records), one.snapshot_hash) for one in rows)
    kept = KeptReport(number, ReportKind(row.kind), Period(row.period_from, row.period_to), row.made_by, row.made_at, claims)
    return kept, row.parameters


def _difference(name: str, before: ReportClaim | None, after: ReportClaim | None) -> Difference:
    return Difference(name, before.value if before else None, after.value if after else None)
