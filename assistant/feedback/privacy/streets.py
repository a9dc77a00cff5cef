"""Names of streets as most Vietnamese towns have them, which tell an address by a number before them: "45 hoàng diệu"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from assistant.feedback.privacy.text import Letter
from assistant.feedback.privacy.words import any_of, plain, spelled, word_lists
from corpus.text import modern_tones

# "27 tháng 8", "lớp 5 Trần Phú", "tuyến 12 Nguyễn Trãi"; without marks.
_NOT_BEFORE = re.compile(
    r"\b(?:ngay|thang|nam|luc|lop|quy|ky|mung|mong|khoang|tuyen|xe|hon|km|cay so|chieu|dai|rong|cao|lan|khoa)[ :]{1,2}$"
)
_AHEAD = 12
_MEASURE = re.compile(r"(?:\d+(?:h|k|m|g|p|d|km|tr|cm|kg|ha|ty|tu)\d*|0|(?:19|20)\d\d)")
_ABBREVIATED = "ng|ngx|tr|trg|ph|hg"
_ABBREVIATIONS = frozenset(_ABBREVIATED.split("|"))
_LONGEST_NUMBER = 8


class StreetNames:
    """Tells names of streets."""

    def __init__(self, streets: Sequence[str], families: Sequence[str]) -> None:
        """`streets` with their marks; `families` are family names, for streets that bear the name of a person."""
        self._spelled = spelled(streets)
        self._known = re.compile(rf"[ ,]{{1,2}}(?:(?:duong|pho) )?(?P<name>{any_of(plain(streets))})(?!\w)")
        self._families = spelled(families)
        self._person = re.compile(
            rf" (?P<family>{any_of(plain(families))}|(?:{_ABBREVIATED})\.?) (?P<rest>[a-z]{{2,6}}(?: [a-z]{{2,6}})?)(?!\w)"
        )

    @classmethod
    def load(cls) -> StreetNames:
        """With the words of this folder's data."""
        lists: Mapping[str, Sequence[str]] = word_lists("addresses")
        return cls(lists["streets"], word_lists("names")["certain_families"])

    def known_end(self, letter: Letter, end: int) -> int:
        """The end of a known street right after place `end`; `end` if there is none."""
        match = self._known.match(letter.plain, end)
        if match is None:
            return end
        written = letter.written[slice(*match.span("name"))]
        is_meant = not letter.is_marked or written[:1].isupper() or modern_tones(written.lower()) in self._spelled
        return match.end() if is_meant else end

    def person_end(self, letter: Letter, end: int) -> int:
        """The end of what looks like a street with the name of a person right after place `end`; `end` if nothing does."""
        match = self._person.match(letter.plain, end)
        if match is None:
            return end
        family = modern_tones(letter.written[slice(*match.span("family"))].lower())
        # "2 ng rồi" are two persons, "57 ng. viết xuân" is a house.
        if plain([family]) <= _ABBREVIATIONS:
            return match.end() if "/" in letter.plain[max(0, end - _LONGEST_NUMBER) : end] else end
        is_meant = not letter.is_marked or family in self._families or family.endswith(".")
        return match.end() if is_meant else end

    def may_be_house(self, letter: Letter, start: int, end: int) -> bool:
        """Whether a bare number can be that of a house: no hour, amount, year or day."""
        if _MEASURE.fullmatch(letter.plain, start, end):
            return False
        return _NOT_BEFORE.search(letter.plain, max(0, start - _AHEAD), start) is None
