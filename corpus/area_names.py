"""Units by the names that people give them: bare names, former names and short forms, with or without marks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from corpus.area_data import Territory
from corpus.area_types import Unit
from corpus.area_words import Message, fitting, keys_of, may_mean, spelled_name

LONGEST_NAME = 7
# Most words of a message begin no name, and the first letters tell.
_HEADS = range(4, 8)
# What people say for a province, and its bare name. Thừa Thiên Huế became Thành phố Huế on 1 January 2025.
_PROVINCE_ALIASES = {
    "Sài Gòn": "Hồ Chí Minh",
    "HCM": "Hồ Chí Minh",
    "HCMC": "Hồ Chí Minh",
    "TPHCM": "Hồ Chí Minh",
    "SG": "Hồ Chí Minh",
    "TPSG": "Hồ Chí Minh",
    "HN": "Hà Nội",
    "TPHN": "Hà Nội",
    "ĐN": "Đà Nẵng",
    "TPĐN": "Đà Nẵng",
    "BRVT": "Bà Rịa - Vũng Tàu",
    "Thừa Thiên Huế": "Huế",
    "Thừa Thiên": "Huế",
    "TT Huế": "Huế",
    "Đắc Lắc": "Đắk Lắk",
    "Đắk Lắc": "Đắk Lắk",
    "Đắc Nông": "Đắk Nông",
    "Bắc Cạn": "Bắc Kạn",
    # Became part of Hà Nội on 1 August 2008 (Resolution 15/2008/QH12).
    "Hà Tây": "Hà Nội",
}
# Short forms that are provinces in capitals only: in small letters they stand for other words.
CAPITALS_ONLY = frozenset({"hn", "dn"})

Tiers = tuple[tuple[Unit, ...], ...]


class Gazetteer:
    """Finds units by the words of a message. Tiers hold candidates, the better founded first; none is empty."""

    def __init__(self, territory: Territory) -> None:
        self._territory = territory
        self._provinces: dict[str, list[tuple[str, Unit]]] = defaultdict(list)
        today = list(territory.provinces)
        known = {unit.area.name for unit in today}
        bare = {unit.bare: unit for unit in [*today, *(old for old in territory.old_provinces if old.area.name not in known)]}
        # A province of today covers the former one of the same bare name, so that name means today's.
        bare.update({unit.bare: unit for unit in today})
        names = [*bare.items(), *((alias, bare[name]) for alias, name in _PROVINCE_ALIASES.items())]
        for key, (name, unit) in zip(keys_of([name for name, _ in names]), names, strict=True):
            self._provinces[key].append((spelled_name(name), unit))
        self._keys = territory.keys | self._provinces.keys()
        self._heads = frozenset(key[:length] for key in self._keys for length in _HEADS if len(key) >= length)

    def ends(self, message: Message, first: int) -> list[int]:
        """Where a name that begins at word `first` can end, the longest first."""
        key = message.words[first].key
        found: list[int] = []
        for end in range(first + 1, first + 1 + LONGEST_NAME):
            if key in self._keys and not _cuts_city(message, end):
                found.append(end)
            if (len(key) >= _HEADS[0] and key[: _HEADS[-1]] not in self._heads) or not message.runs_on(end - 1):
                break
            key += message.words[end].key
        return found[::-1]

    def firsts(self, message: Message, end: int, free: int) -> list[int]:
        """Where a name that ends before word `end` can begin, the longest first, none before word `free`."""
        first = end - 1
        while first > free and end - first < LONGEST_NAME and message.runs_on(first - 1):
            first -= 1
        return [begin for begin in range(first, end) if message.key(begin, end) in self._keys]

    def provinces(self, message: Message, first: int, end: int, kind: str = "") -> tuple[Unit, ...]:
        """Provinces of today and before that words `first` to `end` name, of this kind only if one is given."""
        known = self._provinces.get(message.key(first, end))
        if known is None:
            return ()
        fits = _fits(message, first, end, (name for name, _ in known))
        return tuple(unit for name, unit in known if name in fits and kind in ("", unit.kind))

    def districts(self, message: Message, first: int, end: int, kind: str = "") -> Tiers:
        """Former districts of this kind, then those into which one of that kind was merged; of any kind without one."""
        key = message.key(first, end)
        named = [unit for unit in self._territory.districts_named(key) if kind in ("", unit.kind)]
        merged = self._territory.merged_districts_named(_plain(kind) + key) if kind else []
        return _tiers(_fitting(message, first, end, named), merged)

    def communes(self, message: Message, first: int, end: int, kind: str = "") -> Tiers:
        """Communes of today and before of this kind, then those into which one was merged; of any kind without one."""
        territory = self._territory
        key = message.key(first, end)
        named = [*territory.communes_named(key), *territory.renamed_communes_named(key), *territory.old_communes_named(key)]
        merged = territory.merged_communes_named(_plain(kind) + key) if kind else []
        return _tiers(_fitting(message, first, end, [unit for unit in named if kind in ("", unit.kind)]), merged)


def _cuts_city(message: Message, end: int) -> bool:
    """Whether a name would take the first half of "thanh pho": "xa Tan An thanh pho Hai Phong" is not "xã Tân An Thạnh"."""
    return end < len(message.words) and message.key(end - 1, end + 1) == "thanhpho" and message.runs_on(end - 1)


def _fitting(message: Message, first: int, end: int, units: Sequence[Unit]) -> list[Unit]:
    if not units:
        return []
    fits = _fits(message, first, end, {unit.spelled for unit in units})
    return [unit for unit in units if unit.spelled in fits]


def _fits(message: Message, first: int, end: int, names: Iterable[str]) -> set[str]:
    typed = message.spelled(first, end).replace(" ", "")
    # Without marks "ba tri" may be Ba Tri or Bá Trị: what is spelled alike is no better then.
    if message.is_marked or any(word.is_marked for word in message.words[first:end]):
        return fitting(typed, names)
    return {name for name in names if may_mean(typed, name)}


def _tiers(*tiers: Iterable[Unit]) -> Tiers:
    return tuple(units for tier in tiers if (units := tuple(tier)))


def _plain(kind: str) -> str:
    return keys_of([kind])[0]
