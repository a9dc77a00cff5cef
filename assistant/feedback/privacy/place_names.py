"""Where the name of a street or hamlet ends, with capitals or in small letters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assistant.feedback.privacy.text import Letter
from assistant.feedback.privacy.words import plain, spelled

_PLACE_WORDS = frozenset(
    "ngo ngach hem kiet duong pho to doi khu khoi ap thon xom ban buon khom cum lang lo phuong xa quan huyen tp tinh".split()
)
_NEXT_PARTS = frozenset({"so", "nha", "phong", "khu", "to", "sn", "can", "day"})
_NUMBER_WORDS = frozenset({"so", "sn", "phong"})
# Without marks these begin names more often than they are the words of the list.
_NOT_STOPS = frozenset({"cho", "chi", "tren", "dong", "cau", "thanh"})
_LONGEST_NAME = 4


class PlaceNames:
    """Tells where names of places end."""

    def __init__(self, lists: Mapping[str, Sequence[str]]) -> None:
        """`lists` are those of data/personal-addresses.yaml."""
        self._stops = spelled(lists["stops"])
        self._plain_stops = plain(lists["stops"]) - _NOT_STOPS

    @staticmethod
    def is_place_word(letter: Letter, index: int) -> bool:
        """Whether word `index` is the word for a place and so no name of a street."""
        return letter.words[index].plain in _PLACE_WORDS

    def end(self, letter: Letter, index: int | None, begin: int, *, needs_capital: bool) -> int:
        """The end of the name that begins with word `index`, `begin` if there is none."""
        if index is None:
            return begin
        words = letter.words
        is_title = words[index].is_capital and not letter.is_shouted
        if needs_capital and not is_title:
            return begin
        end = begin
        for position in range(index, min(index + _LONGEST_NAME, len(words))):
            if self._ends(letter, position, index, is_title=is_title):
                break
            end = words[position].end
            if not letter.runs_on(position):
                break
        return end

    def _ends(self, letter: Letter, position: int, index: int, *, is_title: bool) -> bool:
        """Whether word `position` is no part of the name that begins with word `index`."""
        word = letter.words[position]
        if is_title:
            return not word.is_capital
        if word.plain in (_PLACE_WORDS | _NUMBER_WORDS if position > index else _NEXT_PARTS) or position > index + 2:
            return True
        return word.spelled in self._stops if letter.is_marked else word.plain in self._plain_stops
