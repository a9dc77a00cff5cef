"""Updates as the emulator hands them out, with a note of each: which kind it was, whose chat, whether the bot confirmed it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tests.telegram.emulator.errors import Json
from tests.telegram.emulator.updates import Update, UpdateQueue


@dataclass(frozen=True, slots=True)
class Noted:
    """An update that was made."""

    update_id: int
    kind: str
    chat_id: int


class NotedUpdates(UpdateQueue):
    """`made` are all updates, `confirmed` the ids of those that the bot took; how many came `twice`, and `late`: behind a later one."""

    def __init__(self) -> None:
        super().__init__()
        self.made: list[Noted] = []
        self.confirmed: set[int] = set()
        self.twice = self.late = 0
        self._handed_out: set[int] = set()
        self._latest = 0

    def push(self, kind: str, chat_id: int, content: Json) -> None:
        """Something happened that the bot is told."""
        before = self._next_id
        super().push(kind, chat_id, content)
        if self._next_id > before:
            self.made.append(Noted(before, kind, chat_id))

    def forget(self, update: Update) -> None:
        """This one was received."""
        super().forget(update)
        if not update.is_again:
            self.confirmed.add(update.update_id)

    def batch(self, limit: int) -> Sequence[Update]:
        """The next ones for a poll: those of the lowest numbers, as an offset would confirm them all, in whatever order they stand."""
        lowest = {one.update_id for one in sorted(self._order, key=lambda one: one.update_id)[: max(0, limit - len(self._again))]}
        batch = [*self._again[:limit], *(one for one in self._order if one.update_id in lowest)]
        self._again = self._again[limit:]
        self._note(batch)
        return batch

    def settle(self, update: Update) -> None:
        """A webhook took this one."""
        self._note([update])
        super().settle(update)

    def _note(self, batch: Sequence[Update]) -> None:
        for one in batch:
            self.twice += one.is_again
            self.late += one.update_id not in self._handed_out and one.update_id < self._latest
            self._handed_out.add(one.update_id)
            self._latest = max(self._latest, one.update_id)
