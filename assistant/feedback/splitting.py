"""Mixed messages: each part is followed by itself, as Luật Tiếp công dân 42/2013/QH13, art 25.3 asks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from itertools import pairwise
from typing import Any

from sqlalchemy import Connection, Engine, Row, insert, select

from assistant.database import writing
from assistant.feedback.audit import AuditTrail
from assistant.feedback.errors import ActInvalid
from assistant.feedback.intake import opened_row
from assistant.feedback.recommendations import Recommendations
from assistant.feedback.sealing import open_links
from assistant.feedback.states import Actor, State, Step
from assistant.feedback.tables import link, recommendation, submission
from assistant.feedback.vault import Vault

Span = tuple[int, int]
_MOST_PARTS = 10


class Splitting:
    """Opens recommendations for parts of a submission. The first one keeps the whole; nothing is deleted."""

    def __init__(self, engine: Engine, vault: Vault, clock: Callable[[], datetime], recommendations: Recommendations) -> None:
        self._engine, self._clock, self._recommendations = engine, clock, recommendations
        self._audit = AuditTrail(vault)

    def split(self, number: int, version: int, code: str, parts: Sequence[Span], actor: Actor) -> tuple[int, ...]:
        """Opens one for each part, `parts` being first and last character of each; their numbers, in order.

        `code` is that of a submission that belongs to recommendation `number`. Raises `ActInvalid` for parts that are empty, overlap or lie
        outside of the text, and what `Recommendations.take` raises.
        """
        with writing(self._engine) as connection:
            self._recommendations.change(connection, number, version, actor, {})
            sent = _sent_for(connection, self._recommendations.row(connection, number, actor), code)
            _check(parts, sent.length)
            opened = tuple(self._open(connection, sent.number, part, actor) for part in sorted(parts))
            facts = {"submission": sent.number, "parts": len(opened)}
            self._audit.add(connection, actor.id, "split", f"recommendation:{number}", self._clock(), facts)
        return opened

    def _open(self, connection: Connection, sent: int, part: Span, actor: Actor) -> int:
        now = self._clock()
        number: int = connection.execute(insert(recommendation).values(opened_row(now))).inserted_primary_key[0]  # type: ignore[index]
        joined = {"submission": sent, "recommendation": number, "kind": "part", "first": part[0], "last": part[1]}
        connection.execute(insert(link).values(**joined, made_by=actor.id, made_at=now))
        self._recommendations.take_within(connection, number, 1, Step(State.SCREENING, actor), is_citizen_told=False)
        return number


def _sent_for(connection: Connection, matter: Row[Any], code: str) -> Row[Any]:
    joined = select(submission).join(link, link.c.submission == submission.c.number)
    found = connection.execute(joined.where(open_links(matter.number, is_sealed=matter.is_sealed) & (submission.c.code == code))).first()
    # A part of what is sealed would have to be sealed too.
    if found is None or found.is_sealed or found.erased_at is not None:
        raise ActInvalid("code")
    return found


def _check(parts: Sequence[Span], length: int) -> None:
    ordered = sorted(parts)
    fits = all(0 <= first < last <= length for first, last in ordered)
    if not 0 < len(parts) <= _MOST_PARTS or not fits or any(before[1] > after[0] for before, after in pairwise(ordered)):
        raise ActInvalid("parts")
