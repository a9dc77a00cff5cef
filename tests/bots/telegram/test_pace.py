"""How fast messages go out: never faster than Telegram takes them, and no slower than it must be."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bots.telegram.pace import AtMost, Limits, Pace, Steadily

PERSON, OTHER, GROUP = "100000001", "100000002", "-1001000000001"


class Time:
    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


def sent_at(pace: Pace, time: Time, chats: list[str]) -> list[float]:
    """When each message goes out, one after the other as soon as it may."""
    times = []
    for chat in chats:
        time.now += pace.wait_s(chat)
        pace.count(chat)
        times.append(time.now - 1_000.0)
    return times


@pytest.mark.parametrize(
    ("why", "chats", "times"),
    [
        ("three at once to one person, then one a second", [PERSON] * 6, [0, 0, 0, 1, 2, 3]),
        ("another person does not wait for the first", [PERSON] * 3 + [OTHER], [0, 0, 0, 0]),
        ("thirty a second over all, five at once", [str(number) for number in range(35)], [0] * 5 + [step / 30 for step in range(1, 31)]),
        ("twenty a minute in a group", [GROUP] * 21, [0, 0, *range(18), 60]),
    ],
)
def test_messages_go_out_as_fast_as_they_may(why: str, chats: list[str], times: list[float]) -> None:
    time = Time()
    assert sent_at(Pace(Limits(), time), time, chats) == pytest.approx(times), why


def test_a_pause_holds_for_every_chat_and_a_shorter_one_does_not_end_it() -> None:
    time = Time()
    pace = Pace(Limits(), time)
    pace.pause(7)
    pace.pause(2)
    assert (pace.paused_s(), pace.wait_s(PERSON), pace.wait_s(GROUP)) == (7, 7, 7)
    time.now += 7
    assert (pace.paused_s(), pace.wait_s(PERSON)) == (0, 0)


@given(st.lists(st.tuples(st.sampled_from([PERSON, OTHER, GROUP]), st.floats(0, 5)), max_size=60))
def test_no_window_ever_holds_more_than_its_limit(waits: list[tuple[str, float]]) -> None:
    time, limits = Time(), Limits(Steadily(0.5, 3), Steadily(1.5, 2), AtMost(3, 10.0))
    pace, sent = Pace(limits, time), []
    for chat, idle in waits:
        time.now += idle
        time.now += pace.wait_s(chat)
        pace.count(chat)
        sent.append((chat, time.now))
    assert_steady(limits.overall, [at for _, at in sent])
    assert_at_most(limits.group, [at for chat, at in sent if chat == GROUP])
    for chat in (PERSON, OTHER, GROUP):
        assert_steady(limits.chat, [at for one, at in sent if one == chat])


def assert_steady(flow: Steadily, times: list[float]) -> None:
    """Any so many in a row take as long as their distances, but for the burst."""
    for count in range(flow.burst + 1, 12):
        assert_at_most(AtMost(count - 1, (count - flow.burst) * flow.every_s), times)


def assert_at_most(most: AtMost, times: list[float]) -> None:
    for first, last in zip(times, times[most.count :], strict=False):
        assert last - first >= most.within_s - 1e-6


def test_chats_that_were_quiet_are_forgotten_and_busy_ones_are_not() -> None:
    time = Time()
    pace = Pace(Limits(overall=Steadily(0.0, 1)), time)
    for number in range(1_001):
        pace.count(str(number))
    time.now += 60
    sent_at(pace, time, [PERSON] * 3)
    pace.count(OTHER)
    assert len(pace._chats) == 2
    assert pace.wait_s(PERSON) == 1
