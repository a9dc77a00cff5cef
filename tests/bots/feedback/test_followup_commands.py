"""`dienhong feedback lint|note|slip|survey|surveys|ask-surveys` as people type them."""

from __future__ import annotations

import argparse
import json
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from docx import Document

from assistant.database import metadata, open_database, upgrade
from assistant.feedback.answers.surveys import SurveyDesk
from assistant.feedback.casework import Draft, Facts
from assistant.feedback.states import State, Step
from assistant.feedback.types import Kind, Resolution
from assistant.feedback.vault import KeyFile
from assistant.settings import Settings
from bots.feedback import followup_commands
from bots.feedback.followup_cli import add_followup
from bots.wording import sentences
from tests.assistant.feedback.office import HUNG, LAN, MAI, Office

STATEMENT = "Đề nghị phường lắp đèn chiếu sáng ở ngõ 12. Bao giờ xây nhà văn hóa?"
GOOD = (
    "Kính gửi ông, bà. Ủy ban nhân dân phường đã giao Công ty chiếu sáng lắp 6 cột đèn chiếu sáng tại ngõ 12, xong trước ngày 30/12/2026. "
    "Nhà văn hóa sẽ được xây trong năm 2027. Trân trọng cảm ơn."
)
BAD = "Ý kiến đã được tiếp nhận và chuyển cơ quan chức năng, gọi 0912345678."
SECRET = "ông Đinh Văn Kín nhận tiền"


class Home:
    """A home whose first recommendation waits for an answer and whose second is sealed."""

    def __init__(self, folder: Path) -> None:
        self.settings = Settings(home=folder)
        engine = open_database(self.settings.application_database)
        upgrade(engine)
        metadata.create_all(engine)
        self.office = Office(engine, KeyFile(folder / "keys" / "feedback.keys").load_or_make())
        self.code = self.office.sent("Ngõ tối lắm, tôi là Lê Thị Sáu")
        self.office.sent(f"Tôi tố cáo {SECRET}")
        self.office.casework.settle(1, self.version(), Facts(kind=Kind.REPORT, statement=STATEMENT), HUNG)
        for step in (Step(State.ACCEPTED, LAN), Step(State.ROUTED, HUNG)):
            self.office.recommendations.take(1, self.version(), step)

    def version(self) -> int:
        return self.office.recommendations.show(1, HUNG).matter.version

    def draft(self, text: str) -> None:
        self.office.casework.draft_answer(1, self.version(), Draft(text, Resolution.BEING_STUDIED), HUNG)

    def approve(self) -> None:
        self.office.casework.approve_answer(1, self.version(), MAI)

    def run(self, *typed: str) -> int:
        """What the command line does with these arguments."""
        parsed = _parser().parse_args(typed)
        for name in ("from_", "to_day"):
            if getattr(parsed, name, None):
                setattr(parsed, name, date.fromisoformat(getattr(parsed, name)))
        code: int = getattr(followup_commands, parsed.run.partition(":")[2])(parsed, self.settings, sentences("vi"))
        return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser()

    def command(
        commands: argparse._SubParsersAction[argparse.ArgumentParser], name: str, help_text: str, run: str
    ) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=help_text)
        added.set_defaults(run=run)
        return added

    add_followup(parser.add_subparsers(), command)
    return parser


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


