"""Processes that are killed and come back, as under a service manager."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from signal import SIGKILL, SIGTERM, Signals
from threading import Lock

_PAUSE_S, _PATIENCE_S = 0.5, 30.0


class Kept:
    """A process that is started again whenever it ends before it is done (exit code 0)."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str], log: Path, user: int | None = None) -> None:
        self._command, self._environment, self._log, self._user = list(command), dict(environment), log, user
        self._guard = Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._was_killed, self._next_start = False, 0.0
        # How often it ended though nobody had killed it, e.g. because there was no room on the disk.
        self.own_ends = 0
        self.is_done = False

    def keep_up(self) -> None:
        """Starts it if it does not run and is not done; called again and again."""
        with self._guard:
            code = self._process.poll() if self._process else None
            if self.is_done or (self._process and code is None):
                return
            if self._process is not None:
                self._ended(code)
            elif time.monotonic() >= self._next_start:
                self._start()

    def kill(self, signal: Signals = SIGKILL) -> bool:
        """Ends it at once and waits until it is gone; whether it ran."""
        with self._guard:
            if self._process is None or self._process.poll() is not None:
                return False
            self._was_killed = True
            self._process.send_signal(signal)
            self._process.wait(_PATIENCE_S)
            return True

    def stop(self, signal: Signals = SIGTERM) -> None:
        """Ends it in good order, for good."""
        self.is_done = True
        with suppress(subprocess.TimeoutExpired):
            self.kill(signal)
        self.kill()

    def _start(self) -> None:
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603 - the project's own commands
                self._command, env=self._environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log, user=self._user
            )

    def _ended(self, code: int | None) -> None:
        self.is_done = code == 0 and not self._was_killed
        self.own_ends += not (self.is_done or self._was_killed)
        self._process, self._was_killed, self._next_start = None, False, time.monotonic() + _PAUSE_S
