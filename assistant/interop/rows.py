"""Rows of a table from another portal, before anything is kept: what can be taken, and what is wrong with the rest."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from enum import StrEnum

from assistant.feedback.intake import MOST_CHARACTERS, ContactDetails
from assistant.feedback.states import StateMachine
from assistant.interop.names import ExchangeNames, by_word, folded
from corpus.areas import Area, Areas
from corpus.days import VIETNAM

CONTACT_COLUMNS = ("name", "phone", "email", "address")
_LABELS = ("kind", "field", "level")
_MOST_ID, _MOST_CONTACT = 200, 500
_MOST_CANDIDATES = 12
_EARLIEST_YEAR = 2000
_CHANNEL = re.compile(r"[a-z0-9][a-z0-9.-]{0,29}")
_VIETNAMESE_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})(?:[ ,T]+(\d{1,2}):(\d{2})(?::(\d{2}))?)?")
# How our own tables mark a text that a spreadsheet would take for a formula.
_MARKED = re.compile(r"^'(?=[=+\-@\t\r])")
# A telephone number that a spreadsheet took for a number: its 0 is gone.
_BARE_PHONE = re.compile(r"[35789]\d{8}")

# What a cell may hold: text, a number, a moment, or nothing.
Cell = str | int | float | bool | date | datetime | time | None


class RowFault(StrEnum):
    """Why a row is not taken."""

    NO_TEXT = "no_text"
    TEXT_TOO_LONG = "text_too_long"
    BAD_ID = "bad_id"
    BAD_CHANNEL = "bad_channel"
    BAD_DATE = "bad_date"
    BAD_CONTACT = "bad_contact"
    FORMULA = "formula"
    NOT_A_ROW = "not_a_row"
    TOO_MANY_CELLS = "too_many_cells"
    ID_REPEATED = "id_repeated"
    CHANGED = "changed"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that is not taken. Its number counts from 1, the header included where there is one; never tells what it holds."""

    row: int
    fault: RowFault
    column: str = ""


@dataclass(frozen=True, slots=True)
class RawRow:
    """A row as it was read: cells by column. Where `fault` is set the row could not be read."""

    number: int
    cells: Mapping[str, Cell] = field(repr=False)
    fault: RowFault | None = None
    column: str = ""


@dataclass(frozen=True, slots=True)
class Label:
    """What the portal says a submission is: a value for a task (kind, field, level, area, place)."""

    task: str
    value: str
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class PortalRow:
    """A row that can be taken. `unread`: columns whose value nobody here knows, left out."""

    number: int
    channel: str
    external_id: str
    text: str = field(repr=False)
    language: str
    contact: ContactDetails
    received_at: datetime | None
    state: str | None
    labels: tuple[Label, ...]
    unread: tuple[str, ...]


class _Refused(Exception):
    """Ends the reading of one row."""

    def __init__(self, fault: RowFault, column: str = "") -> None:
        self.fault, self.column = fault, column
        super().__init__(fault)


class RowReader:
    """Reads rows; `areas` is None where the tables of administrative units are not installed."""

    def __init__(self, names: ExchangeNames, machine: StateMachine, areas: Areas | None, now: datetime) -> None:
        self._words = {"kind": by_word(names.kinds), "field": by_word(names.fields), "level": by_word(names.levels)}
        self._states = {folded(word): state.value for state, row in machine.states.items() for word in (state.value, row.vi, row.en)}
        self._areas, self._now = areas, now

    def read(self, raw: RawRow, channel: str) -> PortalRow | BadRow:
        """What the row says; `channel` holds where it names none."""
        if raw.fault is not None:
            return BadRow(raw.number, raw.fault, raw.column)
        try:
            return self._read(raw, channel)
        except _Refused as refused:
            return BadRow(raw.number, refused.fault, refused.column)

    def _read(self, raw: RawRow, channel: str) -> PortalRow:
        cells = {name: _written(name, cell) for name, cell in raw.cells.items()}
        labels, unread = self._labels(cells)
        state = self._states.get(folded(cells.get("state", "")))
        if cells.get("state") and state is None:
            unread = (*unread, "state")
        return PortalRow(
            number=raw.number,
            channel=channel_name(cells.get("channel") or channel),
            external_id=_at_most(cells.get("external_id", ""), _MOST_ID, RowFault.BAD_ID, "external_id"),
            text=_text(cells.get("text", "")),
            language="en" if cells.get("language", "").lower().startswith("en") else "vi",
            contact=_contact(cells),
            received_at=self._moment(raw.cells.get("received_at")),
            state=state,
            labels=labels,
            unread=unread,
        )

    def _labels(self, cells: Mapping[str, str]) -> tuple[tuple[Label, ...], tuple[str, ...]]:
        found = {name: self._words[name].get(folded(cells[name])) for name in _LABELS if cells.get(name)}
        labels = [Label(name, value) for name, value in found.items() if value]
        unread = [name for name, value in found.items() if value is None]
        if cells.get("area"):
            places = area_labels(cells["area"], self._areas)
            labels += places
            unread += [] if places else ["area"]
        return tuple(labels), tuple(unread)

    def _moment(self, cell: Cell) -> datetime | None:
        moment = _moment(cell)
        if moment is not None and (moment.year < _EARLIEST_YEAR or moment > self._now):
            raise _Refused(RowFault.BAD_DATE, "received_at")
        return moment


