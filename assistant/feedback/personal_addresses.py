"""Where somebody lives: house, room, alley, street and hamlet that stand together; the commune after them is no personal data."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

from assistant.feedback.personal_text import Letter
from assistant.feedback.personal_words import any_of, plain, spelled, word_lists
from assistant.feedback.types import PersonalDataType, PersonalSpan
from corpus.text import modern_tones

_NUMBER_WORD = r"(?:mot|hai|ba|bon|tu|nam|lam|sau|bay|tam|chin|muoi|tram|linh|le|xet|xuyet|suyet|tren|gach)"
_NUMBER = (
    r"(?:\d{1,4}[a-z]{0,2}\d?(?:[/\-.]\d{1,4}[a-z]{0,2}){0,4}(?![\d/]|\.\d)|[a-z]{1,2}\d{1,4}(?:[.\-/]\d{1,4})?"
    rf"|{_NUMBER_WORD}(?: {_NUMBER_WORD}){{0,6}})(?!\w)"
)
_LETTER_OR_NUMBER = rf"(?:{_NUMBER}|[a-z](?!\w)|[ivx]{{1,4}}(?!\w))"
_SLASHED = re.compile(r"(?<![\w/.])[kh]?\d{1,4}[a-z]{0,2}(?:/\d{1,4}[a-z]{0,2}){0,5}(?![\w/])")
_GAP = re.compile(r"[ ]?[,\-–(]?[ ]?(?:o |thuoc |tai |tren |trong |cua )?")
_ALLEYS = frozenset({"ngo", "ngach", "hem", "kiet"})
_STREETS = frozenset({"duong", "pho"})
# "đường 42 phố Lò Rèn": the number is that of a house.
_STREET_NEXT = re.compile(r" (?:pho|duong|ngo|hem) ")
_NUMBERED = frozenset({"so", "nha so", "so nha"})
_PLACE_WORDS = frozenset(
    "ngo ngach hem kiet duong pho to doi khu ap thon xom ban buon khom cum lang lo phuong xa quan huyen tp tinh".split()
)
# Kinds that call a dwelling by themselves; "số", "phòng" and "tầng" call much else.
# Kinds that with their number and "ở" before them are an address alone.
_ROOMS = frozenset({"so", "so nha", "nha so", "can", "can ho", "can so", "phong", "phong so", "phong tro", "phong tro so"})
_SURE_HOUSES = frozenset({"nha so", "so nha", "can ho so", "phong tro so", "nha tro so"})
_LONGEST_NAME = 4
# Words of numbers with which none begins.
_NOT_FIRST = frozenset({"tram", "linh", "le", "xet", "xuyet", "suyet", "tren", "gach"})
# "bến số 2 bờ kè": the number is that of the house.
_WATERS = frozenset({"ben", "cau", "kenh", "rach", "doc", "cho"})
_HOME_AHEAD, _NOT_HOUSE_AHEAD = 30, 15
_ROOM = re.compile(r"\d{3,4}")


class _Weight(IntEnum):
    HOUSE = 2
    PLACE = 1


@dataclass(frozen=True, slots=True)
class _Part:
    start: int
    end: int
    kind: str
    is_house: bool
    has_number: bool


class AddressFinder:
    """Finds addresses by the words for their parts."""

    def __init__(self, lists: Mapping[str, Sequence[str]]) -> None:
        """`lists` are those of data/personal-addresses.yaml."""
        self._kinds = spelled([*lists["houses"], *lists["places"]])
        self._numerals = spelled(lists["numerals"])
        self._stops = spelled(lists["stops"])
        self._plain_stops = plain(lists["stops"]) - {"cho", "chi", "tren", "dong", "cau"}
        self._house = re.compile(rf"\b(?P<kind>{any_of(plain(lists['houses']))})[ .:]{{1,2}}(?P<value>{_LETTER_OR_NUMBER})")
        self._place = re.compile(rf"\b(?P<kind>{any_of(plain(lists['places']))})[ .:]{{1,2}}(?:so )?(?P<value>{_LETTER_OR_NUMBER})?")
        after = any_of(lists["after_homes"])
        self._home = re.compile(rf"\b(?:{any_of(lists['homes'])})(?: (?:{after}))*[ :,]{{0,2}}$")
        self._not_house = re.compile(rf"\b(?:{any_of(lists['not_houses'])})[ ]?$")

    @classmethod
    def load(cls) -> AddressFinder:
        """A finder with the words of this folder's data."""
        return cls(word_lists("addresses"))

    def find(self, letter: Letter) -> Iterator[PersonalSpan]:
        """The addresses, in order."""
        starts = {word.start: index for index, word in enumerate(letter.words)}
        run: list[_Part] = []
        for part in self._parts(letter, starts):
            if run and part.start < run[-1].end:
                continue
            if run and not _GAP.fullmatch(letter.plain, run[-1].end, part.start):
                yield from self._told(letter, run)
                run = []
            run.append(part)
        yield from self._told(letter, run)

    def _parts(self, letter: Letter, starts: dict[int, int]) -> list[_Part]:
        parts = [self._house_part(letter, starts, match) for match in self._house.finditer(letter.plain) if self._is_house(letter, match)]
        for match in self._place.finditer(letter.plain):
            place = self._place_part(letter, starts, match) if self._is_kind(letter, match) else None
            parts.extend([place] if place else [])
        taken = {place for part in parts for place in range(part.start, part.end)}
        follow = {part.start for part in parts if not part.is_house}
        for match in _SLASHED.finditer(letter.plain):
            part = self._bare_number(letter, starts, match, follow)
            if part and part.start not in taken:
                parts.append(part)
        return sorted(parts, key=lambda part: (part.start, -part.end))

    def _house_part(self, letter: Letter, starts: dict[int, int], match: re.Match[str]) -> _Part:
        """The part of a house; "số 45 Lê Lợi" with its street."""
        end = match.end()
        index = starts.get(end + 1)
        if match["kind"] in _NUMBERED and not letter.is_shouted and index is not None and letter.words[index].plain not in _PLACE_WORDS:
            name_end = self._name_end(letter, index, end, needs_capital=True)
            if letter.plain.count(" ", end + 1, name_end):
                return _Part(match.start(), name_end, "so nha", is_house=True, has_number=True)
        return _Part(match.start(), end, match["kind"], is_house=True, has_number=True)

    def _is_house(self, letter: Letter, match: re.Match[str]) -> bool:
        # "P.302" is a room, "P.14" a ward.
        is_ward = match["kind"] == "p" and not _ROOM.fullmatch(match["value"])
        return not is_ward and self._is_kind(letter, match) and self._has_value(letter, match) and not self._follows_no_house(letter, match)

    def _follows_no_house(self, letter: Letter, match: re.Match[str]) -> bool:
        return self._not_house.search(letter.plain, max(0, match.start() - _NOT_HOUSE_AHEAD), match.start()) is not None

    def _is_at_home(self, letter: Letter, start: int) -> bool:
        return self._home.search(letter.plain, max(0, start - _HOME_AHEAD), start) is not None

    def _is_kind(self, letter: Letter, match: re.Match[str]) -> bool:
        """Whether the written word is the one meant and no other that loses the difference without its marks: "chợ", not "cho"."""
        return not letter.is_marked or modern_tones(letter.written[slice(*match.span("kind"))].lower()) in self._kinds

    def _has_value(self, letter: Letter, match: re.Match[str]) -> bool:
        """Whether the value is a number, the letter of a row, or a number in words as it is written."""
        value = match["value"]
        if not value or (len(value) == 1 and value.isalpha() and not letter.written[match.start("value")].isascii()):
            return False
        if not value.replace(" ", "").isalpha() or len(value) == 1:
            return True
        written = [modern_tones(word) for word in letter.written[slice(*match.span("value"))].lower().split()]
        if value.split()[0] in _NOT_FIRST:
            return False
        return not letter.is_marked or all(word in self._numerals for word in written)

    def _place_part(self, letter: Letter, starts: dict[int, int], match: re.Match[str]) -> _Part | None:
        kind, value = match["kind"], match["value"] if self._has_value(letter, match) else None
        if kind in _WATERS and " so " in match.group():
            return None
        if value and kind in _STREETS and _STREET_NEXT.match(letter.plain, match.end()):
            return None
        begin = match.end("value") if value else match.end("kind") + 1
        after = begin + 1 if value and letter.plain[begin : begin + 1] == " " else begin
        end = begin
        # "hẻm 5 đường …" has no name, "kiệt 18/7 Bùi Thị Xuân" has.
        if not value or kind in _ALLEYS:
            end = self._name_end(letter, starts.get(after), begin, needs_capital=bool(value))
        if not value and end == begin:
            return None
        # "ngách 81/4" and "kiệt 18/7 Bùi Thị Xuân" tell the house.
        is_house = kind in _ALLEYS and value is not None and "/" in value
        return _Part(match.start(), end, kind, is_house=is_house, has_number=bool(value))

    def _bare_number(self, letter: Letter, starts: dict[int, int], match: re.Match[str], follow: set[int]) -> _Part | None:
        """A house number without any word: before a street or hamlet ("42B hẻm Ao Sen"), or before a street's bare name after "nhà"."""
        if match.end() + 1 in follow or match.end() + 2 in follow:
            return None if self._follows_no_house(letter, match) else self._number_part(match)
        # "27 Phan Chu Trinh" after "ở" and "K12/5 Hoàng Diệu" after "địa chỉ" have no word for the street.
        if letter.is_shouted or not self._is_at_home(letter, match.start()):
            return None
        end = self._name_end(letter, starts.get(match.end() + 1), match.end(), needs_capital=True)
        has_two = letter.plain.count(" ", match.end() + 1, end) > 0
        return _Part(match.start(), end, "so nha", is_house=True, has_number=True) if has_two else None

    @staticmethod
    def _number_part(match: re.Match[str]) -> _Part:
        return _Part(*match.span(), "so", is_house=True, has_number=True)

    def _name_end(self, letter: Letter, index: int | None, begin: int, *, needs_capital: bool) -> int:
        """The end of the name that begins with word `index`, `begin` if there is none."""
        if index is None:
            return begin
        words = letter.words
        is_title = words[index].is_capital and not letter.is_shouted
        if needs_capital and not is_title:
            return begin
        end = begin
        for position in range(index, min(index + _LONGEST_NAME, len(words))):
            word = words[position]
            if (is_title and not word.is_capital) or (
                not is_title
                and ((word.spelled in self._stops if letter.is_marked else word.plain in self._plain_stops) or position > index + 2)
            ):
                break
            end = word.end
            if not letter.runs_on(position):
                break
        return end

    def _told(self, letter: Letter, run: Sequence[_Part]) -> Iterator[PersonalSpan]:
        """The span of parts that stand together, if they tell where somebody lives."""
        if not run:
            return
        start, end = run[0].start, run[-1].end
        is_home = self._is_at_home(letter, start)
        weight = sum(int(_Weight.HOUSE if part.is_house else _Weight.PLACE) for part in run)
        weight += any(part.kind in _SURE_HOUSES for part in run)
        is_alley = run[0].is_house and run[0].kind in _ALLEYS
        is_room = run[0].kind in _ROOMS and any(map(str.isdecimal, letter.plain[start:end]))
        is_home_of_one = is_home and (len(run) > 1 or is_alley or is_room)
        # Two hamlets, or a hamlet and a street, say where a whole neighbourhood is.
        is_fine = any(part.is_house or (part.kind in _ALLEYS and part.has_number) for part in run)
        is_fine = is_fine or (is_home and len(run) > 1)
        if is_fine and (weight >= _Weight.HOUSE + _Weight.PLACE or (weight >= _Weight.HOUSE and is_home_of_one)):
            yield PersonalSpan(start, end, PersonalDataType.ADDRESS)
