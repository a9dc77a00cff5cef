"""What failed to the last try is kept with its content, listed without it, and handled where somebody wants it tried again."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import select

from assistant.chats.parked import Parked, ParkedDesk, ParkedKind
from assistant.chats.retention import forget_old
from assistant.chats.tables import chat_event, chat_unread
from assistant.chats.types import EventKind, FileAtChannel, FileKind
from assistant.chats.unread import Unreadable, UnreadUpdates
from assistant.database import reading
from assistant.feedback.audit import AuditTrail
from assistant.feedback.tables import audit_event
from tests.assistant.chats.chatting import CHANNEL, Service, Talker, texts
from tests.assistant.chats.photos import photo_of_a_place

WORDS = "con trâu trắng của ông Sửu"


def desk_of(service: Service) -> ParkedDesk:
    return ParkedDesk(service.office.engine, service.office.vault, service.office.clock)


def unread_of(service: Service, most: int = 10_000) -> UnreadUpdates:
    return UnreadUpdates(service.office.engine, service.office.vault, service.office.clock, CHANNEL, most)


def parked_event(service: Service, lan: Talker) -> str:
    """A photo that its channel gave to nobody; its key."""
    event = replace(lan.event(EventKind.FILE, WORDS), file=FileAtChannel(FileKind.PHOTO, "nowhere"))
    lan.does(event)
    for _ in range(3):
        service.office.clock.move(timedelta(minutes=2))
        service.work()
    return f"{CHANNEL}:{event.external_id}"


def broken(number: int, address: str = "1001") -> Unreadable:
    return Unreadable(str(number), f'{{"text": "{WORDS}"}}', "KeyError", address)


def test_what_is_parked_is_listed_by_what_failed_and_when(service: Service) -> None:
    key = parked_event(service, service.person())
    unread_of(service).put_aside([broken(77)])
    event, update = desk_of(service).all()
    assert (event.key, event.channel, event.kind, event.failure) == (key, CHANNEL, ParkedKind.EVENT, "KeyError")
    assert update == Parked(f"{CHANNEL}:77", CHANNEL, ParkedKind.UPDATE, "KeyError", service.office.clock())
    assert desk_of(service).counts() == {(CHANNEL, ParkedKind.EVENT): 1, (CHANNEL, ParkedKind.UPDATE): 1}
    assert WORDS not in repr((event, update))


def test_what_is_tried_again_is_handled_with_all_that_was_said_and_all_its_tries(service: Service) -> None:
    lan = service.person()
    key = parked_event(service, lan)
    assert texts(lan.hears()) == ["failed"]
    assert [one.key for one in desk_of(service).retry([key], "an-officer")] == [key]
    service.work()
    assert service.chats.desk.inbox.counts() == {"waiting": 1}
    service.shelf.contents["nowhere"] = photo_of_a_place()
    service.office.clock.move(timedelta(minutes=2))
    service.work()
    assert texts(lan.hears()) == ["send.where"]
    assert desk_of(service).all() == []


def test_who_had_it_tried_again_is_written_down_without_words(service: Service) -> None:
    key = parked_event(service, service.person())
    unread_of(service).put_aside([broken(77)])
    assert len(desk_of(service).retry(None, "an-officer")) == 2
    with reading(service.office.engine) as connection:
        rows = connection.execute(select(audit_event).where(audit_event.c.actor == "an-officer").order_by(audit_event.c.number)).all()
        AuditTrail(service.office.vault).verify(connection)
    assert [(row.action, row.record) for row in rows] == [
        ("chat_event_retried", f"chat_event:{key}"),
        ("chat_update_retried", f"chat_update:{CHANNEL}:77"),
    ]
    assert WORDS not in str(rows)


def test_what_has_another_key_stays(service: Service) -> None:
    parked_event(service, service.person())
    assert desk_of(service).retry(["chat:nobody"], "an-officer") == []
    assert len(desk_of(service).all()) == 1


def test_what_could_not_be_read_is_kept_once_sealed_and_found_by_who_wants_it(service: Service) -> None:
    unread = unread_of(service)
    unread.put_aside([broken(77), broken(77)])
    assert unread.wanted(10) == []
    with reading(service.office.engine) as connection:
        (content,) = connection.execute(select(chat_unread.c.content)).scalars().all()
    assert WORDS.encode() not in content
    desk_of(service).retry([f"{CHANNEL}:77"], "an-officer")
    assert unread.wanted(10) == [replace(broken(77), address="")]
    unread.put_aside([broken(77)])
    assert unread.wanted(10) == []
    unread.drop("77")
    assert desk_of(service).all() == []


def test_no_more_is_kept_than_there_is_room_for_and_the_oldest_goes(service: Service) -> None:
    unread_of(service, most=3).put_aside([broken(number) for number in range(5)])
    assert [one.key for one in desk_of(service).all()] == [f"{CHANNEL}:{number}" for number in (2, 3, 4)]


def test_what_is_parked_is_forgotten_after_a_month(service: Service) -> None:
    parked_event(service, service.person())
    unread_of(service).put_aside([broken(77)])
    service.office.clock.move(timedelta(days=29))
    forget_old(service.office.engine, service.office.clock())
    assert len(desk_of(service).all()) == 2
    service.office.clock.move(timedelta(days=2))
    forget_old(service.office.engine, service.office.clock())
    assert desk_of(service).all() == []


def test_who_deletes_their_data_deletes_what_is_parked_of_their_chat_alone(service: Service) -> None:
    lan, hung = service.person("1001"), service.person("1002")
    of_hung = parked_event(service, hung)
    parked_event(service, lan)
    unread_of(service).put_aside([broken(77, "1001"), broken(78, "1002"), broken(79, "")])
    lan.hears()
    lan.says("/xoadulieu")
    lan.taps("erase.talk")
    assert [one.key for one in desk_of(service).all()] == [of_hung, f"{CHANNEL}:78", f"{CHANNEL}:79"]
    with reading(service.office.engine) as connection:
        kept = connection.execute(select(chat_event.c.key).where(chat_event.c.content.is_not(None))).scalars().all()
    assert kept == [of_hung]
