"""Prometheus metrics of one application: counts and times by route template and outcome, never anybody's words."""

from __future__ import annotations

from collections.abc import Mapping

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from assistant.chats.parked import ParkedKind

_SECONDS = (0.01, 0.025, 0.05, 0.1, 0.15, 0.25, 0.5, 1, 2.5, 5, 10)


class Metrics:
    """The counters of one application."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        labels = ["method", "route", "status"]
        self._requests = Counter("dienhong_requests", "Requests answered", labels, registry=self._registry)
        self._seconds = Histogram(
            "dienhong_request_seconds", "Time to the end of an answer", ["route"], buckets=_SECONDS, registry=self._registry
        )
        told = "Given up in chats: events that failed to the last try, updates that could not be read; see `dienhong chats parked`"
        self._parked = Gauge("dienhong_chats_parked", told, ["channel", "kind"], registry=self._registry)

    def count(self, method: str, route: str, status: int, seconds: float) -> None:
        """One request answered; `route` is the template, so that no identifier becomes a label."""
        self._requests.labels(method, route, str(status)).inc()
        self._seconds.labels(route).observe(seconds)

    def park(self, counts: Mapping[tuple[str, ParkedKind], int]) -> None:
        """What is parked in the database at this moment, by channel and kind."""
        self._parked.clear()
        for (channel, kind), parked in counts.items():
            self._parked.labels(channel, kind.value).set(parked)

    def text(self) -> bytes:
        """All of them in the text format of Prometheus."""
        return generate_latest(self._registry)
