"""What comes from a chat and what is said back, in the terms of no channel."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol

from assistant.answering.types import Answer

# The most bytes of an action: what the narrowest channel (Telegram's callback_data) carries.
LONGEST_ACTION = 64


class EventKind(StrEnum):
    """What somebody did."""

    TEXT = "text"
    BUTTON = "button"
    FILE = "file"
    PLACE = "place"
    CONTACT = "contact"
    EDIT = "edit"
    BLOCKED = "blocked"
    UNSUPPORTED = "unsupported"


class FileKind(StrEnum):
    """What a file was sent as."""

    PHOTO = "photo"
    VOICE = "voice"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True)
class FileAtChannel:
    """A file that still lies with the channel, or in `id` itself. `size` in bytes, as far as the channel tells."""

    kind: FileKind
    id: str = field(repr=False)
    size: int | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that somebody did in a chat.

    `external_id` names it on its channel: the same one twice is one. `address` is where the channel answers. `text`: what was typed, a
    caption, a telephone number, or the action of a button. `message`: the channel's id of the message sent, edited or tapped on.
    `is_group`: others read along. `replies_to`: the channel's id of the message that this one answers, where the person said so.
    `album`: what the channel calls files that were sent at once, each as an event of its own.
    `is_language_guessed`: by the settings of a phone, which its owner may never have looked at.
    """

    channel: str
    external_id: str
    address: str = field(repr=False)
    kind: EventKind
    text: str = field(default="", repr=False)
    message: str = ""
    file: FileAtChannel | None = None
    point: tuple[float, float] | None = field(default=None, repr=False)
    language: str = "vi"
    is_group: bool = False
    replies_to: str = ""
    album: str = ""
    is_language_guessed: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that can be tapped: what comes back as a button's text, and the name of its label with the facts in it."""

    action: str
    label: str
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Said:
    """One thing to say: the name of its sentences, the facts in them, and rows of choices below.

    `parts`: text already worded, in the channel's own markup, to be said in place of sentences. `replaces`: the channel's id of a message
    that this one takes the place of. `asks_point`: offer to share where one is. `below`: the name of sentences that stand below the parts.
    """

    what: str
    facts: Mapping[str, str] = field(default_factory=dict, repr=False)
    choices: tuple[tuple[Choice, ...], ...] = ()
    parts: tuple[str, ...] = field(default=(), repr=False)
    replaces: str = ""
    asks_point: bool = False
    below: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """One message as it goes to a channel: text in its markup, rows of (label, action); `replaces` as in `Said`.

    `answers`: the channel's id of the message that it answers, where that is to be seen.
    """

    text: str = field(repr=False)
    buttons: tuple[tuple[tuple[str, str], ...], ...] = field(default=(), repr=False)
    replaces: str = ""
    asks_point: str = ""
    answers: str = ""


@dataclass(frozen=True, slots=True)
class ShownAnswer:
    """An answer as a chat shows it, in the channel's markup: what is said at once, the rest by parts, and what can be tapped.

    `papers`: names of the papers of a procedure. `where`: where they are handed in. `options`: (choice, label) of what was asked back or
    may have been meant instead. `restored`: how the question was read, where that differs from what was typed. `sendable`: "report" or
    "recommendation" where the message is one that can be sent on. `provisions` are cited. `message`: the channel's id of the question.
    """

    first: str
    more: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()
    where: str = ""
    options: tuple[tuple[str, str], ...] = ()
    restored: str = ""
    sendable: str = ""
    outcome: str = ""
    message: str = ""
    provisions: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Plain values, as they are kept with a turn."""
        return {name: getattr(self, name) for name in self.__slots__}

    @classmethod
    def of_json(cls, kept: Mapping[str, Any]) -> ShownAnswer:
        """The answer that `to_json` gave."""
        pairs = tuple((str(one), str(label)) for one, label in kept["options"])
        lists = {name: tuple(map(str, kept[name])) for name in ("more", "papers", "provisions")}
        return cls(**{**kept, **lists, "options": pairs})


class Words(Protocol):
    """Says things in a language, in the markup of one channel."""

    def messages(self, said: Said, language: str) -> Sequence[Message]:
        """The messages that say it, cut where the channel's limit asks for it; the choices stand below the last one."""

    def answer(self, answer: Answer, language: str) -> ShownAnswer:
        """An answer as this channel shows it."""


class Files(Protocol):
    """Gets files from a channel."""

    def fetch(self, file: FileAtChannel) -> bytes:
        """Its content. Raises `FileNotHad`."""


@dataclass(frozen=True, slots=True)
class Sent:
    """Where a message stands at its channel."""

    message: str
    at: datetime
