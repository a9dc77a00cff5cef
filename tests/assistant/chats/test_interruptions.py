"""What people write where something else was asked for: danger, a violator, a question, the rest of a letter, another matter."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from assistant.chats.types import EventKind, FileKind
from assistant.database import reading
from assistant.feedback.messages_tables import message
from assistant.feedback.states import State, Step
from assistant.feedback.tables import submission
from tests.assistant.chats.chatting import Service, Talker, texts
from tests.assistant.chats.photos import photo_of_a_place
from tests.assistant.feedback.office import LAN

HOURS = "Trẻ em thả tàu giấy từ mấy giờ?"
HOLE = "Tôi phản ánh đường trước chợ có hố sâu, xe ngã nhiều lần"
LIGHT = "Tôi phản ánh đèn đường ngõ 5 tắt cả tuần nay"
FIRE = "Cứu với, nhà bên cạnh đang cháy"
VIOLATOR = "Tôi muốn tố cáo ông Lê Văn Tí nhận tiền của dân để làm sổ"
TO_STEP = {
    "where": ("/gui", HOLE),
    "files": ("/gui", HOLE, "không"),
    "contact": ("/gui", HOLE, "không", "không"),
    "area": ("/diachi",),
}


def at(service: Service, step: str) -> Talker:
    lan = service.person()
    for text in TO_STEP[step]:
        lan.says(text)
    return lan


def names(lan: Talker, text: str) -> list[str]:
    return [one.partition(" ")[0] for one in texts(lan.says(text))]


def sent(service: Service) -> list[str]:
    with reading(service.office.engine) as connection:
        rows = connection.execute(select(submission).order_by(submission.c.number)).all()
    return [service.office.vault.open(row.text, f"submission.text:{row.code}") for row in rows]


def through(lan: Talker) -> None:
    """To the end, without anything more."""
    for _ in range(6):
        newest = next(message for message in reversed(lan.seen) if message.buttons)
        labels = [label for line in newest.buttons for label, _ in line]
        if "agree" in labels:
            lan.taps("agree")
            return
        lan.taps(next(label for label in ("send.anyway", "resume", "skip.where", "skip.files", "skip.contact") if label in labels))


@pytest.mark.parametrize("step", ["where", "files", "contact"])
def test_danger_is_heard_at_every_step_and_nothing_else_is_asked(service: Service, step: str) -> None:
    assert names(at(service, step), FIRE) == ["emergency"]


@pytest.mark.parametrize("step", ["area"])
def test_danger_is_answered_where_nothing_is_being_written(service: Service, step: str) -> None:
    (answer,) = texts(at(service, step).says(FIRE))
    assert answer.startswith("answer emergency")


@pytest.mark.parametrize("step", ["where", "files", "contact"])
def test_a_violator_named_at_any_step_seals_the_matter_and_is_guided(service: Service, step: str) -> None:
    lan = at(service, step)
    assert names(lan, VIOLATOR) == ["answer", "send.not_a_denunciation"]
    through(lan)
    assert lan.seen[-1].text.startswith("sent.secret")
    service.office.understander.understand_waiting()
    assert VIOLATOR in sent(service)[0]


def test_a_short_name_of_an_office_is_a_place(service: Service) -> None:
    assert names(at(service, "where"), "trước phòng tố cáo phường Một") == ["send.files"]


@pytest.mark.parametrize("step", ["where", "contact"])
def test_a_question_in_between_is_answered_and_the_step_asked_again(service: Service, step: str) -> None:
    lan = at(service, step)
    answer, again = texts(lan.says(HOURS))
    assert (answer.split()[:2], again) == (["answer", "answered"], f"send.{step}")
    assert names(lan, "xã Một")[-1] == ("send.files" if step == "where" else "send.check")


def test_a_question_in_place_of_a_commune_is_answered(service: Service) -> None:
    assert names(at(service, "area"), HOURS) == ["answer"]


def test_a_question_after_what_was_wrong_is_kept_and_answered(service: Service) -> None:
    lan = service.person()
    lan.says(HOURS)
    lan.taps("wrong.button")
    lan.taps("wrong.incomplete")
    assert names(lan, HOURS) == ["wrong.thanks", "answer"]


def test_the_rest_of_a_long_letter_is_no_place(service: Service) -> None:
    lan, first = service.person(), f"{HOLE}. " + "Chuyện kéo dài nhiều tháng. " * 140
    lan.says("/gui")
    assert names(lan, first[:4_000]) == ["send.where"]
    assert names(lan, "Mong cơ quan sớm sửa.") == ["send.where"]
    service.office.clock.move(timedelta(minutes=1))
    lan.says("xã Một")
    lan.taps("skip.files")
    lan.taps("skip.contact")
    lan.taps("agree")
    (kept,) = sent(service)
    assert kept.endswith("Mong cơ quan sớm sửa.\n\n[xã Một]")


def test_a_letter_out_of_the_blue_begins_a_matter_with_all_its_pieces(service: Service) -> None:
    lan = service.person()
    assert names(lan, f"{HOLE}. " + "Chuyện kéo dài nhiều tháng. " * 130) == ["send.where"]
    lan.says("Phần cuối của thư.")
    through(lan)
    assert "Phần cuối của thư." in sent(service)[0]


@pytest.mark.parametrize(("tapped", "words"), [("draft.other", [LIGHT]), ("draft.old", [HOLE]), ("draft.join", [f"{HOLE}\n{LIGHT}"])])
def test_another_matter_takes_no_draft_away_unasked(service: Service, tapped: str, words: list[str]) -> None:
    lan = at(service, "files")
    service.person()
    lan.does(lan.event(text="/start"))
    assert names(lan, LIGHT) == ["answer"]
    two = texts(lan.taps("send.report"))[0]
    assert two.startswith("send.two")
    lan.taps(tapped)
    through(lan)
    assert sent(service) == words


def test_a_photo_with_words_is_not_added_to_a_draft_of_another_matter(service: Service) -> None:
    lan = at(service, "files")
    lan.says("/start")
    assert texts(lan.sends(FileKind.PHOTO, photo_of_a_place(), LIGHT))[0].startswith("send.two")
    lan.taps("draft.other")
    through(lan)
    assert sent(service) == [LIGHT]
    with reading(service.office.engine) as connection:
        assert service.office.own_data.export(connection.execute(select(submission.c.code)).scalar_one()).attachments


def test_danger_told_below_a_photo_is_heard(service: Service) -> None:
    lan = at(service, "files")
    assert texts(lan.sends(FileKind.PHOTO, photo_of_a_place(), FIRE))[0].startswith("emergency")


def test_an_edit_that_tells_of_danger_or_of_a_violator_is_heard(service: Service) -> None:
    lan = service.person()
    lan.says("/gui")
    lan.does(lan.event(text=HOLE, message="mine"))
    assert texts(lan.edits(FIRE, "mine"))[0].startswith("emergency")
    assert texts(lan.edits(VIOLATOR, "mine"))[-1].startswith("send.not_a_denunciation")


def test_an_edit_changes_a_draft_that_began_as_a_question(service: Service) -> None:
    lan = service.person()
    lan.does(lan.event(text=HOLE, message="asked"))
    lan.taps("send.report")
    assert texts(lan.edits(LIGHT, "asked")) == ["edit.taken"]
    through(lan)
    assert sent(service) == [LIGHT]


def test_an_edited_question_is_answered_anew_and_an_older_one_is_not(service: Service) -> None:
    lan = service.person()
    lan.does(lan.event(text="Tàu giấy?", message="first"))
    lan.does(lan.event(text="Tàu giấy?", message="second"))
    assert texts(lan.edits(HOURS, "first")) == []
    assert texts(lan.edits(HOURS, "second"))[0].startswith("answer answered")


def asked_by_an_officer(service: Service, lan: Talker) -> str:
    lan.says("/gui")
    lan.says(HOLE)
    through(lan)
    service.office.understander.understand_waiting()
    version = service.office.recommendations.show(1, LAN).matter.version
    service.office.recommendations.take(1, version, Step(State.NEEDS_INFO, LAN), "Đoạn nào ạ?")
    service.letters()
    (asked,) = lan.hears()
    assert asked.text.startswith("outbox.state")
    return asked.text


def added(service: Service) -> list[str]:
    with reading(service.office.engine) as connection:
        rows = connection.execute(select(message).where(message.c.direction == "from_citizen").order_by(message.c.number)).all()
        (code,) = connection.execute(select(submission.c.code)).scalars()
    told = service.office.desk.messages.of_citizen(code)
    return [one.text or "" for one in told if one.number in {row.number for row in rows}]


def test_what_is_typed_next_answers_the_officer_who_asked(service: Service) -> None:
    lan = service.person()
    asked_by_an_officer(service, lan)
    assert names(lan, "Đoạn trước cổng chợ ạ") == ["added"]
    assert added(service) == ["Đoạn trước cổng chợ ạ"]


def test_a_question_to_the_law_does_not_go_to_the_officer(service: Service) -> None:
    lan = service.person()
    asked_by_an_officer(service, lan)
    assert names(lan, HOURS) == ["answer"]
    assert added(service) == []


def test_a_reply_to_the_officers_message_reaches_them_whatever_is_being_asked(service: Service) -> None:
    lan = service.person()
    asked_by_an_officer(service, lan)
    lan.says("/diachi")
    with reading(service.office.engine) as connection:
        (code,) = connection.execute(select(submission.c.code)).scalars()
    event = replace(lan.event(text=HOURS), replies_to=f"soutbox:state:{code}:1.3:0")
    assert texts(lan.does(event))[0].startswith("added")
    assert added(service) == [HOURS]


@pytest.mark.parametrize(
    ("typed", "step"), [("dạ không ạ", "files"), ("ẩn danh", "contact"), ("xong rồi ạ", "files"), ("thôi ạ", "contact")]
)
def test_a_polite_no_is_a_no(service: Service, typed: str, step: str) -> None:
    after = {"files": "send.contact", "contact": "send.check"}[step]
    assert names(at(service, step), typed)[-1] == after


@pytest.mark.parametrize("typed", ["dạ đồng ý", "gửi đi ạ", "vâng gửi giúp em", "ok ạ"])
def test_a_polite_yes_is_a_yes(service: Service, typed: str) -> None:
    lan = at(service, "contact")
    lan.says("không")
    assert names(lan, typed) == ["send.tap"]


@pytest.mark.parametrize("typed", ["👍", "...", "  ?! "])
def test_what_has_no_words_is_no_matter(service: Service, typed: str) -> None:
    lan = service.person()
    lan.says("/gui")
    assert names(lan, typed) == ["send.no_words"]
    assert names(lan, HOLE) == ["send.where"]


@pytest.mark.parametrize(
    ("typed", "contact"),
    [
        ("Lan, số 12 ngõ 5, 0912345678", ("Lan, số 12 ngõ 5", "0912345678")),
        ("0912 345 678 chị Hoa", ("chị Hoa", "0912345678")),
        ("+84 912.345.678", ("", "+84912345678")),
        ("Nguyễn Văn Ba", ("Nguyễn Văn Ba", "")),
        ("Ba nhà 24", ("Ba nhà 24", "")),
    ],
)
def test_a_telephone_number_is_told_from_a_house_number(service: Service, typed: str, contact: tuple[str, str]) -> None:
    lan = at(service, "contact")
    lan.says(typed)
    lan.taps("agree")
    with reading(service.office.engine) as connection:
        (code,) = connection.execute(select(submission.c.code)).scalars()
    details = service.office.own_data.export(code).contact
    assert details
    assert (details.name, details.phone) == contact


@pytest.mark.parametrize(
    "action",
    ["why:1:no_such_reason", "why:x:unclear", "papers:1:zz", "verdict:DH-1:nothing", "erased:foo", "add:XX", "at:99", "other", "join"],
)
def test_a_made_up_button_is_too_old_and_changes_nothing(service: Service, action: str) -> None:
    lan = at(service, "where")
    assert texts(lan.does(lan.event(EventKind.BUTTON, action, "m"))) == ["too_old"]
    assert names(lan, "xã Một") == ["send.files"]


def test_an_old_commune_button_opens_no_empty_draft(service: Service) -> None:
    lan = service.person()
    assert texts(lan.does(lan.event(EventKind.BUTTON, "at:00004", "m"))) == ["too_old"]
    assert names(lan, HOURS) == ["answer"]
