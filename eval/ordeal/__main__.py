"""Sends thousands of letters through kills, restarts and a full disk, and says what became of each: `python -m eval.ordeal`.

The service is `dienhong serve`, with workers and bots beside it as processes of their own, on a small disk in memory (`mount` needs root;
where it is refused, that fault is left out and said so). What the machine itself would lose with its power is not tried. Exit code 1
where anything is lost, doubled, not understood, not delivered or not verified. For PostgreSQL it starts a server of its own (extra `dev`).
"""

from __future__ import annotations

import argparse
import shlex
import signal
import sys

from eval.ordeal.round import Plan, endured
from eval.ordeal.verdict import Line

_SECONDS_EACH = 0.006


def main() -> int:
    """Runs what the arguments say and prints the table."""
    parser = argparse.ArgumentParser(prog="python -m eval.ordeal", description="Send letters through everything that can happen.")
    parser.add_argument("--submissions", type=int, default=10_000, help="different letters; each is sent up to three times")
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--seed", type=int, default=4, help="decides order, copies and faults (default: 4)")
    parser.add_argument("--seconds", type=float, default=None, help="how long sending takes without faults (default: 0.006 each)")
    parser.add_argument("--service", default="", help="the command that serves, without its port (default: dienhong serve)")
    given = parser.parse_args()
    seconds = _SECONDS_EACH * given.submissions if given.seconds is None else given.seconds
    # Else its processes and its disk would outlive it.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    lines = endured(Plan(given.submissions, given.database, given.seed, seconds, service=tuple(shlex.split(given.service))))
    sys.stdout.write(f"{given.submissions} submissions on {given.database}, seed {given.seed}\n{table(lines)}\n")
    return int(not all(line.holds for line in lines))


def table(lines: list[Line]) -> str:
    """Name, value and, where one is wanted, whether it is so."""
    width = max(len(line.name) for line in lines)
    marks = {(True, True): "", (True, False): "  ok", (False, False): "  WRONG, wanted {}"}
    return "\n".join(f"  {line.name:<{width}}  {line.value}" + marks[line.holds, line.wanted is None].format(line.wanted) for line in lines)


if __name__ == "__main__":
    sys.exit(main())
