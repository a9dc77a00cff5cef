"""The recommendation database of a deployment, wired: keys, tables, and whoever is told of its steps."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.feedback.desk import FeedbackDesk, open_desk
from assistant.feedback.vault import KeyFile, Vault, read_keys
from assistant.settings import Settings
from assistant.webhooks.webhooks import Webhooks
from corpus.days import today

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from assistant.answering.answerer import Answerer
    from assistant.feedback.suggesting.understanding import Reader
    from assistant.webhooks.sender import WebhookSender
    from embeddings.encoder import Encoder


# In the home folder: classifiers trained on decisions made here.
MODELS = "models"


def key_file(home: Path) -> KeyFile:
    """The file of the keys that seal what citizens send."""
    return KeyFile(home / "keys" / "feedback.keys")


def open_feedback(settings: Settings, home: Path, engine: Engine, clock: Callable[[], datetime]) -> FeedbackDesk:
    """The desk over `engine`. Raises `KeysUnusable`."""
    given = settings.feedback_keys
    keys = read_keys(given.get_secret_value(), "DIENHONG_FEEDBACK_KEYS") if given else key_file(home).load_or_make()
    vault = Vault(keys)
    retention = timedelta(days=settings.contact_retention_days)
    return open_desk(engine, vault, clock, contact_retention=retention, followers=(Webhooks(engine, vault, clock),))


def reader_with_law(encoder: Encoder | None, home: Path, answerer: Answerer) -> Reader:
    """What a machine thinks of what citizens send, with the law that it names or that answers it."""
    from assistant.feedback.suggesting.reading import open_reader
    from assistant.feedback.suggesting.related_law import RelatedLaw

    return open_reader(encoder, home / MODELS, RelatedLaw(answerer, today))


def webhook_sender(desk: FeedbackDesk, worker: str) -> WebhookSender:
    """What tells webhooks, in the name of this worker."""
    from assistant.webhooks.http import HttpPoster
    from assistant.webhooks.sender import WebhookSender

    return WebhookSender(desk.engine, desk.vault, desk.clock, worker, HttpPoster())
