"""Keyboards as bots send them, and what Telegram refuses of them.

https://core.telegram.org/bots/api#inlinekeyboardbutton; the wording of the refusals follows the source of the Bot API server.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from tests.telegram.emulator.errors import Json, bad_request

# Limits found by those who met them: https://github.com/rubenlagus/TelegramBots/issues/218 and
# https://github.com/tginfo/Telegram-Limits/issues/187.
MAX_INLINE_BUTTONS = 100
MAX_KEYBOARD_BUTTONS = 300
MAX_MARKUP_BYTES = 10_240
MAX_DATA_BYTES = 64
_ACTIONS = ("url", "web_app", "login_url", "switch_inline_query", "switch_inline_query_current_chat", "copy_text", "pay", "callback_game")
# A host without a dot, such as localhost, is refused.
_ADDRESS = re.compile(r"(?:https?://)?[\w-]+(?:\.[\w-]+)+(?::\d+)?(?:[/?#]\S*)?|tg://\S+", re.IGNORECASE)


class Keyboard(StrEnum):
    """What a reply markup is."""

    INLINE = "inline_keyboard"
    REPLY = "keyboard"
    REMOVE = "remove_keyboard"
    FORCE_REPLY = "force_reply"


class Asks(StrEnum):
    """What a button of a reply keyboard sends instead of its label."""

    NOTHING = ""
    CONTACT = "request_contact"
    LOCATION = "request_location"


@dataclass(frozen=True, slots=True)
class Button:
    """A button: what it shows and what it does; of `data`, `url` and `asks` at most one says something."""

    label: str
    data: str = ""
    url: str = ""
    asks: Asks = Asks.NOTHING


@dataclass(frozen=True, slots=True)
class Markup:
    """A keyboard under a message or in place of the phone's own; `wire` is it as JSON text, keys in order."""

    kind: Keyboard
    rows: tuple[tuple[Button, ...], ...]
    wire: str
    is_one_time: bool = False

    @property
    def labels(self) -> tuple[tuple[str, ...], ...]:
        return tuple(tuple(button.label for button in row) for row in self.rows)


def read_markup(source: str) -> Markup | None:
    """The keyboard in a `reply_markup` argument; None when there is none, or an inline keyboard without buttons.

    Raises ApiError for what Telegram refuses.
    """
    markup = _object(source) if source else {}
    kind = next((one for one in Keyboard if markup.get(one.value)), None)
    if kind is None:
        return None
    rows = tuple(tuple(_buttons(row, kind)) for row in markup[kind.value]) if kind in (Keyboard.INLINE, Keyboard.REPLY) else ()
    _check_size(kind, rows, source)
    rows = tuple(row for row in rows if row)
    if kind is Keyboard.INLINE and not rows:
        return None
    return Markup(kind, rows, json.dumps(markup, sort_keys=True, ensure_ascii=False), bool(markup.get("one_time_keyboard")))


def _object(source: str) -> Json:
    try:
        markup = json.loads(source)
    except ValueError:
        raise bad_request("can't parse reply keyboard markup JSON object") from None
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    return markup


def _check_size(kind: Keyboard, rows: tuple[tuple[Button, ...], ...], source: str) -> None:
    most = MAX_INLINE_BUTTONS if kind is Keyboard.INLINE else MAX_KEYBOARD_BUTTONS
    if sum(map(len, rows)) > most or len(source.encode()) > MAX_MARKUP_BYTES:
        raise bad_request("reply markup is too long")


def _buttons(row: Any, kind: Keyboard) -> Iterator[Button]:
    if not isinstance(row, list):
        raise bad_request(f'field "{kind.value}" of the ReplyMarkup must be an Array of Arrays')
    for button in row:
        yield _inline_button(button) if kind is Keyboard.INLINE else _reply_button(button)


def _inline_button(button: Any) -> Button:
    prefix = "can't parse inline keyboard button: "
    if not isinstance(button, dict):
        raise bad_request(f"{prefix}InlineKeyboardButton must be an Object")
    label = _label(button, prefix, "inline keyboard button text must be non-empty")
    data = button.get("callback_data") or ""
    if not data and not any(button.get(action) is not None for action in _ACTIONS):
        raise bad_request(f"{prefix}Text buttons are unallowed in the inline keyboard")
    if len(data.encode()) > MAX_DATA_BYTES:
        raise bad_request("BUTTON_DATA_INVALID")
    url = button.get("url") or ""
    if "url" in button and not _ADDRESS.fullmatch(url):
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
    return Button(label, data, url)


def _reply_button(button: Any) -> Button:
    if isinstance(button, str):
        button = {"text": button}
    prefix = "can't parse keyboard button: "
    if not isinstance(button, dict):
        raise bad_request(f"{prefix}KeyboardButton must be an Object")
    asks = next((one for one in (Asks.CONTACT, Asks.LOCATION) if button.get(one.value)), Asks.NOTHING)
    return Button(_label(button, prefix, "keyboard button text must be non-empty"), asks=asks)


def _label(button: Json, prefix: str, when_empty: str) -> str:
    if "text" not in button:
        raise bad_request(f'{prefix}Can\'t find field "text"')
    label = button["text"]
    if not isinstance(label, str):
        raise bad_request(f'{prefix}Field "text" must be of type String')
    if not label.strip():
        raise bad_request(when_empty)
    return label
