"""What a part of an address is, and the kinds of parts, without marks."""

from __future__ import annotations

from dataclasses import dataclass

ALLEYS = frozenset({"ngo", "ngach", "hem", "kiet"})
STREETS = frozenset({"duong", "pho"})
# A whole building or storey is nobody's home.
BUILDINGS = frozenset({"tang", "lau", "toa", "toa nha", "block", "thap", "chung cu"})


@dataclass(frozen=True, slots=True)
class Part:
    """A part of an address; `is_doubtful` if its word may be another and stands within an address only."""

    start: int
    end: int
    kind: str
    is_house: bool
    has_number: bool
    is_doubtful: bool = False
