"""The annex of the session report as a workbook: the matters, the tables, and how each number was counted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.feedback.reports.session_report import UNKNOWN, ReportClaim, ReportedMatter, SessionFigures, printable
from assistant.feedback.reports.suppression import COVERED, SMALL
from assistant.feedback.reports.words import ReportWords
from assistant.feedback.states import StateMachine
from assistant.feedback.types import Kind

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell  # type: ignore[import-untyped]
    from openpyxl.worksheet.worksheet import Worksheet  # type: ignore[import-untyped]

_Value = int | str | date | None
_Row = Sequence[_Value]
_HEADER_COLOUR = "E7E6E6"
_FONT = "Times New Roman"
# What one cell of the format may hold is 32,767 characters.
_CELL = 32_000
_MATTER_WIDTHS = (7, 16, 18, 11, 15, 28, 52, 9, 16, 18, 12, 11)
_CLAIM_WIDTHS = (36, 44, 10, 46, 68, 80)
# A record's number is a name: 1234, not 1.234.
_NAME_FORMAT = "0"


def write_xlsx(figures: SessionFigures, matters: Sequence[ReportedMatter], path: Path) -> None:
    """Writes the annex to `path`: sheets of matters, fields by level, provinces, claims and notes.

    A matter shows its field, level and province only where the tables tell the count it belongs to: who filters the list learns no more
    than the tables say. For the same reason suppressed claims, and those whose records would point to suppressed ones, name no records.
    """
    from openpyxl import Workbook  # type: ignore[import-untyped]

    words = ReportWords.load()
    book = Workbook()
    book.properties.creator = figures.session.issuer
    book.properties.title = words.subject.format(
        number_of_session=figures.session.number_of_session, legislature=figures.session.legislature
    )
    sheets = words.annex.sheets
    _fill(book.active, sheets["matters"], words.annex.matters, _matter_rows(figures, matters, words), _MATTER_WIDTHS)
    for cell in book.active["A"]:
        cell.number_format = _NAME_FORMAT
    levels = [words.levels[name] for name in figures.levels]
    header = (words.columns["field"], *levels, words.columns["total"])
    _fill(book.create_sheet(), sheets["fields"], header, _field_rows(figures, words), (42, *(14 for _ in levels), 14))
    header = (words.columns["area"], words.columns["count"])
    _fill(book.create_sheet(), sheets["areas"], header, _area_rows(figures, words), (36, 16))
    _fill(book.create_sheet(), sheets["claims"], words.annex.claims, _claim_rows(figures, words), _CLAIM_WIDTHS, is_wrapped=False)
    _fill(book.create_sheet(), sheets["notes"], (words.annex.notes_header,), [(note,) for note in words.annex.notes], (120,))
    book.save(path)


def _matter_rows(figures: SessionFigures, matters: Sequence[ReportedMatter], words: ReportWords) -> Iterator[_Row]:
    told, states = figures.told(), StateMachine.load().states
    counted = {number for claim in figures.claims if claim.id == "total" for number in claim.record_numbers}
    for one in sorted((one for one in matters if one.number in counted), key=lambda one: one.number):
        yield (
            one.number,
            words.kinds[one.kind],
            *_told_places(one, told, words),
            one.title,
            one.statement,
            one.submissions,
            states[one.state].vi,
            "" if one.kind == Kind.PRAISE else words.classes[one.resolution or UNKNOWN],
            one.opened_on,
            words.annex.yes if one.is_for_next_report else "",
        )


def _told_places(matter: ReportedMatter, told: frozenset[str], words: ReportWords) -> tuple[str, str, str]:
    """Field, level and province, each only where a told count goes with it; praise stands in no table."""
    field, level, area, hidden = matter.field or UNKNOWN, matter.level or UNKNOWN, matter.area or UNKNOWN, words.annex.hidden
    if matter.kind == Kind.PRAISE:
        return hidden, hidden, hidden
    is_cell_told = f"cell:{field}:{level}" in told
    return (
        words.fields[field] if is_cell_told or f"field:{field}" in told else hidden,
        words.levels[level] if is_cell_told else hidden,
        (matter.area or words.area_unknown) if f"area:{area}" in told else hidden,
    )


def _field_rows(figures: SessionFigures, words: ReportWords) -> Iterator[_Row]:
    values = figures.values()
    for row in figures.fields:
        yield (words.fields[row], *(values[f"cell:{row}:{column}"] for column in figures.levels), values[f"field:{row}"])
    yield (words.columns["total"], *(values[f"level:{column}"] for column in figures.levels), values["asks"])


def _area_rows(figures: SessionFigures, words: ReportWords) -> Iterator[_Row]:
    values = figures.values()
    for area in figures.areas:
        yield (words.area_unknown if area == UNKNOWN else area, values[f"area:{area}"])
    yield (words.columns["total"], values["asks"])


def _claim_rows(figures: SessionFigures, words: ReportWords) -> Iterator[_Row]:
    told = figures.told()
    suppressed = {claim.sentence_key for claim in figures.claims if claim.id not in told}
    for claim in figures.claims:
        # Which records a level has would tell the level of those whose cell is suppressed; and so for provinces.
        is_telling = {"level": "cell", "places": "area"}.get(claim.sentence_key) in suppressed
        is_listed = claim.id in told and not is_telling
        proof = (claim.snapshot_hash, *_listed(claim)) if is_listed else (words.annex.hidden, words.annex.hidden)
        yield (claim.id, words.claims[claim.sentence_key], claim.value, claim.query, *proof)


def _listed(claim: ReportClaim) -> Iterator[str]:
    """The numbers as runs ("3-5, 9"), in as many cells as they need."""
    cell = ""
    for first, last in _runs(claim.record_numbers):
        run = str(first) if first == last else f"{first}-{last}"
        if len(cell) + len(run) > _CELL:
            yield cell
            cell = ""
        cell = f"{cell}, {run}" if cell else run
    yield cell


def _runs(numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    first = last = None
    for number in numbers:
        if first is not None and last is not None and number != last + 1:
            yield first, last
            first = number
        first, last = number if first is None else first, number
    if first is not None and last is not None:
        yield first, last


def _fill(
    sheet: Worksheet, name: str, header: Sequence[str], rows: Iterable[_Row], widths: Sequence[int], *, is_wrapped: bool = True
) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill  # type: ignore[import-untyped]
    from openpyxl.utils import get_column_letter  # type: ignore[import-untyped]

    sheet.title = name
    plain, bold = Font(name=_FONT, size=11), Font(name=_FONT, size=11, bold=True)
    left, right = Alignment(vertical="top", wrap_text=is_wrapped), Alignment(vertical="top", horizontal="right")
    middle = Alignment(vertical="center", horizontal="center", wrap_text=True)
    for row, values in enumerate((header, *rows), start=1):
        for column, value in enumerate(values, start=1):
            cell = sheet.cell(row, column)
            _put(cell, value)
            is_count = isinstance(value, int) or value in (SMALL, COVERED)
            cell.font, cell.alignment = (bold, middle) if row == 1 else (plain, right if is_count else left)
        if is_wrapped or row == 1:
            sheet.row_dimensions[row].height = _height(values, widths)
    for column in range(1, len(header) + 1):
        sheet.cell(1, column).fill = PatternFill("solid", fgColor=_HEADER_COLOUR)
        sheet.column_dimensions[get_column_letter(column)].width = widths[column - 1]
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(header))}{sheet.max_row}"
    _for_paper(sheet)


def _height(values: _Row, widths: Sequence[int]) -> float:
    """Enough points for the longest text: not every program measures rows when it opens a file. 409 is the most a row may have."""
    lines = (ceil(len(value) / width) for value, width in zip(values, widths, strict=False) if isinstance(value, str))
    return min(15.0 * max(1, *lines), 409.0)


def _put(cell: Cell, value: _Value) -> None:
    if isinstance(value, str):
        # As text whatever it begins with: "=…" written by anybody must not become a formula.
        cell.value = printable(value)[:_CELL]
        cell.data_type = "s"
        return
    cell.value = value
    # 42A is Vietnamese: 1.234.
    cell.number_format = "dd/mm/yyyy" if isinstance(value, date) else "[$-42A]#,##0"


def _for_paper(sheet: Worksheet) -> None:
    """A4 across, all columns on one page, the header on each; what a long list of records has beyond its cell is for the screen."""
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.print_title_rows, sheet.print_area = "1:1", sheet.auto_filter.ref
