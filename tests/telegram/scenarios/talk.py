"""What a conversation is written with: citizens who write and read, officers, and time that passes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta

import httpx

from tests.telegram.emulator import Emulator, Group, Person, Seen
from tests.telegram.emulator.seen import Event, Happening
from tests.telegram.emulator.viewing import Viewer
from tests.telegram.scenarios.application import PATIENCE_S, Clock, Shared, Way, application, until
from tests.telegram.scenarios.officers import Officers

# Also as people type it.
_CODE = re.compile(r"\bDH([- ])([0-9A-Z]{5})\1([0-9A-Z]{5})\1([0-9A-Z])\b", re.IGNORECASE)


class Citizen(Person):
    """Somebody who waits for what the bot says, and reads it."""

    def __init__(self, person: Person, officers: Officers) -> None:
        super().__init__(person._world, person.user, person._chat)
        self._officers = officers

    def within(self, group: Group) -> Citizen:
        """The same person in a group."""
        return Citizen(super().within(group), self._officers)

    def reads(self, *words: str, buttons: Sequence[str] = (), never: Sequence[str] = ()) -> Seen:
        """The newest of what has come since this person's last act, once all these words and buttons are there and nothing more is to come.

        Fails where one of `never` is there too.
        """

        def has_come() -> bool:
            return not _missing(self.replies, words, buttons)

        if not self._world.wait_until(has_come, PATIENCE_S):
            missing = _missing(self.replies, words, buttons)
            raise AssertionError(f"{self.name} does not read {missing}. The chat:\n{self._shown()}")
        until(self._officers.has_nothing_waiting)
        read = _read(self.replies)
        assert [one for one in never if one.casefold() in read] == [], self._shown()
        return self.replies[-1]

    def reads_code(self) -> str:
        """The tracking code of what was sent."""
        return next(_CODE.finditer(self.reads("DH-").text)).group()


@dataclass(frozen=True, slots=True)
class Talk:
    """One conversation with one application."""

    telegram: Emulator
    url: str
    clock: Clock
    officers: Officers
    shown: list[Viewer | Group] = field(default_factory=list)

    def person(self, name: str, language: str = "vi") -> Citizen:
        """Somebody who has not written to the bot yet."""
        citizen = Citizen(self.telegram.person(name, language=language), self.officers)
        if not self.shown:
            self.shows(citizen)
        return citizen

    def shows(self, chat: Viewer | Group) -> None:
        """The transcript is that of this chat; else of the first citizen's."""
        self.shown[:] = [chat]

    def passes(self, time: timedelta, told: str) -> None:
        """So much later; `told` is what the transcript says of it."""
        self.clock.move(time)
        world = self.telegram._world
        with world.changed:
            world.events.append(Event(Happening.DID, self.shown[0].chat_id, told, "trôi qua"))

    def settles(self) -> None:
        """Waits until nothing is on its way."""
        until(self.officers.has_nothing_waiting)

    def public_pages(self) -> list[str]:
        """Everything that everybody may read of what was sent."""
        with httpx.Client(base_url=self.url, timeout=PATIENCE_S) as reader:
            start = reader.get("/open-data/").text
            tables = [f"/open-data/{name}" for name in re.findall(r"open-data/([\w.-]+)", start)]
            return [start, *(reader.get(address).raise_for_status().text for address in (*tables, "/open311/v2/requests.json"))]

    def transcript(self, title: str) -> str:
        """The chat as it reads in every run."""
        return masked(self.telegram.transcript(self.shown[0], title))


@contextmanager
def talking(shared: Shared, database: str, way: Way) -> Iterator[Talk]:
    """A conversation with an application of its own."""
    clock = Clock()
    with Emulator(clock=clock) as telegram, application(shared, database, telegram, clock, way) as running:
        yield Talk(telegram, running.url, clock, Officers(running.service.feedback))


def masked(written: str) -> str:
    """The text with tracking codes that are the same in every run."""
    codes = dict.fromkeys("".join(code.groups()[1:]).upper() for code in _CODE.finditer(written))
    numbers = {code: number for number, code in enumerate(codes, start=1)}

    def mask(code: re.Match[str]) -> str:
        between, *parts = code.groups()
        shown = between.join(("DH", "XXXXX", "XXXXX", str(numbers["".join(parts).upper()])))
        return shown.lower() if code.group().islower() else shown

    return _CODE.sub(mask, written)


def _missing(replies: Sequence[Seen], words: Sequence[str], buttons: Sequence[str]) -> list[str]:
    read, labels = _read(replies), [label for one in replies for label in one.labels]
    return [*(one for one in words if one.casefold() not in read), *(one for one in buttons if one not in labels)] if replies else ["…"]


def _read(replies: Sequence[Seen]) -> str:
    return "\n".join(one.text for one in replies).casefold()
