"""Recommendations as a table for other programs: CSV for spreadsheets, or JSON lines; nothing sealed, no words of senders.

A row: `COLUMNS`. Texts are those that a person wrote or released; places are keys of today's units ("commune:00454").
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator
from enum import StrEnum
from io import StringIO

from assistant.feedback.recommendations import Matter

COLUMNS = (
    "number",
    "state",
    "kind",
    "field",
    "level",
    "area",
    "body",
    "title",
    "urgency",
    "submissions",
    "opened_at",
    "changed_at",
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class TableFormat(StrEnum):
    """How a table is written."""

    CSV = "csv"
    JSONL = "jsonl"


def exported(matters: Iterable[Matter], form: TableFormat) -> Iterator[str]:
    """The table in pieces. CSV begins with a byte order mark; a cell that a spreadsheet would take for a formula is marked as text."""
    rows = (_row(one) for one in matters if not one.is_sealed)
    if form is TableFormat.JSONL:
        yield from (json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        return
    yield "\ufeff" + _line(COLUMNS)
    for row in rows:
        yield _line([_cell(row[column]) for column in COLUMNS])


def _row(matter: Matter) -> dict[str, str | int | None]:
    moments = {"opened_at": matter.opened_at.isoformat(), "changed_at": matter.changed_at.isoformat()}
    return {column: moments.get(column, getattr(matter, column, None)) for column in COLUMNS}


def _cell(value: str | int | None) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


def _line(cells: Iterable[str]) -> str:
    written = StringIO()
    csv.writer(written, lineterminator="\r\n").writerow(cells)
    return written.getvalue()
