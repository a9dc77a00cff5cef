"""The portal's table of channels, times and fees, flattened without separators, split back into its cells.

A row is `channel time fee [(note on the fee)] [description]`. The portal prints "Miễn phí" or "0 VNĐ" also where the
real fee stands in the note, and some offices typed thousands ("20 VNĐ" for 20.000 đồng): an amount is given
only where no other word of the row puts it in doubt.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from corpus.sources.portal_text import absent, stated
from corpus.text import fold, squeeze
from corpus.types import Fee, ProcessingTime

_HEADING = "Hình thức nộpThời gianPhí, lệ phíMô tả"
_NONE = "Không có thông tin"
# Words that stand in the cell of the time where there is no number (all that the crawl of 2026 has and that end surely).
_WORDED_TIME = r"Không phải trả kết quả cho người nộp thuế|Không quy định|Không ?"
_TIME = rf"{_NONE}|{_WORDED_TIME}|\d{{1,4}}(?:[.,]\d+)?(?: (?:Ngày làm việc|Ngày|Giờ|Tháng))?"
_FEE = rf"{_NONE}|Miễn phí|\d{{1,12}}(?:[,.]\d+){{0,4}} (?:VNĐ|Việt Nam Đồng|USD)"
_ROW = re.compile(rf"(Trực tiếp|Trực tuyến|Dịch vụ bưu chính)({_TIME})({_FEE})")
_BARE_NUMBER = re.compile(r"[\d.,]+")
_MONEY = re.compile(r"\d{1,3}(?:[,.]\d{3}){0,4}|\d{1,12}")
_ENUMERATOR = re.compile(r"\(?(?<!\w)(?:[a-zđ]|\d{1,2}|[ivx]{1,4})\)")
_UNITS = {"Ngày làm việc": "working_day", "Ngày": "day", "Giờ": "hour", "Tháng": "month"}
_SPEAKS_OF_TIME = re.compile(r"\b(?:ngày|giờ|tháng|tuần|buổi)\b|thời hạn", re.IGNORECASE)
_SPEAKS_OF_MONEY = re.compile(r"\bphí\b|\d\s*(?:đồng|vnđ|đ)\b|%", re.IGNORECASE)
_CHANGES_AMOUNT = re.compile(r"%|\bmiễn\b|\bgiảm\b|\btối đa\b|\btối thiểu\b|\bUSD\b", re.IGNORECASE)
_AMOUNT_IN_WORDS = re.compile(r"\d{1,3}(?:[.,]\d{3}){1,4}")
_NO_FEE = {"khong", "khong co", "khong quy dinh", "khong thu phi", "khong thu le phi", "mien phi", "mien le phi"}
_SMALLEST_FEE = 1000


@dataclass(frozen=True, slots=True)
class ChannelRow:
    """One row of the table; None where a cell is empty. `sure` is False where a border between cells is not certain."""

    channel: str
    time: str | None
    fee: str | None
    note: str | None = None
    description: str | None = None
    sure: bool = True
    fee_label: str = ""


@dataclass(frozen=True, slots=True)
class ChannelTable:
    """What the table says; `unclear` holds the raw words of what could not be split with certainty, by guide field."""

    times: tuple[ProcessingTime, ...]
    fees: tuple[Fee, ...]
    notes: tuple[str, ...]
    unclear: tuple[str, ...]


def channel_table(flat: str) -> ChannelTable:
    """The entries of a flattened table; one entry with the raw words and no value where it has another shape."""
    body = flat.strip().removeprefix(_HEADING)
    if absent(body):
        return ChannelTable((), (), (), ())
    starts = list(_ROW.finditer(body))
    if not starts or starts[0].start() != 0:
        return ChannelTable((ProcessingTime(None, None, squeeze(body)),), (), (), (f"processing_time: {squeeze(body)}",))
    ends = [start.start() for start in starts[1:]] + [len(body)]
    return entries(_row(start, body[start.end() : end]) for start, end in zip(starts, ends, strict=True))


def entries(rows: Iterable[ChannelRow]) -> ChannelTable:
    """Times and fees with the channel as their case, and what else the rows say as notes."""
    kept = tuple(rows)
    times = tuple(time for row in kept if (time := _time(row)) is not None)
    fees = tuple(fee for row in kept if (fee := _fee(row)) is not None)
    unclear = tuple(f"fee: {row.channel}: {row.fee} {row.note or ''}".strip() for row in kept if not row.sure)
    return ChannelTable(times, fees, _notes(kept), unclear)


def _row(start: re.Match[str], rest: str) -> ChannelRow:
    channel, time, fee = start.group(1, 2, 3)
    note, description, sure = _note_and_description(rest) if fee != _NONE else (None, stated(rest), True)
    if not (_BARE_NUMBER.fullmatch(time) and fee[0].isdigit()):
        return ChannelRow(channel, stated(time), stated(fee), note, description, sure)
    number, currency = f"{time}{fee}".split(" ", 1)
    borders = [cut for cut in range(1, len(number)) if _is_time(number[:cut]) and _is_money(number[cut:])]
    if len(borders) == 1:
        return ChannelRow(channel, number[: borders[0]], f"{number[borders[0] :]} {currency}", note, description, sure)
    # "120 VNĐ" is 1 and 20 or 12 and 0: the words stay together under the headings of both columns.
    return ChannelRow(channel, None, f"Thời gian, phí, lệ phí: {number} {currency}", note, description, sure=False)


def _is_time(digits: str) -> bool:
    return digits.isdecimal() and digits[0] != "0" and len(digits) <= 3


def _is_money(digits: str) -> bool:
    return _MONEY.fullmatch(digits) is not None and (digits == "0" or digits[0] != "0")


def _note_and_description(rest: str) -> tuple[str | None, str | None, bool]:
    """The bracketed note after a fee, the description behind it, and whether their border is certain.

    The border is a closing bracket with no blank behind it, because only cells are glued; enumerators such as "a)" close nothing.
    """
    if not rest.startswith("("):
        return None, stated(rest), True
    bare = "(" + _ENUMERATOR.sub(lambda match: " " * len(match[0]), rest[1:])
    closing = [place for place, sign in enumerate(bare) if sign == ")" and not re.match(r"[\s.,;:)]", rest[place + 1 :])]
    balanced = [place for place in closing if bare.count(")", 0, place + 1) >= bare.count("(", 0, place)]
    border = balanced[0] if balanced else closing[0] if len(closing) == 1 else None
    if border is None:
        return stated(rest), None, False
    return stated(rest[1:border]), stated(rest[border + 1 :]), True


def _time(row: ChannelRow) -> ProcessingTime | None:
    describes = row.description is not None and _SPEAKS_OF_TIME.search(row.description) is not None
    text = "\n".join(part for part in (row.time, row.description if describes else None) if part)
    if not text:
        return None
    number, _, unit = (row.time or "").partition(" ")
    if not re.fullmatch(r"\d{1,4}", number) or int(number) == 0 or (unit and unit not in _UNITS):
        return ProcessingTime(None, None, text, row.channel)
    return ProcessingTime(int(number), _UNITS.get(unit), text, row.channel)


def _fee(row: ChannelRow) -> Fee | None:
    if row.fee is None:
        return None
    text = row.fee_label + (f"{row.fee} ({row.note})" if row.note else row.fee)
    return Fee(_amount(row) if row.sure else None, text, row.channel)


def _amount(row: ChannelRow) -> int | None:
    """The amount in VND of the cell, where nothing in the row speaks of another one."""
    number, _, currency = (row.fee or "").partition(" ")
    free = row.fee == "Miễn phí"
    if not free and (currency not in ("VNĐ", "Việt Nam Đồng", "Đồng") or not _MONEY.fullmatch(number)):
        return None
    amount = 0 if free else int(re.sub(r"[.,]", "", number))
    if amount == 0:
        return 0 if _silent_on_money(row) else None
    words = f"{row.note or ''} {row.description or ''}"
    others = {int(re.sub(r"[.,]", "", found)) for found in _AMOUNT_IN_WORDS.findall(words)} - {amount}
    doubtful = amount < _SMALLEST_FEE or others or _CHANGES_AMOUNT.search(words)
    return None if doubtful else amount


def _silent_on_money(row: ChannelRow) -> bool:
    note = fold(row.note or "khong").strip(" .()")
    return note in _NO_FEE and not _SPEAKS_OF_MONEY.search(row.description or "")


def _notes(rows: tuple[ChannelRow, ...]) -> tuple[str, ...]:
    channels: dict[str, list[str]] = {}
    for row in rows:
        if row.description and not _SPEAKS_OF_TIME.search(row.description):
            channels.setdefault(row.description, []).append(row.channel)
    named = ", ".join(dict.fromkeys(row.channel for row in rows))
    described = (f"{', '.join(dict.fromkeys(where))}: {words}" for words, where in channels.items())
    return (f"Hình thức nộp: {named}", *described) if named else ()
