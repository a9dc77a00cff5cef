"""Earlier submissions in the memory of the worker that reads new ones: what is sealed, withdrawn or erased is not among them."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from sqlalchemy import ColumnElement, Connection, Row, insert, select

from assistant.feedback.errors import SealBroken
from assistant.feedback.joining import carries
from assistant.feedback.seal_places import fingerprint_place, text_place
from assistant.feedback.suggesting.similar import LIKELY, Known, SimilarFinder, Vector, known
from assistant.feedback.tables import fingerprint, link, submission, suggestion
from assistant.feedback.types import NAMED_SCORE
from assistant.feedback.vault import Vault
from corpus.days import VIETNAM
from corpus.ids import ProvisionId

log = logging.getLogger(__name__)

_BATCH = 1_000
# What of the opinions of a submission counts.
_COUNTED = ("place", "field", "provision")

# Task, value and score.
Opinion = tuple[str, str, float]


class Neighbours:
    """Knows what it has seen up to a number; each `refresh` takes the newer ones in and lets go of those that must not be compared."""

    def __init__(self, vault: Vault, finder: SimilarFinder) -> None:
        self._vault, self._finder = vault, finder
        self._numbers: set[int] = set()

    def refresh(self, connection: Connection) -> None:
        """Brings the memory up to the database."""
        open_ones = set(connection.execute(select(submission.c.number).join(fingerprint).where(_comparable())).scalars())
        for number in self._numbers - open_ones:
            self._finder.remove(number)
        missing = sorted(open_ones - self._numbers)
        for start in range(0, len(missing), _BATCH):
            for one in self._read(connection, missing[start : start + _BATCH]):
                self._finder.add(one)
        self._numbers = open_ones

    def similar(
        self, connection: Connection, row: Row[Any], text: str, meaning: Vector, opinions: Sequence[Opinion]
    ) -> list[tuple[int, float]]:
        """The recommendations of likely earlier submissions of the same matter with their scores, the best first.

        Of `opinions` places, the best field and the provisions that the text names count.
        """
        found = self._finder.find(_known(row, text, meaning, opinions))
        likely = {one.number: one.score for one in found if one.score >= LIKELY}
        joined = select(link.c.submission, link.c.recommendation).where(link.c.submission.in_(likely) & carries())
        scores: dict[int, float] = {}
        for one in connection.execute(joined.order_by(link.c.number)):
            scores[one.recommendation] = max(likely[one.submission], scores.get(one.recommendation, 0.0))
        return sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))

    def remember(self, connection: Connection, number: int, meaning: Vector) -> None:
        """Keeps the meaning of a submission for all workers; each takes it in at its next `refresh`."""
        sealed = self._vault.seal_bytes(np.asarray(meaning, np.float16).tobytes(), fingerprint_place(number))
        connection.execute(insert(fingerprint).values(submission=number, vector=sealed))

    def _read(self, connection: Connection, numbers: list[int]) -> Iterable[Known]:
        rows = connection.execute(select(submission, fingerprint.c.vector).join(fingerprint).where(submission.c.number.in_(numbers))).all()
        opinions = _opinions(connection, numbers)
        for row in rows:
            try:
                meaning = np.frombuffer(self._vault.open_bytes(row.vector, fingerprint_place(row.number)), np.float16)
                text = self._vault.open(row.text, text_place(row.code))
            except SealBroken:
                # One damaged record must not stop the reading of all others.
                log.warning("not_comparable", extra={"submission": row.number})
                continue
            yield _known(row, text, meaning, opinions.get(row.number, []))


def _known(row: Row[Any], text: str, meaning: Vector, opinions: Sequence[Opinion]) -> Known:
    areas = [value for task, value, _ in opinions if task == "place"]
    field = next((value for task, value, _ in opinions if task == "field"), None)
    named = [value for task, value, score in opinions if task == "provision" and score >= NAMED_SCORE]
    # Whoever names a clause and whoever names its article may mean one matter.
    articles = {str(ProvisionId.parse(one).of_article) for one in (*row.provisions, *named)}
    return known(row.number, text, meaning, areas, field, articles, row.received_at.astimezone(VIETNAM).date())


def _comparable() -> ColumnElement[bool]:
    gone = submission.c.erased_at.is_not(None) | submission.c.withdrawn_at.is_not(None) | submission.c.is_sealed.is_(True)
    return ~gone & submission.c.text.is_not(None)


def _opinions(connection: Connection, numbers: list[int]) -> dict[int, list[Opinion]]:
    """What was suggested that counts, by submission, the best first."""
    wanted = suggestion.c.submission.in_(numbers) & suggestion.c.task.in_(_COUNTED)
    found: dict[int, list[Opinion]] = {}
    for row in connection.execute(select(suggestion).where(wanted).order_by(suggestion.c.rank)):
        found.setdefault(row.submission, []).append((row.task, row.value, row.score))
    return found
