"""What is offered below an answer or on the way: joining others early, sending a part or all the same, short buttons, the way back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.answering.types import Answer
from assistant.chats.types import ShownAnswer
from tests.assistant.chats.chatting import PlainWords, Service, texts
from tests.telegram.scenarios.officers import Officers

HOURS = "Trẻ em thả tàu giấy từ mấy giờ?"
HOLE = "Tôi phản ánh đường trước chợ có hố sâu, xe ngã nhiều lần"
BILL = "Tôi góp ý dự thảo Luật Nhà ở sửa đổi: đề nghị kéo dài thời hạn vay mua nhà ở xã hội lên 35 năm"
LIGHTS = "Đèn đường ngõ 12 thôn Đông hỏng cả tháng nay, tối đi lại rất nguy hiểm, đề nghị sửa"
MIXED = f"{HOLE}. Với lại cho tôi hỏi {HOURS}"
DENUNCIATION = "Tôi tố cáo ông chủ tịch xã nhận tiền"
PAPERS = ("Tờ khai đăng ký khai sinh theo mẫu do Bộ trưởng Bộ Tư pháp ban hành", "Giấy chứng sinh", "Căn cước của người đi đăng ký")


def labels(message: object) -> list[str]:
    return [label for line in getattr(message, "buttons", ()) for label, _ in line]


def _published(service: Service) -> str:
    """Somebody's report that everybody may read; its code."""
    binh, officers = service.person("3003"), Officers(service.office.desk)
    for said in ("/gui", LIGHTS, "không", "không", "không"):
        binh.says(said)
    code = texts(binh.taps("agree"))[0].partition("code=")[2]
    service.office.understander.understand_waiting()
    officers.answers(code, "Đã giao đơn vị chiếu sáng sửa xong.")
    officers.publishes(code, "Sửa đèn đường ngõ 12 thôn Đông", LIGHTS)
    return code


def test_what_is_public_already_is_offered_before_files_and_contact_are_asked_for(service: Service) -> None:
    code = _published(service)
    hoa = service.person("4004")
    assert texts(hoa.says("/gui")) == ["send.what"]
    assert texts(hoa.says(LIGHTS)) == ["send.where"]
    (like,) = hoa.says("không")
    assert like.text == "send.like"
    assert labels(like) == ["support Sửa đèn đường ngõ 12 thôn Đông", "send.anyway", "cancel"]
    assert texts(hoa.taps("support Sửa đèn đường ngõ 12 thôn Đông")) == ["supported"]
    assert texts(hoa.taps("send.enough")) == ["supported.enough"]
    assert Officers(service.office.desk).supporters(code) == 1


def test_whoever_wishes_something_else_goes_on_and_is_not_asked_again(service: Service) -> None:
    _published(service)
    hoa = service.person("4004")
    for said in ("/gui", LIGHTS, "không"):
        hoa.says(said)
    assert texts(hoa.says("có"))[0] == "send.like"
    assert texts(hoa.taps("send.anyway")) == ["send.files"]
    assert texts(hoa.taps("skip.files")) == ["send.contact"]
    assert texts(hoa.taps("skip.contact"))[-1].startswith("send.check")


def test_a_denunciation_is_compared_with_nothing(service: Service) -> None:
    _published(service)
    an = service.person("5005")
    for said in ("/gui", f"Tôi tố cáo. {LIGHTS}"):
        an.says(said)
    an.taps("send.anyway")
    assert texts(an.taps("skip.where")) == ["send.files"]


def test_a_wish_for_another_law_is_not_asked_for_its_place(service: Service) -> None:
    hai = service.person()
    hai.says("/gui")
    assert texts(hai.says(BILL)) == ["send.files"]


def test_the_question_of_a_mixed_message_is_answered_and_the_rest_offered_to_be_sent(service: Service) -> None:
    tam = service.person()
    answer, rest = tam.says(MIXED)
    assert answer.text.startswith("answer answered")
    assert rest.text == f"mixed text={HOLE}."
    assert labels(rest) == ["send.report"]
    assert texts(tam.taps("send.report")) == ["send.where"]
    for step in ("skip.where", "skip.files"):
        tam.taps(step)
    assert texts(tam.taps("skip.contact"))[-1] == f"send.check text={HOLE}."


def test_in_a_mixed_message_danger_comes_first(service: Service) -> None:
    tam = service.person()
    assert len(tam.says(f"Nhà bên đang cháy, có người mắc kẹt, cứu với. {MIXED}")) == 1


def test_where_others_read_along_no_part_is_shown_apart(service: Service) -> None:
    tam = service.person("-500")
    (answer,) = tam.does(replace(tam.event(text=MIXED), is_group=True))
    assert answer.buttons == ()


