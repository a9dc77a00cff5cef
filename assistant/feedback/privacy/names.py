"""Names of persons, with capitals or without: after kinship words, offices and "tên là", or by family name and shape."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.feedback.privacy.name_words import NameWords
from assistant.feedback.privacy.names_capital import capital_names
from assistant.feedback.privacy.names_small import small_names
from assistant.feedback.privacy.text import Letter
from assistant.feedback.types import PersonalDataType, PersonalSpan
from corpus.areas import Areas

_AROUND = 60


class NameFinder:
    """Finds names of persons; places that `areas` know are none."""

    def __init__(self, words: NameWords, areas: Areas | None) -> None:
        self._words = words
        self._areas = areas

    @classmethod
    def load(cls, areas: Areas | None) -> NameFinder:
        """A finder with the word lists of this folder's data."""
        return cls(NameWords.load(), areas)

    def find(self, letter: Letter) -> list[PersonalSpan]:
        """The names, in order, none overlapping another."""
        spans: list[PersonalSpan] = []
        for first, end, is_sure in _merged(letter, self._words):
            start, stop = letter.words[first].start, letter.words[end - 1].end
            if is_sure or not self._is_place(letter, start, stop):
                spans.append(PersonalSpan(start, stop, PersonalDataType.NAME))
        return spans

    def _is_place(self, letter: Letter, start: int, stop: int) -> bool:
        if self._areas is None:
            return False
        begin = letter.plain.find(" ", max(0, start - _AROUND)) if start > _AROUND else 0
        around = letter.written[begin : stop + _AROUND]
        return any(place.start + begin < stop and start < place.end + begin for place in self._areas.find(around))


def _merged(letter: Letter, words: NameWords) -> Iterator[tuple[int, int, bool]]:
    """Names in capitals and names in small letters by word, in order, apart from each other."""
    capital = [] if letter.is_shouted else list(capital_names(letter, words))
    taken = {index for first, end, _ in capital for index in range(first, end)}
    small = [name for name in small_names(letter, words) if taken.isdisjoint(range(name[0], name[1]))]
    yield from _ordered([*capital, *small])


def _ordered(names: Sequence[tuple[int, int, bool]]) -> Iterator[tuple[int, int, bool]]:
    free = 0
    for name in sorted(names):
        if name[0] >= free:
            yield name
            free = name[1]
