"""What a message or a tap means where something else was said before it."""

from __future__ import annotations

import pytest

from assistant.chats.chats import Chats
from assistant.chats.short_words import says_no
from assistant.chats.types import EventKind, FileKind
from assistant.dialogue.conversations import Conversations
from tests.assistant.chats.chatting import CHANNEL, Service, texts
from tests.assistant.chats.photos import photo_of_a_place

HOURS = "Trẻ em thả tàu giấy từ mấy giờ?"
HOLE = "Tôi phản ánh đường trước chợ có hố sâu, xe ngã nhiều lần"


def test_who_denounces_is_not_asked_for_a_name_nor_told_how_it_would_read_in_public(service: Service) -> None:
    lan = service.person()
    lan.says("/gui")
    lan.says("Tôi tố cáo ông Lê Văn Tí nhận tiền, gọi tôi số 0912345678")
    lan.taps("send.anyway")
    lan.taps("skip.where")
    (*_, check) = texts(lan.taps("skip.files"))
    assert check.startswith("send.check")
    assert "redacted" not in check


def test_a_photo_with_words_begins_a_matter_whatever_was_being_asked(service: Service) -> None:
    lan = service.person()
    lan.says("/theodoi")
    assert texts(lan.sends(FileKind.PHOTO, photo_of_a_place(), HOLE)) == ["send.where"]


def _understood(service: Service, address: str) -> str:
    """How the newest question of a chat was understood."""
    office, key = service.office, Chats(service.office.vault).key_of(CHANNEL, address)
    talks = Conversations(office.engine, office.clock)
    newest = talks.turns(talks.current(CHANNEL, key).id)[-1]
    return newest.answer.understood if newest.answer else ""


def test_what_was_misunderstood_is_not_read_into_the_question_asked_again(service: Service) -> None:
    lan, follower = service.person("1001"), service.person("2002")
    for one in (lan, follower):
        one.says(HOURS)
    lan.taps("notmine.button")
    for one in (lan, follower):
        one.says("thế còn người lớn thì sao?")
    assert _understood(service, "1001") == "thế còn người lớn thì sao?"
    assert HOURS in _understood(service, "2002")


def test_who_says_that_a_question_was_a_report_begins_to_send_it(service: Service) -> None:
    lan = service.person()
    told = f"Tôi phản ánh. {HOURS}"
    (answer,) = lan.says(told)
    assert answer.text.startswith("answer answered")
    assert texts(lan.taps("option report?")) == ["send.where"]
    lan.taps("skip.where")
    lan.taps("skip.files")
    (*_, check) = lan.taps("skip.contact")
    assert check.text == f"send.check text={told}"


@pytest.mark.parametrize("said", ["không", "Khong ạ", "ko", "KHÔNG CÓ", "bỏ qua.", "no"])
def test_a_bare_no_leaves_a_step_out(said: str) -> None:
    assert says_no(said)


@pytest.mark.parametrize("said", ["không ai thu gom rác", "ngõ Không Tên", "", "số 1"])
def test_a_sentence_is_no_bare_no(said: str) -> None:
    assert not says_no(said)


def test_a_matter_is_sent_by_words_alone_but_for_the_last_tap(service: Service) -> None:
    lan = service.person()
    for said, asked in (("/gui", "send.what"), (HOLE, "send.where"), ("không", "send.files"), ("khong co", "send.contact")):
        assert texts(lan.says(said)) == [asked]
    assert texts(lan.says("không"))[-1] == f"send.check text={HOLE}"
    assert texts(lan.says("Đồng ý!")) == ["send.tap"]
    assert texts(lan.taps("agree"))[0].startswith("sent by=")


def test_words_added_at_the_end_lead_back_to_the_end(service: Service) -> None:
    lan = service.person()
    for said in ("/gui", HOLE, "không", "không", "không"):
        lan.says(said)
    (check,) = texts(lan.says("Hố sâu nửa mét"))[-1:]
    assert check == f"send.check text={HOLE}\nHố sâu nửa mét"


def test_who_joined_another_is_told_that_it_counts(service: Service) -> None:
    lan = service.person()
    for said in ("/gui", HOLE):
        lan.says(said)
    enough = lan.does(lan.event(EventKind.BUTTON, "enough", "tapped"))
    assert texts(enough) == ["supported.enough"]
    assert texts(lan.says("/gui")) == ["send.what"]
