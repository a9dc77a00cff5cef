"""The days that an answer names: "30/6/2027", "tháng 3 năm 2027", "quý II/2027", "năm 2027"."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_YEAR = r"(?P<year>20\d\d)(?![\d/-])"
# The finest first: what one has read is no year of the next.
_DATES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?<![\d/.-])(?P<day>\d{{1,2}})\s?[/.-]\s?(?P<month>\d{{1,2}})\s?[/.-]\s?{_YEAR}",
        rf"\b(?P<day>\d{{1,2}})\s+thang\s+(?P<month>\d{{1,2}})\s*(?:,|nam)?\s*{_YEAR}",
        rf"\bthang\s+(?P<month>\d{{1,2}})\s*(?:/|nam|,)?\s*(?:nam\s+)?{_YEAR}",
        rf"(?<![\d/.-])(?P<month>\d{{1,2}})\s?/\s?{_YEAR}",
        rf"\bquy\s+(?P<quarter>iii|ii|iv|i|[1-4])\s*(?:/|nam|,)?\s*(?:nam\s+)?{_YEAR}",
        rf"\b(?:nam\s|den\s|giai doan\s+20\d\d\s*[-\u2013])\s*{_YEAR}",
    )
)
# A year in the name of a law is no day: "Luật Đất đai năm 2024", "số 31/2024/QH15", "ngày 18/01/2024 của Chính phủ".
_OF_LAW = re.compile(
    r"\b(?:hien phap|bo luat|luat|phap lenh|nghi dinh|thong tu|nghi quyet|quyet dinh|van ban|cong van)\b[^.;:\n]{0,80}?\bnam\s+20\d\d"
    r"|\b\d{1,5}/20\d\d/[a-z]\S*(?:\s+ngay\s+\d{1,2}\s?/\s?\d{1,2}\s?/\s?20\d\d)?"
)


@dataclass(frozen=True, slots=True)
class NamedDays:
    """From `first` to `last`, named from `start` to `end` of the text."""

    first: date
    last: date
    start: int
    end: int


def named_days(folded: str) -> tuple[NamedDays, ...]:
    """The days that a folded text names, in order; days no calendar has, and years of laws, are none."""
    folded = _OF_LAW.sub(_blank, folded)
    return tuple(sorted(_found(folded), key=lambda named: named.start))


def _found(folded: str) -> Iterator[NamedDays]:
    for pattern in _DATES:
        for match in pattern.finditer(folded):
            span = _span(match.groupdict())
            if span:
                yield NamedDays(*span, match.start(), match.end())
        folded = pattern.sub(_blank, folded)


def _span(parts: dict[str, str | None]) -> tuple[date, date] | None:
    year, quarter = int(parts["year"] or 0), parts.get("quarter")
    month = int(parts.get("month") or 0)
    first, last = (3 * _QUARTERS[quarter] - 2, 3 * _QUARTERS[quarter]) if quarter else (month, month) if month else (1, 12)
    if last > 12:
        return None
    day = int(parts.get("day") or 0)
    if day > monthrange(year, last)[1]:
        return None
    return (date(year, first, day), date(year, first, day)) if day else (date(year, first, 1), date(year, last, monthrange(year, last)[1]))


def _blank(match: re.Match[str]) -> str:
    return "|" * len(match.group())
