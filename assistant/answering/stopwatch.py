"""How long the steps of an answer take."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(slots=True)
class Stopwatch:
    """Milliseconds by step, by a clock in seconds."""

    clock: Callable[[], float]
    started: float
    laps: dict[str, float]

    @classmethod
    def start(cls, clock: Callable[[], float]) -> Stopwatch:
        """A watch that runs from now."""
        return cls(clock, clock(), {})

    def lap(self, name: str) -> None:
        """Ends a step."""
        self.laps[name] = round((self.clock() - self.started) * 1000 - sum(self.laps.values()), 2)

    def total(self) -> dict[str, float]:
        """The steps and `total`."""
        return {**self.laps, "total": round((self.clock() - self.started) * 1000, 2)}
