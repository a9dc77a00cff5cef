"""Inviting people, signing in, sessions, authenticators, and what nobody may do; on both databases."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta

import pyotp
import pytest
from sqlalchemy import Engine, select

from assistant.accounts.accounts import INVITED_FOR, Accounts, NewAccount
from assistant.accounts.codes import RECOVERY_CODES
from assistant.accounts.errors import (
    AccountNotFound,
    CodeWrong,
    InvitationSpent,
    LastAdmin,
    NameInvalid,
    NameTaken,
    NotAdmin,
    PasswordWeak,
    RolesApart,
    SignInRefused,
)
from assistant.accounts.sessions import IDLE, LONGEST, UNTIL_CODE, Session, Sessions
from assistant.accounts.signing_in import SigningIn
from assistant.accounts.tables import account, account_session, recovery_code
from assistant.accounts.types import Account, Admin, Given
from assistant.database import metadata, open_database, reading
from assistant.feedback.audit import AuditTrail
from assistant.feedback.states import Role
from assistant.feedback.tables import audit_event
from assistant.feedback.vault import Vault
from tests.assistant.feedback.office import KEYS, Clock

PASSWORD = "con trâu đi trước cái cày"


@dataclass
class House:
    """Everything over one database."""

    engine: Engine
    clock: Clock = field(default_factory=Clock)

    def __post_init__(self) -> None:
        self.vault = Vault(KEYS)
        self.accounts = Accounts(self.engine, self.vault, self.clock)
        self.sessions = Sessions(self.engine, self.vault, self.clock)
        self.door = SigningIn(self.engine, self.vault, self.clock, self.sessions)

    def has(self, name: str, *roles: Given) -> Account:
        """Somebody who has taken their invitation."""
        invitation = self.accounts.invite(NewAccount(name, name.title(), frozenset(roles)), None)
        return self.accounts.take_invitation(invitation.token, PASSWORD)

    def comes(self, name: str, password: str = PASSWORD) -> Session:
        session = self.sessions.find(self.door.by_password(name, password))
        assert session
        return session

    def sets_up(self, session: Session) -> tuple[Session, str, list[str]]:
        """The session after an authenticator was set up, its secret, the recovery codes."""
        secret = self.door.new_authenticator(session).secret
        token, recovery = self.door.set_authenticator(session, secret, self.code(secret))
        whole = self.sessions.find(token)
        assert whole
        return whole, secret, recovery

    def code(self, secret: str) -> str:
        return pyotp.TOTP(secret).at(self.clock.now)

    def noted(self) -> list[tuple[str, str, str]]:
        with reading(self.engine) as connection:
            return [(row.actor, row.action, row.record) for row in connection.execute(select(audit_event).order_by(audit_event.c.number))]


@pytest.fixture
def house(database_url: str) -> Iterator[House]:
    engine = open_database(database_url)
    metadata.create_all(engine)
    yield House(engine)
    engine.dispose()


# Accounts


def test_who_is_invited_chooses_a_password_once_and_comes_in(house: House) -> None:
    invitation = house.accounts.invite(NewAccount("lan", "Nguyễn Thị Lan", frozenset({Role.SCREENER})), None)
    with pytest.raises(SignInRefused):
        house.comes("lan", "")
    assert house.accounts.invited(invitation.token).title == "Nguyễn Thị Lan"
    house.accounts.take_invitation(invitation.token, PASSWORD)
    for again in (invitation.token, "", "x"):
        with pytest.raises(InvitationSpent):
            house.accounts.take_invitation(again, PASSWORD)
    session = house.comes(" LAN ")
    assert (session.is_whole, session.account.name, session.account.actor.roles) == (True, "lan", frozenset({Role.SCREENER}))
    assert house.noted() == [
        ("command-line", "account_invited", "account:lan"),
        ("lan", "account_opened", "account:lan"),
        ("lan", "signed_in", "account:lan"),
    ]
    with reading(house.engine) as connection:
        AuditTrail(house.vault).verify(connection)


def test_an_invitation_runs_out_and_a_new_one_ends_the_one_before(house: House) -> None:
    first = house.accounts.invite(NewAccount("lan", "Lan", frozenset()), None)
    second = house.accounts.invite_again("lan", None)
    with pytest.raises(InvitationSpent):
        house.accounts.invited(first.token)
    house.clock.move(INVITED_FOR)
    with pytest.raises(InvitationSpent):
        house.accounts.take_invitation(second.token, PASSWORD)


@pytest.mark.parametrize("name", ["", "a", "Lan", "lan ", "lân", "-lan", "lan.", "l" * 41, "la/n", "la\nn"])
def test_a_name_is_plain(house: House, name: str) -> None:
    with pytest.raises(NameInvalid):
        house.accounts.invite(NewAccount(name, "Lan", frozenset()), None)


def test_a_name_is_taken_once_also_by_who_was_shut_out(house: House) -> None:
    house.has("lan")
    house.accounts.shut("lan", None)
    with pytest.raises(NameTaken):
        house.accounts.invite(NewAccount("lan", "Another", frozenset()), None)


@pytest.mark.parametrize("password", ["", "elevensigns", "lanlanlanlanlan", "LAN" * 5, "x" * 1_001])
def test_a_weak_password_is_refused_and_the_invitation_stays(house: House, password: str) -> None:
    invitation = house.accounts.invite(NewAccount("lan", "Lan", frozenset()), None)
    with pytest.raises(PasswordWeak):
        house.accounts.take_invitation(invitation.token, password)
    assert house.accounts.take_invitation(invitation.token, PASSWORD).name == "lan"


def test_only_an_administrator_changes_accounts(house: House) -> None:
    lan, tu = house.has("lan", Role.UNIT_ADMIN), house.has("tu", Admin.ADMIN)
    new = NewAccount("mai", "Mai", frozenset({Role.APPROVER}))
    acts: list[Callable[[Account], object]] = [
        lambda by: house.accounts.invite(new, by),
        lambda by: house.accounts.invite_again("mai", by),
        lambda by: house.accounts.change_roles("mai", {Role.REVIEWER}, (), by),
        lambda by: house.accounts.shut("mai", by),
        lambda by: house.accounts.reopen("mai", by),
    ]
    for act in acts:
        with pytest.raises(NotAdmin):
            act(lan)
    for act in acts:
        act(tu)
    assert {(one.name, one.is_disabled) for one in house.accounts.all()} == {("lan", False), ("mai", False), ("tu", False)}
    assert house.accounts.find("mai").roles == {Role.REVIEWER}


def test_nobody_administers_and_opens_seals(house: House) -> None:
    both: frozenset[Given] = frozenset({Admin.ADMIN, Role.SEALED_OFFICER})
    with pytest.raises(RolesApart):
        house.accounts.invite(NewAccount("tu", "Tú", both), None)
    house.has("tu", Admin.ADMIN)
    with pytest.raises(RolesApart):
        house.accounts.change_roles("tu", both, (), None)


def test_the_last_administrator_stays(house: House) -> None:
    house.has("tu", Admin.ADMIN)
    with pytest.raises(LastAdmin):
        house.accounts.shut("tu", None)
    with pytest.raises(LastAdmin):
        house.accounts.change_roles("tu", {Role.AUDITOR}, (), None)
    house.has("an", Admin.ADMIN)
    house.accounts.shut("tu", None)


@pytest.mark.parametrize("act", ["invite_again", "shut", "reopen", "find"])
def test_who_is_not_there_is_said_to_be_not_there(house: House, act: str) -> None:
    arguments = ("nobody",) if act == "find" else ("nobody", None)
    with pytest.raises(AccountNotFound):
        getattr(house.accounts, act)(*arguments)


# Passwords and locks


@pytest.mark.parametrize(
    ("name", "password"), [("lan", "wrong password"), ("lan", ""), ("nobody", PASSWORD), ("", ""), ("lan", "x" * 5_000)]
)
def test_what_is_wrong_is_refused_alike(house: House, name: str, password: str) -> None:
    house.has("lan")
    with pytest.raises(SignInRefused):
        house.door.by_password(name, password)


def test_wrong_tries_lock_ever_longer_and_the_right_password_frees(house: House) -> None:
    house.has("lan")

    def fails(times: int) -> None:
        for _ in range(times):
            with pytest.raises(SignInRefused):
                house.door.by_password("lan", "wrong password")

    fails(4)
    house.comes("lan")
    fails(5)
    with pytest.raises(SignInRefused):
        house.comes("lan")
    house.clock.move(timedelta(seconds=30))
    fails(1)
    house.clock.move(timedelta(seconds=59))
    with pytest.raises(SignInRefused):
        house.comes("lan")
    house.clock.move(timedelta(seconds=1))
    house.comes("lan")
    for _ in range(14):
        fails(1)
        house.clock.move(timedelta(minutes=15))
    house.comes("lan")


def test_who_is_shut_out_is_out_at_once(house: House) -> None:
    house.has("lan")
    session = house.comes("lan")
    house.accounts.shut("lan", None)
    assert house.sessions.find(session.token) is None
    with pytest.raises(SignInRefused):
        house.comes("lan")
    house.accounts.reopen("lan", None)
    assert house.sessions.find(session.token) is None
    house.comes("lan")


def test_other_roles_need_another_session(house: House) -> None:
    house.has("lan", Role.SCREENER)
    session = house.comes("lan")
    house.accounts.change_roles("lan", {Role.AGENCY_LIAISON}, {"so-xd"}, None)
    assert house.sessions.find(session.token) is None
    assert house.comes("lan").account.actor.bodies == {"so-xd"}


# Sessions


def test_a_session_ends_when_somebody_is_away_or_has_worked_a_day(house: House) -> None:
    house.has("lan")
    away, long = house.comes("lan"), house.comes("lan")
    house.clock.move(IDLE - timedelta(minutes=1))
    assert house.sessions.find(long.token)
    house.clock.move(timedelta(minutes=1))
    assert house.sessions.find(away.token) is None
    for _ in range(int(LONGEST / IDLE) * 2):
        house.sessions.find(long.token)
        house.clock.move(IDLE / 2)
    assert house.sessions.find(long.token) is None
    assert house.sessions.expire() == 2


def test_signing_out_ends_this_session_alone(house: House) -> None:
    house.has("lan")
    one, other = house.comes("lan"), house.comes("lan")
    assert (one.token == other.token, one.guard == other.guard) == (False, False)
    house.sessions.close(one.token)
    assert house.sessions.find(one.token) is None
    assert house.sessions.find(other.token)


def test_nothing_of_a_session_or_a_password_can_be_read_from_the_database(house: House) -> None:
    house.has("lan")
    session, secret, recovery = house.sets_up(house.comes("lan"))
    with reading(house.engine) as connection:
        rows = [row for table in (account, account_session, recovery_code) for row in connection.execute(select(table)).all()]
    kept = repr(rows)
    assert not [one for one in (session.token, session.guard, PASSWORD, secret, *recovery) if one in kept]
    assert session.token not in repr(session)


# Authenticators


def test_with_an_authenticator_the_password_alone_opens_nothing(house: House) -> None:
    house.has("lan")
    first = house.comes("lan")
    session, secret, recovery = house.sets_up(first)
    assert (house.sessions.find(first.token), session.is_whole, len(set(recovery))) == (None, True, RECOVERY_CODES)
    house.clock.move(timedelta(minutes=1))
    half = house.comes("lan")
    assert (half.is_whole, half.account.has_authenticator) == (False, True)
    with pytest.raises(SignInRefused):
        house.door.by_code(half, "000000" if house.code(secret) != "000000" else "111111")
    whole = house.sessions.find(house.door.by_code(half, house.code(secret)))
    assert whole
    assert whole.is_whole
    assert whole.token != half.token
    assert house.sessions.find(half.token) is None


def test_a_code_opens_once_and_an_old_one_never(house: House) -> None:
    house.has("lan")
    _, secret, _ = house.sets_up(house.comes("lan"))
    used = house.code(secret)
    with pytest.raises(SignInRefused):
        house.door.by_code(house.comes("lan"), used)
    house.clock.move(timedelta(seconds=30))
    house.door.by_code(house.comes("lan"), f" {house.code(secret)[:3]} {house.code(secret)[3:]} ")
    old = house.code(secret)
    house.clock.move(timedelta(minutes=2))
    with pytest.raises(SignInRefused):
        house.door.by_code(house.comes("lan"), old)


def test_a_recovery_code_opens_once_however_it_is_typed(house: House) -> None:
    house.has("lan")
    _, _, recovery = house.sets_up(house.comes("lan"))
    typed = recovery[0].lower().replace("-", " ")
    house.door.by_code(house.comes("lan"), typed)
    with pytest.raises(SignInRefused):
        house.door.by_code(house.comes("lan"), typed)
    house.door.by_code(house.comes("lan"), recovery[1])


def test_an_authenticator_that_does_not_work_is_not_kept(house: House) -> None:
    house.has("lan")
    session = house.comes("lan")
    with pytest.raises(CodeWrong):
        house.door.set_authenticator(session, house.door.new_authenticator(session).secret, "không phải mã")
    assert not house.comes("lan").account.has_authenticator


def test_there_is_little_time_for_the_code_and_few_tries(house: House) -> None:
    house.has("lan")
    _, secret, _ = house.sets_up(house.comes("lan"))
    late = house.comes("lan")
    house.clock.move(UNTIL_CODE)
    assert house.sessions.find(late.token) is None
    half = house.comes("lan")
    for _ in range(5):
        with pytest.raises(SignInRefused):
            house.door.by_code(half, "12345")
    with pytest.raises(SignInRefused):
        house.door.by_code(half, house.code(secret))
    house.clock.move(timedelta(seconds=30))
    house.door.by_code(half, house.code(secret))


def test_who_can_do_much_harm_needs_an_authenticator(house: House) -> None:
    needs = {one: house.has(f"{one}-1".replace("_", "-"), one).lacks_authenticator for one in (*Role, Admin.ADMIN)}
    assert {one for one, does in needs.items() if does} == {Role.SEALED_OFFICER, Role.UNIT_ADMIN, Admin.ADMIN}
    session, _, _ = house.sets_up(house.comes("admin-1"))
    assert not session.account.lacks_authenticator


def test_a_lost_authenticator_and_password_are_replaced_by_a_new_invitation(house: House) -> None:
    house.has("lan")
    session, secret, recovery = house.sets_up(house.comes("lan"))
    invitation = house.accounts.invite_again("lan", None)
    assert house.sessions.find(session.token) is None
    with pytest.raises(SignInRefused):
        house.comes("lan")
    house.accounts.take_invitation(invitation.token, f"{PASSWORD} 2")
    assert house.comes("lan", f"{PASSWORD} 2").is_whole
    assert (secret != "", len(recovery)) == (True, RECOVERY_CODES)
