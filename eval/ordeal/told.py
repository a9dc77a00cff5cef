"""Files that outlive the processes that write them: what was acknowledged, what was delivered."""

from __future__ import annotations

import os
from hashlib import sha256
from pathlib import Path

from assistant.feedback.outbox import Delivery

_REFUSED = "-"
_KEYS, _REPEATED = "delivered", "repeated"


class Told:
    """A file that grows by whole lines, whoever is killed meanwhile."""

    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

    def add(self, line: str) -> None:
        """Appends a line in one write."""
        os.write(self._file, f"{line}\n".encode())

    def acknowledged(self, number: int, code: str) -> None:
        """Notes the code of a letter."""
        self.add(f"{number} {code}")

    def refused(self, number: int) -> None:
        """Notes that a letter was refused for good."""
        self.add(f"{number} {_REFUSED}")


def lines(path: Path) -> list[str]:
    """The lines of a file that may not be there yet."""
    return path.read_text(encoding="utf-8").splitlines() if path.exists() else []


def answers(folder: Path) -> list[tuple[int, str | None]]:
    """Every answer that senders got: the letter, and its code or None where it was refused."""
    told = [line.split() for path in sorted(folder.glob("acknowledged-*")) for line in lines(path)]
    return [(int(number), None if code == _REFUSED else code) for number, code in told]


class KeepingChannel:
    """A channel that keeps keys: a message that comes a second time is noted and reaches nobody."""

    def __init__(self, folder: Path) -> None:
        self._keys = folder / _KEYS
        self._keys.mkdir(exist_ok=True)
        self._repeated = Told(folder / _REPEATED)

    def deliver(self, delivery: Delivery) -> None:
        """Hands it over: a file whose name says the key is made once, by one process."""
        try:
            with (self._keys / sha256(delivery.key.encode()).hexdigest()).open("x", encoding="utf-8") as kept:
                kept.write(delivery.key)
        except FileExistsError:
            self._repeated.add(delivery.key)


def delivered(folder: Path) -> int:
    """How many keys arrived."""
    return len(list((folder / _KEYS).glob("*")))


def has_arrived(folder: Path, key: str) -> bool:
    """Whether a message of this key did."""
    return (folder / _KEYS / sha256(key.encode()).hexdigest()).exists()


def repeated(folder: Path) -> int:
    """How often one came again and was recognised by its key."""
    return len(lines(folder / _REPEATED))
