"""Tables as other portals write them, row by row: CSV, JSON lines, XLSX. A file is either read to its end or refused as a whole."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import file_digest
from io import TextIOWrapper
from pathlib import Path
from typing import Any

from assistant.interop.errors import FileFault, TableUnreadable
from assistant.interop.names import ExchangeNames, folded
from assistant.interop.rows import Cell, RawRow, RowFault
from assistant.interop.workbooks import Formula, sheet_rows

MOST_ROWS = 100_000
_MOST_BYTES = 200_000_000
_LONGEST_LINE = 1_000_000
_DELIMITERS = ",;\t"
_CSV, _JSONL, _XLSX = (".csv", ".tsv", ".txt"), (".jsonl", ".ndjson"), (".xlsx",)
_PLAIN = (str, int, float, bool, type(None))


@dataclass(frozen=True, slots=True)
class PortalTable:
    """A file that was looked through: its rows can be read again and again. `unknown`: columns that nobody here knows, left out."""

    path: Path
    digest: str
    unknown: tuple[str, ...]
    size: int
    names: ExchangeNames

    def rows(self) -> Iterator[RawRow]:
        """Every row but empty ones, in order."""
        return _rows(self.path, self.names)


def open_table(path: Path, names: ExchangeNames) -> PortalTable:
    """The table in `path`, read once from beginning to end. Raises `TableUnreadable` and what opening a file raises."""
    if path.stat().st_size > _MOST_BYTES:
        raise TableUnreadable(FileFault.TOO_LARGE, detail=str(_MOST_BYTES // 1_000_000))
    size = 0
    for size, row in enumerate(_rows(path, names), start=1):
        if size > MOST_ROWS:
            raise TableUnreadable(FileFault.TOO_MANY_ROWS, row.number, str(MOST_ROWS))
    with path.open("rb") as file:
        digest = file_digest(file, "sha256").hexdigest()
    return PortalTable(path, digest, _unknown(path, names), size, names)


def _rows(path: Path, names: ExchangeNames) -> Iterator[RawRow]:
    kind = path.suffix.lower()
    if kind in _JSONL:
        return _json_rows(path, names)
    if kind in _CSV:
        return _table_rows(_csv_lines(path), names)
    if kind in _XLSX:
        return _table_rows(sheet_rows(path), names)
    raise TableUnreadable(FileFault.UNKNOWN_FORMAT, detail=kind)


def _unknown(path: Path, names: ExchangeNames) -> tuple[str, ...]:
    if path.suffix.lower() in _JSONL:
        return ()
    lines = _csv_lines(path) if path.suffix.lower() in _CSV else sheet_rows(path)
    header = next(iter(lines), (0, ()))[1]
    return tuple(str(cell)[:60] for cell in header if cell is not None and str(cell).strip() and _column(cell, names) is None)


# A line is its number with its cells.
_Line = tuple[int, Sequence[Cell | Formula]]


def _table_rows(lines: Iterable[_Line], names: ExchangeNames) -> Iterator[RawRow]:
    header: list[str | None] | None = None
    for number, cells in lines:
        if header is None:
            header = _header(cells, names)
        elif any(cell is not None and str(cell).strip() for cell in cells):
            yield _raw(number, cells, header)
    if header is None:
        raise TableUnreadable(FileFault.NO_HEADER)


def _header(cells: Sequence[Cell | Formula], names: ExchangeNames) -> list[str | None]:
    columns = [None if isinstance(cell, Formula) else _column(cell, names) for cell in cells]
    known = [column for column in columns if column]
    if "text" not in known:
        raise TableUnreadable(FileFault.NO_TEXT_COLUMN, 1)
    for column in known:
        if known.count(column) > 1:
            raise TableUnreadable(FileFault.COLUMN_TWICE, 1, column)
    return columns


def _column(cell: object, names: ExchangeNames) -> str | None:
    """The column that a title names; "number" is the id in tables that we write ourselves."""
    title = folded(str(cell))
    if title == "number":
        return "external_id"
    return next((name for name, words in names.columns.items() if title in {folded(word) for word in (name, *words)}), None)


def _raw(number: int, cells: Sequence[Cell | Formula], header: Sequence[str | None]) -> RawRow:
    if any(cell is not None and str(cell).strip() for cell in cells[len(header) :]):
        return RawRow(number, {}, RowFault.TOO_MANY_CELLS)
    read: dict[str, Cell] = {}
    for column, cell in zip(header, cells, strict=False):
        if column and isinstance(cell, Formula):
            return RawRow(number, {}, RowFault.FORMULA, column)
        if column and not isinstance(cell, Formula):
            read[column] = cell
    return RawRow(number, read)


def _csv_lines(path: Path) -> Iterator[_Line]:
    """Rows with their numbers as a spreadsheet counts them."""
    csv.field_size_limit(_LONGEST_LINE)
    with path.open("rb") as raw, TextIOWrapper(raw, encoding="utf-8-sig", errors="strict", newline="") as file:
        number = 1
        try:
            first = file.readline(_LONGEST_LINE)
            file.seek(0)
            reader = csv.reader(file, delimiter=_delimiter(first), strict=True)
            for number, cells in enumerate(reader, start=1):
                yield number, cells
        except UnicodeDecodeError as error:
            raise TableUnreadable(FileFault.NOT_UTF8, number) from error
        except csv.Error as error:
            raise TableUnreadable(FileFault.BROKEN, number) from error


def _delimiter(header: str) -> str:
    """The one that stands most often in the header; a comma where none does."""
    return max(_DELIMITERS, key=lambda one: (header.count(one), -_DELIMITERS.index(one)))


def _json_rows(path: Path, names: ExchangeNames) -> Iterator[RawRow]:
    with path.open("rb") as file:
        number = 0
        while line := file.readline(_LONGEST_LINE + 1):
            number += 1
            if len(line) > _LONGEST_LINE:
                raise TableUnreadable(FileFault.BROKEN, number)
            try:
                text = line.decode("utf-8-sig" if number == 1 else "utf-8").strip()
            except UnicodeDecodeError as error:
                raise TableUnreadable(FileFault.NOT_UTF8, number) from error
            if text:
                yield _json_row(number, text, names)


def _json_row(number: int, text: str, names: ExchangeNames) -> RawRow:
    try:
        content: Any = json.loads(text)
    # Brackets in brackets in brackets end in the second.
    except (ValueError, RecursionError):
        return RawRow(number, {}, RowFault.NOT_A_ROW)
    if not isinstance(content, Mapping):
        return RawRow(number, {}, RowFault.NOT_A_ROW)
    read: dict[str, Cell] = {}
    for name, value in content.items():
        if column := _column(name, names):
            if not isinstance(value, _PLAIN) or column in read:
                return RawRow(number, {}, RowFault.NOT_A_ROW, column)
            read[column] = value
    return RawRow(number, read)
