"""What Telegram checks before it does anything: the chat, the text, the message meant."""

from __future__ import annotations

from typing import Any

from tests.telegram.emulator.errors import bad_request, forbidden
from tests.telegram.emulator.html_mode import read_html
from tests.telegram.emulator.model import Chat, Message, Standing
from tests.telegram.emulator.request import Request
from tests.telegram.emulator.rich_text import Entity, RichText, trimmed, units
from tests.telegram.emulator.world import World

MAX_TEXT = 4096
MAX_CAPTION = 1024


def known_chat(world: World, request: Request) -> Chat:
    """The chat meant; one that never wrote to the bot does not exist for it."""
    written = request.text("chat_id")
    if not written:
        raise bad_request("chat_id is empty")
    chat = world.chats.get(int(written)) if written.removeprefix("-").isdigit() else None
    if chat is None or chat.standing is Standing.UNKNOWN:
        raise bad_request("chat not found")
    return chat


def open_chat(world: World, request: Request) -> Chat:
    """The chat meant, where the bot may act."""
    chat = known_chat(world, request)
    if chat.person and chat.standing is not Standing.MEMBER:
        raise forbidden("bot was blocked by the user")
    if chat.standing is Standing.KICKED:
        raise forbidden("bot was kicked from the supergroup chat")
    if chat.standing is Standing.LEFT:
        raise forbidden("bot is not a member of the supergroup chat")
    return chat


def message_text(request: Request) -> RichText:
    """The text of a message."""
    if not request.text("text"):
        raise bad_request("message text is empty")
    rich = formatted(request, "text", "entities")
    if not rich.text:
        raise bad_request("text must be non-empty")
    if units(rich.text) > MAX_TEXT:
        raise bad_request("message is too long")
    return rich


def caption_text(request: Request) -> RichText:
    """The text below a picture or a file."""
    rich = formatted(request, "caption", "caption_entities")
    if units(rich.text) > MAX_CAPTION:
        raise bad_request("message caption is too long")
    return rich


def formatted(request: Request, name: str, entities: str) -> RichText:
    """A text as it will be shown: formatting read, white space around it gone."""
    source, mode = request.text(name), request.text("parse_mode").lower()
    if mode not in ("", "html"):
        # The Markdown modes exist in Telegram; here only what the project sends can be read.
        raise bad_request("unsupported parse_mode")
    if mode == "html":
        return trimmed(read_html(source))
    return trimmed(RichText(source, tuple(_entity(one) for one in request.parsed(entities) or ())))


def _entity(written: Any) -> Entity:
    if not isinstance(written, dict) or not all(isinstance(written.get(name), int) for name in ("offset", "length")):
        raise bad_request("can't parse MessageEntity: expected an Object with integer offset and length")
    return Entity(str(written.get("type")), written["offset"], written["length"], str(written.get("url") or ""))


def replied_to(chat: Chat, request: Request) -> Message | None:
    """The message that the one to be sent answers; None where it answers none, or may be sent without it."""
    parameters = request.parsed("reply_parameters") or {}
    message_id = parameters.get("message_id") or request.number("reply_to_message_id")
    if not message_id:
        return None
    message = chat.messages.get(int(message_id))
    may_be_missing = parameters.get("allow_sending_without_reply") or request.flag("allow_sending_without_reply")
    if message is None and not may_be_missing:
        raise bad_request("message to be replied not found")
    return message


def message_meant(chat: Chat, request: Request, purpose: str) -> Message:
    """The message to be changed; `purpose` as in Telegram's refusal: edit, delete."""
    if not request.text("message_id"):
        raise bad_request("message identifier is not specified")
    message = chat.messages.get(request.number("message_id"))
    if message is None:
        raise bad_request(f"message to {purpose} not found")
    return message
