"""What a step reads of the row of a recommendation, and what it writes there."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row, select

from assistant.feedback.settled import FACTS, with_settled
from assistant.feedback.states import Checked, Role, Situation, State, Step
from assistant.feedback.tables import link, submission

# Who takes it up answers for what it is taken for from here on.
_TAKEN_UP = frozenset({State.ACCEPTED, State.ANSWERED_DIRECT})


def situation(connection: Connection, row: Row[Any]) -> Situation:
    """What the rules look at in the recommendation of this row."""
    sealed_link = (link.c.recommendation == row.number) & link.c.undone_at.is_(None) & submission.c.is_sealed.is_(True)
    joined = select(link.c.number).join(submission, submission.c.number == link.c.submission).where(sealed_link)
    return Situation(
        state=State(row.state),
        is_sealed=row.is_sealed,
        screener=row.screener,
        drafter=row.drafter,
        is_redaction_confirmed=row.is_redaction_confirmed,
        has_sealed_link=connection.execute(joined.limit(1)).first() is not None,
        first_officer=row.first_officer,
        first_officer_to=State(row.first_officer_to) if row.first_officer_to else None,
        has_kind=row.kind is not None,
    )


def changes(row: Row[Any], taken: Step, checked: Checked) -> dict[str, Any]:
    """The columns that the step changes, by name."""
    if checked.waits_for_second_officer:
        return {"first_officer": taken.actor.id, "first_officer_to": taken.to.value}
    changed: dict[str, Any] = {"state": checked.to.value, "first_officer": None, "first_officer_to": None}
    if row.screener is None and Role.SCREENER in taken.actor.roles:
        changed["screener"] = taken.actor.id
    if checked.to in _TAKEN_UP and Role.SYSTEM not in taken.actor.roles:
        changed["settled"] = with_settled(row, [name for name in FACTS if getattr(row, name) is not None])
    if checked.to is State.REOPENED:
        # What was shown is contested; it comes back only once it is looked at anew.
        changed["is_redaction_confirmed"] = False
    if checked.to is State.ANSWER_REVIEW:
        changed["drafter"] = taken.actor.id
    if checked.seals or checked.unseals:
        changed["is_sealed"] = checked.seals
    return changed
