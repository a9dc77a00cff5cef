"""What of chats is kept how long."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import func, select

from assistant.chats.retention import Forgotten, forget_old
from assistant.chats.tables import chat_event, chat_file
from assistant.chats.types import FileKind
from assistant.database import reading
from tests.assistant.chats.chatting import Service, texts
from tests.assistant.chats.photos import photo_of_a_place


def test_what_was_handled_and_sent_is_forgotten_after_a_week(service: Service) -> None:
    lan = service.person()
    lan.says("/huongdan")
    service.office.clock.move(timedelta(days=6))
    assert forget_old(service.office.engine, service.office.clock()) == Forgotten(0, 0, 0)
    service.office.clock.move(timedelta(days=2))
    assert forget_old(service.office.engine, service.office.clock()) == Forgotten(1, 1, 0)


def test_what_waits_is_never_forgotten(service: Service) -> None:
    lan = service.person()
    service.chats.desk.receive([lan.event(text="/huongdan")])
    service.office.clock.move(timedelta(days=90))
    assert forget_old(service.office.engine, service.office.clock()).events == 0
    service.work()
    service.office.clock.move(timedelta(days=90))
    assert forget_old(service.office.engine, service.office.clock()).messages == 0
    assert texts(lan.hears()) == ["help"]


def test_a_draft_with_its_files_is_forgotten_after_a_month_of_silence(service: Service) -> None:
    lan = service.person()
    lan.sends(FileKind.PHOTO, photo_of_a_place(), "Hố sâu trước chợ")
    service.office.clock.move(timedelta(days=31))
    assert forget_old(service.office.engine, service.office.clock()).drafts == 1
    with reading(service.office.engine) as connection:
        assert connection.execute(select(func.count()).select_from(chat_file)).scalar_one() == 0
        assert connection.execute(select(chat_event.c.number)).all() == []
    assert texts(lan.says("/gui")) == ["send.what"]
