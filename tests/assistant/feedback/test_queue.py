"""The queue: its orders, what narrows it, and cursors by which each matter is listed exactly once."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, insert

from assistant.database import writing
from assistant.feedback.casework import Facts
from assistant.feedback.errors import CursorInvalid
from assistant.feedback.ordering import Order
from assistant.feedback.queue import Matter
from assistant.feedback.states import Actor, State, Step
from assistant.feedback.tables import deadline, recommendation
from assistant.feedback.types import AdminLevel, Field, Kind, Urgency
from assistant.feedback.wanted import Wanted
from tests.assistant.feedback.office import FIRST, HUNG, LAN, MAI, MORNING, Office

TODAY = date(2026, 11, 22)
RANKS = {"now": 0, "soon": 1, "normal": 2, "unknown": 3}


@dataclass(frozen=True)
class Made:
    """A matter as a test puts it into the tables; `due`: of clocks that run, None for one that stands still."""

    opened_at: datetime
    urgency: str
    due: tuple[date | None, ...]


MADE = st.builds(
    Made,
    st.timedeltas(timedelta(0), timedelta(days=1)).map(lambda since: MORNING - since) | st.just(MORNING),
    st.sampled_from(list(RANKS)),
    st.lists(st.none() | st.dates(date(2026, 11, 1), date(2026, 11, 9)), max_size=2).map(tuple),
)


def put(office: Office, matters: list[Made], first: int = 1) -> None:
    with writing(office.engine) as connection:
        for number, made in enumerate(matters, first):
            moments = {"opened_at": made.opened_at, "changed_at": made.opened_at}
            same = {"state": State.SCREENING.value, "version": 1, "is_sealed": False, "basis": [], "is_redaction_confirmed": False}
            connection.execute(insert(recommendation).values(number=number, urgency=made.urgency, **same, **moments))
            for at, due in enumerate(made.due):
                clock = {"rule": f"rule {at}", "started": TODAY, "paused": [], "due": due}
                connection.execute(insert(deadline).values(recommendation=number, **clock))


def emptied(office: Office) -> None:
    with writing(office.engine) as connection:
        for table in (deadline, recommendation):
            connection.execute(delete(table))


def first_due(made: Made) -> date:
    return min((due for due in made.due if due), default=date.max)


def expected(matters: list[Made], order: Order) -> list[int]:
    numbered = list(enumerate(matters, 1))
    if order is Order.NEWEST:
        return [number for number, _ in sorted(numbered, key=lambda one: (one[1].opened_at, one[0]), reverse=True)]
    if order is Order.OLDEST:
        return [number for number, _ in sorted(numbered, key=lambda one: (one[1].opened_at, one[0]))]
    if order is Order.DUE:
        return [number for number, _ in sorted(numbered, key=lambda one: (first_due(one[1]), one[0]))]
    if order is Order.URGENCY:
        return [number for number, _ in sorted(numbered, key=lambda one: (RANKS[one[1].urgency], first_due(one[1]), one[0]))]
    return [number for number, _ in numbered]


def walked(office: Office, order: Order, limit: int, wanted: Wanted | None = None, actor: Actor = LAN) -> list[int]:
    """The numbers of all pages, one after the other."""
    found: list[int] = []
    cursor = None
    while True:
        page = office.queue.listed(actor, wanted or Wanted(), order, cursor, limit)
        found += [one.number for one in page.matters]
        cursor = page.cursor
        if cursor is None:
            assert page.total == len(found)
            return found


@pytest.mark.parametrize("order", list(Order))
def test_all_pages_together_list_each_matter_once_in_order(office: Office, order: Order) -> None:
    @settings(max_examples=25, deadline=None)
    @given(st.lists(MADE, max_size=9), st.integers(1, 4))
    def holds(matters: list[Made], limit: int) -> None:
        emptied(office)
        put(office, matters)
        assert walked(office, order, limit) == expected(matters, order)

    holds()


@pytest.mark.parametrize("order", list(Order))
def test_what_comes_in_between_pages_moves_nothing_that_was_there(office: Office, order: Order) -> None:
    moments = [Made(MORNING + timedelta(seconds=at % 3), list(RANKS)[at % 4], (TODAY + timedelta(days=at % 3),)) for at in range(8)]
    put(office, moments)
    before = office.queue.listed(LAN, Wanted(), order, limit=3)
    earliest = Made(MORNING - timedelta(days=1), "now", (TODAY - timedelta(days=9),))
    put(office, [earliest, Made(MORNING + timedelta(days=1), "unknown", ())], first=100)
    listed = [one.number for one in before.matters]
    cursor = before.cursor
    while cursor:
        page = office.queue.listed(LAN, Wanted(), order, cursor, 3)
        listed += [one.number for one in page.matters]
        cursor = page.cursor
    assert [number for number in listed if number < 100] == expected(moments, order)
    assert len(listed) == len(set(listed))


def seen(office: Office, wanted: Wanted, actor: Actor = HUNG) -> list[int]:
    page = office.queue.listed(actor, wanted)
    assert page.total == len(page.matters)
    return [one.number for one in page.matters]


def settle(office: Office, number: int, facts: Facts) -> None:
    office.casework.settle(number, version(office, number), facts, HUNG)


def version(office: Office, number: int) -> int:
    return office.recommendations.show(number, HUNG).matter.version


@pytest.fixture
def desk_of_four(office: Office) -> Office:
    """1: health of a commune of Hà Nội, lan's; 2: transport of the province, urgent; 3: of another province; 4: sealed."""
    texts = ("Đường thôn một hỏng", "Đèn phố hai tắt", "Cầu làng ba gãy", "Tôi tố cáo ông A nhận tiền")
    for at, text in enumerate(texts):
        office.sent(text, str(at))
    settle(office, 1, Facts(Kind.RECOMMENDATION, Field.HEALTH, AdminLevel.COMMUNE, area="commune:00004"))
    settle(office, 2, Facts(level=AdminLevel.PROVINCE, area="province:01"))
    settle(office, 3, Facts(area="province:79"))
    office.recommendations.claim(1, version(office, 1), LAN)
    with writing(office.engine) as connection:
        connection.execute(recommendation.update().where(recommendation.c.number == 2).values(urgency="now"))
    return office


