"""The themes of a week: those that people chose, or where nobody has, those that a machine found."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import Connection, select

from assistant.feedback.reports.session_report import ReportClaim
from assistant.insight.figures import Period
from assistant.insight.ledger import FEWEST
from assistant.insight.tables import theme_run
from assistant.insight.theme_desk import candidates_of, selection_of

_MOST = 12


@dataclass(frozen=True, slots=True)
class WeekTheme:
    """A theme of at least five submissions; `is_chosen` where a person chose it and gave the title, else it is named by its terms."""

    key: str
    title: str
    stance: str | None
    submissions: int
    is_chosen: bool
    claim: ReportClaim


def week_themes(connection: Connection, period: Period) -> tuple[WeekTheme, ...]:
    """The themes of the newest run whose period ended in `period`, the largest first; none where there was no run."""
    ended = theme_run.c.period_to.between(period.first, period.last)
    run = connection.execute(select(theme_run.c.number).where(ended).order_by(theme_run.c.number.desc()).limit(1)).scalar()
    if run is None:
        return ()
    selection = selection_of(connection, run)
    if selection.version:
        found = [(one.key, one.title, one.stance, one.members) for one in selection.themes]
    else:
        found = [(one.key, ", ".join(one.terms[:4]), one.stance, one.members) for one in candidates_of(connection, run).themes]
    large = [_theme(run, *one, is_chosen=selection.version > 0) for one in found if len(one[3]) >= FEWEST]
    return tuple(sorted(large, key=lambda one: (-one.submissions, one.key))[:_MOST])


def _theme(run: int, key: str, title: str, stance: str | None, members: Sequence[int], *, is_chosen: bool) -> WeekTheme:
    numbers = tuple(sorted(members))
    snapshot = sha256(json.dumps(numbers, separators=(",", ":")).encode()).hexdigest()
    claim = ReportClaim(f"theme:{key}", "theme", len(numbers), f"submissions of theme {key} of run {run}", numbers, snapshot)
    return WeekTheme(key, title, stance, len(numbers), is_chosen, claim)
