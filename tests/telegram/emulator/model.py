"""Users, chats, files and messages, and how the Bot API writes them. https://core.telegram.org/bots/api#available-types"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from tests.telegram.emulator.errors import Json
from tests.telegram.emulator.markup import Keyboard, Markup
from tests.telegram.emulator.rich_text import RichText


@dataclass(frozen=True, slots=True)
class User:
    """Somebody, or the bot."""

    user_id: int
    first_name: str
    last_name: str = ""
    username: str = ""
    language: str = ""
    is_bot: bool = False

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    def json(self) -> Json:
        """A User."""
        named = {"last_name": self.last_name, "username": self.username, "language_code": self.language}
        return {"id": self.user_id, "is_bot": self.is_bot, "first_name": self.first_name, **_said(named)}


class Standing(StrEnum):
    """What the bot is in a chat, in the words of ChatMember."""

    UNKNOWN = ""
    MEMBER = "member"
    LEFT = "left"
    KICKED = "kicked"


@dataclass(slots=True)
class Chat:
    """A private chat with `person`, or a group without one; `standing` is the bot's."""

    chat_id: int
    person: User | None = None
    title: str = ""
    members: tuple[User, ...] = ()
    standing: Standing = Standing.UNKNOWN
    next_message_id: int = 1
    messages: dict[int, Message] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        return "private" if self.person else "supergroup"

    def json(self) -> Json:
        """A Chat."""
        if not self.person:
            return {"id": self.chat_id, "type": self.kind, "title": self.title}
        named = {"last_name": self.person.last_name, "username": self.person.username}
        return {"id": self.chat_id, "type": self.kind, "first_name": self.person.first_name, **_said(named)}


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file on Telegram's servers; `size` may be said larger than the content kept here is."""

    file_id: str
    unique_id: str
    path: str
    content: bytes
    size: int
    name: str = ""
    mime_type: str = ""

    def json(self) -> Json:
        """What all kinds of files have in common."""
        return {"file_id": self.file_id, "file_unique_id": self.unique_id, "file_size": self.size}


@dataclass(frozen=True, slots=True)
class Attachment:
    """What a message carries besides text; `fields` as the Bot API writes them, `shown` how a person sees it."""

    kind: str
    fields: Json
    shown: str
    file: StoredFile | None = None


@dataclass(slots=True, eq=False)
class Message:
    """A message as it stands; `touched` is the number of the last change that made or changed it."""

    message_id: int
    chat: Chat
    sender: User
    date: datetime
    body: RichText
    touched: int
    attachment: Attachment | None = None
    markup: Markup | None = None
    reply_to: Message | None = None
    edited_at: datetime | None = None

    def json(self, *, is_inner: bool = False) -> Json:
        """A Message; one that is quoted as replied to does not quote again."""
        wire: Json = {"message_id": self.message_id, "from": self.sender.json(), "chat": self.chat.json(), "date": _stamp(self.date)}
        if self.edited_at:
            wire["edit_date"] = _stamp(self.edited_at)
        if self.reply_to and not is_inner:
            wire["reply_to_message"] = self.reply_to.json(is_inner=True)
        wire |= self.attachment.fields if self.attachment else {}
        wire |= self._body()
        if self.markup and self.markup.kind is Keyboard.INLINE:
            wire["reply_markup"] = json.loads(self.markup.wire)
        return wire

    def _body(self) -> Json:
        if not self.body.text:
            return {}
        text, entities = ("caption", "caption_entities") if self.attachment else ("text", "entities")
        written: Json = {text: self.body.text}
        if self.body.entities:
            written[entities] = [entity.json() for entity in self.body.entities]
        return written


def _stamp(at: datetime) -> int:
    return int(at.timestamp())


def _said(named: Json) -> Json:
    return {name: value for name, value in named.items() if value}
