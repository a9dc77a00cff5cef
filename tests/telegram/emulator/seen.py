"""What a person sees of a chat, and what happened in it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from tests.telegram.emulator.markup import Keyboard
from tests.telegram.emulator.model import Message
from tests.telegram.emulator.rich_text import Entity, RichText


@dataclass(frozen=True, slots=True)
class Seen:
    """A message as it is on the screen: plain text, labels of its buttons by row.

    `attached` says what hangs on it, and is the `text` too where nothing is written; `content` is that of its file.
    """

    message_id: int
    sender: str
    is_from_bot: bool
    text: str
    kind: str = "text"
    attached: str = ""
    buttons: tuple[tuple[str, ...], ...] = ()
    entities: tuple[Entity, ...] = ()
    is_edited: bool = False
    reply_to: int | None = None
    file_name: str = ""
    content: bytes | None = None

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels of all buttons, by row and from left to right."""
        return tuple(label for row in self.buttons for label in row)

    @property
    def body(self) -> RichText:
        return RichText(self.text, self.entities)

    def __str__(self) -> str:
        shown = f"{self.attached} " if self.attached and self.attached != self.text else ""
        buttons = "".join(f" [{label}]" for label in self.labels)
        return f"{self.sender}: {shown}{self.text}{buttons}"


class Happening(StrEnum):
    """What can happen in a chat."""

    SAID = "says"
    EDITED = "edits"
    DELETED = "deletes"
    TAPPED = "taps"
    NOTICED = "is shown"
    DID = "does"


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened: `who` did it; `message` as it then was, or `text` for what is no message."""

    kind: Happening
    chat_id: int
    who: str
    text: str = ""
    message: Seen | None = None


def seen(message: Message) -> Seen:
    """The message as it stands."""
    attachment, markup = message.attachment, message.markup
    shows_buttons = markup is not None and markup.kind in (Keyboard.INLINE, Keyboard.REPLY)
    return Seen(
        message_id=message.message_id,
        sender=message.sender.name,
        is_from_bot=message.sender.is_bot,
        text=message.body.text or (attachment.shown if attachment else ""),
        kind=attachment.kind if attachment else "text",
        attached=attachment.shown if attachment else "",
        buttons=markup.labels if markup and shows_buttons else (),
        entities=message.body.entities,
        is_edited=message.edited_at is not None,
        reply_to=message.reply_to.message_id if message.reply_to else None,
        file_name=attachment.file.name if attachment and attachment.file else "",
        content=attachment.file.content if attachment and attachment.file else None,
    )
