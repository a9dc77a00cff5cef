"""What a unit of today was at the time of which a letter speaks."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, select

from assistant.feedback.tables import suggestion
from assistant.feedback.types import FORMER_UNIT


def area_then(connection: Connection, submissions: Sequence[int], area: str) -> str:
    """What the unit `area` was at the time: the older one by whose name the letters name it, else itself."""
    mine = suggestion.c.submission.in_(submissions) & suggestion.c.task.in_(("place", "area_then"))
    rows = connection.execute(select(suggestion).where(mine).order_by(suggestion.c.submission, suggestion.c.rank)).all()
    places = [(row.submission, span) for row in rows if (row.task, row.value) == ("place", area) for span in row.evidence]
    for row in rows:
        is_former = row.task == "area_then" and row.value.startswith(FORMER_UNIT)
        if is_former and any(row.submission == one and _meet(span, other) for one, span in places for other in row.evidence):
            return str(row.value)
    return area


def _meet(one: Sequence[int], other: Sequence[int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]
