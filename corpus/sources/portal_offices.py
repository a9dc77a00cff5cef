"""Which office handles a procedure, and what must be so before one applies, in the portal's words."""

from __future__ import annotations

from corpus.sources.portal_text import stated
from corpus.text import fold
from corpus.types import Level, ReceivingPlace

_LEVELS = {"cap bo": Level.CENTRAL, "cap tinh": Level.PROVINCE, "cap xa": Level.COMMUNE}
_NO_CONDITION = {"khong", "khong co", "khong quy dinh", "khong yeu cau"}


def places(level: str, agency: str, authority: str) -> tuple[ReceivingPlace, ...]:
    """The one place the portal names; its level only where it names one, its level's name where it names no office."""
    body = stated(agency) or stated(authority) or stated(level)
    if body is None:
        return ()
    return (ReceivingPlace(_LEVELS.get(fold(level).strip()), body),)


def remarks(conditions: str, authority: str, agency: str) -> tuple[str, ...]:
    """The conditions, and the body that decides where it is not the one that handles the procedure."""
    words = stated(conditions)
    found = []
    if words is not None and fold(words).strip(" .-") not in _NO_CONDITION:
        found.append(f"Yêu cầu, điều kiện: {words}")
    decides = stated(authority)
    if decides is not None and stated(agency) not in (None, decides):
        found.append(f"Cơ quan có thẩm quyền: {decides}")
    return tuple(found)