def test_lint_tells_what_is_to_be_mended_and_ends_with_one(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    home.draft(BAD)
    assert home.run("lint", "1") == 1
    told = capsys.readouterr().out
    for part in (
        "CẦN SỬA: Chưa nói đến yêu cầu: «Đề nghị phường lắp đèn",
        "thông tin cá nhân: «0912345678»",
        "nên xem: Nói chung chung",
        "nêu lý do",
    ):
        assert part in told
    assert home.run("lint", "1", "--json") == 1
    assert {one["rule"] for one in json.loads(capsys.readouterr().out)} >= {"ask_untouched", "no_day", "no_body", "personal_data", "vague"}


def test_lint_of_a_good_answer_ends_with_nought(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    home.draft(GOOD)
    assert home.run("lint", "1") == 0
    assert "Chưa thấy điều gì cần sửa" in capsys.readouterr().out


def test_notes_are_added_and_listed(home: Home, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    assert home.run("note", "1") == 0
    assert "chưa có ghi chú" in capsys.readouterr().err
    monkeypatch.setattr("sys.stdin", StringIO("Đã gọi phường"))
    assert home.run("note", "1", "-", "--as", "lan", "--role", "screener") == 0
    assert home.run("note", "1", " ") == 2
    capsys.readouterr()
    home.run("note", "1")
    assert "lan: Đã gọi phường" in capsys.readouterr().out


def test_a_slip_is_written_and_none_of_what_is_sealed(home: Home, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    out = tmp_path / "slip.docx"
    assert home.run("slip", "1", "--out", str(out)) == 3
    assert "chưa có cơ quan nhận" in capsys.readouterr().err
    home.office.casework.settle(1, home.version(), Facts(body="Ủy ban nhân dân phường Hạ"), HUNG)
    assert home.run("slip", "1", "--out", str(out), "--issuer", "Ủy ban Mặt trận Tổ quốc Việt Nam phường Hạ", "--place", "Hạ") == 0
    text = "\n".join(paragraph.text for paragraph in Document(str(out)).paragraphs)
    assert "Kính gửi: Ủy ban nhân dân phường Hạ" in text
    assert "lắp đèn chiếu sáng ở ngõ 12" in text
    assert "Lê Thị Sáu" not in text
    sealed = tmp_path / "sealed.docx"
    assert home.run("slip", "2", "--out", str(sealed), "--role", "sealed_officer", "--as", "officer-1") == 3
    assert "tố cáo và hồ sơ bảo mật" in capsys.readouterr().err
    assert not sealed.exists()


def test_a_sender_judges_the_answer_and_asks_for_a_review(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    assert home.run("survey", home.code, "good") == 3
    assert "chưa có trả lời" in capsys.readouterr().err
    home.draft(GOOD)
    home.approve()
    assert home.run("ask-surveys") == 0
    assert json.loads(capsys.readouterr().out) == {"asked": 1}
    assert home.run("survey", home.code, "partly", "--words", "Đèn mờ quá") == 0
    assert "Hài lòng một phần" in capsys.readouterr().out
    assert home.run("survey", home.code, "bad") == 0
    assert "--ask-again" in capsys.readouterr().out
    assert home.run("survey", home.code, "bad", "--ask-again") == 0
    assert home.office.own_data.status(home.code).state is State.REOPEN_REQUESTED
    assert home.run("survey", home.code, "bad", "--ask-again") == 3
    assert home.run("survey", home.code, "bad", "--words", "x" * 3000) == 3
    assert home.run("survey", home.code, "good") == 0


def test_figures_hide_small_counts(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    home.draft(GOOD)
    home.approve()
    days = ("--from", "2020-01-01", "--to", "2099-12-31")
    assert home.run("surveys", *days, "--json") == 0
    assert json.loads(capsys.readouterr().out) == {"from": "2020-01-01", "to": "2099-12-31", "told": "<5", "outcomes": {}, "fields": {}}
    assert home.run("surveys", *days) == 0
    assert "không nêu chi tiết" in capsys.readouterr().out


def test_figures_of_many_are_told_by_outcome(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    office = home.office
    for number in range(3, 8):
        office.sent(sender=str(number))
        office.casework.merge(number, office.recommendations.show(number, HUNG).matter.version, 1, LAN)
    home.draft(GOOD)
    home.approve()
    surveys = SurveyDesk(office.engine, office.vault, office.clock, office.intake, office.recommendations, office.own_data)
    assert surveys.ask_due() == 6
    assert home.run("surveys", "--from", "2020-01-01", "--to", "2099-12-31") == 0
    told = capsys.readouterr().out
    assert "từ 01/01/2020 đến 31/12/2099: 6" in told
    assert "đã hỏi, chưa đánh giá 6" in told
