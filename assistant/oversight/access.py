"""Who may read the register and who may write in it, and how two people are kept from overwriting each other."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, Table, select, update

from assistant.feedback.states import Actor, Role
from assistant.oversight.errors import OversightChanged, OversightForbidden, OversightNotFound, OversightRefused, Part

WRITERS = (Role.REVIEWER, Role.APPROVER, Role.UNIT_ADMIN)
READERS = (*WRITERS, Role.AUDITOR, Role.DEPUTY)
MOST_CHARACTERS = 20_000
# Luật MTTQVN 75/2015 is in force since that day: no record of the register lies before it.
FIRST_DAY = date(2016, 1, 1)
# No engine takes a larger one.
LARGEST_NUMBER = 2**63 - 1
_LONGEST_NAME = 200


def must_read(actor: Actor) -> None:
    """Raises `OversightForbidden` where `actor` may not read the register."""
    _must_be(actor, READERS)


def must_write(actor: Actor) -> None:
    """Raises `OversightForbidden` where `actor` may not write in the register."""
    _must_be(actor, WRITERS)


def found(connection: Connection, table: Table, what: str, number: int) -> Row[Any]:
    """The row. Raises `OversightNotFound`."""
    row = connection.execute(select(table).where(table.c.number == number)).first() if number <= LARGEST_NUMBER else None
    if row is None:
        raise OversightNotFound(what, number)
    return row


def read_at(connection: Connection, table: Table, what: str, number: int, version: int) -> Row[Any]:
    """The row, held until the transaction ends. Raises `OversightNotFound`, and `OversightChanged` where it has another version."""
    found(connection, table, what, number)
    row = connection.execute(select(table).where(table.c.number == number).with_for_update()).one()
    if row.version != version:
        raise OversightChanged(what, number, row.version)
    return row


def change(connection: Connection, table: Table, row: Row[Any], now: datetime, values: Mapping[str, object]) -> None:
    """Writes `values` into a row that `read_at` gave; its version goes up by one."""
    mine = table.c.number == row.number
    connection.execute(update(table).where(mine).values(**values, version=row.version + 1, changed_at=now))


def require(what: Part, *, holds: bool) -> None:
    """Raises `OversightRefused` with the name of the part where it does not hold."""
    if not holds:
        raise OversightRefused(what)


def require_name(what: Part, name: str) -> None:
    """Raises `OversightRefused` for the name of a body that is empty or too long."""
    require(what, holds=0 < len(name.strip()) <= len(name) <= _LONGEST_NAME)


def require_text(what: Part, text: str) -> None:
    """Raises `OversightRefused` for a text that is empty or too long."""
    require(what, holds=bool(text.strip()) and len(text) <= MOST_CHARACTERS)


def require_day(what: Part, day: date, *, first: date, last: date) -> None:
    """Raises `OversightRefused` for a day that does not lie from `first` to `last`."""
    require(what, holds=first <= day <= last)


def _must_be(actor: Actor, needed: tuple[Role, ...]) -> None:
    if actor.roles.isdisjoint(needed):
        raise OversightForbidden(needed)
