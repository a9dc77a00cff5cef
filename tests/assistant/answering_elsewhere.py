"""What tests let answer in processes of their own: the toy law, and what goes wrong there."""

from __future__ import annotations

import os
import signal
from datetime import date
from pathlib import Path

from assistant.answering.answerer import Reading
from assistant.answering.types import Answer
from assistant.responder import Message, Responder
from corpus.store import CorpusStore
from embeddings.encoder import Encoder
from tests.assistant.talker import ToyRouter
from tests.assistant.toy_law import IN_FORCE, toy_answerer
from tests.databases import sqlite_url

DEADLY = "Thả tàu giấy vào lúc nào thì tiến trình bị giết?"


class FatefulResponder(Responder):
    """Is killed over one message, with its whole process."""

    def respond_to(self, message: Message, typed: Reading | Answer) -> Answer:
        if message.text == DEADLY:
            os.kill(os.getpid(), signal.SIGKILL)
        return super().respond_to(message, typed)


def boats(folder: Path, encoder: Encoder | None) -> Responder:
    """The toy law in `folder`, filled before."""
    return FatefulResponder(toy_answerer(CorpusStore(sqlite_url(folder)), encoder), ToyRouter())


def nothing(_folder: Path, _encoder: Encoder | None) -> Responder:
    """What cannot be set up."""
    raise SystemExit(3)


def asked(text: str, on: date = IN_FORCE) -> Message:
    """A message of a day on which the toy law is in force."""
    return Message(text, on)
