"""Where somebody lives: house, room, alley, street and hamlet that stand together; the commune after them is no personal data."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

from assistant.feedback.personal_streets import StreetNames
from assistant.feedback.personal_text import Letter
from assistant.feedback.personal_words import any_of, plain, spelled, word_lists
from assistant.feedback.types import PersonalDataType, PersonalSpan
from corpus.text import modern_tones

_FIGURE_WORD = (
    r"(?:mot|hai|ba|bon|tu|nam|lam|nham|sau|bay|tam|chin|muoi|tram|linh|le|xet|xec|xuyet|xuyec|suyet|suyec|sec|set|xoet|tren|gach)"
)
# "không" is a figure where another follows.
_NUMBER_WORD = rf"(?:{_FIGURE_WORD}|khong(?= {_FIGURE_WORD}(?!\w)))"
# "số nhà hai năm nay chưa có", "nhà một người": what is counted is no number of a house.
_COUNTED = r"(?! (?:nam|nay|lan|nguoi|tang|ho|thang|ngay|tuan|can|con|dua|chau|trieu|nghin|ngan|me|vo|phia)(?!\w))"
_NUMBER = (
    r"(?:(?:\d{1,4}[a-z]{0,2}\d?(?:[/\-.][a-z]{0,2}\d{1,4}[a-z]{0,2}){0,5}(?: ?(?:bis|ter))?(?![\d/]|\.\d)"
    r"|[a-z]{1,3}\d{1,4}[a-z]{0,2}(?:[.\-/][a-z]{0,2}\d{1,4}[a-z]?){0,3}|[a-z]-\d{2,4})(?!\w)"
    rf"|{_NUMBER_WORD}(?: {_NUMBER_WORD}){{0,7}}(?!\w){_COUNTED})"
)
_LETTER_OR_NUMBER = rf"(?:{_NUMBER}|[a-z](?!\w)|[ivx]{{1,4}}(?!\w))"
_SLASHED = re.compile(
    r"(?<![\w/.+])(?:[kh]?\d{1,4}[a-z]{0,2}(?:/[a-z]?\d{1,4}[a-z]{0,2}){0,5}(?: ?(?:bis|ter))?(?=[ ,]{1,2}[^\W\d_])"
    rf"|{_NUMBER_WORD}(?: {_NUMBER_WORD}){{1,7}}(?= (?:duong|pho|hem|ngo) ))"
)
_GAP = re.compile(r"[ ]?[,\-–(]?[ ]?(?:o |thuoc |tai |tren |trong |cua |[a-z]{1,2}\d{1,3} )?")
_ALLEYS = frozenset({"ngo", "ngach", "hem", "kiet"})
_STREETS = frozenset({"duong", "pho"})
# "đường 42 phố Lò Rèn": the number is that of a house.
_STREET_NEXT = re.compile(r" (?:pho|duong|ngo|hem) ")
_ALLEY_NEXT = re.compile(r"[ ,]{1,2}(?:ngo|ngach|hem|kiet|to|ap|thon|xom)\b")
_NUMBERED = frozenset({"so", "nha so", "so nha"})
_BEFORE_STREETS = _NUMBERED | {"nha", "sn", "s/n"}
_PLACE_WORDS = frozenset(
    "ngo ngach hem kiet duong pho to doi khu khoi ap thon xom ban buon khom cum lang lo phuong xa quan huyen tp tinh".split()
)
_NEXT_PARTS = frozenset({"so", "nha", "phong", "can", "khu", "to"})
# Kinds that with their number and "ở" before them are an address alone.
_ROOMS = frozenset({"so", "so nha", "nha so", "can", "can ho", "can so", "phong", "phong so", "phong tro", "phong tro so"})
_SURE_HOUSES = frozenset({"nha so", "so nha", "can ho so", "phong tro so", "nha tro so", "sn", "s/n"})
# A whole building or storey is nobody's home.
_BUILDINGS = frozenset({"tang", "toa", "toa nha", "block", "thap", "chung cu"})
# "tổ" and "đội" are numbered.
_NEVER_NAMED = frozenset({"to", "doi"})
# "ấp Hòa Thuận 2," has its number after its name.
_NUMBER_AFTER = re.compile(r" \d{1,2}[a-z]?(?= ?(?:[,.;)\n](?!\d)|$))")
_LONGEST_NAME = 4
# Words of numbers with which none begins.
_NOT_FIRST = frozenset("tram linh le xet xec xuyet xuyec suyet suyec sec set xoet tren gach".split())
# Without marks these are other words more often.
_DOUBTFUL = frozenset("lam sau nam tu le nham".split())
# "bến số 2 bờ kè": the number is that of the house.
_WATERS = frozenset({"ben", "cau", "kenh", "rach", "doc", "cho"})
_HOME_AHEAD, _NOT_HOUSE_AHEAD, _OFFICE_AHEAD = 30, 15, 50
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
        self._kinds = {True: spelled(lists["houses"]), False: spelled(lists["places"])}
        self._numerals = spelled(lists["numerals"])
        self._stops = spelled(lists["stops"])
        self._plain_stops = plain(lists["stops"]) - {"cho", "chi", "tren", "dong", "cau"}
        houses = any_of(plain(lists["houses"])).replace("\\ ", "[ -]")
        # "ki-ốt" is written with a dash, a blank or neither.
        parted = r"(?:[ .:]{1,2}|(?=\d))"
        self._house = re.compile(rf"\b(?P<kind>{houses}){parted}(?P<value>{_LETTER_OR_NUMBER})")
        self._place = re.compile(rf"\b(?P<kind>{any_of(plain(lists['places']))}){parted}(?:so )?(?P<value>{_LETTER_OR_NUMBER})?")
        self._streets = StreetNames.load()
        self._landmark = re.compile(
            rf"\b(?:{any_of(lists['landmarks'])})(?: \w+){{1,5}}?(?<! duong)(?<! pho)(?<! khu)(?=,? (?:nha )?so (?:nha )?\d)"
        )
        self._office = re.compile(
            rf"\b(?:{any_of(lists['offices'])})(?: (?!(?:{any_of(lists['not_of_offices'])})\b)\w+){{0,5}}[ ,(]{{0,2}}"
            r"(?:(?:o|tai|nam o|nam tai|dat tai|dia chi|tru so) )?$"
        )
        after = any_of(lists["after_homes"])
        self._home = re.compile(rf"\b(?:{any_of(lists['homes'])})(?: (?:{after}))*[ :,]{{0,2}}$")
        self._not_house = re.compile(rf"\b(?<!cua )(?:{any_of(lists['not_houses'])})[ ]?$")

    @classmethod
    def load(cls) -> AddressFinder:
        """A finder with the words of this folder's data."""
        return cls(word_lists("addresses"))

    def find(self, letter: Letter, names: Sequence[PersonalSpan] = ()) -> Iterator[PersonalSpan]:
        """The addresses, in order; one right after one of `names` is somebody's."""
        ends = frozenset(name.end for name in names)
        starts = {word.start: index for index, word in enumerate(letter.words)}
        run: list[_Part] = []
        for part in self._parts(letter, starts, ends):
            if run and part.start < run[-1].end:
                continue
            if run and not _GAP.fullmatch(letter.plain, run[-1].end, part.start):
                yield from self._told(letter, run, ends)
                run = []
            run.append(part)
        yield from self._told(letter, run, ends)

    def _parts(self, letter: Letter, starts: dict[int, int], ends: frozenset[int]) -> list[_Part]:
        parts = [self._house_part(letter, starts, match) for match in self._house.finditer(letter.plain) if self._is_house(letter, match)]
        for match in self._place.finditer(letter.plain):
            place = self._place_part(letter, starts, match) if self._is_kind(letter, match) else None
            parts.extend([place] if place else [])
        for match in self._landmark.finditer(letter.plain):
            if self._is_at_home(letter, match.start(), ends):
                parts.append(_Part(*match.span(), "landmark", is_house=False, has_number=False))
        taken = {place for part in parts for place in range(part.start, part.end)}
        follow = {part.start for part in parts if not part.is_house or part.kind in _ALLEYS}
        for match in _SLASHED.finditer(letter.plain):
            part = self._bare_number(letter, starts, match, follow, ends)
            if part and part.start not in taken:
                parts.append(part)
        return sorted(parts, key=lambda part: (part.start, -part.end))

    def _house_part(self, letter: Letter, starts: dict[int, int], match: re.Match[str]) -> _Part:
        """The part of a house; "số 45 Lê Lợi" with its street."""
        end = match.end()
        index = starts.get(end + 1)
        street_end = self._streets.known_end(letter, end)
        if match["kind"] in _BEFORE_STREETS and street_end > end:
            return _Part(match.start(), street_end, "so nha", is_house=True, has_number=True)
        if match["kind"] in _NUMBERED and not letter.is_shouted and index is not None and letter.words[index].plain not in _PLACE_WORDS:
            name_end = self._name_end(letter, index, end, needs_capital=True)
            if letter.plain.count(" ", end + 1, name_end):
                return _Part(match.start(), name_end, "so nha", is_house=True, has_number=True)
        return _Part(match.start(), end, match["kind"], is_house=match["kind"] not in _BUILDINGS, has_number=True)

    def _is_house(self, letter: Letter, match: re.Match[str]) -> bool:
        # "P.302" is a room, "P.14" a ward.
        is_ward = match["kind"] == "p" and not _ROOM.fullmatch(match["value"])
        return not is_ward and self._is_kind(letter, match) and self._has_value(letter, match) and not self._follows_no_house(letter, match)

    def _follows_no_house(self, letter: Letter, match: re.Match[str]) -> bool:
        # "Cầu Giấy số nhà 8", "trước nhà số 9 ngõ 6": nothing but a house has these.
        if match.re is self._house and (
            match["kind"] == "so nha" or (match["kind"] == "nha so" and _ALLEY_NEXT.match(letter.plain, match.end()))
        ):
            return False
        return self._not_house.search(letter.plain, max(0, match.start() - _NOT_HOUSE_AHEAD), match.start()) is not None

    def _is_at_home(self, letter: Letter, start: int, ends: frozenset[int]) -> bool:
        # "…, Lê Văn Tám, tổ 4 ấp Hạ": what follows a name is where that person lives.
        is_after_name = any(end in ends and not letter.plain[end:start].strip(" ,(;:-–") for end in range(max(0, start - 3), start))
        return is_after_name or self._home.search(letter.plain, max(0, start - _HOME_AHEAD), start) is not None

    def _is_kind(self, letter: Letter, match: re.Match[str]) -> bool:
        """Whether the written word is the one meant and no other that loses the difference without its marks: "chợ", not "cho"."""
        return (
            not letter.is_marked
            or modern_tones(letter.written[slice(*match.span("kind"))].lower().replace("-", " ")) in self._kinds[match.re is self._house]
        )

    def _has_value(self, letter: Letter, match: re.Match[str]) -> bool:
        """Whether the value is a number, the letter of a row, or a number in words as it is written."""
        value = match["value"]
        if not value or (len(value) == 1 and value.isalpha() and not letter.written[match.start("value")].isascii()):
            return False
        if not value.replace(" ", "").isalpha() or len(value) == 1:
            return True
        written = [modern_tones(word) for word in letter.written[slice(*match.span("value"))].lower().split()]
        is_doubtful = not letter.is_marked and value in _DOUBTFUL and "so" not in match["kind"].split()
        if is_doubtful or value.split()[0] in _NOT_FIRST:
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
            if not _STREET_NEXT.match(letter.plain, begin):
                end = max(end, self._streets.known_end(letter, begin), self._alley_of_person(letter, begin) if value else begin)
        if not value and (number := _NUMBER_AFTER.match(letter.plain, end)):
            end = number.end()
        if not value and (end == begin or kind in _NEVER_NAMED):
            return None
        # "ngách 81/4" tells the house, "kiệt 3 Bùi Thị Xuân" nearly does.
        is_house = kind in _ALLEYS and value is not None and ("/" in value or end > begin)
        return _Part(match.start(), end, kind, is_house=is_house, has_number=bool(value))

    def _alley_of_person(self, letter: Letter, begin: int) -> int:
        """The end of a street's name in small letters after the number of an alley: "hẻm 6/44 lê văn việt"."""
        return begin if letter.is_shouted else self._streets.person_end(letter, begin)

    def _bare_number(
        self, letter: Letter, starts: dict[int, int], match: re.Match[str], follow: set[int], ends: frozenset[int]
    ) -> _Part | None:
        """A house number without any word: before a street or hamlet ("42B hẻm Ao Sen"), or before a street's bare name after "nhà"."""
        if letter.plain.endswith("so ", 0, match.start()) or not self._streets.may_be_house(letter, *match.span()):
            return None
        if match.group().replace(" ", "").isalpha() and not self._is_spoken_home(letter, match, ends):
            return None
        if match.end() + 1 in follow or match.end() + 2 in follow:
            return None if self._follows_no_house(letter, match) else self._number_part(match)
        end = self._bare_street_end(letter, starts, match, self._is_at_home(letter, match.start(), ends))
        has_two = letter.plain.count(" ", match.end() + 1, end) > 0
        if not has_two or self._follows_no_house(letter, match):
            return None
        return _Part(match.start(), end, "so nha", is_house=True, has_number=True)

    def _is_spoken_home(self, letter: Letter, match: re.Match[str], ends: frozenset[int]) -> bool:
        """Whether words of numbers are meant as such, and are somebody's number."""
        words = [modern_tones(word) for word in letter.written[slice(*match.span())].lower().split()]
        is_number = match.group().split()[0] not in _NOT_FIRST and (not letter.is_marked or all(word in self._numerals for word in words))
        return is_number and self._is_at_home(letter, match.start(), ends)

    def _bare_street_end(self, letter: Letter, starts: dict[int, int], match: re.Match[str], is_home: bool) -> int:
        """The end of a street's name without any word for it: "27 Phan Chu Trinh" after "ở", "30/1 lê văn việt" after "nhà"."""
        end = self._streets.known_end(letter, match.end())
        has_parts = "/" in match.group()
        if end > match.end() or not (is_home or has_parts):
            return end
        if is_home and has_parts and (end := self._streets.person_end(letter, match.end())) > match.end():
            return end
        if letter.is_shouted or not (is_home or self._streets.person_end(letter, match.end()) > match.end()):
            return match.end()
        return self._name_end(letter, starts.get(match.end() + 1), match.end(), needs_capital=True)

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
            if self._ends_name(letter, position, index, is_title=is_title):
                break
            end = words[position].end
            if not letter.runs_on(position):
                break
        return end

    def _ends_name(self, letter: Letter, position: int, index: int, *, is_title: bool) -> bool:
        """Whether word `position` is no part of the name that begins with word `index`."""
        word = letter.words[position]
        if is_title:
            return not word.is_capital
        if word.plain in (_PLACE_WORDS if position > index else _NEXT_PARTS) or position > index + 2:
            return True
        return word.spelled in self._stops if letter.is_marked else word.plain in self._plain_stops

    def _told(self, letter: Letter, run: Sequence[_Part], ends: frozenset[int]) -> Iterator[PersonalSpan]:
        """The span of parts that stand together, if they tell where somebody lives."""
        if not run:
            return
        start, end = run[0].start, run[-1].end
        if self._office.search(letter.plain, max(0, start - _OFFICE_AHEAD), start):
            return
        is_home = self._is_at_home(letter, start, ends)
        weight = sum(int(_Weight.HOUSE if part.is_house else _Weight.PLACE) for part in run)
        weight += any(part.kind in _SURE_HOUSES for part in run)
        is_alley = run[0].is_house and run[0].kind in _ALLEYS
        is_room = run[0].kind in _ROOMS and any(map(str.isdecimal, letter.plain[start:end]))
        is_home_of_one = is_home and (len(run) > 1 or is_alley or is_room)
        # Two hamlets, or a hamlet and a street, say where a whole neighbourhood is.
        is_fine = any(part.is_house or (part.kind in _ALLEYS and part.has_number) for part in run)
        is_fine = (is_fine or (is_home and len(run) > 1)) and not (len(run) > 1 and all(part.kind == "so" for part in run))
        if is_fine and (weight >= _Weight.HOUSE + _Weight.PLACE or (weight >= _Weight.HOUSE and is_home_of_one)):
            yield PersonalSpan(start, end, PersonalDataType.ADDRESS)
