"""Tables as text: CSV that spreadsheets open as it is, and JSON lines."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import StringIO

Value = str | int | None
# What a spreadsheet would compute.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_lines(header: Sequence[str], rows: Iterable[Sequence[Value]]) -> Iterator[str]:
    """CSV with a byte order mark; a text that a spreadsheet would take for a formula begins with an apostrophe."""
    yield "\ufeff" + _line(header)
    for row in rows:
        yield _line([_cell(value) for value in row])


def json_lines(rows: Iterable[Mapping[str, Value]]) -> Iterator[str]:
    """A JSON object a line."""
    yield from (json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def _cell(value: Value) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(_FORMULA) else text


def _line(cells: Iterable[str]) -> str:
    written = StringIO()
    csv.writer(written, lineterminator="\r\n").writerow(cells)
    return written.getvalue()
