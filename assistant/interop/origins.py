"""Where the submissions of a recommendation came from that another portal passed on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from assistant.database import reading
from assistant.feedback.desk import FeedbackDesk
from assistant.feedback.sealing import open_links
from assistant.feedback.states import Actor
from assistant.feedback.tables import link, submission
from assistant.interop.tables import imported


@dataclass(frozen=True, slots=True)
class Origin:
    """A submission of another portal: its id there, when that portal received it, and the state it was in there when it was passed on."""

    code: str
    channel: str
    external_id: str
    received_at: datetime | None
    state: str | None
    imported_by: str
    imported_at: datetime


def origins_of(desk: FeedbackDesk, number: int, actor: Actor) -> tuple[Origin, ...]:
    """Those of recommendation `number`, the oldest first. Raises `RecommendationNotFound` where `actor` may not see it."""
    columns = (submission.c.code, submission.c.channel, submission.c.external_id, imported)
    query = (
        select(*columns).join(imported, imported.c.submission == submission.c.number).join(link, link.c.submission == submission.c.number)
    )
    with reading(desk.engine) as connection:
        row = desk.recommendations.row(connection, number, actor)
        found = connection.execute(query.where(open_links(number, is_sealed=row.is_sealed)).order_by(submission.c.number)).all()
    return tuple(Origin(one.code, one.channel, one.external_id, one.received_at, one.state, one.made_by, one.made_at) for one in found)
