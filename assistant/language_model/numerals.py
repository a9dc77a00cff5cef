"""Numbers, amounts, dates and fractions in Vietnamese text, however written, in one form.

"06", "6" and "sáu" are 6; "một triệu đồng" and "1.000.000 đ" are 1000000 đồng; "30%" is "ba mươi phần trăm"; "1/7/2025" is "ngày 01
tháng 7 năm 2025". A single number word that is also another word ("năm", "ba", "không") counts only in front of a unit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cache


class Kind(StrEnum):
    """What a numeral says."""

    NUMBER = "number"
    DATE = "date"
    FRACTION = "fraction"


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number, date or fraction from `start` to `end` of the text; `form` is the same for every way of writing it."""

    kind: Kind
    form: str
    start: int
    end: int


_DIGIT_WORDS = {
    "không": 0,
    "một": 1,
    "mốt": 1,
    "hai": 2,
    "ba": 3,
    "bốn": 4,
    "tư": 4,
    "năm": 5,
    "lăm": 5,
    "nhăm": 5,
    "sáu": 6,
    "bảy": 7,
    "bẩy": 7,
    "tám": 8,
    "chín": 9,
}
_SCALES = {"trăm": 10**2, "nghìn": 10**3, "ngàn": 10**3, "triệu": 10**6, "tỷ": 10**9, "tỉ": 10**9}
_UNITS = (
    "ngày|tháng|năm|tuổi|giờ|phút|giây|tuần|quý|đồng|phần trăm|%|lần|người|con|bản|bên|mức|tầng|mét|m2|km|ki-lô-mét|hecta|ha|kg|gam|"
    "ki-lô-gam|lít|thành viên|đại biểu|kỳ|khóa|nhiệm kỳ|hội thẩm|thẩm phán|hải lý|tấn|cái|chiếc|loại|cấp|bậc|nơi|trường hợp|vụ|tập"
)
_GROUPED = r"\d{1,3}(?:[.,]\d{3})+(?!\d)"
_PLAIN = r"\d+(?:[.,]\d+)?"
_MONTH, _DAY, _YEAR = r"(?:0?[1-9]|1[0-2])", r"(?:0?[1-9]|[12]\d|3[01])", r"(?:1[89]|20|21)\d{2}"


def numerals(text: str) -> Iterator[Numeral]:
    """Every numeral of `text` (NFC), in order, none inside another."""
    position, lowered = 0, text.lower()
    pattern = _pattern()
    while match := pattern.search(lowered, position):
        found = _numeral(match)
        if found:
            yield found
        position = found.end if found else match.end()


@cache
def _pattern() -> re.Pattern[str]:
    group, amount = _number_forms()
    # In the order of preference at one place.
    forms = (
        rf"(?P<day>(?:ngày\s)?{_DAY}\s?[/.-]\s?{_MONTH}\s?[/.-]\s?{_YEAR})(?![/\w-])",
        rf"(?P<day_words>(?:ngày\s)?{_DAY}\stháng\s{_MONTH}(?:\snăm\s{_YEAR})?)(?!\w)",
        rf"(?P<day_month>ngày\s{_DAY}/{_MONTH})(?![/\w])",
        rf"(?P<month>tháng\s{_MONTH}(?:\snăm\s|\s?/\s?){_YEAR})(?!\w)",
        rf"(?P<parts>{group}\sphần\s(?!trăm){group}\b)",
        r"(?P<half>một\snửa\b)",
        r"(?P<fraction>\d{1,3}\s?/\s?\d{1,3})(?![/\w-])",
        rf"(?P<amount>{amount})",
        rf"(?P<digits>{_GROUPED}|{_PLAIN})",
        rf"(?P<words>{group})\b",
    )
    return re.compile(r"(?<![\w/])(?:" + "|".join(forms) + ")")


