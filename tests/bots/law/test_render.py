"""What people read, sentence by sentence."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from assistant.answering.types import AddedLater, Answer, LaterChange, Outcome
from assistant.answering.understand import MAX_QUESTION_CHARS
from bots.law.render import answer_text, basis_document, day, place_of, procedure_text
from bots.wording import ENGLISH, VIETNAMESE, Sentences
from corpus.ids import ProvisionId
from corpus.types import Level, Paper, ReceivingPlace
from tests.assistant.toy_law import PAPERS
from tests.bots.answers import FULL_PROCEDURE, answers_of_all_kinds


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Answer]:
    return answers_of_all_kinds(tmp_path_factory.mktemp("render"))


def first_line(answer: Answer, words: Sentences = VIETNAMESE) -> str:
    return answer_text(answer, words).splitlines()[0]


def test_an_answer_says_where_what_and_since_when(answers: dict[str, Answer]) -> None:
    assert answer_text(answers["law"], VIETNAMESE).splitlines()[:6] == [
        "Theo khoản 1 Điều 5 Bộ luật Tàu giấy số 901/2020/QH14: Trẻ em được thả tàu giấy từ 6 giờ đến 18 giờ.",
        "",
        "▸ Điều 5. Giờ thả tàu",
        "  Bộ luật Tàu giấy số 901/2020/QH14; hiệu lực từ 01/01/2021; https://example.org/tau-giay",
        "  1. Trẻ em được thả tàu giấy từ 6 giờ đến 18 giờ.",
        "  2. Người lớn được thả tàu giấy cả ngày.",
    ]


def test_the_lead_names_the_clause_that_it_was_taken_from(answers: dict[str, Answer]) -> None:
    assert first_line(answers["late clause"]) == "Theo khoản 3 Điều 8 Bộ luật Tàu giấy số 901/2020/QH14: Giấy phép có thời hạn 5 năm."


def test_a_named_point_is_called_a_point(answers: dict[str, Answer]) -> None:
    assert (
        first_line(answers["point"])
        == "Theo điểm b khoản 2 Điều 8 Bộ luật Tàu giấy số 901/2020/QH14: Hồ sơ xin giấy phép gồm: Bản vẽ con tàu;"
    )


def test_the_last_day_in_force_is_told_as_the_last_day(answers: dict[str, Answer]) -> None:
    assert "hiệu lực từ 01/01/2021 đến hết 30/06/2023" in answer_text(answers["old law"], VIETNAMESE)
    assert "đến hết" not in answer_text(answers["new law"], VIETNAMESE)


def test_marks_put_back_are_shown_first(answers: dict[str, Answer]) -> None:
    assert first_line(answers["old law"]) == VIETNAMESE.understood_as.format(text=answers["old law"].question.restored)
    assert "Tôi hiểu là" not in answer_text(answers["law"], VIETNAMESE)


@pytest.mark.parametrize("words", [VIETNAMESE, ENGLISH], ids=["vi", "en"])
def test_every_law_answer_says_that_a_machine_quoted_it(answers: dict[str, Answer], words: Sentences) -> None:
    for name in ("law", "old law", "point", "changed law", "partly answered"):
        assert words.machine_notice in answer_text(answers[name], words), name


def test_what_changed_since_stands_beside_the_article(answers: dict[str, Answer]) -> None:
    warnings = [line for line in answer_text(answers["changed law"], VIETNAMESE).splitlines() if "⚠" in line]
    assert len(warnings) == 2
    assert "đã được sửa đổi bởi Luật sửa đổi Bộ luật Tàu giấy số 1/2024/QH15, có hiệu lực từ 01/01/2024" in warnings[0]
    assert "cần kiểm tra" in warnings[1]


def test_two_texts_of_an_article_stand_each_under_its_own_days(answers: dict[str, Answer]) -> None:
    both = replace(answers["new law"], citations=(answers["old law"].citations[0], answers["new law"].citations[0]), lead="")
    lines = answer_text(both, VIETNAMESE).splitlines()
    for since, fine in (("hiệu lực từ 01/01/2021 đến hết 30/06/2023", "100 đồng"), ("hiệu lực từ 01/07/2023", "300 đồng")):
        document = next(number for number, line in enumerate(lines) if f"; {since};" in line)
        assert lines[document - 1].startswith("▸ Điều 12")
        assert fine in lines[document + 1]


def test_later_changes_stand_once_for_each_article(answers: dict[str, Answer]) -> None:
    assert len(answers["changed law"].citations) == 2
    assert answer_text(answers["changed law"], VIETNAMESE).count("1/2024/QH15") == 1


@pytest.mark.parametrize("words", [VIETNAMESE, ENGLISH], ids=["vi", "en"])
def test_a_refusal_says_so_gives_a_next_step_and_quotes_nothing(answers: dict[str, Answer], words: Sentences) -> None:
    lines = answer_text(answers["refusal"], words).splitlines()
    assert lines[:2] == [words.no_source, words.no_source_next]
    assert lines[3] == words.related_heading
    assert not [line for line in lines if line.startswith("▸")]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("empty", VIETNAMESE.empty_question),
        ("no words", VIETNAMESE.no_words),
        ("too long", VIETNAMESE.too_long.format(limit=MAX_QUESTION_CHARS)),
    ],
)
def test_what_is_no_question_gets_one_sentence(answers: dict[str, Answer], name: str, expected: str) -> None:
    assert answer_text(answers[name], VIETNAMESE) == expected


def test_law_of_another_time_is_named_but_not_quoted(answers: dict[str, Answer]) -> None:
    text = answer_text(answers["not in force"], VIETNAMESE)
    assert text.startswith("Không có quy định nào có hiệu lực vào ngày 01/01/2019")
    assert "Điều 5. Giờ thả tàu" in text
    assert "6 giờ đến 18 giờ" not in text


def test_a_procedure_has_all_its_parts_in_order() -> None:
    text = procedure_text(FULL_PROCEDURE, VIETNAMESE)
    headings = [
        VIETNAMESE.procedure_heading.format(name=FULL_PROCEDURE.name),
        *(f"{heading}:" for heading in (VIETNAMESE.who_heading, VIETNAMESE.where_heading, VIETNAMESE.steps_heading)),
        *(f"{heading}:" for heading in (VIETNAMESE.papers_heading, VIETNAMESE.fee_heading, VIETNAMESE.time_heading)),
        *(f"{heading}:" for heading in (VIETNAMESE.online_heading, VIETNAMESE.result_heading)),
        *(f"{heading}:" for heading in (VIETNAMESE.change_heading, VIETNAMESE.notes_heading, VIETNAMESE.basis_heading)),
        f"{VIETNAMESE.unchecked_heading}:",
        VIETNAMESE.checked_on.format(day="01/12/2025"),
    ]  # fmt: skip
    assert [line for line in text.splitlines() if not line.startswith("  ")] == headings
    assert "- Căn cước – xuất trình, 2 bản sao (" in text
    assert "- Tờ khai – nộp, 1 bản chính, mẫu TG-01" in text
    assert "- 5.000 đồng (" in text


def test_the_basis_of_a_procedure_is_named_as_people_read_it_wherever_its_texts_are(answers: dict[str, Answer]) -> None:
    lines = answer_text(answers["procedure"], VIETNAMESE).splitlines()
    basis = lines.index(f"{VIETNAMESE.basis_heading}:")
    assert lines[basis + 1 : basis + 3] == [
        "  - Khoản 3 Điều 8, Điều 404 Bộ luật Tàu giấy số 901/2020/QH14",
        "  - Nghị định 902/2020/ND-CP không có trong kho",
    ]


@pytest.mark.parametrize(
    ("title", "number", "expected"),
    [
        ("Luật Hộ tịch", "60/2014/QH13", "Luật Hộ tịch số 60/2014/QH13"),
        ("Pháp lệnh Ưu đãi người có công", "02/2020/UBTVQH14", "Pháp lệnh Ưu đãi người có công số 02/2020/UBTVQH14"),
        ("Nghị định sửa đổi Nghị định 23/2015/NĐ-CP", "280/2025/NĐ-CP", "Nghị định 280/2025/NĐ-CP sửa đổi Nghị định 23/2015/NĐ-CP"),
        ("Nghị quyết về tổ chức bộ máy", "190/2025/QH15", "Nghị quyết 190/2025/QH15 về tổ chức bộ máy"),
        ("Thông tư", "01/2020/TT-BTP", "Thông tư 01/2020/TT-BTP"),
        ("Quy trình chi trả", "2222/QĐ-BHXH", "Quy trình chi trả số 2222/QĐ-BHXH"),  # no kind in its title
        ("Luật Nhà ở số 27/2023/QH15", "27/2023/QH15", "Luật Nhà ở số 27/2023/QH15"),  # as the portal has it
        ("Thông tư của Bộ trưởng", "", "Thông tư của Bộ trưởng"),  # the portal's row has no number
    ],
)
def test_a_document_of_the_basis_is_called_as_documents_are_cited(title: str, number: str, expected: str) -> None:
    assert basis_document(title, number) == expected


@pytest.mark.parametrize(
    ("body", "receives_at", "when", "expected"),
    [
        ("Ủy ban nhân dân xã", "Bộ phận một cửa", "tàu nhỏ", "Ủy ban nhân dân xã (tiếp nhận tại Bộ phận một cửa; tàu nhỏ)"),
        ("Ủy ban nhân dân xã", None, "tàu nhỏ", "Ủy ban nhân dân xã (tàu nhỏ)"),
        ("Ủy ban nhân dân xã", None, None, "Ủy ban nhân dân xã"),
        ("Trung tâm hành chính công tỉnh", "Trung tâm hành chính công", None, "Trung tâm hành chính công tỉnh"),  # not said twice
    ],
)  # fmt: skip
def test_a_place_to_submit_has_its_conditions_in_one_bracket(body: str, receives_at: str | None, when: str | None, expected: str) -> None:
    place = ReceivingPlace(Level.COMMUNE, body, receives_at, when)
    assert f"  - {expected}\n" in procedure_text(replace(FULL_PROCEDURE, where=(place,)), VIETNAMESE)


@pytest.mark.parametrize(("form", "expected"), [("TG-01", "mẫu TG-01"), ("Mẫu số 18", "mẫu số 18")])
def test_a_form_is_called_a_form_once(form: str, expected: str) -> None:
    text = procedure_text(replace(FULL_PROCEDURE, papers=(Paper("Tờ khai", form=form),)), VIETNAMESE)
    assert f"- Tờ khai – nộp, {expected}\n" in text


def test_parts_that_a_procedure_lacks_have_no_heading(answers: dict[str, Answer]) -> None:
    text = answer_text(answers["procedure"], VIETNAMESE)
    assert VIETNAMESE.fee_heading not in text
    assert VIETNAMESE.checked_on.partition("{")[0] not in text


@pytest.mark.parametrize("words", [VIETNAMESE, ENGLISH], ids=["vi", "en"])
def test_nothing_is_left_to_fill_in_and_no_line_ends_in_blanks(answers: dict[str, Answer], words: Sentences) -> None:
    for name, answer in answers.items():
        text = answer_text(answer, words)
        assert "{" not in text, name
        assert "None" not in text, name
        assert all(line == line.rstrip() for line in text.splitlines()), name


def led(answer: Answer, lead: str) -> str:
    return first_line(replace(answer, lead=lead)).partition(": ")[2]


def test_a_long_lead_ends_after_a_whole_sentence(answers: dict[str, Answer]) -> None:
    sentence = "Người thả tàu giấy phải trông coi tàu của mình từ khi thả cho đến khi vớt lên bờ, không được bỏ đi nơi khác. "
    assert led(answers["law"], sentence * 4) == f"{(sentence * 2).strip().rstrip('.')}…"


def test_a_long_lead_without_sentences_ends_after_a_whole_word(answers: dict[str, Answer]) -> None:
    shown = led(answers["law"], "tàu giấy " * 80)
    assert shown.endswith(("tàu…", "giấy…"))
    assert len(shown) <= 321


def test_a_lead_without_blanks_is_cut_all_the_same(answers: dict[str, Answer]) -> None:
    assert len(led(answers["law"], "x" * 2000)) <= 321


def test_an_answer_without_a_lead_begins_with_the_article(answers: dict[str, Answer]) -> None:
    assert first_line(replace(answers["law"], lead="")) == "▸ Điều 5. Giờ thả tàu"


@pytest.mark.parametrize(
    ("provision", "number", "title", "expected"),
    [
        (ProvisionId("45/2019/QH14", "36", "1"), "45/2019/QH14", "Bộ luật Lao động", "khoản 1 Điều 36 Bộ luật Lao động số 45/2019/QH14"),
        (ProvisionId("145/2020/ND-CP", "5"), "145/2020/NĐ-CP", "Quy định chi tiết …", "Điều 5 Nghị định 145/2020/NĐ-CP"),
        (ProvisionId("145/2020/ND-CP", "5"), "145/2020/NĐ-CP", "", "Điều 5 Nghị định 145/2020/NĐ-CP"),
        (ProvisionId("15/2020/TT-BTP", "pl1"), "15/2020/TT-BTP", "", "Phụ lục 1 Thông tư 15/2020/TT-BTP"),
    ],
)  # fmt: skip
def test_a_place_is_written_as_laws_cite(
    answers: dict[str, Answer], provision: ProvisionId, number: str, title: str, expected: str
) -> None:
    citation = replace(answers["law"].citations[0], provision=provision, document_number=number, document_title=title)
    assert place_of(citation) == expected


def test_a_day_is_written_as_in_vietnam() -> None:
    assert day(date(2025, 7, 1)) == "01/07/2025"


def test_a_text_whose_days_are_unknown_says_so(answers: dict[str, Answer]) -> None:
    law = answers["law"]
    unknown = replace(law, citations=tuple(replace(citation, valid_from=None, url=None) for citation in law.citations))
    assert VIETNAMESE.validity_unknown in answer_text(unknown, VIETNAMESE)


def test_what_is_named_and_not_there_is_said_by_its_name(answers: dict[str, Answer]) -> None:
    missing, unknown = (answer_text(answers[name], VIETNAMESE) for name in ("missing", "unknown document"))
    assert missing.startswith("Trong kho văn bản không có điểm k khoản 2 Điều 8 Bộ luật Tàu giấy số 901/2020/QH14.")
    assert "chưa có “Bộ luật Tàu giấy 1999”" in unknown
    assert "khoản 3 Điều 8" in unknown


def test_an_article_asked_by_its_name_is_named_by_its_heading_and_shown_whole(answers: dict[str, Answer]) -> None:
    text = answer_text(answers["whole article"], VIETNAMESE)
    assert text.startswith("Điều 8 Bộ luật Tàu giấy số 901/2020/QH14: Giấy phép thả tàu\n")
    assert "\n".join(line.strip() for line in text.splitlines()[4:]).startswith(PAPERS)
    assert "corpus show" not in text


def test_it_is_said_where_the_rest_of_a_named_article_stands(answers: dict[str, Answer]) -> None:
    more = VIETNAMESE.more_of_article.format(article="Điều 8", id="901/2020/QH14@8")
    whole = answers["whole article"]
    assert whole.more_of == ()
    assert more in answer_text(replace(whole, more_of=whole.question.named), VIETNAMESE).splitlines()


def test_a_number_without_a_law_is_asked_back_with_examples(answers: dict[str, Answer]) -> None:
    assert answer_text(answers["which law"], VIETNAMESE).splitlines() == [
        VIETNAMESE.which_law.format(provision="Khoản 2 Điều 5"),
        "  - Điều 5. Giờ thả tàu (Bộ luật Tàu giấy số 901/2020/QH14)",
    ]


def test_a_law_that_is_not_at_hand_is_told_and_other_law_only_pointed_at(answers: dict[str, Answer]) -> None:
    lines = answer_text(answers["absent law"], VIETNAMESE).splitlines()
    assert lines[0] == VIETNAMESE.document_not_held.format(document="Luật Đất đai")
    assert lines[2:4] == [VIETNAMESE.related_heading, "  - Điều 5. Giờ thả tàu (Bộ luật Tàu giấy số 901/2020/QH14)"]


def test_an_article_that_a_later_law_added_is_told_with_that_law(answers: dict[str, Answer]) -> None:
    by = LaterChange("12/2017/QH14", "Luật sửa đổi Bộ luật Tàu giấy", date(2018, 1, 1), certain=True)
    added = replace(answers["missing"], missing=(), added_later=(AddedLater("Điều 8a Bộ luật Tàu giấy", by),))
    first = answer_text(added, VIETNAMESE).splitlines()[0]
    assert first.startswith("Điều 8a Bộ luật Tàu giấy được thêm vào bởi Luật sửa đổi Bộ luật Tàu giấy số 12/2017/QH14")
    assert "01/01/2018" in first


def test_a_day_that_no_calendar_has_is_named_first(answers: dict[str, Answer]) -> None:
    text = answer_text(replace(answers["law"], impossible_day="31/2/2021"), VIETNAMESE)
    assert text.startswith("Trong lịch không có ngày 31/2/2021.")


def test_partly_answered_quotes_what_there_is(answers: dict[str, Answer]) -> None:
    assert answers["partly answered"].outcome is Outcome.PARTLY_ANSWERED
    assert "6 giờ đến 18 giờ" in answer_text(answers["partly answered"], VIETNAMESE)


@pytest.mark.parametrize("words", [VIETNAMESE, ENGLISH])
def test_emergency_numbers_come_before_anything_else(answers: dict[str, Answer], words: Sentences) -> None:
    for name in ("emergency", "other reading"):
        lines = answer_text(answers[name], words).splitlines()
        assert [line.split()[0] for line in lines[1:5]] == ["113", "114", "115", "111"]


def test_an_emergency_asks_and_offers_nothing_else(answers: dict[str, Answer]) -> None:
    assert len(answer_text(answers["emergency"], VIETNAMESE).splitlines()) == 6


def test_a_denunciation_is_told_that_it_is_none_yet_and_how_to_make_it(answers: dict[str, Answer]) -> None:
    text = answer_text(answers["denunciation"], VIETNAMESE)
    assert text.startswith("Tin nhắn này chưa phải là tố cáo")
    assert "Các bước" in text


def test_an_unclear_message_gets_its_readings_to_choose_from(answers: dict[str, Answer]) -> None:
    assert "  1. Phản ánh sự việc\n  2. Hỏi quy định pháp luật" in answer_text(answers["unsure"], VIETNAMESE)
    assert answer_text(answers["other reading"], VIETNAMESE).endswith("Hay ý bạn là: Phản ánh sự việc")


def test_a_past_day_is_named_and_what_changed_since(answers: dict[str, Answer]) -> None:
    text = answer_text(answers["past day"], VIETNAMESE)
    assert text.startswith("Trả lời theo quy định có hiệu lực vào ngày 04/05/2022 (“hồi năm 2022”).")
    assert text.endswith("Lưu ý: Điều 5 nay đã có nội dung khác, từ 01/07/2023.")


def test_a_guide_is_never_told_as_the_rule_of_another_day(answers: dict[str, Answer]) -> None:
    text = answer_text(replace(answers["procedure"], day_words="hồi năm 2018"), VIETNAMESE)
    assert text.startswith("Dưới đây là cách làm hiện nay. Quy định áp dụng vào ngày ")
    assert "có hiệu lực vào ngày" not in text.splitlines()[0]


def test_an_english_hello_is_answered_in_english(answers: dict[str, Answer]) -> None:
    hello = replace(answers["refusal"], outcome=Outcome.OUT_OF_SCOPE, basis="small_talk", related=())
    english = replace(hello, question=replace(hello.question, language="en"))
    assert [answer_text(one, VIETNAMESE).split()[0] for one in (hello, english)] == ["Chào", "Hello."]


def test_what_is_asked_again_says_first_what_was_understood(answers: dict[str, Answer]) -> None:
    asked = replace(answers["refusal"].question, typed="con 2 tuổi thì sao", restored="Ly hôn, con 2 tuổi thì sao?")
    answer = Answer(Outcome.NEEDS_CLARIFICATION, asked, basis="follow_up", follows=True)
    first, _, second = answer_text(answer, VIETNAMESE).splitlines()
    assert "Ly hôn, con 2 tuổi thì sao?" in first
    assert second.endswith("?")


def test_what_a_model_wrote_is_marked_and_stands_before_the_quotation(answers: dict[str, Answer]) -> None:
    lines = answer_text(answers["worded"], VIETNAMESE).splitlines()
    assert lines[0].startswith("Tóm lại (máy viết")
    assert lines[1] == "  - Trẻ em được thả tàu giấy từ 6 giờ đến 18 giờ. (khoản 1 Điều 5)"
    assert any(line.startswith("▸ Điều 5") for line in lines)


@pytest.mark.parametrize("name", ["law", "procedure", "denunciation"])
def test_it_is_told_once_and_last_that_a_model_was_not_asked(answers: dict[str, Answer], name: str) -> None:
    lines = answer_text(replace(answers[name], is_kept_from_model=True), VIETNAMESE).splitlines()
    sentence = "Để giữ kín, câu này không được gửi cho mô hình ngôn ngữ."
    assert (lines.count(sentence), lines[-1]) == (1, sentence)


def test_a_model_that_failed_is_told_and_the_law_is_quoted(answers: dict[str, Answer]) -> None:
    text = answer_text(answers["no model"], VIETNAMESE)
    assert text.startswith("Phần viết câu trả lời đang không dùng được")
    assert "▸ Điều 5" in text


def test_the_office_of_the_commune_that_is_named_stands_beside_what_the_guide_calls_it(answers: dict[str, Answer]) -> None:
    named = "Ủy ban nhân dân cấp xã: Ủy ban nhân dân xã Ao, thành phố Hồ ("
    assert named in answer_text(answers["in a commune"], VIETNAMESE)
    for name in ("full procedure", "in a divided town"):
        assert "Ủy ban nhân dân cấp xã (" in answer_text(answers[name], VIETNAMESE), name


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        ("Công an cấp xã nơi đang cư trú", "Công an cấp xã nơi đang cư trú: Công an xã Ao, thành phố Hồ"),
        ("Ủy ban nhân dân cấp xã bất kỳ", "Ủy ban nhân dân cấp xã bất kỳ"),
        ("Công an cấp xã ở bất kỳ đâu trong cả nước", "Công an cấp xã ở bất kỳ đâu trong cả nước"),
        ("Sở Xây dựng", "Sở Xây dựng"),
    ],
)
def test_only_the_office_of_one_commune_is_named(answers: dict[str, Answer], body: str, shown: str) -> None:
    answer = answers["in a commune"]
    assert answer.procedure is not None
    place = replace(answer.procedure.where[0], body=body, receives_at=None, when=None)
    told = answer_text(replace(answer, procedure=replace(answer.procedure, where=(place,))), VIETNAMESE)
    assert f"- {shown}\n" in told


@pytest.mark.parametrize(("words", "more"), [(VIETNAMESE, "; và 2 đơn vị khác."), (ENGLISH, "; and 2 more.")], ids=["vi", "en"])
def test_a_divided_unit_names_six_of_today_and_how_many_more(answers: dict[str, Answer], words: Sentences, more: str) -> None:
    (line,) = [line for line in answer_text(answers["in a divided town"], words).splitlines() if "Phường Đầm 1," in line]
    assert line.count("Phường Đầm") == 6
    assert line.endswith(more)
