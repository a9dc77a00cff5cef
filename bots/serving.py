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
from bots.asking import chat
from bots.logs import configure_logs
from bots.preparation import prepared_answerer
from bots.wording import Sentences

if TYPE_CHECKING:
    from assistant.answering.answerer import Answerer
    from assistant.feedback.states import Role
    from assistant.responder import Responding
    from bots.web.service import WebService


def run(arguments: argparse.Namespace, settings: Settings, words: Sentences) -> int:
    """Questions piped in are answered one by one; otherwise the service starts."""
    return (chat if _has_lines() else serve)(arguments, settings, words)


def serve(arguments: argparse.Namespace, settings: Settings, words: Sentences) -> int:
    """Serves until it is stopped; on the first run it makes what it needs before it listens."""
    import uvicorn

    from assistant.interop.catalogue import OpenDataTerms
    from bots.web.app import create_app
    from bots.web.open311_said import Open311Terms

    parts = Parts.of_service(settings)
    answerer = prepared_answerer(parts, words)
    responder = parts.responder(answerer)
    with parts.processes(responder, partial(configure_logs, settings.log_level)) as answering:
        app = create_app(
            _web_service(parts, answering, answerer),
            keys=settings.api_keys,
            per_minute_address=settings.requests_per_minute,
            per_minute_key=settings.requests_per_minute_key,
            origins=settings.cors_origins,
            staff=_staff(settings),
            open_data=OpenDataTerms(settings.open_data_publisher, settings.open_data_license),
            open311=Open311Terms(settings.open311_jurisdiction),
        )
        host, port = arguments.host or settings.host, arguments.port or settings.port
        print(words.serving.format(url=f"http://{host}:{port}/"), flush=True)
        # What was made until here stays: looking through it for garbage would take a tenth of the time.
        gc.freeze()
        uvicorn.run(app, host=host, port=port, log_config=None, access_log=False, server_header=False)
    return 0


def _staff(settings: Settings) -> dict[str, list[Role]]:
    from assistant.feedback.states import Role

    try:
        return {name: [Role(role) for role in roles] for name, roles in settings.staff_roles.items()}
    except ValueError as error:
        raise InvalidSettings("DIENHONG_STAFF_ROLES", str(error)) from error


def _web_service(parts: Parts, answering: Responding, answerer: Answerer) -> WebService:
    from assistant.feedback_parts import reader_with_law, webhook_sender
    from bots.web.service import WebService

    desk = parts.feedback
    understander = desk.understander(reader_with_law(parts.encoder, parts.home, answerer))
    webhooks = webhook_sender(desk, f"service-{os.getpid()}")
    return WebService(parts.assistant(answering), parts.answer_feedback, desk, parts.store, time.monotonic, understander, webhooks)


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
