"""`dienhong report session` over what is in the database."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook  # type: ignore[import-untyped]  # the package has no types

from assistant.database import open_database, reading, upgrade
from assistant.feedback.casework import Draft, Facts
from assistant.feedback.reports.reported import reported_matters
from assistant.feedback.reports.session_report import session_figures
from assistant.feedback.states import State, Step
from assistant.feedback.types import Kind, Resolution
from assistant.feedback.vault import KeyFile
from corpus.days import VIETNAM
from tests.assistant.feedback.office import HUNG, LAN, MAI, Office
from tests.bots.command import forked

SECRET = "ông Đinh Văn Kín nhận tiền"


def filled(home: Path) -> Office:
    """A home with an answered recommendation, an open report, a withdrawn one and a denunciation."""
    home.mkdir(parents=True, exist_ok=True)
    engine = open_database(f"sqlite:///{(home / 'dienhong.sqlite').resolve()}")
    upgrade(engine)
    office = Office(engine, KeyFile(home / "keys" / "feedback.keys").load_or_make())
    office.sent("Đề nghị sửa cầu Đá")
    version = office.recommendations.show(1, HUNG).matter.version
    version = office.casework.settle(1, version, Facts(kind=Kind.RECOMMENDATION, title="Sửa cầu Đá", statement="Đề nghị sửa cầu Đá"), HUNG)
    for step in (Step(State.ACCEPTED, LAN), Step(State.ROUTED, HUNG)):
        office.recommendations.take(1, office.recommendations.show(1, HUNG).matter.version, step)
    draft = Draft("Đang lập dự án.", Resolution.BEING_STUDIED)
    office.casework.draft_answer(1, office.recommendations.show(1, HUNG).matter.version, draft, HUNG)
    office.casework.approve_answer(1, office.recommendations.show(1, HUNG).matter.version, MAI)
    office.sent("Đường hỏng")
    office.recommendations.take(2, office.recommendations.show(2, HUNG).matter.version, Step(State.ACCEPTED, LAN))
    office.own_data.withdraw(office.sent("Xin rút"))
    office.sent(f"Tôi tố cáo {SECRET}")
    return office


def test_what_is_sealed_never_comes_into_a_report(tmp_path: Path) -> None:
    office = filled(tmp_path)
    day = office.clock.now.astimezone(VIETNAM).date()
    with reading(office.engine) as connection:
        matters = reported_matters(connection, day, day, lambda _key: None)
        none = reported_matters(connection, day + timedelta(1), day + timedelta(9), lambda _key: None)
    assert [(one.number, one.resolution, one.is_for_next_report) for one in matters] == [
        (1, Resolution.BEING_STUDIED, True),
        (2, None, False),
        (3, None, False),
    ]
    assert none == []


@pytest.mark.slow
def test_the_command_writes_report_and_annex_whose_numbers_hold(tmp_path: Path) -> None:
    filled(tmp_path)
    out = tmp_path / "out"
    ended = forked(tmp_path, "report", "session", "--from", "2026-11-01", "--to", "2026-11-30", "--out", str(out), "--number", "thứ hai")
    assert ended.code == 0, ended.err
    assert "tính lại khác 0" in ended.out
    text = "\n".join(paragraph.text for paragraph in Document(str(out / "report.docx")).paragraphs)
    assert "Sửa cầu Đá" in text
    assert "thứ hai" in text
    assert load_workbook(out / "annex.xlsx").sheetnames
    for file in out.iterdir():
        assert SECRET.encode() not in file.read_bytes()
    assert SECRET not in text


def test_a_wrong_day_ends_in_a_sentence(tmp_path: Path) -> None:
    ended = forked(tmp_path, "report", "session", "--from", "hôm qua", "--to", "2026-11-30", "--out", str(tmp_path / "out"))
    assert ended.code in (2, 3)
    assert ended.is_explained


def test_no_claim_differs_when_nothing_changed(tmp_path: Path) -> None:
    from assistant.feedback.reports.session_report import recomputed
    from tests.assistant.feedback.generated_matters import SESSION

    office = filled(tmp_path)
    day = office.clock.now.astimezone(VIETNAM).date()
    with reading(office.engine) as connection:
        matters = reported_matters(connection, day, day, lambda _key: None)
    assert recomputed(session_figures(matters, SESSION), matters) == []
