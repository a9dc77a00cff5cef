"""Citizens who send over HTTP, each message again and again until it is acknowledged or refused for good."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Event, Lock

import httpx

from eval.errors import EvalError
from eval.ordeal.letters import Letter, letter
from eval.ordeal.told import Told

_AT_ONCE = 8
_TIMEOUT_S, _TROUBLE_S = 15.0, 0.5
_TAKEN, _REFUSED, _CALM = (200, 201), (409, 422), (429, 503, 507)
_PROBLEM = "application/problem+json"
NO_CONNECTION = "no connection"


class ServiceNotStarted(EvalError):
    """The service did not get ready in `seconds`."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        super().__init__(f"the service did not start in {seconds:.0f} s")


@dataclass
class Answered:
    """How requests were answered, by status; `calm` is false for the answers that no sender can act upon."""

    by_kind: Counter[str] = field(default_factory=Counter)
    not_calm: Counter[str] = field(default_factory=Counter)
    last_taken: float = 0.0
    _guard: Lock = field(default_factory=Lock)

    def add(self, kind: str, *, is_calm: bool, is_taken: bool = False) -> None:
        """Counts an answer."""
        with self._guard:
            self.by_kind[kind] += 1
            if not is_calm:
                self.not_calm[kind] += 1
            if is_taken:
                self.last_taken = time.monotonic()


class Senders:
    """Eight at once. They draw from one list, so that copies that stand in a row are sent at the same time."""

    def __init__(self, url: str, key: str, consent: str, told: Told) -> None:
        self._url, self._key, self._consent, self._told = url, key, consent, told
        self.answered = Answered()
        self._stopping = Event()

    def send(self, numbers: Sequence[int], seconds: float) -> list[Future[None]]:
        """Begins to send the letters of these numbers, in so many seconds if nothing happens; done when all of these are."""
        draw, guard = iter(numbers), Lock()
        pause_s = seconds * _AT_ONCE / max(1, len(numbers))
        pool = ThreadPoolExecutor(_AT_ONCE)
        begun = [pool.submit(self._send_on, _drawn(draw, guard), pause_s) for _ in range(_AT_ONCE)]
        pool.shutdown(wait=False)
        return begun

    def wait_until_ready(self, within_s: float) -> None:
        """Until the service says that it can answer. Raises `ServiceNotStarted`."""
        until = time.monotonic() + within_s
        while time.monotonic() < until:
            with suppress(httpx.TransportError):
                if httpx.get(f"{self._url}/readyz", timeout=_TIMEOUT_S).is_success:
                    return
            time.sleep(_TROUBLE_S)
        raise ServiceNotStarted(within_s)

    def stop(self) -> None:
        """Ends sending, whatever is left."""
        self._stopping.set()

    def _send_on(self, numbers: Iterator[int], pause_s: float) -> None:
        with httpx.Client(base_url=self._url, headers={"Authorization": f"Bearer {self._key}"}, timeout=_TIMEOUT_S) as client:
            for number in numbers:
                self._send(client, letter(number))
                if self._stopping.wait(pause_s):
                    return

    def _send(self, client: httpx.Client, one: Letter) -> None:
        while not self._stopping.is_set():
            try:
                response = client.post("/api/v1/submissions", json=self._form(one))
            except httpx.TransportError:
                self.answered.add(NO_CONNECTION, is_calm=True)
            else:
                if self._is_final(one, response):
                    return
            self._stopping.wait(_TROUBLE_S)

    def _is_final(self, one: Letter, response: httpx.Response) -> bool:
        status = response.status_code
        if status in _TAKEN:
            self._told.acknowledged(one.number, response.json()["code"])
        if status in _REFUSED:
            self._told.refused(one.number)
        is_problem = response.headers.get("content-type") == _PROBLEM
        is_calm = status in _TAKEN or (is_problem and status in (*_REFUSED, *_CALM))
        self.answered.add(str(status), is_calm=is_calm, is_taken=status in _TAKEN)
        return status in (*_TAKEN, *_REFUSED)

    def _form(self, one: Letter) -> dict[str, str]:
        return {"request_id": one.external_id, "text": one.text, "consent_version": one.consent(self._consent)}


def _drawn(numbers: Iterator[int], guard: Lock) -> Iterator[int]:
    while True:
        with guard:
            number = next(numbers, None)
        if number is None:
            return
        yield number
