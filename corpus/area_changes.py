"""Units that got another kind since the reform of 1 July 2025: facts of the project's own, laid over the installed tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from pydantic import BaseModel, ConfigDict

from corpus.area_types import Level
from corpus.tables import read_table


@dataclass(frozen=True, slots=True)
class AreaChange:
    """The unit of this code is called `new` instead of `old` from `since` on; `full` is its old name with the province of that time."""

    level: Level
    code: str
    old: str
    new: str
    full: str
    since: date
    resolution: str


class _Resolution(BaseModel):
    model_config = ConfigDict(extra="forbid")

    title: str
    issued: date
    in_force: date


class _Change(BaseModel):
    model_config = ConfigDict(extra="forbid")

    code: str
    old: str
    new: str
    resolution: str
    province: str = ""


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid")

    resolutions: dict[str, _Resolution]
    provinces: tuple[_Change, ...]
    communes: tuple[_Change, ...]

    def changes(self) -> Iterator[AreaChange]:
        """Each change with the day of its resolution."""
        for level, changes in ((Level.PROVINCE, self.provinces), (Level.COMMUNE, self.communes)):
            for one in changes:
                full = f"{one.old}, {one.province}" if one.province else one.old
                since = self.resolutions[one.resolution].in_force
                yield AreaChange(level, one.code, one.old, one.new, full, since, one.resolution)


def read_area_changes() -> tuple[AreaChange, ...]:
    """The table of facts shipped with the project."""
    return tuple(_Table.model_validate(read_table("corpus", "area-changes-2026.yaml")).changes())
