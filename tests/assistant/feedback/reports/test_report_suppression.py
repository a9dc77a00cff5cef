"""Small counts are covered so that no sum gives them away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.feedback.reports.session_report import (
    UNKNOWN,
    session_figures,
)
from assistant.feedback.reports.suppression import COVERED, SMALL, Flow, suppressed
from assistant.feedback.types import Field
from tests.assistant.feedback.generated_matters import SESSION, generated


def table_of(counts: Sequence[Sequence[int]]) -> dict[str, Flow]:
    """The flows of a table with all its totals but the grand one."""
    flows = {
        f"cell:{row}:{column}": Flow(f"r{row}", f"c{column}", count) for row, line in enumerate(counts) for column, count in enumerate(line)
    }
    flows |= {f"field:{row}": Flow("top", f"r{row}", sum(line)) for row, line in enumerate(counts)}
    return flows | {f"level:{column}": Flow(f"c{column}", "bottom", sum(line)) for column, line in enumerate(zip(*counts, strict=True))}


def possible(flows: Mapping[str, Flow], marks: Mapping[str, str], name: str) -> tuple[float, float]:
    """The least and the greatest that the count `name` may be for somebody who sees everything that is told, by linear programming."""
    from scipy.optimize import linprog  # type: ignore[import-untyped]

    hidden = list(marks)
    nodes = sorted({node for flow in flows.values() for node in (flow.tail, flow.head)} - {"top", "bottom"})
    total = sum(flow.value for flow in flows.values() if flow.tail == "top")
    balance = [[(flows[one].head == node) - (flows[one].tail == node) for one in hidden] for node in nodes]
    known = [
        -sum(((flow.head == node) - (flow.tail == node)) * flow.value for one, flow in flows.items() if one not in marks) for node in nodes
    ]
    for end in ("top", "bottom"):
        balance.append([end in (flows[one].tail, flows[one].head) for one in hidden])
        known.append(total - sum(flow.value for one, flow in flows.items() if one not in marks and end in (flow.tail, flow.head)))
    bounds = [(0 if one in loose(flows, marks) else 1, 4) if marks[one] == SMALL else (5, None) for one in hidden]
    wanted = [float(one == name) for one in hidden]
    least = linprog(wanted, A_eq=balance, b_eq=known, bounds=bounds)
    greatest = linprog([-one for one in wanted], A_eq=balance, b_eq=known, bounds=bounds)
    return max(1.0, round(least.fun, 6)), round(-greatest.fun, 6)


def loose(flows: Mapping[str, Flow], marks: Mapping[str, str]) -> set[str]:
    """The cells of rows and columns with a small total, which may be zeros."""
    ends = {"top", "bottom"}
    lines = {
        node for name, mark in marks.items() if mark == SMALL for node in {flows[name].tail, flows[name].head} if is_total(flows[name])
    } - ends
    return {name for name, flow in flows.items() if not is_total(flow) and {flow.tail, flow.head} & lines}


def is_total(flow: Flow) -> bool:
    return bool({flow.tail, flow.head} & {"top", "bottom"})


tables = st.integers(1, 4).flatmap(
    lambda width: st.lists(st.lists(st.integers(0, 14), min_size=width, max_size=width), min_size=1, max_size=5)
)


@given(tables)
@settings(max_examples=100, deadline=None)
def test_margins_leave_every_small_count_anything_from_1_to_4(counts: list[list[int]]) -> None:
    flows = table_of(counts)
    marks = suppressed(flows)
    if marks is None:
        return
    small = {name for name, mark in marks.items() if mark == SMALL}
    assert small == {name for name, flow in flows.items() if 0 < flow.value < 5} | loose(flows, marks)
    assert all(flows[name].value >= 5 for name, mark in marks.items() if mark == COVERED)
    assert {name: possible(flows, marks, name) for name in small} == dict.fromkeys(small, (1, 4))


@pytest.mark.parametrize(
    ("counts", "hidden"),
    [
        # Nothing is small: everything is told.
        ([[5, 9], [0, 7]], set()),
        # One small cell takes a rectangle with it, of the smallest that have room.
        ([[2, 20, 50], [9, 30, 60], [40, 70, 80]], {"cell:0:0", "cell:0:1", "cell:1:0", "cell:1:1"}),
    ],
)
def test_no_more_is_covered_than_a_small_count_needs(counts: list[list[int]], hidden: set[str]) -> None:
    assert set(suppressed(table_of(counts)) or {}) == hidden


@pytest.mark.parametrize("counts", [[[3]], [[1, 1], [1, 0]], [[4], [4]]])
def test_a_table_that_nothing_can_cover_is_withheld(counts: list[list[int]]) -> None:
    assert suppressed(table_of(counts)) is None


@given(st.integers(0, 10_000), st.integers(1, 160))
@settings(max_examples=8, deadline=None)
def test_the_claims_of_a_report_cannot_be_undone_either(seed: int, count: int) -> None:
    figures = session_figures(generated(count, seed), SESSION)
    for keys in (("cell", "field", "level"), ("area",)):
        claims = {claim.id: claim for claim in figures.claims if claim.sentence_key in keys}
        flows = {name: flow_of(name, len(claim.record_numbers)) for name, claim in claims.items()}
        marks = {name: str(claim.value) for name, claim in claims.items() if claim.value in (SMALL, COVERED)}
        small = {name for name, mark in marks.items() if mark == SMALL}
        assert {name for name, flow in flows.items() if 0 < flow.value < 5} | loose(flows, marks) == small
        # Some of them each time: a linear program is slow.
        some = sorted(small)[seed % 6 :: 6]
        assert {name: possible(flows, marks, name) for name in some} == dict.fromkeys(some, (1, 4))


def flow_of(claim: str, count: int) -> Flow:
    key, _, rest = claim.partition(":")
    row, _, column = rest.partition(":")
    ends = {"cell": (f"r{row}", f"c{column}"), "field": ("top", f"r{row}"), "level": (f"c{row}", "bottom"), "area": ("top", "bottom")}
    return Flow(*ends[key], count)


def test_shares_of_suppressed_counts_are_not_told() -> None:
    figures = session_figures(generated(150, seed=3), SESSION)
    hidden = {claim.id.removeprefix("field:") for claim in figures.claims if claim.sentence_key == "field" and isinstance(claim.value, str)}
    assert hidden
    assert hidden.isdisjoint(claim.id.removeprefix("field_share:") for claim in figures.claims if claim.sentence_key == "field_share")


def test_the_order_of_rows_tells_nothing_of_suppressed_counts() -> None:
    figures = session_figures(generated(150, seed=3), SESSION)
    told = figures.told()
    hidden = [name for name in figures.fields if f"field:{name}" not in told and name not in (Field.OTHER, UNKNOWN)]
    assert hidden == [name for name in Field if name in hidden]
    first = [name for name in figures.fields if name not in (Field.OTHER, UNKNOWN)]
    assert first[len(first) - len(hidden) :] == hidden


def test_most_of_the_tables_of_a_large_report_is_told() -> None:
    figures = session_figures(generated(2000), SESSION)
    cells = [claim.value for claim in figures.claims if claim.sentence_key in ("cell", "area", "field")]
    assert sum(isinstance(value, int) for value in cells) > 0.6 * len(cells)
