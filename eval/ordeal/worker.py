"""What runs beside the service until it is killed: `python -m eval.ordeal.worker read|bot FOLDER …`.

`read` reads what waits with a reader that goes by words, and delivers messages to a channel that keeps keys. `bot` takes letters in from
a chat, as a bot does that gets each message again until it has taken it. Both use the database that the settings name.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from assistant.bootstrap import Parts
from assistant.feedback.desk import FeedbackDesk
from assistant.feedback.errors import SubmissionInvalid
from assistant.feedback.intake import ContactDetails, NewSubmission
from assistant.feedback.suggesting.understanding import Suggested, Understanding
from assistant.settings import Settings
from corpus.text import fold
from eval.ordeal.letters import CHAT, Letter, deliveries, letter
from eval.ordeal.told import KeepingChannel, Told, lines

_READ_AT_ONCE, _SENT_AT_ONCE = 10, 20
_IDLE_S, _TROUBLE_S = 0.5, 0.5


class LightReader:
    """Takes what says so for a denunciation and everything else for a report."""

    def read(self, text: str) -> Understanding:
        """What it thinks of `text`."""
        seals = "to cao" in fold(text)
        kind = Suggested("kind", "denunciation" if seals else "report", 0.9)
        return Understanding((kind,), (), seals, "normal", "light-1")


def read_and_deliver(desk: FeedbackDesk, folder: Path, name: str) -> None:
    """Goes on until it is killed."""
    understander, outbox, channel = desk.understander(LightReader()), desk.outbox(name), KeepingChannel(folder)
    while True:
        try:
            done = understander.understand_waiting(_READ_AT_ONCE) + outbox.deliver_due({CHAT: channel}, _SENT_AT_ONCE)
        except SQLAlchemyError as error:
            _say(f"worker: {type(error).__name__}")
            time.sleep(_TROUBLE_S)
        else:
            time.sleep(0 if done else _IDLE_S)


def take_in(desk: FeedbackDesk, told: Told, numbers: Sequence[int], pause_s: float) -> None:
    """Takes the letters of these numbers in, one after the other."""
    for number in numbers:
        while not _is_answered(desk, told, letter(number)):
            time.sleep(_TROUBLE_S)
        time.sleep(pause_s)


def _is_answered(desk: FeedbackDesk, told: Told, one: Letter) -> bool:
    contact = ContactDetails(address_on_channel=one.sender)
    new = NewSubmission(one.channel, one.external_id, one.text, one.consent(desk.consents.current.version), contact=contact)
    try:
        told.acknowledged(one.number, desk.intake.submit(new).code)
    except SubmissionInvalid:
        told.refused(one.number)
    except SQLAlchemyError as error:
        _say(f"bot: {type(error).__name__}")
        return False
    return True


def _say(line: str) -> None:
    sys.stderr.write(f"{line}\n")


def main() -> None:
    """Does what the arguments say."""
    parser = argparse.ArgumentParser(prog="python -m eval.ordeal.worker")
    parser.add_argument("role", choices=("read", "bot"))
    parser.add_argument("folder", type=Path)
    for name in ("--place", "--bots", "--letters", "--seed"):
        parser.add_argument(name, type=int, default=0)
    parser.add_argument("--seconds", type=float, default=0.0)
    given = parser.parse_args()
    desk = Parts(Settings()).feedback
    if given.role == "read":
        read_and_deliver(desk, given.folder, f"worker-{given.place}")
        return
    path = given.folder / f"acknowledged-bot-{given.place}"
    mine = deliveries(given.letters, CHAT, given.seed)[given.place :: given.bots]
    take_in(desk, Told(path), mine[len(lines(path)) :], given.seconds / max(1, len(mine)))


if __name__ == "__main__":
    main()
