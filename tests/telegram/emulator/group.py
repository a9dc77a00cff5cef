"""A group with the bot in it."""

from __future__ import annotations

from collections.abc import Iterable

from tests.telegram.emulator.errors import Json
from tests.telegram.emulator.model import Attachment, Chat, Message, Standing, User
from tests.telegram.emulator.rich_text import part
from tests.telegram.emulator.world import Draft, World


class Group:
    """A supergroup; its people act in it through `Person.within`."""

    def __init__(self, world: World, chat: Chat) -> None:
        self._world = world
        self.chat = chat

    @property
    def chat_id(self) -> int:
        return self.chat.chat_id

    def adds_bot(self) -> None:
        """The first member brings the bot in."""
        with self._world.changed:
            standing_changes(self._world, self.chat, self.chat.members[0], Standing.MEMBER)
            joined = Attachment("new_chat_members", {"new_chat_members": [self._world.bot.json()]}, "[the bot joined]")
            message = self._world.post(self.chat, self.chat.members[0], Draft(attachment=joined))
            self._world.tell("message", self.chat, message.json())

    def removes_bot(self) -> None:
        """The first member throws the bot out."""
        with self._world.changed:
            standing_changes(self._world, self.chat, self.chat.members[0], Standing.KICKED)


def standing_changes(world: World, chat: Chat, by: User, standing: Standing) -> None:
    """The bot is told that it may do more or less in a chat from now on."""
    before, chat.standing = chat.standing, standing
    change: Json = {
        "chat": chat.json(),
        "from": by.json(),
        "date": int(world.clock().timestamp()),
        "old_chat_member": _member(world.bot, before or Standing.LEFT),
        "new_chat_member": _member(world.bot, standing),
    }
    world.touch()
    world.tell("my_chat_member", chat, change)


def is_for_bot(world: World, message: Message) -> bool:
    """Whether Telegram tells the bot of the message: in groups perhaps only of commands, mentions and answers to it.

    https://core.telegram.org/bots/features#privacy-mode
    """
    if message.chat.standing is not Standing.MEMBER:
        return False
    if message.chat.person or world.reads_all_of_groups:
        return True
    return (message.reply_to is not None and message.reply_to.sender == world.bot) or any(_addresses(world, message))


def _addresses(world: World, message: Message) -> Iterable[bool]:
    mark = f"@{world.bot.username}".lower()
    for entity in message.body.entities:
        said = part(message.body.text, entity.offset, entity.length).lower()
        yield entity.kind == "mention" and said == mark
        yield entity.kind == "bot_command" and ("@" not in said or said.endswith(mark))


def _member(bot: User, standing: Standing) -> Json:
    member: Json = {"user": bot.json(), "status": standing.value}
    return {**member, "until_date": 0} if standing is Standing.KICKED else member
