"""The service with its bot for small ordeals, in a process split off from one that has imported everything.

It is what `dienhong serve` starts, with a reader that goes by words; and each start is a minute later by its clock than the one before, so
that the leases of the process that was killed are over.
"""

from __future__ import annotations

import multiprocessing
import os
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from multiprocessing.process import BaseProcess
from pathlib import Path
from threading import Lock

import uvicorn

from assistant.app import Assistant
from assistant.bootstrap import Parts
from assistant.chat_parts import Tables
from assistant.dialogue.answer_feedback import AnswerFeedback
from assistant.dialogue.conversations import Conversations
from assistant.feedback.privacy.personal_data import PersonalDataFinder
from assistant.feedback_parts import open_feedback
from assistant.settings import Settings
from assistant.understanding.facts import Facts
from bots.logs import configure_logs
from bots.telegram.access import access_of
from bots.telegram.beside import telegram_beside
from bots.telegram.running import Times
from bots.telegram.webhook import webhook
from bots.web.app import create_app
from bots.web.service import WebService
from eval.ordeal.worker import LightReader

# Longer than the lease of an event or a message.
_LATER = timedelta(seconds=65)
_TIMES = Times(letters_every_s=0.5, first_pause_s=0.1, longest_pause_s=0.5)
_PATIENCE_S = 30.0


class ForkedService:
    """As `eval.ordeal.processes.Kept`, a service that is started again when it ends."""

    def __init__(self, port: int, environment: Mapping[str, str], log: Path) -> None:
        self._port, self._environment, self._log = port, dict(environment), log
        self._context = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload([__name__])
        self._guard, self._is_done, self._starts = Lock(), False, 0
        self._process: BaseProcess | None = None
        self._was_killed = False
        self.own_ends = 0

    def keep_up(self) -> None:
        """Starts it if it does not run and was not stopped; called again and again."""
        with self._guard:
            if self._is_done or (self._process and self._process.is_alive()):
                return
            self.own_ends += self._process is not None and not self._was_killed
            arguments = (self._port, self._environment, self._starts, str(self._log))
            self._process, self._was_killed = self._context.Process(target=serve, args=arguments), False
            self._process.start()
            self._starts += 1

    def kill(self) -> bool:
        """Ends it at once and waits until it is gone; whether it ran."""
        with self._guard:
            if self._process is None or not self._process.is_alive():
                return False
            self._was_killed = True
            self._process.kill()
            self._process.join(_PATIENCE_S)
            return True

    def stop(self) -> None:
        """Ends it in good order, for good."""
        self._is_done = True
        with self._guard:
            if self._process:
                self._was_killed = True
                self._process.terminate()
                self._process.join(_PATIENCE_S)
        self.kill()


def serve(port: int, environment: Mapping[str, str], start: int, log: str) -> None:
    """Serves until it is killed; `start` counts the starts from 0."""
    descriptor = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.dup2(descriptor, 1)
    os.dup2(descriptor, 2)
    os.environ.clear()
    os.environ.update(environment)
    settings = Settings(_env_file=None)  # type: ignore[call-arg]  # a field of the library
    configure_logs(settings.log_level)

    def clock() -> datetime:
        return datetime.now(UTC) + start * _LATER

    service = _service(Parts(settings), clock)
    access = access_of(settings)
    assert access
    tables = Tables(None, None, PersonalDataFinder(None))
    beside = telegram_beside(access, settings, service, times=_TIMES, tables=tables)
    uvicorn.run(create_app(service, beside=beside, routers=[webhook]), port=port, log_config=None, access_log=False)


def _service(parts: Parts, clock: Callable[[], datetime]) -> WebService:
    engine = parts.application_engine
    desk = open_feedback(parts.settings, parts.home, engine, clock)
    desk.bodies.seed()
    assistant = Assistant(parts.responder(parts.answerer()), Conversations(engine, clock), clock, Facts.load())
    return WebService(assistant, AnswerFeedback(engine, clock), desk, parts.store, time.monotonic, desk.understander(LightReader()))
