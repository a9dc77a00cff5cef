"""The verdict of an ordeal notices what it is there for: each rule is broken once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import update
from telegram import Bot
from telegram.error import NetworkError

from assistant.chats.inbox import Inbox
from assistant.chats.mailbox import Mailbox, Outgoing
from assistant.chats.tables import chat_message
from assistant.chats.types import Event, EventKind, Message
from assistant.database import writing
from assistant.feedback.desk import FeedbackDesk
from assistant.feedback.intake import ContactDetails, NewSubmission
from bots.telegram.updates import CHANNEL
from eval.ordeal.letters import letter
from tests.databases import sqlite_url
from tests.telegram.bot_thread import calling
from tests.telegram.emulator import Emulator, LostAfter
from tests.telegram.ordeal.citizen import Citizen
from tests.telegram.ordeal.crowd import Crowd, Manners
from tests.telegram.ordeal.noted_updates import NotedUpdates
from tests.telegram.ordeal.phrases import Phrases
from tests.telegram.ordeal.round import desk_of, emulated
from tests.telegram.ordeal.verdict import verdict

ANSWER = "Thời gian thử việc không quá 60 ngày."
SAID_AGAIN, IN_A_KILL = "confirmed by Telegram and said AGAIN", "the same, confirmed in the moment of a kill"
TOO_LATE = "the same, confirmed later than the bot waits"
NOT_KEPT, UNANSWERED = "confirmed and NOT KEPT", "handled WITHOUT AN ANSWER"
LOST, DOUBLED = "acknowledged and LOST, or kept with other words", "DOUBLED by the words of the sender"


@dataclass(frozen=True)
class Scene:
    """One citizen, and a bot that does what a test tells it."""

    telegram: Emulator
    updates: NotedUpdates
    desk: FeedbackDesk
    citizen: Citizen
    inbox: Inbox
    mailbox: Mailbox

    def asks(self) -> Event:
        """A question that the bot confirms."""
        said = self.citizen.person.says("Thử việc tối đa bao lâu?")
        number = self.updates.made[-1].update_id
        self.updates.confirm(number + 1)
        return Event(CHANNEL, str(number), str(self.citizen.person.chat_id), EventKind.TEXT, said.text)

    def handles(self, event: Event, *answers: str) -> list[Outgoing]:
        """The event is kept and handled; its answers are on their way."""
        with writing(self.desk.engine) as connection:
            self.inbox.receive(connection, [event])
        (taken,) = self.inbox.take(1)
        with writing(self.desk.engine) as connection:
            self.inbox.finish(connection, taken)
            self.mailbox.queue(connection, f"event:{taken.key}", taken.chat, [Message(answer) for answer in answers])
        return self.mailbox.take(CHANNEL, 1)

    def says(self, text: str) -> str:
        """The number of a message that Telegram takes."""

        async def talk(bot: Bot) -> str:
            return str((await bot.send_message(self.citizen.person.chat_id, text)).message_id)

        return calling(self.telegram, talk)

    def answers(self, text: str = ANSWER) -> None:
        """A question answered as it must be."""
        (one,) = self.handles(self.asks(), text)
        self.mailbox.arrived(one, self.says(text))

    def comes_due(self) -> None:
        """What was put off may be tried again."""
        with writing(self.desk.engine) as connection:
            connection.execute(update(chat_message).values(due_at=datetime.now(UTC)))

    def sends(self, number: int, external_id: str) -> str:
        """A letter sent; its code, which nobody was shown."""
        contact = ContactDetails(address_on_channel=str(self.citizen.person.chat_id))
        version = self.desk.consents.current.version
        self.citizen.agreed.append(letter(number))
        return self.desk.intake.submit(NewSubmission(CHANNEL, external_id, letter(number).text, version, contact=contact)).code

    def found(self, *kills: datetime) -> dict[str, int | str]:
        """The lines that do not hold, but for that of what a machine would read later."""
        crowd = Crowd(self.telegram, self.updates, [self.citizen], Random(1), Manners(1.0))
        lines = verdict(self.desk, crowd, kills)
        told = {line.name: line.value for line in lines if not line.holds and line.name != "submissions not yet read"}
        return told | {line.name: line.value for line in lines if line.name in (IN_A_KILL, TOO_LATE) and line.value}


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    desk = desk_of(tmp_path / "home", sqlite_url(tmp_path))
    parts = desk.engine, desk.vault, lambda: datetime.now(UTC), "bot"
    with emulated(NotedUpdates()) as (telegram, updates):
        citizen = Citizen(telegram.person("Lan"), Random(1), Phrases((), ()), iter(()), b"")
        yield Scene(telegram, updates, desk, citizen, Inbox(*parts, CHANNEL), Mailbox(*parts))
    desk.engine.dispose()


def test_nothing_is_found_where_all_is_as_it_must_be(scene: Scene) -> None:
    scene.answers()
    scene.answers()
    assert scene.found() == {}


def test_a_message_said_again_after_its_confirmation_is_found(scene: Scene) -> None:
    scene.answers()
    scene.says(ANSWER)
    assert scene.found() == {SAID_AGAIN: 1}


def test_a_message_said_again_since_a_kill_came_before_its_note_is_told_apart(scene: Scene) -> None:
    (one,) = scene.handles(scene.asks(), ANSWER)
    scene.says(ANSWER)
    killed = datetime.now(UTC)
    scene.mailbox.arrived(one, scene.says(ANSWER))
    assert scene.found(killed) == {IN_A_KILL: 1}


def test_a_message_that_had_been_noted_before_the_kill_is_found_when_it_is_said_again(scene: Scene) -> None:
    scene.answers()
    killed = datetime.now(UTC)
    scene.says(ANSWER)
    assert scene.found(killed) == {SAID_AGAIN: 1}


def test_a_message_said_again_since_its_confirmation_was_lost_is_right(scene: Scene) -> None:
    (one,) = scene.handles(scene.asks(), ANSWER)
    scene.telegram.faults.next("sendMessage", LostAfter())
    with pytest.raises(NetworkError):
        scene.says(ANSWER)
    scene.mailbox.arrived(one, scene.says(ANSWER))
    assert scene.found() == {}


def test_a_message_said_again_since_the_bot_had_given_up_waiting_is_told_apart(scene: Scene) -> None:
    (one,) = scene.handles(scene.asks(), ANSWER)
    scene.says(ANSWER)
    scene.mailbox.put_off(one, "answer_lost")
    scene.comes_due()
    (one,) = scene.mailbox.take(CHANNEL, 1)
    scene.mailbox.arrived(one, scene.says(ANSWER))
    assert scene.found() == {TOO_LATE: 1}


def test_an_update_that_was_confirmed_and_not_kept_is_found(scene: Scene) -> None:
    scene.asks()
    assert scene.found() == {NOT_KEPT: 1}


def test_an_update_without_an_answer_is_found(scene: Scene) -> None:
    assert scene.handles(scene.asks()) == []
    assert scene.found() == {UNANSWERED: 1}


def test_a_message_noted_that_nobody_has_got_is_found(scene: Scene) -> None:
    (one,) = scene.handles(scene.asks(), ANSWER)
    scene.mailbox.arrived(one, "99")
    assert scene.found() == {"noted as delivered and NOT IN THE CHAT": 1}


def test_messages_in_another_order_than_meant_are_found(scene: Scene) -> None:
    (one,) = scene.handles(scene.asks(), ANSWER, "Xem thêm")
    later, earlier = scene.says("Xem thêm"), scene.says(ANSWER)
    scene.mailbox.arrived(one, earlier)
    (two,) = scene.mailbox.take(CHANNEL, 1)
    scene.mailbox.arrived(two, later)
    assert scene.found() == {"said in ANOTHER ORDER than meant": 1}


def test_what_still_waits_is_found(scene: Scene) -> None:
    scene.handles(scene.asks(), ANSWER)
    assert scene.found() == {"delivered": 0, "still waiting: messages": 1}


def test_a_code_that_belongs_to_nothing_kept_is_found(scene: Scene) -> None:
    scene.answers("Đã nhận. Mã theo dõi: DH-7K3QF-9D2MX-5")
    assert scene.found() == {LOST: 1}


def test_a_letter_kept_once_whose_code_was_shown_is_right_and_one_kept_twice_is_found(scene: Scene) -> None:
    scene.answers(f"Đã nhận. Mã theo dõi: {scene.sends(1, 'first')}")
    assert scene.found() == {"still waiting: letters of the database": 1}
    scene.sends(1, "second")
    assert scene.found()[DOUBLED] == 1
    assert scene.found()["kept though nobody was told the code"] == 1
