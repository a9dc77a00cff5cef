"""Threads of a channel that keeps nothing itself; desks of several channels over one database."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from assistant.chat_parts import open_chats
from assistant.chats.retention import forget_old
from assistant.chats.tables import chat_line
from assistant.chats.thread import EVERYTHING, Thread, Threads, label_of
from assistant.chats.types import Event, EventKind, Message
from assistant.database import reading
from assistant.dialogue.answer_feedback import AnswerFeedback
from tests.assistant.chats.chatting import PlainWords, Service

HERE = "a" * 64
ASKED, TICKED = Message("Có những gì?", ((("Sổ", "papers:1:1"),),)), Message("Có những gì?", ((("Đã có sổ", "papers:1:0"),),))


@pytest.fixture
def threads(service: Service) -> Threads:
    return Threads(service.office.engine, service.office.vault, service.office.clock, "web")


def told(thread: Thread) -> list[str]:
    return [message.text for message in thread.messages]


def test_what_both_sides_say_stands_in_order_once_each(threads: Threads) -> None:
    for _ in range(2):
        threads.hear(HERE, "web:1", Message("Chào"), "en")
        threads.say(HERE, "event:web:1:0", ASKED)
    thread = threads.of(HERE)
    assert [(line.is_own, line.revision) for line in thread.lines] == [(True, 1), (False, 2)]
    assert told(thread) == ["Chào", "Có những gì?"]
    assert thread.state
    assert (thread.state.language, thread.state.address, thread.first) == ("en", HERE, thread.lines[0].number)
    assert threads.of("b" * 64) == Thread(None)


def test_only_what_changed_is_given_to_whoever_saw_the_rest(threads: Threads) -> None:
    threads.hear(HERE, "web:1", Message("Một"), "vi")
    seen = threads.of(HERE).revision
    threads.say(HERE, "event:web:1:0", Message("Hai"))
    assert told(threads.of(HERE, seen)) == ["Hai"]
    assert threads.of(HERE, seen + 1).lines == ()
    assert threads.of(HERE, most=1).lines == threads.of(HERE, seen).lines


def test_a_line_is_replaced_in_its_place_and_the_tap_that_led_to_it_is_not_seen(threads: Threads) -> None:
    line = threads.say(HERE, "event:web:1:0", ASKED)
    threads.hear(HERE, "web:2", Message("Sổ"), "vi")
    seen = threads.of(HERE).revision
    ticked = Message(TICKED.text, TICKED.buttons, line)
    assert threads.say(HERE, "event:web:2:0", ticked, to="web:2") == line
    assert threads.of(HERE).messages == [ticked]
    assert [(str(one.number) == line, one.message is None) for one in threads.of(HERE, seen).lines] == [(True, False), (False, True)]


def test_nobody_replaces_a_line_of_another_chat_or_of_the_person(threads: Threads) -> None:
    line = threads.say(HERE, "event:web:1:0", ASKED)
    threads.hear(HERE, "web:2", Message("Sổ"), "vi")
    own = threads.of(HERE).lines[-1].number
    for address, number in (("b" * 64, line), (HERE, str(own)), (HERE, "999")):
        threads.say(address, f"event:web:3:{number}", Message("Khác", replaces=number))
    assert told(threads.of(HERE)) == [ASKED.text, "Sổ", "Khác", "Khác"]


def test_what_takes_the_place_of_everything_stands_alone_and_later_lines_stay(threads: Threads, service: Service) -> None:
    threads.hear(HERE, "web:1", Message("Riêng tư"), "vi")
    before = threads.of(HERE)
    seen = before.revision
    for number in range(2):
        threads.say(HERE, "event:web:2:0", Message("Đã xóa", replaces=EVERYTHING))
        if not number:
            threads.hear(HERE, "web:3", Message("Chào"), "vi")
    thread = threads.of(HERE, seen)
    assert told(thread) == ["Đã xóa", "Chào"]
    assert thread.first == thread.lines[0].number > before.lines[-1].number


def test_what_is_said_is_sealed_and_forgotten_after_a_month(threads: Threads, service: Service) -> None:
    threads.hear(HERE, "web:1", Message("Riêng tư"), "vi")
    with reading(service.office.engine) as connection:
        (kept,) = connection.execute(select(chat_line.c.content)).scalars()
    assert "Riêng tư".encode() not in kept
    service.office.clock.move(timedelta(days=31))
    forget_old(service.office.engine, service.office.clock())
    assert threads.of(HERE).lines == ()


def test_what_can_be_tapped_is_known_by_its_newest_label() -> None:
    assert label_of("papers:1:1", [ASKED, Message("Sau")]) == "Sổ"
    assert label_of("papers:1:1", [ASKED, Message("Sau", ((("Sổ cũ", "papers:1:1"),),))]) == "Sổ cũ"
    assert label_of("erased:all", [ASKED]) is None


def test_each_desk_handles_and_sends_for_its_own_channel_only(service: Service, threads: Threads) -> None:
    office = service.office
    told_of_answers = AnswerFeedback(office.engine, office.clock)
    web = open_chats(
        service._assistant,
        told_of_answers,
        office.desk,
        channel="web",
        words=PlainWords(),
        files=service.shelf,
        worker="web-1",
        tables=service._tables,
    ).desk
    event = Event("web", "1", HERE, EventKind.TEXT, "/huongdan")
    web.receive([event])
    assert web.inbox.has(event)
    assert not threads.is_settled(HERE)
    assert service.chats.desk.handle_waiting(10) == 0
    assert web.handle_waiting(10) == 1
    assert not threads.is_settled(HERE)
    assert service.chats.desk.mailbox.take("chat", 10) == []
    (sent,) = web.mailbox.take("web", 10)
    web.mailbox.arrived(sent, "1")
    assert threads.is_settled(HERE)


def test_what_is_said_first_can_be_shown_before_anybody_wrote(service: Service) -> None:
    (welcome,) = service.chats.desk.welcome("en")
    assert welcome.text.startswith("start en")
    assert welcome.buttons
