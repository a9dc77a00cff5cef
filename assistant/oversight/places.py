"""Names of units, and the province that each lies in, by keys such as "commune:00454"."""

from __future__ import annotations

from corpus.area_types import Area
from corpus.areas import Areas


class Places:
    """Today's units; without their data every unit is unknown."""

    def __init__(self, areas: Areas | None) -> None:
        self._areas = areas

    def name(self, key: str) -> str:
        """The unit in full; the key itself where it is unknown."""
        area = self._area(key)
        return area.full if area else key

    def province_of(self, key: str) -> str | None:
        """The key of the province that a unit lies in or is, None where it is unknown."""
        area = self._area(key)
        return f"province:{area.parent or area.code}" if area else None

    def _area(self, key: str) -> Area | None:
        level, _, code = key.partition(":")
        if self._areas is None:
            return None
        return self._areas.province(code) if level == "province" else self._areas.commune(code)
