"""What waits in the mailbox reaches an emulated Telegram once and in order, whatever Telegram and the network do."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from assistant.chats.tables import chat, chat_message
from assistant.chats.types import Message
from assistant.database import reading
from bots.telegram.access import keep_quiet
from bots.telegram.pace import Limits, Steadily
from bots.telegram.sending import Sender, SendingTimes
from tests.bots.telegram.chats_at_hand import EchoDesk, access_to, open_desk
from tests.telegram.emulator import Emulator, LostAfter, LostBefore, Person, ServerError, Slow, TooMany

Failure = TooMany | ServerError | LostBefore | LostAfter | Slow
YES_NO = ((("Đúng", "yes"), ("Sai", "no")),)


@pytest.fixture
def telegram() -> Iterator[Emulator]:
    keep_quiet()
    with Emulator() as emulator:
        yield emulator


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[EchoDesk]:
    with open_desk(tmp_path) as opened:
        yield opened


@pytest.fixture
def lan(telegram: Emulator) -> Person:
    """Somebody who has written to the bot."""
    person = telegram.person("Lan")
    person.starts()
    return person


def sending(telegram: Emulator, desk: EchoDesk, act: Callable[[Sender], Awaitable[None]], **more: object) -> None:
    """Does something with a sender that lives as long."""

    async def whole() -> None:
        access = access_to(telegram)
        async with access.request() as request:
            await act(Sender(access.bot(request), desk.mailbox, desk.clock, **more))  # type: ignore[arg-type]

    asyncio.run(whole())


def send_due(telegram: Emulator, desk: EchoDesk) -> None:
    sending(telegram, desk, all_due)


async def all_due(sender: Sender) -> None:
    while await sender.start_due():
        await sender.settled()


async def is_met(telegram: Emulator) -> None:
    """Waits until the fault that lies in wait has met its call."""
    while telegram.faults._waiting["sendmessage"]:
        await asyncio.sleep(0.005)


def later(desk: EchoDesk, seconds: float) -> None:
    desk.clock.move(timedelta(seconds=seconds))


def texts(person: Person) -> list[str]:
    return [one.text for one in person.messages if one.is_from_bot]


def failures(desk: EchoDesk) -> list[str | None]:
    with reading(desk.engine) as connection:
        return [row.failure for row in connection.execute(select(chat_message.c.failure).order_by(chat_message.c.number))]


def numbers_sent(desk: EchoDesk) -> list[str | None]:
    with reading(desk.engine) as connection:
        return [row.sent_as for row in connection.execute(select(chat_message.c.sent_as).order_by(chat_message.c.number))]


# What is sent


def test_a_message_has_its_markup_its_buttons_and_no_preview(telegram: Emulator, desk: EchoDesk, lan: Person) -> None:
    desk.queue(lan.chat_id, Message('<b>Điều 5</b> ở <a href="https://vbpl.vn/5">đây</a>', YES_NO))
    send_due(telegram, desk)
    (reply,) = lan.replies
    assert (reply.text, reply.buttons) == ("Điều 5 ở đây", (("Đúng", "Sai"),))
    assert [one.kind for one in reply.entities] == ["bold", "text_link"]
    assert '"is_disabled": true' in telegram.calls[-1].arguments["link_preview_options"]
    assert (desk.mailbox.counts(), numbers_sent(desk)) == ({"delivered": 1}, [str(reply.message_id)])


def test_a_message_takes_the_place_of_another(telegram: Emulator, desk: EchoDesk, lan: Person) -> None:
    desk.queue(lan.chat_id, Message("Giấy tờ: 0/2", YES_NO))
    send_due(telegram, desk)
    (first,) = lan.replies
    desk.queue(lan.chat_id, Message("Giấy tờ: 1/2", YES_NO, replaces=str(first.message_id)))
    send_due(telegram, desk)
    assert [(one.message_id, one.text) for one in lan.replies] == [(first.message_id, "Giấy tờ: 1/2")]
    assert numbers_sent(desk) == [str(first.message_id)] * 2


def test_a_change_that_was_made_already_has_arrived(telegram: Emulator, desk: EchoDesk, lan: Person) -> None:
    desk.queue(lan.chat_id, Message("Giấy tờ", YES_NO))
    send_due(telegram, desk)
    desk.queue(lan.chat_id, Message("Giấy tờ: đủ", YES_NO, replaces=str(lan.replies[0].message_id)))
    telegram.faults.next("editMessageText", LostAfter())
    send_due(telegram, desk)
    later(desk, 5)
    send_due(telegram, desk)
    assert texts(lan) == ["Giấy tờ: đủ"]
    assert desk.mailbox.counts() == {"delivered": 2}


@pytest.mark.parametrize("replaced", ["999", "1"])
def test_what_cannot_take_the_place_of_a_message_comes_as_one_of_its_own(
    telegram: Emulator, desk: EchoDesk, lan: Person, replaced: str
) -> None:
    desk.queue(lan.chat_id, Message("Giấy tờ", YES_NO, replaces=replaced))
    send_due(telegram, desk)
    assert (texts(lan), lan.replies[0].labels) == (["Giấy tờ"], ("Đúng", "Sai"))


def test_markup_that_telegram_cannot_read_is_sent_as_plain_words(telegram: Emulator, desk: EchoDesk, lan: Person) -> None:
    desk.queue(lan.chat_id, Message("<b>Điều 5 <x>&amp; Điều 6"), Message("<b>Mới", replaces="2"))
    send_due(telegram, desk)
    send_due(telegram, desk)
    assert texts(lan) == ["Mới"]
    assert [one.text for one in (event.message for event in telegram._world.events) if one and one.is_from_bot] == [
        "Điều 5 & Điều 6",
        "Mới",
    ]


def test_a_place_can_be_shared_by_one_button_below_the_message(telegram: Emulator, desk: EchoDesk, lan: Person) -> None:
    desk.queue(lan.chat_id, Message("Ở đâu?", asks_point="Gửi vị trí của tôi"))
    send_due(telegram, desk)
    assert (texts(lan), lan.keyboard) == (["Ở đâu?"], (("Gửi vị trí của tôi",),))


def test_where_there_are_choices_too_the_button_stands_below_a_second_message(telegram: Emulator, desk: EchoDesk, lan: Person) -> None:
    desk.queue(lan.chat_id, Message("Ở đâu?", YES_NO, asks_point="Gửi vị trí của tôi"))
    send_due(telegram, desk)
    assert texts(lan) == ["Ở đâu?", "Gửi vị trí của tôi"]
    assert (lan.replies[0].labels, lan.keyboard) == (("Đúng", "Sai"), (("Gửi vị trí của tôi",),))
    assert numbers_sent(desk) == [str(lan.replies[0].message_id)]


def test_a_second_message_that_fails_does_not_repeat_the_first(telegram: Emulator, desk: EchoDesk, lan: Person) -> None:
    desk.queue(lan.chat_id, Message("Ở đâu?", YES_NO, asks_point="Gửi vị trí của tôi"))
    telegram.faults.next("sendMessage", Slow(0.0))
    telegram.faults.next("sendMessage", TooMany(3))
    send_due(telegram, desk)
    assert (texts(lan), desk.mailbox.counts()) == (["Ở đâu?"], {"delivered": 1})


def test_nobody_is_asked_in_a_group_where_they_are(telegram: Emulator, desk: EchoDesk, lan: Person) -> None:
    group = telegram.group("Tổ dân phố 5", lan)
    desk.queue(group.chat_id, Message("Ở đâu?", asks_point="Gửi vị trí của tôi"))
    send_due(telegram, desk)
    assert (texts(lan.within(group)), lan.within(group).keyboard) == (["Ở đâu?"], ())


def test_an_answer_is_seen_to_be_one_also_where_the_question_was_deleted(telegram: Emulator, desk: EchoDesk, lan: Person) -> None:
    group = telegram.group("Tổ dân phố 5", lan)
    asked = lan.within(group).says("@dienhong_bot thử việc tối đa bao lâu?")
    for answers in (str(asked.message_id), "9999"):
        desk.queue(group.chat_id, Message(f"Trả lời {answers}", answers=answers))
    send_due(telegram, desk)
    assert [one.reply_to for one in lan.within(group).messages if one.is_from_bot] == [asked.message_id, None]


# What goes wrong


@pytest.mark.parametrize(
    ("fault", "failure", "most_texts"),
    [
        (LostBefore(), "answer_lost", 1),
        (LostAfter(), "answer_lost", 2),
        (ServerError(500), "server_error", 1),
        (ServerError(502, is_html=True), "server_error", 1),
    ],
)
def test_what_may_not_have_arrived_is_noted_and_sent_again_after_a_pause(
    telegram: Emulator, desk: EchoDesk, lan: Person, fault: Failure, failure: str, most_texts: int
) -> None:
    desk.queue(lan.chat_id, Message("một"))
    telegram.faults.next("sendMessage", fault)
    send_due(telegram, desk)
    send_due(telegram, desk)
    assert (desk.mailbox.counts(), failures(desk)) == ({"waiting": 1}, [failure])
    later(desk, 2)
    send_due(telegram, desk)
    assert (desk.mailbox.counts(), failures(desk)) == ({"delivered": 1}, [failure])
    assert texts(lan) == ["một"] * most_texts


def test_a_server_that_cannot_be_reached_is_told_from_a_lost_answer(desk: EchoDesk) -> None:
    with Emulator() as gone:
        pass
    desk.queue(100000001, Message("một"))
    send_due(gone, desk)
    assert failures(desk) == ["unreachable"]


def test_an_answer_that_takes_too_long_is_not_waited_for(telegram: Emulator, desk: EchoDesk, lan: Person) -> None:
    desk.queue(lan.chat_id, Message("một"))
    telegram.faults.next("sendMessage", Slow(3.0, is_done_first=True))
    sending(telegram, desk, all_due, times=SendingTimes(longest_s=0.1))
    assert (desk.mailbox.counts(), failures(desk)) == ({"waiting": 1}, ["answer_lost"])


def test_when_telegram_asks_to_wait_nothing_goes_out_until_then_and_no_try_is_lost(
    telegram: Emulator, desk: EchoDesk, lan: Person, recwarn: pytest.WarningsRecorder
) -> None:
    hung = telegram.person("Hùng")
    hung.starts()
    desk.queue(lan.chat_id, Message("một"))

    async def act(sender: Sender) -> None:
        await all_due(sender)
        desk.queue(hung.chat_id, Message("hai"))
        assert await sender.start_due() == 0

    telegram.faults.next("sendMessage", TooMany(3))
    sending(telegram, desk, act)
    assert len(telegram.calls_of("sendMessage")) == 1
    send_due(telegram, desk)
    assert (texts(lan), texts(hung)) == ([], ["hai"])
    later(desk, 3)
    send_due(telegram, desk)
    assert (texts(lan), failures(desk)) == (["một"], [None, None])
    with reading(desk.engine) as connection:
        assert connection.execute(select(chat_message.c.attempts)).scalars().all() == [1, 1]
    assert [one for one in recwarn if "retry_after" in str(one.message)] == []


def test_who_blocked_the_bot_gets_nothing_more(telegram: Emulator, desk: EchoDesk, lan: Person) -> None:
    desk.queue(lan.chat_id, Message("một"), Message("hai"))
    lan.blocks_bot()
    send_due(telegram, desk)
    assert desk.mailbox.counts() == {"given_up": 2}
    assert len(telegram.calls_of("sendMessage")) == 1
    with reading(desk.engine) as connection:
        assert connection.execute(select(chat.c.is_blocked)).scalar_one()


@pytest.mark.parametrize(
    ("message", "failure"),
    [
        (Message("a" * 4_097), "message_is_too_long"),
        (Message("một", ((("Nút", "a" * 65),),)), "button_data_invalid"),
        (Message("<b></b>"), "text_must_be_non_empty"),
    ],
)
def test_what_telegram_never_takes_is_given_up_and_holds_up_nothing(
    telegram: Emulator, desk: EchoDesk, lan: Person, caplog: pytest.LogCaptureFixture, message: Message, failure: str
) -> None:
    desk.queue(lan.chat_id, message, Message("sau"))
    send_due(telegram, desk)
    assert (texts(lan), failures(desk)) == (["sau"], [failure, None])
    assert desk.mailbox.counts() == {"given_up": 1, "delivered": 1}
    assert [record.message for record in caplog.records if record.levelno >= logging.WARNING] == ["telegram_message_refused"]


def test_somebody_unknown_to_telegram_holds_up_nobody(telegram: Emulator, desk: EchoDesk, lan: Person) -> None:
    desk.queue(42, Message("một"))
    desk.queue(lan.chat_id, Message("hai"))
    send_due(telegram, desk)
    assert (texts(lan), failures(desk)) == (["hai"], ["chat_not_found", None])


def test_a_change_that_keeps_failing_comes_as_a_message_of_its_own(telegram: Emulator, desk: EchoDesk, lan: Person) -> None:
    desk.queue(lan.chat_id, Message("Giấy tờ: 0/2"))
    send_due(telegram, desk)
    desk.queue(lan.chat_id, Message("Giấy tờ: 1/2", replaces=str(lan.replies[0].message_id)), Message("sau"))
    for _ in range(3):
        telegram.faults.next("editMessageText", ServerError(500))
    for _ in range(4):
        send_due(telegram, desk)
        later(desk, 60)
    assert texts(lan) == ["Giấy tờ: 0/2", "Giấy tờ: 1/2", "sau"]
    assert len(telegram.calls_of("editMessageText")) == 3


# In which order, and how fast


def test_messages_of_a_chat_keep_their_order_when_one_fails(telegram: Emulator, desk: EchoDesk, lan: Person) -> None:
    desk.queue(lan.chat_id, Message("một"), Message("hai"), Message("ba"))
    telegram.faults.next("sendMessage", ServerError(502))
    send_due(telegram, desk)
    assert texts(lan) == []
    later(desk, 2)
    send_due(telegram, desk)
    assert texts(lan) == ["một", "hai", "ba"]


def test_a_slow_chat_does_not_hold_up_the_others(telegram: Emulator, desk: EchoDesk, lan: Person) -> None:
    hung = telegram.person("Hùng")
    hung.starts()
    desk.queue(lan.chat_id, Message("một"))

    async def act(sender: Sender) -> None:
        running = asyncio.create_task(sender.run())
        await is_met(telegram)
        desk.queue(hung.chat_id, Message("hai"))
        sender.wake()
        await asyncio.to_thread(hung.wait_for, 1)
        assert texts(lan) == []
        sender.stop()
        await running

    telegram.faults.next("sendMessage", Slow(0.8))
    sending(telegram, desk, act)
    assert texts(lan) == ["một"]


def test_what_has_to_wait_for_long_goes_back_until_its_turn(telegram: Emulator, desk: EchoDesk, lan: Person) -> None:
    desk.queue(lan.chat_id, Message("một"), Message("hai"), Message("ba"))
    limits = replace(Limits(), chat=Steadily(600.0, 2))
    sending(telegram, desk, all_due, limits=limits)
    assert (texts(lan), desk.mailbox.counts()) == (["một", "hai"], {"delivered": 2, "waiting": 1})
    later(desk, 600)
    send_due(telegram, desk)
    assert texts(lan) == ["một", "hai", "ba"]


def test_what_waits_only_for_a_moment_is_held(telegram: Emulator, desk: EchoDesk, lan: Person) -> None:
    desk.queue(lan.chat_id, *(Message(text) for text in ("một", "hai", "ba", "bốn")))
    sending(telegram, desk, all_due, limits=Limits(chat=Steadily(0.1, 2)))
    times = [call.at_s for call in telegram.calls_of("sendMessage")]
    assert texts(lan) == ["một", "hai", "ba", "bốn"]
    assert times[3] - times[0] >= 0.19


def test_no_more_go_out_in_a_second_than_telegram_takes(telegram: Emulator, desk: EchoDesk) -> None:
    people = [telegram.person(f"Người {number}") for number in range(12)]
    for person in people:
        person.starts()
        desk.queue(person.chat_id, Message("xin chào"))
    sending(telegram, desk, all_due, limits=Limits(overall=Steadily(0.1, 2)))
    times = sorted(call.at_s for call in telegram.calls_of("sendMessage"))
    assert len(times) == 12
    # Ten distances; the first call may arrive late.
    assert times[-1] - times[0] >= 0.5


def test_who_came_first_has_the_first_turn(telegram: Emulator, desk: EchoDesk) -> None:
    people = [telegram.person(f"Người {number}") for number in range(24)]
    for person in people:
        person.starts()
        desk.queue(person.chat_id, Message("xin chào"))
    sending(telegram, desk, all_due, limits=Limits(overall=Steadily(0.02, 1)))
    assert [call.chat_id for call in telegram.calls_of("sendMessage")] == [person.chat_id for person in people]


def test_a_chat_that_had_much_of_late_holds_up_no_other(telegram: Emulator, desk: EchoDesk, lan: Person) -> None:
    hung = telegram.person("Hùng")
    hung.starts()
    desk.queue(lan.chat_id, Message("một"))
    send_both = Limits(overall=Steadily(0.01, 1), chat=Steadily(0.5, 1))

    async def act(sender: Sender) -> None:
        await all_due(sender)
        desk.queue(lan.chat_id, Message("hai"))
        desk.queue(hung.chat_id, Message("chào"))
        await all_due(sender)

    sending(telegram, desk, act, limits=send_both)
    assert [call.chat_id for call in telegram.calls_of("sendMessage")] == [lan.chat_id, hung.chat_id, lan.chat_id]


def test_at_the_end_what_waits_for_its_turn_goes_back_and_what_is_being_sent_arrives(
    telegram: Emulator, desk: EchoDesk, lan: Person
) -> None:
    hung = telegram.person("Hùng")
    hung.starts()
    desk.queue(lan.chat_id, Message("một"))
    desk.queue(hung.chat_id, Message("hai"))

    async def act(sender: Sender) -> None:
        running = asyncio.create_task(sender.run())
        await is_met(telegram)
        sender.stop()
        await running

    telegram.faults.next("sendMessage", Slow(0.2))
    sending(telegram, desk, act, limits=Limits(overall=Steadily(4.0, 1)))
    assert desk.mailbox.counts() == {"delivered": 1, "waiting": 1}
    assert len(texts(lan) + texts(hung)) == 1


def test_offers_to_share_a_place_keep_the_pace_too(telegram: Emulator, desk: EchoDesk) -> None:
    people = [telegram.person(f"Người {number}") for number in range(4)]
    for person in people:
        person.starts()
        desk.queue(person.chat_id, Message("Ở đâu?", YES_NO, asks_point="Gửi vị trí của tôi"))
    sending(telegram, desk, all_due, limits=Limits(overall=Steadily(0.1, 1)))
    times = sorted(call.at_s for call in telegram.calls_of("sendMessage"))
    assert [texts(person) for person in people] == [["Ở đâu?", "Gửi vị trí của tôi"]] * 4
    assert times[-1] - times[0] >= 0.5


def test_an_offer_whose_turn_is_far_off_is_left_out(telegram: Emulator, desk: EchoDesk, lan: Person) -> None:
    desk.queue(lan.chat_id, Message("Ở đâu?", YES_NO, asks_point="Gửi vị trí của tôi"))
    sending(telegram, desk, all_due, limits=replace(Limits(), chat=Steadily(600.0, 1)))
    assert (texts(lan), desk.mailbox.counts()) == (["Ở đâu?"], {"delivered": 1})
