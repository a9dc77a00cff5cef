"""The Telegram bot beside the web service: one process, one database, the same answers."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from uuid import uuid4

from fastapi import FastAPI

from assistant.chat_parts import ChatService, Tables, open_chats
from assistant.chats.hearing import transcriber_of
from assistant.settings import Settings
from bots.chat.saying import Office
from bots.telegram.access import Access
from bots.telegram.files import TelegramFiles
from bots.telegram.running import Tell, Times, telegram_running, tell_nobody
from bots.telegram.updates import CHANNEL
from bots.telegram.words import TelegramWords
from bots.web.app import Beside
from bots.web.service import WebService
from embeddings.encoder import Encoder


def telegram_beside(
    access: Access,
    settings: Settings,
    service: WebService,
    encoder: Encoder | None = None,
    times: Times | None = None,
    tables: Tables | None = None,
    tell: Tell = tell_nobody,
) -> Beside:
    """What runs while the application does: the bot of `access`, over the desks of `service`; `tell` as `telegram_running` has it."""
    desk = service.feedback
    chats = open_chats(
        service.assistant,
        service.answer_feedback,
        desk,
        channel=CHANNEL,
        words=TelegramWords(Office.of(settings)),
        files=TelegramFiles(access),
        # In containers processes have the same number, and a lease goes by this name.
        worker=f"telegram-{os.getpid()}-{uuid4().hex[:8]}",
        encoder=encoder,
        clamd=settings.clamd,
        tables=tables,
        transcriber=transcriber_of(settings.speech, settings.speech_command),
    )

    @asynccontextmanager
    async def beside(app: FastAPI) -> AsyncIterator[None]:
        async with telegram_running(access, chats.desk, _letters(service, chats), desk.clock, times=times, tell=tell) as door:
            app.state.telegram = door
            yield

    return beside


def _letters(service: WebService, chats: ChatService) -> Callable[[], int]:
    outbox = service.feedback.outbox(f"letters-{os.getpid()}")
    return lambda: outbox.deliver_due({CHANNEL: chats.letterbox})
