"""Runs a command without network and within limits: `confined.py SECONDS_OF_CPU MEGABYTES COMMAND…`, by the path of this file.

A process of its own with one thread: limits that are set between the fork and the start of a program of many threads may lock it up.
"""

from __future__ import annotations

import ctypes
import os
import resource
import sys

# linux/sched.h: a network of one's own, in which there is nothing; it takes users of one's own to be allowed to.
_NEW_USERS, _NEW_NETWORK = 0x1000_0000, 0x4000_0000
# What it may write, in bytes: a text, and what a library keeps for itself.
_MOST_WRITTEN = 64_000_000
_NOT_STARTED = 127


def leave_network() -> bool:
    """Leaves the network for good; false where the system does not allow it."""
    unshare = getattr(ctypes.CDLL(None, use_errno=True), "unshare", None)
    return unshare is not None and unshare(_NEW_USERS | _NEW_NETWORK) == 0


def limit(cpu_s: int, memory_mb: int) -> None:
    """Bounds what this process and the command in its place may use; nothing of its memory is ever written to disk."""
    for what, most in (
        (resource.RLIMIT_CPU, cpu_s),
        (resource.RLIMIT_AS, memory_mb * 1_000_000),
        (resource.RLIMIT_FSIZE, _MOST_WRITTEN),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


def main(arguments: list[str]) -> int:
    """The command in the place of this process; a number only where it could not be started."""
    cpu_s, memory_mb, *command = arguments
    leave_network()
    limit(int(cpu_s), int(memory_mb))
    try:
        os.execvp(command[0], command)  # noqa: S606 - whoever sets the service up chose it
    except OSError:
        return _NOT_STARTED


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
