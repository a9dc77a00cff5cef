"""`dienhong feedback import`, `feedback export` and `open-data` as people type them."""

from __future__ import annotations

import argparse
import csv
import json
from collections.abc import Callable
from dataclasses import fields
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from openpyxl import load_workbook  # type: ignore[import-untyped]  # the package has no types

from assistant.database import metadata, open_database, upgrade
from assistant.feedback.casework import Facts
from assistant.feedback.vault import KeyFile
from assistant.interop.errors import FileFault
from assistant.interop.exporting import COLUMNS, TableFormat, exportable, exported
from assistant.interop.rows import RowFault
from assistant.settings import Settings
from bots.exchange import commands as interop_commands
from bots.exchange.cli import add_exchange, add_open_data
from bots.exchange.wording import OPEN311_ENGLISH, OPEN311_VIETNAMESE, interop_sentences
from bots.wording import sentences
from tests.assistant.feedback.office import HUNG, Office
from tests.assistant.interop.cases import accepted, published

Typed = Callable[..., int]
UNREADABLE = (
    ("t.csv", "text\nĐường hỏng".encode("utf-16"), "CSV UTF-8"),
    ("t.csv", "text\nđê".encode("cp1258"), "windows-1258"),
    ("t.csv", b'text\n"x', "Tệp bị hỏng"),
    ("t.csv", b"title\nx", "không có cột «text»"),
    ("t.xlsx", b"PK", "Tệp bị hỏng"),
    ("t.doc", b"x", "«.doc»"),
)


def parser() -> argparse.ArgumentParser:
    def command(
        commands: argparse._SubParsersAction[argparse.ArgumentParser], name: str, help_text: str, run: str
    ) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=help_text)
        made.set_defaults(run=run)
        return made

    whole = argparse.ArgumentParser()
    commands = whole.add_subparsers(required=True)
    add_exchange(commands, command)
    add_open_data(commands, command)
    return whole


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "home"
    folder.mkdir()
    return folder


@pytest.fixture
def office(home: Path) -> Office:
    engine = open_database(f"sqlite:///{(home / 'dienhong.sqlite').resolve()}")
    upgrade(engine)
    metadata.create_all(engine)
    return Office(engine, KeyFile(home / "keys" / "feedback.keys").load_or_make())


@pytest.fixture
def typed(office: Office, home: Path) -> Typed:
    """Runs a command over the office's own database."""

    def run(*arguments: str, language: str = "vi") -> int:
        parsed = parser().parse_args(arguments)
        settings = Settings(home=home, interface_language=language)
        function = getattr(interop_commands, parsed.run.partition(":")[2])
        return int(function(parsed, settings, sentences(language)))

    return run


def table(folder: Path, *lines: str) -> str:
    path = folder / "portal.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    return str(path)


