"""Tables of other portals: whatever a spreadsheet makes of them is read, and what is broken is refused with its place."""

from __future__ import annotations

import json
import random
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook  # type: ignore[import-untyped]  # the package has no types

from assistant.interop import reading
from assistant.interop.errors import FileFault, TableUnreadable
from assistant.interop.names import ExchangeNames
from assistant.interop.reading import open_table
from assistant.interop.rows import RawRow, RowFault
from assistant.interop.writing import csv_lines

NAMES = ExchangeNames.load()
TEXT = "Đường hỏng"
# As spreadsheets keep moments.
NAIVE = datetime.fromisoformat("2026-11-05T08:30")


def file(folder: Path, name: str, content: bytes | str) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def rows(path: Path) -> list[RawRow]:
    return list(open_table(path, NAMES).rows())


def book(folder: Path, *lines: list[object]) -> Path:
    made = Workbook()
    for line in lines:
        made.active.append(line)
    path = folder / "table.xlsx"
    made.save(path)
    return path


@pytest.mark.parametrize(
    ("why", "content"),
    [
        ("plain", f"id,text\n7,{TEXT}\n"),
        ("byte order mark of Excel", f"\ufeffid,text\r\n7,{TEXT}\r\n"),
        ("semicolon, as Excel writes where commas part decimals", f"id;text\n7;{TEXT}\n"),
        ("tab", f"id\ttext\n7\t{TEXT}\n"),
        ("Vietnamese titles", f"Mã phản ánh,Nội dung\n7,{TEXT}\n"),
        ("titles without marks, in capitals", f"MA PHAN ANH,NOI DUNG\n7,{TEXT}\n"),
        ("titles of our own export", f"number,statement\n7,{TEXT}\n"),
        ("no line end at the end", f"id,text\n7,{TEXT}"),
        ("empty lines between", f"id,text\n\n7,{TEXT}\n,\n"),
        ("a comma inside quotes in a table of semicolons", f'"id";"text"\n7;"{TEXT}"\n'),
    ],
)
def test_csv_is_read_as_it_comes(tmp_path: Path, why: str, content: str) -> None:
    (row,) = rows(file(tmp_path, "table.csv", content))
    assert (row.cells["external_id"], row.cells["text"]) == ("7", TEXT), why


def test_quotes_and_line_breaks_inside_a_cell_are_part_of_it(tmp_path: Path) -> None:
    (row,) = rows(file(tmp_path, "table.csv", 'id,text\n7,"Một ""hai""\nba, bốn"\n'))
    assert row.cells["text"] == 'Một "hai"\nba, bốn'


