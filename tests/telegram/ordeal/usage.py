"""What the application takes: seconds of the processor and memory, of its process and those that it started (Linux: /proc)."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Event, Thread

from eval.ordeal.verdict import Line

_LOOK_S = 1.0
_TICKS = os.sysconf("SC_CLK_TCK")
# Of /proc/PID/stat, behind the name in brackets: utime and stime.
_TIMES = slice(11, 13)


class Usage:
    """Of all processes below this one, which are those of the application, while it is watched."""

    def __init__(self) -> None:
        self._first, self._last, self._own = self._cpu_s(), 0.0, sum(os.times()[:2])
        self._began = os.times().elapsed
        self._peak_mib = 0.0
        self._stopping = Event()

    @classmethod
    @contextmanager
    def watched(cls) -> Iterator[Usage]:
        """Looks once a second until the block ends."""
        usage = cls()
        watching = Thread(target=usage._watch, name="usage")
        watching.start()
        try:
            yield usage
        finally:
            usage._stopping.set()
            watching.join()

    def lines(self) -> Iterator[Line]:
        """What it came to."""
        seconds = os.times().elapsed - self._began
        yield Line("processor of the application", f"{self._last - self._first:.0f} s in {seconds:.0f} s")
        yield Line("processor of the emulator and those who ask", f"{sum(os.times()[:2]) - self._own:.0f} s")
        yield Line("memory of the application at most", f"{self._peak_mib:.0f} MiB")
        yield Line("others who want a core at the end (load average)", f"{os.getloadavg()[0]:.1f}")

    def _watch(self) -> None:
        while not self._stopping.wait(_LOOK_S):
            self._look()
        self._look()

    def _look(self) -> None:
        # A process may end while it is looked at: the next look makes up for it.
        with suppress(FileNotFoundError, ProcessLookupError):
            self._last = self._cpu_s()
            self._peak_mib = max(self._peak_mib, sum(map(_memory_mib, _below(os.getpid()))))

    def _cpu_s(self) -> float:
        return sum(map(_cpu_s, _below(os.getpid())))


def _below(process: int) -> list[int]:
    """Its children, and theirs."""
    children = [int(one) for task in Path(f"/proc/{process}/task").iterdir() for one in (task / "children").read_text().split()]
    return [one for child in children for one in (child, *_below(child))]


def _cpu_s(process: int) -> float:
    stat = Path(f"/proc/{process}/stat").read_text(encoding="utf-8")
    return sum(map(int, stat.rpartition(")")[2].split()[_TIMES])) / _TICKS


def _memory_mib(process: int) -> float:
    """Shared pages divided among those that share them."""
    lines = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024
