"""What is known of each chat: its language, its commune, what the person is being asked, what they are writing to be sent."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from assistant.chats.seal_places import address_place, draft_place
from assistant.chats.tables import chat
from assistant.feedback.vault import Vault


@dataclass(frozen=True, slots=True)
class Draft:
    """What is being written to be sent. `files`: keys of files kept; `messages`: the channel's ids of the messages that `text` came by.

    `request_id` names it: sent twice it is one. `provisions` were cited when the person asked. `code` and `sent_at` (ISO): of
    one that was sent, which stays so that an edit of its messages is understood. `is_secret`: read as a denunciation, which will never be
    public, and whose sender need not be named here.
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

    def with_text(self, text: str, message: str) -> Draft:
        """The draft with another message's text added."""
        return replace(self, text=f"{self.text}\n{text}".strip(), messages=(*self.messages, message))


@dataclass(frozen=True, slots=True)
class ChatState:
    """One chat as it stands. `step` names what the person is being asked, empty where nothing is; it may hold a fact after a colon."""

    number: int
    channel: str
    key: str
    address: str = field(repr=False)
    language: str = "vi"
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
            "area": state.area or None,
            "consent_version": state.consent_version or None,
            "step": state.step or None,
            "draft": self._vault.seal(draft, draft_place(state.channel, state.key)) if draft else None,
            "is_blocked": state.is_blocked,
            "seen_at": now,
        }
        connection.execute(update(chat).where(chat.c.number == state.number).values(values))

    def _state(self, row: Row[Any]) -> ChatState:
        return ChatState(
            number=row.number,
            channel=row.channel,
            key=row.chat_key,
            address=self._vault.open(row.address, address_place(row.channel, row.chat_key)),
            language=row.language,
            area=row.area or "",
            consent_version=row.consent_version or "",
            step=row.step or "",
            draft=_draft(self._vault.open(row.draft, draft_place(row.channel, row.chat_key))) if row.draft else None,
            is_blocked=row.is_blocked,
        )


def _draft(written: str) -> Draft:
    kept: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in json.loads(written).items()}
    return Draft(**kept)
