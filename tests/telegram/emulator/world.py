"""What the emulated Telegram knows: people, chats, messages, files, the bot's settings and the updates on their way."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

from tests.telegram.emulator.clock import Clock
from tests.telegram.emulator.errors import Json
from tests.telegram.emulator.markup import Markup
from tests.telegram.emulator.model import Attachment, Chat, Message, StoredFile, User
from tests.telegram.emulator.rich_text import RichText, with_found
from tests.telegram.emulator.seen import Event, Happening, seen
from tests.telegram.emulator.updates import UpdateQueue

BOT_ID = 7_000_000_001
FIRST_PERSON_ID = 100_000_001
FIRST_GROUP_ID = -1_001_000_000_001


@dataclass(frozen=True, slots=True)
class Draft:
    """What a message is made of."""

    body: RichText = field(default_factory=RichText)
    attachment: Attachment | None = None
    markup: Markup | None = None
    reply_to: Message | None = None


@dataclass(slots=True)
class Tap:
    """A press of a button under a message; `answers` how often the bot answered it, `notice` what it then showed."""

    tap_id: str
    person: User
    message: Message
    at: datetime
    answers: int = 0
    notice: str = ""


@dataclass(frozen=True, slots=True)
class Webhook:
    """Where updates are posted to."""

    url: str
    secret: str = ""
    max_connections: int = 40


@dataclass(slots=True)
class WebhookTrouble:
    """The last failure of a webhook."""

    at: datetime
    reason: str


class World:
    """All state, under one lock: `changed` is its lock and tells whenever anything changes."""

    def __init__(self, clock: Clock, bot: User, *, callback_lives: timedelta, reads_all_of_groups: bool) -> None:
        self.changed = threading.Condition(threading.RLock())
        self.clock = clock
        self.bot = bot
        self.callback_lives = callback_lives
        self.reads_all_of_groups = reads_all_of_groups
        self.chats: dict[int, Chat] = {}
        self.files: dict[str, StoredFile] = {}
        self.taps: dict[str, Tap] = {}
        self.commands: dict[str, list[Json]] = {}
        self.events: list[Event] = []
        self.updates = UpdateQueue()
        self.webhook: Webhook | None = None
        self.webhook_trouble: WebhookTrouble | None = None
        # A later poll, or a webhook, ends one that waits; the number tells a poll whether it still is the latest.
        self.poll = 0
        self.is_polled = False
        self.is_stopped = False
        self._changes = 0
        self._looks = 0

    @property
    def changes(self) -> int:
        """The number of the last change of a message."""
        return self._changes

    def touch(self) -> int:
        """The number of a further change; everyone who waits looks again."""
        self._changes += 1
        self.notify()
        return self._changes

    def notify(self) -> None:
        """Everyone who waits looks again; the lock is held."""
        self._looks += 1
        self.changed.notify_all()

    def wait_until(self, holds: Callable[[], bool], within_s: float) -> bool:
        """Whether it held within that time; looks again whenever anything changes, without the lock."""
        ends_at = time.monotonic() + within_s
        while True:
            looks = self._looks
            if holds():
                return True
            with self.changed:
                if not self.changed.wait_for(partial(self._has_changed_since, looks), ends_at - time.monotonic()):
                    return False

    def _has_changed_since(self, looks: int) -> bool:
        return self._looks != looks

    # People and chats

    def add_private_chat(self, name: str, username: str, language: str) -> Chat:
        """A further person, whom the bot does not know yet."""
        with self.changed:
            user_id = FIRST_PERSON_ID + sum(1 for chat in self.chats.values() if chat.person)
            person = User(user_id, name, username=username, language=language)
            return self.chats.setdefault(user_id, Chat(user_id, person=person))

    def add_group(self, title: str, members: tuple[User, ...]) -> Chat:
        """A further group, without the bot."""
        with self.changed:
            group_id = FIRST_GROUP_ID - sum(1 for chat in self.chats.values() if not chat.person)
            return self.chats.setdefault(group_id, Chat(group_id, title=title, members=members))

    # Messages

    def post(self, chat: Chat, sender: User, draft: Draft) -> Message:
        """A further message in the chat."""
        message = Message(
            message_id=chat.next_message_id,
            chat=chat,
            sender=sender,
            date=self.clock(),
            body=with_found(draft.body),
            touched=self.touch(),
            attachment=draft.attachment,
            markup=draft.markup,
            reply_to=draft.reply_to,
        )
        chat.next_message_id += 1
        chat.messages[message.message_id] = message
        self.events.append(Event(Happening.SAID, chat.chat_id, sender.name, message=seen(message)))
        return message

    def change(self, message: Message, body: RichText, markup: Markup | None) -> None:
        """The message says something else from now on."""
        message.body, message.markup = with_found(body), markup
        message.edited_at = self.clock()
        message.touched = self.touch()
        self.events.append(Event(Happening.EDITED, message.chat.chat_id, message.sender.name, message=seen(message)))

    def delete(self, message: Message) -> None:
        """The message is gone for all."""
        del message.chat.messages[message.message_id]
        self.touch()
        self.events.append(Event(Happening.DELETED, message.chat.chat_id, self.bot.name, message=seen(message)))

    def store(self, content: bytes, folder: str, name: str, mime_type: str = "", size: int | None = None) -> StoredFile:
        """Keep a file; `size` when it is to pass for a larger one."""
        with self.changed:
            number = len(self.files) + 1
            ending = name.rpartition(".")[2] if "." in name else "bin"
            file = StoredFile(
                file_id=f"BQACAgUAAxkBAAI{number:08d}",
                unique_id=f"AgADBQAC{number:08d}",
                path=f"{folder}/file_{number}.{ending}",
                content=content,
                size=len(content) if size is None else size,
                name=name,
                mime_type=mime_type,
            )
            self.files[file.file_id] = file
            return file

    # Telling the bot

    def tell(self, kind: str, chat: Chat, content: Json) -> None:
        """An update for the bot."""
        self.updates.push(kind, chat.chat_id, content)
        self.notify()


@dataclass(frozen=True, slots=True)
class Call:
    """A call the bot made, and what came of it: `status` as answered, 0 where no answer went out.

    `at_s` is of the monotonic clock, for rates.
    """

    method: str
    arguments: Mapping[str, str]
    status: int
    is_done: bool
    at_s: float = field(default_factory=time.monotonic)

    @property
    def chat_id(self) -> int | None:
        chat_id = self.arguments.get("chat_id", "")
        return int(chat_id) if chat_id.removeprefix("-").isdigit() else None
