"""What senders add later, looked at by a machine before anybody sees it outside of the seal: it may be a denunciation."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from enum import Enum, auto
from typing import Any, Protocol

from sqlalchemy import Connection, Engine, Row, insert, select, update

from assistant.database import scrub, wait_for, writing
from assistant.feedback.audit import AuditTrail
from assistant.feedback.guidance import Guidance, keep_guidance
from assistant.feedback.intake import opened_row
from assistant.feedback.joining import carries
from assistant.feedback.messages_tables import FROM_CITIZEN, message
from assistant.feedback.outbox import queue
from assistant.feedback.recommendations import Recommendations
from assistant.feedback.seal_places import exchanged_place, text_place
from assistant.feedback.states import Actor, State, Step
from assistant.feedback.tables import link, recommendation, submission
from assistant.feedback.vault import Vault

log = logging.getLogger(__name__)

_LEASE = timedelta(minutes=5)
_MOST_ATTEMPTS = 3


class Judge(Protocol):
    """What tells whether a text may be a denunciation."""

    def denounces(self, text: str) -> bool:
        """Whether it may."""


class _Looked(Enum):
    """What came of looking at a message."""

    PLAIN = auto()
    DENOUNCES = auto()
    # It ended every attempt; what nobody could look at may be a denunciation.
    UNREADABLE = auto()
    # It will be tried again.
    IN_VAIN = auto()


class LaterWords:
    """Reads each message of a sender once. What may be a denunciation, or could not be looked at, is sealed at once."""

    def __init__(
        self, engine: Engine, vault: Vault, clock: Callable[[], datetime], recommendations: Recommendations, judge: Judge, system: Actor
    ) -> None:
        self._engine, self._vault, self._clock = engine, vault, clock
        self._recommendations, self._judge, self._system = recommendations, judge, system
        self._audit = AuditTrail(vault)

    def read_waiting(self, limit: int) -> int:
        """Reads up to `limit` messages, the oldest first, one by one; how many it took."""
        done = 0
        while done < limit and (row := self._take()) is not None:
            looked = self._look(row)
            if looked is not _Looked.IN_VAIN:
                self._write(row, looked)
            done += 1
        return done

    def _take(self) -> Row[Any] | None:
        now = self._clock()
        # Of what was not read itself nobody knows yet where it goes, and what is sealed people look at themselves.
        is_here = submission.c.understood_at.is_not(None) & submission.c.is_sealed.is_(False) & submission.c.withdrawn_at.is_(None)
        is_waiting = (message.c.direction == FROM_CITIZEN) & message.c.understood_at.is_(None) & message.c.text.is_not(None)
        is_free = message.c.leased_until.is_(None) | (message.c.leased_until <= now)
        sent = (submission.c.code, submission.c.text.label("letter"), submission.c.channel, submission.c.sender_key)
        joined = select(message, *sent).join(submission, submission.c.number == message.c.submission)
        with writing(self._engine) as connection:
            wait_for(connection, "understanding messages")
            row = connection.execute(joined.where(is_here & is_waiting & is_free).order_by(message.c.number).limit(1)).first()
            if row is not None:
                leased = {"leased_until": now + _LEASE, "attempts": message.c.attempts + 1}
                connection.execute(update(message).where(message.c.number == row.number).values(leased))
        return row

    def _look(self, row: Row[Any]) -> _Looked:
        if row.attempts >= _MOST_ATTEMPTS:
            # Each time it was read the whole process ended.
            return _Looked.UNREADABLE
        try:
            return _Looked.DENOUNCES if self._denounces(row) else _Looked.PLAIN
        # The outermost loop of a worker: one text that breaks a model must not stop those behind it.
        except Exception as error:  # noqa: BLE001
            log.warning("message_not_understood", extra={"record": row.number, "error": type(error).__name__, "attempt": row.attempts + 1})
        return _Looked.UNREADABLE if row.attempts + 1 >= _MOST_ATTEMPTS else _Looked.IN_VAIN

    def _denounces(self, row: Row[Any]) -> bool:
        """Whether it may be a denunciation, by itself or together with the letter, where the letter alone is none."""
        text = self._vault.open(row.text, exchanged_place(row.key))
        if not text.strip():
            return False
        if self._judge.denounces(text):
            return True
        letter = self._vault.open(row.letter, text_place(row.code))
        return self._judge.denounces(f"{letter}\n{text}") and not self._judge.denounces(letter)

    def _write(self, row: Row[Any], looked: _Looked) -> None:
        now, seals = self._clock(), looked is not _Looked.PLAIN
        with writing(self._engine) as connection:
            # Locked in the order of every step: the recommendation, then what was sent for it.
            matter = _matter(connection, row.submission) if seals else None
            still = (message.c.number == row.number) & message.c.understood_at.is_(None) & message.c.text.is_not(None)
            done = connection.execute(update(message).where(still).values(understood_at=now, leased_until=None))
            if done.rowcount != 1:
                # Another worker took it over when the lease had run out, or it was sealed or erased meanwhile.
                return
            if matter is not None:
                self._seal(connection, row, matter, now)
            if looked is _Looked.DENOUNCES:
                keep_guidance(connection, self._vault, row.submission, (Guidance.DENUNCIATION,), now)
            if looked is _Looked.DENOUNCES and row.sender_key:
                facts = {"code": row.code, "guidance": Guidance.DENUNCIATION.value}
                queue(connection, f"guidance:{row.code}:{row.number}", row.submission, row.channel, "guidance", now, facts)
            self._audit.add(connection, self._system.id, "message_understood", f"submission:{row.submission}", now, {"message": row.number})
        if seals:
            # What people wrote of it while it was open must not stay in the file either.
            scrub(self._engine)

    def _seal(self, connection: Connection, row: Row[Any], matter: Row[Any], now: datetime) -> None:
        number, version = matter.number, matter.version
        is_open = State.SEALED in self._recommendations.machine.transitions_from(State(matter.state), self._system)
        if _is_shared(connection, row.submission, number) or not is_open:
            # What others sent too, or was answered already, stays as it is; this one goes under a seal of its own.
            number, version = self._opened(connection, row.submission, now), 1
        self._recommendations.take_within(connection, number, version, Step(State.SEALED, self._system))

    def _opened(self, connection: Connection, sent: int, now: datetime) -> int:
        mine = (link.c.submission == sent) & link.c.undone_at.is_(None)
        connection.execute(update(link).where(mine).values(undone_by=self._system.id, undone_at=now))
        number: int = connection.execute(insert(recommendation).values(opened_row(now))).inserted_primary_key[0]  # type: ignore[index]
        joined = {"submission": sent, "recommendation": number, "kind": "primary", "made_by": self._system.id, "made_at": now}
        connection.execute(insert(link).values(joined))
        return number


def _matter(connection: Connection, sent: int) -> Row[Any]:
    """The recommendation that was opened for this submission, locked."""
    own = (link.c.submission == sent) & (link.c.kind == "primary")
    query = select(recommendation).join(link, link.c.recommendation == recommendation.c.number).where(own)
    newest = query.order_by(link.c.undone_at.is_not(None), link.c.number.desc()).limit(1)
    return connection.execute(newest.with_for_update(of=recommendation)).one()


def _is_shared(connection: Connection, sent: int, matter: int) -> bool:
    others = (link.c.recommendation == matter) & (link.c.submission != sent) & carries()
    return connection.execute(select(link.c.number).where(others).limit(1)).first() is not None
