"""Signing in: a password, then the code of an authenticator where there is one; too many wrong tries lock for a while."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, NoReturn

from sqlalchemy import Connection, Engine, Row, delete, insert, select, update

from assistant.accounts import codes, passwords
from assistant.accounts.errors import CodeWrong, SignInRefused
from assistant.accounts.seal_places import authenticator_place
from assistant.accounts.sessions import Session, Sessions
from assistant.accounts.tables import account, recovery_code
from assistant.database import reading, writing
from assistant.feedback.audit import AuditTrail
from assistant.feedback.vault import Vault

# From the fifth wrong try on each locks twice as long as the one before, a quarter of an hour at most: a stranger can hold up whom they
# know by name, and for no longer.
_FREE_TRIES = 5
_FIRST_LOCK, _LONGEST_LOCK = timedelta(seconds=30), timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Authenticator:
    """An authenticator that is being set up: what it has to know, as letters and as an address that a camera reads."""

    secret: str = field(repr=False)
    address: str = field(repr=False)

    @property
    def grouped(self) -> str:
        """The secret as people copy it by hand: four letters at a time."""
        return " ".join(self.secret[at : at + 4] for at in range(0, len(self.secret), 4))


class SigningIn:
    """Who may come in to one database; `clock` in UTC."""

    def __init__(self, engine: Engine, vault: Vault, clock: Callable[[], datetime], sessions: Sessions) -> None:
        self._engine, self._vault, self._clock, self._sessions = engine, vault, clock, sessions
        self._audit = AuditTrail(vault)

    def by_password(self, name: str, password: str) -> str:
        """The token of a session, which still needs a code where the account has an authenticator. Raises `SignInRefused`."""
        with reading(self._engine) as connection:
            row = connection.execute(select(account).where(account.c.name == name.strip().lower())).first()
        # Looked at also where there is no such account, or none is looked at for now: it takes as long.
        fits = passwords.fits(row.password if row else None, password)
        if row is None or self._is_locked(row):
            raise SignInRefused
        if not fits or row.is_disabled:
            self._refuse(row)
        with writing(self._engine) as connection:
            is_whole = row.authenticator is None
            if is_whole:
                self._came_in(connection, row)
            return self._sessions.open(connection, row.number, is_whole=is_whole)

    def by_code(self, session: Session, code: str) -> str:
        """The token of the whole session, by a code of the authenticator or for when it is lost. Raises `SignInRefused`."""
        with reading(self._engine) as connection:
            row = connection.execute(select(account).where(account.c.number == session.account.number)).one()
        if self._is_locked(row):
            raise SignInRefused
        with writing(self._engine) as connection:
            is_used = self._used(connection, row, code)
            if is_used:
                self._came_in(connection, row)
                self._sessions.end(connection, session.token)
                token = self._sessions.open(connection, row.number, is_whole=True)
        if not is_used:
            self._refuse(row)
        return token

    def new_authenticator(self, session: Session) -> Authenticator:
        """A fresh secret; nothing is kept before its first code was given."""
        secret = codes.fresh_secret()
        return Authenticator(secret, codes.address_of(secret, session.account.name))

    def set_authenticator(self, session: Session, secret: str, code: str) -> tuple[str, list[str]]:
        """Keeps it once a code shows that it works: the token of a fresh session, and the recovery codes, shown this once.

        Every other session of the account ends. Raises `CodeWrong`, and `SignInRefused` where there is one already: whoever finds an open
        session must not put theirs in its place; a lost one is replaced by an invitation.
        """
        if session.account.has_authenticator:
            raise SignInRefused
        step = codes.step_of(secret, code, self._clock())
        if step is None:
            raise CodeWrong
        number, name, recovery = session.account.number, session.account.name, codes.fresh_recovery_codes()
        with writing(self._engine) as connection:
            sealed = self._vault.seal(secret, authenticator_place(name))
            connection.execute(update(account).where(account.c.number == number).values(authenticator=sealed, code_step=step))
            connection.execute(delete(recovery_code).where(recovery_code.c.account == number))
            rows = [{"account": number, "code": self._hash(number, one)} for one in recovery]
            connection.execute(insert(recovery_code), rows)
            self._sessions.end_all(connection, number)
            self._audit.add(connection, name, "authenticator_set", f"account:{name}", self._clock())
            return self._sessions.open(connection, number, is_whole=True), recovery

    def _used(self, connection: Connection, row: Row[Any], code: str) -> bool:
        """Uses up a code, if it is one."""
        secret = self._vault.open(row.authenticator, authenticator_place(row.name))
        step = codes.step_of(secret, code, self._clock())
        if step is not None:
            is_new = (account.c.number == row.number) & (account.c.code_step.is_(None) | (account.c.code_step < step))
            return connection.execute(update(account).where(is_new).values(code_step=step)).rowcount == 1
        mine = (recovery_code.c.account == row.number) & (recovery_code.c.code == self._hash(row.number, code))
        return connection.execute(delete(recovery_code).where(mine)).rowcount == 1

    def _came_in(self, connection: Connection, row: Row[Any]) -> None:
        connection.execute(update(account).where(account.c.number == row.number).values(failures=0, locked_until=None))
        self._audit.add(connection, row.name, "signed_in", f"account:{row.name}", self._clock())

    def _refuse(self, row: Row[Any]) -> NoReturn:
        now = self._clock()
        with writing(self._engine) as connection:
            counted = update(account).where(account.c.number == row.number).values(failures=account.c.failures + 1)
            failures: int = connection.execute(counted.returning(account.c.failures)).scalar_one()
            if failures >= _FREE_TRIES:
                lock = min(_FIRST_LOCK * 2 ** min(failures - _FREE_TRIES, 10), _LONGEST_LOCK)
                connection.execute(update(account).where(account.c.number == row.number).values(locked_until=now + lock))
                self._audit.add(connection, row.name, "sign_in_locked", f"account:{row.name}", now, {"failures": failures})
        raise SignInRefused

    def _is_locked(self, row: Row[Any]) -> bool:
        return row.locked_until is not None and row.locked_until > self._clock()

    def _hash(self, number: int, code: str) -> str:
        return self._vault.hashed("recovery code", f"{number}:{codes.read_recovery_code(code)}")
