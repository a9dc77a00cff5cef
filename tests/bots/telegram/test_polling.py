"""The bot by long polling, against an emulated Telegram: everything is taken in once, whatever comes between."""

from __future__ import annotations

import json
import logging
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError
from telegram import Bot

from assistant.chats.parked import ParkedDesk, ParkedKind
from assistant.chats.types import Event, Message
from assistant.chats.unread import Unreadable
from assistant.feedback.vault import Vault
from bots.telegram.running import Beginning
from tests.assistant.feedback.office import KEYS
from tests.bots.telegram.chats_at_hand import EchoDesk, access_to, bot_running, echoed, open_desk, until
from tests.telegram.bot_thread import calling
from tests.telegram.emulator import Emulator, LostAfter, LostBefore, ServerError, TooMany

WORDS = "con trâu trắng của ông Sửu"


@pytest.fixture
def telegram() -> Iterator[Emulator]:
    with Emulator() as emulator:
        yield emulator


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[EchoDesk]:
    with open_desk(tmp_path) as opened:
        yield opened


def events(caplog: pytest.LogCaptureFixture, name: str) -> list[logging.LogRecord]:
    return [record for record in caplog.records if record.message == name]


def test_what_is_written_is_answered_and_a_tap_loses_its_waiting_sign(telegram: Emulator, desk: EchoDesk) -> None:
    lan = telegram.person("Lan")
    with bot_running(access_to(telegram), desk):
        lan.says("xin chào")
        assert [one.text for one in lan.wait_for(1)] == ["Bạn nói: xin chào"]
        lan.taps("Đúng")
        assert [one.text for one in lan.wait_for(1)] == ["Bạn nói: right"]
        telegram.wait_until(lambda: lan.unanswered_taps == 0)


def test_what_was_written_while_the_bot_was_away_is_answered(telegram: Emulator, desk: EchoDesk) -> None:
    lan = telegram.person("Lan")
    lan.says("có ai không")
    with bot_running(access_to(telegram), desk):
        lan.wait_for(1)


def test_an_update_that_comes_twice_is_answered_once(telegram: Emulator, desk: EchoDesk) -> None:
    lan = telegram.person("Lan")
    telegram.deliver_twice(3)
    with bot_running(access_to(telegram), desk):
        for text in ("một", "hai", "ba"):
            lan.says(text)
        lan.wait_for(1)
        until(lambda: len(desk.received) >= 6 and desk.mailbox.counts() == {"delivered": 3})
    assert [one.text for one in lan.messages if one.is_from_bot] == ["Bạn nói: một", "Bạn nói: hai", "Bạn nói: ba"]


def test_updates_out_of_order_all_arrive(telegram: Emulator, desk: EchoDesk) -> None:
    lan = telegram.person("Lan")
    telegram.deliver_reversed(3)
    with bot_running(access_to(telegram), desk):
        for text in ("một", "hai", "ba"):
            lan.says(text)
        telegram.wait_until(lambda: sum(one.is_from_bot for one in lan.messages) == 3)


def test_an_update_that_cannot_be_read_holds_up_no_other_and_is_reported_by_its_id(
    telegram: Emulator, desk: EchoDesk, caplog: pytest.LogCaptureFixture
) -> None:
    lan = telegram.person("Lan")
    lan.says("trước")
    with telegram._world.changed:
        telegram._world.tell("message", lan._chat, {"message_id": "?", "text": WORDS})
    lan.says("sau")
    with caplog.at_level(logging.DEBUG), bot_running(access_to(telegram), desk):
        telegram.wait_until(lambda: sum(one.is_from_bot for one in lan.messages) == 2)
    (record,) = events(caplog, "telegram_update_broken")
    assert record.__dict__["update"] == "500000002"


def test_half_of_a_letter_holds_up_nobody(telegram: Emulator, desk: EchoDesk) -> None:
    lan, hung = telegram.person("Lan"), telegram.person("Hùng")
    lan.says("mặt cười \ud83d")
    hung.says("tôi cũng hỏi")
    with bot_running(access_to(telegram), desk):
        assert lan.wait_for(1)[0].text == "Bạn nói: mặt cười ?"
        hung.wait_for(1)


def test_a_batch_that_is_not_on_disk_is_not_confirmed(telegram: Emulator, desk: EchoDesk) -> None:
    lan = telegram.person("Lan")
    desk.failures += [OperationalError("INSERT", None, Exception("disk full"))] * 2
    lan.says("xin chào")
    with bot_running(access_to(telegram), desk):
        lan.wait_for(1)
    assert desk.failures == []


@pytest.mark.parametrize("fault", [LostBefore(), LostAfter(), ServerError(502), ServerError(502, is_html=True), TooMany(1)])
def test_polling_goes_on_after_trouble(telegram: Emulator, desk: EchoDesk, fault: LostBefore) -> None:
    lan = telegram.person("Lan")
    telegram.faults.next("getUpdates", fault, times=2 if not isinstance(fault, TooMany) else 1)
    with bot_running(access_to(telegram), desk):
        lan.says("xin chào")
        lan.wait_for(1)


def test_the_bot_starts_without_network_and_answers_once_there_is_one(
    telegram: Emulator, desk: EchoDesk, caplog: pytest.LogCaptureFixture
) -> None:
    lan = telegram.person("Lan")
    lan.says("xin chào")
    telegram.faults.network_down()
    told: list[tuple[Beginning, str]] = []
    with bot_running(access_to(telegram), desk, tell=lambda *one: told.append(one)):
        until(lambda: len(events(caplog, "telegram_not_reached")) >= 2)
        assert told == [(Beginning.UNREACHED, "")]
        telegram.faults.network_up()
        lan.wait_for(1)
    assert told[1:] == [(Beginning.ANSWERED, "dienhong_bot")]


