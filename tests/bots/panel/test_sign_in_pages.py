"""Getting in to the panel over HTTP: doors, guards against other sites, cookies, and that nothing opens too early."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyotp
import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

from assistant.accounts.accounts import NewAccount
from assistant.accounts.sessions import IDLE
from assistant.accounts.tables import account_session
from assistant.accounts.types import Admin, Given
from assistant.app import Assistant
from assistant.database import reading
from assistant.dialogue.answer_feedback import AnswerFeedback
from assistant.dialogue.conversations import Conversations
from assistant.feedback.states import Role
from assistant.responder import Responder
from bots.panel.doors import PanelDoors
from bots.panel.sign_in_pages import signing_in
from bots.panel.wording import VIETNAMESE as SAID
from bots.web.app import create_app
from bots.web.service import WebService
from tests.assistant.feedback.office import Office, open_office
from tests.assistant.toy_law import toy_answerer, toy_store
from tests.bots.web.conftest import RouterByWords

PASSWORD = "con trâu đi trước cái cày"
_HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)">')


@dataclass
class House:
    """An office with its panel, and a browser."""

    office: Office
    doors: PanelDoors
    browser: TestClient

    def invited(self, name: str, *roles: Given) -> str:
        return self.doors.accounts.invite(NewAccount(name, f"Bà {name}", frozenset(roles)), None).token

    def has(self, name: str, *roles: Given) -> None:
        self.doors.accounts.take_invitation(self.invited(name, *roles), PASSWORD)

    def posts(self, path: str, **form: str) -> Any:  # the client's own answer
        return self.browser.post(path, data=form, headers={"Sec-Fetch-Site": "same-origin"})

    def signs_in(self, name: str, password: str = PASSWORD) -> Any:  # the client's own answer
        return self.posts("/panel/sign-in", name=name, password=password)

    def hidden(self, path: str) -> dict[str, str]:
        return dict(_HIDDEN.findall(self.browser.get(path).text))

    def code(self, secret: str) -> str:
        return pyotp.TOTP(secret).at(self.office.clock.now)

    def sets_up(self) -> tuple[str, Any]:
        hidden = self.hidden("/panel/authenticator")
        return hidden["secret"], self.posts("/panel/authenticator", **hidden, code=self.code(hidden["secret"]))


@pytest.fixture
def house(database_url: str, tmp_path: Path) -> Iterator[House]:
    with open_office(database_url) as office, toy_store(tmp_path) as store:
        assistant = Assistant(Responder(toy_answerer(store), RouterByWords()), Conversations(office.engine, office.clock), office.clock)
        service = WebService(assistant, AnswerFeedback(office.engine, office.clock), office.desk, store, lambda: 0.0)
        app = create_app(service, per_minute_address=10**6, lookups_per_minute=10**6, routers=[signing_in])
        app.state.panel = PanelDoors.of(office.desk)
        with TestClient(app) as browser:
            yield House(office, app.state.panel, browser)


def test_an_invited_person_chooses_a_password_and_comes_in(house: House) -> None:
    address = f"/panel/invitation/{house.invited('lan', Role.SCREENER)}"
    assert "Bà lan" in house.browser.get(address).text
    assert SAID.differ in house.posts(address, password=PASSWORD, again="something else").text
    assert "12" in house.posts(address, password="short", again="short").text
    opened = house.posts(address, password=PASSWORD, again=PASSWORD)
    assert (opened.url.path, SAID.opened in opened.text) == ("/panel/sign-in", True)
    assert house.browser.get(address).status_code == 404
    assert house.browser.get("/panel").url.path == "/panel/sign-in"
    inside = house.signs_in("lan")
    assert (inside.url.path, "Bà lan" in inside.text, SAID.roles[Role.SCREENER] in inside.text) == ("/panel", True, True)


def test_a_wrong_password_is_refused_and_the_name_stays_typed(house: House) -> None:
    house.has("lan")
    for name in ("lan", "nobody"):
        refused = house.signs_in(name, "wrong password")
        assert (refused.status_code, SAID.refused in refused.text, f'value="{name}"' in refused.text) == (403, True, True)
    assert "wrong password" not in refused.text


def test_a_role_that_can_do_much_harm_sets_up_an_authenticator_first(house: House) -> None:
    house.has("tu", Admin.ADMIN)
    assert house.signs_in("tu").url.path == "/panel/authenticator"
    hidden = house.hidden("/panel/authenticator")
    wrong = house.posts("/panel/authenticator", **hidden, code="không")
    assert (wrong.status_code, SAID.code_wrong in wrong.text) == (422, True)
    secret, done = house.sets_up()
    recovery = re.findall(r"<li><code>([A-Z0-9-]+)</code></li>", done.text)
    assert (len(recovery), house.browser.get("/panel").url.path) == (10, "/panel")
    assert house.browser.get("/panel/authenticator").url.path == "/panel"
    house.posts("/panel/sign-out", **house.hidden("/panel"))
    assert house.signs_in("tu").url.path == "/panel/code"
    assert [house.browser.get(path).url.path for path in ("/panel", "/panel/authenticator")] == ["/panel/code"] * 2
    refused = house.posts("/panel/code", **house.hidden("/panel/code"), code="12345")
    assert (refused.status_code, SAID.refused in refused.text) == (403, True)
    assert house.posts("/panel/code", **house.hidden("/panel/code"), code=recovery[0]).url.path == "/panel"
    assert secret not in house.browser.get("/panel").text


def test_signing_out_leads_to_the_door(house: House) -> None:
    house.has("lan")
    house.signs_in("lan")
    before = house.browser.cookies.get("dienhong_panel")
    out = house.posts("/panel/sign-out", **house.hidden("/panel"))
    assert (out.url.path, SAID.signed_out in out.text, house.browser.cookies.get("dienhong_panel")) == ("/panel/sign-in", True, None)
    house.browser.cookies.set("dienhong_panel", str(before), path="/panel")
    assert house.browser.get("/panel").url.path == "/panel/sign-in"


# What other sites, and strangers, try


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Origin": "https://evil.example"}])
def test_a_page_of_another_site_signs_nobody_in_or_out(house: House, headers: dict[str, str]) -> None:
    house.has("lan")
    refused = house.browser.post("/panel/sign-in", data={"name": "lan", "password": PASSWORD}, headers=headers)
    assert (refused.status_code, refused.cookies.get("dienhong_panel")) == (403, None)
    house.signs_in("lan")
    hidden = house.hidden("/panel")
    house.browser.post("/panel/sign-out", data=hidden, headers=headers)
    assert house.browser.get("/panel").url.path == "/panel"


@pytest.mark.parametrize("guard", ["", "x", "ơ", "0" * 64])
def test_a_form_without_the_guard_of_the_session_does_nothing(house: House, guard: str) -> None:
    house.has("lan")
    house.signs_in("lan")
    house.posts("/panel/sign-out", guard=guard)
    assert house.browser.get("/panel").url.path == "/panel"
    hidden = house.hidden("/panel/authenticator")
    house.posts("/panel/authenticator", guard=guard, secret=hidden["secret"], code=house.code(hidden["secret"]))
    assert not house.doors.accounts.find("lan").has_authenticator


def test_a_session_that_was_there_before_is_not_the_one_that_signs_in(house: House) -> None:
    house.has("lan")
    house.browser.cookies.set("dienhong_panel", "planted", path="/panel")
    house.signs_in("lan")
    tokens = [cookie.value for cookie in house.browser.cookies.jar if cookie.name == "dienhong_panel"]
    assert house.doors.sessions.find("planted") is None
    assert any(house.doors.sessions.find(str(token)) for token in tokens)


def test_the_cookie_is_out_of_reach_of_scripts_and_of_other_paths(house: House) -> None:
    house.has("lan")
    answer = house.browser.post(
        "/panel/sign-in", data={"name": "lan", "password": PASSWORD}, headers={"Sec-Fetch-Site": "same-origin"}, follow_redirects=False
    )
    cookie = answer.headers["set-cookie"].lower()
    assert all(part in cookie for part in ("httponly", "samesite=lax", "path=/panel"))
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("name", ['"><script>alert(1)</script>', "' onfocus=alert(1) x='"])
def test_what_was_typed_is_no_markup(house: House, name: str) -> None:
    text = house.signs_in(name, "x").text
    assert name not in text
    assert "<script>alert" not in text


def test_sessions_that_are_over_are_removed_by_the_daily_round(house: House) -> None:
    house.has("lan")
    house.signs_in("lan")
    house.office.clock.move(IDLE)
    house.browser.app.state.service.expire()  # type: ignore[attr-defined]
    with reading(house.office.engine) as connection:
        assert connection.execute(select(account_session.c.number)).all() == []


def test_who_is_shut_out_is_out_at_the_next_page(house: House) -> None:
    house.has("lan")
    house.signs_in("lan")
    house.doors.accounts.shut("lan", None)
    assert house.browser.get("/panel").url.path == "/panel/sign-in"
