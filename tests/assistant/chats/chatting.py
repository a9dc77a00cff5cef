"""A chat for tests: what a person says and taps goes through the whole desk over a real database, and what they see is kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path

from assistant.answering.answerer import Answerer
from assistant.answering.types import Answer, Outcome
from assistant.app import Assistant
from assistant.chat_parts import ChatService, Tables, open_chats
from assistant.chats.errors import FileNotHad
from assistant.chats.types import Event, EventKind, FileAtChannel, FileKind, Message, Said, ShownAnswer
from assistant.dialogue.answer_feedback import AnswerFeedback
from assistant.dialogue.conversations import Conversations
from assistant.responder import Responder
from assistant.understanding.routes import Route, Routed
from embeddings.vector_cache import Vector
from tests.assistant.feedback.office import Office
from tests.assistant.toy_law import toy_answerer, toy_store

CHANNEL = "chat"
_ROUTES = (("cháy", Route.EMERGENCY), ("tố cáo", Route.DENUNCIATION), ("khiếu nại", Route.COMPLAINT), ("phản ánh", Route.REPORT))


class WordRouter:
    """Goes by one word; everything else is a legal question."""

    def route(self, text: str, _meaning: Vector | None) -> Routed:
        route = next((route for word, route in _ROUTES if word in text), Route.LEGAL_QUESTION)
        return Routed(route, 0.9, ((route, 0.9),))


class PlainWords:
    """Says the name of what is said, with its facts."""

    def messages(self, said: Said, language: str) -> Sequence[Message]:
        facts = " ".join(f"{name}={value}" for name, value in sorted(said.facts.items()) if value)
        text = " ".join(filter(None, (said.what, language if language != "vi" else "", facts, *said.parts, said.below)))
        buttons = tuple(tuple((" ".join((one.label, *one.facts.values())), one.action) for one in row) for row in said.choices)
        return (Message(text, buttons, said.replaces),)

    def answer(self, answer: Answer, language: str) -> ShownAnswer:
        quotes = tuple(one.quote for one in answer.citations)
        return ShownAnswer(
            first=" ".join((answer.outcome.value, answer.lead)).strip(),
            more=quotes[1:],
            options=tuple((one, f"{one}?") for one in answer.options),
            sendable=answer.basis if answer.outcome is Outcome.HANDED_TO_FEEDBACK and answer.basis == "report" else "",
            outcome=answer.outcome.value,
            provisions=tuple(str(one.provision) for one in answer.citations),
        )


@dataclass
class Shelf:
    """Files at the channel; `refusals` are raised first."""

    contents: dict[str, bytes] = field(default_factory=dict)
    refusals: list[FileNotHad] = field(default_factory=list)

    def fetch(self, file: FileAtChannel) -> bytes:
        if self.refusals:
            raise self.refusals.pop(0)
        return self.contents[file.id]


@dataclass
class Ear:
    """Hears these words in every recording."""

    words: str | None

    def transcribe(self, sound: bytes) -> str | None:
        return self.words if sound else None


class Service:
    """Everything over one database; without an `ear` nothing listens."""

    def __init__(self, office: Office, answerer: Answerer, tables: Tables, ear: Ear | None = None) -> None:
        self.office, self.shelf, self._tables, self._ear = office, Shelf(), tables, ear
        self._assistant = Assistant(Responder(answerer, WordRouter()), Conversations(office.engine, office.clock), office.clock)
        self.chats = self.worker("worker-1")
        self.updates = count(1)

    def worker(self, name: str) -> ChatService:
        """The desk as another worker sees it."""
        told = AnswerFeedback(self.office.engine, self.office.clock)
        return open_chats(
            self._assistant,
            told,
            self.office.desk,
            channel=CHANNEL,
            words=PlainWords(),
            files=self.shelf,
            worker=name,
            transcriber=self._ear,
            tables=self._tables,
        )

    def person(self, address: str = "1001") -> Talker:
        return Talker(self, address)

    def work(self) -> None:
        """Handles everything that waits, and sends everything that is to be sent to whoever it is for."""
        while self.chats.desk.handle_waiting(10):
            pass

    def letters(self) -> int:
        """Hands the letters of the recommendation database on."""
        return self.office.outbox().deliver_due({CHANNEL: self.chats.letterbox})


class Talker:
    """One person's side of a chat."""

    def __init__(self, service: Service, address: str) -> None:
        self._service, self._address = service, address
        self._messages = count(1)
        self.seen: list[Message] = []

    def event(self, kind: EventKind = EventKind.TEXT, text: str = "", message: str | None = None) -> Event:
        """Something that this person does, not given to the service yet."""
        number = next(self._service.updates)
        return Event(CHANNEL, str(number), self._address, kind, text, f"m{next(self._messages)}" if message is None else message)

    def does(self, event: Event) -> list[Message]:
        """What is said to an event."""
        self._service.chats.desk.receive([event])
        self._service.work()
        return self.hears()

    def hears(self) -> list[Message]:
        """What has come since, confirmed to the mailbox."""
        heard: list[Message] = []
        mailbox = self._service.chats.desk.mailbox
        while taken := mailbox.take(CHANNEL, 10):
            for one in taken:
                mailbox.arrived(one, f"s{one.key}")
                if one.address == self._address:
                    heard.append(one.message)
        self.seen.extend(heard)
        return heard

    def says(self, text: str) -> list[Message]:
        return self.does(self.event(text=text))

    def taps(self, label: str) -> list[Message]:
        """Taps the newest button with this label."""
        lines = (line for message in reversed(self.seen) for line in message.buttons)
        action = next(action for line in lines for shown, action in line if shown == label)
        return self.does(self.event(EventKind.BUTTON, action, "tapped"))

    def edits(self, text: str, message: str) -> list[Message]:
        return self.does(self.event(EventKind.EDIT, text, message))

    def sends(self, kind: FileKind, content: bytes, caption: str = "", album: str = "") -> list[Message]:
        event = self.event(EventKind.FILE, caption)
        self._service.shelf.contents[event.external_id] = content
        return self.does(replace(event, file=FileAtChannel(kind, event.external_id, len(content)), album=album))


@contextmanager
def toy_answers(folder: Path) -> Iterator[Answerer]:
    with toy_store(folder) as store:
        yield toy_answerer(store)


def texts(messages: Sequence[Message]) -> list[str]:
    return [message.text for message in messages]
