"""What reviewers decided about submissions, as labels: kind, field, level with the text and its meaning."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import numpy as np
from sqlalchemy import ColumnElement, Connection, Row, select

from assistant.feedback.errors import SealBroken
from assistant.feedback.joining import carries
from assistant.feedback.seal_places import fingerprint_place, text_place
from assistant.feedback.suggesting.classify import ROWS
from assistant.feedback.suggesting.similar import Vector
from assistant.feedback.tables import fingerprint, link, recommendation, submission, suggestion
from assistant.feedback.types import Kind
from assistant.feedback.vault import Vault

log = logging.getLogger(__name__)

# The newest say most of how people decide now; more would hardly fit into memory.
_MOST = 3_000


@dataclass(frozen=True, slots=True)
class Label:
    """A submission with what people decided: task → value. `meaning` is empty where none is kept; `matter`: its recommendation."""

    text: str = field(repr=False)
    meaning: Vector = field(repr=False, compare=False)
    values: dict[str, str]
    matter: int
    decided_at: datetime


def labels_of(connection: Connection, vault: Vault) -> list[Label]:
    """The newest labels; nothing that is sealed, taken for a denunciation, withdrawn or erased."""
    decided = _decisions(connection)
    matters = _matters(connection, list(decided))
    found = []
    for row in connection.execute(select(submission, fingerprint.c.vector).outerjoin(fingerprint).where(_open())):
        matter = matters.get(row.number)
        values = _values(decided.get(row.number, ()), matter) if matter is not None else {}
        if matter is None or not values or values.get("kind") == Kind.DENUNCIATION:
            continue
        try:
            found.append(Label(*_opened(row, vault), values, matter.number, max(one.decided_at for one in decided[row.number])))
        except SealBroken:
            # One damaged record must not stop the training on all others.
            log.warning("label_unreadable", extra={"submission": row.number})
    return sorted(found, key=lambda one: one.decided_at, reverse=True)[:_MOST]


def _decisions(connection: Connection) -> dict[int, list[Row[Any]]]:
    wanted = suggestion.c.task.in_(tuple(ROWS)) & suggestion.c.is_accepted.is_not(None) & suggestion.c.decided_at.is_not(None)
    found: dict[int, list[Row[Any]]] = defaultdict(list)
    for row in connection.execute(select(suggestion).where(wanted).order_by(suggestion.c.number)):
        found[row.submission].append(row)
    return found


def _matters(connection: Connection, numbers: Sequence[int]) -> dict[int, Row[Any]]:
    """The recommendation that each submission was joined to last; none where any of its recommendations is sealed."""
    wanted = select(link.c.submission, recommendation).join(recommendation).where(carries()).order_by(link.c.number)
    found: dict[int, Row[Any]] = {}
    sealed = set()
    for row in connection.execute(wanted):
        found[row.submission] = row
        if row.is_sealed or row.kind == Kind.DENUNCIATION:
            sealed.add(row.submission)
    return {number: found[number] for number in numbers if number in found and number not in sealed}


def _values(decisions: Sequence[Row[Any]], matter: Row[Any]) -> dict[str, str]:
    """What was accepted; where everything suggested was refused, what the recommendation says instead."""
    values = {}
    for task in ROWS:
        mine = [one for one in decisions if one.task == task]
        accepted = [one.value for one in mine if one.is_accepted]
        settled = getattr(matter, task)
        if accepted:
            values[task] = accepted[0]
        elif mine and settled is not None and settled not in [one.value for one in mine]:
            values[task] = settled
    return values


def _opened(row: Row[Any], vault: Vault) -> tuple[str, Vector]:
    text = vault.open(row.text, text_place(row.code))
    if row.vector is None:
        return text, np.zeros(0, np.float32)
    return text, np.frombuffer(vault.open_bytes(row.vector, fingerprint_place(row.number)), np.float16).astype(np.float32)


def _open() -> ColumnElement[bool]:
    gone = submission.c.erased_at.is_not(None) | submission.c.withdrawn_at.is_not(None) | submission.c.is_sealed.is_(True)
    return ~gone & submission.c.text.is_not(None)
