"""The day whose law a question means, read from its words: "hồi năm 2020", "trước 1/7/2025", "last year".

Matching runs on folded text, so it works with and without marks. What only looks like a day is blanked out first: document
numbers, years in titles, birth years, work that began in a year and goes on.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from assistant.understanding import day_patterns as patterns
from corpus.text import fold, nfc, without_marks

EARLIEST = date(1945, 1, 1)
YEARS_AHEAD = 10

_RELATION = re.compile(
    r"\b(?:(?P<before>truoc|trc|before|prior to)|(?P<after>sau|after)|(?P<since>(?:ke |tinh |bat dau )?tu|since|from)"
    r"|(?P<until>den|toi|until|till))\s+(?:het\s+)?(?:(?:ngay|hom|bua|dem|thoi diem|moc|the|on)\s+)*$"
)
_PART = re.compile(r"\b(?P<part>dau|giua|cuoi|early|mid|late)[\s-]+$")
_LEADING = re.compile(r"\b(?:(?<!quoc )hoi|vao|luc|ngay|hom|bua|trong|in|on)\s+$")

_ASKER = r"(?:toi|em|e|minh|mk|tui|con|chung|muon|thi|moi|anh|chi|no|ho|nha|cong ty|cty|lai|da|dang|sep|qua|co|duoc|bi|kien|ra)"
_NOW = re.compile(
    r"\b(?:hien nay|hien tai|hien gio|hien hanh|(?<!luc )bay gio|bay h|bi gio|luc nay|hom nay|thang nay|den nay|toi nay|toi gio|den gio"
    r"|gio day|con kip|con hieu luc|con thoi h\w+|now|nowadays|currently|today|at present|still)\b"
    r"|(?:^|[.,;:?!]\s*)(?:gio|nay|h)\b(?!\s*\d)"
    rf"|(?<!\d )(?<!may )(?<!nhieu )(?<!them )(?<!ngoai )(?<!trong )(?<!dung )(?<!lam )(?<!tang )\bgio(?=\s+{_ASKER}\b)"
    r"|(?<!dau )(?<!\d )\bnam nay\b"
)
# "có còn bị phạt không" asks about now, whenever it happened; without marks it may be a child ("con bị phạt").
_STILL = re.compile(r"\bcòn\s+(?:kịp|được|bị|kiện|đòi|giá trị|quyền|hạn)\b")
_THEN = r"(?:luc|khi|hoi|ngay|hom|bua|thoi|thoi diem|nam)\s+(?:do|ay|bay gio)"
_LAW = r"(?:luat|quy dinh|phap luat)"
_LAW_THEN = re.compile(
    rf"\b{_LAW}\s+(?:\w+\s+){{0,3}}{_THEN}\b|\b{_THEN}\s+(?:thi\s+)?{_LAW}\b|\bat th(?:e|at) time\b|\bback then\b|\b(?:was|were|did)\b"
)
_SENTENCE_END = re.compile(r"[.!?]\s+(?=\S+\s+\S+\s+\S+\s+\S)")
_CLAUSE_START = re.compile(r"(?:^|[.,;:?!(\u2014-])\s*(?:(?:va|thi|the|con|vay|nhung|ma)\s+)*$")
_HAPPENED = re.compile(r"\b(?:xay ra|gay an|pham toi|happened)\s*$")
_BLANK = "|"
_ANY_DAY = date(2000, 1, 1)


@dataclass(frozen=True, slots=True)
class DayMeant:
    """The day whose law is meant, and the words of the text that say so."""

    day: date
    words: str


@dataclass(frozen=True, slots=True)
class _Period:
    """A stretch of days named from `start` to `end` of the folded text, with the words before it that bear on it."""

    first: date
    last: date
    start: int
    end: int
    relation: str = ""
    is_day: bool = False


def day_meant(text: str, asked_on: date) -> DayMeant | None:
    """The day whose law `text` asks for; None where it is the day of asking, or no day can be read.

    A year or month means its last day, the running one the day of asking; "trước D" the day before; "từ D", "sau D" the first day on
    which they hold; "N năm trước" the same day then. Of several days the last named counts. A past fact in a question about
    now ("ký năm 2019, giờ muốn nghỉ") names no day. A day before 1945 or more than ten years ahead is none.
    """
    folded = fold(text)
    periods = sorted(_periods(folded, asked_on), key=lambda period: period.start)
    if not periods or (not _LAW_THEN.search(folded) and _is_background(folded, periods[-1], text)):
        return None
    meant = periods[-1]
    day = _day_of(meant, asked_on)
    if day is None or not EARLIEST <= day <= _shifted(asked_on, 12 * YEARS_AHEAD):
        return None
    return DayMeant(day, _written(text, folded)[meant.start : meant.end].strip())


def apart_from_days(text: str) -> tuple[str, str]:
    """`text` in NFC without its words for days and for now, so that it can take another day; and the words of its last day or "".

    Which words these are does not depend on the day of asking.
    """
    folded = fold(text)
    shown = _written(text, folded)
    days = sorted((period.start, period.end) for period in _periods(folded, _ANY_DAY))
    words = shown[slice(*days[-1])].strip() if days else ""
    for start, end in sorted([*days, *(match.span() for match in _NOW.finditer(folded))], reverse=True):
        shown = f"{shown[:start].rstrip()} {shown[end:].lstrip()}"
    return shown.strip(" ,;"), words


def apart_from_impossible_day(text: str) -> tuple[str, str]:
    """`text` without a day that no calendar has, and that day as written ("31/2/2021"); `text` and "" where there is none."""
    folded = fold(text)
    for pattern in patterns.NO_DAYS:
        folded = pattern.sub(_blanked, folded)
    dated = (match for pattern in (*patterns.FULL_DATES, patterns.DAY_AND_MONTH) for match in pattern.finditer(folded))
    found = next((match for match in dated if _period(match, _ANY_DAY) is None), None)
    if found is None:
        return text, ""
    shown, before = _written(text, folded), folded[: found.start()]
    # "trước ngày", "vào ngày".
    for words in (_LEADING, _LEADING, _RELATION):
        before = words.sub("", before)
    return f"{shown[: len(before)].rstrip()} {shown[found.end() :].lstrip()}".strip(" ,;"), shown[found.start("day") : found.end()].strip()


def _is_background(folded: str, period: _Period, text: str) -> bool:
    """Whether the day only belongs to the story of a question that asks about the present."""
    before, after = folded[: period.start], folded[period.end :]
    if re.search(rf"\b{_LAW}\s+$", before) or re.match(rf"\s*,?\s*(?:thi\s+)?{_LAW}\b", after):
        return False
    if _NOW.search(before + _BLANK * (period.end - period.start) + after) or _STILL.search(nfc(text).lower()):
        return True
    # "bị liệt từ năm ngoái" goes on; "từ năm ngoái, …" and "mức phạt từ 1/7/2024" say when.
    goes_on = period.relation == "since" and not period.is_day and not _CLAUSE_START.search(before)
    return goes_on or (bool(_SENTENCE_END.search(after)) and not _HAPPENED.search(before))


def _periods(folded: str, asked_on: date) -> Iterator[_Period]:
    for pattern in patterns.NO_DAYS:
        folded = pattern.sub(_blanked, folded)
    for pattern in patterns.DATES:
        for match in pattern.finditer(folded):
            period = _period(match, asked_on)
            if period and not ("unit" in match.groupdict() and patterns.EARLY.search(folded, 0, match.start())):
                yield _with_words_before(period, folded)
        folded = pattern.sub(_blanked, folded)


def _blanked(match: re.Match[str]) -> str:
    # A cue before a bare year stays: it is the relation.
    cue = match.groupdict().get("cue") or ""
    return cue + _BLANK * (len(match.group()) - len(cue))


def _period(match: re.Match[str], asked_on: date) -> _Period | None:
    """The days that a match names, or None for a day that no calendar has."""
    parts = match.groupdict()
    start = match.start() + len(parts.get("cue") or "")
    if parts.get("unit"):
        day = _ago(parts["count"], parts["unit"], asked_on)
        return _Period(day, day, start, match.end())
    year = _year(parts, asked_on)
    first_month, last_month = _month_span(parts)
    if not (1 <= first_month <= last_month <= 12):
        return None
    first, last = date(year, first_month, 1), date(year, last_month, monthrange(year, last_month)[1])
    if parts.get("day"):
        if not 1 <= int(parts["day"]) <= last.day:
            return None
        first = last = first.replace(day=int(parts["day"]))
    return _Period(first, last, start, match.end(), is_day=first == last)


def _year(parts: dict[str, str | None], asked_on: date) -> int:
    if short := parts.get("short"):
        return 2000 + int(short) if 2000 + int(short) <= asked_on.year + YEARS_AHEAD else 1900 + int(short)
    near = parts.get("near") or parts.get("last")
    return int(parts.get("year") or 0) or asked_on.year - patterns.YEARS_BACK[near or "nay"]


def _month_span(parts: dict[str, str | None]) -> tuple[int, int]:
    """First and last month; (0, 0) where the number is no month."""
    if quarter := parts.get("quarter"):
        number = int(quarter) if quarter.isdigit() else {"i": 1, "ii": 2, "iii": 3, "iv": 4}[quarter]
        return 3 * number - 2, 3 * number
    month = parts.get("month") or parts.get("short_month")
    number = _month_number(month) if month else 0
    return (number, number) if month else (1, 12)


def _month_number(month: str) -> int:
    if month.isdigit():
        return int(month)
    return patterns.MONTH_NUMBERS.get(month) or next(number for number, name in enumerate(patterns.MONTHS, 1) if name.startswith(month))


def _ago(count: str, unit: str, asked_on: date) -> date:
    number = float(count) if count.isdigit() else patterns.COUNTS[count]
    if unit in ("tuan", "week", "ngay", "day"):
        return asked_on - timedelta(days=int(number * (7 if unit in ("tuan", "week") else 1)))
    return _shifted(asked_on, -int(number * (12 if unit in ("nam", "year") else 1)))


def _shifted(day: date, months: int) -> date:
    """The same day so many months later, the last of the month where there is none; kept within the calendar."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not date.min.year <= year <= date.max.year:
        return date.min if months < 0 else date.max
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _with_words_before(period: _Period, folded: str) -> _Period:
    """`period` narrowed by "đầu", "giữa", "cuối" and with its relation, if such words stand before it."""
    first, last, start = period.first, period.last, period.start
    part = _PART.search(folded, 0, start)
    if part:
        first, last, start = *_part_of(first, last, part["part"]), part.start()
    relation = _RELATION.search(folded, 0, start)
    if relation:
        return _Period(first, last, relation.start(), period.end, relation.lastgroup or "", period.is_day)
    leading = _LEADING.search(folded, 0, start)
    return _Period(first, last, leading.start() if leading else start, period.end, is_day=period.is_day)


def _part_of(first: date, last: date, part: str) -> tuple[date, date]:
    if part in ("dau", "early"):
        return first, first
    if part in ("giua", "mid"):
        middle = _shifted(first, 6) - timedelta(days=1) if (last - first).days > 40 else first + (last - first) // 2
        return middle, middle
    return last, last


def _day_of(period: _Period, asked_on: date) -> date | None:
    """The day that stands for a period; None for a range that reaches the day of asking."""
    match period.relation:
        case "before":
            return period.first - timedelta(days=1)
        case "since":
            return period.first
        case "after":
            return period.first if period.first == period.last else period.last + timedelta(days=1)
        case "until" if period.last >= asked_on:
            return None
    return asked_on if period.first <= asked_on <= period.last else period.last


def _written(text: str, folded: str) -> str:
    """`text` as written, where its places are those of the folded text: taking marks away shifts strange text."""
    shown = nfc(text)
    return shown if len(shown) == len(folded) else without_marks(text)
