"""The messages of the recommendation database, handed on into the chats that they are for."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, Engine, select

from assistant.chats.chats import Chats, ChatState
from assistant.chats.desk import worded
from assistant.chats.mailbox import Mailbox
from assistant.chats.types import Choice, Said, Words
from assistant.database import reading, writing
from assistant.feedback.answers.surveys import Verdict
from assistant.feedback.intake import contact_of
from assistant.feedback.outbox import Delivery, Undeliverable
from assistant.feedback.seal_places import contact_place
from assistant.feedback.states import State, StateMachine
from assistant.feedback.tables import contact
from assistant.feedback.vault import Vault

# An officer has asked something.
ASKED = "asked"


class ChatLetterbox:
    """A `Channel` of the outbox: what is delivered here waits in the mailbox of chats, once for each key."""

    def __init__(self, engine: Engine, vault: Vault, mailbox: Mailbox, words: Words, machine: StateMachine) -> None:
        self._engine, self._vault, self._mailbox, self._words, self._machine = engine, vault, mailbox, words, machine
        self._chats = Chats(vault)

    def deliver(self, delivery: Delivery) -> None:
        """Writes it into the mailbox. Raises `Undeliverable` where the sender is not known any more or wants no messages."""
        if delivery.what == "received":
            # Said in the chat already, together with the code.
            return
        with reading(self._engine) as connection:
            state = self._chat_of(connection, delivery)
        if state is None or state.is_blocked:
            raise Undeliverable(is_final=True)
        messages = worded(self._said(delivery, state), self._words, state.language)
        with writing(self._engine) as connection:
            self._mailbox.queue(connection, f"outbox:{delivery.key}", state.number, messages)
            if _asks(delivery):
                # What is typed next answers it, where nothing else was being asked.
                self._chats.ask(connection, state.number, f"{ASKED}:{delivery.facts.get('code') or ''}")

    def _chat_of(self, connection: Connection, delivery: Delivery) -> ChatState | None:
        sealed = connection.execute(select(contact.c.details).where(contact.c.submission == delivery.submission)).scalar_one_or_none()
        if sealed is None:
            return None
        address = contact_of(self._vault.open(sealed, contact_place(delivery.submission))).address_on_channel
        return self._chats.find(connection, delivery.channel, address) if address else None

    def _said(self, delivery: Delivery, state: ChatState) -> tuple[Said, ...]:
        code = str(delivery.facts.get("code") or "")
        facts: Mapping[str, str] = {
            "code": code,
            "state": self._state(delivery, state.language),
            "text": delivery.text or "",
            "reason": str(delivery.facts.get("guidance") or ""),
        }
        match delivery.what:
            case "survey":
                choices = tuple((Choice(f"verdict:{code}:{verdict.value}", f"verdict.{verdict.value}"),) for verdict in Verdict)
            case _ if _asks(delivery):
                choices = ((Choice(f"add:{code}", "reply.button"),),)
            case _:
                choices = ((Choice(f"track:{code}", "track.button"),),)
        return (Said(f"outbox.{delivery.what}", facts, choices),)

    def _state(self, delivery: Delivery, language: str) -> str:
        row = next((row for state, row in self._machine.states.items() if state.value == delivery.facts.get("state")), None)
        return "" if row is None else row.en if language == "en" else row.vi


def _asks(delivery: Delivery) -> bool:
    return delivery.what == "message" or delivery.facts.get("state") == State.NEEDS_INFO
