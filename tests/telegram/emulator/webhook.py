"""Posting updates to a webhook: with the secret, again after anything but 2xx, and in order within a chat."""

from __future__ import annotations

import http.client
import json
import threading
import time
from dataclasses import dataclass
from urllib.parse import urlsplit

from tests.telegram.emulator.updates import Update
from tests.telegram.emulator.world import Webhook, WebhookTrouble, World

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"


@dataclass(frozen=True, slots=True)
class Posting:
    """How patient the posting is. Telegram begins with a second, doubles, and waits 60 s for an answer; tests have less time."""

    first_retry_s: float = 0.05
    longest_retry_s: float = 1.0
    answer_within_s: float = 10.0
    workers: int = 1


class WebhookPoster:
    """Posts whatever waits while a webhook is set; a chat whose update failed waits, the others go on."""

    def __init__(self, world: World, posting: Posting) -> None:
        self._world = world
        self._posting = posting
        self._busy: set[int] = set()
        self._failures: dict[int, int] = {}
        self._not_before: dict[int, float] = {}
        self._threads = [threading.Thread(target=self._work, daemon=True) for _ in range(posting.workers)]

    def start(self) -> None:
        """Begin."""
        for thread in self._threads:
            thread.start()

    def join(self) -> None:
        """Wait for the end, after the world was stopped."""
        for thread in self._threads:
            thread.join(self._posting.answer_within_s)

    def _work(self) -> None:
        line = _Line(self._posting.answer_within_s)
        while (job := self._next()) is not None:
            webhook, update = job
            self._settle(webhook, update, line.post(webhook, update))
        line.close()

    def _next(self) -> tuple[Webhook, Update] | None:
        with self._world.changed:
            while not self._world.is_stopped:
                webhook = self._world.webhook
                waiting = {chat for chat, at in self._not_before.items() if at > time.monotonic()}
                update = self._world.updates.next_outside(waiting | self._busy) if webhook else None
                if webhook and update:
                    self._busy.add(update.chat_id)
                    return webhook, update
                self._world.changed.wait(self._until_retry())
            return None

    def _until_retry(self) -> float | None:
        now = time.monotonic()
        return min((at - now for at in self._not_before.values() if at > now), default=None)

    def _settle(self, webhook: Webhook, update: Update, trouble: str) -> None:
        world, chat_id = self._world, update.chat_id
        with world.changed:
            self._busy.discard(chat_id)
            if not trouble:
                self._failures.pop(chat_id, None)
                self._not_before.pop(chat_id, None)
                world.updates.settle(update)
            else:
                failures = self._failures[chat_id] = self._failures.get(chat_id, 0) + 1
                wait_s = min(self._posting.first_retry_s * 2 ** (failures - 1), self._posting.longest_retry_s)
                self._not_before[chat_id] = time.monotonic() + wait_s
                if world.webhook is webhook:
                    world.webhook_trouble = WebhookTrouble(world.clock(), trouble)
            world.notify()


class _Line:
    """A kept connection to a webhook."""

    def __init__(self, answer_within_s: float) -> None:
        self._answer_within_s = answer_within_s
        self._connection: http.client.HTTPConnection | None = None
        self._place = ""

    def post(self, webhook: Webhook, update: Update) -> str:
        """What went wrong; nothing when the webhook took the update."""
        url = urlsplit(webhook.url)
        if not self._connection or self._place != url.netloc:
            self.close()
            self._connection = http.client.HTTPConnection(url.netloc, timeout=self._answer_within_s)
            self._place = url.netloc
        headers = {"Content-Type": "application/json", **({SECRET_HEADER: webhook.secret} if webhook.secret else {})}
        path = (url.path or "/") + (f"?{url.query}" if url.query else "")
        try:
            self._connection.request("POST", path, json.dumps(update.json()), headers)
            answer = self._connection.getresponse()
            answer.read()
        except (OSError, http.client.HTTPException) as error:
            self.close()
            return "Read timeout expired" if isinstance(error, TimeoutError) else "Connection refused"
        return "" if 200 <= answer.status < 300 else f"Wrong response from the webhook: {answer.status} {answer.reason}"

    def close(self) -> None:
        """Hang up."""
        if self._connection:
            self._connection.close()
        self._connection = None
