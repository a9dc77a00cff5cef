"""What is said in a chat: questions, sending, following, and what can be tapped."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import select

from assistant.chats.types import EventKind, FileAtChannel, FileKind
from assistant.database import reading
from assistant.dialogue.tables import turn
from assistant.feedback.tables import attachment, recommendation, submission
from tests.assistant.chats.chatting import Service, Talker, texts
from tests.assistant.chats.photos import photo_of_a_place, tells_a_place
from tests.assistant.feedback.office import LAN

HOURS = "Trẻ em thả tàu giấy từ mấy giờ?"
HOLE = "Tôi phản ánh đường trước chợ có hố sâu, xe ngã nhiều lần"
AGREE = "agree"


def _sent(service: Service, text: str = HOLE) -> str:
    """The code of what somebody has just sent by the shortest way."""
    lan = service.person()
    lan.says("/gui")
    lan.says(text)
    for step in ("skip.where", "skip.files", "skip.contact"):
        if any(step == label for message in lan.seen[-1:] for line in message.buttons for label, _ in line):
            lan.taps(step)
    (told,) = lan.taps(AGREE)
    return told.text.partition("code=")[2]


def test_a_question_is_answered_with_what_can_be_tapped_below(service: Service) -> None:
    lan = service.person()
    (answer,) = lan.says(HOURS)
    assert answer.text.startswith("answer answered")
    assert [label for line in answer.buttons for label, _ in line] == ["more", "notmine.button", "wrong.button"]
    assert texts(lan.taps("more"))[0].startswith("answer.more")


def test_an_event_that_comes_twice_is_answered_once(service: Service) -> None:
    lan = service.person()
    event = lan.event(text=HOURS)
    assert len(lan.does(event)) == 1
    assert lan.does(event) == []


def test_what_is_wrong_with_an_answer_is_kept_with_words(service: Service) -> None:
    lan = service.person()
    lan.says(HOURS)
    lan.taps("wrong.button")
    assert texts(lan.taps("wrong.incomplete")) == ["wrong.kept"]
    assert texts(lan.says("thiếu giờ của người lớn")) == ["wrong.thanks"]
    assert texts(lan.says(HOURS))[0].startswith("answer answered")


def test_a_matter_is_sent_in_short_steps_and_told_its_code(service: Service) -> None:
    lan = service.person()
    assert texts(lan.says("/gui")) == ["send.what"]
    assert texts(lan.says(HOLE)) == ["send.where"]
    assert texts(lan.says("chợ An Phú")) == ["send.files"]
    assert texts(lan.taps("skip.files")) == ["send.contact"]
    consent, check = lan.says("Nguyễn Thị Lan 0912 345 678")
    assert consent.text.startswith("consent")
    assert "contact=Nguyễn Thị Lan, 0912345678" in check.text
    (told,) = lan.taps(AGREE)
    code = told.text.partition("code=")[2]
    assert service.office.own_data.export(code).text == f"{HOLE}\n\n[chợ An Phú]"
    assert texts(lan.says(f"/theodoi {code}"))[0].startswith("track.status")


def test_a_second_tap_on_agree_sends_nothing_twice_and_tells_the_code_again(service: Service) -> None:
    code = _sent(service)
    lan = service.person()
    with reading(service.office.engine) as connection:
        before = connection.execute(select(submission.c.number)).all()
    version = service.office.desk.consents.current.version
    (again,) = texts(lan.does(lan.event(EventKind.BUTTON, f"agree:{version}", "tapped")))
    assert again == f"sent by=25/11/2026 code={code}"
    with reading(service.office.engine) as connection:
        assert connection.execute(select(submission.c.number)).all() == before


def test_a_draft_is_taken_up_again_after_days(service: Service) -> None:
    lan = service.person()
    lan.says("/gui")
    lan.says(HOLE)
    service.office.clock.move(timedelta(days=5))
    assert texts(lan.says("/gui")) == [f"send.resume text={HOLE}"]
    assert texts(lan.taps("resume")) == ["send.where"]


def test_a_photo_comes_along_without_where_it_was_taken(service: Service) -> None:
    lan = service.person()
    lan.says("/gui")
    lan.says(HOLE)
    lan.taps("skip.where")
    assert texts(lan.sends(FileKind.PHOTO, photo_of_a_place()))[0].startswith("file.taken")
    lan.taps("files.enough")
    lan.taps("skip.contact")
    lan.taps(AGREE)
    with reading(service.office.engine) as connection:
        (row,) = connection.execute(select(attachment)).all()
    assert row.kind == "image/jpeg"
    kept = service.office.vault.open_bytes(row.content, f"attachment.content:{row.submission}.{row.order}")
    assert tells_a_place(photo_of_a_place())
    assert not tells_a_place(kept)


def test_an_emergency_is_told_the_numbers_first_while_a_matter_is_written(service: Service) -> None:
    lan = service.person()
    lan.says("/gui")
    assert texts(lan.says("Nhà bên đang cháy, có người mắc kẹt"))[0] == "emergency"


def test_a_denunciation_is_guided_and_may_still_be_sent(service: Service) -> None:
    lan = service.person()
    lan.says("/gui")
    guided = texts(lan.says("Tôi tố cáo ông chủ tịch xã nhận tiền"))
    assert guided[-1] == "send.not_a_denunciation"
    assert texts(lan.taps("send.anyway")) == ["send.where"]


def test_a_question_about_a_situation_is_offered_to_be_sent(service: Service) -> None:
    lan = service.person()
    lan.says(HOLE)
    assert texts(lan.taps("send.report")) == ["send.where"]


def test_only_the_sender_is_offered_to_take_it_back(service: Service) -> None:
    code = _sent(service)
    stranger = service.person("2002")
    (status,) = stranger.says(f"/theodoi {code}")
    assert status.buttons == ()
    lan = service.person()
    (status,) = lan.says(f"/theodoi {code}")
    assert "withdraw.button" in [label for line in status.buttons for label, _ in line]
    lan.taps("withdraw.button")
    assert texts(lan.taps("withdraw.yes")) == [f"withdrawn code={code}"]


def test_a_made_up_button_of_anothers_code_does_nothing(service: Service) -> None:
    code = _sent(service)
    stranger = service.person("2002")
    assert texts(stranger.does(stranger.event(EventKind.BUTTON, f"withdrawn:{code}", "m"))) == ["track.not_found"]
    assert texts(stranger.does(stranger.event(EventKind.BUTTON, f"verdict:{code}:not", "m"))) == ["too_old"]


def test_everything_can_be_deleted(service: Service) -> None:
    code = _sent(service)
    lan = service.person()
    lan.says(HOURS)
    lan.says("/xoadulieu")
    assert texts(lan.taps("erase.all")) == ["erased.all"]
    assert texts(lan.says(f"/theodoi {code}")) == ["track.not_found"]


def test_a_wish_to_delete_may_be_typed(service: Service) -> None:
    lan = service.person()
    lan.says(HOURS)
    assert texts(lan.says("Xoá cuộc trò chuyện này"))[0].startswith("erase")
    assert texts(lan.taps("erase.talk")) == ["erased.talk"]


def test_an_edit_soon_after_is_added_to_what_was_sent(service: Service) -> None:
    lan = service.person()
    lan.says("/gui")
    first = lan.event(text=HOLE)
    lan.does(first)
    for step in ("skip.where", "skip.files", "skip.contact"):
        lan.taps(step)
    code = texts(lan.taps(AGREE))[0].partition("code=")[2]
    assert texts(lan.edits(f"{HOLE} đêm qua", first.message)) == [f"added code={code}"]
    assert [one.text for one in service.office.desk.messages.of_citizen(code)] == [f"{HOLE} đêm qua"]
    service.office.clock.move(timedelta(minutes=11))
    assert texts(lan.edits("khác", first.message))[0].startswith("edit.too_late")


def test_a_file_is_added_to_what_was_sent(service: Service) -> None:
    code = _sent(service)
    lan = service.person()
    lan.says(f"/theodoi {code}")
    lan.taps("add.button")
    assert texts(lan.sends(FileKind.PHOTO, photo_of_a_place())) == [f"added code={code}"]
    with reading(service.office.engine) as connection:
        assert len(connection.execute(select(attachment)).all()) == 1


def test_who_does_not_delete_after_all_keeps_what_they_were_writing(service: Service) -> None:
    lan = service.person()
    lan.says("/gui")
    lan.says(HOLE)
    lan.says("/xoadulieu")
    assert texts(lan.taps("cancel")) == ["skipped"]
    assert texts(lan.says("/gui")) == [f"send.resume text={HOLE}"]


def test_a_second_tap_on_never_mind_does_not_throw_away_what_is_being_written(service: Service) -> None:
    lan = service.person()
    lan.says("/gui")
    lan.says(HOLE)
    lan.says("/xoadulieu")
    for _ in range(2):
        assert texts(lan.does(lan.event(EventKind.BUTTON, "cancel", "tapped"))) == ["skipped"]
    assert texts(lan.says("/gui")) == [f"send.resume text={HOLE}"]
    assert texts(lan.says("/huy")) == ["cancelled"]
    assert texts(lan.says("/gui")) == ["send.what"]


def test_what_was_asked_days_ago_is_deleted_too(service: Service) -> None:
    lan = service.person()
    for _ in range(3):
        lan.says(HOURS)
        service.office.clock.move(timedelta(hours=25))
    lan.says("/xoadulieu")
    lan.taps("erase.talk")
    with reading(service.office.engine) as connection:
        assert connection.execute(select(turn.c.typed)).all() == []


def test_what_others_asked_is_not_deleted(service: Service) -> None:
    hung = service.person("2")
    hung.says(HOURS)
    lan = service.person()
    lan.says(HOURS)
    lan.says("/xoadulieu")
    lan.taps("erase.talk")
    with reading(service.office.engine) as connection:
        assert len(connection.execute(select(turn.c.typed)).all()) == 1


def test_where_others_read_along_nothing_is_taken_in(service: Service) -> None:
    lan = service.person("-500")
    answered = lan.does(replace(lan.event(text=HOURS), is_group=True))
    assert answered[0].text.startswith("answer answered")
    assert answered[0].buttons == ()
    assert texts(lan.does(replace(lan.event(text="/gui"), is_group=True))) == ["group"]


def test_the_letters_of_the_recommendation_database_reach_the_chat_once(service: Service) -> None:
    code = _sent(service)
    lan = service.person()
    service.office.understander.understand_waiting()
    service.letters()
    assert service.letters() == 0
    assert all("received" not in text for text in texts(lan.hears()))
    assert service.chats.desk.mailbox.counts().get("waiting", 0) == 0
    assert texts(lan.says(f"/theodoi {code}"))[0].startswith("track.status")


def on_an_english_phone(lan: Talker, text: str) -> list[str]:
    return texts(lan.does(replace(lan.event(text=text), language="en", is_language_guessed=True)))


def test_who_writes_vietnamese_on_an_english_phone_is_answered_in_vietnamese(service: Service) -> None:
    lan = service.person()
    assert on_an_english_phone(lan, "/huongdan") == ["help en"]
    on_an_english_phone(lan, "tre em tha tau giay tu may gio")
    assert on_an_english_phone(lan, "/huongdan") == ["help"]
    on_an_english_phone(lan, "From what time may children sail paper boats?")
    assert on_an_english_phone(lan, "/huongdan") == ["help en"]


def test_a_language_that_was_chosen_stays(service: Service) -> None:
    lan = service.person()
    lan.says("/ngonngu")
    lan.taps("language.en")
    on_an_english_phone(lan, HOURS)
    assert on_an_english_phone(lan, "/huongdan") == ["help en"]


def test_the_language_of_a_page_was_chosen_with_it(service: Service) -> None:
    lan = service.person()
    lan.does(replace(lan.event(text=HOURS), language="en"))
    assert texts(lan.does(replace(lan.event(text="/huongdan"), language="en"))) == ["help en"]


def test_a_name_tells_nothing_of_the_language(service: Service) -> None:
    lan = service.person()
    on_an_english_phone(lan, "/gui")
    on_an_english_phone(lan, "There has been a hole in the road before the market for weeks")
    assert on_an_english_phone(lan, "phường Ba Đình, Hà Nội")[0].split()[1] == "en"


def test_an_answer_in_a_group_shows_whom_it_answers_and_where_the_rest_is_to_be_had(service: Service) -> None:
    lan = service.person()
    (answer,) = lan.does(replace(lan.event(text=HOURS, message="77"), is_group=True))
    assert (answer.answers, answer.buttons) == ("77", ())
    (alone,) = lan.says(HOURS)
    assert alone.answers == ""
    has_more = any(action.startswith("more:") for row in alone.buttons for _, action in row)
    assert ("group.rest" in answer.text) is has_more


def test_a_flood_is_slowed_down_with_one_sentence(service: Service) -> None:
    lan = service.person()
    for _ in range(40):
        lan.does(lan.event(text="/huongdan"))
    assert sum(text == "slow" for text in texts(lan.seen)) == 1
    service.office.clock.move(timedelta(minutes=2))
    assert texts(lan.says("/huongdan")) == ["help"]


def test_what_fails_is_parked_and_the_person_is_told(service: Service) -> None:
    lan = service.person()
    # A file that the channel says it has and gives to nobody.
    event = replace(lan.event(EventKind.FILE), file=None)
    assert texts(lan.does(event)) == ["file.kind most=10"]
    lan.does(replace(lan.event(EventKind.FILE), file=FileAtChannel(FileKind.PHOTO, "nowhere")))
    for _ in range(3):
        service.office.clock.move(timedelta(minutes=2))
        service.work()
    assert texts(lan.hears()) == ["failed"]
    assert service.chats.desk.inbox.counts()["given_up"] == 1
    assert texts(lan.says("/huongdan")) == ["help"]


def test_a_worker_that_died_is_followed_by_another(service: Service) -> None:
    lan = service.person()
    service.chats.desk.receive([lan.event(text=HOURS)])
    assert len(service.worker("dying").desk.inbox.take(5)) == 1
    service.work()
    assert lan.hears() == []
    service.office.clock.move(timedelta(minutes=2))
    service.work()
    assert len(lan.hears()) == 1


def test_nobody_is_written_to_who_blocked_it(service: Service) -> None:
    _sent(service)
    service.letters()
    lan = service.person()
    lan.does(lan.event(EventKind.BLOCKED))
    service.office.understander.understand_waiting()
    with reading(service.office.engine) as connection:
        (matter,) = connection.execute(select(recommendation)).all()
    service.office.desk.messages.tell(matter.number, matter.version, "Xin cho biết thêm địa điểm", LAN)
    assert service.letters() == 0
    assert lan.hears() == []
    assert service.office.outbox().counts()["given_up"] == 1
    assert texts(lan.says("/huongdan")) == ["help"]
    with reading(service.office.engine) as connection:
        (later,) = connection.execute(select(recommendation)).all()
    service.office.desk.messages.tell(later.number, later.version, "Đã rõ, cảm ơn", LAN)
    assert service.letters() == 1


def test_what_an_officer_asks_is_answered_in_the_chat(service: Service) -> None:
    code = _sent(service)
    service.office.understander.understand_waiting()
    with reading(service.office.engine) as connection:
        (matter,) = connection.execute(select(recommendation)).all()
    service.office.desk.messages.tell(matter.number, matter.version, "Xin cho biết thêm địa điểm", LAN)
    service.letters()
    lan = service.person()
    (asked,) = lan.hears()
    assert asked.text == f"outbox.message code={code} text=Xin cho biết thêm địa điểm"
    lan.taps("reply.button")
    assert texts(lan.says("Trước cổng chợ")) == [f"added code={code}"]
    assert [one.text for one in service.office.desk.messages.of_citizen(code)][-1] == "Trước cổng chợ"
