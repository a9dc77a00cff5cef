"""Working days of State bodies: announced years as announced, other years computed from the law and the lunar calendar."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from math import floor, fsum, radians, sin
from typing import Self

from pydantic import BaseModel, ConfigDict

from corpus.tables import read_table

_DAY = timedelta(days=1)
_MONDAY, _TUESDAY, _THURSDAY, _SATURDAY, _SUNDAY = 0, 1, 3, 5, 6


@dataclass(frozen=True, slots=True)
class FixedHoliday:
    """A holiday on the same day of each solar year; `moves` where a working day replaces it when it falls on a weekly day off."""

    name: str
    month: int
    day: int
    moves: bool
    source: str
    valid_from: date | None = None


@dataclass(frozen=True, slots=True)
class AnnouncedYear:
    """What was announced for a year: days off from Monday to Friday with their names, Saturdays or Sundays worked instead."""

    sources: tuple[str, ...]
    days_off: Mapping[date, str]
    worked: frozenset[date]


class WorkingDays:
    """Which days are working days. Weekly days off are Saturday and Sunday."""

    def __init__(self, fixed: tuple[FixedHoliday, ...], announced: Mapping[int, AnnouncedYear]) -> None:
        self._fixed, self._announced = fixed, announced
        self._computed: dict[int, frozenset[date]] = {}

    @classmethod
    def load(cls) -> Self:
        """The holidays shipped with the project (data/holidays.yaml)."""
        return cls.of(read_table("assistant.feedback", "holidays.yaml"))

    @classmethod
    def of(cls, content: object) -> Self:
        """The holidays that a file with this `content` holds; raises pydantic's ValidationError where it is not in form."""
        table = _Table.model_validate(content)
        return cls(table.fixed, table.announced)

    def is_official(self, year: int) -> bool:
        """Whether the days off of `year` are those announced; else they are computed and may change by days."""
        return year in self._announced

    def is_working(self, day: date) -> bool:
        """Whether State bodies work on `day`."""
        announced = self._announced.get(day.year)
        if announced and day in announced.worked:
            return True
        return day.weekday() < _SATURDAY and day not in self._off(day.year)

    def on_or_after(self, day: date) -> date:
        """`day` itself if it is a working day, else the next one."""
        return day if self.is_working(day) else self.add(day, 1)

    def on_or_before(self, day: date) -> date:
        """`day` itself if it is a working day, else the last one before."""
        return day if self.is_working(day) else self.add(day, -1)

    def add(self, day: date, n: int) -> date:
        """The `n`th working day after `day`, which does not count itself; before it where `n` is negative; `day` where it is 0."""
        left, step = abs(n), _DAY if n > 0 else -_DAY
        while left:
            day += step
            left -= self.is_working(day)
        return day

    def between(self, a: date, b: date) -> int:
        """How many working days lie after `a` up to `b` inclusive; negative where `b` is earlier: between(d, add(d, n)) == n."""
        step, days = (_DAY, (b - a).days) if b >= a else (-_DAY, (a - b).days)
        count = sum(self.is_working(a + step * one) for one in range(1, days + 1))
        return count if b >= a else -count

    def _off(self, year: int) -> Iterable[date]:
        if year in self._announced:
            return self._announced[year].days_off
        if year not in self._computed:
            self._computed[year] = _computed_off(year, self._fixed)
        return self._computed[year]


# Years without an announcement


def _computed_off(year: int, fixed: tuple[FixedHoliday, ...]) -> frozenset[date]:
    """Days off of a year as the law gives them, with our guess of what the Prime Minister decides each year (art 112.3).

    The guesses follow the announcements of 2021-2026: Tết begins two days before the first of the lunar year, one where that is a
    Tuesday; the second day of National Day lies after it on Monday, Thursday and Sunday, else before. No swap is guessed.
    """
    days = {date(year, one.month, one.day): one.moves for one in fixed if _is_valid(one, year)}
    first = lunar_new_year(year)
    before = 1 if first.weekday() == _TUESDAY else 2
    days |= {first + _DAY * offset: True for offset in range(-before, 5 - before)}
    days[hung_kings_day(year)] = True
    national = date(year, 9, 2)
    days[national + (_DAY if national.weekday() in (_MONDAY, _THURSDAY, _SUNDAY) else -_DAY)] = True
    return frozenset(days) | _instead(days)


def _is_valid(holiday: FixedHoliday, year: int) -> bool:
    return holiday.valid_from is None or date(year, holiday.month, holiday.day) >= holiday.valid_from


def _instead(days: Mapping[date, bool]) -> frozenset[date]:
    """The working days that replace holidays on weekly days off (Bộ luật Lao động 45/2019/QH14, art 111.3), each another one."""
    instead: set[date] = set()
    for holiday in sorted(day for day, moves in days.items() if moves and day.weekday() >= _SATURDAY):
        day = holiday
        while day.weekday() >= _SATURDAY or day in days or day in instead:
            day += _DAY
        instead.add(day)
    return frozenset(instead)


# The lunar calendar: months begin on the day of the new moon at UTC+7 (Quyết định 121-CP of 08/8/1967); the 11th month holds the
# winter solstice; a year of 13 months counts its first month without a major solar term twice.

