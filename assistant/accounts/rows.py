"""Accounts as they stand in the database."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row, select

from assistant.accounts.errors import AccountNotFound
from assistant.accounts.tables import account
from assistant.accounts.types import Account, given


def account_of(row: Row[Any]) -> Account:
    """The account of a row of the table."""
    return Account(
        number=row.number,
        name=row.name,
        title=row.title,
        roles=frozenset(map(given, row.roles)),
        bodies=frozenset(row.bodies),
        has_authenticator=row.authenticator is not None,
        is_invited=row.invited is not None,
        is_disabled=row.is_disabled,
    )


def row_of(connection: Connection, name: str) -> Row[Any]:
    """The row of the account of this name. Raises `AccountNotFound`."""
    row = connection.execute(select(account).where(account.c.name == name)).first()
    if row is None:
        raise AccountNotFound
    return row
