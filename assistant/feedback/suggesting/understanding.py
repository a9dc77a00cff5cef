"""What a machine thinks of a submission, and how that is written down: suggestions, personal data, and the seal.

A machine only suggests. Two things it does by itself: it puts what came in before a screener, and it seals what may be a denunciation;
only two sealed officers may open that again.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import takewhile
from typing import Any, Protocol

from sqlalchemy import Connection, Engine, Row, delete, insert, select, update

from assistant.database import reading, wait_for, writing
from assistant.feedback.audit import AuditTrail
from assistant.feedback.guidance import guidance_of, keep_guidance
from assistant.feedback.intake import CITIZEN
from assistant.feedback.outbox import queue
from assistant.feedback.recommendations import Recommendations
from assistant.feedback.seal_places import text_place
from assistant.feedback.sealing import seal_submissions
from assistant.feedback.states import Actor, Role, State, Step
from assistant.feedback.suggesting.later_words import LaterWords
from assistant.feedback.suggesting.neighbours import Neighbours
from assistant.feedback.suggesting.similar import Vector
from assistant.feedback.tables import OTHERS_RANK, link, personal_span, recommendation, submission, suggestion
from assistant.feedback.types import Kind, PersonalSpan
from assistant.feedback.vault import Vault

log = logging.getLogger(__name__)

SYSTEM = Actor("system", frozenset({Role.SYSTEM}))
_LEASE = timedelta(minutes=5)
_MOST_ATTEMPTS = 3


@dataclass(frozen=True, slots=True)
class Suggested:
    """One opinion: `value` for `task` (kind, field, level, place, body, …) with a calibrated score and where in the text it shows."""

    task: str
    value: str
    score: float
    evidence: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Understanding:
    """Everything a machine thinks of one text, the best opinion of each task first. `seals`: it may be a denunciation.

    `meaning`: the vector of the text, None where there is no encoder.
    """

    suggestions: tuple[Suggested, ...]
    personal: tuple[PersonalSpan, ...]
    seals: bool
    urgency: str
    model: str
    meaning: Vector | None = field(default=None, repr=False, compare=False)

    def best(self, task: str) -> str | None:
        """The first value of a task, or None."""
        return next((one.value for one in self.suggestions if one.task == task), None)


class Reader(Protocol):
    """What understands texts."""

    def read(self, text: str) -> Understanding:
        """What it thinks of `text`."""


@dataclass(frozen=True, slots=True)
class _Judge:
    """What a reader says of nothing but whether a text may be a denunciation."""

    reader: Reader

    def denounces(self, text: str) -> bool:
        """Whether it may."""
        return self.reader.read(text).seals


class Understander:
    """Looks at what came in, each submission in a transaction of its own; any number of workers at once."""

    def __init__(
        self,
        engine: Engine,
        vault: Vault,
        clock: Callable[[], datetime],
        recommendations: Recommendations,
        reader: Reader,
        neighbours: Neighbours,
    ) -> None:
        self._engine, self._vault, self._clock = engine, vault, clock
        self._recommendations, self._reader, self._neighbours = recommendations, reader, neighbours
        self._audit = AuditTrail(vault)
        self._later = LaterWords(engine, vault, clock, recommendations, _Judge(reader), SYSTEM)

    def understand_waiting(self, limit: int = 20) -> int:
        """Understands up to `limit` submissions, the oldest first, then what senders added later; how many it took.

        One that cannot be understood is tried three times, then sealed: what nobody could look at may be a denunciation.
        """
        done = 0
        while done < limit and (taken := self._take(limit - done)):
            for row in taken:
                understood = self._read(row)
                if understood is not None:
                    self._write(row, self._with_similar(row, self._as_judged(row, understood)))
            done += len(taken)
        return done + self._later.read_waiting(limit - done)

    def _take(self, limit: int) -> list[Row[Any]]:
        now = self._clock()
        is_free = submission.c.leased_until.is_(None) | (submission.c.leased_until <= now)
        waiting = submission.c.understood_at.is_(None) & submission.c.erased_at.is_(None) & is_free
        with writing(self._engine) as connection:
            wait_for(connection, "understanding")
            found = connection.execute(select(submission).where(waiting).order_by(submission.c.number).limit(limit)).all()
            rows = _without_company(found)
            leased = {"leased_until": now + _LEASE, "attempts": submission.c.attempts + 1}
            connection.execute(update(submission).where(submission.c.number.in_([row.number for row in rows])).values(leased))
        return rows

    def _read(self, row: Row[Any]) -> Understanding | None:
        """What the reader thinks; None where it failed and will be asked again."""
        if row.attempts >= _MOST_ATTEMPTS:
            # Each time it was read the whole process ended.
            return _FAILED
        try:
            return self._reader.read(self._vault.open(row.text, text_place(row.code)))
        # The outermost loop of a worker: one text that breaks a model must not stop those behind it.
        except Exception as error:  # noqa: BLE001
            log.warning("not_understood", extra={"submission": row.number, "error": type(error).__name__, "attempt": row.attempts + 1})
        return _FAILED if row.attempts + 1 >= _MOST_ATTEMPTS else None

    def _write(self, row: Row[Any], understood: Understanding) -> None:
        now = self._clock()
        with writing(self._engine) as connection:
            still = (submission.c.number == row.number) & submission.c.understood_at.is_(None) & submission.c.erased_at.is_(None)
            done = connection.execute(update(submission).where(still).values(understood_at=now, leased_until=None))
            if done.rowcount != 1:
                # Another worker took it over when the lease had run out, or the sender had it erased meanwhile.
                return
            _keep(connection, row.number, understood, now)
            if understood.meaning is not None and not understood.seals:
                self._neighbours.remember(connection, row.number, understood.meaning)
            self._lead_on(connection, row, understood, now)

    def _as_judged(self, row: Row[Any], understood: Understanding) -> Understanding:
        """Under the seal where its sender was promised that; without it where two officers have taken it off: then it is read a second
        time for what is said of it in the open."""
        with reading(self._engine) as connection:
            seals = understood.seals or _was_promised_the_seal(connection, row.number)
            matter = _matter(connection, row.number) if seals else None
        was_unsealed = matter is not None and matter.state not in (State.RECEIVED, State.WITHDRAWN) and not matter.is_sealed
        judged = seals and not was_unsealed
        return understood if judged == understood.seals else replace(understood, seals=judged)

    def _with_similar(self, row: Row[Any], understood: Understanding) -> Understanding:
        """With the recommendations that earlier submissions of the same matter belong to; what is sealed is compared with nothing.

        Not in the transaction that writes: taking thousands into memory would hold up whoever submits meanwhile.
        """
        if understood.seals or understood.meaning is None:
            return understood
        text = self._vault.open(row.text, text_place(row.code))
        opinions = [(one.task, one.value, one.score) for one in understood.suggestions]
        with reading(self._engine) as connection:
            self._neighbours.refresh(connection)
            similar = self._neighbours.similar(connection, row, text, understood.meaning, opinions)
        found = tuple(Suggested("similar", str(number), score) for number, score in similar)
        return replace(understood, suggestions=(*understood.suggestions, *found))

    def _lead_on(self, connection: Connection, row: Row[Any], understood: Understanding, now: datetime) -> None:
        matter = _matter(connection, row.number)
        if matter is not None and matter.kind is None and not matter.is_sealed:
            connection.execute(update(recommendation).where(recommendation.c.number == matter.number).values(_first_opinion(understood)))
        if matter is not None and matter.state == State.RECEIVED:
            to = State.SEALED if understood.seals else State.SCREENING
            self._recommendations.take_within(connection, matter.number, matter.version, Step(to, SYSTEM))
        elif matter is not None and matter.state == State.WITHDRAWN and understood.seals:
            _seal_withdrawn(connection, matter, row.number, now)
        guidance = None if understood is _FAILED else guidance_of(understood.best("kind"), seals=understood.seals)
        if guidance:
            keep_guidance(connection, self._vault, row.number, (guidance,), now)
        if guidance and row.sender_key and (matter is None or matter.state != State.WITHDRAWN):
            facts = {"code": row.code, "guidance": guidance.value}
            queue(connection, f"guidance:{row.code}", row.number, row.channel, "guidance", now, facts)
        self._audit.add(connection, SYSTEM.id, "understood", f"submission:{row.number}", now, {"model": understood.model})


def _seal_withdrawn(connection: Connection, matter: Row[Any], sent: int, now: datetime) -> None:
    """What was withdrawn before it was read may be a denunciation too: it stays withdrawn, and nobody reads it in the open."""
    mine = update(recommendation).where(recommendation.c.number == matter.number)
    connection.execute(mine.values(is_sealed=True, version=matter.version + 1, changed_at=now))
    # Its link was undone as it was withdrawn.
    connection.execute(update(submission).where(submission.c.number == sent).values(is_sealed=True, public_text=None))
    seal_submissions(connection, matter.number, now, SYSTEM.id, is_sealed=True)


def _without_company(rows: Sequence[Row[Any]]) -> list[Row[Any]]:
    """Those to take at once: a first try with others, a later one alone, since what ended a process would take those behind it along."""
    if rows and rows[0].attempts:
        return list(rows[:1])
    return list(takewhile(lambda row: not row.attempts, rows))


# What nobody could look at may be a denunciation.
_FAILED = Understanding((), (), seals=True, urgency="normal", model="none")


def _first_opinion(understood: Understanding) -> Mapping[str, Any]:
    # A sealed matter shows nothing of what it is about, not even to counts.
    if understood.seals:
        return {"kind": None, "field": None, "level": None}
    best = {task: understood.best(task) for task in ("kind", "field", "level", "area", "area_then", "body")}
    basis = [one.value for one in understood.suggestions if one.task == "basis"]
    return {**best, "basis": basis, "urgency": understood.urgency}


def _was_promised_the_seal(connection: Connection, number: int) -> bool:
    said = (suggestion.c.submission == number) & (suggestion.c.model == CITIZEN) & (suggestion.c.value == Kind.DENUNCIATION.value)
    return connection.execute(select(suggestion.c.number).where(said)).first() is not None


def _matter(connection: Connection, number: int) -> Row[Any] | None:
    """The recommendation that was opened for this submission."""
    own = (link.c.submission == number) & (link.c.kind == "primary")
    query = select(recommendation).join(link, link.c.recommendation == recommendation.c.number).where(own)
    # What a sender added later may have opened another for it, under the seal.
    return connection.execute(query.order_by(link.c.undone_at.is_not(None), link.c.number.desc()).limit(1)).first()


def _keep(connection: Connection, number: int, understood: Understanding, now: datetime) -> None:
    # What another portal said of it (assistant/interop/labels.py) stays beside what is thought here.
    connection.execute(delete(suggestion).where((suggestion.c.submission == number) & (suggestion.c.rank < OTHERS_RANK)))
    connection.execute(delete(personal_span).where(personal_span.c.submission == number))
    # Of what is sealed, nothing but that: a field and a place may tell who was denounced.
    told = [one for one in understood.suggestions if not understood.seals or one.task == "kind"]
    if told:
        connection.execute(insert(suggestion), _suggestion_rows(number, replace(understood, suggestions=tuple(told)), now))
    if understood.personal:
        rows = [{"submission": number, "first": one.start, "last": one.end, "type": one.type.value} for one in understood.personal]
        connection.execute(insert(personal_span), [{**row, "found_by": SYSTEM.id} for row in rows])


def _suggestion_rows(number: int, understood: Understanding, now: datetime) -> Sequence[dict[str, Any]]:
    ranks: dict[str, int] = {}
    rows = []
    for one in understood.suggestions:
        rank = ranks[one.task] = ranks.get(one.task, -1) + 1
        opinion = {
            "task": one.task,
            "rank": rank,
            "value": one.value,
            "score": one.score,
            "evidence": [list(span) for span in one.evidence],
        }
        rows.append({**opinion, "submission": number, "model": understood.model, "made_at": now})
    return rows
