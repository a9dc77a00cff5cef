"""Places that a citizen names without saying what they are, found for a reviewer: better one too many than one missed.

The strict finder (corpus/area_mentions.py) wants a kind word or the larger place, since a question must not be answered for a place
that was not meant. Here a bare name is enough where it is likelier a place than anything else.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest

from corpus.area_loose_words import (
    EverydayNames,
    announces_place,
    bears_a_famous_name,
    begins_with_a_number,
    has_capitals,
    is_cut_from_names,
    names_something_else,
)
from corpus.area_mentions import Mention, are_joined
from corpus.area_names import Gazetteer
from corpus.area_types import Level, PlaceMatch
from corpus.area_words import Message, closes

_KIND_KEYS = frozenset("tinh thanhpho tp quan q huien h thixa tx xa x phuong p thitran tt dackhu".split())
# Words before "tinh" without mark that make it the province, not tính: "benh vien da khoa tinh cao bang".
_BODIES = frozenset("khoa vien an so doan dai ubnd hdnd ban dan truong trong toan tren cua nguoi".split())


class LooseFinder:
    """Finds what the strict finder leaves out."""

    def __init__(self, names: Gazetteer, everyday: EverydayNames) -> None:
        self._names, self._everyday = names, everyday

    def add(self, message: Message, strict: Sequence[Mention], sure: Sequence[PlaceMatch]) -> list[Mention]:
        """The mentions that make up the `sure` matches of the strict finder, its other ones if likely, and the bare names between."""
        found: list[Mention] = []
        free = 0
        for mention in self._kept(message, strict, sure):
            found += [*self._between(message, free, mention.first), mention]
            free = mention.end
        found += self._between(message, free, len(message.words))
        return [_as_part(message, mention, larger) for mention, larger in zip_longest(found, found[1:])]

    def _kept(self, message: Message, strict: Sequence[Mention], sure: Sequence[PlaceMatch]) -> Iterator[Mention]:
        starts = [match.start for match in sure]
        for mention, following in zip_longest(strict, strict[1:]):
            start = message.words[mention.first].start
            index = bisect_right(starts, start) - 1
            is_sure = index >= 0 and start < sure[index].end
            stop = following.first if following else len(message.words)
            kept = self._completed(message, mention, sure[index], stop) if is_sure else self._likely(message, mention)
            if kept:
                yield kept

    def _completed(self, message: Message, mention: Mention, match: PlaceMatch, stop: int) -> Mention:
        """A mention that is a sure match alone, with what else it may mean."""
        if match.start != message.words[mention.first].start or match.end != message.words[mention.end - 1].end:
            return mention
        if mention.level is Level.COMMUNE and len(match.today) > 1:
            return self._widened(message, mention)
        return self._lengthened(message, mention, stop)

    def _lengthened(self, message: Message, mention: Mention, stop: int) -> Mention:
        """The commune whose name begins with that of a province: "Hà Giang 2", "Tây Ninh Hòa"."""
        if mention.level is not Level.PROVINCE or _name_first(message, mention) != mention.first:
            return mention
        ends = [end for end in self._names.ends(message, mention.first) if mention.end < end <= stop]
        longer = self._mention(message, mention.first, ends[0]) if ends else None
        return longer or mention

    def _widened(self, message: Message, mention: Mention) -> Mention:
        """A commune with the namesakes of other kinds: people say xã for what is a phường or was a huyện."""
        first = _name_first(message, mention)
        known = tuple(mention.units)
        more = [*self._names.communes(message, first, mention.end), *self._names.districts(message, first, mention.end)]
        others = tuple(unit for tier in more for unit in tier if unit not in known)
        return replace(mention, tiers=((*known, *others),))

    def _likely(self, message: Message, mention: Mention) -> Mention | None:
        firm = replace(mention, is_weak=False)
        first = _name_first(message, mention)
        if first == mention.first:
            return firm if self._is_likely_province(message, mention) else None
        return firm if self._is_likely_after_kind(message, mention, first) else None

    def _is_likely_province(self, message: Message, mention: Mention) -> bool:
        return _stands_apart(message, mention) or announces_place(message, mention.first)

    def _is_likely_after_kind(self, message: Message, mention: Mention, first: int) -> bool:
        key = message.key(first, mention.end)
        if mention.end - first < 2 or key.isdigit() or message.words[first].key == "hoi":
            return False
        if mention.level is Level.PROVINCE:
            return first > 1 and message.words[mention.first - 1].key in _BODIES
        if any(word.is_marked for word in message.words[first : mention.end]):
            return message.spelled(first, mention.end) not in self._everyday.often or closes(message, mention.end)
        return key not in self._everyday.keys_often

    def _between(self, message: Message, first: int, stop: int) -> Iterator[Mention]:
        index = first
        while index < stop:
            index, mention = self._at(message, index, stop)
            if mention:
                yield mention

    def _at(self, message: Message, first: int, stop: int) -> tuple[int, Mention | None]:
        """The longest name that begins at word `first`, if it is likely a place, and the word to go on from."""
        for end in self._names.ends(message, first):
            # "Phường 5" and "xã Kép" need their kind word: one syllable means too much else.
            if end > stop or end - first < 2 or message.key(first, end).isdigit():
                continue
            if names_something_else(message, first, end):
                return end, None
            mention = self._mention(message, first, end)
            if mention:
                return (end, mention) if self._is_likely(message, mention, stop) else (first + 1, None)
        return first + 1, None

    def _is_likely(self, message: Message, mention: Mention, stop: int) -> bool:
        first, end = mention.first, mention.end
        is_announced = announces_place(message, first)
        if mention.level is Level.COMMUNE and bears_a_famous_name(message, first, end) and not is_announced:
            return False
        if has_capitals(message, first, end):
            is_word = message.spelled(first, end) in self._everyday.often
            return (is_announced or not is_word) and self._stands_free(message, first, end, stop)
        if is_cut_from_names(message, first, end):
            return False
        return self._is_likely_small(message, mention, is_announced=is_announced)

    def _is_likely_small(self, message: Message, mention: Mention, *, is_announced: bool) -> bool:
        """The same in small letters, or where all are capitals."""
        first, end = mention.first, mention.end
        spelled, key = message.spelled(first, end), message.key(first, end)
        is_exact = spelled.replace(" ", "") in {unit.spelled for unit in mention.units}
        if mention.level is Level.COMMUNE and begins_with_a_number(message, first):
            return announces_place(message, first, strictly=True)
        if message.is_marked and is_exact:
            if spelled in self._everyday.words:
                return announces_place(message, first, strictly=True)
            return spelled not in self._everyday.often
        if key in self._everyday.keys_often:
            return False
        return is_announced or key not in self._everyday.keys or _stands_apart(message, mention)

    def _stands_free(self, message: Message, first: int, end: int, stop: int) -> bool:
        """Whether the words with capitals around a name are names of places too: "Kim Long" in "Ngô Kim Long" is none."""
        if first > 0 and message.runs_on(first - 1) and message.words[first - 1].is_capital:
            begins = first == 1 or closes(message, first - 1, (".", "!", "?", ":"))
            if not (begins or message.words[first - 1].is_shouted or announces_place(message, first)):
                return False
        follows = end < stop and message.runs_on(end - 1) and message.words[end].is_capital
        return not follows or self._is_name(message, end, stop)

    def _is_name(self, message: Message, first: int, stop: int) -> bool:
        return any(end <= stop and end - first > 1 and message.is_capital(first, end) for end in self._names.ends(message, first))

    def _mention(self, message: Message, first: int, end: int) -> Mention | None:
        provinces = self._names.provinces(message, first, end)
        if provinces:
            return Mention(first, end, Level.PROVINCE, (provinces,))
        districts, communes = self._names.districts(message, first, end), self._names.communes(message, first, end)
        units = tuple(unit for tier in (*communes, *districts) for unit in tier)
        # A name that a district and communes bear may have a part before it: "Yên Nghĩa, Hà Đông".
        return Mention(first, end, Level.DISTRICT if districts else Level.COMMUNE, (units,)) if units else None


def _name_first(message: Message, mention: Mention) -> int:
    """Where the name of a mention begins, after its kind word."""
    for first in range(min(mention.first + 2, mention.end - 1), mention.first, -1):
        if message.key(mention.first, first) in _KIND_KEYS:
            return first
    return mention.first


def _stands_apart(message: Message, mention: Mention) -> bool:
    """Whether signs or the ends of the text stand around a mention."""
    return closes(message, mention.end) and (mention.first == 0 or closes(message, mention.first))


def _as_part(message: Message, mention: Mention, larger: Mention | None) -> Mention:
    """A bare name that a district and communes bear, as the commune where the district that follows has one: "Phú Lương, Hà Đông"."""
    if larger is None or mention.level is not Level.DISTRICT or larger.level is not Level.DISTRICT:
        return mention
    if not are_joined(message, mention.end, larger.first):
        return mention
    tags = frozenset(unit.tag for unit in larger.units)
    parts = tuple(unit for unit in mention.units if unit.area.level is Level.COMMUNE and unit.within & tags)
    return replace(mention, level=Level.COMMUNE, tiers=(parts,)) if parts else mention
