"""What an ordeal of chats left: every acknowledged submission kept once, every update answered, no message twice, nothing waiting."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from sqlalchemy import Row, func, select

from assistant.chats.chats import Chats
from assistant.chats.tables import chat, chat_event, chat_message
from assistant.database import reading
from assistant.feedback.desk import FeedbackDesk
from assistant.feedback.leases import DELIVERED, GIVEN_UP, WAITING
from assistant.feedback.tables import outbox, submission
from bots.telegram.updates import CHANNEL
from eval.ordeal.verdict import Line
from tests.telegram.emulator import LostAfter
from tests.telegram.ordeal.crowd import Crowd
from tests.telegram.ordeal.letters_kept import about_letters
from tests.telegram.ordeal.noted_updates import NotedUpdates
from tests.telegram.ordeal.told import Sending, most_in_a_second, refused, sendings

# After so long what was not noted is sent again, whether its worker was killed or not.
_LEASE = timedelta(minutes=1)
# What a row keeps where the bot waited in vain for the answer, e.g. since the machine had no time for it.
_GAVE_UP_WAITING = "answer_lost"
_ANSWERED_ALWAYS = ("message", "callback_query")


@dataclass(frozen=True, slots=True)
class Kept:
    """The rows of one database: events by key, messages by chat, the number of a chat by Telegram's id."""

    events: Mapping[str, Row[Any]]
    messages: Mapping[int, Sequence[Row[Any]]]
    numbers: Mapping[int, int]

    @classmethod
    def read(cls, desk: FeedbackDesk, chat_ids: Sequence[int]) -> Kept:
        """As they stand."""
        chats = Chats(desk.vault)
        with reading(desk.engine) as connection:
            by_key = {row.chat_key: row.number for row in connection.execute(select(chat.c.chat_key, chat.c.number))}
            events = {row.key: row for row in connection.execute(select(chat_event))}
            rows = connection.execute(select(chat_message).order_by(chat_message.c.number)).all()
        messages: dict[int, list[Row[Any]]] = defaultdict(list)
        for row in rows:
            messages[row.chat].append(row)
        keys = {chat_id: chats.key_of(CHANNEL, str(chat_id)) for chat_id in chat_ids}
        return cls(events, messages, {chat_id: by_key[key] for chat_id, key in keys.items() if key in by_key})

    def of_chat(self, chat_id: int) -> Sequence[Row[Any]]:
        """Its messages in the order in which they were said."""
        return self.messages.get(self.numbers.get(chat_id, 0), ())


@dataclass(slots=True)
class Fate:
    """How many messages were confirmed though no row notes them: in the moment of a kill, `too_late` for the bot, `unnoted` otherwise.

    And how many are noted that nobody has, came in another order than meant, or were done while the answer was lost.
    """

    unnoted: int = 0
    before_kill: int = 0
    too_late: int = 0
    unseen: int = 0
    unordered: int = 0
    lost: int = 0


def verdict(desk: FeedbackDesk, crowd: Crowd, kills: Sequence[datetime]) -> list[Line]:
    """The lines about everything that was said and kept; `kills`: when the application was killed."""
    sent = sendings(crowd.telegram)
    kept = Kept.read(desk, [one.person.chat_id for one in crowd.citizens])
    lines = [*_about_updates(crowd.updates, kept), *_about_messages(crowd, kept, sent, kills)]
    return [*lines, *about_letters(desk, crowd.citizens, sent), *_about_what_waits(desk)]


def _about_updates(updates: NotedUpdates, kept: Kept) -> Iterator[Line]:
    # Of what changes in a chat only a block leads to an event.
    acts = [one for one in updates.made if one.kind != "my_chat_member"]
    of = {one.update_id: kept.events.get(f"{CHANNEL}:{one.update_id}") for one in acts}
    answered = {row.key.split(":")[2] for rows in kept.messages.values() for row in rows if row.key.startswith("event:")}
    unanswered = [
        one
        for one in acts
        if one.kind in _ANSWERED_ALWAYS and (row := of[one.update_id]) and row.state == DELIVERED and str(one.update_id) not in answered
    ]
    states = Counter(row.state for row in kept.events.values())
    yield Line("updates", len(updates.made))
    yield Line("of these delivered twice", updates.twice)
    yield Line("of these delivered after a later one", updates.late)
    yield Line("confirmed by the bot", len(updates.confirmed), len(updates.made))
    yield Line("confirmed and NOT KEPT", sum(of[one.update_id] is None for one in acts if one.update_id in updates.confirmed), 0)
    yield Line("kept and never handled", states[WAITING], 0)
    yield Line("parked", states[GIVEN_UP], 0)
    yield Line("not taken in, too many in a minute", states["dropped"], 0)
    yield Line("handled WITHOUT AN ANSWER", len(unanswered), 0)


