"""The parts of addresses: house and room numbers, alleys, streets and hamlets, each by the word for it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.feedback.personal_homes import Surroundings
from assistant.feedback.personal_place_names import PlaceNames
from assistant.feedback.personal_streets import StreetNames
from assistant.feedback.personal_text import Letter
from assistant.feedback.personal_words import any_of, plain, spelled
from corpus.text import modern_tones

_FIGURE_WORD = (
    r"(?:mot|hai|ba|bon|tu|nam|lam|nham|sau|bay|tam|chin|muoi|tram|linh|le|xet|xec|xuyet|xuyec|suyet|suyec|sec|set|xoet|tren|gach)"
)
# "không" is a figure where another follows.
_NUMBER_WORD = rf"(?:{_FIGURE_WORD}|khong(?= {_FIGURE_WORD}(?!\w)))"
# "số nhà hai năm nay chưa có", "nhà một người": what is counted is no number of a house.
_COUNTED = (
    r"(?! (?:nam|nay|lan|nguoi|tang|ho|thang|ngay|tuan|can|con|dua|chau|trieu|nghin|ngan|me|vo|phia|chuc|tac|met|cai|phan|phong|bua|dem)"
    r"(?!\w))"
)
# "phòng 20 người nằm 50", "sạp bốn mươi phần trăm"
_COUNTED_FIGURES = r"(?! (?:nguoi|thang|phan tram|met|tang|trieu|nghin|ngay|tuan|gio|hoc sinh)(?!\w))"
_NUMBER = (
    r"(?:(?:\d{1,4}[a-z]{0,2}\d?(?:[/\-.][a-z]{0,2}\d{1,4}[a-z]{0,2}){0,5}(?: ?(?:bis|ter))?(?![\d/]|\.\d)"
    r"|[a-z]{1,3}\d{1,4}[a-z]{0,2}(?:[.\-/][a-z]{0,2}\d{1,4}[a-z]?){0,3}|[a-z]-\d{2,4})(?!\w)"
    rf"{_COUNTED_FIGURES}|{_NUMBER_WORD}(?: {_NUMBER_WORD}){{0,7}}(?!\w){_COUNTED})"
)
_LETTER_OR_NUMBER = rf"(?:{_NUMBER}|[a-z](?!\w)|[ivx]{{1,4}}(?!\w))"
_BARE = re.compile(
    r"(?<![\w/.+])(?:[kh]?\d{1,4}[a-z]{0,2}(?:/[a-z]?\d{1,4}[a-z]{0,2}){0,5}(?: ?(?:bis|ter))?(?=[ ,]{1,2}[^\W\d_])"
    rf"|{_NUMBER_WORD}(?: {_NUMBER_WORD}){{1,7}}(?= [a-z]))"
)
_STREET_WORD_NEXT = re.compile(r" (?:duong|pho|hem|ngo) ")
# "đường 42 phố Lò Rèn": the number is that of a house.
_STREET_NEXT = re.compile(r" (?:pho|duong|ngo|hem) ")
_ALLEY_NEXT = re.compile(r"[ ,]{1,2}(?:ngo|ngach|hem|kiet|to|ap|thon|xom)\b")
# "ấp Hòa Thuận 2," has its number after its name.
_NUMBER_AFTER = re.compile(r" \d{1,2}[a-z]?(?= ?(?:[,.;)\n](?!\d)|$))")
_ROOM = re.compile(r"\d{3,4}")
ALLEYS = frozenset({"ngo", "ngach", "hem", "kiet"})
STREETS = frozenset({"duong", "pho"})
_NUMBERED = frozenset({"so", "nha so", "so nha"})
_BEFORE_STREETS = _NUMBERED | {"nha", "sn", "s/n"}
# A whole building or storey is nobody's home.
BUILDINGS = frozenset({"tang", "lau", "toa", "toa nha", "block", "thap", "chung cu"})
_LETTERED = frozenset({"lo", "day", "toa", "toa nha", "block", "thap", "day tro"})
# "tổ" and "đội" are numbered.
_NEVER_NAMED = frozenset({"to", "doi"})
# "3 thôn" counts hamlets, "88 ấp Bình Hòa" after "ở" is a house.
_COUNTABLE = frozenset(
    "to doi khu khoi ap thon xom ban buon khom cum lang khu pho phum soc ngo duong hem pho kiet ngach bo lo chung cu toa thap".split()
)
# Words of numbers with which none begins.
_NOT_FIRST = frozenset("tram linh le xet xec xuyet xuyec suyet suyec sec set xoet tren gach".split())
# Without marks these are other words more often.
_DOUBTFUL_NUMBERS = frozenset("lam sau nam tu le nham".split())
# "bến số 2 bờ kè": the number is that of the house.
_WATERS = frozenset({"ben", "cau", "kenh", "rach", "doc", "cho"})


@dataclass(frozen=True, slots=True)
class Part:
    """A part of an address; `is_doubtful` if its word may be another and stands within an address only."""

    start: int
    end: int
    kind: str
    is_house: bool
    has_number: bool
    is_doubtful: bool = False


class AddressParts:
    """Reads the parts of addresses."""

    def __init__(self, lists: Mapping[str, Sequence[str]], surroundings: Surroundings) -> None:
        """`lists` are those of data/personal-addresses.yaml."""
        mistyped = spelled(lists["misspelled"])
        self._kinds = {True: spelled(lists["houses"]) | mistyped, False: spelled(lists["places"]) | mistyped}
        self._numerals = spelled(lists["numerals"])
        self._doubtful = plain(lists["doubtful"])
        houses = any_of(plain(lists["houses"])).replace("\\ ", "[ -]")
        # "ki-ốt" is written with a dash, a blank or neither.
        parted = r"(?:[ .:]{1,2}|(?=\d))"
        self._house = re.compile(rf"\b(?P<kind>{houses}){parted}(?P<value>{_LETTER_OR_NUMBER})")
        self._place = re.compile(rf"\b(?P<kind>{any_of(plain(lists['places']))}){parted}(?:so )?(?P<value>{_LETTER_OR_NUMBER})?")
        self._not_quarter = re.compile(rf" (?:{any_of(lists['not_quarters'])})\b")
        self._not_street = re.compile(rf" (?:{any_of(lists['not_streets'])})\b")
        self._landmark = re.compile(
            rf"\b(?P<kind>{any_of(plain(lists['landmarks']))})(?: \w+){{1,5}}?(?<! duong)(?<! pho)(?<! khu)"
            r"(?=,? (?:nha )?so (?:nha )?\d|,? (?:to|ap|thon|xom|khom|kp|khu pho|hem|ngo|kiet) (?:so )?\d)"
        )
        self._landmarks = spelled(lists["landmarks"])
        self._streets = StreetNames.load()
        self._names = PlaceNames(lists)
        self._around = surroundings

    def read(self, letter: Letter, ends: frozenset[int]) -> list[Part]:
        """The parts by where they begin, the longer first; some may overlap. `ends` are the ends of names of persons."""
        starts = {word.start: index for index, word in enumerate(letter.words)}
        parts = [self._house_part(letter, starts, match) for match in self._house.finditer(letter.plain) if self._is_house(letter, match)]
        parts.extend(self._places(letter, starts))
        parts.extend(
            Part(*match.span(), "landmark", is_house=False, has_number=False)
            for match in self._landmark.finditer(letter.plain)
            if self._is_landmark(letter, match) and self._around.is_home(letter, match.start(), ends)
        )
        parts.extend(self._bare_numbers(letter, starts, parts, ends))
        return sorted(parts, key=lambda part: (part.start, -part.end))

    def _is_landmark(self, letter: Letter, match: re.Match[str]) -> bool:
        # "ông Sáu Cảnh, số 7" is no "sau cảnh".
        return not letter.is_marked or modern_tones(letter.written[slice(*match.span("kind"))].lower()) in self._landmarks

    def _places(self, letter: Letter, starts: dict[int, int]) -> Iterator[Part]:
        for match in self._place.finditer(letter.plain):
            part = self._place_part(letter, starts, match) if self._is_kind(letter, match) else None
            if part:
                yield part

    def _house_part(self, letter: Letter, starts: dict[int, int], match: re.Match[str]) -> Part:
        """The part of a house; "số 45 Lê Lợi" with its street."""
        end = match.end()
        index = starts.get(end + 1)
        street_end = self._streets.known_end(letter, end)
        if match["kind"] in _BEFORE_STREETS and street_end > end:
            return Part(match.start(), street_end, "so nha", is_house=True, has_number=True)
        if match["kind"] in _NUMBERED and not letter.is_shouted and index is not None and not self._names.is_place_word(letter, index):
            name_end = self._names.end(letter, index, end, needs_capital=True)
            if letter.plain.count(" ", end + 1, name_end):
                return Part(match.start(), name_end, "so nha", is_house=True, has_number=True)
        return Part(match.start(), end, match["kind"], is_house=match["kind"] not in BUILDINGS, has_number=True)

    def _is_house(self, letter: Letter, match: re.Match[str]) -> bool:
        # "P.302" is a room, "P.14" a ward; "nhà hai" is no number, "nhà số hai" is.
        is_ward = match["kind"] == "p" and not _ROOM.fullmatch(match["value"])
        # "nhà e" is my house, "nhà B" one of a row.
        if (
            len(match["value"]) == 1
            and match["value"].isalpha()
            and not (match["kind"] in _LETTERED or letter.written[match.start("value")].isupper())
        ):
            return False
        is_lone_word = match["value"].isalpha() and len(match["value"]) > 1 and not {"so", "sn"} & set(match["kind"].split())
        if is_ward or is_lone_word or not self._is_kind(letter, match) or not self._has_value(letter, match):
            return False
        # "Cầu Giấy số nhà 8", "trước nhà số 9 ngõ 6": nothing but a house has these.
        if match["kind"] == "so nha" or (match["kind"] == "nha so" and _ALLEY_NEXT.match(letter.plain, match.end())):
            return True
        return not self._around.is_no_house(letter, match.start())

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
        is_doubtful = not letter.is_marked and value in _DOUBTFUL_NUMBERS and "so" not in match["kind"].split()
        if is_doubtful or value.split()[0] in _NOT_FIRST:
            return False
        return self._is_numeral(letter, *match.span("value"))

    def _is_numeral(self, letter: Letter, start: int, end: int) -> bool:
        return not letter.is_marked or all(modern_tones(word) in self._numerals for word in letter.written[start:end].lower().split())

    def _place_part(self, letter: Letter, starts: dict[int, int], match: re.Match[str]) -> Part | None:
        kind, value = match["kind"], match["value"] if self._has_value(letter, match) else None
        # "cầu số 4", "khu công nghiệp", "đường 42 phố Lò Rèn" are no parts of addresses.
        if (kind in _WATERS and " so " in match.group()) or (kind == "khu" and self._not_quarter.match(letter.plain, match.end("kind"))):
            return None
        if kind == "duong" and self._not_street.match(letter.plain, match.end("kind")):
            return None
        if value and kind in STREETS and _STREET_NEXT.match(letter.plain, match.end()):
            return None
        begin = match.end("value") if value else match.end("kind") + 1
        end = self._place_end(letter, starts, kind, begin, has_value=bool(value))
        number = None if value else _NUMBER_AFTER.match(letter.plain, end)
        if number:
            end = number.end()
        if not value and (end == begin or kind in _NEVER_NAMED):
            return None
        is_doubtful = not value and kind in self._doubtful and not letter.written[begin : begin + 1].isupper()
        return Part(match.start(), end, kind, is_house=False, has_number=bool(value or number), is_doubtful=is_doubtful)

    def _place_end(self, letter: Letter, starts: dict[int, int], kind: str, begin: int, *, has_value: bool) -> int:
        """The end of a place whose name may begin at place `begin`: "hẻm 5 đường …" has no name, "kiệt 18/7 Bùi Thị Xuân" has."""
        if has_value and kind not in ALLEYS:
            return begin
        if kind in STREETS and not has_value and (known := self._streets.known_end(letter, begin - 1)) > begin:
            return known
        after = begin + 1 if has_value and letter.plain[begin : begin + 1] == " " else begin
        end = self._names.end(letter, starts.get(after), begin, needs_capital=has_value)
        if _STREET_NEXT.match(letter.plain, begin):
            return end
        # A street's name in small letters after the number of an alley: "hẻm 6/44 lê văn việt".
        person_end = self._streets.person_end(letter, begin) if has_value and not letter.is_shouted else begin
        return max(end, self._streets.known_end(letter, begin), person_end)

    def _bare_numbers(self, letter: Letter, starts: dict[int, int], parts: Sequence[Part], ends: frozenset[int]) -> list[Part]:
        taken = {place for part in parts for place in range(part.start, part.end)}
        follow = {part.start: part for part in parts if not part.is_house}
        found = (
            self._bare_number(letter, starts, match, follow, ends) for match in _BARE.finditer(letter.plain) if match.start() not in taken
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
        if self._around.is_no_house(letter, match.start()) or (is_spoken and not (is_home and self._is_spoken(letter, match))):
            return None
        next_part = follow.get(match.end() + 1) or follow.get(match.end() + 2)
        if next_part and (not next_part.is_doubtful or next_part.kind in ALLEYS | STREETS):
            is_count = match.group().isdecimal() and next_part.kind in _COUNTABLE and not is_home
            # "12 đường liên thôn" are counted too, "12 đường Lê Lợi" is a house.
            has_small_name = letter.is_marked and not next_part.has_number and letter.written[next_part.start : next_part.end].islower()
            is_count = is_count and (next_part.kind not in ALLEYS | STREETS or len(match.group()) == 1 or has_small_name)
            return None if is_count else Part(*match.span(), "so", is_house=True, has_number=True)
        end = self._bare_street_end(letter, starts, match, is_home=is_home)
        if letter.plain.count(" ", match.end() + 1, end) == 0:
            return None
        return Part(match.start(), end, "so nha", is_house=True, has_number=True)

    def _is_spoken(self, letter: Letter, match: re.Match[str]) -> bool:
        """Whether words of numbers are meant as such."""
        return match.group().split()[0] not in _NOT_FIRST and self._is_numeral(letter, *match.span())

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
