"""Voice messages written down by a command: in a process of its own, without network where the system allows it, within limits."""

from __future__ import annotations

import logging
import os
import shlex
import signal
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock

from assistant.chats import confined, viet_asr

log = logging.getLogger(__name__)

VIET_ASR = "viet-asr"
_MOST_LETTERS = 4_000
# Of an answer that is longer, no more than that is read.
_MOST_READ = 4 * _MOST_LETTERS
_MEMORY = "/dev/shm"  # noqa: S108 - each sound lies in a folder of its own there, which nobody else may open
_SOUND, _SAID = "sound", "said"


@dataclass(frozen=True, slots=True)
class Limits:
    """What one recording may take. `seconds` by the wall, of which waiting for another recording is a part, stay below the lease of a
    chat; `cpu_s` of all cores together."""

    seconds: float = 40.0
    cpu_s: int = 60
    memory_mb: int = 4_000


class CommandTranscriber:
    """A `Transcriber` that gives a file's path to `command` and takes what that writes as the words; one recording at a time."""

    def __init__(self, command: Sequence[str], limits: Limits | None = None) -> None:
        self._command, self._limits, self._lock = tuple(command), limits or Limits(), Lock()

    def transcribe(self, sound: bytes) -> str | None:
        """The words of a WAV or OGG file, or None where nothing could be made out, in time and within the limits."""
        if not self._lock.acquire(timeout=self._limits.seconds / 2):
            return None
        try:
            with TemporaryDirectory(prefix="dienhong-", dir=_MEMORY if os.access(_MEMORY, os.W_OK) else None) as folder:
                return self._heard(sound, Path(folder))
        finally:
            self._lock.release()

    def _heard(self, sound: bytes, folder: Path) -> str | None:
        path = folder / f"{_SOUND}.{'wav' if sound.startswith(b'RIFF') else 'ogg'}"
        path.write_bytes(sound)
        with (folder / _SAID).open("wb") as said:
            code = self._run(path, folder, said.fileno())
        if code != 0:
            # Which command and why is for whoever set it up; what was said stays untold.
            log.warning("speech_not_heard", extra={"code": code})
            return None
        written = (folder / _SAID).read_bytes()[:_MOST_READ].decode("utf-8", errors="replace")
        return " ".join(written.split())[:_MOST_LETTERS] or None

    def _run(self, path: Path, folder: Path, said: int) -> int | None:
        """The exit code, or None where time ran out."""
        limits = (str(self._limits.cpu_s), str(self._limits.memory_mb))
        command = (sys.executable, "-I", confined.__file__, *limits, *self._command, str(path))
        quiet = subprocess.DEVNULL
        process = subprocess.Popen(  # noqa: S603 - whoever sets the service up chose it
            command, stdin=quiet, stdout=said, stderr=quiet, cwd=folder, env=_environment(folder), start_new_session=True
        )
        try:
            return process.wait(self._limits.seconds / 2)
        except subprocess.TimeoutExpired:
            return None
        finally:
            _end(process)


def transcriber_of(engine: str, command: str) -> CommandTranscriber | None:
    """The engine that is set: "viet-asr", or a command line to which the path of a WAV or OGG file is added; None where neither is."""
    if command.strip():
        return CommandTranscriber(shlex.split(command))
    return CommandTranscriber((sys.executable, "-I", viet_asr.__file__)) if engine == VIET_ASR else None


def _environment(folder: Path) -> dict[str, str]:
    """Nothing of ours, which holds tokens and keys."""
    return {"PATH": os.environ.get("PATH", os.defpath), "HOME": str(folder), "LANG": "C.UTF-8", "PYTHONIOENCODING": "utf-8"}


def _end(process: subprocess.Popen[bytes]) -> None:
    """Ends it with all that it started."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
