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

from corpus.text import fold, nfc, without_marks

EARLIEST = date(1945, 1, 1)
YEARS_AHEAD = 10

_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december")
# Months as numbers and as words; "tháng năm" is May.
_MONTH_NUMBERS = {name: number for number, name in enumerate("gieng hai ba tu nam sau bay tam chin muoi".split(), 1)}
_MONTH_NUMBERS |= {"mot": 1, "bon": 4, "muoi mot": 11, "muoi hai": 12, "chap": 12}
_NUMBERS = ("mot hai ba bon nam sau bay tam chin muoi", "one two three four five six seven eight nine ten")
_COUNTS = {"nua": 0.5} | {word: float(number) for words in _NUMBERS for number, word in enumerate(words.split(), 1)}
_YEARS_BACK = {"nay": 0, "ngoai": 1, "truoc": 1, "roi": 1, "qua": 1, "last": 1, "kia": 2}

# What may follow "sinh" or "làm từ": a year with as much of a date as is given.
_ANY_DATE = r"(?:(?:vao|hoi|dau|giua|cuoi|ngay|nam|thang|in|on)\s+)*(?:\d{1,2}\s*(?:[/.-]|thang|nam)?\s*){0,2}(?:nam\s+)?(?:19|20)\d\d\b"
# Words that end a title of a law, except in the pairs shown: "xã hội", "thi hành", "trẻ em" stand in titles.
_NOT_IN_TITLE = (
    r"(?:thi(?! hanh| dua)|la|cho|co(?! yeu| quan)|khong|(?<!xa )(?<!quoc )hoi|luc|khi|vao|tu|truoc|sau|nam|thang|ngay|quy dinh"
    r"|duoc|bi|phai|bat|phat|nao|gi|sao|nay|do|ay|theo|ap dung|neu|ma|(?<!tre )em|toi(?! pham)|minh|tui|may|bao nhieu)\b"
)
_TITLE_WORD = rf"\s*,?\s+(?!{_NOT_IN_TITLE})[a-z]+"
_TITLE = (
    rf"(?:(?:bl[a-z]{{2,4}}|lhngd|ldd|hien phap|bo luat)(?:{_TITLE_WORD}){{0,9}}\s*,?\s*\(?(?:nam\s+)?"
    # "luật 2019" is a title, "luật năm 2019" the law of that time.
    rf"|(?:luat|phap lenh)(?:{_TITLE_WORD}){{1,9}}\s*,?\s*\(?(?:nam\s+)?|luat\s+)(?:19|20)\d\d\b"
)
_AMENDED = r"(?:[\s,(]*(?:duoc\s+)?(?:sua doi|sd|bo sung|bs|hop nhat)[\s,a-z]{0,25}(?:19|20)\d\d)*"
_STARTED = r"\b(?:lam|lam viec|man|cong tac|dong|song|thue|o|su dung|cu tru|worked|working|lived)(?:\s+[a-z]+){0,4}\s+(?:tu|since)\s+"
_NO_DAYS = tuple(
    re.compile(pattern)
    for pattern in (
        r"\b\d{1,5}\s*/\s*(?:19|20)\d\d\s*/\s*[a-z][\w-]*",
        r"\b(?:luat|nghi dinh|nd|thong tu|tt|ttlt|nghi quyet|nq|quyet dinh|qd|phap lenh|chi thi|van ban|cong van|ban an|so|nha|hem|ngo"
        r"|law|decree|circular|no)\.?\s*(?:so\s*)?:?\s*\d{1,5}\s?[/-](?:\s?\d{1,4}/)?\s?(?:19|20)\d\d\b",
        rf"\b{_TITLE}{_AMENDED}",
        r"(?<!in )(?<!since )(?<!before )(?<!after )(?<!until )\b(?:19|20)\d\d\s+(?:[a-z]+\s+){0,4}(?:code|law|act|constitution|decree)\b",
        r"\b(?:code|law|act|constitution)\s+(?:of\s+)?\(?(?:19|20)\d\d\b",
        rf"\b(?:ban hanh|hieu luc)\s+(?:(?:(?:ke|tinh)\s+)?tu\s+)?{_ANY_DATE}",
        rf"\b(?:sinh|sn|de|born)\s*:?\s*{_ANY_DATE}",
        _STARTED + _ANY_DATE,
    )
)

