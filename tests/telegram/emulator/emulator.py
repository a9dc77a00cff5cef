"""The emulated Telegram as tests use it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from types import TracebackType
from typing import Self

from tests.telegram.emulator.clock import Clock, SetClock
from tests.telegram.emulator.faults import Faults
from tests.telegram.emulator.group import Group
from tests.telegram.emulator.model import User
from tests.telegram.emulator.person import Person
from tests.telegram.emulator.server import ApiServer
from tests.telegram.emulator.transcript import transcript
from tests.telegram.emulator.viewing import PATIENCE_S, Viewer
from tests.telegram.emulator.webhook import Posting, WebhookPoster
from tests.telegram.emulator.world import BOT_ID, Call, World

TOKEN = f"{BOT_ID}:AAE-not-a-token-but-looks-like-one-000"


class Emulator:
    """A Bot API server on this machine and the people who write to its one bot.

    A context manager. Give the library `token`, `base_url` and `base_file_url`. Ids count from fixed starts; dates come
    from `clock`, which stands still unless advanced; waiting for polls, retries and slow answers takes real time.
    `callback_lives` is how long a tap can be answered; `reads_all_of_groups` whether privacy mode is off.
    """

    def __init__(
        self,
        *,
        clock: Clock | None = None,
        bot_name: str = "Diên Hồng",
        bot_username: str = "dienhong_bot",
        reads_all_of_groups: bool = True,
        callback_lives: timedelta = timedelta(seconds=15),
        posting: Posting | None = None,
    ) -> None:
        bot = User(BOT_ID, bot_name, username=bot_username, is_bot=True)
        self._world = World(clock or SetClock(), bot, callback_lives=callback_lives, reads_all_of_groups=reads_all_of_groups)
        self.token = TOKEN
        self.faults = Faults()
        self._server = ApiServer(self._world, self.faults, TOKEN)
        self._poster = WebhookPoster(self._world, posting or Posting())
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        self._poster.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        with self._world.changed:
            self._world.is_stopped = True
            self._world.notify()
        self._server.shutdown()
        self._server.break_lines()
        self._server.server_close()
        self._thread.join()
        self._poster.join()

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}/bot"

    @property
    def base_file_url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}/file/bot"

    # People

    def person(self, name: str, *, username: str = "", language: str = "vi") -> Person:
        """Somebody who has not written to the bot yet."""
        chat = self._world.add_private_chat(name, username, language)
        assert chat.person
        return Person(self._world, chat.person, chat)

    def group(self, title: str, *members: Person) -> Group:
        """A group of these people, into which the first of them has brought the bot."""
        group = Group(self._world, self._world.add_group(title, tuple(member.user for member in members)))
        group.adds_bot()
        return group

    # How updates are delivered

    def deliver_twice(self, count: int = 1) -> None:
        """Each of the next updates comes once more after the bot has confirmed it."""
        with self._world.changed:
            self._world.updates.deliver_twice(count)

    def deliver_reversed(self, count: int) -> None:
        """The next updates are held back until there are so many, then come last first."""
        with self._world.changed:
            self._world.updates.deliver_reversed(count)

    def deliver_at_random(self, seed: int, *, share_twice: float = 0.0, share_swapped: float = 0.0) -> None:
        """From now on this share of updates comes twice, and this share before the one sent ahead of it."""
        with self._world.changed:
            self._world.updates.deliver_at_random(seed, share_twice=share_twice, share_swapped=share_swapped)

    def deliver_in_order(self) -> None:
        """Updates come once and in order again; what was held back is let go."""
        with self._world.changed:
            self._world.updates.deliver_in_order()
            self._world.notify()

    # What can be seen of the bot

    @property
    def calls(self) -> tuple[Call, ...]:
        """Every call the bot made, in the order it was answered."""
        with self._world.changed:
            return tuple(self._server.calls)

    def calls_of(self, method: str) -> tuple[Call, ...]:
        """The calls of one method."""
        return tuple(call for call in self.calls if call.method.lower() == method.lower())

    @property
    def pending_updates(self) -> int:
        """How many updates the bot has not confirmed."""
        with self._world.changed:
            return self._world.updates.pending

    @property
    def is_polled(self) -> bool:
        """Whether a poll is waiting for updates."""
        with self._world.changed:
            return self._world.is_polled

    @property
    def webhook_url(self) -> str:
        with self._world.changed:
            return self._world.webhook.url if self._world.webhook else ""

    @property
    def webhook_trouble(self) -> str:
        """What last went wrong in posting to the webhook; nothing when nothing did."""
        with self._world.changed:
            return self._world.webhook_trouble.reason if self._world.webhook_trouble else ""

    def wait_until(self, holds: Callable[[], bool], within: float = PATIENCE_S) -> None:
        """Wait until it holds; fails when it does not within so many seconds."""
        if not self._world.wait_until(holds, within):
            raise AssertionError(f"it did not come to hold within {within} s; the last calls: {self._last_calls()}")

    def transcript(self, chat: Viewer | Group, title: str, known_as: Mapping[str, str] | None = None) -> str:
        """The chat as Markdown; `known_as` puts a fixed word for what differs between runs."""
        with self._world.changed:
            events = [event for event in self._world.events if event.chat_id == chat.chat_id]
        return transcript(events, title, known_as or {})

    def _last_calls(self) -> Sequence[str]:
        return [f"{call.method} {call.status}" for call in self.calls[-10:]]
