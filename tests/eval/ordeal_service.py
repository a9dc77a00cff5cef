"""The web service as far as submissions go, ready in half the time of a whole one: `python -m tests.eval.ordeal_service --port PORT`."""

from __future__ import annotations

import argparse
import time

import uvicorn

from assistant.app import Assistant
from assistant.bootstrap import Parts
from assistant.responder import Responder
from assistant.settings import Settings
from assistant.understanding.facts import Facts
from assistant.understanding.routes import Routed
from bots.web.app import create_app
from bots.web.database_problems import add_database_problems
from bots.web.service import WebService
from embeddings.vector_cache import Vector
from eval.ordeal.worker import LightReader


class NoRouter:
    """Is sure of nothing."""

    def route(self, text: str, meaning: Vector | None) -> Routed:
        return Routed(None, 0.0, ())


def main(port: int) -> None:
    """Serves until it is killed."""
    parts = Parts(Settings())
    desk = parts.feedback
    assistant = Assistant(Responder(parts.answerer(), NoRouter()), parts.conversations, desk.clock, Facts.load())
    service = WebService(assistant, parts.answer_feedback, desk, parts.store, time.monotonic, desk.understander(LightReader()))
    app = create_app(service, keys=parts.settings.api_keys, per_minute_key=parts.settings.requests_per_minute_key)
    add_database_problems(app)
    uvicorn.run(app, port=port, log_level="error")


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int)
    main(parser.parse_args().port)
