"""`dienhong serve`, `dienhong run` and `dienhong conversations expire`: the web service, what `make run` does, and its upkeep."""

from __future__ import annotations

import argparse
import gc
import json
import os
import stat
import sys
import time
from dataclasses import asdict
from functools import partial
from typing import TYPE_CHECKING

from assistant.bootstrap import Parts
from assistant.errors import InvalidSettings
from assistant.settings import Settings
from bots.law.asking import answer_lines
from bots.law.preparation import prepared_answerer
from bots.logs import configure_logs
from bots.wording import Sentences

if TYPE_CHECKING:
    from fastapi import APIRouter, FastAPI

    from assistant.answering.answerer import Answerer
    from assistant.chat_parts import Tables
    from assistant.feedback.states import Role
    from assistant.responder import Responding
    from bots.web.app import Beside
    from bots.web.service import WebService


def run(arguments: argparse.Namespace, settings: Settings, words: Sentences) -> int:
    """Questions piped in are answered one by one; otherwise the service starts."""
    return (answer_lines if _has_lines() else serve)(arguments, settings, words)


def serve(arguments: argparse.Namespace, settings: Settings, words: Sentences) -> int:
    """Serves until it is stopped; on the first run it makes what it needs before it listens."""
    import uvicorn

    parts = Parts.of_service(settings)
    answerer = prepared_answerer(parts, words)
    responder = parts.responder(answerer)
    with parts.processes(responder, partial(configure_logs, settings.log_level)) as answering:
        app = _application(parts, _web_service(parts, answering, answerer), words)
        host, port = arguments.host or settings.host, arguments.port or settings.port
        print(words.serving.format(url=f"http://{host}:{port}/"), flush=True)
        # What was made until here stays: looking through it for garbage would take a tenth of the time.
        gc.freeze()
        uvicorn.run(app, host=host, port=port, log_config=None, access_log=False, server_header=False)
    return 0


def _application(parts: Parts, service: WebService, words: Sentences) -> FastAPI:
    from assistant.interop.catalogue import OpenDataTerms
    from bots.panel.doors import PanelDoors
    from bots.panel.sign_in_pages import signing_in
    from bots.web.app import create_app
    from bots.web.open311_said import Open311Terms
    from bots.web.talk_pages import LARGER, talking

    settings = parts.settings
    beside, webhooks = _chats(parts, service, words)
    app = create_app(
        service,
        keys=settings.api_keys,
        per_minute_address=settings.requests_per_minute,
        per_minute_key=settings.requests_per_minute_key,
        origins=settings.cors_origins,
        staff=_staff(settings),
        staff_bodies=settings.staff_bodies,
        open_data=OpenDataTerms(settings.open_data_publisher, settings.open_data_license),
        open311=Open311Terms(settings.open311_jurisdiction),
        beside=beside,
        routers=[talking, signing_in, *webhooks],
        larger=LARGER,
    )
    app.state.panel = PanelDoors.of(service.feedback)
    return app


def _chats(parts: Parts, service: WebService, words: Sentences) -> tuple[Beside, list[APIRouter]]:
    """The channels in which people talk, and the addresses that they are posted to."""
    from assistant.chat_parts import Tables
    from assistant.chats.hearing import transcriber_of
    from bots.web.app import together
    from bots.web.talk_channel import web_chats_beside

    settings = parts.settings
    # With a bot they are needed at once, and one set is enough.
    tables = Tables.load() if settings.telegram_token else None
    bot, webhooks = _telegram(parts, service, tables, words)
    transcriber = transcriber_of(settings.speech, settings.speech_command)
    pages = web_chats_beside(settings, service, parts.encoder, tables, transcriber=transcriber)
    return together(pages, *([bot] if bot else [])), webhooks


def _telegram(parts: Parts, service: WebService, tables: Tables | None, words: Sentences) -> tuple[Beside | None, list[APIRouter]]:
    """The bot, where settings name one, and the address that Telegram may post to."""
    if not parts.settings.telegram_token:
        return None, []
    from bots.telegram.access import access_of
    from bots.telegram.beside import telegram_beside
    from bots.telegram.running import Beginning
    from bots.telegram.webhook import webhook

    def tell(beginning: Beginning, name: str) -> None:
        said = {Beginning.ANSWERED: words.serving_telegram, Beginning.REFUSED: words.telegram_refused}
        print(said.get(beginning, words.telegram_unreached).format(name=name), flush=True)

    access = access_of(parts.settings)
    if access is None:
        return None, []
    return telegram_beside(access, parts.settings, service, parts.encoder, tables=tables, tell=tell), [webhook]


def _staff(settings: Settings) -> dict[str, list[Role]]:
    from assistant.feedback.states import Role

    try:
        return {name: [Role(role) for role in roles] for name, roles in settings.staff_roles.items()}
    except ValueError as error:
        raise InvalidSettings("DIENHONG_STAFF_ROLES", str(error)) from error


def _web_service(parts: Parts, answering: Responding, answerer: Answerer) -> WebService:
    from assistant.chats.scanning import Clamd
    from assistant.feedback_parts import reader_with_law, webhook_sender
    from bots.web.service import WebService

    desk = parts.feedback
    desk.bodies.seed()
    understander = desk.understander(reader_with_law(parts.encoder, parts.home, answerer))
    webhooks = webhook_sender(desk, f"service-{os.getpid()}")
    clamd = parts.settings.clamd
    return WebService(
        parts.assistant(answering),
        parts.answer_feedback,
        desk,
        parts.store,
        time.monotonic,
        understander,
        webhooks,
        scan=Clamd(clamd) if clamd else None,
    )


def expire(_arguments: argparse.Namespace, settings: Settings, _words: Sentences) -> int:
    """Removes texts past their retention and prints as JSON how many; a running service does so by itself."""
    print(json.dumps(asdict(Parts(settings).conversations.expire())))
    return 0


def _has_lines() -> bool:
    """Whether standard input is a pipe or a file; a service manager gives an empty device."""
    try:
        mode = os.fstat(sys.stdin.fileno()).st_mode
    except (OSError, ValueError):
        return False
    return stat.S_ISFIFO(mode) or stat.S_ISREG(mode)