@pytest.mark.parametrize(("said", "told"), [(DENUNCIATION, "denunciation"), ("Tôi khiếu nại quyết định thu hồi đất", "complaint")])
def test_guidance_comes_with_a_button_to_send_it_all_the_same(service: Service, said: str, told: str) -> None:
    an = service.person()
    guided, choice = an.says(said)
    assert guided.text.startswith("answer handed_to_feedback")
    assert choice.text == f"send.not_a_{told}"
    assert labels(choice) == ["send.anyway"]
    # Guided once is enough.
    assert texts(an.taps("send.anyway")) == ["send.where"]
    asked_next = texts(an.taps("skip.where")), texts(an.taps("skip.files"))
    is_secret = told == "denunciation"
    assert asked_next[0] == ["send.files"]
    assert asked_next[1][-1].startswith("send.check") is is_secret


@pytest.mark.parametrize("before", ["", "Chuyện dài lắm. " * 700])
def test_what_is_added_takes_no_promised_seal_away(service: Service, before: str) -> None:
    an = service.person()
    an.says("/gui")
    said = an.says(f"{before}{DENUNCIATION}")
    if "send.anyway" in labels(said[-1]):
        an.taps("send.anyway")
    an.taps("skip.where")
    an.says("Chuyện dài lắm. " * 700)
    assert not any(text.startswith("send.contact") for text in texts(an.taps("skip.files")))


def test_nothing_more_is_asked_of_whoever_may_be_in_danger_until_they_go_on(service: Service) -> None:
    yen = service.person()
    yen.says("/gui")
    (numbers,) = yen.says("Nhà bên đang cháy, có người mắc kẹt")
    assert numbers.text == "emergency"
    assert labels(numbers) == ["resume", "cancel"]
    assert texts(yen.taps("resume")) == ["send.where"]


def test_a_paper_has_a_short_button_and_its_whole_name_in_the_text(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = PlainWords.answer

    def with_papers(words: PlainWords, answer: Answer, language: str) -> ShownAnswer:
        return replace(plain(words, answer, language), papers=PAPERS)

    monkeypatch.setattr(PlainWords, "answer", with_papers)
    mai = service.person()
    mai.says(HOURS)
    (listed,) = mai.taps("papers.button")
    assert all(f"{number}. {paper}" in listed.text for number, paper in enumerate(PAPERS, start=1))
    assert labels(listed) == ["paper.open 1. Tờ khai đăng ký…", "paper.open 2. Giấy chứng sinh", "paper.open 3. Căn cước của…"]
    (ticked,) = mai.taps("paper.open 1. Tờ khai đăng ký…")
    assert f"ready=1. {PAPERS[0]}" in ticked.text
    assert labels(ticked)[0] == "paper.had 1. Tờ khai đăng ký…"


def test_a_greeting_is_answered_with_the_three_big_buttons(service: Service) -> None:
    ba = service.person()
    (greeted,) = ba.says("Chào bạn")
    assert labels(greeted) == ["menu.ask", "menu.send", "menu.track"]


def test_a_greeting_in_english_has_english_buttons_which_lead_on_in_english(service: Service) -> None:
    john = service.person()
    (greeted,) = john.says("Good morning")
    assert labels(greeted) == ["menu.ask.en", "menu.send.en", "menu.track.en", "language.vi"]
    assert texts(john.says("/huongdan")) == ["help"]
    assert texts(john.taps("menu.send.en")) == ["send.what en"]
    (again,) = service.person("2002").says("Hello")
    assert labels(again)[-1] == "language.vi"


def test_thanks_ask_for_nothing(service: Service) -> None:
    (thanked,) = service.person().says("Thank you very much")
    assert thanked.buttons == ()


def test_a_question_is_answered_although_a_code_was_asked_for(service: Service) -> None:
    lan = service.person()
    (asked,) = lan.says("/theodoi")
    assert labels(asked) == ["cancel"]
    assert texts(lan.says("DH-22222-22222-3")) == ["track.not_found"]
    assert texts(lan.says("thả tàu giấy mấy giờ"))[0].startswith("answer")


@pytest.mark.parametrize("command", ["/huongdan", "/nguoithat"])
def test_whoever_looks_something_up_finds_the_way_back_to_what_they_were_writing(service: Service, command: str) -> None:
    lan = service.person()
    for said in ("/gui", HOLE):
        lan.says(said)
    (looked_up,) = lan.says(command)
    assert "resume" in labels(looked_up)
    assert texts(lan.taps("resume")) == ["send.where"]


def test_a_wish_to_keep_the_commune_can_be_dropped_and_leads_back(service: Service) -> None:
    lan = service.person()
    for said in ("/gui", HOLE):
        lan.says(said)
    (asked,) = lan.says("/diachi")
    assert labels(asked) == ["cancel"]
    (dropped,) = lan.taps("cancel")
    assert dropped.text == "skipped"
    assert labels(dropped) == ["resume"]
