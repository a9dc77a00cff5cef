"""What was sent to the bodies of a liaison, and to those they followed: the condition that lets through nothing else."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Connection, false, func, select

from assistant.feedback.bodies_book import BodyBook, read_book
from assistant.feedback.states import Actor, Role, State
from assistant.feedback.tables import recommendation, referral
from assistant.feedback.types import Kind
from corpus.days import VIETNAM

# Who reads what citizens wrote; the others read what was made public, or nothing.
READERS = frozenset({Role.SCREENER, Role.REVIEWER, Role.APPROVER, Role.UNIT_ADMIN})


def is_only_liaison(actor: Actor) -> bool:
    """Whether somebody reads what was sent to their bodies and nothing else of what citizens wrote."""
    return acts_for_bodies(actor) and Role.SEALED_OFFICER not in actor.roles


def acts_for_bodies(actor: Actor) -> bool:
    """Whether somebody may take steps only on what was sent to their bodies, or what another role lets them see."""
    return Role.AGENCY_LIAISON in actor.roles and actor.roles.isdisjoint({*READERS, Role.SYSTEM})


def sent_to(connection: Connection, actor: Actor) -> ColumnElement[bool]:
    """Lets through the recommendations that were sent last to a body of `actor` or to one that it followed.

    Nothing sealed, nothing that may be a denunciation. What went on to another body is theirs no more, and neither is what could as well
    have gone to a namesake.
    """
    book = read_book(connection)
    keys = book.with_predecessors(actor.bodies)
    if not keys:
        return false()
    return _plain() & recommendation.c.number.in_(_numbers(connection, book, keys))


def _numbers(connection: Connection, book: BodyBook, keys: frozenset[str]) -> list[int]:
    written = connection.execute(select(referral.c.body).distinct()).scalars()
    names = [name for name in written if book.may_be_one_of(keys, name)]
    newest = select(func.max(referral.c.number)).group_by(referral.c.recommendation)
    sent = select(referral.c.recommendation, referral.c.body, referral.c.made_at, recommendation.c.area, recommendation.c.area_then)
    joined = sent.join(recommendation, recommendation.c.number == referral.c.recommendation)
    rows = connection.execute(joined.where(_plain() & referral.c.body.in_(names) & referral.c.number.in_(newest)))
    return [
        row.recommendation
        for row in rows
        if book.is_one_of(keys, row.body, row.made_at.astimezone(VIETNAM).date(), (row.area, row.area_then))
    ]


def _plain() -> ColumnElement[bool]:
    is_denunciation = func.coalesce(recommendation.c.kind, "") == Kind.DENUNCIATION.value
    return recommendation.c.is_sealed.is_(False) & (recommendation.c.state != State.RECEIVED.value) & ~is_denunciation
