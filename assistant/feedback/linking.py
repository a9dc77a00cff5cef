"""What a submission is to a matter that it does not belong to: that it supports or opposes it, or is near it; with a reason."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, Row, insert, select, update

from assistant.database import reading, writing
from assistant.feedback.audit import AuditTrail
from assistant.feedback.errors import ActInvalid, AlreadyLinked, CannotLink, MayNotLink, RecommendationNotFound, SubmissionNotFound
from assistant.feedback.intake import Intake
from assistant.feedback.joining import carries, carries_whole
from assistant.feedback.merging import target_of
from assistant.feedback.queue import visible
from assistant.feedback.recommendations import Recommendations
from assistant.feedback.seal_places import link_place
from assistant.feedback.states import Actor, Role
from assistant.feedback.support import SupportCount, support_of
from assistant.feedback.tables import link, recommendation, submission
from assistant.feedback.vault import Vault

MOST_CHARACTERS_REASON = 2_000
_LINKERS = frozenset({Role.SCREENER, Role.REVIEWER, Role.UNIT_ADMIN})


class LinkKind(StrEnum):
    """What a submission is to a matter that follows another one's."""

    SUPPORTS = "supports"
    OPPOSES = "opposes"
    RELATED = "related"


@dataclass(frozen=True, slots=True)
class NewLink:
    """A link to be made: of the submission with this code, or of everything that the recommendation `matter` carries."""

    kind: LinkKind
    reason: str = field(repr=False)
    code: str | None = None
    matter: int | None = None


@dataclass(frozen=True, slots=True)
class MadeLink:
    """A link between a submission and the recommendation `target`, also one that was undone: the lineage."""

    number: int
    target: int
    code: str
    kind: str
    reason: str | None = field(repr=False)
    made_by: str
    made_at: datetime
    undone_by: str | None
    undone_at: datetime | None


