"""Measures the session report over generated submissions: `python -m eval.session_report [--submissions N]`.

Makes a home folder of its own, sends so many letters of the training data into it, lets the product's machine read them and a reviewer
accept what is not sealed, then runs `dienhong report session` as a user would: a fresh process, documents on disk, every number counted
a second time. Prints how long that process took and what it said. Needs the extra `reports`.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from assistant.bootstrap import Parts
from assistant.feedback.desk import FeedbackDesk
from assistant.feedback.intake import NewSubmission
from assistant.feedback.states import Actor, Role, State, Step
from assistant.feedback.wanted import Wanted
from assistant.settings import Settings
from corpus.days import today
from eval.ordeal.letters import letter

_REVIEWER = Actor("reviewer", frozenset({Role.SCREENER, Role.REVIEWER}))
_ALLOWED_S = 30.0
_PAGE = 200


def main() -> int:
    """Runs the measurement and prints it; 1 where a number differs or it took longer than allowed."""
    parser = argparse.ArgumentParser(prog="python -m eval.session_report", description="Measure the session report.")
    parser.add_argument("--submissions", type=int, default=2_000, help="how many letters (default: 2,000)")
    parser.add_argument("--out", type=Path, default=None, help="folder for the documents (default: none are kept)")
    arguments = parser.parse_args()
    with TemporaryDirectory() as folder:
        home = Path(folder)
        accepted = _fill(Parts(Settings(home=home)), arguments.submissions)
        _say(f"{arguments.submissions} submissions read, {accepted} recommendations accepted")
        return _report(home, arguments.out or home / "report")


def _fill(parts: Parts, submissions: int) -> int:
    desk = parts.feedback
    for number in range(submissions):
        sent = letter(number)
        desk.intake.submit(NewSubmission(sent.channel, sent.external_id, sent.text, desk.consents.current.version))
    understander = desk.understander(parts.feedback_reader)
    while understander.understand_waiting():
        pass
    return _accept(desk)


def _accept(desk: FeedbackDesk) -> int:
    """Accepts every recommendation that is not sealed; how many."""
    accepted = 0
    while page := desk.queue.page(_REVIEWER, Wanted(states=(State.SCREENING,)), _PAGE):
        for matter in page:
            desk.recommendations.take(matter.number, matter.version, Step(State.ACCEPTED, _REVIEWER))
            accepted += 1
    return accepted


def _report(home: Path, out: Path) -> int:
    day = today().isoformat()
    command = [sys.executable, "-m", "bots.cli", "report", "session", "--from", day, "--to", day, "--number", "thứ hai", "--out", str(out)]
    begun = time.perf_counter()
    # The command counts every number a second time from the database; its exit code is 1 where one differs.
    done = subprocess.run(command, env={**os.environ, "DIENHONG_HOME": str(home)}, check=False)  # noqa: S603 - the project's own command
    seconds = time.perf_counter() - begun
    said = "all numbers equal when counted anew" if done.returncode == 0 else f"exit code {done.returncode}"
    _say(f"{seconds:.1f} s (allowed: {_ALLOWED_S:.0f} s), {said}")
    return int(done.returncode != 0 or seconds > _ALLOWED_S)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    # The command that comes next writes to the same place.
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
