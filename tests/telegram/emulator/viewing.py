"""A chat as one of its people sees it."""

from __future__ import annotations

from collections.abc import Callable

from tests.telegram.emulator.markup import Button, Keyboard, Markup
from tests.telegram.emulator.model import Chat, Message, User
from tests.telegram.emulator.seen import Seen, seen
from tests.telegram.emulator.world import World

PATIENCE_S = 5.0
# So many messages back somebody looks for a button.
_LOOKS_BACK = 20


class Viewer:
    """What somebody sees; waits for what is to come."""

    def __init__(self, world: World, user: User, chat: Chat) -> None:
        self._world = world
        self._chat = chat
        self.user = user
        self._last_act = world.changes
        self._put_away: Message | None = None

    @property
    def name(self) -> str:
        return self.user.name

    @property
    def user_id(self) -> int:
        return self.user.user_id

    @property
    def chat_id(self) -> int:
        return self._chat.chat_id

    @property
    def messages(self) -> tuple[Seen, ...]:
        """All that is in the chat, oldest first, as it reads by now."""
        with self._world.changed:
            return tuple(seen(message) for message in self._chat.messages.values())

    @property
    def replies(self) -> tuple[Seen, ...]:
        """What the bot has said or changed since this person last did something, oldest first."""
        with self._world.changed:
            return tuple(seen(message) for message in self._news())

    @property
    def keyboard(self) -> tuple[tuple[str, ...], ...]:
        """The labels of the keyboard that stands in place of the phone's own; empty when there is none."""
        with self._world.changed:
            shown = self._reply_keyboard()
            return shown[1].labels if shown else ()

    @property
    def unanswered_taps(self) -> int:
        """How many buttons still show the waiting sign to this person."""
        with self._world.changed:
            return sum(1 for tap in self._world.taps.values() if tap.person == self.user and not tap.answers)

    def wait_for(self, what: int | Callable[[Seen], bool] = 1, within: float = PATIENCE_S) -> tuple[Seen, ...]:
        """What the bot has said or changed since this person's last act, once there are so many, or one that fits.

        `within` is in seconds; fails with the chat as it stands when the time is over.
        """

        def has_come() -> bool:
            return len(self.replies) >= what if isinstance(what, int) else any(map(what, self.replies))

        if not self._world.wait_until(has_come, within):
            wanted = f"{what} message(s)" if isinstance(what, int) else "the message waited for"
            raise AssertionError(f"{self.name} has not got {wanted} within {within} s. The chat:\n{self._shown()}")
        return self.replies

    def wait_for_notice(self, within: float = PATIENCE_S) -> str:
        """The notice shown at the last tapped button."""

        def notice() -> str:
            with self._world.changed:
                return next((tap.notice for tap in reversed(self._world.taps.values()) if tap.person == self.user), "")

        if not self._world.wait_until(lambda: bool(notice()), within):
            raise AssertionError(f"{self.name} was shown no notice within {within} s. The chat:\n{self._shown()}")
        return notice()

    def hears_nothing(self, within: float = 0.3) -> None:
        """Fails when the bot says or changes anything in that time."""
        if self._world.wait_until(lambda: bool(self.replies), within):
            raise AssertionError(f"{self.name} should have heard nothing. The chat:\n{self._shown()}")

    def _news(self) -> list[Message]:
        return [one for one in self._chat.messages.values() if one.sender.is_bot and one.touched > self._last_act]

    def _shown(self) -> str:
        return "\n".join(f"  {one}" for one in self.messages[-_LOOKS_BACK:]) or "  (empty)"

    def _reply_keyboard(self) -> tuple[Message, Markup] | None:
        for message in reversed(self._chat.messages.values()):
            markup = message.markup
            if markup and markup.kind is Keyboard.REMOVE:
                return None
            if markup and markup.kind is Keyboard.REPLY:
                return None if message is self._put_away else (message, markup)
        return None

    def _find(self, label: str) -> tuple[Message, Button]:
        """The newest button of that label."""
        keyboard = self._reply_keyboard()
        for message in list(reversed(self._chat.messages.values()))[:_LOOKS_BACK]:
            is_keyboard = keyboard is not None and keyboard[0] is message
            rows = message.markup.rows if message.markup and (is_keyboard or message.markup.kind is Keyboard.INLINE) else ()
            for button in (button for row in rows for button in row):
                if button.label == label:
                    return message, button
        raise AssertionError(f"{self.name} sees no button «{label}». The chat:\n{self._shown()}")