def _number_forms() -> tuple[str, str]:
    """Patterns of a number below a thousand in words, and of figures or words with scales."""
    digit = "|".join(_DIGIT_WORDS)
    # "mười năm" is ten years: fifteen is "mười lăm".
    ones = "|".join(word for word in _DIGIT_WORDS if word not in ("năm", "không"))
    tens = rf"(?:mười(?:\s(?:{ones})\b)?|(?:{ones}|năm)\smươi(?:\s(?:{ones})\b)?)"
    hundreds = rf"(?:{digit})\străm(?:\s(?:(?:linh|lẻ)\s(?:{digit})|{tens})\b)?"
    group = rf"(?:{hundreds}|{tens}|(?:{digit}))"
    number = rf"(?:{_GROUPED}|{_PLAIN}|{group}\b)"
    scale = r"(?:nghìn|ngàn|triệu|tỷ|tỉ|trăm(?=\s(?:nghìn|ngàn|triệu|tỷ|tỉ)))\b"
    return group, rf"{number}(?:\s{scale})+(?:\s{number}(?:\s{scale})+)*(?:\s{hundreds}\b|\srưỡi\b)?"


@cache
def _in_front_of_unit() -> re.Pattern[str]:
    # "năm (05) ngày" and "05 (năm) ngày" have their unit behind the bracket.
    return re.compile(rf"\)?\s(?:\(\d+\)\s?)?(?:{_UNITS})(?!\w)|\s?%")


@cache
def _parts() -> re.Pattern[str]:
    return re.compile(rf"{_GROUPED}|{_PLAIN}|\w+")


def _numeral(match: re.Match[str]) -> Numeral | None:
    kind, text = match.lastgroup or "", match.group()
    if kind in ("day", "day_words", "day_month", "month"):
        return Numeral(Kind.DATE, _date(kind, text), *match.span())
    if kind in ("fraction", "half", "parts"):
        return Numeral(Kind.FRACTION, _fraction(kind, text), *match.span())
    if kind == "words" and not _is_counted(match):
        return None
    return Numeral(Kind.NUMBER, _plain(_value(text)), *match.span())


def _is_counted(match: re.Match[str]) -> bool:
    """Whether a number word is meant as a number: several words are, a single one in front of a unit or after "thứ"."""
    if " " in match.group() or match.group() == "mười":
        return True
    if match.string[: match.start()].endswith("thứ "):
        return True
    # "không tuổi" is no age.
    return match.group() != "không" and bool(_in_front_of_unit().match(match.string, match.end()))


def _date(kind: str, text: str) -> str:
    numbers = [int(number) for number in re.findall(r"\d+", text)]
    if kind == "month":
        return f"{numbers[1]:04}-{numbers[0]:02}"
    day_and_month = f"{numbers[1]:02}-{numbers[0]:02}"
    return f"{numbers[2]:04}-{day_and_month}" if len(numbers) == 3 else f"--{day_and_month}"


def _fraction(kind: str, text: str) -> str:
    if kind == "half":
        return "1/2"
    parts = re.split(r"\s?/\s?|\sphần\s", text)
    return "/".join(_plain(_value(part)) for part in parts)


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"


def _value(text: str) -> Decimal:
    """The value of one number: "1 tỷ 500 triệu", "hai mươi mốt", "1,5 triệu"."""
    total, group, scale = Decimal(0), Decimal(0), Decimal(1)
    for part in _parts().findall(text):
        if part in _SCALES and part != "trăm":
            scale = Decimal(_SCALES[part])
            # "500 nghìn tỷ": one scale on another.
            total, group = (total + group * scale, Decimal(0)) if group else (total * scale, group)
        elif part == "rưỡi":
            total += scale / 2
        else:
            group = _grown(group, part)
    return total + group


def _grown(group: Decimal, part: str) -> Decimal:
    """The hundreds, tens and ones so far with one more word."""
    if part == "trăm":
        return group * 100
    if part == "mươi":
        return group + group % 10 * 9
    if part == "mười":
        return group + 10
    if part in ("linh", "lẻ"):
        return group
    return group + (Decimal(_DIGIT_WORDS[part]) if part in _DIGIT_WORDS else _figures(part))


def _figures(text: str) -> Decimal:
    if re.fullmatch(_GROUPED, text):
        return Decimal(re.sub("[.,]", "", text))
    return Decimal(text.replace(",", "."))
