"""All methods the emulator knows, by their names in lower case: Telegram takes them in any case."""

from __future__ import annotations

from collections.abc import Callable

from tests.telegram.emulator import asking, changing, listening, sending
from tests.telegram.emulator.errors import Json
from tests.telegram.emulator.request import Request
from tests.telegram.emulator.world import World

Method = Callable[[World, Request], Json | list[Json] | bool]

METHODS: dict[str, Method] = {
    "getme": asking.get_me,
    "getchat": asking.get_chat,
    "leavechat": asking.leave_chat,
    "getfile": asking.get_file,
    "setmycommands": asking.set_my_commands,
    "getmycommands": asking.get_my_commands,
    "deletemycommands": asking.delete_my_commands,
    "getupdates": listening.get_updates,
    "setwebhook": listening.set_webhook,
    "deletewebhook": listening.delete_webhook,
    "getwebhookinfo": listening.get_webhook_info,
    "sendmessage": sending.send_message,
    "sendphoto": sending.send_photo,
    "senddocument": sending.send_document,
    "sendlocation": sending.send_location,
    "sendchataction": sending.send_chat_action,
    "editmessagetext": changing.edit_message_text,
    "editmessagecaption": changing.edit_message_caption,
    "editmessagereplymarkup": changing.edit_message_reply_markup,
    "deletemessage": changing.delete_message,
    "answercallbackquery": changing.answer_callback_query,
}
