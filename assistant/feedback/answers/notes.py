"""What officers note about a recommendation, for each other only."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, Row, insert, select

from assistant.database import writing
from assistant.feedback.answers.tables import internal_note
from assistant.feedback.audit import AuditTrail
from assistant.feedback.errors import FeedbackError
from assistant.feedback.recommendations import Recommendations
from assistant.feedback.seal_places import internal_note_place
from assistant.feedback.states import Actor, Role
from assistant.feedback.vault import Vault

# Longer ones are documents and belong into an attachment.
MOST_CHARACTERS = 10_000


class NoteInvalid(FeedbackError):
    """A note of `characters` that is empty or longer than `most`."""

    def __init__(self, characters: int, most: int) -> None:
        self.characters, self.most = characters, most
        super().__init__(f"a note of {characters} characters; from 1 to {most}")


@dataclass(frozen=True, slots=True)
class Note:
    """A note. `is_sealed`: written under the seal, and shown to sealed officers only."""

    number: int
    author: str
    written_at: datetime
    is_sealed: bool
    text: str = field(repr=False)


class Notes:
    """The notes of one database; whoever may see a recommendation may note and read there."""

    def __init__(self, engine: Engine, vault: Vault, clock: Callable[[], datetime], recommendations: Recommendations) -> None:
        self._engine, self._vault, self._clock, self._recommendations = engine, vault, clock, recommendations
        self._audit = AuditTrail(vault)

    def add(self, number: int, text: str, actor: Actor) -> int:
        """Adds a note to the recommendation; the note's number. Raises `NoteInvalid` and `RecommendationNotFound`."""
        with writing(self._engine) as connection:
            return self.add_within(connection, number, text, actor)

    def add_within(self, connection: Connection, number: int, text: str, actor: Actor) -> int:
        """The same inside a transaction that does more."""
        written = text.strip()
        if not 0 < len(written) <= MOST_CHARACTERS:
            raise NoteInvalid(len(written), MOST_CHARACTERS)
        now, row = self._clock(), self._recommendations.row(connection, number, actor)
        sealed = self._vault.seal(written, internal_note_place(number, actor.id, now))
        values = {"recommendation": number, "text": sealed, "author": actor.id, "is_sealed": row.is_sealed, "written_at": now}
        added: int = connection.execute(insert(internal_note).values(values)).inserted_primary_key[0]  # type: ignore[index]
        self._audit.add(connection, actor.id, "noted", f"recommendation:{number}", now, {"note": added})
        return added

    def of(self, number: int, actor: Actor) -> tuple[Note, ...]:
        """The notes of the recommendation that `actor` may see, the oldest first; reading sealed ones is written down.

        Raises `RecommendationNotFound`.
        """
        mine = internal_note.c.recommendation == number
        if Role.SEALED_OFFICER not in actor.roles:
            mine &= internal_note.c.is_sealed.is_(False)
        with writing(self._engine) as connection:
            row = self._recommendations.row(connection, number, actor)
            found = connection.execute(select(internal_note).where(mine).order_by(internal_note.c.number)).all()
            if row.is_sealed or any(one.is_sealed for one in found):
                self._audit.add(connection, actor.id, "read_sealed_notes", f"recommendation:{number}", self._clock(), {"notes": len(found)})
        return tuple(self._note(one) for one in found)

    def _note(self, row: Row[Any]) -> Note:
        text = self._vault.open(row.text, internal_note_place(row.recommendation, row.author, row.written_at))
        return Note(row.number, row.author, row.written_at, row.is_sealed, text)
