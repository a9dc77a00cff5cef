"""Accounts: who is invited, with which roles, who is shut out. Every change is in the audit trail."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import Connection, Engine, delete, insert, select, update

from assistant.accounts import passwords
from assistant.accounts.errors import InvitationSpent, LastAdmin, NameInvalid, NameTaken, NotAdmin, RolesApart
from assistant.accounts.rows import account_of, row_of
from assistant.accounts.sessions import Sessions
from assistant.accounts.tables import account, recovery_code
from assistant.accounts.types import APART, Account, Admin, Given
from assistant.database import reading, wait_for, writing
from assistant.feedback.audit import AuditTrail
from assistant.feedback.vault import Vault

INVITED_FOR = timedelta(days=7)
_NAME = re.compile(r"[a-z0-9](?:[a-z0-9.\-]{0,38}[a-z0-9])")
_TOKEN_BYTES = 24
# The command line of the machine itself: whoever has it has the database.
MACHINE = "command-line"


@dataclass(frozen=True, slots=True)
class NewAccount:
    """Somebody to invite. `name`: 2 to 40 small letters, digits, dots and hyphens; `title`: as people read it."""

    name: str
    title: str
    roles: frozenset[Given]
    bodies: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Invitation:
    """What an invited person opens once to choose a password."""

    token: str = field(repr=False)
    until: datetime


class Accounts:
    """The accounts of one database. `by` is an administrator, or None for the command line of the machine; others get `NotAdmin`."""

    def __init__(self, engine: Engine, vault: Vault, clock: Callable[[], datetime]) -> None:
        self._engine, self._vault, self._clock = engine, vault, clock
        self._audit, self._sessions = AuditTrail(vault), Sessions(engine, vault, clock)

    def all(self) -> list[Account]:
        """Every account, by name."""
        with reading(self._engine) as connection:
            return [account_of(row) for row in connection.execute(select(account).order_by(account.c.name))]

    def find(self, name: str) -> Account:
        """The account of this name. Raises `AccountNotFound`."""
        with reading(self._engine) as connection:
            return account_of(row_of(connection, name))

    def invite(self, new: NewAccount, by: Account | None) -> Invitation:
        """Makes an account that opens once its invitation was taken. Raises `NameInvalid`, `NameTaken`, `RolesApart`."""
        _require_admin(by)
        if not _NAME.fullmatch(new.name) or not new.title.strip():
            raise NameInvalid
        _require_apart(new.roles)
        with writing(self._engine) as connection:
            wait_for(connection, "accounts")
            if connection.execute(select(account.c.number).where(account.c.name == new.name)).first():
                raise NameTaken
            kept = {"name": new.name, "title": new.title.strip(), "roles": sorted(new.roles), "bodies": sorted(new.bodies)}
            unused = {"failures": 0, "is_disabled": False, "made_at": self._clock()}
            connection.execute(insert(account).values(**kept, **unused))
            return self._invited(connection, new.name, by, roles=", ".join(sorted(new.roles)))

    def invite_again(self, name: str, by: Account | None) -> Invitation:
        """A fresh invitation where password or authenticator was lost: both are gone, and every session. Raises `AccountNotFound`."""
        _require_admin(by)
        with writing(self._engine) as connection:
            row = row_of(connection, name)
            gone = {"password": None, "authenticator": None, "code_step": None, "failures": 0, "locked_until": None}
            connection.execute(update(account).where(account.c.number == row.number).values(gone))
            connection.execute(delete(recovery_code).where(recovery_code.c.account == row.number))
            self._sessions.end_all(connection, row.number)
            return self._invited(connection, name, by)

    def invited(self, token: str) -> Account:
        """Whom an invitation is for. Raises `InvitationSpent`."""
        mine = (account.c.invited == self._hash(token)) & (account.c.invited_until > self._clock()) & account.c.is_disabled.is_(False)
        with reading(self._engine) as connection:
            row = connection.execute(select(account).where(mine)).first()
        if row is None:
            raise InvitationSpent
        return account_of(row)

    def take_invitation(self, token: str, password: str) -> Account:
        """Chooses the password; the invitation is spent. Raises `InvitationSpent`, `PasswordWeak`."""
        invited = self.invited(token)
        kept = passwords.hashed(password, invited.name)
        mine = (account.c.number == invited.number) & (account.c.invited == self._hash(token))
        with writing(self._engine) as connection:
            done = connection.execute(update(account).where(mine).values(password=kept, invited=None, invited_until=None))
            if done.rowcount != 1:
                raise InvitationSpent
            self._note(connection, invited.name, "account_opened", invited.name)
        return invited

    def change_roles(self, name: str, roles: Iterable[Given], bodies: Iterable[str], by: Account | None) -> None:
        """Other roles from now on; whoever is signed in signs in anew. Raises `AccountNotFound`, `RolesApart`, `LastAdmin`."""
        _require_admin(by)
        wanted = frozenset(roles)
        _require_apart(wanted)
        with writing(self._engine) as connection:
            wait_for(connection, "accounts")
            row = row_of(connection, name)
            if Admin.ADMIN not in wanted:
                _require_another_admin(connection, name)
            values = {"roles": sorted(wanted), "bodies": sorted(bodies)}
            connection.execute(update(account).where(account.c.number == row.number).values(values))
            self._sessions.end_all(connection, row.number)
            self._note(connection, _name(by), "account_roles", name, roles=", ".join(sorted(wanted)))

    def shut(self, name: str, by: Account | None) -> None:
        """Nobody signs in with it any more; its name stays taken, since the audit trail holds it. Raises `AccountNotFound`, `LastAdmin`."""
        self._set_disabled(name, by, is_disabled=True)

    def reopen(self, name: str, by: Account | None) -> None:
        """It may be used again. Raises `AccountNotFound`."""
        self._set_disabled(name, by, is_disabled=False)

    def _set_disabled(self, name: str, by: Account | None, *, is_disabled: bool) -> None:
        _require_admin(by)
        with writing(self._engine) as connection:
            wait_for(connection, "accounts")
            row = row_of(connection, name)
            if is_disabled:
                _require_another_admin(connection, name)
                self._sessions.end_all(connection, row.number)
            connection.execute(update(account).where(account.c.number == row.number).values(is_disabled=is_disabled))
            self._note(connection, _name(by), "account_shut" if is_disabled else "account_reopened", name)

    def _invited(self, connection: Connection, name: str, by: Account | None, **facts: str) -> Invitation:
        token, until = secrets.token_urlsafe(_TOKEN_BYTES), self._clock() + INVITED_FOR
        values = {"invited": self._hash(token), "invited_until": until}
        connection.execute(update(account).where(account.c.name == name).values(values))
        self._note(connection, _name(by), "account_invited", name, **facts)
        return Invitation(token, until)

    def _note(self, connection: Connection, by: str, action: str, name: str, **facts: str) -> None:
        self._audit.add(connection, by, action, f"account:{name}", self._clock(), facts)

    def _hash(self, token: str) -> str:
        return self._vault.hashed("invitation", token)


def _name(by: Account | None) -> str:
    return by.name if by else MACHINE


def _require_admin(by: Account | None) -> None:
    if by is not None and not by.is_admin:
        raise NotAdmin


def _require_apart(roles: frozenset[Given]) -> None:
    if any(pair <= roles for pair in APART):
        raise RolesApart


def _require_another_admin(connection: Connection, name: str) -> None:
    rows = connection.execute(select(account).where(account.c.is_disabled.is_(False))).all()
    admins = {row.name for row in rows if Admin.ADMIN in row.roles}
    if admins == {name}:
        raise LastAdmin
