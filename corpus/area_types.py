"""What an administrative unit is, and what a message says of one."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from corpus.types import Validity

_KINDS = {kind.lower(): kind for kind in ("Thành phố", "Tỉnh", "Quận", "Huyện", "Thị xã", "Xã", "Phường", "Thị trấn", "Đặc khu")}


class Level(StrEnum):
    """Levels of the areas that people name; districts ended on 1 July 2025."""

    PROVINCE = "province"
    DISTRICT = "district"
    COMMUNE = "commune"


@dataclass(frozen=True, slots=True)
class Area:
    """A unit: "Phường Ba Đình", in full "Phường Ba Đình, Thành phố Hà Nội".

    `code` (General Statistics Office) is unique among units of one level and time only: a commune of today often has the code of a former
    one. `parent` is the code of today's province, None for today's provinces. `validity` is open where a unit outlived the reform.
    """

    code: str
    name: str
    full: str
    level: Level
    parent: str | None
    validity: Validity


@dataclass(frozen=True, slots=True)
class Unit:
    """An area with what is needed to find it.

    `spelled` is the spelling of its bare name, `tag` names it among all units, `within` has the tags of all units that it lies or
    lay in, `today` the units that it is or became.
    """

    area: Area
    kind: str
    bare: str
    spelled: str
    tag: str
    within: frozenset[str]
    today: tuple[Area, ...]

    @property
    def is_gone(self) -> bool:
        """Whether it ended with the reform."""
        return self.area.validity.until is not None


@dataclass(frozen=True, slots=True)
class PlaceMatch:
    """A place named in a message, from `start` to `end` of it as it came.

    `old` is the unit named where it ended with the reform and is the only one meant; a unit that had been merged into another before
    the reform gives that other. `today` has the one unit of today, or all candidates: the namesake first, then by code.
    """

    text: str
    start: int
    end: int
    old: Area | None
    today: tuple[Area, ...]


def split_kind(name: str) -> tuple[str, str]:
    """Kind word and bare name: ("Phường", "Ba Đình"); the kind is empty where there is none."""
    first, _, rest = name.partition(" ")
    if kind := _KINDS.get(first.lower()):
        return kind, rest
    second, _, bare = rest.partition(" ")
    kind = _KINDS.get(f"{first} {second}".lower(), "")
    return kind, bare if kind else name