# Terms of the true new moon in days: factor, power of E, multiples of M, M', F and Ω (Meeus, Astronomical Algorithms, 2nd ed., ch. 49);
# terms under .0001 day and those of the planets are left out, together under 3 minutes.
_NEW_MOON = (
    (-0.40720, 0, 0, 1, 0, 0),
    (0.17241, 1, 1, 0, 0, 0),
    (0.01608, 0, 0, 2, 0, 0),
    (0.01039, 0, 0, 0, 2, 0),
    (0.00739, 1, -1, 1, 0, 0),
    (-0.00514, 1, 1, 1, 0, 0),
    (0.00208, 2, 2, 0, 0, 0),
    (-0.00111, 0, 0, 1, -2, 0),
    (-0.00057, 0, 0, 1, 2, 0),
    (0.00056, 1, 1, 2, 0, 0),
    (-0.00042, 0, 0, 3, 0, 0),
    (0.00042, 1, 1, 0, 2, 0),
    (0.00038, 1, 1, 0, -2, 0),
    (-0.00024, 1, -1, 2, 0, 0),
    (-0.00017, 0, 0, 0, 0, 1),
)
# Julian date of 0h UTC on the day before date.min, and local time of Vietnam in days.
_JULIAN_OF_ORDINAL_0, _UTC_7 = 1721424.5, 7 / 24


def lunar_new_year(year: int) -> date:
    """The first day of the lunar year that begins in `year`; checked against the known days of 2000-2050."""
    return _months(year)[1]


def hung_kings_day(year: int) -> date:
    """The tenth day of the third lunar month, Giỗ Tổ Hùng Vương."""
    return _months(year)[3] + _DAY * 9


@cache
def _months(year: int) -> Mapping[int, date]:
    """First days of the lunar months 1 to 10 of the year that begins in `year`; of the first of two where one is counted twice."""
    # Two new moons before the turn of the year lie before the eleventh month, which begins between 22 November and 22 December.
    earliest = floor((year - 2000) * 12.3685) - 2
    begins = [_new_moon_day(k) for k in range(earliest, earliest + 16)]
    eleventh, following = (bisect_right(begins, _solstice_day(one)) - 1 for one in (year - 1, year))
    has_leap, number = following - eleventh == 13, 11
    numbers: dict[int, date] = {}
    for index in range(eleventh + 1, following):
        if has_leap and _sun_sector(begins[index]) == _sun_sector(begins[index + 1]):
            has_leap = False
            continue
        number = number % 12 + 1
        numbers[number] = begins[index]
    return numbers


def _new_moon_day(k: int) -> date:
    """The day in Vietnam on which the new moon number `k` falls (0: 6 January 2000)."""
    t = k / 1236.85
    e = 1 - 0.002516 * t - 0.0000074 * t**2
    sun = radians(2.5534 + 29.10535670 * k - 0.0000014 * t**2)
    moon = radians(201.5643 + 385.81693528 * k + 0.0107582 * t**2)
    latitude = radians(160.7108 + 390.67050284 * k - 0.0016118 * t**2)
    node = radians(124.7746 - 1.56375588 * k + 0.0020672 * t**2)
    mean = 2451550.09766 + 29.530588861 * k + 0.00015437 * t**2
    terms = (factor * e**power * sin(m * sun + n * moon + f * latitude + o * node) for factor, power, m, n, f, o in _NEW_MOON)
    return _local_day(mean + fsum(terms) - _delta_t(mean))


def _delta_t(julian: float) -> float:
    """Terrestrial time less universal time in days, around 2000-2050 (Espenak and Meeus, Five Millennium Canon, 2006)."""
    years = (julian - 2451545) / 365.25
    return (62.92 + 0.32217 * years + 0.005589 * years**2) / 86400


def _local_day(julian: float) -> date:
    return date.fromordinal(floor(julian + _UTC_7 - _JULIAN_OF_ORDINAL_0))


def _sun_longitude(julian: float) -> float:
    """Apparent longitude of the sun in degrees, good to .01 degree (Meeus, ch. 25)."""
    t = (julian - 2451545) / 36525
    m = radians(357.52911 + 35999.05029 * t - 0.0001537 * t**2)
    centre = (1.914602 - 0.004817 * t) * sin(m) + (0.019993 - 0.000101 * t) * sin(2 * m) + 0.000289 * sin(3 * m)
    node = radians(125.04 - 1934.136 * t)
    return (280.46646 + 36000.76983 * t + 0.0003032 * t**2 + centre - 0.00569 - 0.00478 * sin(node)) % 360


def _sun_sector(day: date) -> int:
    """In which twelfth of its way the sun is as `day` begins in Vietnam; major solar terms lie on the borders."""
    julian = day.toordinal() + _JULIAN_OF_ORDINAL_0 - _UTC_7
    return int(_sun_longitude(julian + _delta_t(julian)) // 30)


def _solstice_day(year: int) -> date:
    """The day in Vietnam of the winter solstice, when the sun reaches 270 degrees."""
    return next(day for day in (date(year, 12, one) for one in range(19, 25)) if _sun_sector(day + _DAY) == 9)


# The file


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    fixed: tuple[FixedHoliday, ...]
    announced: dict[int, AnnouncedYear]
