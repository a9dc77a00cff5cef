"""Sessions: a random token in a cookie, its keyed hash in the database, over when somebody was away or has worked a day."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, Engine, delete, insert, select, update

from assistant.accounts.rows import account_of
from assistant.accounts.tables import account, account_session
from assistant.accounts.types import Account
from assistant.database import reading, writing
from assistant.feedback.vault import Vault

IDLE, LONGEST = timedelta(minutes=30), timedelta(hours=12)
# Whoever gave the password has so long for the code.
UNTIL_CODE = timedelta(minutes=5)
# The moment somebody was seen last is written no more often: a page asks several times a second.
_SEEN_EVERY = timedelta(minutes=1)
_TOKEN_BYTES = 32


@dataclass(frozen=True, slots=True)
class Session:
    """Somebody who signed in. `guard` stands in every form, so that no other site's page can send it. `is_whole`: nothing is missing."""

    token: str = field(repr=False)
    account: Account
    guard: str = field(repr=False)
    is_whole: bool


class Sessions:
    """The sessions of one database; `clock` in UTC."""

    def __init__(self, engine: Engine, vault: Vault, clock: Callable[[], datetime]) -> None:
        self._engine, self._vault, self._clock = engine, vault, clock

    def open(self, connection: Connection, number: int, *, is_whole: bool) -> str:
        """The token of a fresh session of account `number`: never one that was there before somebody signed in."""
        token, now = secrets.token_urlsafe(_TOKEN_BYTES), self._clock()
        values = {"token": self._hash(token), "account": number, "is_whole": is_whole, "opened_at": now, "seen_at": now}
        connection.execute(insert(account_session).values(values))
        return token

    def find(self, token: str) -> Session | None:
        """The session of a token, if it still stands; it is kept alive by this."""
        now = self._clock()
        query = select(account, account_session.c.is_whole, account_session.c.seen_at, account_session.c.number.label("session"))
        joined = query.join(account_session, account_session.c.account == account.c.number).where(self._stands(token, now))
        with reading(self._engine) as connection:
            row = connection.execute(joined).first()
        if row is None:
            return None
        if row.is_whole and row.seen_at < now - _SEEN_EVERY:
            with writing(self._engine) as connection:
                connection.execute(update(account_session).where(account_session.c.number == row.session).values(seen_at=now))
        return Session(token, account_of(row), self._vault.hashed("form", token), row.is_whole)

    def close(self, token: str) -> None:
        """Signs out."""
        with writing(self._engine) as connection:
            self.end(connection, token)

    def end(self, connection: Connection, token: str) -> None:
        """The same within a transaction."""
        connection.execute(delete(account_session).where(account_session.c.token == self._hash(token)))

    @staticmethod
    def end_all(connection: Connection, number: int) -> None:
        """Ends every session of account `number`: its password, roles or authenticator changed."""
        connection.execute(delete(account_session).where(account_session.c.account == number))

    def expire(self) -> int:
        """Removes sessions that are over; how many."""
        with writing(self._engine) as connection:
            return connection.execute(delete(account_session).where(~self._is_current(self._clock()))).rowcount

    def _stands(self, token: str, now: datetime) -> ColumnElement[bool]:
        return (account_session.c.token == self._hash(token)) & self._is_current(now) & account.c.is_disabled.is_(False)

    @staticmethod
    def _is_current(now: datetime) -> ColumnElement[bool]:
        columns = account_session.c
        is_used = columns.is_whole & (columns.seen_at > now - IDLE) & (columns.opened_at > now - LONGEST)
        return is_used | (~columns.is_whole & (columns.opened_at > now - UNTIL_CODE))

    def _hash(self, token: str) -> str:
        return self._vault.hashed("session", token)
