"""Which units lie in a unit, by keys such as "province:01" and "commune:00454"."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cache

from corpus.area_data import read_territory
from corpus.errors import SourceUnreadable

_PROVINCE, _COMMUNE = "province:", "commune:"


def keys_within(key: str) -> tuple[str, ...]:
    """The unit itself and, of today's province, its communes; the key alone where no tables of units are installed."""
    return (key, *_communes().get(key, ()))


@cache
def _communes() -> Mapping[str, tuple[str, ...]]:
    try:
        territory = read_territory()
    except SourceUnreadable:
        return {}
    found: dict[str, list[str]] = defaultdict(list)
    for area in territory.communes:
        found[f"{_PROVINCE}{area.parent}"].append(f"{_COMMUNE}{area.code}")
    return {province: tuple(communes) for province, communes in found.items()}
