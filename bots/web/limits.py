"""How much one caller may ask: a token bucket for each key and for each address, in the memory of this process."""

from __future__ import annotations

import hashlib
import hmac
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
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

    def must_wait_s(self, caller: str) -> float:
        """The seconds until `caller` may ask, 0 if now; nothing is taken."""
        with self._lock:
            bucket = self._buckets.get(caller)
            tokens = min(self._room, bucket.tokens + (self._clock() - bucket.at) * self._rate) if bucket else self._room
            return 0.0 if tokens >= 1 else (1 - tokens) / self._rate

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
    """Tells callers apart: `keys` are names with the SHA-256 (hexadecimal) of their key.

    `by_wrong_key` limits keys that nobody has, by address, so that they cannot be tried out: while an address must wait for them, no key
    is looked at that was not used from there before.
    """

    keys: Mapping[str, str]
    by_address: RateLimiter
    by_key: RateLimiter
    by_wrong_key: RateLimiter = field(default_factory=lambda: RateLimiter(30, time.monotonic))
    # Addresses with the digests of the keys that were used from them.
    _used: OrderedDict[tuple[str, str], None] = field(default_factory=OrderedDict)

    def admit(self, request: Request) -> None:
        """Counts a request and notes the name of its key as `request.state.caller`, None without one.

        Raises `Problem` for an unknown key or too many requests.
        """
        request.state.caller = None
        address = request.client.host if request.client else ""
        scheme, _, key = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer":
            name = self._name_of(key.strip(), address)
            _refuse_for(self.by_key.wait_s(name))
            request.state.caller = name
        else:
            _refuse_for(self.by_address.wait_s(address))

    def _name_of(self, key: str, address: str) -> str:
        digest = hashlib.sha256(key.encode()).hexdigest()
        if (address, digest) not in self._used:
            _refuse_for(self.by_wrong_key.must_wait_s(address))
        known = [name for name, stored in self.keys.items() if hmac.compare_digest(stored, digest)]
        if not known:
            self.by_wrong_key.wait_s(address)
            raise Problem("unknown-key", headers={"WWW-Authenticate": "Bearer"})
        self._used[address, digest] = None
        if len(self._used) > _CALLERS:
            self._used.popitem(last=False)
        return known[0]


def _refuse_for(wait_s: float) -> None:
    if wait_s > 0:
        seconds = max(1, round(wait_s))
        raise Problem("too-many", seconds=seconds, headers={"Retry-After": str(seconds)})
