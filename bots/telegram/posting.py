"""One message handed to Telegram: sent, or put in the place of another."""

from __future__ import annotations

import html
import re

import httpx
from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    LinkPreviewOptions,
    ReplyKeyboardMarkup,
    ReplyParameters,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest, InvalidToken, TelegramError

from assistant.chats.types import Message

_UNCHANGED, _UNREADABLE = "message is not modified", "can't parse entities"
_TAG = re.compile(r"<[^<>]*>")
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
# With these nothing had left this machine.
_BEFORE_SENDING = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError, httpx.UnsupportedProtocol)
# Telegram's own words come first, then what it was given; only the former are kept.
_REASON = re.compile(r"[A-Za-z_' -]{1,60}")


async def post(bot: Bot, chat: int, message: Message) -> str:
    """Telegram's id of the message as it stands in the chat. Raises `TelegramError`.

    What cannot be put in the place of another message, e.g. because that was deleted, is sent as one of its own.
    """
    if message.replaces.isdigit():
        try:
            return await _replaced(bot, chat, message)
        except BadRequest as error:
            if _says(error, _UNCHANGED):
                return message.replaces
    return await _sent(bot, chat, message)


async def offer_to_share_place(bot: Bot, chat: int, label: str) -> None:
    """A keyboard with one button that shares where the person is. A message has one keyboard, so choices stand in another one."""
    await bot.send_message(chat, label, reply_markup=_keyboard_for_place(label))


def needs_second_message(message: Message) -> bool:
    """Whether the button that shares the place does not fit below the message itself."""
    return bool(message.asks_point and (message.buttons or message.replaces.isdigit()))


def reason_of(error: BadRequest) -> str:
    """Why Telegram refuses a message, without any of its words."""
    named = _REASON.match(error.message)
    return named.group().strip().lower().replace(" ", "_").replace("-", "_") if named else "refused"


def failure_of(error: TelegramError) -> str:
    """What is known of a message that did not go through: `answer_lost` may have arrived."""
    if isinstance(error, InvalidToken):
        return "token_refused"
    if isinstance(error.__cause__, _BEFORE_SENDING):
        return "unreachable"
    return "answer_lost" if isinstance(error.__cause__, httpx.HTTPError) else "server_error"


async def _sent(bot: Bot, chat: int, message: Message) -> str:
    keyboard = _keyboard_for_place(message.asks_point) if message.asks_point and not needs_second_message(message) else _choices(message)
    try:
        sent = await bot.send_message(
            chat,
            message.text,
            parse_mode=ParseMode.HTML,
            link_preview_options=_NO_PREVIEW,
            reply_parameters=_answered(message),
            reply_markup=keyboard,
        )
    except BadRequest as error:
        if not _says(error, _UNREADABLE):
            raise
        sent = await bot.send_message(
            chat, plain(message.text), link_preview_options=_NO_PREVIEW, reply_parameters=_answered(message), reply_markup=keyboard
        )
    return str(sent.message_id)


async def _replaced(bot: Bot, chat: int, message: Message) -> str:
    number, choices = int(message.replaces), _choices(message)
    try:
        await bot.edit_message_text(
            message.text, chat, number, parse_mode=ParseMode.HTML, link_preview_options=_NO_PREVIEW, reply_markup=choices
        )
    except BadRequest as error:
        if not _says(error, _UNREADABLE):
            raise
        await bot.edit_message_text(plain(message.text), chat, number, link_preview_options=_NO_PREVIEW, reply_markup=choices)
    return message.replaces


def _answered(message: Message) -> ReplyParameters | None:
    # What was asked may be deleted by now; the answer is for the others in the group as well.
    return ReplyParameters(int(message.answers), allow_sending_without_reply=True) if message.answers.isdigit() else None


def plain(text: str) -> str:
    """The words of a text in HTML."""
    return html.unescape(_TAG.sub("", text))


def _choices(message: Message) -> InlineKeyboardMarkup | None:
    rows = [[InlineKeyboardButton(label, callback_data=action) for label, action in row] for row in message.buttons]
    return InlineKeyboardMarkup(rows) if rows else None


def _keyboard_for_place(label: str) -> ReplyKeyboardMarkup:
    return ReplyKeyboardMarkup([[KeyboardButton(label, request_location=True)]], resize_keyboard=True, one_time_keyboard=True)


def _says(error: BadRequest, words: str) -> bool:
    return words in error.message.lower()
