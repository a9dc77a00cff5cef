"""Another process that talks to the database of conversations; tests run it as `python -m tests.assistant.talker`."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from sqlalchemy import Engine

from assistant.answering.types import Answer
from assistant.app import Asked, Assistant
from assistant.database import open_database, upgrade
from assistant.dialogue.conversations import Conversations
from assistant.dialogue.types import TurnAnswer
from assistant.language_model.budget import DatabaseCounter, Usage
from assistant.responder import Responder
from assistant.understanding.routes import Route, Routed
from corpus.ids import ProvisionId
from embeddings.vector_cache import Vector
from tests.assistant.toy_law import toy_answerer, toy_store
from tests.project_files import PROJECT

# 07:00 of 2 November in Vietnam.
MORNING = datetime(2026, 11, 2, 0, 0, tzinfo=UTC)
ANSWER = TurnAnswer(
    understood="tàu giấy được thả lúc mấy giờ",
    as_of=date(2026, 11, 2),
    outcome="answered",
    content='{"outcome": "answered", "answer": "Từ 6 giờ."}',
    route="legal",
    provisions=(ProvisionId("901/2020/QH14", "5", "1"), ProvisionId("901/2020/QH14", "8", "2", "đ")),
)


@dataclass(slots=True)
class Clock:
    """A clock that tests set."""

    now: datetime = MORNING

    def __call__(self) -> datetime:
        return self.now

    def forward(self, step: timedelta) -> None:
        self.now += step


class ToyRouter:
    """Takes "không rõ" for unsure and everything else for a legal question."""

    def route(self, text: str, _meaning: Vector | None) -> Routed:
        """The route of one message."""
        if "không rõ" in text:
            return Routed(None, 0.4, ((Route.REPORT, 0.4), (Route.LEGAL_QUESTION, 0.35)))
        return Routed(Route.LEGAL_QUESTION, 0.9, ((Route.LEGAL_QUESTION, 0.9),))


def opened(url: str) -> Engine:
    """The database at `url` with its tables made."""
    engine = open_database(url)
    upgrade(engine)
    return engine


def process(*arguments: str) -> subprocess.Popen[str]:
    """A process of this module's own that runs one of its commands."""
    return subprocess.Popen([sys.executable, "-m", __name__, *arguments], cwd=PROJECT, stdout=subprocess.PIPE, text=True)


def finished(started: subprocess.Popen[str]) -> list[str]:
    """The lines that a process printed, after it ended well."""
    output, _ = started.communicate(timeout=120)
    assert started.returncode == 0
    return output.split()


def main(command: str, url: str, *arguments: str) -> None:
    """Runs one command and prints what it was told in return."""
    commands: dict[str, Callable[..., None]] = {
        "upgrade": _upgrade,
        "ask": _ask,
        "answer": _answer,
        "crowd": _crowd,
        "forever": _forever,
        "stuck": _stuck,
        "spend": _spend,
    }
    commands[command](url, *arguments)


def _upgrade(url: str) -> None:
    opened(url).dispose()


def _ask(url: str, conversation: str, request_id: str) -> None:
    _say(_conversations(url).ask(conversation, request_id, "hỏi từ nơi khác", MORNING).number)


def _answer(url: str, conversation: str, number: str) -> None:
    _say(_conversations(url).answer(conversation, int(number), ANSWER).number)


def _crowd(url: str, conversation: str, name: str, threads: str, each: str) -> None:
    """Many threads ask at once; prints every number given."""
    conversations = _conversations(url)

    def ask(thread: int) -> list[int]:
        return [conversations.ask(conversation, f"{name} {thread} {one}", "hỏi", MORNING).number for one in range(int(each))]

    with ThreadPoolExecutor(int(threads)) as pool:
        for numbers in pool.map(ask, range(int(threads))):
            _say(*numbers)


def _forever(url: str, conversation: str) -> None:
    """Acknowledges one question after another and dies before it answers any; the killer decides when."""
    conversations = _conversations(url)
    for one in range(100_000):
        _say(conversations.ask(conversation, f"request {one}", f"câu hỏi {one}", MORNING).number)
    time.sleep(120)


def _stuck(url: str, conversation: str, folder: str, choice: str, *texts: str) -> None:
    """Answers messages in a conversation; prints a line when it has found the answer to the last one, and never comes to keep it.

    `choice` goes with the last message; empty for none.
    """

    def never_written(_: Answer) -> str:
        _say(0)
        time.sleep(120)
        raise TimeoutError

    with toy_store(Path(folder)) as store:
        assistant = Assistant(Responder(toy_answerer(store), ToyRouter()), _conversations(url), lambda: MORNING)
        for number, text in enumerate(texts[:-1], 1):
            assistant.ask(Asked(conversation, f"r{number}", text), lambda answer: answer.outcome.value)
        meant = Route(choice) if choice else None
        assistant.ask(Asked(conversation, f"r{len(texts)}", texts[-1], choice=meant), never_written)


def _spend(url: str, calls: str, threads: str, each: str) -> None:
    """Many threads spend one call and ten tokens at once, again and again; prints how often they might."""
    counter = DatabaseCounter(open_database(url))

    def spend(_: int) -> int:
        return sum(counter.spend(MORNING.date(), Usage(1, 10), Usage(int(calls), 10**12)) for _ in range(int(each)))

    with ThreadPoolExecutor(int(threads)) as pool:
        _say(sum(pool.map(spend, range(int(threads)))))


def _conversations(url: str) -> Conversations:
    return Conversations(open_database(url), lambda: MORNING)


def _say(*numbers: int) -> None:
    sys.stdout.write("".join(f"{number}\n" for number in numbers))
    sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
