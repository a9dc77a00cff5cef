"""Tables of counts in which no count from 1 to 4 is told, nor what would give one away."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

# In place of a count: it is less than 5; or it is not, and telling it would give such a count away.
SMALL, COVERED = "<5", "*"
TOP, BOTTOM = "top", "bottom"
_FEWEST = 5


@dataclass(frozen=True, slots=True)
class Flow:
    """A count of a table as a flow: rows, columns, top and bottom are nodes, and what flows into a node flows out of it.

    A cell flows from its row to its column, a row's total from the top to the row, a column's total from the column to the bottom; the
    grand total closes the circle.
    """

    tail: str
    head: str
    value: int

    @property
    def is_total(self) -> bool:
        """Whether it is the total of a row or column; of a list without columns each count is one."""
        return TOP in (self.tail, self.head) or BOTTOM in (self.tail, self.head)


# What anybody can know of a suppressed count: the least and the most that it may be.
_Bounds = dict[str, tuple[int, int | None]]
# To another node by changing a count by 1 or -1.
_Way = tuple[str, str, int]
_AS_SMALL, _AS_LOOSE, _AS_COVERED = (1, _FEWEST - 1), (0, _FEWEST - 1), (_FEWEST, None)


def suppressed(flows: Mapping[str, Flow]) -> dict[str, str] | None:
    """The counts that a table must not tell, by name, each SMALL or COVERED; None where only withholding the whole table will do.

    Counts from 1 to 4 are SMALL, and so is each cell, zero or not, of a row or column with such a total; other zeros are told, for nobody
    stands behind them. Larger counts are COVERED, low ones and cells before totals, until whoever knows all other counts, the grand total
    and these rules still has to take every value from 1 to 4 of each SMALL count for possible. Counts balance as flows do, so the values
    possible for a count are whole numbers without a gap, and a path along counts that may change finds the next (Gusfield, A graph
    theoretic approach to statistical data security, SIAM Journal on Computing 17, 1988).
    """
    bounds = _small_bounds(flows)
    for name in tuple(bounds):
        for step in (1, -1):
            while wall := _wall(flows, bounds, name, step):
                cover = _cover(flows, bounds, wall)
                if cover is None:
                    return None
                bounds[cover] = _AS_COVERED
    return {name: COVERED if bound == _AS_COVERED else SMALL for name, bound in _without_needless(flows, bounds).items()}


def _small_bounds(flows: Mapping[str, Flow]) -> _Bounds:
    small = {name for name, flow in flows.items() if 0 < flow.value < _FEWEST}
    # A total of at most 4 over cells of at least 1 each would say how many cells that are.
    lines = {node for name in small if flows[name].is_total for node in (flows[name].tail, flows[name].head)}
    loose = {name for name, flow in flows.items() if not flow.is_total and {flow.tail, flow.head} & lines}
    return {name: _AS_LOOSE if name in loose else _AS_SMALL for name in flows if name in small | loose}


def _without_needless(flows: Mapping[str, Flow], bounds: _Bounds) -> _Bounds:
    """`bounds` less the covers that later ones made needless, the largest counts first."""
    small = [name for name, bound in bounds.items() if bound != _AS_COVERED]
    for cover in sorted(bounds.keys() - small, key=lambda name: (-flows[name].value, name)):
        fewer = {name: bound for name, bound in bounds.items() if name != cover}
        if not any(_wall(flows, fewer, name, step) for name in small for step in (1, -1)):
            bounds = fewer
    return bounds


def _wall(flows: Mapping[str, Flow], bounds: _Bounds, name: str, step: int) -> frozenset[str]:
    """Nodes out of which no change leads that could balance the next `step` of the count `name`; none where it gets to 1 or to 4."""
    values = {one: flows[one].value for one in bounds}
    ways: dict[str, list[_Way]] = defaultdict(list)
    for one in (one for one in bounds if one != name):
        ways[flows[one].tail].append((flows[one].head, one, 1))
        ways[flows[one].head].append((flows[one].tail, one, -1))
    start, end = (flows[name].head, flows[name].tail)[::step]
    while values[name] < _FEWEST - 1 if step > 0 else values[name] > 1:
        came = _reached(ways, values, bounds, start)
        if end not in came:
            return frozenset(came)
        values[name] += step
        node = end
        while node != start:
            node, one, change = came[node]
            values[one] += change
    return frozenset()


def _may(value: int, bound: tuple[int, int | None]) -> bool:
    low, high = bound
    return low <= value and (high is None or value <= high)


def _reached(ways: Mapping[str, Sequence[_Way]], values: Mapping[str, int], bounds: _Bounds, start: str) -> dict[str, _Way]:
    """Every node to which one more can be led from `start`, with the node before it, the count to change and its change."""
    came = {start: (start, "", 0)}
    waiting = [start]
    for node in waiting:
        for there, one, change in ways.get(node, ()):
            if there not in came and _may(values[one] + change, bounds[one]):
                came[there] = (node, one, change)
                waiting.append(there)
    return came


def _cover(flows: Mapping[str, Flow], bounds: _Bounds, wall: frozenset[str]) -> str | None:
    """The count to cover so that a change leads out of `wall`; None where none can."""
    leading = [
        (flow.is_total, flow.value, name)
        for name, flow in flows.items()
        if name not in bounds
        and (flow.tail in wall) != (flow.head in wall)
        and _may(flow.value if flow.tail in wall else flow.value - 1, _AS_COVERED)
    ]
    return min(leading)[2] if leading else None
