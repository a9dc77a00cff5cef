"""Dates and years of birth: "sinh năm 1975", "12/3/80", "ngày mùng 5 tháng 4 năm 1960", "sn 82"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.feedback.personal_text import Letter
from assistant.feedback.types import PersonalDataType, PersonalSpan

_NUMBER_WORD = r"(?:mot|hai|ba|bon|tu|nam|lam|sau|bay|tam|chin|muoi|linh|le|mot|khong|tram|ngan|nghin)"
_SPOKEN = rf"{_NUMBER_WORD}(?: {_NUMBER_WORD}){{0,6}}"
_DAY = rf"(?:\d{{1,2}}|{_NUMBER_WORD}(?: {_NUMBER_WORD}){{0,2}}?)"
_YEAR = rf"(?:(?:19|20)\d{{2}}|\d{{2}}(?!\d)|{_SPOKEN})"
_NUMERIC = r"\d{1,2} ?[./\-–, ] ?\d{1,2} ?[./\-–, ] ?(?:(?:19|20)\d{2}|\d{2})(?![\d/])"
_IN_WORDS = rf"(?:ngay )?(?:(?:mung|mong) )?{_DAY} (?:thang|t) ?(?:{_DAY}|gieng|chap)(?: nam|,)? ?{_YEAR}"
_MONTH = rf"(?:thang|t) ?\d{{1,2}}(?: nam |[/.\- ]){_YEAR}|\d{{1,2}}[/.\-](?:19|20)\d{{2}}"
_FULL_YEAR = r"(?:19|20)\d{2}(?!\d|[ ]?[\-–][ ]?\d)"
# "khai sinh ngày" is the day of a certificate, "vệ sinh", "học sinh" and "sinh viên" are no birth.
_BIRTH = re.compile(
    r"(?<!khai )(?<!ve )(?<!hoc )(?<!thi )(?<!hy )(?<!\bhi )(?<!moi )"
    r"\b(?:sinh|snh|sn|de|sinh nhat|ns|n\.s|dob|s\.nam|s\.ngay|ngay thang nam sinh|nam sinh|ngay sinh)"
    r"(?: (?:ngay|nam|vao|cua (?:toi|em|con|chau|tui|minh|me|bo|vo|chong|be|anh|chi|ong|ba)"
    r"|la|dung|phai la|toi|ghi|vao ngay|con))*[ :]{1,3}"
    rf"(?P<date>{_IN_WORDS}|{_NUMERIC}|{_MONTH}|{_YEAR}\b)"
)
# "nữ, 1979, làm ruộng"
_SEX_AND_YEAR = re.compile(r"\b(?:nữ|giới tính nam|gioi tinh nam|, nam|, nu),? (?P<date>19\d{2})(?=[,.;)])")
_IN_WORDS_ONLY = re.compile(_IN_WORDS)
_SHORT_YEAR_CUE = re.compile(r"(?:nam|sn|ns|sinh)[ :]{1,3}$")
# What parts a date from the name that it belongs to.
_AFTER_NAME = re.compile(rf"[ ]?(?:[,(;–\-]|,? ?\()?[ ]?(?P<date>{_NUMERIC}|{_FULL_YEAR})")
_FULL_DATE = re.compile(_NUMERIC)


def birth_dates(letter: Letter, names: Sequence[PersonalSpan]) -> Iterator[PersonalSpan]:
    """Dates that a word for birth announces, and those right after one of `names`; some may be found twice."""
    for match in _BIRTH.finditer(letter.plain):
        start, end = match.span("date")
        date = match.group("date")
        if len(date) == 2 and not _SHORT_YEAR_CUE.search(letter.plain, match.start(), start):
            continue
        if date.isalpha() and len(date) < 8:
            continue
        # In words the day belongs to the date: "ngày 5 tháng 4 năm 1960".
        if _IN_WORDS_ONLY.match(date) and letter.plain.startswith("ngay ", start - 5):
            start -= 5
        yield PersonalSpan(start, end, PersonalDataType.BIRTH_DATE)
    for match in _SEX_AND_YEAR.finditer(letter.written.lower()):
        yield PersonalSpan(*match.span("date"), PersonalDataType.BIRTH_DATE)
    for name in names:
        after = _AFTER_NAME.match(letter.plain, name.end)
        if after and _is_birth(after.group("date")):
            yield PersonalSpan(*after.span("date"), PersonalDataType.BIRTH_DATE)


def _is_birth(date: str) -> bool:
    """Whether a date after a name can be that of a birth: after 1900, and a bare year long enough ago."""
    if date.isdecimal():
        return date < "2012"
    return _FULL_DATE.fullmatch(date) is not None
