"""Packs, digests, scoreboards: numbers that hold when they are counted anew, small ones not told, sealed ones never there."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from docx import Document
from sqlalchemy import select, update

from assistant.database import reading, writing
from assistant.feedback.keeping import verify_audit
from assistant.feedback.reports.reported import reported_matters
from assistant.feedback.reports.session_report import session_figures
from assistant.feedback.tables import audit_event, recommendation
from assistant.insight.documents import Form, write_document
from assistant.insight.errors import ProvinceNotFound, ReportNotFound
from assistant.insight.figures import Figures, Period
from assistant.insight.matters import asked_matters, province_named
from assistant.insight.reports import Asked, Difference, ReportDesk, ReportKind
from tests.assistant.feedback.generated_matters import SESSION
from tests.assistant.feedback.office import Office
from tests.assistant.insight.made import BODY, CA_MAU, Made, provinces, put

END = date(2026, 11, 22)
WEEK = Period(END - timedelta(6), END)
YEAR = Period(END - timedelta(365), END)
SECRET = "Đinh Văn Kín nhận tiền"
SMALL_BODY = "Ủy ban nhân dân xã Đất Mũi"
OLD = END - timedelta(60)


def desk_of(office: Office) -> ReportDesk:
    return ReportDesk(office.engine, office.vault, office.clock, provinces())


def filled(office: Office) -> None:
    """Hanoi: six answered in time, five late, seven overdue, fifteen of this week; Cà Mau: two; and one that is sealed."""
    put(
        office,
        [
            *(Made(OLD, answered_after=10, submissions=2, title=f"Cầu {number}") for number in range(6)),
            *(Made(OLD, answered_after=40, reopened_after=45, again_after=50) for _ in range(5)),
            *(Made(OLD, field="land", title=f"Sổ đỏ {number}", statement="") for number in range(7)),
            *(Made(END - timedelta(1), field="environment", due_after=None) for _ in range(9)),
            *(Made(END - timedelta(3), field="health", due_after=None) for _ in range(6)),
            *(Made(END - timedelta(2), area=CA_MAU, body=SMALL_BODY, field="land") for _ in range(2)),
            Made(OLD, is_sealed=True, title=SECRET, text=SECRET, kind="denunciation"),
        ],
    )


def count(office: Office, kind: ReportKind, period: Period = YEAR, about: str = "") -> Figures:
    return desk_of(office).count(Asked(kind, period, about)).figures


def test_the_scoreboard_counts_what_bodies_got_and_answered(one_office: Office) -> None:
    filled(one_office)
    figures = count(one_office, ReportKind.SCOREBOARD)
    values, counted = figures.values(), {claim.id: len(claim.record_numbers) for claim in figures.claims}
    assert [counted[f"body_cell:{BODY}:{one}"] for one in ("on_time", "late", "open", "overdue")] == [6, 5, 15, 7]
    assert (counted[f"body_row:{BODY}"], counted[f"reopened:{BODY}"], counted["received"]) == (33, 5, 35)
    assert (values[f"median:{BODY}"], values["body_row:others"]) == ("7,0", "<5")
    assert SMALL_BODY not in repr(figures.rows)


def test_the_week_tells_what_rises_and_what_is_overdue(one_office: Office) -> None:
    filled(one_office)
    figures = count(one_office, ReportKind.WEEK, WEEK)
    values = figures.values()
    # Of the environment, which rises too, nothing is told: it would give the two of land away.
    assert (values["received"], values["overdue"], figures.rows["rising"]) == (17, 7, ("health",))
    assert [one.title for one in figures.quoted["overdue"]] == [f"Sổ đỏ {number}" for number in range(7)]


def test_a_week_in_the_past_is_as_it_was_then(one_office: Office) -> None:
    filled(one_office)
    then = count(one_office, ReportKind.WEEK, Period(OLD - timedelta(6), OLD)).values()
    assert (then["received"], then["overdue"], then["answered"]) == (18, 0, 0)


def test_a_deputy_gets_what_people_of_the_province_sent(one_office: Office) -> None:
    filled(one_office)
    hanoi = count(one_office, ReportKind.DEPUTY, about="Thành phố Hà Nội").values()
    ca_mau = count(one_office, ReportKind.DEPUTY, about="Tỉnh Cà Mau").values()
    assert (hanoi["received"], hanoi["submissions"], hanoi["answered"], hanoi["overdue"]) == (33, 39, 11, 7)
    assert (ca_mau["received"], ca_mau["submissions"], ca_mau.get("field:land")) == ("<5", "<5", None)


def test_no_claim_tells_a_count_from_one_to_four(one_office: Office) -> None:
    filled(one_office)
    for kind in (ReportKind.SCOREBOARD, ReportKind.WEEK, ReportKind.DEPUTY):
        for claim in count(one_office, kind, about="Tỉnh Cà Mau").claims:
            assert claim.value not in (1, 2, 3, 4), claim.id


def test_what_is_sealed_is_in_no_figure(office: Office) -> None:
    filled(office)
    with reading(office.engine) as connection:
        matters = asked_matters(connection, END, provinces())
    assert len(matters) == 35
    assert SECRET not in repr(matters)


@pytest.mark.parametrize(("kind", "about"), [("week", ""), ("scoreboard", ""), ("deputy", "Thành phố Hà Nội"), ("bill", "no such bill")])
def test_a_kept_report_holds_while_nothing_changes(one_office: Office, kind: str, about: str) -> None:
    filled(one_office)
    desk, asked = desk_of(one_office), Asked(ReportKind(kind), YEAR, about)
    counted = desk.count(asked)
    number = desk.keep(asked, counted.claims, "hung")
    verified = desk.verify(number)
    assert (verified.differing, verified.report.claims) == ((), tuple(sorted(counted.claims, key=lambda claim: claim.id)))


def test_a_kept_report_tells_which_numbers_differ_since(office: Office) -> None:
    filled(office)
    desk, asked = desk_of(office), Asked(ReportKind.DEPUTY, YEAR, "Thành phố Hà Nội")
    number = desk.keep(asked, desk.count(asked).claims, "hung")
    with writing(office.engine) as connection:
        connection.execute(update(recommendation).where(recommendation.c.number == 12).values(is_sealed=True, state="sealed"))
        connection.execute(update(recommendation).where(recommendation.c.number == 19).values(title="Khói bụi"))
    differing = {one.id: one for one in desk.verify(number).differing}
    assert differing["received"] == Difference("received", 33, 32)
    assert differing["overdue"] == Difference("overdue", 7, 6)
    assert differing["field:environment"] == Difference("field:environment", 9, 9)
    assert differing["matter:12"] == Difference("matter:12", "<5", None)
    assert "answered" not in differing
    with pytest.raises(ReportNotFound):
        desk.find(number + 1)


def test_a_session_report_is_kept_and_counted_anew(office: Office) -> None:
    filled(office)
    with reading(office.engine) as connection:
        matters = reported_matters(connection, SESSION.period_from, SESSION.period_to, provinces())
    desk = desk_of(office)
    number = desk.keep_session(SESSION, session_figures(matters, SESSION).claims, "hung")
    assert desk.verify(number).differing == ()
    with reading(office.engine) as connection:
        events = connection.execute(select(audit_event.c.action).where(audit_event.c.record == f"report:{number}")).scalars().all()
    assert events == ["report_made"]
    verify_audit(office.engine, office.vault)


def text_of(path: Path) -> str:
    document = Document(str(path))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


@pytest.mark.parametrize("kind", [ReportKind.DEPUTY, ReportKind.WEEK, ReportKind.SCOREBOARD, ReportKind.BILL])
@pytest.mark.parametrize("is_empty", [False, True])
def test_documents_name_issuer_and_form_and_fill_every_place(kind: ReportKind, is_empty: bool, one_office: Office, tmp_path: Path) -> None:
    names = {"province": "thành phố Hà Nội", "bill": "dự án Luật Đất đai", "bill_number": "32/2026/L"}
    if not is_empty:
        filled(one_office)
    counted = desk_of(one_office).count(Asked(kind, YEAR, "Thành phố Hà Nội"))
    write_document(kind, counted, Form("Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh Cà Mau", "Cà Mau", "CHỦ TỊCH", names), tmp_path / "out.docx")
    text = text_of(tmp_path / "out.docx")
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in text
    assert "{" not in text
    assert SECRET not in text
    assert "./." in text


def test_provinces_are_found_by_any_of_their_names() -> None:
    assert [province_named(name) for name in ("ha noi", "Bạc Liêu")] == ["Thành phố Hà Nội", "Tỉnh Cà Mau"]
    with pytest.raises(ProvinceNotFound):
        province_named("Atlantis")


def test_a_field_that_comes_from_nearly_nothing_rises(one_office: Office) -> None:
    before = [Made(END - timedelta(20), field="health") for _ in range(2)]
    put(one_office, [*(Made(END, field="health") for _ in range(8)), *before, *(Made(END - timedelta(20), field="land") for _ in range(9))])
    figures = count(one_office, ReportKind.WEEK, WEEK)
    assert (figures.rows["rising"], figures.values()["mean:health"]) == (("health",), "≤1,0")