@pytest.mark.parametrize(
    ("wanted", "numbers"),
    [
        (Wanted(), [1, 2, 3]),
        (Wanted(kinds=(Kind.RECOMMENDATION,)), [1]),
        (Wanted(kinds=(Kind.REPORT, Kind.RECOMMENDATION)), [1, 2, 3]),
        (Wanted(fields=(Field.HEALTH,)), [1]),
        (Wanted(fields=(Field.HEALTH,), levels=(AdminLevel.PROVINCE,)), []),
        (Wanted(levels=(AdminLevel.PROVINCE, AdminLevel.COMMUNE)), [1, 2]),
        (Wanted(urgencies=(Urgency.NOW,)), [2]),
        (Wanted(owner="lan"), [1]),
        (Wanted(owner="nobody"), []),
        (Wanted(is_unowned=True), [2, 3]),
        (Wanted(area="commune:00004"), [1]),
        (Wanted(area="province:01"), [1, 2]),
        (Wanted(area="province:00"), []),
        (Wanted(states=(State.ACCEPTED,)), []),
        (Wanted(after=1), [2, 3]),
    ],
)
def test_a_list_holds_what_is_wanted_and_nothing_sealed(desk_of_four: Office, wanted: Wanted, numbers: list[int]) -> None:
    assert seen(desk_of_four, wanted) == numbers


def test_sealed_matters_are_listed_and_counted_for_sealed_officers_only(desk_of_four: Office) -> None:
    for order in Order:
        assert walked(desk_of_four, order, 2, actor=FIRST) == [4]
        assert sorted(walked(desk_of_four, order, 2, actor=MAI)) == [1, 2, 3]


def test_overdue_is_what_has_a_clock_that_ran_out_and_goes_first(office: Office) -> None:
    for text in ("Đường một hỏng", "Cầu hai gãy", "Đèn ba tắt"):
        office.sent(text, text)
        assert len(office.queue.page(HUNG, Wanted())) not in seen(office, Wanted(is_overdue=True))
        office.clock.move(timedelta(days=2))
    office.recommendations.take(1, version(office, 1), Step(State.ACCEPTED, LAN))
    office.clock.move(timedelta(days=12))
    late = seen(office, Wanted(is_overdue=True))
    assert late == [2, 3]
    assert walked(office, Order.DUE, 1) == [2, 3, 1]
    today = office.clock().date()
    shown = {one.number: one.due for one in office.queue.page(HUNG, Wanted())}
    assert {number for number, due in shown.items() if due and due < today} == set(late)


def test_a_matter_whose_clocks_stand_still_is_listed_last_and_without_a_day(office: Office) -> None:
    put(office, [Made(MORNING, "normal", (None,)), Made(MORNING, "normal", (TODAY,)), Made(MORNING, "normal", ())])
    matters: tuple[Matter, ...] = office.queue.listed(LAN, Wanted(), Order.DUE).matters
    assert [(one.number, one.due) for one in matters] == [(2, TODAY), (1, None), (3, None)]


def test_messages_nobody_has_read_narrow_the_count_too(office: Office) -> None:
    codes = [office.sent(text, text) for text in ("Đường một hỏng", "Cầu hai gãy")]
    office.desk.messages.add(codes[1], "Thêm: chỗ gần trường", "request-1")
    office.understander.understand_waiting()
    assert seen(office, Wanted(has_unread=True)) == [2]


def _cursor(text: str) -> str:
    return urlsafe_b64encode(text.encode()).decode()


@pytest.mark.parametrize(
    ("order", "cursor"),
    [
        (Order.NUMBER, ""),
        (Order.NUMBER, "ệ"),
        (Order.NUMBER, "%%%"),
        (Order.NUMBER, _cursor("[]")),
        (Order.NUMBER, _cursor("7")),
        (Order.NUMBER, _cursor("[" * 100_000)),
        (Order.NUMBER, _cursor('["due", 7]')),
        (Order.NUMBER, _cursor('["number", -1]')),
        (Order.NUMBER, _cursor('["number", true]')),
        (Order.NUMBER, _cursor('["number", 99999999999999999999]')),
        (Order.NUMBER, _cursor('["number", 1, 2]')),
        (Order.DUE, _cursor('["due", "2026-13-01", 1]')),
        (Order.DUE, _cursor('["due", null, 1]')),
        (Order.NEWEST, _cursor('["newest", "2026-01-01T00:00:00", 1]')),
        (Order.NEWEST, _cursor('["newest", "0001-01-01T00:00:00+14:00", 1]')),
        (Order.URGENCY, _cursor('["urgency", 2147483648, "2026-01-01", 1]')),
    ],
)
def test_what_no_list_gave_is_refused_as_a_cursor(office: Office, order: Order, cursor: str) -> None:
    with pytest.raises(CursorInvalid):
        office.queue.listed(LAN, Wanted(), order, cursor)
