"""What Telegram refuses, in its own words, as the library hands them on."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from telegram import Bot
from telegram.error import InvalidToken

from tests.telegram.emulator import Emulator, Person

# A character outside the basic plane counts twice.
WIDE = "𝔸"


@pytest.fixture(scope="module")
def telegram() -> Iterator[Emulator]:
    with Emulator() as emulator:
        yield emulator


@pytest.fixture(scope="module")
def lan(telegram: Emulator) -> Person:
    person = telegram.person("Lan")
    person.starts()
    return person


def keyboard(*buttons: dict[str, Any], a_row: int = 8) -> dict[str, Any]:
    return {"inline_keyboard": [list(buttons[place : place + a_row]) for place in range(0, len(buttons), a_row)]}


def many(count: int, label: str = "b") -> dict[str, Any]:
    return keyboard(*({"text": label, "callback_data": str(number)} for number in range(count)))


def answer(telegram: Emulator, method: str, **arguments: object) -> tuple[int, dict[str, Any]]:
    """Status and body as they come over the wire."""
    written = {name: value if isinstance(value, str) else json.dumps(value) for name, value in arguments.items()}
    reply = httpx.post(f"{telegram.base_url}{telegram.token}/{method}", data=written, verify=False)
    return reply.status_code, reply.json()


SENDING: tuple[tuple[dict[str, Any], str], ...] = (
    # What a message says
    ({"text": ""}, "message text is empty"),
    ({"text": " \n\t "}, "text must be non-empty"),
    ({"text": "<b> </b>", "parse_mode": "HTML"}, "text must be non-empty"),
    ({"text": "a" * 4096}, ""),
    ({"text": "a" * 4097}, "message is too long"),
    ({"text": WIDE * 2048}, ""),
    ({"text": WIDE * 2048 + "a"}, "message is too long"),
    # Tags and references do not count, white space around does not either.
    ({"text": f"  <b>{'&lt;' * 4096}</b>\n", "parse_mode": "HTML"}, ""),
    ({"text": "*a*", "parse_mode": "Wiki"}, "unsupported parse_mode"),
    ({"text": "<b>a", "parse_mode": "HTML"}, "can't parse entities: Can't find end tag corresponding to start tag \"b\""),
    ({"text": "a", "entities": [{"type": "bold", "offset": "0"}]}, "can't parse MessageEntity"),
    # Keyboards
    ({"text": "a", "reply_markup": "{"}, "can't parse reply keyboard markup JSON object"),
    ({"text": "a", "reply_markup": "[]"}, "object expected as reply markup"),
    ({"text": "a", "reply_markup": many(100)}, ""),
    ({"text": "a", "reply_markup": many(101)}, "reply markup is too long"),
    ({"text": "a", "reply_markup": many(60, "một nhãn rất dài " * 10)}, "reply markup is too long"),
    ({"text": "a", "reply_markup": keyboard({"text": "b", "callback_data": "x" * 64})}, ""),
    ({"text": "a", "reply_markup": keyboard({"text": "b", "callback_data": "x" * 65})}, "BUTTON_DATA_INVALID"),
    ({"text": "a", "reply_markup": keyboard({"text": "b", "callback_data": "đ" * 33})}, "BUTTON_DATA_INVALID"),
    (
        {"text": "a", "reply_markup": keyboard({"text": "b", "callback_data": ""})},
        "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
    ),
    ({"text": "a", "reply_markup": keyboard({"text": " ", "callback_data": "x"})}, "inline keyboard button text must be non-empty"),
    ({"text": "a", "reply_markup": keyboard({"callback_data": "x"})}, "can't parse inline keyboard button: Can't find field \"text\""),
    ({"text": "a", "reply_markup": keyboard({"text": "b", "url": "https://vbpl.vn/x?a=1"})}, ""),
    (
        {"text": "a", "reply_markup": keyboard({"text": "b", "url": "localhost"})},
        "inline keyboard button URL 'localhost' is invalid: Wrong HTTP URL",
    ),
    ({"text": "a", "reply_markup": {"keyboard": [["b"], [{"text": ""}]]}}, "keyboard button text must be non-empty"),
    # Whom and what it answers
    ({"text": "a", "chat_id": ""}, "chat_id is empty"),
    ({"text": "a", "chat_id": 99}, "chat not found"),
    ({"text": "a", "chat_id": "@nobody"}, "chat not found"),
    ({"text": "a", "reply_parameters": {"message_id": 999}}, "message to be replied not found"),
    ({"text": "a", "reply_parameters": {"message_id": 999, "allow_sending_without_reply": True}}, ""),
    ({"text": "a", "reply_parameters": {"message_id": 1}}, ""),
)


@pytest.mark.parametrize(("arguments", "refusal"), SENDING)
def test_what_a_message_may_be(telegram: Emulator, lan: Person, arguments: dict[str, Any], refusal: str) -> None:
    status, body = answer(telegram, "sendMessage", **{"chat_id": lan.chat_id, **arguments})
    assert (status, body["ok"]) == ((400, False) if refusal else (200, True))
    assert body.get("description", "").startswith(f"Bad Request: {refusal}" if refusal else "")
    assert body.get("error_code") == (400 if refusal else None)


ELSEWHERE: tuple[tuple[str, dict[str, Any], str], ...] = (
    ("sendChatAction", {"action": "dancing"}, "wrong parameter action in request"),
    ("sendDocument", {}, "there is no document in the request"),
    ("sendPhoto", {"photo": "no-such-id"}, "wrong file identifier/HTTP URL specified"),
    ("sendLocation", {"latitude": "21.0"}, "longitude is empty"),
    ("getFile", {"file_id": "no-such-id"}, "wrong file_id or the file is temporarily unavailable"),
    ("leaveChat", {}, "chat member status can't be changed in private chats"),
    ("deleteMessage", {"message_id": 999}, "message to delete not found"),
    ("editMessageText", {"message_id": 999, "text": "a"}, "message to edit not found"),
    ("editMessageText", {"text": "a"}, "message identifier is not specified"),
    ("editMessageText", {"message_id": 1, "text": "not the bot's own"}, "message can't be edited"),
    ("setMyCommands", {"commands": [{"command": "Hướng dẫn", "description": "a"}]}, "BOT_COMMAND_INVALID"),
    ("setMyCommands", {"commands": [{"command": "huongdan", "description": ""}]}, "BOT_COMMAND_DESCRIPTION_INVALID"),
    ("setWebhook", {"url": "nowhere"}, "invalid webhook URL specified"),
    ("setWebhook", {"url": "http://localhost", "secret_token": "đ"}, "secret token contains unallowed characters"),
    ("answerCallbackQuery", {"callback_query_id": "1"}, "query is too old and response timeout expired or query ID is invalid"),
)


@pytest.mark.parametrize(("method", "arguments", "refusal"), ELSEWHERE)
def test_what_other_methods_refuse(telegram: Emulator, lan: Person, method: str, arguments: dict[str, Any], refusal: str) -> None:
    expected = {"ok": False, "error_code": 400, "description": f"Bad Request: {refusal}"}
    assert answer(telegram, method, chat_id=lan.chat_id, **arguments) == (400, expected)


def test_methods_are_taken_in_any_case_and_unknown_ones_are_not_found(telegram: Emulator) -> None:
    assert answer(telegram, "GETME")[1]["result"]["username"] == "dienhong_bot"
    assert answer(telegram, "getEverything") == (404, {"ok": False, "error_code": 404, "description": "Not Found: method not found"})


def test_a_wrong_token_is_unauthorized(telegram: Emulator) -> None:
    with pytest.raises(InvalidToken):
        asyncio.run(_get_me(telegram, "1:wrong"))


async def _get_me(telegram: Emulator, token: str) -> None:
    async with Bot(token, base_url=telegram.base_url):
        pass
