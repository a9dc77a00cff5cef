"""Where today's communes lie: their centres, from the data files of the package vietnamadminunits (degrees, WGS 84)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from math import cos, radians
from typing import Any, Self

from corpus.area_data import data_folder

_TABLES = ("DICT_PROVINCE_WARD_NO_ACCENTED", "DICT_PROVINCE_WARD_ACCENTED", "DICT_PROVINCE_WARD_SHORT_ACCENTED")
# Beyond Vietnam's waters no commune is near (degrees, squared: some 330 km).
_FARTHEST = 9.0


@dataclass(frozen=True, slots=True)
class AreaPoints:
    """The centres of communes, (latitude, longitude) by code."""

    centres: Mapping[str, tuple[float, float]]

    @classmethod
    def load(cls) -> Self:
        """Those of the package. Raises `SourceUnreadable`."""
        read = json.loads((data_folder() / "parser_from_2025.json").read_text(encoding="utf-8"))
        rows: list[Mapping[str, Any]] = [row for name in _TABLES for wards in read[name].values() for row in wards.values()]
        known = (row for row in rows if row.get("wardLat") and row.get("wardLon"))
        return cls({row["wardCode"]: (float(row["wardLat"]), float(row["wardLon"])) for row in known})

    def nearest(self, latitude: float, longitude: float, most: int) -> list[str]:
        """The codes of the communes whose centres are the nearest, the nearest first; none for a point far from Vietnam.

        Centres are no borders: who lives at the edge of a large commune may be nearer to another's centre, so people choose.
        """
        shrink = cos(radians(latitude))
        # On a plane: over a few dozen kilometres the earth's curve changes no order that matters.
        away = {code: (lat - latitude) ** 2 + ((lon - longitude) * shrink) ** 2 for code, (lat, lon) in self.centres.items()}
        return [code for _, code in sorted((distance, code) for code, distance in away.items() if distance <= _FARTHEST)[:most]]
