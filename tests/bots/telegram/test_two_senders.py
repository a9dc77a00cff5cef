"""Several processes over one database send no more than one may, and none sends what another has sent."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from datetime import timedelta

import pytest

from assistant.chats.types import Message
from assistant.database import metadata, open_database
from bots.telegram.access import keep_quiet
from bots.telegram.pace import Limits, Steadily
from bots.telegram.sending import Sender, SendingTimes
from tests.bots.telegram.chats_at_hand import EchoDesk, access_to
from tests.telegram.emulator import Emulator, Person

# After three the next one's turn is so far off that it does not come within a test.
THREE = Limits(overall=Steadily(1_000.0, 3))
ALL_AT_ONCE = Limits(overall=Steadily(0.0, 1))
QUICK = SendingTimes(held_s=0.0)


@pytest.fixture
def telegram() -> Iterator[Emulator]:
    keep_quiet()
    with Emulator() as emulator:
        yield emulator


@pytest.fixture
def desk(database_url: str) -> Iterator[EchoDesk]:
    engine = open_database(database_url)
    metadata.create_all(engine)
    yield EchoDesk(engine)
    engine.dispose()


@pytest.fixture
def people(telegram: Emulator, desk: EchoDesk) -> list[Person]:
    """Ten people, for each of whom a message waits."""
    all_of_them = [telegram.person(f"Người {number}") for number in range(10)]
    for person in all_of_them:
        person.starts()
        desk.queue(person.chat_id, Message("một"))
    return all_of_them


def two_sending(telegram: Emulator, desk: EchoDesk, act: Callable[[Sender, Sender], Awaitable[None]], limits: Limits = ALL_AT_ONCE) -> None:
    """Does something with the senders of two processes."""

    async def whole() -> None:
        access = access_to(telegram)
        async with access.request() as request:
            bot = access.bot(request)
            await act(*(sender(bot) for _ in range(2)))

    def sender(bot: object) -> Sender:
        mailbox = EchoDesk(desk.engine, clock=desk.clock).mailbox
        leadership = mailbox.leadership("telegram")
        return Sender(bot, mailbox, desk.clock, leadership=leadership, limits=limits, times=QUICK, most_at_once=4)  # type: ignore[arg-type]

    asyncio.run(whole())


def texts(people: list[Person]) -> list[list[str]]:
    return [[one.text for one in person.messages if one.is_from_bot] for person in people]


def test_two_processes_together_keep_the_pace_of_one(telegram: Emulator, desk: EchoDesk, people: list[Person]) -> None:
    async def act(first: Sender, second: Sender) -> None:
        for sender in (first, second, first, second):
            await sender.start_due()
            await sender.settled()

    two_sending(telegram, desk, act, THREE)
    assert len(telegram.calls_of("sendMessage")) == 3


def test_when_a_process_dies_another_goes_on_and_nothing_is_said_twice(telegram: Emulator, desk: EchoDesk, people: list[Person]) -> None:
    async def act(dying: Sender, other: Sender) -> None:
        assert await dying.start_due() == 4
        await dying.settled()
        desk.clock.move(timedelta(seconds=14))
        assert await other.start_due() == 0
        desk.clock.move(timedelta(seconds=1))
        # Of the limits nothing is known that the other had used up in this second.
        assert await other.start_due() == 0
        await asyncio.sleep(other._pace.paused_s())
        while await other.start_due():
            await other.settled()

    two_sending(telegram, desk, act)
    assert texts(people) == [["một"]] * 10


def test_what_waits_for_its_turn_when_the_lead_is_lost_is_left_to_the_next(
    telegram: Emulator, desk: EchoDesk, people: list[Person]
) -> None:
    async def act(slow: Sender, _other: Sender) -> None:
        assert await slow.start_due() == 4
        # Nothing has gone out yet: tasks begin when this one waits.
        desk.clock.move(timedelta(seconds=13))
        await slow.settled()

    two_sending(telegram, desk, act)
    assert not telegram.calls_of("sendMessage")
    assert desk.mailbox.counts() == {"waiting": 10}


def test_a_process_that_stops_lets_another_send_at_once(telegram: Emulator, desk: EchoDesk, people: list[Person]) -> None:
    async def act(stopping: Sender, other: Sender) -> None:
        assert await stopping.start_due() == 4
        stopping.stop()
        await stopping.run()
        assert await other.start_due() == 0
        await asyncio.sleep(other._pace.paused_s())
        while await other.start_due():
            await other.settled()

    two_sending(telegram, desk, act)
    assert texts(people) == [["một"]] * 10
