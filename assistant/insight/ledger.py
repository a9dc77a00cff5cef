"""Claims over records: each number with its query, the numbers of the records it counts, and a hash of what they said.

No count from 1 to 4 is told, nor what would give one away in its table (report_suppression.py).
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from hashlib import sha256

from assistant.feedback.reports.session_report import ReportClaim
from assistant.feedback.reports.suppression import BOTTOM, COVERED, SMALL, TOP, Flow, suppressed
from assistant.insight.matters import Matter

FEWEST = 5


class Ledger:
    """The claims made so far; ids are unique."""

    def __init__(self) -> None:
        self._records: dict[int, str] = {}
        self.claims: list[ReportClaim] = []
        self.values: dict[str, int | str] = {}

    def add(self, name: str, query: str, matters: Collection[Matter], value: int | str | None = None) -> None:
        """The claim `name`: as many as there are `matters` (from 1 to 4: SMALL), unless another value is given."""
        ordered = sorted(matters, key=lambda one: one.number)
        snapshot = sha256(f"[{','.join(map(self._record, ordered))}]".encode()).hexdigest()
        count = SMALL if 0 < len(ordered) < FEWEST else len(ordered)
        self.values[name] = count if value is None else value
        numbers = tuple(one.number for one in ordered)
        self.claims.append(ReportClaim(name, name.partition(":")[0], self.values[name], query, numbers, snapshot))

    def add_list(self, name: str, query: str, groups: Mapping[str, Sequence[Matter]]) -> tuple[str, ...]:
        """A claim for each group of what does not overlap, in the order largest first, those not told last; nothing where even a list of
        such marks would give a small count away."""
        marks = suppressed({key: Flow(TOP, BOTTOM, len(group)) for key, group in groups.items()})
        if marks is None:
            return ()
        for key, group in groups.items():
            self.add(f"{name}:{key}", f"{query}={key}", group, marks.get(key))
        return self.largest_first(name, groups)

    def add_table(self, name: str, query: str, rows: Mapping[str, Mapping[str, Sequence[Matter]]]) -> tuple[str, ...]:
        """Claims for rows by columns with their totals ("name_row:…", "name_cell:…:…", "name_column:…"); the rows as of `add_list`."""
        columns = list(dict.fromkeys(column for cells in rows.values() for column in cells))
        flows, groups = _table_flows(rows, columns)
        marks = suppressed(flows)
        if marks is None:
            return ()
        for key, group in groups.items():
            self.add(f"{name}_{key}", f"{query}: {key}", group, marks.get(key))
        return self.largest_first(f"{name}_row", rows)

    def largest_first(self, name: str, keys: Iterable[str]) -> tuple[str, ...]:
        """Keys of claims "name:key" in the order of their values; those not told keep their order: it must not tell their size."""
        told = {key: self.values[f"{name}:{key}"] for key in keys}
        return tuple(sorted(sorted(told), key=lambda key: -value if isinstance(value := told[key], int) else 0))

    def _record(self, matter: Matter) -> str:
        if matter.number not in self._records:
            self._records[matter.number] = json.dumps(asdict(matter), sort_keys=True, separators=(",", ":"), default=date.isoformat)
        return self._records[matter.number]


def is_told(value: int | str) -> bool:
    """Whether a value is one that is told."""
    return value not in (SMALL, COVERED)


def _table_flows(
    rows: Mapping[str, Mapping[str, Sequence[Matter]]], columns: Sequence[str]
) -> tuple[dict[str, Flow], dict[str, list[Matter]]]:
    groups: dict[str, list[Matter]] = {}
    flows: dict[str, Flow] = {}
    for row, cells in rows.items():
        groups[f"row:{row}"] = [one for column in columns for one in cells.get(column, ())]
        flows[f"row:{row}"] = Flow(TOP, f"row {row}", len(groups[f"row:{row}"]))
    for column in columns:
        groups[f"column:{column}"] = [one for cells in rows.values() for one in cells.get(column, ())]
        flows[f"column:{column}"] = Flow(f"column {column}", BOTTOM, len(groups[f"column:{column}"]))
    for row, column in ((row, column) for row in rows for column in columns):
        key = f"cell:{row}:{column}"
        groups[key] = list(rows[row].get(column, ()))
        flows[key] = Flow(f"row {row}", f"column {column}", len(groups[key]))
    return flows, groups