def test_another_program_with_the_same_token_is_reported_once_a_minute(
    telegram: Emulator, desk: EchoDesk, caplog: pytest.LogCaptureFixture
) -> None:
    lan = telegram.person("Lan")
    with bot_running(access_to(telegram), desk):
        lan.says("một")
        lan.wait_for(1)
        calling(telegram, lambda bot: bot.set_webhook("http://127.0.0.1:9/elsewhere"))
        until(lambda: len(events(caplog, "telegram_polled_by_another")) == 1 and refused_polls(telegram) >= 3)
        calling(telegram, Bot.delete_webhook)
        lan.says("hai")
        lan.wait_for(1)
    assert len(events(caplog, "telegram_polled_by_another")) == 1


def refused_polls(telegram: Emulator) -> int:
    return sum(call.status == 409 for call in telegram.calls_of("getUpdates"))


def test_a_wrong_token_stops_the_bot_with_a_sentence_that_does_not_tell_it(
    telegram: Emulator, desk: EchoDesk, caplog: pytest.LogCaptureFixture
) -> None:
    told: list[tuple[Beginning, str]] = []
    wrong = access_to(telegram, token="42:wrong-token")
    with caplog.at_level(logging.DEBUG), bot_running(wrong, desk, tell=lambda *one: told.append(one)):
        until(lambda: bool(told))
    assert told == [(Beginning.REFUSED, "")]
    assert "DIENHONG_TELEGRAM_TOKEN" in events(caplog, "telegram_stopped")[0].__dict__["advice"]
    assert "wrong-token" not in caplog.text


def test_no_log_tells_the_token_or_what_people_write(telegram: Emulator, desk: EchoDesk, caplog: pytest.LogCaptureFixture) -> None:
    lan = telegram.person("Lan Chi")
    for fault in (LostBefore(), ServerError(502, is_html=True), LostAfter()):
        telegram.faults.next("*", fault)
    with caplog.at_level(logging.DEBUG), bot_running(access_to(telegram), desk):
        lan.says(WORDS)
        lan.wait_for(1)
        lan.blocks_bot()
        until(lambda: len(desk.received) == 2)
    told = caplog.text + "".join(str(record.__dict__) for record in caplog.records)
    assert [secret for secret in (telegram.token, WORDS, "Lan Chi", str(lan.chat_id)) if secret in told] == []


def test_a_waiting_poll_does_not_hold_up_the_end(telegram: Emulator, desk: EchoDesk) -> None:
    with bot_running(access_to(telegram), desk):
        telegram.wait_until(lambda: telegram.is_polled)
        started = time.monotonic()
    assert time.monotonic() - started < 2


def test_what_is_under_way_at_the_end_is_finished(telegram: Emulator, tmp_path: Path) -> None:
    lan, entered, may_go_on = telegram.person("Lan"), threading.Event(), threading.Event()

    def slowly(event: Event) -> list[Message]:
        entered.set()
        assert may_go_on.wait(5)
        return list(echoed(event))

    with open_desk(tmp_path, slowly) as desk:
        with bot_running(access_to(telegram), desk):
            lan.says("xin chào")
            assert entered.wait(5)
            threading.Timer(0.1, may_go_on.set).start()
        assert desk.inbox.counts() == {"delivered": 1}


def test_the_menu_of_commands_is_there_in_both_languages(telegram: Emulator, desk: EchoDesk) -> None:
    with bot_running(access_to(telegram), desk):
        telegram.wait_until(lambda: telegram.is_polled)
    assert [call.arguments.get("language_code", "") for call in telegram.calls_of("setMyCommands")] == ["", "en"]
    assert all(call.is_done for call in telegram.calls_of("setMyCommands"))


def test_letters_are_handed_on_again_and_again_also_after_a_failure(telegram: Emulator, desk: EchoDesk) -> None:
    rounds = [OperationalError("SELECT", None, Exception("locked")), None, None]
    done = threading.Event()

    def hand_on() -> int:
        if not rounds:
            done.set()
        elif failure := rounds.pop(0):
            raise failure
        return 1

    with bot_running(access_to(telegram), desk, hand_on):
        assert done.wait(5)


def test_an_update_that_could_not_be_read_is_read_again_where_somebody_wants_it(telegram: Emulator, desk: EchoDesk) -> None:
    lan = telegram.person("Lan")
    lan.starts()
    parked = ParkedDesk(desk.engine, Vault(KEYS), desk.clock)
    with telegram._world.changed:
        telegram._world.tell("message", lan._chat, {"message_id": "?", "text": WORDS, "chat": lan._chat.json()})
    with bot_running(access_to(telegram), desk):
        until(lambda: len(parked.all()) == 1)
        # It cannot be read yet, and waits for the next who wants it.
        (one,) = parked.retry(None, "an-officer")
        assert (one.channel, one.kind) == ("telegram", ParkedKind.UPDATE)
        until(lambda: [again.is_wanted for again in parked.all()] == [False])
    readable = {"message_id": 5, "date": 1_700_000_000, "text": WORDS, "chat": lan._chat.json(), "from": lan.user.json()}
    desk.unread.drop(one.key.partition(":")[2])
    desk.unread.put_aside([Unreadable("77", json.dumps({"update_id": 77, "message": readable}), "KeyError")])
    parked.retry(["telegram:77"], "an-officer")
    with bot_running(access_to(telegram), desk):
        telegram.wait_until(lambda: f"Bạn nói: {WORDS}" in [said.text for said in lan.messages])
        until(lambda: parked.all() == [])
