"""Faults by script, as the library meets them."""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from telegram import Bot
from telegram.error import NetworkError, RetryAfter, TelegramError, TimedOut

from tests.telegram.bot_thread import calling, running
from tests.telegram.emulator import DOWNLOAD, Emulator, LostAfter, LostBefore, Person, ServerError, Slow, TooMany
from tests.telegram.sample_bot import equip


@pytest.fixture(autouse=True)
def periods(monkeypatch: pytest.MonkeyPatch) -> None:
    """The library gives periods as the bot has them, whichever tests this process ran before."""
    monkeypatch.setenv("PTB_TIMEDELTA", "1")


@pytest.fixture
def telegram() -> Iterator[Emulator]:
    with Emulator() as emulator:
        yield emulator


@pytest.fixture
def lan(telegram: Emulator) -> Person:
    """A new one for each test."""
    person = telegram.person("Lan")
    person.starts()
    return person


def texts(person: Person) -> list[str]:
    return [message.text for message in person.messages if message.is_from_bot]


def test_too_many_requests_say_how_long_to_wait(telegram: Emulator, lan: Person) -> None:
    telegram.faults.next("sendMessage", TooMany(retry_after_s=7), times=2)

    async def talk(bot: Bot) -> None:
        for text in "ab":
            with pytest.raises(RetryAfter) as wait:
                await bot.send_message(lan.chat_id, text)
            assert wait.value.retry_after == timedelta(seconds=7)
        await bot.send_message(lan.chat_id, "c")

    calling(telegram, talk)
    assert texts(lan) == ["c"]


@pytest.mark.parametrize("fault", [ServerError(502), ServerError(500), ServerError(504, is_html=True), LostBefore()], ids=str)
def test_an_error_of_the_server_or_a_lost_connection_leaves_nothing_done(
    telegram: Emulator, lan: Person, fault: ServerError | LostBefore
) -> None:
    telegram.faults.next("sendMessage", fault)

    async def talk(bot: Bot) -> None:
        with pytest.raises(NetworkError):
            await bot.send_message(lan.chat_id, "a")

    calling(telegram, talk)
    assert texts(lan) == []
    assert not telegram.calls_of("sendMessage")[-1].is_done


def test_an_answer_may_be_lost_though_the_message_was_sent(telegram: Emulator, lan: Person) -> None:
    telegram.faults.next("sendMessage", LostAfter())

    async def talk(bot: Bot) -> None:
        with pytest.raises(NetworkError):
            await bot.send_message(lan.chat_id, "a")

    calling(telegram, talk)
    assert texts(lan) == ["a"]
    call = telegram.calls_of("sendMessage")[-1]
    assert (call.status, call.is_done, call.chat_id) == (0, True, lan.chat_id)


@pytest.mark.parametrize("is_done_first", [False, True])
def test_a_slow_answer_runs_into_the_time_limit(telegram: Emulator, lan: Person, is_done_first: bool) -> None:
    telegram.faults.next("sendMessage", Slow(1.0, is_done_first=is_done_first))

    async def talk(bot: Bot) -> None:
        with pytest.raises(TimedOut):
            await bot.send_message(lan.chat_id, "a", read_timeout=0.1)
        assert is_done_first or texts(lan) == []

    calling(telegram, talk)
    # Telegram goes on with what it was asked, whether anybody still waits or not.
    telegram.wait_until(lambda: texts(lan) == ["a"])


def test_a_slow_answer_is_right_for_who_waits(telegram: Emulator, lan: Person) -> None:
    telegram.faults.next("sendMessage", Slow(0.2))
    begun = time.monotonic()
    calling(telegram, lambda bot: bot.send_message(lan.chat_id, "a"))
    assert time.monotonic() - begun >= 0.2


def test_faults_come_in_the_order_given_and_for_their_method_only(telegram: Emulator, lan: Person) -> None:
    telegram.faults.next("sendMessage", TooMany(3))
    telegram.faults.next("sendMessage", LostBefore())

    async def talk(bot: Bot) -> list[str]:
        met = []
        for text in "abc":
            await bot.send_chat_action(lan.chat_id, "typing")
            try:
                await bot.send_message(lan.chat_id, text)
            except TelegramError as error:
                met.append(type(error).__name__)
        return met

    assert calling(telegram, talk) == ["RetryAfter", "NetworkError"]
    assert texts(lan) == ["c"]


def test_while_the_network_is_down_nothing_is_reached(telegram: Emulator, lan: Person) -> None:
    async def talk(bot: Bot) -> None:
        telegram.faults.network_down()
        for call in (bot.get_updates(), bot.send_message(lan.chat_id, "a")):
            with pytest.raises(NetworkError):
                await call
        telegram.faults.network_up()
        await bot.send_message(lan.chat_id, "b")

    calling(telegram, talk)
    assert texts(lan) == ["b"]


def test_a_download_may_break(telegram: Emulator, lan: Person) -> None:
    lan.sends_document(b"a", "đơn.txt")
    telegram.faults.next(DOWNLOAD, LostBefore())

    async def talk(bot: Bot) -> bytes:
        message = (await bot.get_updates(offset=-1))[0].message
        assert message
        assert message.document
        file = await message.document.get_file()
        with pytest.raises(NetworkError):
            await file.download_as_bytearray()
        return bytes(await file.download_as_bytearray())

    assert calling(telegram, talk) == b"a"


def test_calls_at_the_same_time_do_not_disturb_each_other(telegram: Emulator) -> None:
    people = [telegram.person(f"Người {number}") for number in range(20)]
    for person in people:
        person.starts()

    async def talk(bot: Bot) -> None:
        await asyncio.gather(*(bot.send_message(person.chat_id, f"{turn}") for person in people for turn in range(5)))

    calling(telegram, talk)
    assert all(sorted(texts(person)) == list("01234") for person in people)
    assert all([message.message_id for message in person.messages] == [1, 2, 3, 4, 5, 6] for person in people)


@pytest.mark.parametrize("trouble", [LostAfter(), ServerError(502)], ids=str)
def test_an_update_whose_delivery_broke_comes_again(trouble: LostAfter | ServerError) -> None:
    """The library polls again by itself; nothing said meanwhile is lost."""
    with Emulator() as own, running(own, equip):
        hoa = own.person("Hoa")
        own.faults.next("getUpdates", trouble)
        # A poll is waiting already and brings this; the next one meets the trouble.
        hoa.says("một")
        hoa.wait_for(1)
        hoa.says("hai")
        hoa.wait_for(1)
        own.wait_until(lambda: own.pending_updates == 0)
        assert [call.is_done for call in own.calls_of("getUpdates") if call.status != 200] == [trouble == LostAfter()]
    assert texts(hoa) == ["Bạn viết: một", "Bạn viết: hai"]


def test_a_call_that_ends_in_the_middle_is_no_call() -> None:
    with Emulator() as telegram:
        address = urlsplit(telegram.base_url)
        with socket.create_connection((str(address.hostname), int(address.port or 0))) as connection:
            path = f"{address.path}{telegram.token}/sendMessage"
            connection.sendall(f"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Length: 40\r\n\r\nchat_id=1".encode())
            connection.shutdown(socket.SHUT_WR)
            assert connection.recv(1) == b""
        assert telegram.calls == ()
