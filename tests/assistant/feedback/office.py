"""An office for tests: the recommendation database with a clock that is set by hand and a reader that goes by words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from zlib import crc32

import numpy as np
import numpy.typing as npt
from sqlalchemy import Engine

from assistant.database import metadata, open_database
from assistant.feedback.audit import AuditTrail
from assistant.feedback.desk import open_desk
from assistant.feedback.intake import ContactDetails, NewSubmission
from assistant.feedback.outbox import Delivery, Outbox, Undeliverable
from assistant.feedback.states import Actor, Role
from assistant.feedback.suggesting.understanding import Suggested, Understander, Understanding
from assistant.feedback.vault import Keys, Vault
from corpus.text import fold

MORNING = datetime(2026, 11, 22, 1, 30, tzinfo=UTC)
KEYS = Keys((b"k" * 32,), b"l" * 32)
CHAT = "chat"


def person(name: str, *roles: Role) -> Actor:
    return Actor(name, frozenset(roles))


LAN, HUNG, MAI = person("lan", Role.SCREENER), person("hung", Role.REVIEWER), person("mai", Role.APPROVER)
FIRST, SECOND = person("officer-1", Role.SEALED_OFFICER), person("officer-2", Role.SEALED_OFFICER)


class Clock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.now = MORNING

    def __call__(self) -> datetime:
        return self.now

    def move(self, by: timedelta) -> None:
        self.now += by


class WordReader:
    """Takes "tố cáo" for a denunciation and everything else for a report; breaks over texts that say so."""

    def read(self, text: str) -> Understanding:
        if "làm hỏng máy" in text:
            raise ValueError(text)
        if "làm sập máy" in text:
            raise KeyboardInterrupt
        is_denunciation = "tố cáo" in text
        kind = Suggested("kind", "denunciation" if is_denunciation else "report", 0.9, ((0, 4),))
        opinions = (kind, Suggested("field", "transport", 0.8))
        return Understanding(opinions, (), is_denunciation, "normal", "words-1", _meaning(text))


def _meaning(text: str) -> npt.NDArray[np.float32]:
    """A unit vector of the words of `text`, much alike for much the same words."""
    counts = np.full(64, 0.1, np.float32)
    for word in fold(text).split():
        counts[crc32(word.encode()) % 64] += 1
    return np.asarray(counts / np.linalg.norm(counts), np.float32)


@dataclass
class ScriptedChannel:
    """Takes messages, refuses as many as it is told to first; a key that came before arrives no second time."""

    refusals: list[Undeliverable] = field(default_factory=list)
    arrived: dict[str, Delivery] = field(default_factory=dict)
    tries: int = 0

    def deliver(self, delivery: Delivery) -> None:
        self.tries += 1
        if self.refusals:
            raise self.refusals.pop(0)
        self.arrived.setdefault(delivery.key, delivery)


class Office:
    """Everything over one database."""

    def __init__(self, engine: Engine, keys: Keys = KEYS) -> None:
        self.engine, self.clock, self.vault = engine, Clock(), Vault(keys)
        self.desk = open_desk(engine, self.vault, self.clock, contact_retention=timedelta(days=365))
        self.intake, self.own_data, self.recommendations = self.desk.intake, self.desk.own_data, self.desk.recommendations
        self.queue, self.casework = self.desk.queue, self.desk.casework
        self.machine = self.recommendations.machine
        self.reader = WordReader()
        self.understander = self.another_understander()
        self.audit = AuditTrail(self.vault)
        self._numbers = count(1)

    def another_understander(self) -> Understander:
        """A worker of its own, which remembers nothing yet."""
        return self.desk.understander(self.reader)

    def outbox(self, worker: str = "worker-1") -> Outbox:
        return self.desk.outbox(worker)

    def letter(self, text: str = "Đường trước nhà tôi hỏng từ lâu", sender: str = "1001", name: str = "") -> NewSubmission:
        contact = ContactDetails(name=name, address_on_channel=sender)
        return NewSubmission(CHAT, f"message-{next(self._numbers)}", text, self.desk.consents.current.version, contact=contact)

    def sent(self, text: str = "Đường trước nhà tôi hỏng từ lâu", sender: str = "1001") -> str:
        """The code of a letter that was sent and understood."""
        code = self.intake.submit(self.letter(text, sender)).code
        self.understander.understand_waiting()
        return code


@contextmanager
def open_office(url: str) -> Iterator[Office]:
    engine = open_database(url)
    # A tenth of the time of the steps, which lead to the same tables (tests/assistant/test_database.py).
    metadata.create_all(engine)
    try:
        yield Office(engine)
    finally:
        engine.dispose()
