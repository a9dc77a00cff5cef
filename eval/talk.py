"""`dienhong eval router | dialogue`: how messages are understood, alone and after one another."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

import assistant.understanding
from assistant.answering.answerer import Answerer
from assistant.answering.types import Answer, Question
from assistant.dialogue.followup import PastTurn
from assistant.responder import Message, Responder
from assistant.understanding.router import Floats, Router
from corpus.days import today
from embeddings.vector_cache import Vector
from eval.dialogue import Answered, Ask, evaluate_dialogues, read_dialogues
from eval.router import evaluate_router, read_messages, trained

if TYPE_CHECKING:
    from eval.commands import Product

_WEIGHTS = "router.npz"


def router(arguments: argparse.Namespace, product: Product) -> str:
    """The router measured on a file of messages; with `--train` first made anew from other files and written into the source tree."""
    answerer = product.answerer()
    told = ""
    if arguments.train:
        made = trained([message for file in arguments.train for message in read_messages(Path(file))], _read_by(answerer))
        made.router.save(Path(assistant.understanding.__path__[0]) / "data" / _WEIGHTS)
        told = f"calibration error {made.error_before:.3f} before, {made.error_after:.3f} after\n"
    judge = Router.load()

    def route(text: str) -> object:
        return judge.route(*_read(answerer, text))

    measured = evaluate_router(read_messages(Path(arguments.file)), route)  # type: ignore[arg-type]
    return json.dumps(measured.to_json(), indent=1) if arguments.json else told + measured.table()


def dialogue(arguments: argparse.Namespace, product: Product) -> str:
    """Whole conversations of a file, turn by turn, as the product answers them with the law of today."""
    responder = product.parts.responder(product.answerer())
    measured = evaluate_dialogues(read_dialogues(Path(arguments.file)), lambda: _conversation(responder, today()))
    return json.dumps(measured.to_json(), indent=1) if arguments.json else measured.table()


def _read_by(answerer: Answerer) -> Callable[[Sequence[str]], tuple[Sequence[str], Floats]]:
    """How texts come to the router in the product. Needs an encoder."""

    def read(texts: Sequence[str]) -> tuple[Sequence[str], Floats]:
        made = [_read(answerer, text) for text in texts]
        return [text for text, _ in made], np.stack([meaning for _, meaning in made if meaning is not None])

    return read


def _read(answerer: Answerer, text: str) -> tuple[str, Vector | None]:
    reading = answerer.read(Question(text, today()))
    if isinstance(reading, Answer):
        # Too long for a question, but a letter all the same.
        prepared = answerer.retriever.prepare(text)
        return prepared.question, prepared.meaning
    return reading.understood.restored, reading.prepared.meaning


def _conversation(responder: Responder, day: date) -> Ask:
    before: list[PastTurn] = []

    def ask(text: str) -> Answered:
        answer = responder.respond(Message(text, day, before=tuple(before)))
        before.append(_past(answer))
        articles = tuple(dict.fromkeys(citation.provision.of_article for citation in answer.citations))
        return Answered(articles, answer.procedure.id if answer.procedure else None, answer.follows)

    return ask


def _past(answer: Answer) -> PastTurn:
    provisions = tuple(citation.provision for citation in answer.citations)
    return PastTurn(
        answer.question.restored, provisions, answer.procedure.name if answer.procedure else None, answer.outcome.value, answer.follows
    )
