"""What is looked at before anything of a recommendation may be shown to everybody."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from sqlalchemy import Connection, Row, select, update

from assistant.feedback.joining import releases
from assistant.feedback.seal_places import answer_place
from assistant.feedback.tables import answer, link, recommendation, submission
from assistant.feedback.types import PersonalSpan
from assistant.feedback.vault import Vault


class Finder(Protocol):
    """What finds what a text tells of persons."""

    def find(self, text: str) -> tuple[PersonalSpan, ...]:
        """The stretches, in order."""


class Redaction:
    """Holds what would become public against a finder of personal data, loaded when it is first needed."""

    def __init__(self, vault: Vault, finder: Callable[[], Finder]) -> None:
        self._vault, self._finder = vault, finder

    def left(self, connection: Connection, row: Row[Any], public_texts: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
        """Where (title, statement, answer, the code of a submission) which type of personal data is left, each once."""
        written = {"title": row.title, "statement": row.statement, "answer": self._answer(connection, row.number)}
        shown = {**written, **_released(connection, row.number), **public_texts}
        finder = self._finder()
        return tuple(dict.fromkeys((part, span.type.value) for part, text in shown.items() if text for span in finder.find(text)))

    def _answer(self, connection: Connection, number: int) -> str | None:
        newest = select(answer).where(answer.c.recommendation == number).order_by(answer.c.number.desc()).limit(1)
        found = connection.execute(newest).first()
        return self._vault.open(found.text, answer_place(number, found.drafted_at.isoformat())) if found else None


def look_again(connection: Connection, number: int) -> None:
    """Whatever else shows a text that recommendation `number` shows must be confirmed anew.

    A letter has one released text, wherever it is shown: in the parts that were split off, and where it was merged.
    """
    same = select(link.c.submission).where((link.c.recommendation == number) & releases())
    shows = select(link.c.recommendation).where(link.c.submission.in_(same) & releases())
    others = recommendation.c.number.in_(shows) & (recommendation.c.number != number)
    connection.execute(update(recommendation).where(others).values(is_redaction_confirmed=False))


def _released(connection: Connection, number: int) -> dict[str, str]:
    """What was released before of the submissions that it carries, by code."""
    texts = select(submission.c.code, submission.c.public_text).join(link, link.c.submission == submission.c.number)
    shown = (link.c.recommendation == number) & releases() & submission.c.public_text.is_not(None)
    return {row.code: row.public_text for row in connection.execute(texts.where(shown))}
