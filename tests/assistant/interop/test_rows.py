"""What the cells of a portal's row mean, and what is wrong with those that cannot be taken."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from assistant.feedback.states import StateMachine
from assistant.interop.names import ExchangeNames
from assistant.interop.rows import BadRow, PortalRow, RawRow, RowFault, RowReader
from corpus.areas import Areas

NOW = datetime(2026, 11, 22, 1, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def reader(areas: Areas) -> RowReader:
    return RowReader(ExchangeNames.load(), StateMachine.load(), areas, NOW)


def read(reader: RowReader, **cells: Any) -> PortalRow | BadRow:  # Any: what a cell may hold
    return reader.read(RawRow(3, {"text": "x", **cells}), "mat-tran-so")


def taken(reader: RowReader, **cells: Any) -> PortalRow:
    row = read(reader, **cells)
    assert isinstance(row, PortalRow)
    return row


@pytest.mark.parametrize(
    ("column", "cell", "fault"),
    [
        ("text", "", RowFault.NO_TEXT),
        ("text", None, RowFault.NO_TEXT),
        ("text", " \n", RowFault.NO_TEXT),
        ("text", "x" * 100_001, RowFault.TEXT_TOO_LONG),
        ("external_id", "i" * 201, RowFault.BAD_ID),
        ("channel", "Cổng của tỉnh", RowFault.BAD_CHANNEL),
        ("channel", "a" * 31, RowFault.BAD_CHANNEL),
        ("name", "n" * 501, RowFault.BAD_CONTACT),
        ("received_at", "30/02/2026", RowFault.BAD_DATE),
        ("received_at", "hôm qua", RowFault.BAD_DATE),
        ("received_at", "2099-01-01", RowFault.BAD_DATE),
        ("received_at", "0001-01-01T00:00:00+14:00", RowFault.BAD_DATE),
        ("received_at", 46_331.5, RowFault.BAD_DATE),
    ],
)
def test_a_bad_row_is_told_with_its_number_and_never_with_its_words(reader: RowReader, column: str, cell: object, fault: RowFault) -> None:
    row = read(reader, **{column: cell})
    assert row == BadRow(3, fault, column)


@pytest.mark.parametrize(
    ("cell", "moment"),
    [
        ("2026-11-05T08:30+07:00", datetime(2026, 11, 5, 1, 30, tzinfo=UTC)),
        ("2026-11-05T01:30Z", datetime(2026, 11, 5, 1, 30, tzinfo=UTC)),
        ("2026-11-05 08:30", datetime(2026, 11, 5, 1, 30, tzinfo=UTC)),
        ("05/11/2026 08:30", datetime(2026, 11, 5, 1, 30, tzinfo=UTC)),
        ("5/11/2026", datetime(2026, 11, 4, 17, 0, tzinfo=UTC)),
        (datetime.fromisoformat("2026-11-05T08:30"), datetime(2026, 11, 5, 1, 30, tzinfo=UTC)),
        (date(2026, 11, 5), datetime(2026, 11, 4, 17, 0, tzinfo=UTC)),
        ("", None),
        (None, None),
    ],
)
def test_a_moment_without_a_zone_is_one_of_vietnam(reader: RowReader, cell: object, moment: datetime | None) -> None:
    assert taken(reader, received_at=cell).received_at == moment


@pytest.mark.parametrize(
    ("column", "cell", "label"),
    [
        ("kind", "Phản ánh", "report"),
        ("kind", "TO CAO", "denunciation"),
        ("kind", "Kiến nghị qua tiếp xúc cử tri", "voter_recommendation"),
        ("field", "giao thông", "transport"),
        ("field", "Điện, nước, viễn thông", "utilities"),
        ("field", "admin_procedure", "admin_procedure"),
        ("field", "Transport", "transport"),
        ("level", "Cấp xã", "commune"),
        ("area", "00454", "commune:00454"),
        ("area", "commune:00454", "commune:00454"),
        ("area", "01", "province:01"),
        ("area", "province:01", "province:01"),
        ("area", "xã Đông Anh, Hà Nội", "commune:00454"),
    ],
)
def test_a_label_is_a_code_or_words_in_any_language(reader: RowReader, column: str, cell: str, label: str) -> None:
    row = taken(reader, **{column: cell})
    assert [(one.task, one.value) for one in row.labels] == [(column, label)]
    assert row.unread == ()


def test_a_name_of_many_units_gives_each_as_a_candidate(reader: RowReader) -> None:
    labels = taken(reader, area="xã Tân Phú").labels
    assert {one.task for one in labels} == {"place"}
    assert len(labels) == 12


def test_what_nobody_here_understands_is_left_out_and_told(reader: RowReader) -> None:
    row = taken(reader, field="Bóng đá", state="Đang bay", area="ở đâu đó", kind="none")
    assert (row.labels, set(row.unread)) == ((), {"field", "state", "area", "kind"})


@pytest.mark.parametrize(
    ("cell", "phone"),
    [(912345678, "0912345678"), ("0912 345 678", "0912 345 678"), ("'+84912345678", "+84912345678"), (1900.0, "1900")],
)
def test_a_telephone_number_gets_its_nought_back(reader: RowReader, cell: object, phone: str) -> None:
    assert taken(reader, phone=cell).contact.phone == phone


def test_the_words_of_a_sender_stay_as_they_came(reader: RowReader) -> None:
    assert taken(reader, text=" Đường\n\nhỏng ").text == " Đường\n\nhỏng "


def test_what_no_database_holds_is_replaced(reader: RowReader) -> None:
    row = taken(reader, external_id="a\x00b", text="nửa \ud800 chữ")
    assert (row.external_id, row.text) == ("a\ufffdb", "nửa ? chữ")
