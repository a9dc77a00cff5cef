"""Whether an address is that of an office, a school or a company, which all may know."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence

from assistant.feedback.privacy.text import Letter
from assistant.feedback.privacy.words import any_of, plain, spelled

# How many words before an address are looked at, and how many an office has in its name at most.
_REACH, _LONGEST = 11, 5
# "UBND phường ở …", "trụ sở dời lên …", "ubnd phường chỗ …"
_AT = re.compile(
    r"[ ,(\-–]{0,3}(?:\b(?:(?:doi|chuyen|don) (?:len|ve|den|qua|sang|toi|ra|xuong)"
    r"|(?:o|tai|cho|nam o|nam tai|dat tai|dat o|dia chi)(?: so)?)"
    r"[ :]{1,2})?$"
)
_AT_AHEAD = 24
_SCHOOL_WORDS = frozenset({"truong", "trg", "thcs", "thpt", "non", "giao", "tieu"})
_TITLES = frozenset({"anh", "chi", "co", "ba", "ong", "bac", "di"})
_WITHIN = re.compile(r' \d{1,3} |[ "“”(/\-–]{1,3}')
# "bảo hiểm xã hội cơ sở 2 tại …"
_AFTER = re.compile(r"(?: \d{1,3})?[ ]?")
_HOME_AHEAD = 40
_HOME = re.compile(r"\b(?:nha|tro|can ho|toi|tui|em|gia dinh|minh|chau|con)\b[^.!?;\n]{0,30}$")


class Offices:
    """Tells addresses of offices."""

    def __init__(self, lists: Mapping[str, Sequence[str]], families: Sequence[str]) -> None:
        """`lists` are those of data/personal-addresses.yaml; `families` are family names, with which the names of schools begin."""
        self._offices = plain(lists["offices"])
        self._last_words = frozenset(office.rsplit(" ", 1)[-1] for office in self._offices)
        self._others = spelled(lists["not_of_offices"])
        self._others_unmarked = plain(lists["others_unmarked"])
        self._schools = frozenset(office for office in self._offices if set(office.split()) & _SCHOOL_WORDS)
        self._families = plain(families)
        self._beside = plain(lists["beside"])
        self._industry = re.compile(rf"[ ,]{{1,2}}(?:trong |thuoc )?(?:{any_of(lists['industry'])})(?!\w)")

    def has(self, letter: Letter, start: int, end: int) -> bool:
        """Whether the address from place `start` to `end` is that of an office named before it, or of a works."""
        return self._industry.match(letter.plain, end) is not None or self._is_named_before(letter, start)

    def _is_named_before(self, letter: Letter, start: int) -> bool:
        at = _AT.search(letter.plain, max(0, start - _AT_AHEAD), start)
        place = at.start() if at else start
        last = bisect_left(letter.words, place, key=lambda word: word.start) - 1
        # "Trần Văn Tám, trường Hoa Sen, ở …": after a comma "ở" is said of the person.
        if last < 0 or (at and at.group().startswith(",") and "o " in at.group()):
            return False
        if not _AFTER.fullmatch(letter.plain, letter.words[last].end, place):
            return False
        for index in range(last, max(-1, last - _REACH), -1):
            first = self._office_begin(letter, index)
            if first is not None:
                return not (first and self._is_beside(letter, first))
            if self._is_other(letter, index) or not index or not _WITHIN.fullmatch(letter.gap(index - 1)):
                return False
        return False

    def _office_begin(self, letter: Letter, index: int) -> int | None:
        """The first word of an office that ends with word `index`."""
        if letter.words[index].plain not in self._last_words:
            return None
        begins = range(max(0, index - _LONGEST + 1), index + 1)
        return next((first for first in begins if self._phrase(letter, first, index) in self._offices), None)

    def _is_school(self, letter: Letter, index: int) -> bool:
        first = self._office_begin(letter, index) if index >= 0 else None
        return first is not None and self._phrase(letter, first, index) in self._schools

    @staticmethod
    def _phrase(letter: Letter, first: int, last: int) -> str:
        return " ".join(word.plain for word in letter.words[first : last + 1])

    def _is_beside(self, letter: Letter, first: int) -> bool:
        # "nhà tôi cạnh trường Hoa Sen, số 5" is no school.
        if letter.words[first - 1].plain not in self._beside or not letter.runs_on(first - 1):
            return False
        start = letter.words[first - 1].start
        return _HOME.search(letter.plain, max(0, start - _HOME_AHEAD), start) is not None

    def _is_other(self, letter: Letter, index: int) -> bool:
        """Whether word `index` says that it is not the office that is at the address: "trường con tôi"."""
        word = letter.words[index]
        if word.spelled not in self._others if letter.is_marked else word.plain not in self._others_unmarked:
            return False
        # "truong mam non anh duong"
        if not letter.is_marked and word.plain in _TITLES and self._is_school(letter, index - 1):
            return False
        if word.is_capital and not letter.is_shouted and index and letter.runs_on(index - 1):
            return False
        # "trường lê anh xuân"
        return not (index and letter.words[index - 1].plain in self._families and letter.runs_on(index - 1))
