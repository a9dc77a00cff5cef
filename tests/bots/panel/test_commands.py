"""`dienhong user …` as an administrator types it."""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.accounts.types import Account
from assistant.bootstrap import Parts
from assistant.feedback.states import Role
from assistant.settings import Settings
from bots.cli import _command, _run
from bots.panel.cli import add_users
from bots.panel.doors import PanelDoors
from bots.panel.users_wording import ENGLISH, VIETNAMESE
from bots.wording import sentences

Typed = Callable[..., tuple[int, str, str]]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path)


@pytest.fixture
def user(settings: Settings, capsys: pytest.CaptureFixture[str]) -> Typed:
    """Types a command; gives exit code, output and errors."""

    def typed(*arguments: str, language: str = "vi") -> tuple[int, str, str]:
        whole = argparse.ArgumentParser()
        add_users(whole.add_subparsers(), _command)
        asked = settings.model_copy(update={"interface_language": language})
        code = _run(whole.parse_args(["user", *arguments]), asked, sentences(language))
        said = capsys.readouterr()
        return code, said.out, said.err

    return typed


def found(settings: Settings, name: str) -> Account:
    return PanelDoors.of(Parts(settings).feedback).accounts.find(name)


def test_somebody_is_added_and_takes_the_invitation_that_was_printed(user: Typed, settings: Settings) -> None:
    assert user("list") == (0, "", f"{VIETNAMESE.none}\n")
    code, out, _ = user("add", "lan", "--title", "Nguyễn Thị Lan", "--role", "screener", "--role", "reviewer")
    address = re.search(r"http://127\.0\.0\.1:\d+/panel/invitation/(\S+)", out)
    assert (code, address is not None) == (0, True)
    assert address
    PanelDoors.of(Parts(settings).feedback).accounts.take_invitation(address[1], "con trâu đi trước cái cày")
    assert user("list")[1] == "lan  Nguyễn Thị Lan  (Cán bộ xử lý; Cán bộ tiếp nhận)\n"
    assert json.loads(user("list", "--json")[1])["roles"] == ["reviewer", "screener"]


def test_roles_change_and_an_account_is_shut_and_opened(user: Typed, settings: Settings) -> None:
    user("add", "lan", "--role", "deputy")
    assert user("roles", "lan", "--role", "agency_liaison", "--body", "so-xd")[0] == 0
    assert (set(found(settings, "lan").roles), set(found(settings, "lan").bodies)) == ({Role.AGENCY_LIAISON}, {"so-xd"})
    assert user("shut", "lan")[1] == VIETNAMESE.shut.format(name="lan") + "\n"
    assert "shut" in user("list", language="en")[1]
    assert user("reopen", "lan", language="en")[1] == ENGLISH.reopened.format(name="lan") + "\n"
    assert "/panel/invitation/" in user("invite", "lan")[1]


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("add", "Lan", "--role", "deputy"), 3, VIETNAMESE.name_invalid),
        (("add", "tu", "--role", "deputy"), 3, VIETNAMESE.name_taken),
        (("add", "lan", "--role", "admin", "--role", "sealed_officer"), 3, VIETNAMESE.roles_apart),
        (("shut", "nobody"), 3, VIETNAMESE.not_found),
        (("shut", "tu"), 3, VIETNAMESE.last_admin),
        (("roles", "tu", "--role", "deputy"), 3, VIETNAMESE.last_admin),
    ],
)
def test_what_is_refused_says_why(user: Typed, arguments: tuple[str, ...], code: int, said: str) -> None:
    user("add", "tu", "--role", "admin")
    assert user(*arguments) == (code, "", f"{said}\n")


@pytest.mark.parametrize("roles", [(), ("king",), ("citizen",), ("system",)])
def test_a_role_that_nobody_has_is_refused_with_those_there_are(user: Typed, roles: tuple[str, ...]) -> None:
    code, out, err = user("add", "lan", *(part for role in roles for part in ("--role", role)))
    assert (code, out, "sealed_officer" in err) == (2, "", True)
