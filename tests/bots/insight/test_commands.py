"""`dienhong themes`, `bill` and the reports besides the session report, as their functions run over a home."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from assistant.database import open_database, upgrade
from assistant.feedback.vault import KeyFile
from assistant.insight.tables import theme_run
from assistant.settings import Settings
from bots.insight import commands as insight_commands
from bots.insight.cli import add_insight, add_reports
from bots.insight.wording import ENGLISH, VIETNAMESE
from bots.wording import sentences
from tests.assistant.feedback.office import Office
from tests.assistant.insight.made import Made, put
from tests.assistant.insight.test_theme_desk import SUBJECTS

DAY = date(2026, 11, 20)
Run = Callable[..., int]


def _parser() -> argparse.ArgumentParser:
    whole = argparse.ArgumentParser()
    commands = whole.add_subparsers(required=True)

    def command(
        parent: argparse._SubParsersAction[argparse.ArgumentParser], name: str, help_text: str, run: str
    ) -> argparse.ArgumentParser:
        parser = parent.add_parser(name, help=help_text)
        parser.set_defaults(run=run)
        return parser

    add_insight(commands, command)
    add_reports(commands.add_parser("report").add_subparsers(required=True), command)
    return whole


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Runs a command over a home with twenty matters, the oldest of two years."""
    engine = open_database(f"sqlite:///{(tmp_path / 'dienhong.sqlite').resolve()}")
    upgrade(engine)
    theme_run.metadata.create_all(engine)
    office = Office(engine, KeyFile(tmp_path / "keys" / "feedback.keys").load_or_make())
    put(office, [Made(DAY - timedelta(number % 5), text=SUBJECTS[number % 2], title=SUBJECTS[number % 2]) for number in range(20)])
    engine.dispose()
    settings = Settings(home=tmp_path, interface_language="vi", _env_file=None)  # type: ignore[call-arg]  # a field of the library

    def runs(*arguments: str) -> int:
        parsed = _parser().parse_args(arguments)
        for name in ("from_", "to_day"):
            if getattr(parsed, name, None):
                setattr(parsed, name, date.fromisoformat(getattr(parsed, name)))
        return int(getattr(insight_commands, parsed.run.partition(":")[2])(parsed, settings, sentences("vi")))

    return runs


def test_a_document_is_written_kept_and_holds(run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    days = ("--from", "2026-01-01", "--to", "2026-11-22")
    assert run("report", "deputy", "--province", "ha noi", *days, "--out", str(tmp_path / "out" / "deputy.docx")) == 0
    assert run("report", "scoreboard", *days, "--out", str(tmp_path / "board.docx")) == 0
    assert run("report", "week", "--ending", "2026-11-22", "--out", str(tmp_path / "week.docx")) == 0
    assert run("report", "verify", "3") == 0
    assert "báo cáo số 3" in capsys.readouterr().out
    assert (tmp_path / "out" / "deputy.docx").stat().st_size > 10_000


def test_a_bill_goes_from_suggestion_to_pack(run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("bill", "add", "7/2026", "Luật Thu quỹ phụ huynh") == 0
    assert run("bill", "suggest", "7/2026") == 0
    assert run("bill", "decide", "7/2026", "2") == 0
    assert run("bill", "decide", "7/2026", "4", "--not") == 0
    capsys.readouterr()
    assert run("bill", "links", "7/2026") == 0
    told = capsys.readouterr().out
    assert (told.count(VIETNAMESE.accepted), told.count(VIETNAMESE.refused), told.count(VIETNAMESE.undecided)) == (1, 1, 8)
    assert run("report", "bill", "7/2026", "--to", "2026-11-22", "--out", str(tmp_path / "bill.docx")) == 0


def test_themes_are_found_and_chosen(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("themes", "run", "--from", "2026-11-01", "--to", "2026-11-30") == 0
    # Nothing is known of these letters to compare them by.
    told = capsys.readouterr().out
    assert VIETNAMESE.ungrouped.format(count=20) in told
    assert "độ ổn định giữa các lần chạy (ARI) 1.00" in told
    assert run("themes", "list") == 0
    assert "ARI 1.00" in capsys.readouterr().out
    assert run("themes", "show", "1", "--letters") == 0
    assert run("themes", "back", "1", "--version", "0", "0") == 0
    assert VIETNAMESE.nothing_chosen.format(version=1) in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("themes", "show", "9"), VIETNAMESE.run_not_found),
        (("themes", "list", "--role", "screener"), VIETNAMESE.wrong_role),
        (("report", "verify", "9"), VIETNAMESE.report_not_found),
        (("report", "deputy", "--province", "Atlantis", "--out", "x.docx"), VIETNAMESE.province_not_found),
        (("report", "bill", "9", "--out", "x.docx"), VIETNAMESE.bill_not_found),
    ],
)
def test_what_is_not_there_ends_in_a_sentence(
    run: Run, arguments: tuple[str, ...], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(*arguments) == 3
    assert sentence.partition("{")[0] in capsys.readouterr().err


def test_both_languages_fill_the_same_places() -> None:
    import string

    def places(text: str) -> set[str | None]:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name}

    for name in VIETNAMESE.__slots__:
        assert places(getattr(VIETNAMESE, name)) == places(getattr(ENGLISH, name)), name
