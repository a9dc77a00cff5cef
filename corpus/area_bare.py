"""Former cities, towns and districts by their bare names: "ở Đà Lạt", "buon ma thuot"."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.area_loose_words import (
    EverydayNames,
    announces_place,
    bears_a_famous_name,
    has_capitals,
    is_cut_from_names,
    names_something_else,
)
from corpus.area_types import Level, Unit
from corpus.area_words import Message, closes

_CITIES = frozenset({"Thành phố", "Thị xã"})
# Names of so many syllables mean nothing else wherever they stand.
_SURE_LENGTH = 3
# Of today's communes; of 134 former cities and towns only Tân An, Bình Minh and Hòa Bình have more (the data of 2026).
_MOST_NAMESAKES = 4


def is_bare_district(
    message: Message, first: int, end: int, units: Sequence[Unit], namesakes: Sequence[Unit], everyday: EverydayNames
) -> bool:
    """Whether words `first` to `end`, the bare name of the former districts `units`, mean one; `namesakes`: communes of that name.

    A name that several districts bear, or communes elsewhere, needs to be that of a city: the others are said with their kind or parent.
    Where so many communes bear the name of a town that it may as well be one of them ("Bình Minh"), nothing is presumed.
    """
    is_city = any(unit.kind in _CITIES for unit in units)
    if sum(unit.area.level is Level.COMMUNE and unit.area.validity.until is None for unit in namesakes) > _MOST_NAMESAKES:
        return False
    if end - first < 2:
        # Vinh is a name of people too.
        is_exact = message.spelled(first, end) in {unit.spelled for unit in units if unit.kind in _CITIES}
        return is_exact and message.is_capital(first, end) and announces_place(message, first, strictly=True) and not _goes_on(message, end)
    if message.key(first, end).isdigit() or names_something_else(message, first, end):
        return False
    if not is_city and (len(units) > 1 or not _lie_in(namesakes, units)):
        return False
    if bears_a_famous_name(message, first, end) or _began_before(message, first):
        return False
    return _is_likely(message, first, end, is_city=is_city, everyday=everyday)


def _is_likely(message: Message, first: int, end: int, *, is_city: bool, everyday: EverydayNames) -> bool:
    is_announced = announces_place(message, first, strictly=True)
    stands_apart = closes(message, end) and (first == 0 or closes(message, first))
    spelled, key = message.spelled(first, end), message.key(first, end)
    is_marked = any(word.is_marked for word in message.words[first:end])
    is_ordinary = (spelled in everyday.words | everyday.often) if is_marked else key in everyday.keys | everyday.keys_often
    if has_capitals(message, first, end):
        return is_announced or (is_city and not is_ordinary)
    if is_ordinary or is_cut_from_names(message, first, end):
        return False
    return is_announced or (is_city and (stands_apart or end - first >= _SURE_LENGTH))


def _lie_in(communes: Sequence[Unit], districts: Sequence[Unit]) -> bool:
    """Whether each commune of the name lies in one of the districts, or became of it."""
    tags = {unit.tag for unit in districts}
    return all(unit.area.level is Level.COMMUNE and unit.within & tags for unit in communes)


def _goes_on(message: Message, end: int) -> bool:
    """Whether the next word has a capital too and may belong to the name."""
    return end < len(message.words) and message.runs_on(end - 1) and message.words[end].is_capital


def _began_before(message: Message, first: int) -> bool:
    """Whether a word with a capital that announces no place stands right before: the name is part of one, unless a sentence begins."""
    if first == 0 or not message.runs_on(first - 1):
        return False
    before = message.words[first - 1]
    is_start = first == 1 or closes(message, first - 1, (".", "!", "?", ":"))
    return before.is_capital and not before.is_shouted and not is_start and not announces_place(message, first)
