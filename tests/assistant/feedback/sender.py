"""A process that takes submissions in, reads and delivers until it is killed: `python -m tests.assistant.feedback.sender URL FIRST FOLDER`.

Each code that was acknowledged is appended to FOLDER/acknowledged, each delivery to FOLDER/delivered, one line a write.
"""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path

from assistant.database import open_database
from assistant.feedback.outbox import Delivery
from tests.assistant.feedback.office import CHAT, Office


class Told:
    """A file that survives the end of the process that writes it."""

    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def add(self, line: str) -> None:
        os.write(self._file, f"{line}\n".encode())


class WrittenChannel:
    """Delivers to a file."""

    def __init__(self, path: Path) -> None:
        self._told = Told(path)

    def deliver(self, delivery: Delivery) -> None:
        self._told.add(delivery.key)


def main(url: str, first: int, folder: Path) -> None:
    """Goes on until it is killed; messages are numbered from `first`, each sent twice."""
    office, acknowledged = Office(open_database(url)), Told(folder / "acknowledged")
    channel = WrittenChannel(folder / "delivered")
    number = first
    while True:
        letter = replace(office.letter(f"Đường số {number} hỏng", sender=str(number % 7)), external_id=f"m-{number // 2}")
        receipt = office.intake.submit(letter)
        acknowledged.add(f"{letter.external_id} {receipt.code}")
        if number % 3 == 0:
            office.understander.understand_waiting(limit=3)
        if number % 5 == 0:
            office.outbox(f"worker-{os.getpid()}").deliver_due({CHAT: channel}, limit=4)
        number += 1


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]))
