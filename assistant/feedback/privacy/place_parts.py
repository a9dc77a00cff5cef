"""The parts of addresses that are places: alleys, streets, quarters and hamlets, with their names or numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from assistant.feedback.privacy.part_words import PartWords
from assistant.feedback.privacy.parts import ALLEYS, STREETS, Part
from assistant.feedback.privacy.place_names import PlaceNames
from assistant.feedback.privacy.streets import StreetNames
from assistant.feedback.privacy.text import Letter
from assistant.feedback.privacy.words import any_of, plain

# "đường 42 phố Lò Rèn": the number is that of a house.
_STREET_NEXT = re.compile(r" (?:pho|duong|ngo|hem) ")
# "ấp Hòa Thuận 2," has its number after its name.
_NUMBER_AFTER = re.compile(r" \d{1,2}[a-z]?(?= ?(?:[,.;)\n](?!\d)|$))")
# "tổ" and "đội" are numbered.
_NUMBERED = frozenset({"to", "doi"})
# "bến số 2 bờ kè": the number is that of the house.
_WATERS = frozenset({"ben", "cau", "kenh", "rach", "doc", "cho"})
# "ủy ban nhân dân xã", "biên bản"
_BEFORE_BAN = ("uy ", "bien ", "van ", "phien ", "truong ", "pho ", "ca ", "dia ", "co ", "mua ")


class PlaceParts:
    """Reads places."""

    def __init__(self, lists: Mapping[str, Sequence[str]], words: PartWords, names: PlaceNames, streets: StreetNames) -> None:
        """`lists` are those of data/personal-addresses.yaml."""
        self._words, self._names, self._streets = words, names, streets
        self._doubtful, self._hamlets = plain(lists["doubtful"]), plain(lists["hamlets"])
        self._no_places = {
            "khu": re.compile(rf" (?:{any_of(lists['not_quarters'])})\b"),
            "duong": re.compile(rf" (?:{any_of(lists['not_streets'])})\b"),
        }
        # "xóm mới, xã …": everyday words too, but names where the commune follows; "thôn An Xá," ends with the word for one.
        name = rf"(?!(?:{any_of(lists['never_names'])})\b)[^\W\d_]+"
        self._named_hamlet = re.compile(rf"{name}(?: (?:{name}|(?:xa|o)(?=,))){{0,3}}?(?=,? (?:xa|phuong|thi tran|to|thon|ap|xom)(?!\w))")

    def read(self, letter: Letter, starts: Mapping[int, int]) -> Iterator[Part]:
        """The places, in order; `starts` has the word that begins at each place."""
        for match in self._words.place.finditer(letter.plain):
            if self._words.is_kind(letter, match):
                part = self._part(letter, starts, match)
                if part:
                    yield part

    def _part(self, letter: Letter, starts: Mapping[int, int], match: re.Match[str]) -> Part | None:
        kind, has_value = self._words.kind(match), self._words.has_value(letter, match)
        if self._is_no_place(letter, match, kind) or (has_value and kind in STREETS and _STREET_NEXT.match(letter.plain, match.end())):
            return None
        if has_value:
            end = self._end(letter, starts, kind, match.end("value"), has_value=True)
            return Part(match.start(), end, kind, is_house=False, has_number=True)
        return self._named(letter, starts, match, kind)

    def _named(self, letter: Letter, starts: Mapping[int, int], match: re.Match[str], kind: str) -> Part | None:
        """The part of a place that has a name in place of a number, or before it."""
        begin = match.end("kind") + 1
        end = self._end(letter, starts, kind, begin, has_value=False)
        named = self._named_hamlet.match(letter.plain, begin) if kind in self._hamlets else None
        if named:
            end = max(end, named.end())
        number = _NUMBER_AFTER.match(letter.plain, end)
        is_capital = letter.written[begin : begin + 1].isupper() and not letter.is_shouted
        # "đội Tiền Phong" has a name, "đội quản lý" is none.
        if (end == begin and not number) or (kind in _NUMBERED and not named and not is_capital):
            return None
        is_doubtful = kind in self._doubtful and not is_capital
        return Part(match.start(), number.end() if number else end, kind, is_house=False, has_number=bool(number), is_doubtful=is_doubtful)

    def _is_no_place(self, letter: Letter, match: re.Match[str], kind: str) -> bool:
        # "cầu số 4", "khu công nghiệp", "đường dây"
        if kind in _WATERS and " so " in match.group():
            return True
        if kind == "ban" and letter.plain.endswith(_BEFORE_BAN, 0, match.start()):
            return True
        other = self._no_places.get(kind)
        return other is not None and other.match(letter.plain, match.end("kind")) is not None

    def _end(self, letter: Letter, starts: Mapping[int, int], kind: str, begin: int, *, has_value: bool) -> int:
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
