"""The parts of addresses: house and room numbers, and the places they lie in."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from assistant.feedback.privacy.homes import Surroundings
from assistant.feedback.privacy.part_words import BARE, PartWords
from assistant.feedback.privacy.parts import ALLEYS, BUILDINGS, STREETS, Part
from assistant.feedback.privacy.place_names import PlaceNames
from assistant.feedback.privacy.place_parts import PlaceParts
from assistant.feedback.privacy.streets import StreetNames
from assistant.feedback.privacy.text import Letter
from assistant.feedback.types import PersonalSpan

_ALLEY_NEXT = re.compile(r"[ ,]{1,2}(?:ngo|ngach|hem|kiet|to|ap|thon|xom)\b")
_ROOM = re.compile(r"\d{3,4}")
_NUMBERED = frozenset({"so", "nha so", "so nha"})
_BEFORE_STREETS = _NUMBERED | {"nha", "sn", "s/n"}
_LETTERED = frozenset({"lo", "day", "toa", "toa nha", "block", "thap", "day tro"})
# "3 thôn" counts hamlets, "88 ấp Bình Hòa" after "ở" is a house.
_COUNTABLE = frozenset(
    "to doi khu khoi ap thon xom ban buon khom cum lang khu pho phum soc ngo duong hem pho kiet ngach bo lo chung cu toa thap".split()
)


class AddressParts:
    """Reads the parts of addresses."""

    def __init__(self, lists: Mapping[str, Sequence[str]], surroundings: Surroundings) -> None:
        """`lists` are those of data/personal-addresses.yaml."""
        self._words = PartWords(lists)
        self._streets = StreetNames.load()
        self._names = PlaceNames(lists)
        self._places = PlaceParts(lists, self._words, self._names, self._streets)
        self._around = surroundings

    def read(self, letter: Letter, names: Sequence[PersonalSpan]) -> list[Part]:
        """The parts; some may overlap. `names` are those of persons."""
        ends, called = frozenset(name.end for name in names), frozenset(name.start for name in names)
        starts = {word.start: index for index, word in enumerate(letter.words)}
        matches = self._words.house.finditer(letter.plain)
        parts = [self._house_part(letter, starts, match) for match in matches if self._is_house(letter, match)]
        # "Ngo Thi Bich Hau" is no alley.
        parts.extend(part for part in self._places.read(letter, starts) if part.has_number or part.start not in called)
        return [*parts, *self._bare_numbers(letter, starts, parts, ends)]

    def _house_part(self, letter: Letter, starts: dict[int, int], match: re.Match[str]) -> Part:
        """The part of a house; "số 45 Lê Lợi" with its street."""
        end = match.end()
        index = starts.get(end + 1)
        street_end = self._streets.known_end(letter, end)
        if self._words.kind(match) in _BEFORE_STREETS and street_end > end:
            return Part(match.start(), street_end, "so nha", is_house=True, has_number=True)
        if (
            self._words.kind(match) in _NUMBERED
            and not letter.is_shouted
            and index is not None
            and not self._names.is_place_word(letter, index)
        ):
            name_end = self._names.end(letter, index, end, needs_capital=True)
            if letter.plain.count(" ", end + 1, name_end):
                return Part(match.start(), name_end, "so nha", is_house=True, has_number=True)
        return Part(match.start(), end, self._words.kind(match), is_house=self._words.kind(match) not in BUILDINGS, has_number=True)

    def _is_house(self, letter: Letter, match: re.Match[str]) -> bool:
        # "P.302" is a room, "P.14" a ward; "nhà hai" is no number, "nhà số hai" is.
        is_ward = self._words.kind(match) == "p" and not _ROOM.fullmatch(match["value"])
        # "nhà e" is my house, "nhà B" one of a row.
        if (
            len(match["value"]) == 1
            and match["value"].isalpha()
            and not (self._words.kind(match) in _LETTERED or letter.written[match.start("value")].isupper())
        ):
            return False
        is_lone_word = match["value"].isalpha() and len(match["value"]) > 1 and not {"so", "sn"} & set(self._words.kind(match).split())
        if is_ward or is_lone_word or not self._words.is_kind(letter, match) or not self._words.has_value(letter, match):
            return False
        # "Cầu Giấy số nhà 8", "trước nhà số 9 ngõ 6": nothing but a house has these.
        if self._words.kind(match) == "so nha" or (self._words.kind(match) == "nha so" and _ALLEY_NEXT.match(letter.plain, match.end())):
            return True
        return not self._around.is_no_house(letter, match.start())

    def _bare_numbers(self, letter: Letter, starts: dict[int, int], parts: Sequence[Part], ends: frozenset[int]) -> list[Part]:
        taken = {place for part in parts for place in range(part.start, part.end)}
        follow = {part.start: part for part in parts if not part.is_house}
        found = (
            self._bare_number(letter, starts, match, follow, ends) for match in BARE.finditer(letter.plain) if match.start() not in taken
        )
        return [part for part in found if part]

    def _bare_number(
        self, letter: Letter, starts: dict[int, int], match: re.Match[str], follow: Mapping[int, Part], ends: frozenset[int]
    ) -> Part | None:
        """A house number without any word: before a street or hamlet ("42B hẻm Ao Sen"), or before a street's bare name after "nhà"."""
        if letter.plain.endswith("so ", 0, match.start()) or not self._streets.may_be_house(letter, *match.span()):
            return None
        is_home = self._around.is_home(letter, match.start(), ends)
        is_spoken = match.group().replace(" ", "").isalpha()
        if self._around.is_no_house(letter, match.start()) or (is_spoken and not (is_home and self._words.is_spoken(letter, match))):
            return None
        next_part = follow.get(match.end() + 1) or follow.get(match.end() + 2)
        if next_part and (not next_part.is_doubtful or next_part.kind in ALLEYS | STREETS | BUILDINGS):
            is_count = _is_count(letter, match, next_part, is_home=is_home)
            return None if is_count else Part(*match.span(), "so", is_house=True, has_number=True)
        has_capital = letter.written[match.end() + 1 : match.end() + 2].isupper() and not letter.is_shouted
        is_home = is_home or (has_capital and self._around.is_of_person(letter, match.start(), ends))
        end = self._bare_street_end(letter, starts, match, is_home=is_home)
        if letter.plain.count(" ", match.end() + 1, end) == 0:
            return None
        return Part(match.start(), end, "so nha", is_house=True, has_number=True)

    def _bare_street_end(self, letter: Letter, starts: dict[int, int], match: re.Match[str], *, is_home: bool) -> int:
        """The end of a street's name without any word for it: "27 Phan Chu Trinh" after "ở", "30/1 lê văn việt" after "nhà"."""
        end = self._streets.known_end(letter, match.end())
        has_parts = "/" in match.group()
        if end > match.end() or not (is_home or has_parts):
            return end
        person_end = self._streets.person_end(letter, match.end())
        if is_home and person_end > match.end() and (has_parts or not match.group().replace(" ", "").isalpha()):
            return person_end
        if letter.is_shouted:
            return match.end()
        return self._names.end(letter, starts.get(match.end() + 1), match.end(), needs_capital=True)


def _is_count(letter: Letter, match: re.Match[str], part: Part, *, is_home: bool) -> bool:
    """Whether the number before `part` counts: "12 đường liên thôn", "mua 10 tặng 2"; "12 đường Lê Lợi" is a house."""
    if part.kind in BUILDINGS:
        return True
    if is_home or not match.group().isdecimal() or part.kind not in _COUNTABLE:
        return False
    has_small_name = letter.is_marked and not part.has_number and letter.written[part.start : part.end].islower()
    return part.kind not in ALLEYS | STREETS or len(match.group()) == 1 or has_small_name
