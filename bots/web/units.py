"""Today's administrative units for the pages that name them, read when first needed: it takes a fifth of a second."""

from __future__ import annotations

from threading import Lock

from corpus.areas import Area, Areas
from corpus.errors import SourceUnreadable


class Units:
    """The units of the installed data, or none."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._read: tuple[Areas | None] | None = None

    def areas(self) -> Areas | None:
        """All of them; None where no tables are installed."""
        with self._lock:
            if self._read is None:
                self._read = (_areas(),)
            return self._read[0]

    def full(self, key: str) -> str:
        """The full name of a key ("commune:00454"), empty where nobody knows it."""
        level, _, code = key.partition(":")
        areas = self.areas() if code else None
        unit: Area | None = None
        if areas is not None:
            unit = areas.province(code) if level == "province" else areas.commune(code)
        return unit.full if unit else ""


def _areas() -> Areas | None:
    try:
        return Areas.load()
    except SourceUnreadable:
        return None
