"""Updates on their way to the bot: kept until confirmed; twice or out of order when a test wants it.

https://core.telegram.org/bots/api#getting-updates
"""

from __future__ import annotations

import random
from collections.abc import Container, Sequence
from dataclasses import dataclass
from itertools import chain

from tests.telegram.emulator.errors import Json

FIRST_UPDATE_ID = 500_000_001
# Those a bot gets only when it asks for them by name.
_ONLY_ON_REQUEST = {"chat_member", "message_reaction", "message_reaction_count"}


@dataclass(frozen=True, slots=True, eq=False)
class Update:
    """An update; `is_again` marks the second delivery of one that was confirmed already."""

    update_id: int
    kind: str
    chat_id: int
    content: Json
    is_again: bool = False

    def json(self) -> Json:
        """An Update."""
        return {"update_id": self.update_id, self.kind: self.content}


@dataclass(slots=True)
class _Chaos:
    chance: random.Random
    share_twice: float
    share_swapped: float


class UpdateQueue:
    """Updates not yet confirmed, in the order they are handed out. Not locked by itself: the world's lock is held."""

    def __init__(self) -> None:
        self._next_id = FIRST_UPDATE_ID
        self._order: list[Update] = []
        self._again: list[Update] = []
        self._gathered: list[Update] = []
        self._gathering = 0
        self._twice = 0
        self._to_repeat: set[int] = set()
        self._chaos: _Chaos | None = None
        self.allowed: tuple[str, ...] = ()

    # What a test asks for

    def deliver_twice(self, count: int = 1) -> None:
        """Each of the next updates comes once more after the bot has confirmed it."""
        self._twice = count

    def deliver_reversed(self, count: int) -> None:
        """The next updates are held back until there are so many, then come last first."""
        self._gathering = count

    def deliver_at_random(self, seed: int, *, share_twice: float, share_swapped: float) -> None:
        """From now on this share of updates comes twice, and this share before the one sent ahead of it."""
        self._chaos = _Chaos(random.Random(seed), share_twice, share_swapped)

    def deliver_in_order(self) -> None:
        """What the other wishes asked for ends; what was held back is let go."""
        self._order += reversed(self._gathered)
        self._gathered, self._gathering, self._twice, self._chaos = [], 0, 0, None

    @property
    def pending(self) -> int:
        """How many are not yet confirmed, second deliveries included."""
        return len(self._order) + len(self._again) + len(self._gathered)

    # What happens

    def push(self, kind: str, chat_id: int, content: Json) -> None:
        """Something happened that the bot is told, if it wants to hear of such things."""
        if kind not in self.allowed if self.allowed else kind in _ONLY_ON_REQUEST:
            return
        update = Update(self._next_id, kind, chat_id, content)
        self._next_id += 1
        if self._is_repeated():
            self._to_repeat.add(update.update_id)
        if self._gathering:
            self._gather(update)
            return
        is_swapped = self._chaos is not None and self._chaos.chance.random() < self._chaos.share_swapped
        self._order.insert(max(0, len(self._order) - 1) if is_swapped else len(self._order), update)

    def _is_repeated(self) -> bool:
        if self._twice:
            self._twice -= 1
            return True
        return self._chaos is not None and self._chaos.chance.random() < self._chaos.share_twice

    def _gather(self, update: Update) -> None:
        self._gathered.append(update)
        self._gathering -= 1
        if not self._gathering:
            self._order += reversed(self._gathered)
            self._gathered = []

    # What the bot or its webhook takes

    def confirm(self, offset: int) -> None:
        """All before `offset` were received; a negative one keeps only so many of the last."""
        if offset < 0:
            ordered = sorted(self._order, key=lambda one: one.update_id)
            offset = ordered[max(0, len(ordered) + offset)].update_id if ordered else 0
        for update in [one for one in self._order if one.update_id < offset]:
            self.forget(update)

    def settle(self, update: Update) -> None:
        """A webhook took this one; it may have been dropped meanwhile."""
        if update in self._order or update in self._again:
            self.forget(update)

    def forget(self, update: Update) -> None:
        """This one was received."""
        if update.is_again:
            self._again.remove(update)
            return
        self._order.remove(update)
        if update.update_id in self._to_repeat:
            self._to_repeat.discard(update.update_id)
            self._again.append(Update(update.update_id, update.kind, update.chat_id, update.content, is_again=True))

    def forget_all(self) -> None:
        """Whatever waits is dropped."""
        self._order, self._again, self._gathered = [], [], []

    def batch(self, limit: int) -> Sequence[Update]:
        """The next ones for a poll; second deliveries count as received by being handed out."""
        batch = (self._again + self._order)[:limit]
        self._again = [one for one in self._again if one not in batch]
        return batch

    def next_outside(self, chats: Container[int]) -> Update | None:
        """The next one for a webhook that is of none of these chats."""
        return next((one for one in chain(self._again, self._order) if one.chat_id not in chats), None)
