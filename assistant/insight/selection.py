"""What people make of candidates: chosen, renamed, merged, dropped, letters moved. Each gives a selection; none changes one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from assistant.insight.errors import ThemeNotFound


@dataclass(frozen=True, slots=True)
class ChosenTheme:
    """A theme with the title that a person gave it; `members` are numbers of submissions, rising."""

    key: str
    title: str
    stance: str | None
    terms: tuple[str, ...]
    members: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Selection:
    """What was chosen of a run; version 0, made by nobody, is the empty one before the first act."""

    run: int
    version: int
    themes: tuple[ChosenTheme, ...]
    act: str = ""
    made_by: str = ""
    made_at: datetime | None = None


def chosen(themes: Sequence[ChosenTheme], candidate: ChosenTheme) -> tuple[ChosenTheme, ...]:
    """With the candidate; letters that stand in a chosen theme already stay there."""
    taken = {number for one in themes for number in one.members if one.key != candidate.key}
    kept = tuple(number for number in candidate.members if number not in taken)
    return (*(one for one in themes if one.key != candidate.key), replace(candidate, members=kept))


def renamed(themes: Sequence[ChosenTheme], key: str, title: str) -> tuple[ChosenTheme, ...]:
    """With another title. Raises `ThemeNotFound`."""
    _theme(themes, key)
    return tuple(replace(one, title=title) if one.key == key else one for one in themes)


def merged(themes: Sequence[ChosenTheme], keys: Sequence[str], title: str) -> tuple[ChosenTheme, ...]:
    """With the letters of all `keys` under the first of them; it has a stance only where all have the same. Raises `ThemeNotFound`."""
    parts = [_theme(themes, key) for key in keys]
    stances = {one.stance for one in parts}
    terms = tuple(dict.fromkeys(term for one in parts for term in one.terms))
    members = tuple(sorted({number for one in parts for number in one.members}))
    whole = ChosenTheme(parts[0].key, title, stances.pop() if len(stances) == 1 else None, terms, members)
    gone = set(keys[1:])
    return tuple(whole if one.key == whole.key else one for one in themes if one.key not in gone or one.key == whole.key)


def dropped(themes: Sequence[ChosenTheme], key: str) -> tuple[ChosenTheme, ...]:
    """Without the theme; its letters are in none. Raises `ThemeNotFound`."""
    _theme(themes, key)
    return tuple(one for one in themes if one.key != key)


def moved(themes: Sequence[ChosenTheme], letter: int, to: str | None) -> tuple[ChosenTheme, ...]:
    """With the submission `letter` in the theme `to`, or in none. Raises `ThemeNotFound`."""
    if to is not None:
        _theme(themes, to)
    without = (replace(one, members=tuple(number for number in one.members if number != letter)) for one in themes)
    return tuple(replace(one, members=tuple(sorted((*one.members, letter)))) if one.key == to else one for one in without)


def _theme(themes: Sequence[ChosenTheme], key: str) -> ChosenTheme:
    for one in themes:
        if one.key == key:
            return one
    raise ThemeNotFound(key)