_YEAR = r"(?:(?:nam\s+)?(?P<year>(?:19|20)\d\d)(?![\d/-]|[.,]\d)|nam\s+(?P<near>ngoai|kia|nay|truoc))\b"
_PLAIN_YEAR = r"(?P<year>(?:19|20)\d\d)(?![\d/-]|[.,]\d)\b"
_MONTH_NAME = rf"(?P<month>{'|'.join((*_MONTHS, *(month[:3] for month in _MONTHS)))})\.?"
_MONTH = rf"(?P<month>\d{{1,2}}|{'|'.join(sorted(_MONTH_NUMBERS, key=len, reverse=True))})"
_COUNT = rf"(?P<count>\d{{1,3}}|{'|'.join(_COUNTS)})"
_NO_UNIT = r"(?![\d/-]|[.,]\d|\s*(?:dong|nguoi|trieu|d|k|usd|m2|km|kg|cai|hoc sinh)\b)"
_BEFORE_YEAR = r"(?:hoi|luc|vao|tu|truoc|trc|sau|den|toi|thoi|in|since|before|after|until|during|from|by|year)"
# The finest first: what one pattern has read is blanked out for those after it.
_DATES = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?<![\d/.-])(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)(?![\d-])",
        r"(?<![\d/.-])(?P<day>\d{1,2})\s?[/.-]\s?(?P<month>\d{1,2})\s?[/.-]\s?(?P<year>(?:19|20)\d\d)(?![\d/-])",
        r"(?<=ngay )(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})[/.-](?P<short>\d\d)(?![\d/.-])",
        rf"(?<![\d/.-])(?P<day>\d{{1,2}})\s*(?:thang\s*{_MONTH}|[/-]\s*(?P<short_month>\d{{1,2}}))\s*,?\s*{_YEAR}",
        rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH_NAME},?\s+{_PLAIN_YEAR}",
        rf"\b{_MONTH_NAME}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+{_PLAIN_YEAR}",
        rf"\b(?:thang\s*{_MONTH}|t(?P<short_month>\d{{1,2}}))\s*[/.,-]?\s*{_YEAR}",
        rf"(?<![\d/.,-])(?P<month>\d{{1,2}})\s?[/-]\s?{_YEAR}",
        rf"\b{_MONTH_NAME},?\s+{_PLAIN_YEAR}",
        rf"\bquy\s+(?P<quarter>[1-4]|i{{1,3}}|iv)\s*[/,]?\s*{_YEAR}",
        rf"\bcach\s+(?:day|nay)\s+(?:(?:khoang|hon|gan|chung|tam|co)\s+)?{_COUNT}\s+(?P<unit>nam|thang|tuan|ngay)\b",
        rf"\b{_COUNT}\s+(?P<unit>nam|thang)\s+(?:ve\s+)?truoc\b(?!\s+(?:khi|ngay|luc|thoi|do|ay|ky|han)\b)",
        rf"\b{_COUNT}\s+(?P<unit>year|month|week|day)s?\s+ago\b",
        rf"(?<!\d )(?<!viet )(?<!mien )\bnam\s+{_PLAIN_YEAR}",
        r"(?<!viet )(?<!\d )\bnam\s+(?P<near>ngoai|kia)\b|\b(?P<last>last)\s+year\b",
        r"(?:^|(?<=[.,;:?!] )|(?<=hoi )|(?<=vao )|(?<=dau )|(?<=cuoi ))nam\s+(?:vua\s+)?(?P<near>truoc|roi|qua)\b(?!\s+(?:khi|do|ay)\b)",
        rf"(?P<cue>\b{_BEFORE_YEAR}\s+)(?P<year>(?:19|20)\d\d)\b{_NO_UNIT}",
        r"(?P<cue>(?:^|\bcon|\bthe)\W*)(?P<year>(?:19|20)\d\d)(?=\s+(?:thi|sao)\b|\W*$)",
        r"(?<=dau )nam\s+(?P<near>nay)\b",
    )
)
# "báo 1 tháng trước", "nộp 2 năm trước" tell how early, not when.
_EARLY = re.compile(r"\b(?:bao|nop|tra|xin|dat|noi|may|vai|nhieu)(?:\s+\w+){0,3}\s+$")

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
    for pattern in _NO_DAYS:
        folded = pattern.sub(_blanked, folded)
    for pattern in _DATES:
        for match in pattern.finditer(folded):
            period = _period(match, asked_on)
            if period and not ("unit" in match.groupdict() and _EARLY.search(folded, 0, match.start())):
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
    return int(parts.get("year") or 0) or asked_on.year - _YEARS_BACK[near or "nay"]


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
    return _MONTH_NUMBERS.get(month) or next(number for number, name in enumerate(_MONTHS, 1) if name.startswith(month))


def _ago(count: str, unit: str, asked_on: date) -> date:
    number = float(count) if count.isdigit() else _COUNTS[count]
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
