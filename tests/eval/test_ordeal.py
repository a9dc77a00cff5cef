"""Nothing acknowledged is lost or doubled, whatever is killed, cut short or full: a small round of `python -m eval.ordeal`."""

from __future__ import annotations

import sys

import pytest

from eval.ordeal.faults import Fault
from eval.ordeal.letters import CHAT, WEB, deliveries, letter
from eval.ordeal.round import Plan, endured

SERVICE = (sys.executable, "-m", "tests.eval.ordeal_service")
LETTERS = 100


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_nothing_acknowledged_is_lost_or_doubled_whatever_happens(engine: str) -> None:
    plan = Plan(LETTERS, engine, seed=1, seconds=1.5, between_s=(0.05, 0.3), full_s=(0.5, 0.8), service=SERVICE, most_faults=5)
    lines = endured(plan)
    assert [line for line in lines if not line.holds] == []
    told = {line.name: line.value for line in lines}
    assert told["acknowledged"] == LETTERS - LETTERS // 100
    assert {fault for fault in (Fault.SERVICE, Fault.WORKER, Fault.DATABASE) if not told.get(f"fault: {fault}")} == set()


def test_every_letter_comes_up_to_three_times_and_the_seed_decides_the_order() -> None:
    numbers = deliveries(LETTERS, WEB, seed=1)
    assert {numbers.count(number) for number in numbers} == {1, 2, 3}
    assert {letter(number).channel for number in numbers} == {WEB}
    assert numbers == deliveries(LETTERS, WEB, seed=1) != deliveries(LETTERS, WEB, seed=2)
    assert sorted({*numbers, *deliveries(LETTERS, CHAT, seed=1)}) == list(range(LETTERS))


def test_no_two_letters_are_the_same_and_both_channels_use_the_same_ids() -> None:
    letters = [letter(number) for number in range(LETTERS)]
    assert len({one.text for one in letters}) == len({(one.channel, one.external_id) for one in letters}) == LETTERS
    assert len({one.external_id for one in letters}) == LETTERS // 2
