"""`dienhong user …`: who may sign in to the panel."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable

from assistant.accounts.accounts import Accounts, Invitation, NewAccount
from assistant.accounts.errors import AccountError, AccountNotFound, LastAdmin, NameInvalid, NameTaken, RolesApart
from assistant.accounts.types import GIVEN, Account, Given, given
from assistant.bootstrap import Parts
from assistant.settings import Settings
from bots.panel.doors import HOME, PanelDoors
from bots.panel.users_wording import UserSentences, user_sentences
from bots.panel.wording import panel_sentences
from bots.wording import Sentences


def list_(arguments: argparse.Namespace, settings: Settings, _words: Sentences) -> int:
    """Lists the accounts, a line or a JSON object each."""
    told = user_sentences(settings.interface_language)
    found = _accounts(settings).all()
    if not found and not arguments.json:
        print(told.none, file=sys.stderr)
    for one in found:
        print(json.dumps(_json(one), ensure_ascii=False) if arguments.json else _line(one, settings))
    return 0


def add(arguments: argparse.Namespace, settings: Settings, _words: Sentences) -> int:
    """Invites somebody."""

    def act(accounts: Accounts) -> str:
        roles, bodies = _roles(arguments), frozenset(arguments.body)
        new = NewAccount(arguments.name, arguments.title or arguments.name, roles, bodies)
        return _invited(accounts.invite(new, None), settings)

    return _told(settings, act)


def invite(arguments: argparse.Namespace, settings: Settings, _words: Sentences) -> int:
    """Invites somebody again."""
    return _told(settings, lambda accounts: _invited(accounts.invite_again(arguments.name, None), settings))


def roles(arguments: argparse.Namespace, settings: Settings, _words: Sentences) -> int:
    """Gives other roles."""

    def act(accounts: Accounts) -> str:
        accounts.change_roles(arguments.name, _roles(arguments), arguments.body, None)
        return _line(accounts.find(arguments.name), settings)

    return _told(settings, act)


def shut(arguments: argparse.Namespace, settings: Settings, _words: Sentences) -> int:
    """Lets nobody sign in with an account any more."""

    def act(accounts: Accounts) -> str:
        accounts.shut(arguments.name, None)
        return user_sentences(settings.interface_language).shut.format(name=arguments.name)

    return _told(settings, act)


def reopen(arguments: argparse.Namespace, settings: Settings, _words: Sentences) -> int:
    """Lets an account be used again."""

    def act(accounts: Accounts) -> str:
        accounts.reopen(arguments.name, None)
        return user_sentences(settings.interface_language).reopened.format(name=arguments.name)

    return _told(settings, act)


def _told(settings: Settings, act: Callable[[Accounts], str]) -> int:
    """Acts and says what came of it, or says why not."""
    told = user_sentences(settings.interface_language)
    try:
        print(act(_accounts(settings)))
    except AccountError as error:
        print(_refusal(error, told), file=sys.stderr)
        return 3
    except ValueError:
        print(told.role_unknown.format(roles=", ".join(GIVEN)), file=sys.stderr)
        return 2
    return 0


def _refusal(error: AccountError, told: UserSentences) -> str:
    said = {
        NameInvalid: told.name_invalid,
        NameTaken: told.name_taken,
        AccountNotFound: told.not_found,
        LastAdmin: told.last_admin,
        RolesApart: told.roles_apart,
    }
    return said.get(type(error), str(error))


def _roles(arguments: argparse.Namespace) -> frozenset[Given]:
    """The roles named. Raises `ValueError`."""
    named = frozenset(map(given, arguments.role))
    if not named or not named <= frozenset(GIVEN):
        raise ValueError(arguments.role)
    return named


def _invited(invitation: Invitation, settings: Settings) -> str:
    address = f"http://{settings.host}:{settings.port}{HOME}/invitation/{invitation.token}"
    return user_sentences(settings.interface_language).invited.format(address=address, until=f"{invitation.until:%d/%m/%Y}")


def _line(one: Account, settings: Settings) -> str:
    told, named = user_sentences(settings.interface_language), panel_sentences(settings.interface_language).roles
    facts = [named[role] for role in sorted(one.roles)] + sorted(one.bodies)
    marks = ((one.is_invited, told.is_invited), (one.has_authenticator, told.has_authenticator), (one.is_disabled, told.is_shut))
    return f"{one.name}  {one.title}  ({'; '.join(facts + [mark for holds, mark in marks if holds])})"


def _json(one: Account) -> dict[str, object]:
    return {
        "name": one.name,
        "title": one.title,
        "roles": sorted(one.roles),
        "bodies": sorted(one.bodies),
        "invited": one.is_invited,
        "authenticator": one.has_authenticator,
        "shut": one.is_disabled,
    }


def _accounts(settings: Settings) -> Accounts:
    return PanelDoors.of(Parts(settings).feedback).accounts
