"""The referral slip: the official form, the ground and the deadline as they are, nothing of senders, none for what is sealed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from docx import Document
from sqlalchemy import select, update

from assistant.database import reading, writing
from assistant.feedback.casework import Facts
from assistant.feedback.errors import RecommendationNotFound
from assistant.feedback.privacy.personal_data import PersonalDataFinder
from assistant.feedback.reports.referral_paper import SlipForm, write_slip
from assistant.feedback.reports.referral_slip import AskedDeadline, NoSlip, Obstacle, ReferralSlips, Slip
from assistant.feedback.states import State, Step
from assistant.feedback.tables import audit_event, recommendation
from assistant.feedback.timing.deadlines import DeadlineRules
from assistant.feedback.types import Kind
from corpus.ids import ProvisionId
from corpus.labels import provision_label
from tests.assistant.feedback.office import FIRST, HUNG, LAN, Office, person

RULES = DeadlineRules.load()
FINDER = PersonalDataFinder(None)
BODY, GROUND = "Ủy ban nhân dân xã Hạ", ProvisionId("10/2022/QH15", "86", "2", "c")
STATEMENT = "Đường liên thôn hỏng, đề nghị sửa chữa"
OPENED, TODAY = date(2026, 11, 2), date(2026, 11, 22)
SLIP = Slip(
    12,
    BODY,
    (GROUND,),
    "Sửa đường liên thôn",
    STATEMENT,
    "commune:1",
    is_of_voters=True,
    opened_on=OPENED,
    submissions=7,
    annexes=0,
    deadline=None,
)
FORM = SlipForm("Ủy ban Mặt trận Tổ quốc Việt Nam xã Hạ", "Hạ", "TM. BAN THƯỜNG TRỰC\nCHỦ TỊCH", TODAY)
LAW, OURS = RULES.rule("CT_49_1", OPENED), RULES.rule("NB_REPLY", OPENED)


def slips(office: Office) -> ReferralSlips:
    return ReferralSlips(office.engine, office.vault, office.clock, office.recommendations, RULES, FINDER)


def version(office: Office) -> int:
    return office.recommendations.show(1, HUNG).matter.version


def routed(office: Office, facts: Facts, text: str = "Đường hỏng, tôi là Lê Thị Sáu, số 0912345678") -> str:
    """The code of a submission whose recommendation waits to be sent on."""
    code = office.sent(text)
    office.casework.settle(1, version(office), facts, HUNG)
    for step in (Step(State.ACCEPTED, LAN), Step(State.ROUTED, HUNG)):
        office.recommendations.take(1, version(office), step)
    return code


def printed(slip: Slip, form: SlipForm, folder: Path) -> str:
    write_slip(slip, form, lambda one: f"{provision_label(one)} Luật số {one.document}", folder / "slip.docx")
    paper = Document(str(folder / "slip.docx"))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    return "\n".join([*cells, *(paragraph.text for paragraph in paper.paragraphs)])


def test_a_slip_goes_to_the_body_it_was_sent_to_with_its_ground_and_deadline(office: Office) -> None:
    routed(office, Facts(kind=Kind.VOTER_RECOMMENDATION, title="Sửa đường", statement=STATEMENT, body="Sở Xây dựng"))
    assert slips(office).slip(1, HUNG).body == "Sở Xây dựng"
    office.casework.refer(1, version(office), BODY, [GROUND], "", HUNG)
    slip = slips(office).slip(1, HUNG)
    assert (slip.body, slip.basis, slip.statement, slip.submissions, slip.annexes) == (BODY, (GROUND,), STATEMENT, 1, 0)
    assert slip.is_of_voters
    assert slip.deadline is not None
    assert (slip.deadline.rule.id, slip.deadline.due) == ("CT_49_1", date(2027, 1, 21))
    with reading(office.engine) as connection:
        actions = [(row.actor, row.action) for row in connection.execute(select(audit_event))]
        office.audit.verify(connection)
    assert actions.count(("hung", "slip_made")) == 2


def test_words_of_a_sender_come_in_only_as_they_were_released(office: Office) -> None:
    code = routed(office, Facts(kind=Kind.REPORT, body=BODY))
    with pytest.raises(NoSlip) as refused:
        slips(office).slip(1, HUNG)
    assert refused.value.obstacle is Obstacle.NO_STATEMENT
    office.casework.confirm_redaction(1, version(office), {code: "Đường hỏng, gọi 0912345678"}, HUNG, despite_found=True)
    slip = slips(office).slip(1, HUNG)
    assert (slip.statement, slip.annexes) == ("Đường hỏng, gọi [số điện thoại]", 1)


def test_what_is_personal_in_a_statement_is_taken_out(office: Office) -> None:
    routed(office, Facts(title="Đường của ông Nguyễn Văn Bình", statement="Liên hệ 0912345678", body=BODY))
    slip = slips(office).slip(1, HUNG)
    assert "Bình" not in slip.title
    assert "0912345678" not in slip.statement
    assert "Liên hệ" not in repr(slip)


def test_without_a_body_there_is_no_slip(office: Office) -> None:
    routed(office, Facts(statement=STATEMENT))
    with pytest.raises(NoSlip) as refused:
        slips(office).slip(1, HUNG)
    assert refused.value.obstacle is Obstacle.NO_BODY


def test_what_is_sealed_or_a_denunciation_has_none(office: Office) -> None:
    office.sent("Tôi tố cáo ông A nhận tiền")
    office.sent("Đường hỏng")
    with writing(office.engine) as connection:
        connection.execute(update(recommendation).values(body=BODY, statement=STATEMENT))
        connection.execute(update(recommendation).where(recommendation.c.number == 2).values(kind=Kind.DENUNCIATION))
    for number, actor in ((1, FIRST), (2, HUNG)):
        with pytest.raises(NoSlip) as refused:
            slips(office).slip(number, actor)
        assert refused.value.obstacle is Obstacle.SEALED
    for actor in (HUNG, person("other")):
        with pytest.raises(RecommendationNotFound):
            slips(office).slip(1, actor)


def test_the_document_has_the_official_form(tmp_path: Path) -> None:
    text = printed(SLIP, FORM, tmp_path)
    for part in (
        "ỦY BAN\nMẶT TRẬN TỔ QUỐC VIỆT NAM\nXÃ HẠ",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Số: ……/PC",
        "Hạ, ngày …… tháng …… năm ……",
        "PHIẾU CHUYỂN",
        f"Kính gửi: {BODY}",
        "7 lượt ý kiến của cử tri về việc “Sửa đường liên thôn” (hồ sơ số 12, mở ngày 02/11/2026).",
        f"Nội dung tóm tắt: {STATEMENT}.",
        "Căn cứ điểm c khoản 2 Điều 86 Luật số 10/2022/QH15",
        "- Như trên;",
        "- Lưu: VT, hồ sơ số 12.",
        "TM. BAN THƯỜNG TRỰC",
        "không kèm bản ý kiến",
    ):
        assert part in text
    assert "{" not in text


# The clock that runs, and what the slip says of it.
DEADLINES = (
    (AskedDeadline(date(2027, 1, 4), LAW), "chậm nhất ngày 04/01/2027 (thời hạn 60 ngày theo khoản 1 Điều 49 Nghị quyết liên tịch 72/2025"),
    (AskedDeadline(date(2026, 11, 20), LAW), "đã hết vào ngày 20/11/2026"),
    (AskedDeadline(date(2027, 1, 4), OURS), "không phải thời hạn do pháp luật quy định"),
    (AskedDeadline(date(2026, 11, 20), OURS), "trong thời gian sớm nhất để thông báo"),
    (None, "trong thời gian sớm nhất để thông báo"),
)


@pytest.mark.parametrize(("asked", "said"), DEADLINES)
def test_a_deadline_of_the_law_is_told_as_law_and_ours_is_not(tmp_path: Path, asked: AskedDeadline | None, said: str) -> None:
    text = printed(replace(SLIP, deadline=asked), FORM, tmp_path)
    assert said in text
    assert ("Nghị quyết liên tịch" in text) == (asked is not None and asked.rule is LAW)


def test_what_a_person_wrote_is_printed_as_it_is(tmp_path: Path) -> None:
    odd = replace(SLIP, title="{issuer}", statement="a\n{body}\x0b", basis=(), annexes=2, is_of_voters=False)
    text = printed(odd, replace(FORM, area="Xã Hạ", signer_name="Trần Thị Bảy", issued_on=TODAY, document_number="5/PC-MTTQ"), tmp_path)
    for part in (
        "về việc “{issuer}”",
        "Nội dung tóm tắt: a {body}.",
        "tại Xã Hạ",
        "Gửi kèm: 2 bản",
        "Trần Thị Bảy",
        "Số: 5/PC-MTTQ",
        "của công dân",
    ):
        assert part in text
    assert "Hạ, ngày 22 tháng 11 năm 2026" in text
