"""The chat of the pages while it runs: what people do is handled, what is said stands in their threads."""

from __future__ import annotations

import asyncio
import logging
import os
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool

from assistant.chat_parts import ChatService, Tables, open_chats
from assistant.chats.desk import ChatDesk
from assistant.chats.parts import Transcriber
from assistant.chats.thread import Threads
from assistant.chats.types import Event, Message
from assistant.settings import Settings
from bots.chat.handling import Handling
from bots.chat.saying import Office
from bots.web.app import Beside
from bots.web.limits import RateLimiter
from bots.web.service import WebService
from bots.web.talk_forms import CHANNEL, FilesInEvents
from bots.web.talk_words import WebWords
from embeddings.encoder import Encoder

log = logging.getLogger(__name__)

_AT_ONCE, _WORKERS = 30, 4
_LOOKS_EVERY_S = 0.1


@dataclass(frozen=True, slots=True)
class TalkTimes:
    """Seconds: between two looks for letters, and how long a request waits for the answer. A minute, from one address: files, looks."""

    letters_every_s: float = 5.0
    patience_s: float = 8.0
    files_per_minute: int = 12
    looks_per_minute: int = 600


@dataclass(slots=True)
class WebChats:
    """The chats of the pages; `wake` tells workers that so many events came in."""

    desk: ChatDesk
    threads: Threads
    times: TalkTimes = field(default_factory=TalkTimes)
    wake: Callable[[int], None] = lambda _events: None
    files: RateLimiter = field(init=False)
    looks: RateLimiter = field(init=False)

    def __post_init__(self) -> None:
        self.files = RateLimiter(self.times.files_per_minute, time.monotonic)
        self.looks = RateLimiter(self.times.looks_per_minute, time.monotonic)

    def take(self, event: Event, shown: Message) -> None:
        """Keeps what a person did, and that they did it, once for each event; both are on disk when this returns."""
        if not self.threads.of(event.address, most=1).lines:
            for message in self.desk.welcome(event.language):
                self.threads.say(event.address, f"welcome:{event.address}", message, language=event.language)
        self.threads.hear(event.address, f"{event.channel}:{event.external_id}", shown, event.language)
        self.desk.receive([event])
        self.wake(1)

    async def answered(self, address: str) -> bool:
        """Waits until everything in this chat is answered; False where that takes too long, and comes later."""
        deadline = time.monotonic() + self.times.patience_s
        while not await run_in_threadpool(self.threads.is_settled, address):
            if time.monotonic() > deadline:
                return False
            await asyncio.sleep(_LOOKS_EVERY_S)
        return True

    def hand_over(self) -> None:
        """Puts what waits in the mailbox into the threads."""
        mailbox = self.desk.mailbox
        while taken := mailbox.take(CHANNEL, _AT_ONCE):
            for one in taken:
                # Of "event:web:<id>:0".
                cause = one.key.removeprefix("event:").rpartition(":")[0]
                mailbox.arrived(one, self.threads.say(one.address, one.key, one.message, to=cause))


def web_chats_beside(
    settings: Settings,
    service: WebService,
    encoder: Encoder | None = None,
    tables: Tables | None = None,
    times: TalkTimes | None = None,
    transcriber: Transcriber | None = None,
) -> Beside:
    """What runs while the application does: the chat of the pages, over the desks of `service`; `tables` not given are read first."""

    @asynccontextmanager
    async def beside(app: FastAPI) -> AsyncIterator[None]:
        stopping = asyncio.Event()

        async def live() -> None:
            opened = await asyncio.to_thread(_opened, settings, service, encoder, tables, transcriber)
            await _run(app, WebChats(opened.desk, _threads(service), times or TalkTimes()), _letters(service, opened), stopping)

        living = asyncio.create_task(live())
        yield
        stopping.set()
        await living

    return beside


def _opened(
    settings: Settings, service: WebService, encoder: Encoder | None, tables: Tables | None, transcriber: Transcriber | None
) -> ChatService:
    return open_chats(
        service.assistant,
        service.answer_feedback,
        service.feedback,
        channel=CHANNEL,
        words=WebWords(Office.of(settings)),
        files=FilesInEvents(),
        worker=f"web-{os.getpid()}",
        encoder=encoder,
        clamd=settings.clamd,
        transcriber=transcriber,
        tables=tables,
    )


def _threads(service: WebService) -> Threads:
    desk = service.feedback
    return Threads(desk.engine, desk.vault, desk.clock, CHANNEL)


def _letters(service: WebService, opened: ChatService) -> Callable[[], int]:
    outbox = service.feedback.outbox(f"letters-web-{os.getpid()}")
    return lambda: outbox.deliver_due({CHANNEL: opened.letterbox})


async def _run(app: FastAPI, chats: WebChats, letters: Callable[[], int], stopping: asyncio.Event) -> None:
    """Handles what people do until it is to stop; then what is under way is finished."""
    handling = Handling(chats.desk.handle_waiting, chats.hand_over, workers=_WORKERS)
    chats.wake = handling.wake
    handling.start()
    app.state.web_chats = chats
    while not stopping.is_set():
        await _hand_on(chats, letters)
        with suppress(TimeoutError):
            await asyncio.wait_for(stopping.wait(), chats.times.letters_every_s)
    app.state.web_chats = None
    await asyncio.to_thread(handling.stop)


async def _hand_on(chats: WebChats, letters: Callable[[], int]) -> None:
    """Letters of the recommendation database, and what another process left in the mailbox."""
    try:
        await asyncio.to_thread(letters)
        await asyncio.to_thread(chats.hand_over)
    # The outermost loop of a worker: the next round makes up for it. No trace: it may quote the database.
    except Exception as error:  # noqa: BLE001
        log.error("web_letters_failed", extra={"kind": type(error).__name__})  # noqa: TRY400
