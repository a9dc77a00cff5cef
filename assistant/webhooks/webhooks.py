"""Who is told of recommendations, and what there is to tell them: written in the transaction that moved the recommendation."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import Connection, Engine, Row, insert, select, update

from assistant.database import reading, writing
from assistant.feedback.audit import AuditTrail
from assistant.feedback.sealing import open_links
from assistant.feedback.states import Actor, State
from assistant.feedback.tables import link, submission
from assistant.feedback.timing.running_deadlines import DueMatter
from assistant.feedback.vault import Vault
from assistant.webhooks.errors import WebhookInvalid, WebhookNotFound
from assistant.webhooks.tables import secret_place, webhook, webhook_event

MOVED, DUE = "recommendation.moved", "recommendation.due"
_LONGEST_NAME, _LONGEST_URL = 100, 2_000


@dataclass(frozen=True, slots=True)
class Webhook:
    """Who is told. `channel`: only of recommendations with messages of that channel, whose ids are told too."""

    number: int
    name: str
    url: str
    channel: str | None
    made_at: datetime


class Webhooks:
    """The webhooks of one database."""

    def __init__(self, engine: Engine, vault: Vault, clock: Callable[[], datetime]) -> None:
        self._engine, self._vault, self._clock = engine, vault, clock
        self._audit = AuditTrail(vault)

    def add(self, name: str, url: str, secret: bytes, actor: Actor, channel: str | None = None) -> Webhook:
        """Keeps a webhook. Raises `WebhookInvalid` for an address that is not http(s), and for a name that is taken."""
        _check(name, url)
        now = self._clock()
        with writing(self._engine) as connection:
            if connection.execute(select(webhook.c.number).where(webhook.c.name == name)).first():
                raise WebhookInvalid("name")
            sealed = self._vault.seal_bytes(secret, secret_place(name))
            values = {"name": name, "url": url, "secret": sealed, "channel": channel, "made_by": actor.id, "made_at": now}
            number = connection.execute(insert(webhook).values(values).returning(webhook.c.number)).scalar_one()
            self._audit.add(connection, actor.id, "webhook_added", f"webhook:{number}", now, {"name": name})
        return Webhook(number, name, url, channel, now)

    def end(self, number: int, actor: Actor) -> None:
        """Tells it nothing more, not even what waits. Raises `WebhookNotFound`."""
        now = self._clock()
        with writing(self._engine) as connection:
            mine = (webhook.c.number == number) & webhook.c.ended_at.is_(None)
            if connection.execute(update(webhook).where(mine).values(ended_at=now)).rowcount != 1:
                raise WebhookNotFound(number)
            waiting = (webhook_event.c.webhook == number) & (webhook_event.c.state == "waiting")
            connection.execute(update(webhook_event).where(waiting).values(state="given_up", ended_at=now))
            self._audit.add(connection, actor.id, "webhook_ended", f"webhook:{number}", now)

    def all(self) -> list[Webhook]:
        """Those that are still told, by number."""
        with reading(self._engine) as connection:
            return [Webhook(row.number, row.name, row.url, row.channel, row.made_at) for row in _living(connection)]

    def moved(self, connection: Connection, matter: Row[Any], to: State, now: datetime) -> None:
        """Queues what is told of a recommendation that comes into the state `to`; nothing of one that is or becomes sealed.

        `matter`: its row before the step.
        """
        if matter.is_sealed or to is State.SEALED:
            return
        told = {"number": matter.number, "version": matter.version + 1, "from": matter.state, "to": to.value}
        self._queue(connection, MOVED, f"{matter.number}.{matter.version + 1}", told, now)

    def reminded(self, connection: Connection, due: DueMatter, now: datetime) -> None:
        """Queues that the deadline of something that is not sealed is near or over."""
        told = {"number": due.recommendation, "rule": due.rule, "due": due.due.isoformat(), "working_days_left": due.days_left}
        self._queue(connection, DUE, f"{due.recommendation}.{due.rule}.{due.due}.{due.days_left}", told, now)

    def _queue(self, connection: Connection, what: str, name: str, told: Mapping[str, Any], now: datetime) -> None:
        for one in _living(connection):
            ids = _message_ids(connection, told["number"], one.channel) if one.channel else None
            if ids == []:
                continue
            data = told if ids is None else {**told, "channel": one.channel, "messages": ids}
            body = json.dumps({"type": what, "timestamp": now.isoformat(), "data": data}, ensure_ascii=False)
            key = f"webhook-{one.number}-{name}"
            values = {"key": key, "webhook": one.number, "body": body, "state": "waiting", "due_at": now, "attempts": 0, "queued_at": now}
            connection.execute(insert(webhook_event).values(values))


def _check(name: str, url: str) -> None:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or len(url) > _LONGEST_URL:
        raise WebhookInvalid("url")
    if not 0 < len(name.strip()) <= _LONGEST_NAME:
        raise WebhookInvalid("name")


def _living(connection: Connection) -> list[Row[Any]]:
    return list(connection.execute(select(webhook).where(webhook.c.ended_at.is_(None)).order_by(webhook.c.number)))


def _message_ids(connection: Connection, number: int, channel: str) -> list[str]:
    query = select(submission.c.external_id).join(link, link.c.submission == submission.c.number)
    mine = open_links(number, is_sealed=False) & (submission.c.channel == channel)
    return list(connection.execute(query.where(mine).order_by(link.c.number)).scalars())
