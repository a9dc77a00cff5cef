"""Communes to choose from: by a name, old or new, or by where somebody is."""

from __future__ import annotations

from assistant.chats.types import Choice
from corpus.area_points import AreaPoints
from corpus.area_types import Area, Level
from corpus.areas import Areas

_MOST = 6


def place_choices(
    point: tuple[float, float] | None, areas: Areas | None, points: AreaPoints | None, action: str
) -> tuple[tuple[Choice, ...], ...]:
    """The communes whose centres are the nearest to a point (latitude, longitude), as choices "action:code"."""
    if point is None or areas is None or points is None:
        return ()
    near = (areas.commune(code) for code in points.nearest(*point, _MOST))
    return _rows([one for one in near if one], action)


def named_choices(text: str, areas: Areas | None, action: str) -> tuple[tuple[Choice, ...], ...]:
    """Today's communes that a text may mean, as choices "action:code"; none where it names no commune."""
    if areas is None:
        return ()
    matches = areas.find(text) or areas.find_loosely(text)
    found = {one.code: one for match in matches for one in match.today if one.level is Level.COMMUNE}
    return _rows(list(found.values()), action)


def _rows(areas: list[Area], action: str) -> tuple[tuple[Choice, ...], ...]:
    return tuple((Choice(f"{action}:{one.code}", "place", {"place": one.full}),) for one in areas[:_MOST])