@pytest.mark.parametrize(
    ("name", "content", "fault", "row"),
    [
        ("t.csv", f"id,text\n7,{TEXT}\n8,Cầu\n".encode("cp1258", "replace") + b"\xd2\xd4\n", FileFault.NOT_UTF8, 0),
        ("t.csv", "id,text\n7,ok\n".encode("utf-16"), FileFault.NOT_UTF8, 0),
        ("t.csv", 'id,text\n7,"chưa đóng\n8,hết', FileFault.BROKEN, 0),
        ("t.csv", "id,text\n7," + "x" * 1_100_000, FileFault.BROKEN, 0),
        ("t.csv", "", FileFault.NO_HEADER, 0),
        ("t.csv", "id,title\n7,x\n", FileFault.NO_TEXT_COLUMN, 1),
        ("t.csv", "id,text,nội dung\n7,x,y\n", FileFault.COLUMN_TWICE, 1),
        ("t.pdf", "%PDF", FileFault.UNKNOWN_FORMAT, 0),
        ("t.xlsx", "not a workbook", FileFault.BROKEN, 0),
        ("t.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", FileFault.BROKEN, 0),
        ("t.jsonl", b'{"text": "\xff"}\n', FileFault.NOT_UTF8, 1),
        ("t.jsonl", '{"text": "' + "x" * 1_100_000, FileFault.BROKEN, 1),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_as_a_whole(
    tmp_path: Path, name: str, content: bytes | str, fault: FileFault, row: int
) -> None:
    with pytest.raises(TableUnreadable) as refused:
        open_table(file(tmp_path, name, content), NAMES)
    assert refused.value.fault is fault
    assert row in (0, refused.value.row)


def test_too_many_rows_are_refused_before_anything_is_taken(tmp_path: Path) -> None:
    path = file(tmp_path, "t.csv", "text\n" + "x\n" * (reading.MOST_ROWS + 1))
    with pytest.raises(TableUnreadable) as refused:
        open_table(path, NAMES)
    assert refused.value.fault is FileFault.TOO_MANY_ROWS


def test_json_lines_are_judged_one_by_one(tmp_path: Path) -> None:
    lines = ['{"text": "một", "id": 7}', "{", "[1]", '"chữ"', '{"text": {"vi": "x"}}', "[" * 50_000, "", '{"Nội dung": "hai"}']
    read = rows(file(tmp_path, "t.jsonl", "\n".join(lines)))
    assert [(row.number, row.fault) for row in read] == [
        (1, None),
        (2, RowFault.NOT_A_ROW),
        (3, RowFault.NOT_A_ROW),
        (4, RowFault.NOT_A_ROW),
        (5, RowFault.NOT_A_ROW),
        (6, RowFault.NOT_A_ROW),
        (8, None),
    ]
    assert read[-1].cells == {"text": "hai"}


def test_more_cells_than_titles_are_a_bad_row(tmp_path: Path) -> None:
    read = rows(file(tmp_path, "t.csv", "id,text\n7,Đường hỏng, từ lâu\n8,Cầu hỏng,\n"))
    assert [row.fault for row in read] == [RowFault.TOO_MANY_CELLS, None]


def test_unknown_columns_are_named(tmp_path: Path) -> None:
    assert open_table(file(tmp_path, "t.csv", "text,Màu áo\nx,đỏ\n"), NAMES).unknown == ("Màu áo",)


def test_a_workbook_is_read_with_its_kinds_of_cells(tmp_path: Path) -> None:
    path = book(tmp_path, ["Mã", "Nội dung", "Ngày nhận"], [7, TEXT, NAIVE], [None, None, None], [8, "x", None])
    read = rows(path)
    assert [row.number for row in read] == [2, 4]
    assert read[0].cells == {"external_id": 7, "text": TEXT, "received_at": NAIVE}


def test_a_formula_is_a_bad_row_and_a_text_that_looks_like_one_is_not(tmp_path: Path) -> None:
    path = book(tmp_path, ["id", "text"], [1, "=1+1"], [2, "x"])
    made = Workbook()
    made.active.append(["id", "text"])
    made.active["A2"], made.active["B2"] = 1, "=1+1"
    made.active["B3"], made.active["A3"] = "=chữ", 2
    made.active["B3"].data_type = "s"
    made.save(path)
    assert [(row.fault, row.cells.get("text")) for row in rows(path)] == [(RowFault.FORMULA, None), (None, "=chữ")]


def repacked(path: Path, change: Callable[[str, bytes], bytes], extra: tuple[str, bytes] | None = None) -> Path:
    with zipfile.ZipFile(path) as old:
        parts = {name: change(name, old.read(name)) for name in old.namelist()}
    if extra:
        parts[extra[0]] = extra[1]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return path


def test_a_bomb_is_measured_before_it_is_unpacked(tmp_path: Path) -> None:
    path = repacked(book(tmp_path, ["text"], ["x"]), lambda _, content: content, ("xl/media/image1.bin", bytes(11_000_000)))
    with pytest.raises(TableUnreadable) as refused:
        open_table(path, NAMES)
    assert refused.value.fault is FileFault.TOO_LARGE


def test_entities_are_not_let_in(tmp_path: Path) -> None:
    def declared(name: str, content: bytes) -> bytes:
        head = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbb">]>'
        return head + content.partition(b"?>")[2] if name.endswith("sheet1.xml") and b"?>" in content else head + content

    with pytest.raises(TableUnreadable) as refused:
        open_table(repacked(book(tmp_path, ["text"], ["x"]), declared), NAMES)
    assert refused.value.fault is FileFault.UNSAFE


def test_a_workbook_damaged_anywhere_is_read_or_refused_and_nothing_else(tmp_path: Path) -> None:
    path = book(tmp_path, ["id", "text"], *([number, f"Đường {number} hỏng"] for number in range(50)))
    whole, chance, faults = path.read_bytes(), random.Random(4), set()
    for _ in range(25):
        spoiled = bytearray(whole)
        for _ in range(chance.choice((1, 3, 30))):
            spoiled[chance.randrange(len(spoiled))] = chance.randrange(256)
        path.write_bytes(bytes(spoiled[: chance.choice((len(whole), len(whole) // 2))]))
        try:
            rows(path)
        except TableUnreadable as refused:
            faults.add(refused.fault)
    assert FileFault.BROKEN in faults


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.text(min_size=1).filter(str.strip), st.text()), min_size=1, max_size=5))
def test_what_is_written_as_csv_is_read_again(tmp_path_factory: pytest.TempPathFactory, told: list[tuple[str, str]]) -> None:
    plain = [(text.encode("utf-8", "replace").decode(), name.encode("utf-8", "replace").decode()) for text, name in told]
    path = file(tmp_path_factory.getbasetemp(), "again.csv", "".join(csv_lines(("text", "name"), plain)))
    read = [(str(row.cells["text"]).removeprefix("'"), str(row.cells["name"]).removeprefix("'")) for row in rows(path)]
    assert read == [(text.removeprefix("'"), name.removeprefix("'")) for text, name in plain]


def test_every_kind_of_file_says_the_same(tmp_path: Path) -> None:
    cells = {"external_id": "7", "text": TEXT, "field": "Giao thông"}
    as_csv = rows(file(tmp_path, "t.csv", "".join(csv_lines(tuple(cells), [tuple(cells.values())]))))
    as_json = rows(file(tmp_path, "t.jsonl", json.dumps(cells, ensure_ascii=False)))
    as_book = rows(book(tmp_path, list(cells), list(cells.values())))
    assert as_csv[0].cells == as_json[0].cells == as_book[0].cells == cells
