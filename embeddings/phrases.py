"""Phrases whose marks are known beforehand: names of provinces, districts and communes, and what people say every day.

In the law "buôn ma thuột" and "cử tri" are rare, so its statistics alone would make other words of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from corpus.area_loose_words import EverydayNames
from corpus.area_names_known import NamedUnit, named_units
from corpus.area_traps import RISKY
from corpus.area_words import keys_of
from corpus.tables import read_table
from corpus.text import fold, modern_tones

_SYLLABLE = re.compile(r"[^\W\d_]+")
_LONGEST = 7
# Words that stand before a place, beside the kind of the unit.
_BEFORE_A_PLACE = ("ở", "tại", "quê")
_DISTRICTS = frozenset({"Quận", "Huyện", "Thị xã"})
_LARGE = _DISTRICTS | {"Thành phố", "Tỉnh", "Đặc khu"}
# Names of so many syllables mean nothing else wherever they stand.
_SURE_LENGTH = 3
# "Phương án phù hợp", "xã hội an toàn", "tính giá lại": kind words before names that begin so are other words.
_NO_KIND_BEFORE = {"Phường": frozenset({"an", "tien", "phap", "thuc", "dien"}), "Xã": frozenset({"hoi"})}


class Phrases:
    """Rows of syllables by what is left of them without marks; those of `whole` count only where nothing else stands."""

    def __init__(self, phrases: Iterable[str], whole: Iterable[str] = ()) -> None:
        self._known = dict(_by_folded(phrases))
        self._whole = dict(_by_folded(whole))
        self._heads = frozenset(folded[:2] for folded in self._known)

    def find(self, folded: Sequence[str]) -> Iterator[tuple[int, tuple[str, ...]]]:
        """Where a phrase begins and its syllables, for each in a row of syllables without marks, the longest first, none overlapping."""
        if tuple(folded) in self._whole:
            yield 0, self._whole[tuple(folded)]
            return
        place = 0
        while place < len(folded):
            found = self._at(folded, place)
            if found:
                yield place, found
            place += len(found) or 1

    def _at(self, folded: Sequence[str], place: int) -> tuple[str, ...]:
        if tuple(folded[place : place + 2]) not in self._heads:
            return ()
        for length in range(_LONGEST, 1, -1):
            found = self._known.get(tuple(folded[place : place + length]))
            if found:
                return found
        return ()


@lru_cache(maxsize=1)
def known_phrases() -> Phrases:
    """The phrases shipped with the project, and the names of the installed tables of units, none where there are none."""
    everyday: str = read_table("embeddings", "everyday-phrases.yaml")["phrases"]
    units = named_units()
    return Phrases([*_of_places(units), *everyday.split(", ")], [name for kind, name in units if kind in _LARGE])


def _of_places(units: Sequence[NamedUnit]) -> Iterator[str]:
    """Names with what tells that they are one, the names of larger units last: of two spelled alike they win."""
    ordinary = EverydayNames.load().keys | RISKY
    keys, firsts = keys_of([unit.name for unit in units]), keys_of([unit.name.split()[0] for unit in units])
    for unit, key, first in sorted(zip(units, keys, firsts, strict=True), key=lambda one: one[0].kind in _LARGE):
        syllables = unit.name.split()
        if (key not in ordinary or unit.kind in _DISTRICTS) and first not in _NO_KIND_BEFORE.get(unit.kind, ()):
            yield f"{unit.kind} {unit.name}"
        if key not in ordinary and unit.kind in _LARGE and len(syllables) > 1:
            yield from (f"{before} {unit.name}" for before in _BEFORE_A_PLACE)
            if len(syllables) >= _SURE_LENGTH:
                yield unit.name


def _by_folded(phrases: Iterable[str]) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    # One pass over all: there are twenty thousand, and a start waits for them.
    written = modern_tones("\n".join(phrases).lower())
    for phrase, folded in zip(written.split("\n"), fold(written).split("\n"), strict=True):
        forms = tuple(_SYLLABLE.findall(phrase))
        if len(forms) > 1:
            yield tuple(_SYLLABLE.findall(folded)), forms
