"""Answers in Telegram's HTML: the short one that is said at once, and what is folded away."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from assistant.answering.comparing import ComparedSide, SideState
from assistant.answering.types import Answer, Outcome
from assistant.chats.types import Said, ShownAnswer
from assistant.understanding.facts import Facts
from bots.chat.cutting import LONGEST_TEXT
from bots.chat.wording import answer_sentences
from bots.telegram.words import TelegramWords
from corpus.area_types import Area, Level, PlaceMatch
from corpus.ids import ProvisionId
from corpus.types import Validity
from tests.bots.answers import FULL_PROCEDURE, answers_of_all_kinds
from tests.telegram.emulator.html_mode import read_html
from tests.telegram.emulator.rich_text import part, units

WORDS = TelegramWords()
VI, DIALOGUE = answer_sentences("vi")
LANGUAGES = pytest.mark.parametrize("language", ["vi", "en"])
LONG_CLAUSES = "\n".join(f"{number}. Khoản thứ {number} " + "nói về việc thả tàu giấy trên hồ. " * 8 for number in range(1, 13)).strip()


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Answer]:
    return answers_of_all_kinds(tmp_path_factory.mktemp("answers"))


def read(markup: str) -> str:
    return read_html(markup).text


def spans(markup: str, kind: str) -> list[str]:
    rich = read_html(markup)
    return [part(rich.text, one.offset, one.length) for one in rich.entities if one.kind == kind]


def shown(answer: Answer, language: str = "vi") -> ShownAnswer:
    return WORDS.answer(answer, language)


@LANGUAGES
def test_every_answer_is_valid_and_its_first_message_short(answers: dict[str, Answer], language: str) -> None:
    for name, answer in answers.items():
        told = shown(answer, language)
        assert 0 < units(read(told.first)) <= 1_200, name
        for message in messages_of(told, language):
            text = read(message)
            assert text.strip(), name
            assert units(text) <= LONGEST_TEXT
            assert "None" not in text
            assert "{" not in text


def messages_of(told: ShownAnswer, language: str) -> list[str]:
    said = (Said("answer", parts=(told.first,)), Said("answer.more", parts=told.more), Said("answer.where", parts=(told.where,)))
    return [message.text for one in said if any(one.parts) for message in WORDS.messages(one, language)]


@LANGUAGES
def test_an_answer_is_the_same_after_it_was_kept(answers: dict[str, Answer], language: str) -> None:
    for answer in answers.values():
        told = shown(answer, language)
        assert ShownAnswer.of_json(json.loads(json.dumps(told.to_json(), ensure_ascii=False))) == told


def test_law_is_said_in_bold_quoted_and_linked(answers: dict[str, Answer]) -> None:
    told = shown(answers["law"])
    assert told.first.startswith("Theo khoản 1 Điều 5 Bộ luật Tàu giấy số 901/2020/QH14: <b>Trẻ em được thả")
    assert spans(told.first, "bold") == ["Trẻ em được thả tàu giấy từ 6 giờ đến 18 giờ."]
    assert spans(told.first, "blockquote") == ["1. Trẻ em được thả tàu giấy từ 6 giờ đến 18 giờ."]
    assert spans(told.first, "text_link") == ["Khoản 1 Điều 5 Bộ luật Tàu giấy số 901/2020/QH14"]
    assert "hiệu lực từ 01/01/2021" in told.first
    assert read(told.first).endswith(VI.machine_notice)
    assert spans(told.more[0], "blockquote") == ["2. Người lớn được thả tàu giấy cả ngày."]
    assert told.more[-1].startswith(VI.related_heading)
    assert told.provisions == ("901/2020/QH14@5.1", "901/2020/QH14@5.2")
    assert [str(ProvisionId.parse(one)) for one in told.provisions] == list(told.provisions)


def test_the_quotation_is_the_one_that_the_lead_is_taken_from(answers: dict[str, Answer]) -> None:
    told = shown(answers["late clause"])
    assert spans(told.first, "blockquote") == ["3. Giấy phép có thời hạn 5 năm."]
    assert "1. Người thả tàu giấy lớn phải có giấy phép." in told.more[0]
    assert "3. Giấy phép" not in told.more[0]


def test_the_last_day_in_force_is_told_as_the_last_day(answers: dict[str, Answer]) -> None:
    assert "hiệu lực từ 01/01/2021 đến hết 30/06/2023" in shown(answers["old law"]).first


def test_what_was_restored_is_told_and_kept(answers: dict[str, Answer]) -> None:
    told = shown(answers["old law"])
    assert told.restored == answers["old law"].question.restored
    assert told.first.startswith(f"<i>Tôi hiểu là: {told.restored}</i>")
    assert shown(answers["law"]).restored == ""
    assert "Tôi hiểu là" not in shown(answers["law"]).first


def test_later_changes_are_warned_of_once_beside_the_first_quotation(answers: dict[str, Answer]) -> None:
    told = shown(answers["changed law"])
    assert read(told.first).count("Lưu ý:") == 2
    assert not any("Lưu ý:" in one for one in told.more)
    assert "⚠" not in told.first


def test_a_long_quotation_is_cut_between_clauses_and_whole_behind_the_button(answers: dict[str, Answer]) -> None:
    law = answers["law"]
    citation = replace(law.citations[0], quote=LONG_CLAUSES)
    told = shown(replace(law, citations=(citation,), lead="Khoản thứ 7 nói về việc"))
    (quote,) = spans(told.first, "blockquote")
    lines = quote.splitlines()
    assert (lines[0], lines[-1]) == ("[…]", "[…]")
    assert lines[1].startswith("7. Khoản thứ 7")
    assert all(line in LONG_CLAUSES for line in lines[1:-1])
    assert units(read(told.first)) <= 1_200
    assert spans(told.more[0], "blockquote") == [LONG_CLAUSES]


def test_one_clause_that_is_too_long_is_cut_within(answers: dict[str, Answer]) -> None:
    law = answers["law"]
    told = shown(replace(law, citations=(replace(law.citations[0], quote="Tàu & giấy <thả>; " * 200),), lead=""))
    (quote,) = spans(told.first, "blockquote")
    assert quote.startswith("Tàu & giấy <thả>;")
    assert quote.endswith("…\n[…]")
    assert units(read(told.first)) <= 1_200


@pytest.mark.parametrize("url", [None, "javascript:alert(1)", 'https://example.org/"><b>', "ftp://example.org"])
def test_only_an_address_of_the_web_is_linked(answers: dict[str, Answer], url: str | None) -> None:
    law = answers["law"]
    told = shown(replace(law, citations=tuple(replace(one, url=url) for one in law.citations)))
    assert "<a" not in told.first
    assert "Khoản 1 Điều 5" in told.first


def test_dangers_come_first(answers: dict[str, Answer]) -> None:
    for name in ("emergency", "other reading"):
        lines = read(shown(answers[name]).first).splitlines()
        assert lines[1].startswith("113 – công an")
    assert "Theo khoản 1 Điều 5" in shown(answers["other reading"]).first


def test_a_procedure_begins_with_who_fees_time_and_steps(answers: dict[str, Answer]) -> None:
    told = shown(answers["full procedure"])
    headings = [VI.who_heading, VI.fee_heading, VI.time_heading, VI.steps_heading]
    assert spans(told.first, "bold") == ["Thủ tục: Đăng ký tên tàu giấy", *headings]
    more = "\n".join(told.more)
    for heading in (VI.online_heading, VI.result_heading, VI.change_heading, VI.notes_heading, VI.basis_heading, VI.unchecked_heading):
        assert f"<b>{heading}</b>" in more
    assert VI.checked_on.format(day="01/12/2025") in told.more
    assert not any(heading in more for heading in (*headings, VI.papers_heading, VI.where_heading))
    assert told.papers == ("Tờ khai – nộp, 1 bản chính, mẫu TG-01", "Căn cước – xuất trình, 2 bản sao (làm hộ)")
    assert read(told.where) == "Nộp ở đâu\nỦy ban nhân dân cấp xã (tiếp nhận tại Trung tâm Phục vụ hành chính công; tàu nhỏ)"


def test_a_long_procedure_is_short_at_first_and_whole_behind_the_button(answers: dict[str, Answer]) -> None:
    steps = tuple(f"Bước {number}: " + "mang hồ sơ đến nơi tiếp nhận. " * 10 for number in range(8))
    long = replace(FULL_PROCEDURE, who="Người có tàu giấy, " * 60, steps=steps, fees=FULL_PROCEDURE.fees * 20)
    told = shown(replace(answers["procedure"], procedure=long))
    assert units(read(told.first)) <= 1_200
    more = read("\n".join(told.more))
    assert all(step.strip() in more for step in steps)
    assert long.who.strip() in more
    assert more.count("5.000 đồng") == 20


def test_whoever_complains_or_denounces_is_shown_the_whole_way(answers: dict[str, Answer]) -> None:
    denunciation = replace(answers["denunciation"], procedure=FULL_PROCEDURE)
    told = shown(denunciation)
    assert told.first.startswith("Tin nhắn này chưa phải là tố cáo")
    more = "\n".join(told.more)
    assert VI.where_heading in more
    assert VI.papers_heading in more
    assert told.sendable == ""


@pytest.mark.parametrize(
    ("outcome", "basis", "sendable"),
    [
        (Outcome.HANDED_TO_FEEDBACK, "report", "report"),
        (Outcome.HANDED_TO_FEEDBACK, "recommendation", "recommendation"),
        (Outcome.HANDED_TO_FEEDBACK, "complaint", ""),
        (Outcome.OUT_OF_SCOPE, "small_talk", ""),
        (Outcome.ANSWERED, "law", ""),
    ],
)
def test_reports_and_recommendations_can_be_sent_on(answers: dict[str, Answer], outcome: Outcome, basis: str, sendable: str) -> None:
    assert shown(replace(answers["refusal"], outcome=outcome, basis=basis)).sendable == sendable


def test_readings_are_offered_by_their_routes(answers: dict[str, Answer]) -> None:
    told = shown(answers["unsure"])
    assert told.options == (("report", "Phản ánh sự việc"), ("legal_question", "Hỏi quy định pháp luật"))
    assert read(told.first).splitlines()[1:] == ["– Phản ánh sự việc", "– Hỏi quy định pháp luật"]
    assert shown(answers["other reading"]).first.endswith("Hay ý ông/bà là: Phản ánh sự việc")


def test_two_kinds_of_one_label_are_offered_once(answers: dict[str, Answer]) -> None:
    told = shown(replace(answers["unsure"], options=("small_talk", "report", "out_of_scope")))
    assert [label for _, label in told.options] == ["Nói chuyện khác", "Phản ánh sự việc"]


@LANGUAGES
def test_a_fact_is_asked_back_with_options_that_the_assistant_understands(answers: dict[str, Answer], language: str) -> None:
    facts = Facts.load()
    fact = facts.find("spouse_citizenship")
    assert fact
    told = shown(replace(answers["procedure"], asked_back=fact), language)
    chosen = [facts.chosen(value) for value, _ in told.options]
    assert [one[1] for one in chosen if one] == list(fact.options)
    assert all(f"{number}. {label}" in read(told.first) for number, (_, label) in enumerate(told.options, start=1))
    assert " bạn " not in told.first


def test_law_of_another_time_is_named_at_once(answers: dict[str, Answer]) -> None:
    told = shown(answers["not in force"])
    assert "Điều 5. Giờ thả tàu" in told.first
    assert told.more == ()
    assert "6 giờ đến 18 giờ" not in told.first


def test_a_past_day_is_named_at_once_and_what_changed_since_is_folded(answers: dict[str, Answer]) -> None:
    told = shown(answers["past day"])
    assert told.first.startswith("Trả lời theo quy định có hiệu lực vào ngày 04/05/2022")
    assert "Lưu ý: Điều 5 nay đã có nội dung khác, từ 01/07/2023." in told.more


def test_what_a_model_wrote_is_marked_and_the_law_is_quoted_all_the_same(answers: dict[str, Answer]) -> None:
    assert shown(answers["worded"]).first.startswith("Tóm lại (máy viết")
    for name in ("worded", "no model"):
        assert spans(shown(answers[name]).first, "blockquote")


def test_a_refusal_says_so_and_gives_a_next_step(answers: dict[str, Answer]) -> None:
    told = shown(answers["refusal"])
    assert told.first.splitlines() == [VI.no_source, VI.no_source_next]
    assert not spans(told.first, "blockquote")


def test_what_is_named_and_not_there_is_said_by_its_name(answers: dict[str, Answer]) -> None:
    assert "điểm k khoản 2 Điều 8" in shown(answers["missing"]).first
    assert "“Bộ luật Tàu giấy 1999”" in shown(answers["unknown document"]).first


def test_both_sides_of_a_comparison_are_told(answers: dict[str, Answer]) -> None:
    law = answers["law"]
    sides = (
        ComparedSide("trẻ em", law.question.as_of, SideState.QUOTED, law.lead),
        ComparedSide("người lớn", law.question.as_of, SideState.NOT_HELD),
    )
    first = read(shown(replace(law, sides=sides, lead="")).first)
    assert first.startswith(f"Trẻ em: {law.lead}\nNgười lớn: {DIALOGUE.sides_of_side['not_held']}")


def test_places_are_told_with_what_they_are_today(answers: dict[str, Answer]) -> None:
    today = Area("00004", "Phường Ba Đình", "Phường Ba Đình, Thành phố Hà Nội", Level.COMMUNE, "01", Validity())
    told = shown(replace(answers["law"], places=(PlaceMatch("Trúc Bạch", 0, 9, None, (today,)),)))
    assert told.first.endswith("Nơi ông/bà nói đến: Trúc Bạch, nay là Phường Ba Đình, Thành phố Hà Nội.")


def test_whoever_asks_for_their_file_is_told_how_to_follow_what_they_sent(answers: dict[str, Answer]) -> None:
    asked = replace(answers["refusal"], outcome=Outcome.OUT_OF_SCOPE, basis="account_status", related=())
    assert "/theodoi" in shown(asked).first
    assert "/track" in shown(asked, "en").first


def test_words_of_the_asker_cannot_break_the_markup(answers: dict[str, Answer]) -> None:
    question = replace(answers["law"].question, typed="x", restored="<b>thả & tàu</i> &lt;")
    assert "Tôi hiểu là: <b>thả & tàu</i> &lt;" in read(shown(replace(answers["law"], question=question)).first)


def test_guides_address_the_reader_as_the_chat_does_and_quoted_procedures_stay(answers: dict[str, Answer]) -> None:
    guide = replace(FULL_PROCEDURE, notes=("Bạn nhớ mang tàu.",))
    quoted = replace(guide, is_guide=False)
    assert any("Ông/bà nhớ mang tàu." in one for one in shown(replace(answers["procedure"], procedure=guide)).more)
    assert any("Bạn nhớ mang tàu." in one for one in shown(replace(answers["procedure"], procedure=quoted)).more)


def test_a_single_long_line_is_cut_without_a_list(answers: dict[str, Answer]) -> None:
    long = replace(FULL_PROCEDURE, who="Người có tàu giấy, " * 60)
    first = read(shown(replace(answers["procedure"], procedure=long)).first)
    assert first.splitlines()[3].endswith("…")
    assert "– Người có tàu" not in first
