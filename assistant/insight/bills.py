"""Bills of the National Assembly's programme, and which recommendations are about them: suggested by a machine, decided by people."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import pairwise
from typing import Any

from sqlalchemy import Connection, Engine, Row, insert, select, update

from assistant.database import reading, wait_for, writing
from assistant.feedback.audit import AuditTrail
from assistant.feedback.errors import RecommendationNotFound, SealBroken
from assistant.feedback.joining import carries
from assistant.feedback.seal_places import text_place
from assistant.feedback.states import Actor, Role
from assistant.feedback.tables import link, recommendation, submission, suggestion
from assistant.feedback.types import NAMED_SCORE, Kind
from assistant.feedback.vault import Vault
from assistant.insight.errors import BillExists, BillNotFound, NotForThisRole
from assistant.insight.letters import open_to_insight
from assistant.insight.tables import bill, bill_link
from corpus.tables import read_table
from corpus.text import fold, words

_DECIDERS = frozenset({Role.REVIEWER, Role.APPROVER, Role.UNIT_ADMIN})
_SYSTEM = "system"
# What a title needs in common with a text to be suggested.
_LIKELY = 0.5
_NAMED, _QUOTED = 0.9, 1.0
# What was only found to a text says less of it than what the text names.
_FOUND = 0.8


class BillKind(StrEnum):
    """What a bill becomes."""

    LAW = "law"
    ORDINANCE = "ordinance"
    RESOLUTION = "resolution"


@dataclass(frozen=True, slots=True)
class Bill:
    """A bill; `changes` are numbers of documents in force that it changes or replaces ("31/2024/QH15")."""

    number: str
    title: str
    kind: BillKind = BillKind.LAW
    session: str = ""
    url: str = ""
    changes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BillLink:
    """That a recommendation is about a bill. `ground`: provision, title or person; `is_accepted` is None until a person decided."""

    recommendation: int
    ground: str
    score: float
    made_by: str
    is_accepted: bool | None


class BillDesk:
    """Each act is one transaction, written into the audit trail; only reviewers, approvers and unit administrators may act."""

    def __init__(self, engine: Engine, vault: Vault, clock: Callable[[], datetime]) -> None:
        self._engine, self._vault, self._clock = engine, vault, clock
        self._audit = AuditTrail(vault)

    def add(self, added: Bill, actor: Actor) -> None:
        """Adds a bill. Raises `BillExists`."""
        _require(actor)
        now = self._clock()
        values = {"number": added.number, "title": added.title, "kind": added.kind.value, "session": added.session, "url": added.url}
        with writing(self._engine) as connection:
            wait_for(connection, "bills")
            if connection.execute(select(bill.c.number).where(bill.c.number == added.number)).first():
                raise BillExists(added.number)
            connection.execute(insert(bill).values(**values, changes=list(added.changes), added_by=actor.id, added_at=now))
            self._audit.add(connection, actor.id, "bill_added", f"bill:{added.number}"[:60], now)

    def bills(self) -> list[Bill]:
        """All bills by number."""
        with reading(self._engine) as connection:
            return [_bill(row) for row in connection.execute(select(bill).order_by(bill.c.number))]

    def find(self, number: str) -> Bill:
        """The bill. Raises `BillNotFound`."""
        with reading(self._engine) as connection:
            return found_bill(connection, number)

    def links(self, number: str, actor: Actor) -> list[BillLink]:
        """All links of a bill, the surest first; none to what is sealed. Raises `BillNotFound`."""
        _require(actor)
        with reading(self._engine) as connection:
            found_bill(connection, number)
            joined = select(bill_link).join(recommendation, recommendation.c.number == bill_link.c.recommendation)
            rows = connection.execute(joined.where((bill_link.c.bill == number) & recommendation.c.is_sealed.is_(False)))
            found = [BillLink(row.recommendation, row.ground, row.score, row.made_by, row.is_accepted) for row in rows]
        return sorted(found, key=lambda one: (-one.score, one.recommendation))

    def suggest(self, number: str, actor: Actor) -> int:
        """Has a machine look for recommendations about the bill; how many it suggests besides those there are. Raises `BillNotFound`."""
        _require(actor)
        now = self._clock()
        with writing(self._engine) as connection:
            wait_for(connection, f"bill:{number}")
            about = found_bill(connection, number)
            known = set(connection.execute(select(bill_link.c.recommendation).where(bill_link.c.bill == number)).scalars())
            rows = [
                {"bill": number, "recommendation": matter, "ground": ground, "score": score, "made_by": _SYSTEM, "made_at": now}
                for matter, (ground, score) in self._about(connection, about).items()
                if matter not in known
            ]
            if rows:
                connection.execute(insert(bill_link), rows)
            self._audit.add(connection, actor.id, "bill_suggested", f"bill:{number}"[:60], now, {"links": len(rows)})
        return len(rows)

    def decide(self, number: str, matter: int, *, is_about: bool, actor: Actor) -> None:
        """Writes down that a person says so; there need not be a suggestion. Raises `BillNotFound`, `RecommendationNotFound`."""
        _require(actor)
        now = self._clock()
        decided = {"is_accepted": is_about, "decided_by": actor.id, "decided_at": now}
        with writing(self._engine) as connection:
            wait_for(connection, f"bill:{number}")
            found_bill(connection, number)
            open_one = (recommendation.c.number == matter) & recommendation.c.is_sealed.is_(False)
            if connection.execute(select(recommendation.c.number).where(open_one)).first() is None:
                raise RecommendationNotFound(matter)
            mine = (bill_link.c.bill == number) & (bill_link.c.recommendation == matter)
            if connection.execute(update(bill_link).where(mine).values(decided)).rowcount == 0:
                made = {"bill": number, "recommendation": matter, "ground": "person", "score": 1.0, "made_by": actor.id, "made_at": now}
                connection.execute(insert(bill_link).values(**made, **decided))
            facts = {"recommendation": matter, "is_about": is_about}
            self._audit.add(connection, actor.id, "bill_decided", f"bill:{number}"[:60], now, facts)

    def _about(self, connection: Connection, about: Bill) -> dict[int, tuple[str, float]]:
        """The recommendations whose letters quote or name a document that the bill changes, are answered by one, or have the words of its
        title."""
        found: dict[int, tuple[str, float]] = {}
        of_law = _by_provisions(connection, frozenset(about.changes))
        for row, texts in self._letters(connection):
            score = max((title_score(about.title, text) for text in texts), default=0.0)
            quoted = _QUOTED if _documents(row.provisions) & set(about.changes) else of_law.get(row.submission, 0.0)
            ground = max(("provision", quoted), ("title", score), key=lambda one: one[1])
            if ground[1] >= _LIKELY and ground[1] > found.get(row.recommendation, ("", 0.0))[1]:
                found[row.recommendation] = ground
        return found

    def _letters(self, connection: Connection) -> Iterator[tuple[Any, list[str]]]:
        plain = recommendation.c.is_sealed.is_(False) & recommendation.c.kind.is_distinct_from(Kind.DENUNCIATION.value)
        query = (
            select(
                *(submission.c.number.label("submission"), submission.c.code, submission.c.text, submission.c.provisions),
                *(link.c.recommendation, recommendation.c.title, recommendation.c.statement),
            )
            .join(link, link.c.submission == submission.c.number)
            .join(recommendation, recommendation.c.number == link.c.recommendation)
            .where(open_to_insight() & carries() & plain)
        )
        rows: list[Any] = list(connection.execute(query))
        for row in rows:
            try:
                text = self._vault.open(row.text, text_place(row.code)) if row.text else ""
            except SealBroken:
                text = ""
            yield row, [one for one in (text, row.title, row.statement) if one]


def title_score(title: str, text: str) -> float:
    """How surely `text` is about a bill of this title: .9 where its telling words stand there as they do in the title, else less.

    "Luật Đất đai (sửa đổi)" is told by "đất đai": words of every title (data/bill-words.yaml) count for nothing, marks neither.
    """
    common = frozenset(fold(read_table("assistant.insight", "bill-words.yaml")["words"]).split())
    telling = [word for word in words(fold(title)) if word.isalpha() and word not in common]
    if not telling:
        return 0.0
    written = words(fold(text))
    if f" {' '.join(telling)} " in f" {' '.join(written)} ":
        return _NAMED
    pairs, there = set(pairwise(telling)), set(pairwise(written))
    # A single word, or a pair of syllables, is said of many things.
    return len(pairs & there) / len(pairs) * _NAMED if len(pairs) > 1 and len(pairs & there) > 1 else 0.0


def found_bill(connection: Connection, number: str) -> Bill:
    """The bill. Raises `BillNotFound`."""
    row = connection.execute(select(bill).where(bill.c.number == number)).first()
    if row is None:
        raise BillNotFound(number)
    return _bill(row)


def accepted_matters(connection: Connection, number: str) -> Sequence[int]:
    """The recommendations that a person says are about the bill."""
    mine = (bill_link.c.bill == number) & bill_link.c.is_accepted.is_(True)
    return list(connection.execute(select(bill_link.c.recommendation).where(mine)).scalars())


def _by_provisions(connection: Connection, documents: frozenset[str]) -> dict[int, float]:
    """How surely each submission is about one of `documents`, by the provisions that a machine read in it or found for it."""
    # What was decided against is no reason; of what is sealed nothing is kept.
    wanted = (suggestion.c.task == "provision") & suggestion.c.is_accepted.is_not(False)
    query = select(suggestion.c.submission, suggestion.c.value, suggestion.c.score).join(submission).where(open_to_insight() & wanted)
    scores: dict[int, float] = {}
    for row in connection.execute(query):
        score = _QUOTED if row.score >= NAMED_SCORE else _FOUND * row.score
        if _documents([row.value]) & documents:
            scores[row.submission] = max(score, scores.get(row.submission, 0.0))
    return scores


def _documents(provisions: Iterable[str]) -> frozenset[str]:
    return frozenset(one.partition("@")[0] for one in provisions)


def _bill(row: Row[Any]) -> Bill:
    return Bill(row.number, row.title, BillKind(row.kind), row.session, row.url, tuple(row.changes))


def _require(actor: Actor) -> None:
    if not actor.roles & _DECIDERS:
        raise NotForThisRole("bills")
