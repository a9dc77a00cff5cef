"""What sealing does to the rows of a recommendation and of what was sent for it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, select, update

from assistant.feedback.joining import carries
from assistant.feedback.messages_tables import message
from assistant.feedback.tables import fingerprint, link, recommendation, submission, suggestion


def seal_submissions(connection: Connection, number: int, now: datetime, actor: str, *, is_sealed: bool) -> None:
    """Seals what was sent for a recommendation, or takes the seal off; what was noted of it where others see it goes either way.

    What is sealed counts for no other recommendation from here on. What comes out of the seal is read again by the machine.
    """
    mine = select(link.c.submission).where((link.c.recommendation == number) & carries())
    # What was public is not any more, and what a person wrote of it is not shown in lists; unsealing brings neither back.
    seal: dict[str, Any] = {"is_sealed": is_sealed, "public_text": None}
    again = {} if is_sealed else {"understood_at": None, "leased_until": None, "attempts": 0}
    connection.execute(update(submission).where(submission.c.number.in_(mine)).values(seal | again))
    # What was written later people have looked at under the seal.
    unread = message.c.submission.in_(mine) & message.c.understood_at.is_(None)
    connection.execute(update(message).where(unread).values(understood_at=now))
    connection.execute(delete(fingerprint).where(fingerprint.c.submission.in_(mine)))
    connection.execute(delete(suggestion).where(suggestion.c.submission.in_(mine) & (suggestion.c.task != "kind")))
    elsewhere = link.c.submission.in_(mine) & (link.c.recommendation != number) & (link.c.kind != "primary")
    # What others say about it stays open, and says it of nothing that is sealed.
    about_it = (link.c.recommendation == number) & link.c.kind.in_(("supports", "opposes", "related"))
    connection.execute(update(link).where((elsewhere | about_it) & link.c.undone_at.is_(None)).values(undone_by=actor, undone_at=now))
    hidden = dict.fromkeys(("kind", "field", "level", "area", "area_then", "body", "title", "statement", "settled"))
    ours = update(recommendation).where(recommendation.c.number == number)
    connection.execute(ours.values(**hidden, basis=[], is_redaction_confirmed=False))


def open_links(number: int, *, is_sealed: bool) -> ColumnElement[bool]:
    """The condition for a link joined to its submission: carried by recommendation `number`, and not sealed unless it is itself."""
    mine = (link.c.recommendation == number) & carries()
    return mine if is_sealed else mine & submission.c.is_sealed.is_(False)