def _about_messages(crowd: Crowd, kept: Kept, sent: Mapping[int, Sequence[Sending]], kills: Sequence[datetime]) -> Iterator[Line]:
    rows = [row for some in kept.messages.values() for row in some]
    given_up = Counter(row.failure or "for no reason" for row in rows if row.state == GIVEN_UP)
    fates = Fate()
    for one in crowd.citizens:
        _judge(fates, kept.of_chat(one.person.chat_id), sent.get(one.person.chat_id, ()), kills)
    yield Line("messages to be sent", len(rows))
    yield Line("delivered", sum(row.state == DELIVERED for row in rows), len(rows) - given_up.total())
    yield Line("given up as the person had blocked the bot", given_up.pop("blocked", 0))
    yield Line("given up for another reason", ", ".join(f"{why}: {times}" for why, times in given_up.items()) or 0, 0)
    yield Line("refused by Telegram's rules", " | ".join(refused(crowd.telegram)) or 0, 0)
    yield Line("noted as delivered and NOT IN THE CHAT", fates.unseen, 0)
    yield Line("confirmed by Telegram and said AGAIN", fates.unnoted, 0)
    yield Line("the same, confirmed in the moment of a kill", fates.before_kill)
    yield Line("the same, confirmed later than the bot waits", fates.too_late)
    yield Line("said in ANOTHER ORDER than meant", fates.unordered, 0)
    yield Line(f"done though the answer was lost ({LostAfter.__name__} or a kill)", fates.lost)
    yield Line("most messages in a second", most_in_a_second(crowd.telegram))


def _judge(fates: Fate, rows: Sequence[Row[Any]], sent: Sequence[Sending], kills: Sequence[datetime]) -> None:
    """Each confirmed message is the one that one row notes: the same row sent twice would leave one that no row notes."""
    noted = {int(row.sent_as): row for row in rows if row.state == DELIVERED and row.sent_as}
    fates.unseen += len(noted.keys() - {one.seen.message_id for one in sent})
    # What takes the place of another message has its number, and stands where that one stood.
    fates.unordered += sum(later < earlier for earlier, later in pairwise(noted))
    fates.lost += sum(not one.is_confirmed for one in sent)
    for one in sent:
        if one.is_confirmed and not one.is_offer and one.seen.message_id not in noted:
            again = next((other for other in sent if _repeats(other, one)), None)
            row = noted.get(again.seen.message_id) if again else None
            _count(fates, is_in_kill=_has_kill_between(one, again, kills), is_late=row is not None and row.failure == _GAVE_UP_WAITING)


def _count(fates: Fate, *, is_in_kill: bool, is_late: bool) -> None:
    if is_in_kill:
        fates.before_kill += 1
    elif is_late:
        fates.too_late += 1
    else:
        fates.unnoted += 1


def _has_kill_between(one: Sending, again: Sending | None, kills: Sequence[datetime]) -> bool:
    """Telegram keeps no keys: a kill between its confirmation and the note on disk brings a message again."""
    return again is not None and any(one.at <= kill <= min(again.at, one.at + _LEASE) for kill in kills)


def _repeats(later: Sending, earlier: Sending) -> bool:
    return later.at > earlier.at and later.call.arguments == earlier.call.arguments


def _about_what_waits(desk: FeedbackDesk) -> Iterator[Line]:
    with reading(desk.engine) as connection:
        for name, table in (("events", chat_event), ("messages", chat_message), ("letters of the database", outbox)):
            waiting = connection.execute(select(func.count()).where(table.c.state == WAITING)).scalar_one()
            yield Line(f"still waiting: {name}", waiting, 0)
        unread = select(func.count()).where(submission.c.understood_at.is_(None) & submission.c.erased_at.is_(None))
        yield Line("submissions not yet read", connection.execute(unread).scalar_one(), 0)
