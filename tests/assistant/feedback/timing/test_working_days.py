"""Working days: announced years as announced, other years as the law and the moon give them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from assistant.feedback.timing.working_days import FixedHoliday, WorkingDays, hung_kings_day, lunar_new_year
from corpus.tables import read_table

DAYS = WorkingDays.load()
TABLE = read_table("assistant.feedback", "holidays.yaml")
COMPUTED = WorkingDays.of({**TABLE, "announced": {}})
ALL = st.dates(date(2020, 1, 1), date(2031, 12, 31))

# First days of the lunar years 2000 to 2050 in Vietnam as calendars print them. They are those of China but for 2007 and 2030, where the
# new moon falls between 23h and 24h in Hanoi.
TET = """
2000-02-05 2001-01-24 2002-02-12 2003-02-01 2004-01-22 2005-02-09 2006-01-29 2007-02-17 2008-02-07 2009-01-26 2010-02-14 2011-02-03
2012-01-23 2013-02-10 2014-01-31 2015-02-19 2016-02-08 2017-01-28 2018-02-16 2019-02-05 2020-01-25 2021-02-12 2022-02-01 2023-01-22
2024-02-10 2025-01-29 2026-02-17 2027-02-06 2028-01-26 2029-02-13 2030-02-02 2031-01-23 2032-02-11 2033-01-31 2034-02-19 2035-02-08
2036-01-28 2037-02-15 2038-02-04 2039-01-24 2040-02-12 2041-02-01 2042-01-22 2043-02-10 2044-01-30 2045-02-17 2046-02-06 2047-01-26
2048-02-14 2049-02-02 2050-01-23
""".split()


def day(text: str) -> date:
    return date.fromisoformat(text)


# The moon


@pytest.mark.parametrize("first", TET)
def test_lunar_year_begins_on_the_known_day(first: str) -> None:
    assert lunar_new_year(day(first).year) == day(first)


def test_all_known_years_are_there() -> None:
    assert [day(first).year for first in TET] == list(range(2000, 2051))


def test_lunar_year_of_1985_began_a_month_before_that_of_china() -> None:
    assert lunar_new_year(1985) == date(1985, 1, 21)


@pytest.mark.parametrize(
    ("kings", "why"),
    [
        ("2020-04-02", "a second fourth month comes later"),
        ("2021-04-21", "a plain year"),
        ("2022-04-10", "a Sunday"),
        ("2023-04-29", "after a second second month"),
        ("2024-04-18", "as announced"),
        ("2025-04-07", "as announced"),
        ("2026-04-26", "as announced"),
        ("2027-04-16", "a plain year"),
    ],
)
def test_day_of_the_hung_kings_is_the_tenth_of_the_third_lunar_month(kings: str, why: str) -> None:
    assert hung_kings_day(day(kings).year) == day(kings), why


# Announced years

WORKED = (
    ("2024-02-07", True, "the last day before Tết 2024"),
    ("2024-02-08", False, "the 29th of the last lunar month"),
    ("2024-02-14", False, "in place of the second day of Tết, a Sunday"),
    ("2024-02-15", True, "the first day after Tết 2024"),
    ("2024-04-29", False, "swapped"),
    ("2024-05-04", True, "the Saturday worked instead"),
    ("2024-09-03", False, "the second day of National Day after it"),
    ("2025-01-24", True, "the last day before Tết 2025"),
    ("2025-01-27", False, "Tết 2025 begins"),
    ("2025-01-31", False, "Tết 2025 ends"),
    ("2025-02-03", True, "the first day after Tết 2025"),
    ("2025-04-26", True, "the Saturday worked for 2 May"),
    ("2025-05-02", False, "swapped"),
    ("2025-09-01", False, "the second day of National Day before it"),
    ("2025-11-24", True, "not yet a holiday"),
    ("2026-01-02", False, "swapped"),
    ("2026-01-10", True, "the Saturday worked instead"),
    ("2026-02-13", True, "the last day before Tết 2026"),
    ("2026-02-16", False, "Tết 2026 begins"),
    ("2026-02-20", False, "Tết 2026 ends"),
    ("2026-02-23", True, "the first day after Tết 2026"),
    ("2026-04-27", False, "in place of the day of the Hùng Kings, a Sunday"),
    ("2026-08-22", True, "the Saturday worked for 31 August"),
    ("2026-08-31", False, "swapped"),
    ("2026-11-23", True, "a swap was proposed, none was announced"),
    ("2026-11-24", False, "the first Day of Vietnamese Culture"),
    ("2026-11-21", False, "a plain Saturday"),
    ("2026-11-22", False, "a plain Sunday"),
)


@pytest.mark.parametrize(("which", "is_working", "why"), WORKED, ids=[case[2] for case in WORKED])
def test_day_is_worked_as_announced(which: str, is_working: bool, why: str) -> None:
    assert DAYS.is_working(day(which)) == is_working, why


@pytest.mark.parametrize(("year", "count"), [(2024, 251), (2025, 250), (2026, 249)])
def test_year_has_as_many_working_days_as_the_law_leaves(year: int, count: int) -> None:
    """All weekdays less those off, and the Saturdays worked: holidays and days in lieu are 11, 12 from 2026 with one on a weekday."""
    assert DAYS.between(date(year - 1, 12, 31), date(year, 12, 31)) == count


@pytest.mark.parametrize("year", TABLE["announced"])
def test_swaps_give_back_what_they_take(year: int) -> None:
    """Every day off of an announced year is one the law gives, or is swapped for a weekend day that names it."""
    announced = TABLE["announced"][year]
    extra = [one for one in announced["days_off"] if COMPUTED.is_working(one)]
    assert all(announced["days_off"][one].startswith("hoán đổi") for one in extra)
    assert len(extra) == len(announced["worked"])
    named = [f"{one.day:02}/{one.month}/{one.year}" for one in announced["worked"]]
    assert all(any(one.replace("/0", "/") in announced["days_off"][off].replace("/0", "/") for one in named) for off in extra)


def test_days_off_are_weekdays_and_days_worked_are_not() -> None:
    for year, announced in TABLE["announced"].items():
        assert all(one.weekday() < 5 and one.year == year for one in announced["days_off"])
        assert all(one.weekday() >= 5 and one.year == year for one in announced["worked"])
        assert announced["sources"]


# Computed years


@pytest.mark.parametrize(("year", "is_official"), [(2023, False), (2024, True), (2025, True), (2026, True), (2027, False)])
def test_year_without_announcement_says_so(year: int, is_official: bool) -> None:
    assert DAYS.is_official(year) == is_official


def off(which: WorkingDays, year: int) -> list[str]:
    every = (date(year, 1, 1) + timedelta(days=n) for n in range(366))
    return [one.isoformat()[5:] for one in every if one.year == year and one.weekday() < 5 and not which.is_working(one)]


COMPUTED_YEARS = (
    (2021, "01-01 02-10 02-11 02-12 02-15 02-16 04-21 04-30 05-03 09-02 09-03", "as it came: Thông báo 4875/TB-LĐTBXH"),
    (2022, "01-03 01-31 02-01 02-02 02-03 02-04 04-11 05-02 05-03 09-01 09-02", "as it came: Thông báo 119/TB-LĐTBXH"),
    (2023, "01-02 01-20 01-23 01-24 01-25 01-26 05-01 05-02 05-03 09-01 09-04", "as it came: Thông báo 5034/TB-LĐTBXH"),
    (2027, "01-01 02-04 02-05 02-08 02-09 02-10 04-16 04-30 05-03 09-02 09-03 11-24", "1 May on a Saturday"),
    (2029, "01-01 02-12 02-13 02-14 02-15 02-16 04-23 04-30 05-01 09-03 09-04", "National Day and 24 November on a weekend"),
)


@pytest.mark.parametrize(("year", "days", "why"), COMPUTED_YEARS, ids=[str(case[0]) for case in COMPUTED_YEARS])
def test_year_without_announcement_follows_law_and_moon(year: int, days: str, why: str) -> None:
    assert off(DAYS, year) == days.split(), why


def test_guesses_match_every_announced_year_but_for_swaps() -> None:
    for year, announced in TABLE["announced"].items():
        guessed = set(off(COMPUTED, year))
        real = {one.isoformat()[5:] for one, name in announced["days_off"].items() if not name.startswith("hoán đổi")}
        assert guessed == real, year


def test_holiday_outside_the_labour_code_is_not_replaced() -> None:
    """24 November 2029 is a Saturday; Monday 26 is worked."""
    assert date(2029, 11, 24).weekday() == 5
    assert DAYS.is_working(date(2029, 11, 26))


def test_spoiled_table_is_refused() -> None:
    with pytest.raises(ValidationError):
        WorkingDays.of({**TABLE, "announced": {2026: {"sources": [], "off": {}, "worked": []}}})


def test_only_weekends_are_off_where_no_holiday_is_known() -> None:
    fixed = (FixedHoliday("Tết Dương lịch", 1, 1, True, "test"),)
    plain = WorkingDays(fixed, {})
    assert plain.is_working(date(2027, 4, 30))
    assert not plain.is_working(date(2027, 1, 1))


# Counting

COUNTED = (
    ("2025-01-24", 1, "2025-02-03", "over Tết 2025"),
    ("2025-01-20", 5, "2025-02-03", "five days with Tết among them"),
    ("2026-02-13", 1, "2026-02-23", "over Tết 2026"),
    ("2026-02-10", 10, "2026-03-03", "ten days over Tết 2026"),
    ("2025-04-25", 1, "2025-04-26", "onto a Saturday that is worked"),
    ("2025-04-29", 1, "2025-05-05", "over 30 April, 1 May and the swapped 2 May"),
    ("2026-08-21", 1, "2026-08-22", "onto a Saturday that is worked"),
    ("2026-08-28", 1, "2026-09-03", "over National Day 2026"),
    ("2026-11-23", 1, "2026-11-25", "over the Day of Vietnamese Culture"),
    ("2026-11-21", 1, "2026-11-23", "from a Saturday"),
    ("2026-11-21", 0, "2026-11-21", "nothing is counted"),
    ("2026-02-23", -1, "2026-02-13", "backwards over Tết"),
    ("2025-05-05", -2, "2025-04-28", "backwards over the swap"),
)


@pytest.mark.parametrize(("start", "n", "end", "why"), COUNTED, ids=[case[3] for case in COUNTED])
def test_working_days_are_counted_from_the_day_after(start: str, n: int, end: str, why: str) -> None:
    assert DAYS.add(day(start), n) == day(end), why


@given(ALL, st.integers(-300, 300))
def test_between_takes_back_what_add_did(start: date, n: int) -> None:
    assert DAYS.between(start, DAYS.add(start, n)) == n


@given(ALL, st.integers(-60, 60), st.integers(0, 60), st.integers(0, 30))
def test_adding_more_or_starting_later_never_ends_earlier(start: date, n: int, more: int, later: int) -> None:
    assert DAYS.add(start, n + more) >= DAYS.add(start, n)
    if n:
        assert DAYS.add(start + timedelta(days=later), n) >= DAYS.add(start, n)


@given(ALL, st.integers(-60, 60).filter(bool))
def test_added_day_is_a_working_day(start: date, n: int) -> None:
    assert DAYS.is_working(DAYS.add(start, n))


@given(ALL)
def test_nearest_working_day_has_none_between(start: date) -> None:
    later, earlier = DAYS.on_or_after(start), DAYS.on_or_before(start)
    assert earlier <= start <= later
    assert DAYS.is_working(later)
    assert DAYS.is_working(earlier)
    assert (later == start) == (earlier == start) == DAYS.is_working(start)


@given(st.integers(1990, 2099))
def test_every_year_has_its_holidays_and_a_plausible_tet(year: int) -> None:
    assert date(year, 1, 20) <= lunar_new_year(year) <= date(year, 2, 21)
    assert date(year, 3, 28) <= hung_kings_day(year) <= date(year, 5, 1)
    assert len(off(DAYS, year)) >= 9
