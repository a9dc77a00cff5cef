"""What happens to a machine, in an order that a seed decides: kills, restarts of the database, a full disk."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from random import Random
from threading import Event, Thread

from eval.ordeal.databases import Database
from eval.ordeal.disk import Disk
from eval.ordeal.processes import Kept

_TOP_UP_S = 0.05
_LONGEST_RECOVERY_S = 90.0


class Fault(StrEnum):
    """The kinds, in the words of the table."""

    SERVICE = "service killed (-9)"
    WORKER = "worker killed (-9)"
    BOT = "bot killed (-9)"
    DATABASE = "database cut short"
    DISK = "disk full"
    KILLED_WHILE_FULL = "killed while the disk was full"


@dataclass(frozen=True, slots=True)
class Standing:
    """What faults befall."""

    service: Kept
    workers: Sequence[Kept]
    bots: Sequence[Kept]
    database: Database
    disk: Disk
    last_taken: Callable[[], float]

    @property
    def holders(self) -> tuple[Kept, ...]:
        """Every process that uses the database."""
        return (self.service, *self.workers, *self.bots)


class Faults(Thread):
    """One fault after the other until `stop`. `between_s` and `full_s`: least and most seconds between faults, and of a full disk.

    `most`: how many there are, None for no end.
    """

    def __init__(
        self, standing: Standing, chance: Random, between_s: tuple[float, float], full_s: tuple[float, float], most: int | None = None
    ) -> None:
        super().__init__(name="faults")
        self._most = most
        self._standing, self._chance, self._between, self._full = standing, chance, between_s, full_s
        self._stopping = Event()
        self.happened: Counter[Fault] = Counter()
        # Of each kind, from its end to the next acknowledgement over HTTP.
        self.recoveries_s: dict[Fault, list[float]] = {}

    def run(self) -> None:
        """Until it is told to stop; a full disk is always freed."""
        for fault in islice(self._kinds(), self._most):
            if self._stopping.wait(self._chance.uniform(*self._between)):
                return
            self._befall(fault)
            # Else a service that takes seconds to start would never be there.
            self._await_recovery(fault, time.monotonic())

    def stop(self) -> None:
        """Ends it after what is under way."""
        self._stopping.set()
        self.join()

    def _kinds(self) -> Iterator[Fault]:
        """Rounds of every kind in another order each time, so that none is left out."""
        kinds = [Fault.SERVICE, Fault.WORKER, Fault.BOT, Fault.DATABASE, *([Fault.DISK] if self._standing.disk.can_fill else [])]
        while True:
            yield from self._chance.sample(kinds, len(kinds))

    def _befall(self, fault: Fault) -> None:
        standing = self._standing
        if fault is Fault.DISK:
            self._fill_disk()
            self.happened[fault] += 1
        elif fault is Fault.DATABASE:
            standing.database.cut_short(standing.holders)
            self.happened[fault] += 1
        else:
            one = {Fault.SERVICE: [standing.service], Fault.WORKER: standing.workers, Fault.BOT: standing.bots}[fault]
            self.happened[fault] += self._chance.choice(one).kill()

    def _fill_disk(self) -> None:
        until = time.monotonic() + self._chance.uniform(*self._full)
        victim = self._chance.choice([None, *self._standing.holders])
        self._standing.disk.fill()
        if victim is not None:
            self.happened[Fault.KILLED_WHILE_FULL] += victim.kill()
        # Whatever is deleted meanwhile makes room again.
        while time.monotonic() < until:
            self._standing.disk.fill()
            time.sleep(_TOP_UP_S)
        self._standing.disk.free()

    def _await_recovery(self, fault: Fault, since: float) -> None:
        while not self._stopping.wait(_TOP_UP_S):
            taken = self._standing.last_taken()
            if taken > since or time.monotonic() > since + _LONGEST_RECOVERY_S:
                self.recoveries_s.setdefault(fault, []).append(time.monotonic() - since)
                return
