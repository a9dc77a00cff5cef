"""Mentions of places in a message, each by itself: a kind word and a name, a province alone, or a bare name beside its parent."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.area_bare import is_bare_district
from corpus.area_loose_words import EverydayNames
from corpus.area_names import Gazetteer, Tiers
from corpus.area_traps import Trust, follows_street_or_number, trust_in_bare_province, trust_in_kind
from corpus.area_types import Level, Unit
from corpus.area_words import Message, Word, spelled_and_key

_FULL_KINDS = ("Thành phố", "Tỉnh", "Quận", "Huyện", "Thị xã", "Xã", "Phường", "Thị trấn", "Đặc khu")
_CITY = "Thành phố"
_LONG_CITY = ("thành phố trực thuộc trung ương", "thành phố trực thuộc")
_SHORT_KINDS = {"tp": _CITY, "q": "Quận", "h": "Huyện", "tx": "Thị xã", "x": "Xã", "p": "Phường", "tt": "Thị trấn"}
_LEVELS = {"Tỉnh": Level.PROVINCE, "Quận": Level.DISTRICT, "Huyện": Level.DISTRICT, "Thị xã": Level.DISTRICT}
_AFTER_KIND = re.compile(r"[ \t\u00a0]{0,3}:?[ \t\u00a0]{0,3}")
_AFTER_SHORT = re.compile(r"[ \t\u00a0]{0,3}[.:]?[ \t\u00a0]{0,3}")
_JOINT = re.compile(r"[ \t\u00a0]{0,3}[,\-–/;.(]{0,2}[ \t\u00a0\n]{0,3}\(?")
_JOINING = frozenset({"thuộc", "thuoc", "của", "cua", "ở", "o", "tại", "tai", "cũ", "cu"})
_LONGEST_JOINT = 16


@dataclass(frozen=True, slots=True)
class Mention:
    """Words `first` to `end` that name a place of one level; weak: a place only beside one that contains it."""

    first: int
    end: int
    level: Level
    tiers: Tiers
    is_weak: bool = False

    @property
    def units(self) -> Iterator[Unit]:
        """All candidates, the better founded first."""
        return (unit for tier in self.tiers for unit in tier)


@dataclass(frozen=True, slots=True)
class _Kind:
    """A kind word in the message: which, where its name begins, whether it is abbreviated."""

    name: str
    first: int
    end: int
    is_short: bool


def are_joined(message: Message, end: int, first: int) -> bool:
    """Whether what stands between word `end` (excluded) and word `first` joins two names: "xã A, huyện B", "xã A thuộc huyện B"."""
    if not 0 <= first - end <= 2:
        return False
    between = message.text[message.words[end - 1].end : message.words[first].start]
    if first == end:
        return _JOINT.fullmatch(between) is not None
    return len(between) <= _LONGEST_JOINT and all(word.spelled in _JOINING for word in message.words[end:first])


def _spells(words: Sequence[Word], form: str) -> bool:
    """Whether the words are a kind word with all marks or with none: "phương" is another word than "phường"."""
    return all(not word.is_marked or word.spelled == meant for word, meant in zip(words, form.split(), strict=True))


class MentionFinder:
    """Finds mentions in messages."""

    def __init__(self, gazetteer: Gazetteer, everyday: EverydayNames) -> None:
        self._names, self._everyday = gazetteer, everyday
        forms = [(kind, kind) for kind in _FULL_KINDS] + [(form, _CITY) for form in _LONG_CITY] + list(_SHORT_KINDS.items())
        self._kinds: dict[str, list[tuple[str, str, str]]] = {}
        for form, kind in sorted(forms, key=lambda pair: -len(pair[0])):
            keys = [spelled_and_key(word)[1] for word in form.split()]
            self._kinds.setdefault(keys[0], []).append((form.lower(), "".join(keys), kind))

    def find(self, message: Message) -> list[Mention]:
        """All mentions, in order, none overlapping another."""
        found: list[Mention] = []
        index = 0
        while index < len(message.words):
            kind = self._kind_at(message, index)
            mention = self._named(message, kind) if kind else None
            mention = mention or self._alone(message, index, found) or self._parent(message, index, found) or self._bare(message, index)
            if mention:
                found.append(mention)
            index = mention.end if mention else (kind.end if kind else index + 1)
        return self._with_parts(message, found)

    def _kind_at(self, message: Message, index: int) -> _Kind | None:
        for form, key, kind in self._kinds.get(message.words[index].key, ()):
            end = index + form.count(" ") + 1
            if message.key(index, end) == key and _spells(message.words[index:end], form):
                return _Kind(kind, index, end, form in _SHORT_KINDS)
        return None

    def _named(self, message: Message, kind: _Kind) -> Mention | None:
        after = _AFTER_SHORT if kind.is_short else _AFTER_KIND
        if kind.end >= len(message.words) or not after.fullmatch(message.gap(kind.end - 1)):
            return None
        ends = self._names.ends(message, kind.end)
        for is_loose in (False, True):
            for end in ends:
                mention = self._of_kind(message, kind, end, is_loose=is_loose)
                if mention:
                    return mention
        return None

    def _of_kind(self, message: Message, kind: _Kind, end: int, *, is_loose: bool) -> Mention | None:
        level, tiers = self._tiers(message, kind, end, is_loose=is_loose)
        if not tiers:
            return None
        trust = trust_in_kind(message, kind.first, kind.end, end, level=level, is_short=kind.is_short)
        if trust is Trust.NONE:
            return None
        is_guess = is_loose and level is not Level.PROVINCE and not message.is_capital(kind.end, end)
        return Mention(kind.first, end, level, tiers, trust is Trust.WEAK or is_guess)

    def _tiers(self, message: Message, kind: _Kind, end: int, *, is_loose: bool) -> tuple[Level, Tiers]:
        if kind.name in ("Tỉnh", _CITY):
            exact = "" if is_loose or kind.name == "Tỉnh" else kind.name
            provinces = self._names.provinces(message, kind.end, end, exact)
            former = self._names.districts(message, kind.end, end, kind.name) if kind.name == _CITY and provinces else ()
            if former and self._lies_in_a_province(message, end):
                return Level.DISTRICT, former
            if provinces or kind.name == "Tỉnh":
                return Level.PROVINCE, (provinces,) if provinces else ()
        # The kind of a unit changes more often than its name: what was a thị trấn is a xã, what was a huyện a thị xã.
        wanted = "" if is_loose else kind.name
        if kind.name == _CITY or kind.name in _LEVELS:
            return Level.DISTRICT, self._names.districts(message, kind.end, end, wanted)
        return Level.COMMUNE, self._names.communes(message, kind.end, end, wanted)

    def _lies_in_a_province(self, message: Message, end: int) -> bool:
        """Whether "tỉnh" follows: "thành phố Bắc Ninh, tỉnh Bắc Ninh" is the city of before the reform, not that of today."""
        kind = self._kind_at(message, end) if end < len(message.words) else None
        return kind is not None and kind.name == "Tỉnh" and are_joined(message, end, kind.first)

    def _alone(self, message: Message, index: int, found: list[Mention]) -> Mention | None:
        for end in self._names.ends(message, index):
            provinces = self._names.provinces(message, index, end)
            if provinces:
                joined = bool(found) and found[-1].level is not Level.PROVINCE and are_joined(message, found[-1].end, index)
                trust = trust_in_bare_province(message, index, end, joined=joined)
                return None if trust is Trust.NONE else Mention(index, end, Level.PROVINCE, (provinces,), trust is Trust.WEAK)
        return None

    def _parent(self, message: Message, index: int, found: list[Mention]) -> Mention | None:
        """The district without kind word that stands right after its commune: "P.14 Gò Vấp"."""
        if not found or found[-1].level is not Level.COMMUNE or not are_joined(message, found[-1].end, index):
            return None
        around = frozenset(tag for unit in found[-1].units for tag in unit.within)
        for end in self._names.ends(message, index):
            units = [unit for tier in self._names.districts(message, index, end) for unit in tier if unit.tag in around]
            if units and not message.key(index, end).isdigit():
                return Mention(index, end, Level.DISTRICT, (tuple(units),), is_weak=True)
        return None

    def _bare(self, message: Message, index: int) -> Mention | None:
        """The former city, town or district that is named without kind word or parent: "ở Đà Lạt"."""
        for end in self._names.ends(message, index):
            tiers = self._names.districts(message, index, end)
            units = [unit for tier in tiers for unit in tier]
            namesakes = [unit for tier in self._names.communes(message, index, end) for unit in tier]
            if units and is_bare_district(message, index, end, units, namesakes, self._everyday):
                return Mention(index, end, Level.DISTRICT, tiers)
            if namesakes and end - index > 1:
                # "Chu Văn An" is a ward, not the town Chũ before other words.
                return None
        return None

    def _with_parts(self, message: Message, found: list[Mention]) -> list[Mention]:
        """`found` and the names without kind word right before their district or province: "Trúc Bạch, Ba Đình, Hà Nội"."""
        mentions: list[Mention] = []
        for mention in found:
            free = mentions[-1].end if mentions else 0
            parts: list[Mention] = []
            whole: Mention | None = mention
            while whole:
                whole = self._part(message, whole, free)
                parts.extend([whole] if whole else [])
            mentions.extend([*reversed(parts), mention])
        return mentions

    def _part(self, message: Message, whole: Mention, free: int) -> Mention | None:
        if whole.level is Level.COMMUNE or whole.first <= free or not are_joined(message, whole.first, whole.first):
            return None
        tags = frozenset(unit.tag for unit in whole.units)
        levels = (Level.DISTRICT, Level.COMMUNE) if whole.level is Level.PROVINCE else (Level.COMMUNE,)
        for level in levels:
            for first in self._names.firsts(message, whole.first, free):
                units = self._bare_units(message, level, first, whole.first, tags)
                if units and _is_name(message, level, first, whole.first):
                    return Mention(first, whole.first, level, (units,), is_weak=True)
        return None

    def _bare_units(self, message: Message, level: Level, first: int, end: int, tags: frozenset[str]) -> tuple[Unit, ...]:
        look_up = self._names.districts if level is Level.DISTRICT else self._names.communes
        return tuple(unit for tier in look_up(message, first, end) for unit in tier if unit.within & tags)


def _is_name(message: Message, level: Level, first: int, end: int) -> bool:
    if message.key(first, end).isdigit() or follows_street_or_number(message, first):
        return False
    has_comma = message.gap(end - 1).strip().startswith((",", "-", "–"))
    return message.is_capital(first, end) or (end - first > 1 and (has_comma or level is Level.DISTRICT))
