"""Sends what waits to be told to webhooks, until it arrives: with leases, back-off and the same id each time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import Engine, Row, select, update

from assistant.database import reading, writing
from assistant.feedback.leases import Leases
from assistant.feedback.vault import Vault
from assistant.webhooks.signing import headers
from assistant.webhooks.tables import secret_place, webhook, webhook_event

_GONE = 410


class Poster(Protocol):
    """What speaks HTTP."""

    def post(self, url: str, body: bytes, told: Mapping[str, str]) -> int:
        """The status of the answer; redirects are not followed. Raises `OSError` where nobody answers."""


class WebhookSender:
    """Any number of workers at once."""

    def __init__(self, engine: Engine, vault: Vault, clock: Callable[[], datetime], worker: str, poster: Poster) -> None:
        self._engine, self._vault, self._clock, self._poster = engine, vault, clock, poster
        self._leases = Leases(webhook_event, engine, clock, worker)

    def send_due(self, limit: int = 20) -> int:
        """Tries what is due; how many arrived. Who answers 410 is told nothing more."""
        arrived = 0
        for row in self._leases.take(limit):
            status = self._sent(row)
            if 200 <= status < 300:
                self._leases.delivered(row.key)
                arrived += 1
            elif status == _GONE:
                self._end(row.webhook)
            else:
                self._leases.put_off(row.key, row.attempts)
        return arrived

    def _sent(self, row: Row[Any]) -> int:
        """The status, 0 where nobody answered."""
        with reading(self._engine) as connection:
            target = connection.execute(select(webhook).where(webhook.c.number == row.webhook)).one()
        if target.ended_at is not None:
            return _GONE
        secret, body = self._vault.open_bytes(target.secret, secret_place(target.name)), row.body.encode()
        try:
            return self._poster.post(target.url, body, headers(secret, row.key, self._clock(), body))
        except OSError:
            return 0

    def _end(self, number: int) -> None:
        now = self._clock()
        with writing(self._engine) as connection:
            connection.execute(update(webhook).where((webhook.c.number == number) & webhook.c.ended_at.is_(None)).values(ended_at=now))
            waiting = (webhook_event.c.webhook == number) & (webhook_event.c.state == "waiting")
            connection.execute(update(webhook_event).where(waiting).values(state="given_up", ended_at=now))
