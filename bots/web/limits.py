"""How much one caller may ask: a token bucket for each key and for each address, in the memory of this process."""

from __future__ import annotations

import hashlib
import hmac
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from threading import Lock

from fastapi import Request

from bots.web.problems import Problem

# Callers remembered at once; the one that was silent longest is forgotten first, and starts with a full bucket.
_CALLERS = 50_000


@dataclass(slots=True)
class _Bucket:
    tokens: float
    at: float


class RateLimiter:
    """Lets each caller ask `per_minute` times a minute, a third of that at once."""

    def __init__(self, per_minute: int, clock: Callable[[], float]) -> None:
        self._rate, self._room, self._clock = per_minute / 60, max(1.0, per_minute / 3), clock
        self._buckets: OrderedDict[str, _Bucket] = OrderedDict()
        self._lock = Lock()

    def wait_s(self, caller: str) -> float:
        """Takes one request of `caller`: 0 if it may go on, else the seconds until it may."""
        now = self._clock()
        with self._lock:
            bucket = self._buckets.setdefault(caller, _Bucket(self._room, now))
            self._buckets.move_to_end(caller)
            if len(self._buckets) > _CALLERS:
                self._buckets.popitem(last=False)
            bucket.tokens = min(self._room, bucket.tokens + (now - bucket.at) * self._rate)
            bucket.at = now
            if bucket.tokens >= 1:
                bucket.tokens -= 1
                return 0.0
            return (1 - bucket.tokens) / self._rate


@dataclass(frozen=True, slots=True)
class Callers:
    """Tells callers apart: `keys` are names with the SHA-256 (hexadecimal) of their key."""

    keys: Mapping[str, str]
    by_address: RateLimiter
    by_key: RateLimiter

    def admit(self, request: Request) -> None:
        """Counts a request and notes the name of its key as `request.state.caller`, None without one.

        Raises `Problem` for an unknown key or too many requests.
        """
        request.state.caller = None
        scheme, _, key = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer":
            name = self._name_of(key.strip())
            wait = self.by_key.wait_s(name)
            request.state.caller = name
        else:
            wait = self.by_address.wait_s(request.client.host if request.client else "")
        if wait > 0:
            seconds = max(1, round(wait))
            raise Problem("too-many", seconds=seconds, headers={"Retry-After": str(seconds)})

    def _name_of(self, key: str) -> str:
        digest = hashlib.sha256(key.encode()).hexdigest()
        known = [name for name, stored in self.keys.items() if hmac.compare_digest(stored, digest)]
        if not known:
            raise Problem("unknown-key", headers={"WWW-Authenticate": "Bearer"})
        return known[0]
