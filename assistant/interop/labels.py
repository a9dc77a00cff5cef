"""What came along with a submission about its kind, field, level and place: suggestions, never decisions."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, insert

from assistant.feedback.tables import OTHERS_RANK, suggestion
from assistant.interop.rows import Label

IMPORT, OPEN311 = "import", "open311"


def suggest(connection: Connection, submission: int, labels: Iterable[Label], model: str, at: datetime) -> None:
    """Keeps `labels` as suggestions of `model` beside those that the machine makes."""
    ranks: dict[str, int] = {}
    rows = []
    for label in labels:
        rank = ranks[label.task] = ranks.get(label.task, OTHERS_RANK - 1) + 1
        opinion = {"task": label.task, "rank": rank, "value": label.value, "score": label.score, "evidence": []}
        rows.append({**opinion, "submission": submission, "model": model, "made_at": at})
    if rows:
        connection.execute(insert(suggestion), rows)
