"""Names of persons after which streets and alleys are called: of "hẻm 115 Lê Văn Sỹ" the street is no person, whoever lives there."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.feedback.privacy.part_words import PartWords
from assistant.feedback.privacy.text import Letter
from assistant.feedback.types import PersonalSpan

_CALLED_AFTER_PERSONS = frozenset({"duong", "pho", "ngo", "ngach", "hem", "kiet", "so", "so nha", "nha so", "sn", "s/n"})
_AHEAD = 30
_FAMILY = re.compile(r" [^\W\d_]{2,7} ")


class StreetNames:
    """Tells names of streets from those of persons."""

    def __init__(self, words: PartWords) -> None:
        self._words = words

    def left_out(self, letter: Letter, names: Iterable[PersonalSpan]) -> list[PersonalSpan]:
        """The `names` that are none of streets."""
        return [name for name in names if not self._is_street(letter, name.start)]

    def _is_street(self, letter: Letter, start: int) -> bool:
        """Whether the word for a street, or the number of a house or an alley, stands before the name at place `start`."""
        begin = max(0, start - _AHEAD)
        return any(
            self._words.kind(match) in _CALLED_AFTER_PERSONS
            and self._words.is_kind(letter, match)
            and self._is_between(letter, match.end(), start)
            for pattern in (self._words.house, self._words.place)
            for match in pattern.finditer(letter.plain, begin, start)
        )

    @staticmethod
    def _is_between(letter: Letter, end: int, start: int) -> bool:
        """Whether next to nothing stands between the number and the name: "hẻm 115 Lê" before "Văn Sỹ"."""
        between = letter.written[end:start]
        return between == " " or (_FAMILY.fullmatch(between) is not None and between[1].isupper() and not letter.is_shouted)
