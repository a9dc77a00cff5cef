"""Methods by which the bot changes what is there, and answers taps. https://core.telegram.org/bots/api#updating-messages"""

from __future__ import annotations

from datetime import timedelta

from tests.telegram.emulator.checks import caption_text, message_meant, message_text, open_chat
from tests.telegram.emulator.errors import Json, bad_request
from tests.telegram.emulator.markup import Keyboard, Markup, read_markup
from tests.telegram.emulator.model import Message
from tests.telegram.emulator.request import Request
from tests.telegram.emulator.rich_text import RichText, with_found
from tests.telegram.emulator.seen import Event, Happening
from tests.telegram.emulator.world import World

DELETABLE_FOR = timedelta(hours=48)
MAX_NOTICE = 200
_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current content "
    "and reply markup of the message"
)


def edit_message_text(world: World, request: Request) -> Json:
    """Another text; without a keyboard given, the old keyboard goes."""
    body = message_text(request)
    message = _editable(world, request)
    if message.attachment:
        raise bad_request("there is no text in the message to edit")
    return _changed(world, message, body, read_markup(request.text("reply_markup")))


def edit_message_caption(world: World, request: Request) -> Json:
    """Another text below a picture or file."""
    body = caption_text(request)
    message = _editable(world, request)
    if not message.attachment:
        raise bad_request("there is no caption in the message to edit")
    return _changed(world, message, body, read_markup(request.text("reply_markup")))


def edit_message_reply_markup(world: World, request: Request) -> Json:
    """Another inline keyboard, or none."""
    message = _editable(world, request)
    return _changed(world, message, message.body, read_markup(request.text("reply_markup")))


def delete_message(world: World, request: Request) -> bool:
    """A message goes: the bot's own, or in a private chat anybody's, for 48 hours."""
    chat = open_chat(world, request)
    message = message_meant(chat, request, "delete")
    is_allowed = message.sender == world.bot or chat.person is not None
    if not is_allowed or world.clock() - message.date > DELETABLE_FOR:
        raise bad_request("message can't be deleted for everyone")
    world.delete(message)
    return True


def answer_callback_query(world: World, request: Request) -> bool:
    """A tap is answered: the waiting sign at the button goes, a notice may be shown."""
    tap = world.taps.get(request.text("callback_query_id"))
    if tap is None or world.clock() - tap.at > world.callback_lives:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    notice = request.text("text")
    if len(notice) > MAX_NOTICE:
        raise bad_request("MESSAGE_TOO_LONG")
    tap.answers += 1
    if notice:
        tap.notice = notice
        world.events.append(Event(Happening.NOTICED, tap.message.chat.chat_id, tap.person.name, notice))
    world.touch()
    return True


def _editable(world: World, request: Request) -> Message:
    message = message_meant(open_chat(world, request), request, "edit")
    has_other_keyboard = message.markup is not None and message.markup.kind is not Keyboard.INLINE
    if message.sender != world.bot or has_other_keyboard:
        raise bad_request("message can't be edited")
    return message


def _changed(world: World, message: Message, body: RichText, markup: Markup | None) -> Json:
    if markup and markup.kind is not Keyboard.INLINE:
        raise bad_request("inline keyboard expected")
    before, after = (message.markup.wire if message.markup else ""), (markup.wire if markup else "")
    if with_found(body) == message.body and before == after:
        raise bad_request(_NOT_MODIFIED)
    world.change(message, body, markup)
    return message.json()
