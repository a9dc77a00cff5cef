"""Whether the words before an address speak of one person or a home: "tôi mới dọn về …", "bà cụ neo đơn ở …", "em gọi từ …"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence

from assistant.feedback.privacy.text import Letter
from assistant.feedback.privacy.words import plain, spelled

_REACH = 12
# How many words may stand between the person and "ở".
_BETWEEN = 3
_JOIN = re.compile(r"[ ]{1,2}|[ ]?[,:(] ?|, ?\d{1,3} | \d{1,3} ")


class Dwellers:
    """Looks back from an address for who lives there."""

    def __init__(self, lists: Mapping[str, Sequence[str]]) -> None:
        """`lists` are those of data/personal-addresses.yaml."""
        self._leading = plain(lists["leading"])
        self._persons, self._unmarked_persons = spelled(lists["persons"]), plain(lists["persons_unmarked"])
        self._things = plain(lists["things"])

    def are_told(self, letter: Letter, start: int, ends: frozenset[int]) -> bool:
        """Whether the nearest word before place `start` that decides is a person; names end at `ends`."""
        last = bisect_left(letter.words, start, key=lambda word: word.start) - 1
        between, following = 0, start
        for index in range(last, max(-1, last - _REACH), -1):
            word = letter.words[index]
            if not _JOIN.fullmatch(letter.plain, word.end, following):
                return False
            if word.end in ends:
                return True
            # "nhà kho ấp 2" is no home, "nhà tôi" is.
            if self._is_person(letter, index) and not (word.plain == "nha" and between):
                return not self._is_of_many(letter, index)
            if word.plain not in self._leading:
                between += 1
                if word.plain in self._things or between > _BETWEEN:
                    return False
            following = word.start
        return False

    def _is_person(self, letter: Letter, index: int) -> bool:
        word = letter.words[index]
        return word.spelled in self._persons if letter.is_marked else word.plain in self._unmarked_persons

    @staticmethod
    def _is_of_many(letter: Letter, index: int) -> bool:
        """Whether word `index` stands for many, "chúng tôi", "600 con", "bà con", but for "gia đình chúng tôi"."""
        word = letter.words[index]
        before = [other.plain for other in letter.words[max(0, index - 2) : index]]
        if not before:
            return False
        if word.plain == "con" and (before[-1] in {"ba", "tram", "chuc", "muoi", "dan"} or letter.gap(index - 1).strip()[-1:].isdigit()):
            return True
        return before[-1] in {"chung", "cac", "nhung", "may", "nhieu", "bon", "moi", "tui"} and not {"dinh", "nha"} & set(before)
