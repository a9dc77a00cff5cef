"""Whether an answer holds: asks are found as people write them, and each rule has cases on both sides."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.feedback.answers.answer_asks import Asks
from assistant.feedback.answers.answer_check import AnswerCheck, AnswerFaulty
from assistant.feedback.answers.answer_dates import named_days
from assistant.feedback.answers.answer_lint import AnswerLint, Finding, LintRule, Severity, blocking
from assistant.feedback.answers.notes import Notes
from assistant.feedback.casework import Draft, Facts
from assistant.feedback.errors import ChangedMeanwhile, NothingDrafted, RecommendationNotFound
from assistant.feedback.privacy.personal_data import PersonalDataFinder
from assistant.feedback.states import State, Step
from assistant.feedback.types import Kind, Resolution
from corpus.citations import DocumentNames
from corpus.ids import ProvisionId
from corpus.text import fold
from corpus.types import DocumentKind, LegalDocument, Validity
from tests.assistant.feedback.office import FIRST, HUNG, LAN, MAI, Office

TODAY = date(2026, 11, 22)
LAND = LegalDocument("31/2024/QH15", "31/2024/QH15", "Luật Đất đai", DocumentKind.LAW, validity=Validity(date(2024, 8, 1)))
LINT = AnswerLint.load(DocumentNames((LAND,)), PersonalDataFinder(None))
ARTICLE = ProvisionId(LAND.key, "91", "2")
LIGHTS = "Đề nghị phường lắp đèn chiếu sáng ở ngõ 12"
SETTLED, STUDIED, EXPLAINED = Resolution.SETTLED, Resolution.BEING_STUDIED, Resolution.EXPLAINED
GOOD = (
    "Kính gửi ông, bà. Ủy ban nhân dân phường đã khảo sát và giao Công ty chiếu sáng lắp 6 cột đèn chiếu sáng tại ngõ 12, "
    "hoàn thành trước ngày 30/12/2026. Trân trọng cảm ơn."
)

# What people write, and the asks in it.
ASKS = (
    (
        "Đường hỏng. Đề nghị xã sửa đường và lắp đèn, đồng thời xử lý bãi rác đầu thôn.",
        ("Đề nghị xã sửa đường và lắp đèn", "xử lý bãi rác đầu thôn"),
    ),
    ("Tôi đã kiến nghị nhiều lần nhưng không ai giải quyết. Bao giờ xã cấp sổ đỏ?", ("Bao giờ xã cấp sổ đỏ?",)),
    ("Cử tri kiến nghị: 1) sửa cầu Đá; 2) tăng trợ cấp người cao tuổi.", ("1) sửa cầu Đá", "2) tăng trợ cấp người cao tuổi")),
    ("Kiến nghị các nội dung sau:\n- Sửa đường làng\n- Lắp đèn đường\nXin cảm ơn.", ("Sửa đường làng", "Lắp đèn đường")),
    (
        "duong hong nat, xin hoi bao gio sua? de nghi phuong lap them den",
        ("duong hong nat, xin hoi bao gio sua?", "de nghi phuong lap them den"),
    ),
    ("Theo đề nghị của trưởng thôn, tôi viết đơn này. Mong UBND xã sớm trả tiền đền bù đất.", ("Mong UBND xã sớm trả tiền đền bù đất",)),
    ("Con tôi 5 tuổi có được miễn học phí không ạ", ("Con tôi 5 tuổi có được miễn học phí không ạ",)),
    (
        "Thứ nhất, đề nghị giảm học phí. Thứ hai, tại sao chưa có xe buýt?",
        ("Thứ nhất, đề nghị giảm học phí", "Thứ hai, tại sao chưa có xe buýt?"),
    ),
    ("Phụ cấp trưởng thôn quá thấp, đề nghị Trung ương xem lại.", ("Phụ cấp trưởng thôn quá thấp, đề nghị Trung ương xem lại",)),
    ("Hồ sơ đã ký số thì không được yêu cầu bản giấy; mong được nộp hồ sơ qua mạng.", ("mong được nộp hồ sơ qua mạng",)),
    ("Cống trước chợ tắc, nước tràn lên đường.", ("Cống trước chợ tắc, nước tràn lên đường.",)),
    (
        "Nộp hồ sơ đất từ tháng 3 mà chưa có giấy. Tại sao chậm? Đề nghị trả lời rõ.",
        ("Nộp hồ sơ đất từ tháng 3 mà chưa có giấy. Tại sao chậm?",),
    ),
    ("Đề nghị phường nạo vét cống. Bao giờ làm xong?", ("Đề nghị phường nạo vét cống", "Đề nghị phường nạo vét cống. Bao giờ làm xong?")),
    ("Xin cảm ơn!", ()),
    ("", ()),
)

# An ask, an answer, and whether the answer speaks of it.
TOUCHED = (
    ("Đề nghị lắp đèn đường ở ngõ 12", "Phường sẽ bổ sung hệ thống chiếu sáng công cộng tại ngõ 12 trong quý I/2027.", True),
    ("Bao giờ xã cấp sổ đỏ cho gia đình tôi?", "Giấy chứng nhận quyền sử dụng đất sẽ được cấp trong 15 ngày.", True),
    ("Đề nghị tăng trợ cấp người cao tuổi", "Mức trợ cấp đối với người cao tuổi do Chính phủ quy định.", True),
    ("de nghi sua duong lien thon", "Tuyến đường liên thôn đã được sửa chữa xong.", True),
    ("Đề nghị giảm học phí mầm non", "Học phí mầm non năm học này giữ nguyên.", True),
    (
        "Nộp hồ sơ sổ đỏ từ tháng 3 chưa có. Tại sao chậm?",
        "Hồ sơ thiếu trích đo; giấy chứng nhận sẽ được cấp sau khi công dân nộp đủ.",
        True,
    ),
    ("Lắp đèn tín hiệu ở ngã tư chợ Gạo", "Công an phường đã xử phạt xe tải đi vào giờ cấm ở chợ Gạo.", False),
    ("Đề nghị xử lý bãi rác đầu thôn", "Tuyến đường liên thôn đã được trải nhựa.", False),
    ("Đề nghị lắp đèn đường ở ngõ 12", "Cảm ơn ông bà đã quan tâm. Ý kiến đã được tiếp nhận.", False),
    ("Bổ sung giáo viên mầm non", "Mức trợ cấp đối với người cao tuổi do Chính phủ quy định.", False),
    ("Đề nghị giải quyết tiền đền bù đất", "Việc nuôi gà trong khu dân cư do phường xử lý.", False),
    ("Xây nhà văn hóa thôn", "Xã đã bố trí xe chở rác mỗi tuần hai lần.", False),
)

# A sentence and the days it names.
DAYS = (
    ("trước ngày 30/6/2027", (date(2027, 6, 30), date(2027, 6, 30))),
    ("ngày 5 tháng 3 năm 2027", (date(2027, 3, 5), date(2027, 3, 5))),
    ("trong tháng 2 năm 2027", (date(2027, 2, 1), date(2027, 2, 28))),
    ("quý II/2027", (date(2027, 4, 1), date(2027, 6, 30))),
    ("hoàn thành năm 2028", (date(2028, 1, 1), date(2028, 12, 31))),
    ("giai đoạn 2026-2030", (date(2030, 1, 1), date(2030, 12, 31))),
    ("Luật Đất đai năm 2024", None),
    ("Nghị định số 102/2024/NĐ-CP ngày 30/7/2024 của Chính phủ", None),
    ("ngày 31/2/2027", None),
    ("tháng 13 năm 2027", None),
    ("5 triệu đồng", None),
)


def lint(
    answer: str,
    *asks: str,
    listed: tuple[ProvisionId, ...] = (),
    resolution: Resolution = SETTLED,
    done_by: date | None = None,
) -> tuple[Finding, ...]:
    return LINT.lint(answer, asks, listed, resolution, done_by, TODAY)


def rules(findings: tuple[Finding, ...]) -> set[str]:
    return {one.rule.value for one in findings}


@pytest.mark.parametrize(("text", "asks"), ASKS)
def test_each_ask_is_found_as_it_was_written(text: str, asks: tuple[str, ...]) -> None:
    assert Asks.load().find(text) == asks


@given(st.text(max_size=200))
def test_whatever_is_written_asks_stand_in_it_and_no_lint_fails(text: str) -> None:
    for ask in LINT.asks.find(text):
        assert " ".join(fold(ask).split()) in " ".join(fold(text).split())
    findings = lint(text, text)
    assert all(one.start is None or 0 <= one.start <= (one.end or 0) for one in findings)
    assert findings == lint(text, text)


@pytest.mark.parametrize(("ask", "answer", "is_touched"), TOUCHED)
def test_an_answer_that_passes_an_ask_over_is_found(ask: str, answer: str, is_touched: bool) -> None:
    assert ("ask_untouched" not in rules(lint(answer, ask))) == is_touched


def test_the_ask_that_is_passed_over_is_named() -> None:
    findings = lint(GOOD, LIGHTS, "Đề nghị xử lý bãi rác đầu thôn")
    assert [(one.rule, one.ask) for one in findings] == [(LintRule.ASK_UNTOUCHED, 1)]


@pytest.mark.parametrize(("text", "days"), DAYS)
def test_days_are_read_and_years_of_laws_are_none(text: str, days: tuple[date, date] | None) -> None:
    found = [(one.first, one.last) for one in named_days(fold(text))]
    assert found == ([days] if days else [])


def test_a_good_answer_has_no_fault() -> None:
    assert lint(GOOD, LIGHTS, resolution=STUDIED, done_by=date(2026, 12, 30)) == ()


# What is changed in the good answer, and the rule that finds it.
WORSE = (
    (GOOD.replace("trước ngày 30/12/2026", "sớm"), "no_day"),
    (GOOD.replace("30/12/2026", "30/12/2025"), "no_day"),
    (GOOD.replace("Ủy ban nhân dân phường", "Địa phương").replace("Công ty chiếu sáng", "đơn vị"), "no_body"),
    (GOOD.replace("Kính gửi ông, bà. ", "").replace("Trân trọng cảm ơn", ""), "no_address"),
    (GOOD + " Có gì thì bạn gọi lại nhé!", "casual"),
    (GOOD + " Người phản ánh vớ vẩn.", "rude"),
    (GOOD + " KHÔNG ĐƯỢC GỬI LẠI NỮA Ý KIẾN NÀY.", "shouted"),
    (GOOD + " Việc khác sẽ làm trong thời gian tới.", "vague"),
    (GOOD + " Ông Nguyễn Văn Bình, số điện thoại 0912345678, đã ký nhận.", "personal_data"),
    (GOOD + " Theo Điều 91, việc này thuộc phường.", "article_without_law"),
    (GOOD + " Theo khoản 2 Điều 91 Luật Đất đai, việc này thuộc phường.", "cited_unlisted"),
    (GOOD + " Theo Điều 5 Nghị định 999/2025/NĐ-CP, việc này thuộc phường.", "law_unknown"),
    (GOOD + " Theo khoản 1 Điều 17 Luật Người cao tuổi, việc này thuộc phường.", "law_unknown"),
    (fold(GOOD), "no_marks"),
    (GOOD * 40, "too_long"),
    ("Ủy ban nhân dân phường " + "xem xét việc lắp đèn chiếu sáng tại ngõ " * 12, "long_sentence"),
)


@pytest.mark.parametrize(("answer", "rule"), WORSE, ids=[rule + str(place) for place, (_, rule) in enumerate(WORSE)])
def test_each_fault_is_found_and_a_good_answer_has_it_not(answer: str, rule: str) -> None:
    assert rule in rules(lint(answer, LIGHTS, resolution=STUDIED))
    assert rule not in rules(lint(GOOD, LIGHTS, resolution=STUDIED))


EMPTY = (
    "",
    "Kính gửi ông bà. Ý kiến của ông bà đã được tiếp nhận và chuyển cơ quan chức năng xem xét, giải quyết theo quy định. Trân trọng.",
    "Đề nghị của ông bà về việc lắp đèn chiếu sáng ở ngõ 12 đã được ghi nhận, đang nghiên cứu theo thẩm quyền.",
    "Các cơ quan liên quan sẽ sớm xem xét và thông báo khi có kết quả trong thời gian tới. Xin chân thành cảm ơn.",
)


@pytest.mark.parametrize("answer", EMPTY)
def test_phrases_alone_are_no_answer(answer: str) -> None:
    assert "only_phrases" in rules(lint(answer, LIGHTS))


def test_what_was_done_needs_no_law_but_what_is_explained_does() -> None:
    assert "nothing_cited" not in rules(lint(GOOD, LIGHTS))
    assert "nothing_cited" in rules(lint(GOOD, LIGHTS, resolution=EXPLAINED))
    assert "nothing_cited" in rules(lint(GOOD, LIGHTS, listed=(ARTICLE,)))


def test_what_is_cited_agrees_with_what_is_listed() -> None:
    answer = GOOD + " Căn cứ khoản 2 Điều 91 Luật Đất đai số 31/2024/QH15."
    for listed in (ARTICLE, ARTICLE.of_article, replace(ARTICLE, point="a")):
        assert rules(lint(answer, LIGHTS, listed=(listed,), resolution=EXPLAINED)) == set()
    other = ProvisionId(LAND.key, "92")
    assert rules(lint(answer, LIGHTS, listed=(ARTICLE, other))) == {"listed_uncited"}
    assert rules(lint(answer, LIGHTS, listed=(other,))) == {"cited_unlisted", "listed_uncited"}


def test_a_promise_names_a_day_to_come_that_agrees_with_the_one_kept() -> None:
    assert rules(lint(GOOD, LIGHTS, resolution=STUDIED, done_by=date(2026, 10, 1))) == {"day_is_past", "day_differs"}
    assert rules(lint(GOOD, LIGHTS, resolution=STUDIED, done_by=date(2027, 3, 1))) == {"day_differs"}
    for period in ("trong 15 ngày", "trong vòng 3 tháng", "chậm nhất là 30 ngày", "trong quý này", "quý I/2027"):
        assert lint(GOOD.replace("trước ngày 30/12/2026", period), LIGHTS, resolution=STUDIED) == ()


def test_who_asks_when_is_told_a_time() -> None:
    ask = "Bao giờ phường lắp đèn chiếu sáng ở ngõ 12?"
    assert rules(lint(GOOD, ask)) == set()
    assert "time_untold" in rules(lint(GOOD.replace(", hoàn thành trước ngày 30/12/2026", ""), ask))


def test_the_telephone_of_an_office_is_not_personal() -> None:
    answer = GOOD + " Đường dây nóng của phường: 0912345678."
    assert "personal_data" not in rules(lint(answer, LIGHTS))


def test_places_of_faults_are_those_of_the_answer() -> None:
    answer = GOOD + " Số điện thoại người gửi là 0912345678."
    (one,) = [one for one in lint(answer, LIGHTS) if one.rule is LintRule.PERSONAL_DATA]
    assert (answer[one.start : one.end], one.named) == ("0912345678", "phone")


def test_what_blocks_needs_a_reason_and_advice_does_not() -> None:
    assert [one.rule for one in blocking((Finding(LintRule.VAGUE), Finding(LintRule.NO_DAY)))] == [LintRule.NO_DAY]
    assert {one.severity for one in (Finding(rule) for rule in LintRule)} == set(Severity)


def check(office: Office) -> AnswerCheck:
    return AnswerCheck(office.engine, office.clock, office.recommendations, office.desk.casefiles, LINT)


def drafted(office: Office, text: str) -> None:
    version = office.recommendations.show(1, HUNG).matter.version
    version = office.casework.settle(1, version, Facts(kind=Kind.REPORT), HUNG)
    for step in (Step(State.ACCEPTED, LAN), Step(State.ROUTED, HUNG)):
        version = office.recommendations.take(1, version, step).version
    office.casework.draft_answer(1, version, Draft(text, SETTLED), HUNG)


def test_the_newest_draft_is_held_against_what_was_sent_or_a_person_wrote_and_goes_on_only_clean_or_with_a_reason(office: Office) -> None:
    office.sent("Ngõ tối lắm. " + LIGHTS)
    with pytest.raises(NothingDrafted):
        check(office).newest(1, HUNG)
    drafted(office, GOOD)
    assert check(office).newest(1, HUNG).asks == (LIGHTS,)
    assert check(office).newest(1, HUNG).findings == ()
    version = office.recommendations.show(1, HUNG).matter.version
    office.casework.settle(1, version, Facts(statement="Đề nghị xử lý bãi rác đầu thôn."), HUNG)
    checked = check(office).newest(1, HUNG)
    assert (checked.asks, rules(checked.findings)) == (("Đề nghị xử lý bãi rác đầu thôn",), {"ask_untouched"})
    with pytest.raises(RecommendationNotFound):
        check(office).newest(1, FIRST)
    notes = Notes(office.engine, office.vault, office.clock, office.recommendations)
    with pytest.raises(AnswerFaulty) as refused:
        check(office).approve(1, version + 1, MAI, " ", office.casework, notes)
    assert rules(refused.value.findings) == {"ask_untouched"}
    with pytest.raises(ChangedMeanwhile):
        check(office).approve(1, version, MAI, "Bãi rác đã trả lời riêng", office.casework, notes)
    assert notes.of(1, MAI) == ()
    check(office).approve(1, version + 1, MAI, "Bãi rác đã trả lời riêng", office.casework, notes)
    assert [(one.author, one.text) for one in notes.of(1, MAI)] == [("mai", "Bãi rác đã trả lời riêng")]
