"""Methods by which the bot asks, and says what it is. https://core.telegram.org/bots/api#available-methods"""

from __future__ import annotations

import re

from tests.telegram.emulator.checks import known_chat, open_chat
from tests.telegram.emulator.errors import Json, bad_request
from tests.telegram.emulator.model import Standing
from tests.telegram.emulator.request import Request
from tests.telegram.emulator.world import World

MAX_DOWNLOAD_BYTES = 20 * 1024 * 1024
MAX_COMMANDS = 100
_COMMAND = re.compile(r"/?[a-z0-9_]{1,32}")
_GIFTS = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")


def get_me(world: World, request: Request) -> Json:
    """The bot's own User."""
    abilities = {
        "can_join_groups": True,
        "can_read_all_group_messages": world.reads_all_of_groups,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }
    return {**world.bot.json(), **abilities}


def get_chat(world: World, request: Request) -> Json:
    """A ChatFullInfo."""
    chat = known_chat(world, request)
    return {**chat.json(), "accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": dict.fromkeys(_GIFTS, False)}


def leave_chat(world: World, request: Request) -> bool:
    """The bot leaves a group."""
    chat = open_chat(world, request)
    if chat.person:
        raise bad_request("chat member status can't be changed in private chats")
    chat.standing = Standing.LEFT
    world.touch()
    return True


def get_file(world: World, request: Request) -> Json:
    """A File to be downloaded, of at most 20 MB."""
    file = world.files.get(request.text("file_id"))
    if file is None:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    if file.size > MAX_DOWNLOAD_BYTES:
        raise bad_request("file is too big")
    return {**file.json(), "file_path": file.path}


def set_my_commands(world: World, request: Request) -> bool:
    """The menu of commands, by scope and language."""
    commands = request.parsed("commands")
    if not isinstance(commands, list):
        raise bad_request("expected an Array of BotCommand")
    if len(commands) > MAX_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for one in commands:
        if not _COMMAND.fullmatch(str(one.get("command"))):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(str(one.get("description") or "")) <= 256:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    world.commands[_scope(request)] = commands
    return True


def get_my_commands(world: World, request: Request) -> list[Json]:
    """The menu of commands as it was set."""
    return world.commands.get(_scope(request), [])


def delete_my_commands(world: World, request: Request) -> bool:
    """No menu of commands any more."""
    world.commands.pop(_scope(request), None)
    return True


def _scope(request: Request) -> str:
    scope = request.parsed("scope") or {"type": "default"}
    return f"{sorted(scope.items())} {request.text('language_code')}"
