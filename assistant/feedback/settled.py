"""What persons settled of a recommendation, apart from what a machine only thinks of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Row

FACTS = ("kind", "field", "level", "area", "body")


def settled(row: Row[Any], name: str) -> str | None:
    """A fact as a person settled it; None where none did, whatever a machine thinks."""
    value: str | None = getattr(row, name)
    return value if name in _names(row) else None


def with_settled(row: Row[Any], names: Iterable[str]) -> str:
    """The column with the names of all facts that persons settled once those of `names` are."""
    return " ".join(sorted({*_names(row), *(name for name in names if name in FACTS)}))


def _names(row: Row[Any]) -> list[str]:
    return (row.settled or "").split()
