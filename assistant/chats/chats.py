"""What is known of each chat: its language, its commune, what the person is being asked, what they are writing to be sent."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from assistant.chats.seal_places import address_place, draft_place
from assistant.chats.tables import chat
from assistant.feedback.vault import Vault

# The step while more of an album may come whose first was added to what was sent; nothing is being asked.
ALBUM = "album"


@dataclass(frozen=True, slots=True)
class Draft:
    """What is being written to be sent. `files`: keys of files kept; `messages`: the channel's ids of the messages that `text` came by.

    `request_id` names it: sent twice it is one. `provisions` were cited when the person asked. `code` and `sent_at` (ISO): of
    one that was sent, which stays so that an edit of its messages is understood. `is_secret`: read as a denunciation, which will never be
    public, and whose sender need not be named here. `point`: where the person stood, as latitude and longitude. `told_at` (ISO): when the
    newest words came. `beside`: another matter that came while this one lay there, until the person says which is meant. `album`: the
    newest album that its files came in, and behind a blank why one of them was refused; of the others of it nothing more is said.
    """

    request_id: str
    text: str = field(default="", repr=False)
    where: str = field(default="", repr=False)
    files: tuple[str, ...] = ()
    name: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)
    provisions: tuple[str, ...] = ()
    messages: tuple[str, ...] = ()
    code: str = ""
    sent_at: str = ""
    is_secret: bool = False
    point: str = field(default="", repr=False)
    told_at: str = ""
    beside: Draft | None = field(default=None, repr=False)
    album: str = ""

    @property
    def all_files(self) -> tuple[str, ...]:
        """Its files, and those of the matter beside it."""
        return (*self.files, *(self.beside.files if self.beside else ()))

    def with_text(self, text: str, message: str, at: str = "") -> Draft:
        """The draft with another message's text added, which came at `at`."""
        return replace(self, text=f"{self.text}\n{text}".strip(), messages=(*self.messages, message), told_at=at)


@dataclass(frozen=True, slots=True)
class ChatState:
    """One chat as it stands. `step` names what the person is being asked, empty where nothing is; it may hold a fact after a colon.

    `is_language_chosen`: by the person; else the language is that of their phone, or of what they typed.
    """

    number: int
    channel: str
    key: str
    address: str = field(repr=False)
    language: str = "vi"
    is_language_chosen: bool = False
    area: str = ""
    consent_version: str = ""
    step: str = ""
    draft: Draft | None = field(default=None, repr=False)
    is_blocked: bool = False

    @property
    def writing(self) -> Draft | None:
        """The draft, if there is one that was not sent."""
        return self.draft if self.draft and not self.draft.code else None


class Chats:
    """The chats of one database."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def key_of(self, channel: str, address: str) -> str:
        """The keyed hash that a chat is found by."""
        return self._vault.hashed(f"chat of {channel}", address)

    def open(self, connection: Connection, channel: str, address: str, language: str, now: datetime) -> int:
        """The number of the chat with this address, made where there is none yet."""
        key = self.key_of(channel, address)
        number = connection.execute(select(chat.c.number).where((chat.c.channel == channel) & (chat.c.chat_key == key))).scalar()
        if number is not None:
            return int(number)
        sealed = self._vault.seal(address, address_place(channel, key))
        values = {"channel": channel, "chat_key": key, "address": sealed, "language": language, "is_blocked": False, "seen_at": now}
        return int(connection.execute(insert(chat).values(values)).inserted_primary_key[0])  # type: ignore[index]

    def find(self, connection: Connection, channel: str, address: str) -> ChatState | None:
        """The chat with this address, if it ever wrote."""
        found = (chat.c.channel == channel) & (chat.c.chat_key == self.key_of(channel, address))
        row = connection.execute(select(chat).where(found)).first()
        return self._state(row) if row else None

    def state(self, connection: Connection, number: int) -> ChatState:
        """The chat with this number, which exists."""
        return self._state(connection.execute(select(chat).where(chat.c.number == number)).one())

    def save(self, connection: Connection, state: ChatState, now: datetime) -> None:
        """Keeps the chat as it stands."""
        draft = json.dumps(asdict(state.draft), ensure_ascii=False) if state.draft else None
        values = {
            "language": state.language,
            "is_language_chosen": state.is_language_chosen,
            "area": state.area or None,
            "consent_version": state.consent_version or None,
            "step": state.step or None,
            "draft": self._vault.seal(draft, draft_place(state.channel, state.key)) if draft else None,
            "is_blocked": state.is_blocked,
            "seen_at": now,
        }
        connection.execute(update(chat).where(chat.c.number == state.number).values(values))

    def ask(self, connection: Connection, number: int, step: str) -> None:
        """Lets the person be asked `step` where nothing is being asked."""
        free = (chat.c.number == number) & (chat.c.step.is_(None) | chat.c.step.startswith(f"{ALBUM}:"))
        connection.execute(update(chat).where(free).values(step=step))

    def _state(self, row: Row[Any]) -> ChatState:
        return ChatState(
            number=row.number,
            channel=row.channel,
            key=row.chat_key,
            address=self._vault.open(row.address, address_place(row.channel, row.chat_key)),
            language=row.language,
            is_language_chosen=row.is_language_chosen,
            area=row.area or "",
            consent_version=row.consent_version or "",
            step=row.step or "",
            draft=_draft(self._vault.open(row.draft, draft_place(row.channel, row.chat_key))) if row.draft else None,
            is_blocked=row.is_blocked,
        )


def _draft(written: str) -> Draft:
    return _draft_of(json.loads(written))


def _draft_of(plain: Mapping[str, Any]) -> Draft:
    kept: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in plain.items()}
    beside = kept.get("beside")
    return Draft(**{**kept, "beside": _draft_of(beside) if beside else None})
