"""Dates and years of birth: "sinh năm 1975", "12/3/80", "ngày mùng 5 tháng 4 năm 1960", "sn 82"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.feedback.privacy.text import Letter
from assistant.feedback.types import PersonalDataType, PersonalSpan

_NUMBER_WORD = r"(?:mot|hai|ba|bon|tu|nam|lam|sau|bay|tam|chin|muoi|linh|le|mot|khong|tram|ngan|nghin)"
_SPOKEN = rf"{_NUMBER_WORD}(?: {_NUMBER_WORD}){{0,6}}"
_DAY = rf"(?:\d{{1,2}}|{_NUMBER_WORD}(?: {_NUMBER_WORD}){{0,2}}?)"
# Years of the sixty-year calendar, and "2k3" for 2003.
_MOON_YEAR = r"(?:giap|at|binh|dinh|mau|ky|canh|tan|nham|quy) (?:ty|suu|dan|mao|meo|thin|ngo|mui|than|dau|tuat|hoi)"
_SHORT_YEAR = r"2k\d{1,2}(?!\w)"
_YEAR = rf"(?:(?:19|20)\d{{2}}|\d{{2}}(?!\d)|{_SHORT_YEAR}|{_MOON_YEAR}|{_SPOKEN})(?!\w)"
_ISO = r"(?:19|20)\d{2}[\-/.]\d{1,2}[\-/.]\d{1,2}(?![\d/])"
_NUMERIC = (
    rf"(?:\d{{1,2}}(?: ?[./\-–, ] ?|th?)\d{{1,2}} ?(?:[./\-–, ]|nam) ?(?:(?:19|20)\d{{2}}|\d{{2}}(?!k)|{_SHORT_YEAR})(?![\d/])|{_ISO})"
)
_IN_WORDS = (
    rf"(?:ngay )?(?:(?:mung|mong) )?{_DAY} (?:thang|t) ?(?:{_DAY}|gieng|chap)(?: nam|,)? ?{_YEAR}|(?:ngay )?\d{{1,2}} thang \d{{1,2}}(?!\w)"
)
_MONTH = rf"(?:thang|t) ?\d{{1,2}}(?: nam |[/.\- ]){_YEAR}|\d{{1,2}}[/.\-](?:19|20)\d{{2}}"
_FULL_YEAR = r"(?:19|20)\d{2}(?!\d|[ ]?[\-–][ ]?\d)"
# "khai sinh ngày" is the day of a certificate, "vệ sinh", "học sinh" and "sinh viên" are no birth.
_BIRTH = re.compile(
    r"(?<!khai )(?<!ve )(?<!hoc )(?<!thi )(?<!hy )(?<!\btre )(?<!\ble )(?<!nguoi )(?<!\bhi )(?<!moi )"
    r"\b(?P<cue>sinh|sanh|snh|sih|sn|de|sinh nhat|ns|n\.s|n\.sinh|nsinh|dob|s\.nam|s\.ngay|ngay thang nam sinh|nam sinh|ngay sinh|ngay sn"
    r"|ngay,? thang,? nam sinh)"
    r"(?: (?:ngay|nam|vao|cua (?:toi|em|con|chau|tui|minh|me|bo|vo|chong|be|anh|chi|ong|ba)"
    r"|la|dung|phai la|toi|ghi|vao ngay|con|ra|nham|khoang|dau|cuoi|giua|tam|chung))*[ :]{1,3}(?:(?:ngay|nam|dau nam|khoang nam) (?=\d))?"
    rf"(?P<date>{_IN_WORDS}|{_NUMERIC}|{_MONTH}|{_YEAR}\b)"
)
# "ngày sinh trên thẻ là 1986-04-12"
_SAID = re.compile(rf"\bngay(?: thang nam)? sinh(?: \w+){{1,4}}? (?:la|ghi|thanh)[ :]{{1,3}}(?P<date>{_NUMERIC})")
# "sn 15 ngõ 7", "tdp 7 sn 14": the number of a house.
_STREET_AFTER = re.compile(r"[ ,]{1,2}(?:duong|ngo|ngach|pho|hem|kiet|to|thon|xom|ap|khu|lo|khom|tdp)\b")
_HAMLET_BEFORE = re.compile(r"\b(?:to|tdp|kp|thon|xom|ap|ngo|hem|khu pho) \w+,? $")
# "nữ, 1979, làm ruộng"
_SEX_AND_YEAR = re.compile(r"\b(?:nữ|giới tính nam|gioi tinh nam|, nam|, nu),? (?P<date>19\d{2})(?=[,.;)])")
# "khai sinh ghi 8/3/1962, căn cước ghi 3/8/1962"
_WRITTEN_DOWN = re.compile(
    r"\b(?:khai sinh|can cuoc|cccd|cmnd|chung minh|ho khau|giay to|ho chieu|hoc ba|bang|the|so ho khau)"
    r"(?: \w+){0,3}? ghi(?: \w+){0,2}?[ :]{1,3}"
    r"(?P<date>\d{1,2}[./\-]\d{1,2}[./\-](?:19\d{2}|200\d))(?![\d/])"
)
# "tôi tuổi 1960", "e 2k5"
_AGE = re.compile(
    rf"\b(?:tuoi (?P<year>19\d{{2}}(?!\d)|mot chin {_NUMBER_WORD} {_NUMBER_WORD})"
    r"|(?:e|em|minh|mik|mk|con|be|chau|ban|t|tui|toi|nam|gen|tuoi|doi) (?P<short>2k\d{0,2}(?! ?(?:dong|d|vnd|tien))))(?!\w)"
)
# A day of long ago that stands by itself between signs: "…, 11/2/2001, …"
_ALONE = re.compile(r"[,;(] ?(?P<date>\d{1,2}[./\-]\d{1,2}[./\-](?:19[3-9]\d|200\d|201[0-2]))(?= ?(?:[,;)]|\.(?!\d)|$))")
_IN_WORDS_ONLY = re.compile(_IN_WORDS)
_SHORT_YEAR_CUE = re.compile(r"(?:nam|sn|ns|sinh)[ :]{1,3}$")
# What parts a date from the name that it belongs to.
_AFTER_NAME = re.compile(rf"[ ]?(?:[,(;–\-]|,? ?\()?[ ]?(?P<date>{_NUMERIC}|{_FULL_YEAR}|{_SHORT_YEAR})")
_FULL_DATE = re.compile(rf"{_NUMERIC}|{_SHORT_YEAR}")
# "năm năm mươi sáu": the first word is no figure.
_SHORTEST_SPOKEN = 8
# "năm năm ba" is the year 53.
_LONGEST_HOUSE_NUMBER, _NEAR = 3, 25
_TWO_FIVES = len("nam nam ")
_YEARS_AHEAD = re.compile(r"(?:nam )+$")


def birth_dates(letter: Letter, names: Sequence[PersonalSpan]) -> Iterator[PersonalSpan]:
    """Dates that a word for birth announces, and those right after one of `names`; some may be found twice."""
    for match in _BIRTH.finditer(letter.plain):
        start, end = match.span("date")
        date = match.group("date")
        if len(date) == 2 and not _SHORT_YEAR_CUE.search(letter.plain, match.start(), start):
            continue
        ahead = _ahead(letter, start, date)
        if (date.isalpha() and len(date) < _SHORTEST_SPOKEN and ahead < _TWO_FIVES) or _is_other_word(letter, match):
            continue
        yield PersonalSpan(start - ahead, end, PersonalDataType.BIRTH_DATE)
    for match in _SEX_AND_YEAR.finditer(letter.written.lower()):
        yield PersonalSpan(*match.span("date"), PersonalDataType.BIRTH_DATE)
    for pattern in (_WRITTEN_DOWN, _SAID, _ALONE):
        for match in pattern.finditer(letter.plain):
            yield PersonalSpan(*match.span("date"), PersonalDataType.BIRTH_DATE)
    for match in _AGE.finditer(letter.plain):
        yield PersonalSpan(*match.span("year" if match["year"] else "short"), PersonalDataType.BIRTH_DATE)
    for name in names:
        after = _AFTER_NAME.match(letter.plain, name.end)
        if after and _is_birth(after.group("date")):
            yield PersonalSpan(*after.span("date"), PersonalDataType.BIRTH_DATE)


def _is_other_word(letter: Letter, match: re.Match[str]) -> bool:
    """Whether the word that looks like "đẻ" is another: "đê", "để", "đề"; and "sn" the number of a house."""
    if match["cue"] == "sn" and match["date"].isdecimal() and len(match["date"]) <= _LONGEST_HOUSE_NUMBER:
        return bool(
            _STREET_AFTER.match(letter.plain, match.end())
            or _HAMLET_BEFORE.search(letter.plain, max(0, match.start() - _NEAR), match.start())
        )
    if match["cue"] != "de":
        return False
    return letter.written[slice(*match.span("cue"))].lower() != "đẻ" if letter.is_marked else not match["date"][0].isdecimal()


def _ahead(letter: Letter, start: int, date: str) -> int:
    """How many characters before a date in words belong to it: "ngày" 5 tháng 4 năm 1960, "năm" sáu tám."""
    if _IN_WORDS_ONLY.match(date):
        return 5 if letter.plain.startswith("ngay ", start - 5) else 0
    years = _YEARS_AHEAD.search(letter.plain, max(0, start - 10), start)
    return len(years.group()) if years and not date[0].isdecimal() else 0


def _is_birth(date: str) -> bool:
    """Whether a date after a name can be that of a birth: after 1900, and a bare year long enough ago."""
    if date.isdecimal():
        return date < "2012"
    return _FULL_DATE.fullmatch(date) is not None