def channel_name(written: str) -> str:
    """A portal's name as it is kept: in small letters. Raises `_Refused` inside a row."""
    name = written.strip().lower()
    if not is_channel_name(name):
        raise _Refused(RowFault.BAD_CHANNEL, "channel")
    return name


def is_channel_name(name: str) -> bool:
    """Whether a portal can be called so."""
    return _CHANNEL.fullmatch(name) is not None


def area_labels(written: str, areas: Areas | None) -> list[Label]:
    """The unit that a code ("commune:00454", "00454", "01") or words name; all candidates as places where it may be several."""
    if areas is None or len(written) > _MOST_CONTACT:
        return []
    level, _, code = written.strip().rpartition(":")
    unit = areas.commune(code) if level != "province" and len(code) != 2 else areas.province(code)
    if unit is not None:
        return [Label("area", _key(unit))]
    for match in areas.find(written):
        if len(match.today) == 1:
            return [Label("area", _key(match.today[0]))]
        return [Label("place", _key(one), 1 / len(match.today)) for one in match.today[:_MOST_CANDIDATES]]
    return []


def _key(area: Area) -> str:
    return f"{area.level.value}:{area.code}"


def _written(name: str, cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    # No database holds a NUL or half of a surrogate pair, which JSON can name.
    text = _MARKED.sub("", str(cell), count=1).encode("utf-8", "replace").decode().replace("\x00", "\ufffd")
    if name == "phone" and _BARE_PHONE.fullmatch(text):
        return f"0{text}"
    return text if name == "text" else text.strip()


def _text(written: str) -> str:
    if not written.strip():
        raise _Refused(RowFault.NO_TEXT, "text")
    return _at_most(written, MOST_CHARACTERS, RowFault.TEXT_TOO_LONG, "text")


def _contact(cells: Mapping[str, str]) -> ContactDetails:
    told = {name: _at_most(cells.get(name, ""), _MOST_CONTACT, RowFault.BAD_CONTACT, name) for name in CONTACT_COLUMNS}
    return ContactDetails(**told)


def _at_most(written: str, longest: int, fault: RowFault, column: str) -> str:
    if len(written) > longest:
        raise _Refused(fault, column)
    return written


def _moment(cell: Cell) -> datetime | None:
    """The moment in a cell; one without a zone is Vietnam's, a day its midnight."""
    if cell is None or (isinstance(cell, str) and not cell.strip()):
        return None
    moment = cell if isinstance(cell, datetime) else _parsed(cell)
    try:
        return (moment if moment.tzinfo else moment.replace(tzinfo=VIETNAM)).astimezone(UTC)
    except OverflowError as error:
        raise _Refused(RowFault.BAD_DATE, "received_at") from error


def _parsed(cell: Cell) -> datetime:
    if isinstance(cell, date):
        return datetime.combine(cell, time.min)
    text = str(cell).strip()
    try:
        if match := _VIETNAMESE_DAY.fullmatch(text):
            day, month, year, hour, minute, second = (int(part or 0) for part in match.groups())
            return datetime(year, month, day, hour, minute, second)  # noqa: DTZ001 - the zone is set by the caller
        return datetime.fromisoformat(text)
    except ValueError as error:
        raise _Refused(RowFault.BAD_DATE, "received_at") from error
