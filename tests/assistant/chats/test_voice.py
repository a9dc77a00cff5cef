"""What is heard in a voice message is shown and confirmed before anything is done with it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant.answering.answerer import Answerer
from assistant.chat_parts import Tables
from assistant.chats.types import FileKind
from tests.assistant.chats.chatting import Ear, Service, texts
from tests.assistant.feedback.office import open_office

SOUND = b"OggS" + bytes(200)
HOLE = "Tôi phản ánh đường trước chợ có hố sâu, xe ngã nhiều lần"
HOURS = "Trẻ em thả tàu giấy từ mấy giờ?"


@pytest.fixture
def ear() -> Ear:
    return Ear(HOLE)


@pytest.fixture
def listening(database_url: str, answerer: Answerer, tables: Tables, ear: Ear) -> Iterator[Service]:
    with open_office(database_url) as office:
        yield Service(office, answerer, tables, ear)


def test_what_is_heard_is_shown_and_counts_once_it_is_confirmed(listening: Service) -> None:
    ty = listening.person()
    ty.says("/gui")
    (heard,) = ty.sends(FileKind.VOICE, SOUND)
    assert heard.text == f"voice.heard words={HOLE}"
    assert [label for row in heard.buttons for label, _ in row] == ["voice.right", "voice.wrong", "cancel"]
    assert texts(ty.taps("voice.right")) == ["send.where"]
    # The recording goes along, so no other file is asked for.
    assert texts(ty.taps("skip.where")) == ["send.contact"]
    assert texts(ty.taps("skip.contact"))[-1] == f"send.check files=1 text={HOLE}"


def test_a_question_asked_by_voice_is_answered_once_it_is_confirmed(listening: Service, ear: Ear) -> None:
    ear.words = HOURS
    ty = listening.person()
    assert texts(ty.sends(FileKind.VOICE, SOUND)) == [f"voice.heard words={HOURS}"]
    assert texts(ty.says("vâng"))[0].startswith("answer answered")
    assert texts(ty.says("/gui")) == ["send.what"]


def test_a_report_by_voice_out_of_the_blue_begins_to_be_sent(listening: Service) -> None:
    ty = listening.person()
    ty.sends(FileKind.VOICE, SOUND)
    assert texts(ty.taps("voice.right")) == ["send.where"]


@pytest.mark.parametrize("way", ["typed", "button"])
def test_what_was_heard_wrongly_is_replaced_by_what_is_typed(listening: Service, ear: Ear, way: str) -> None:
    ear.words = "Tôi phản ánh đường chước trợ"
    ty = listening.person()
    ty.sends(FileKind.VOICE, SOUND)
    if way == "button":
        assert texts(ty.taps("voice.wrong")) == ["send.what"]
    assert texts(ty.says(HOLE)) == ["send.where"]
    ty.taps("skip.where")
    assert texts(ty.taps("skip.contact"))[-1] == f"send.check files=1 text={HOLE}"


def test_another_recording_stands_in_the_place_of_the_words_of_the_first(listening: Service, ear: Ear) -> None:
    ear.words = "không rõ"
    ty = listening.person()
    ty.sends(FileKind.VOICE, SOUND)
    ear.words = HOLE
    assert texts(ty.sends(FileKind.VOICE, SOUND)) == [f"voice.heard words={HOLE}"]
    ty.taps("voice.right")
    ty.taps("skip.where")
    assert texts(ty.taps("skip.contact"))[-1] == f"send.check files=2 text={HOLE}"


def test_a_denunciation_by_voice_is_guided_once_it_is_confirmed(listening: Service, ear: Ear) -> None:
    ear.words = "Tôi tố cáo ông chủ tịch xã nhận tiền"
    an = listening.person()
    assert texts(an.sends(FileKind.VOICE, SOUND)) == [f"voice.heard words={ear.words}"]
    assert texts(an.taps("voice.right"))[-1] == "send.not_a_denunciation"


def test_what_was_never_confirmed_is_looked_at_before_it_is_sent(listening: Service, ear: Ear) -> None:
    ear.words = "Tôi tố cáo ông chủ tịch xã nhận tiền"
    an = listening.person()
    an.sends(FileKind.VOICE, SOUND)
    an.says("/gui")
    assert texts(an.taps("resume"))[-1] == "send.not_a_denunciation"


def test_who_is_in_danger_reads_the_numbers_before_they_confirm_anything(listening: Service, ear: Ear) -> None:
    ear.words = "Nhà bên đang cháy, có người mắc kẹt"
    yen = listening.person()
    assert texts(yen.sends(FileKind.VOICE, SOUND)) == ["emergency", f"voice.heard words={ear.words}"]


def test_where_nothing_was_made_out_a_line_is_asked_for(listening: Service, ear: Ear) -> None:
    ear.words = None
    ty = listening.person()
    assert texts(ty.sends(FileKind.VOICE, SOUND)) == ["voice.words_please"]
    assert texts(ty.says(HOLE)) == ["send.where"]


def test_what_was_heard_can_be_dropped(listening: Service) -> None:
    ty = listening.person()
    ty.sends(FileKind.VOICE, SOUND)
    assert texts(ty.taps("cancel")) == ["cancelled"]
    assert texts(ty.says("/gui")) == ["send.what"]
