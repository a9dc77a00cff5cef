"""`dienhong chat` on a terminal, as somebody types into it."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path

from tests.bots.command import DIENHONG, PATIENCE_S, environment

_END_OF_INPUT = b"\x04"


def chatted(home: Path, *lines: str, prompt: str, settings: Mapping[str, str] | None = None) -> list[str]:
    """What is said to each of `lines`, without the prompts and without what was typed."""
    ours, theirs = pty.openpty()
    around = {**environment(home, settings), "TERM": "dumb"}
    chat = subprocess.Popen([str(DIENHONG), "chat"], stdin=theirs, stdout=theirs, cwd=home.parent, env=around)
    os.close(theirs)
    try:
        _until(ours, prompt)
        said = [_said_to(ours, line, prompt) for line in lines]
        os.write(ours, _END_OF_INPUT)
        assert chat.wait(PATIENCE_S) == 0
    finally:
        chat.kill()
        chat.wait()
        os.close(ours)
    return said


def _said_to(terminal: int, line: str, prompt: str) -> str:
    os.write(terminal, f"{line}\n".encode())
    return _until(terminal, prompt).replace("\r\n", "\n").removeprefix(line).strip()


def _until(terminal: int, prompt: str) -> str:
    """What is written up to the next prompt."""
    deadline, written = time.monotonic() + PATIENCE_S, b""
    while not written.endswith(prompt.encode()):
        assert select.select([terminal], [], [], deadline - time.monotonic())[0], written.decode()
        written += os.read(terminal, 65536)
    return written.decode().removesuffix(prompt)
