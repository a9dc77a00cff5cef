"""Recommendations as a table for other programs: CSV, JSON lines or XLSX; nothing sealed, no words of senders.

A row: `COLUMNS` (docs/exchange.md). Texts are those that a person wrote; places are keys of today's units ("commune:00454").
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select

from assistant.database import reading
from assistant.feedback.desk import FeedbackDesk
from assistant.feedback.queue import Matter
from assistant.feedback.states import Actor
from assistant.feedback.tables import recommendation
from assistant.feedback.types import Kind
from assistant.feedback.wanted import Wanted
from assistant.interop.workbooks import workbook
from assistant.interop.writing import Value, csv_lines, json_lines

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
    "statement",
)
_PAGE = 200


class TableFormat(StrEnum):
    """How a table is written."""

    CSV = "csv"
    JSONL = "jsonl"
    XLSX = "xlsx"


@dataclass(frozen=True, slots=True)
class ExportedMatter:
    """A recommendation with the statement that a reviewer wrote of it."""

    matter: Matter
    statement: str | None


def exportable(desk: FeedbackDesk, actor: Actor) -> Iterator[ExportedMatter]:
    """Everything that `actor` may see and is not sealed, by number."""
    last = 0
    while page := desk.queue.page(actor, Wanted(after=last), _PAGE):
        last = page[-1].number
        wanted = select(recommendation.c.number, recommendation.c.statement).where(
            recommendation.c.number.in_([one.number for one in page]) & recommendation.c.is_sealed.is_(False)
        )
        with reading(desk.engine) as connection:
            statements = {row.number: row.statement for row in connection.execute(wanted)}
        # What was sealed since the page was read is not among the statements.
        yield from (ExportedMatter(one, statements[one.number]) for one in page if one.number in statements and _is_plain(one))


def exported(matters: Iterable[ExportedMatter], form: TableFormat, now: datetime) -> Iterator[bytes]:
    """The table in pieces. CSV begins with a byte order mark; no cell becomes a formula in a spreadsheet."""
    rows = (_row(one) for one in matters if _is_plain(one.matter))
    if form is TableFormat.XLSX:
        yield workbook("recommendations", COLUMNS, (tuple(row.values()) for row in rows), now)
        return
    lines = json_lines(rows) if form is TableFormat.JSONL else csv_lines(COLUMNS, (tuple(row.values()) for row in rows))
    yield from (line.encode("utf-8", "replace") for line in lines)


def _is_plain(matter: Matter) -> bool:
    return not matter.is_sealed and matter.kind != Kind.DENUNCIATION


def _row(one: ExportedMatter) -> dict[str, Value]:
    matter = one.matter
    own = {
        "opened_at": matter.opened_at.isoformat(),
        "changed_at": matter.changed_at.isoformat(),
        "state": matter.state.value,
        "statement": one.statement,
    }
    return {column: own[column] if column in own else getattr(matter, column) for column in COLUMNS}
