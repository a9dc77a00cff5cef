"""Administrative units of today and before, for people."""

from __future__ import annotations

from assistant.feedback.types import FORMER_UNIT
from corpus.areas import Area, Areas, Level
from corpus.errors import SourceUnreadable


def area_name(key: str) -> str:
    """The full name of a unit: "Xã Tân Phú, Huyện Đức Hòa, Tỉnh Long An"; its key where no units are installed or none has it."""
    try:
        unit = _unit(Areas.load(), key)
    except SourceUnreadable:
        return key
    return unit.full if unit else key


def _unit(areas: Areas, key: str) -> Area | None:
    level, _, code = key.removeprefix(FORMER_UNIT).partition(":")
    if level not in [one.value for one in Level]:
        return None
    if key.startswith(FORMER_UNIT):
        return areas.former(Level(level), code)
    return areas.province(code) if level == Level.PROVINCE else areas.commune(code)
