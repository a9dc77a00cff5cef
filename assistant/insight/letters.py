"""The letters of a period as themes need them: what is sealed, withdrawn or erased is not among them."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

import numpy as np
from sqlalchemy import ColumnElement, Connection, Row, select

from assistant.feedback.errors import SealBroken
from assistant.feedback.joining import carries, is_merged
from assistant.feedback.seal_places import fingerprint_place, text_place
from assistant.feedback.states import State
from assistant.feedback.tables import fingerprint, link, recommendation, submission, suggestion
from assistant.feedback.types import Kind
from assistant.feedback.vault import Vault
from assistant.insight.themes import Stance, ThemeLetter
from corpus.days import VIETNAM

log = logging.getLogger(__name__)

_BATCH = 1_000
# A merged recommendation counts with the one that it was merged into.
_NOT_COUNTED = (State.RECEIVED, State.SEALED, State.SEALED_CLOSED, State.LINKED, State.WITHDRAWN, State.REJECTED)
_NO_THEME = (Kind.DENUNCIATION, Kind.SPAM)
_Row = Row[*tuple[Any, ...]]
_STANCES: Mapping[str, Stance] = {"supports": "for", "opposes": "against"}


@dataclass(frozen=True, slots=True)
class PeriodLetters:
    """What came in a period.

    `letters`: the submissions of one recommendation and stance as one, which weighs as many, under the number of the first of them;
    `submissions`: those behind each letter. `unread`: submissions that nothing is known of to compare them by.
    """

    letters: tuple[ThemeLetter, ...]
    submissions: Mapping[int, tuple[int, ...]]
    unread: tuple[int, ...]


def open_to_insight() -> ColumnElement[bool]:
    """The condition on submissions that may be counted and compared at all."""
    gone = submission.c.erased_at.is_not(None) | submission.c.withdrawn_at.is_not(None) | submission.c.is_sealed.is_(True)
    return ~gone & submission.c.understood_at.is_not(None)


def period_letters(connection: Connection, vault: Vault, first: date, last: date) -> PeriodLetters:
    """The letters received from `first` to `last`, both inclusive, in Vietnam's days."""
    groups: defaultdict[tuple[int, Stance | None], list[_Row]] = defaultdict(list)
    said, discussed = _said(connection)
    for row in _rows(connection, first, last):
        groups[row.recommendation, _stance(row, said, discussed)].append(row)
    fields = _fields(connection, [row.number for rows in groups.values() for row in rows])
    letters, submissions, unread = [], {}, []
    for (_, stance), rows in groups.items():
        letter = _letter(vault, rows, stance, fields)
        if letter is None:
            unread += [row.number for row in rows]
            continue
        letters.append(letter)
        submissions[letter.number] = tuple(row.number for row in rows)
    return PeriodLetters(tuple(letters), submissions, tuple(sorted(unread)))


def _rows(connection: Connection, first: date, last: date) -> Iterator[_Row]:
    """Each submission once, with the recommendation that it counts for."""
    since, until = (datetime.combine(day, edge, VIETNAM) for day, edge in ((first, time.min), (last, time.max)))
    plain = recommendation.c.is_sealed.is_(False) & recommendation.c.state.not_in(_NOT_COUNTED)
    kind = recommendation.c.kind.is_(None) | recommendation.c.kind.not_in(_NO_THEME)
    wanted = open_to_insight() & submission.c.received_at.between(since, until) & carries() & plain & kind & ~is_merged()
    query = (
        select(
            *(submission.c.number, submission.c.code, submission.c.text, fingerprint.c.vector),
            *(link.c.recommendation, recommendation.c.kind, recommendation.c.field),
        )
        .join(link, link.c.submission == submission.c.number)
        .join(recommendation, recommendation.c.number == link.c.recommendation)
        .outerjoin(fingerprint, fingerprint.c.submission == submission.c.number)
        .where(wanted)
        .order_by(submission.c.number, link.c.number)
    )
    seen: set[int] = set()
    # The library's own type of these rows names each column.
    rows: list[Any] = list(connection.execute(query))
    for row in rows:
        if row.number not in seen:
            seen.add(row.number)
            yield row


def _said(connection: Connection) -> tuple[Mapping[int, Stance | None], frozenset[int]]:
    """What people found each submission to be to what others ask, None for one that is both; and the recommendations that are meant."""
    live = link.c.undone_at.is_(None) & link.c.kind.in_(tuple(_STANCES)) & recommendation.c.is_sealed.is_(False)
    query = select(link.c.submission, link.c.recommendation, link.c.kind).join(recommendation)
    said: dict[int, Stance | None] = {}
    discussed: set[int] = set()
    for row in connection.execute(query.where(live)):
        stance = _STANCES[row.kind]
        said[row.submission] = stance if said.get(row.submission, stance) == stance else None
        discussed.add(row.recommendation)
    return said, frozenset(discussed)


def _stance(row: _Row, said: Mapping[int, Stance | None], discussed: frozenset[int]) -> Stance | None:
    """What the sender is known to be: for or against what others ask, for what they ask themselves and others speak of, or content."""
    if row.number in said:
        return said[row.number]
    return "for" if row.recommendation in discussed or row.kind == Kind.PRAISE else None


def _letter(
    vault: Vault, rows: Sequence[_Row], stance: Stance | None, fields: Mapping[int, tuple[tuple[str, float], ...]]
) -> ThemeLetter | None:
    vectors, text = [], None
    for row in rows:
        if row.vector is None or row.text is None:
            continue
        try:
            vectors.append(np.frombuffer(vault.open_bytes(row.vector, fingerprint_place(row.number)), np.float16).astype(np.float32))
            text = text if text is not None else vault.open(row.text, text_place(row.code))
        except SealBroken:
            # One damaged record must not stop the reading of all others.
            log.warning("not_comparable", extra={"submission": row.number})
    if not vectors or text is None:
        return None
    mean = np.mean(vectors, axis=0)
    vector = np.asarray(mean / max(float(np.linalg.norm(mean)), 1e-9), np.float32)
    known = fields.get(rows[0].number) or (((rows[0].field, 1.0),) if rows[0].field else ())
    return ThemeLetter(rows[0].number, text, vector, stance, float(len(rows)), known)


def _fields(connection: Connection, numbers: Sequence[int]) -> dict[int, tuple[tuple[str, float], ...]]:
    """The fields that a machine suggests; where a person decided, only what they decided."""
    found: defaultdict[int, list[tuple[str, float]]] = defaultdict(list)
    for start in range(0, len(numbers), _BATCH):
        mine = suggestion.c.submission.in_(numbers[start : start + _BATCH]) & (suggestion.c.task == "field")
        open_or_right = suggestion.c.is_accepted.is_distinct_from(False)
        for row in connection.execute(select(suggestion).where(mine & open_or_right).order_by(suggestion.c.rank)):
            found[row.submission].append((row.value, 1.0 if row.is_accepted else row.score))
    return {number: tuple(rows) for number, rows in found.items()}