class Linking:
    """Each act is one transaction, written into the audit trail, and needs the version of the recommendation that was read.

    Nothing sealed, and nothing that nobody has looked at, is linked with anything. The sender of a link learns nothing of its target.
    """

    def __init__(
        self, engine: Engine, vault: Vault, clock: Callable[[], datetime], intake: Intake, recommendations: Recommendations
    ) -> None:
        self._engine, self._vault, self._clock = engine, vault, clock
        self._intake, self._recommendations = intake, recommendations
        self._audit = AuditTrail(vault)

    def link(self, number: int, version: int, new: NewLink, actor: Actor) -> tuple[int, ...]:
        """Links submissions to recommendation `number`; the numbers of the links, one for each that was not linked to it yet.

        Raises `RecommendationNotFound`, `MayNotLink`, `CannotLink`, `ChangedMeanwhile`, `ActInvalid` for the code of nothing that
        `actor` could open or for no reason, and `AlreadyLinked` where there is nothing left to link.
        """
        if not 0 < len(new.reason.strip()) <= MOST_CHARACTERS_REASON:
            raise ActInvalid("reason")
        if (new.code is None) == (new.matter is None):
            raise ActInvalid("letter")
        with writing(self._engine) as connection:
            self._admit(connection, number, actor)
            self._recommendations.change(connection, number, version, actor, {})
            sent = self._by_code(connection, new.code, actor) if new.code is not None else self._of(connection, new.matter or 0, actor)
            linked = set(connection.execute(select(link.c.submission).where(_live(number))).scalars())
            made = tuple(self._insert(connection, number, new, one, actor) for one in sent if one.submission not in linked)
            if not made:
                raise AlreadyLinked(number)
            facts = {"kind": new.kind.value, "links": len(made)}
            self._audit.add(connection, actor.id, "linked", f"recommendation:{number}", self._clock(), facts)
        return made

    def unlink(self, number: int, version: int, made: int, actor: Actor) -> int:
        """Undoes link `made` of recommendation `number`; the new version. Raises as `link` does, and `ActInvalid` for no such link."""
        now = self._clock()
        with writing(self._engine) as connection:
            self._admit(connection, number, actor)
            self._recommendations.change(connection, number, version, actor, {})
            mine = (link.c.number == made) & _live(number) & link.c.kind.in_([one.value for one in LinkKind])
            if connection.execute(update(link).where(mine).values(undone_by=actor.id, undone_at=now)).rowcount != 1:
                raise ActInvalid("link")
            self._audit.add(connection, actor.id, "unlinked", f"recommendation:{number}", now, {"link": made})
        return version + 1

    def links(self, number: int, actor: Actor) -> tuple[MadeLink, ...]:
        """Those to the recommendation, and those of what it carries to others that `actor` may see; the oldest first.

        Raises `RecommendationNotFound`.
        """
        with reading(self._engine) as connection:
            if self._recommendations.row(connection, number, actor).is_sealed:
                return ()
            mine = select(link.c.submission).where((link.c.recommendation == number) & carries())
            either = (link.c.recommendation == number) | link.c.submission.in_(mine)
            is_open = submission.c.is_sealed.is_(False) & recommendation.c.is_sealed.is_(False) & visible(actor)
            joined = select(link, submission.c.code).join(submission, submission.c.number == link.c.submission)
            query = joined.join(recommendation, recommendation.c.number == link.c.recommendation)
            wanted = either & is_open & link.c.kind.in_([one.value for one in LinkKind])
            return tuple(map(self._made, connection.execute(query.where(wanted).order_by(link.c.number))))

    def support(self, number: int, actor: Actor) -> SupportCount:
        """Who stands behind the recommendation and against it. Raises `RecommendationNotFound`."""
        with reading(self._engine) as connection:
            self._recommendations.row(connection, number, actor)
            return support_of(connection, number)

    def _admit(self, connection: Connection, number: int, actor: Actor) -> None:
        row = self._recommendations.row(connection, number, actor)
        if actor.roles.isdisjoint(_LINKERS):
            raise MayNotLink(tuple(sorted(_LINKERS)))
        if row.is_sealed or target_of(connection, number) is not None:
            raise CannotLink(number)

    def _by_code(self, connection: Connection, code: str, actor: Actor) -> Sequence[Row[Any]]:
        """Where the letter belongs nowhere that `actor` may see, it looks as if the code were nobody's."""
        try:
            found = self._intake.find(connection, code)
        except SubmissionNotFound as error:
            raise ActInvalid("letter") from error
        query = select(link).join(recommendation, recommendation.c.number == link.c.recommendation)
        query = query.join(submission, submission.c.number == link.c.submission)
        mine = (link.c.submission == found.number) & carries_whole() & _is_here()
        seen = recommendation.c.is_sealed.is_(False) & visible(actor)
        row = connection.execute(query.where(mine & seen).order_by(link.c.number.desc()).limit(1)).first()
        if row is None:
            raise ActInvalid("letter")
        return [row]

    def _of(self, connection: Connection, matter: int, actor: Actor) -> Sequence[Row[Any]]:
        row = self._recommendations.row(connection, matter, actor)
        if row.is_sealed:
            raise RecommendationNotFound(matter)
        joined = select(link).join(submission, submission.c.number == link.c.submission)
        mine = (link.c.recommendation == matter) & carries() & _is_here()
        # Of one submission that it has several parts of, the first.
        rows = connection.execute(joined.where(mine).order_by(link.c.number.desc())).all()
        return sorted({one.submission: one for one in rows}.values(), key=lambda one: int(one.number))

    def _insert(self, connection: Connection, number: int, new: NewLink, sent: Row[Any], actor: Actor) -> int:
        now = self._clock()
        values = {"submission": sent.submission, "recommendation": number, "kind": new.kind.value, "first": sent.first, "last": sent.last}
        reason = self._vault.seal(new.reason.strip(), link_place(sent.submission, number, now))
        made = insert(link).values(**values, made_by=actor.id, made_at=now, reason=reason).returning(link.c.number)
        return int(connection.execute(made).scalar_one())

    def _made(self, row: Row[Any]) -> MadeLink:
        reason = self._vault.open(row.reason, link_place(row.submission, row.recommendation, row.made_at)) if row.reason else None
        same = ("number", "code", "kind", "made_by", "made_at", "undone_by", "undone_at")
        return MadeLink(target=row.recommendation, reason=reason, **{name: getattr(row, name) for name in same})


def _live(number: int) -> ColumnElement[bool]:
    return (link.c.recommendation == number) & link.c.undone_at.is_(None)


def _is_here() -> ColumnElement[bool]:
    """Read by a machine, not sealed, and neither taken back nor erased."""
    gone = submission.c.withdrawn_at.is_not(None) | submission.c.erased_at.is_not(None)
    return submission.c.understood_at.is_not(None) & submission.c.is_sealed.is_(False) & ~gone
