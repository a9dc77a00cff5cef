"""XLSX in and out. What comes from strangers is measured before it is unpacked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile
from zlib import error as DeflateError  # noqa: N812 - the library's name says nothing

from assistant.interop.errors import FileFault, TableUnreadable

Value = str | int | float | bool | date | datetime | None

_MOST_UNPACKED = 400_000_000
_MOST_PARTS = 2_000
# Office itself stays far below; only what is big as well is a bomb.
_MOST_RATIO, _SMALL = 200, 10_000_000
# The format forbids document types; entities that grow are declared there.
_DOCTYPE = re.compile(rb"<\s*!\s*DOCTYPE|<\0!\0D\0O|\0<\0!\0D\0O", re.IGNORECASE)
_LOOKED_AT = 8_192
# What one cell of the format may hold is 32,767 characters.
_CELL = 32_000
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Formula:
    """A cell that would be computed; what it shows is anybody's guess."""


def has_workbooks() -> bool:
    """Whether the library for XLSX is installed."""
    return find_spec("openpyxl") is not None


def sheet_rows(path: Path) -> Iterator[tuple[int, Sequence[Any]]]:  # Any: what a cell holds, or `Formula`
    """The rows of the first visible sheet with their numbers, counted from 1. Raises `TableUnreadable`."""
    from openpyxl import load_workbook  # type: ignore[import-untyped]  # the package has no types

    _measure(path)
    number = 0
    try:
        with closing(load_workbook(path, read_only=True)) as book:
            sheet = next((one for one in book.worksheets if one.sheet_state == "visible"), None)
            if sheet is None:
                return
            # What a file says of its own size need not be true.
            sheet.reset_dimensions()
            for number, cells in enumerate(sheet.iter_rows(), start=1):
                yield number, [Formula() if cell.data_type == "f" else _plain(cell.value) for cell in cells]
    # Whatever the library stumbles over in a broken file: it names no errors of its own for most of it.
    except (BadZipFile, DeflateError, KeyError, ValueError, TypeError, AttributeError, IndexError, SyntaxError, EOFError, OSError) as error:
        raise TableUnreadable(FileFault.BROKEN, number) from error


def workbook(title: str, header: Sequence[str], rows: Iterable[Sequence[Value]], made_at: datetime) -> bytes:
    """An XLSX file with one sheet, a header and `rows`; no cell is a formula, whatever it begins with."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell  # type: ignore[import-untyped]
    from openpyxl.styles import Font  # type: ignore[import-untyped]

    book = Workbook(write_only=True)
    book.properties.creator, book.properties.title = "Diên Hồng", title
    book.properties.created = book.properties.modified = made_at.replace(tzinfo=None)
    sheet = book.create_sheet(title[:31])
    sheet.freeze_panes = "A2"
    head = [_cell(WriteOnlyCell(sheet), name) for name in header]
    for cell in head:
        cell.font = Font(bold=True)
    sheet.append(head)
    for row in rows:
        sheet.append([_cell(WriteOnlyCell(sheet), value) for value in row])
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def printable(text: str) -> str:
    """`text` without the characters that no XML file may hold."""
    return _UNPRINTABLE.sub("", text)


def _cell(cell: Any, value: Value) -> Any:  # Any: the library's own cell
    if isinstance(value, str):
        cell.value = printable(value)[:_CELL]
        cell.data_type = "s"
        return cell
    cell.value = value
    return cell


def _plain(value: Any) -> Value:
    return value if isinstance(value, Value) or value is None else str(value)


def _measure(path: Path) -> None:
    """Raises `TableUnreadable` for what is no workbook, would fill the memory, or declares entities."""
    try:
        with ZipFile(path) as packed:
            parts: Mapping[str, tuple[int, int]] = {one.filename: (one.file_size, one.compress_size) for one in packed.infolist()}
            _measure_parts(parts, len(packed.infolist()))
            for name in parts:
                if name.endswith((".xml", ".rels")):
                    with packed.open(name) as part:
                        if _DOCTYPE.search(part.read(_LOOKED_AT)):
                            raise TableUnreadable(FileFault.UNSAFE, detail="DOCTYPE")
    except (BadZipFile, DeflateError, NotImplementedError, RuntimeError, EOFError, ValueError) as error:
        raise TableUnreadable(FileFault.BROKEN) from error


def _measure_parts(parts: Mapping[str, tuple[int, int]], count: int) -> None:
    is_bomb = any(size > _SMALL and size > _MOST_RATIO * max(1, packed) for size, packed in parts.values())
    if is_bomb or count > _MOST_PARTS or count != len(parts) or sum(size for size, _ in parts.values()) > _MOST_UNPACKED:
        raise TableUnreadable(FileFault.TOO_LARGE, detail=str(_MOST_UNPACKED // 1_000_000))