def test_an_import_tells_what_became_of_every_row(typed: Typed, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = table(tmp_path, "id,text,field,màu", "P-1,Đường hỏng,Bóng đá,đỏ", "P-2,,,", "P-3,Cầu hỏng,Giao thông,")
    assert typed("import", path, "--channel", "mat-tran-so") == 2
    assert "--agreed" in capsys.readouterr().err
    assert typed("import", path, "--channel", "mat-tran-so", "--dry-run") == 1
    assert "sẽ nhận 2, đã có từ trước 0, không nhận 1" in capsys.readouterr().out
    assert typed("import", path, "--channel", "mat-tran-so", "--agreed", "--as", "lan") == 1
    told = capsys.readouterr()
    assert told.out == "Đã đọc 3 dòng: nhận 2, đã có từ trước 0, không nhận 1.\n"
    assert told.err.splitlines() == [
        "Dòng 3: thiếu nội dung.",
        "Dòng 2: đã nhận, bỏ qua giá trị chưa hiểu ở cột field.",
        "Không dùng các cột: màu.",
    ]


def test_a_file_that_cannot_be_read_ends_in_a_sentence(typed: Typed, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, content, said in UNREADABLE:
        (tmp_path / name).write_bytes(content)
        assert typed("import", str(tmp_path / name), "--agreed") == 2
        assert said in capsys.readouterr().err


def test_a_wrong_name_of_a_portal_ends_in_a_sentence(typed: Typed, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert typed("import", table(tmp_path, "text", "x"), "--agreed", "--channel", "Mặt trận") == 2
    assert "«Mặt trận»" in capsys.readouterr().err


def test_every_form_of_the_export_says_the_same_and_holds_nothing_sealed(
    typed: Typed, office: Office, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    accepted(office, "Cầu hỏng, gọi 0912345678")
    office.sent("Tôi tố cáo ông A")
    assert typed("export", "--role", "reviewer", "--role", "sealed_officer") == 0
    as_csv = capfdbinary.readouterr().out.decode()
    assert as_csv.startswith("\ufeffnumber,state,kind")
    (row,) = csv.DictReader(StringIO(as_csv.removeprefix("\ufeff"), newline=""))
    assert (row["number"], row["state"], row["title"], row["statement"]) == ("1", "accepted", "Sửa cầu Đá", "Đề nghị sửa cầu Đá ở thôn Hạ")
    assert typed("export", "--format", "jsonl") == 0
    (line,) = capfdbinary.readouterr().out.decode().splitlines()
    assert {name: "" if value is None else str(value) for name, value in json.loads(line).items()} == row
    out = tmp_path / "table.xlsx"
    assert typed("export", "--format", "xlsx", "--out", str(out)) == 0
    header, cells = load_workbook(out).active.iter_rows(values_only=True)
    assert {name: "" if value is None else str(value) for name, value in zip(header, cells, strict=True)} == row
    assert "0912345678" not in as_csv


def test_what_was_exported_can_be_imported_elsewhere(
    typed: Typed, office: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    accepted(office, "Cầu hỏng")
    path = tmp_path / "table.csv"
    assert typed("export", "--out", str(path)) == 0
    assert typed("import", str(path), "--channel", "ha-noi", "--agreed") == 0
    assert "nhận 1" in capsys.readouterr().out


def test_a_cell_never_becomes_a_formula(office: Office) -> None:
    accepted(office, "Cầu hỏng")
    office.casework.settle(1, office.recommendations.show(1, HUNG).matter.version, Facts(title='=HYPERLINK("http://x")'), HUNG)
    table = b"".join(exported(exportable(office.desk, HUNG), TableFormat.CSV, office.clock())).decode("utf-8-sig")
    assert table.splitlines()[0] == ",".join(COLUMNS)
    assert '"\'=HYPERLINK(""http://x"")"' in table
    book = b"".join(exported(exportable(office.desk, HUNG), TableFormat.XLSX, office.clock()))
    assert "f" not in {cell.data_type for row in load_workbook(BytesIO(book)).active for cell in row}


def test_open_data_is_written_into_a_folder(typed: Typed, office: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    published(office, "Cầu Đá hỏng", "Cầu […] hỏng")
    out = tmp_path / "open"
    assert typed("open-data", "--out", str(out), "--license", "https://example.vn/giay-phep") == 0
    assert "7 tệp" in capsys.readouterr().out
    catalogue = json.loads((out / "catalog.jsonld").read_text(encoding="utf-8"))
    assert catalogue["dct:license"] == {"@id": "https://example.vn/giay-phep"}
    assert "Cầu […] hỏng" in (out / "recommendations.csv").read_text(encoding="utf-8-sig")


def test_every_fault_has_a_sentence_in_both_languages() -> None:
    for language in ("vi", "en"):
        told = interop_sentences(language)
        assert set(told.faults) == set(RowFault)
        assert set(told.file_faults) == set(FileFault)
    assert set(OPEN311_VIETNAMESE.errors) == set(OPEN311_ENGLISH.errors)
    for one in fields(OPEN311_ENGLISH):
        assert getattr(OPEN311_VIETNAMESE, one.name)
