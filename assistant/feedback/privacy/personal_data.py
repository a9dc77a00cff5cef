"""What a text tells of persons: names, numbers, addresses, dates of birth, illnesses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import replace
from itertools import groupby

from assistant.feedback.privacy.addresses import AddressFinder
from assistant.feedback.privacy.codes import codes
from assistant.feedback.privacy.dates import birth_dates
from assistant.feedback.privacy.health import HealthFinder
from assistant.feedback.privacy.names import NameFinder
from assistant.feedback.privacy.number_kinds import NumberKinds
from assistant.feedback.privacy.numbers import numbers
from assistant.feedback.privacy.part_words import PartWords
from assistant.feedback.privacy.spoken import spoken_numbers
from assistant.feedback.privacy.street_names import StreetNames
from assistant.feedback.privacy.text import Letter, read_letter
from assistant.feedback.privacy.words import labels
from assistant.feedback.types import PersonalDataType, PersonalSpan
from corpus.areas import Areas
from corpus.errors import SourceUnreadable


class PersonalDataFinder:
    """Finds what a letter tells of persons, by rules and a small model: nothing is sent anywhere."""

    def __init__(self, areas: Areas | None) -> None:
        """`areas` keep places from being taken for names; without them a few more are."""
        self._names = NameFinder.load(areas)
        self._numbers = NumberKinds.load()
        words = PartWords.load()
        self._addresses = AddressFinder.load(words)
        self._streets = StreetNames(words)
        self._health = HealthFinder.load()

    @classmethod
    def load(cls) -> PersonalDataFinder:
        """A finder that knows the places installed, if there are any."""
        try:
            return cls(Areas.load())
        except SourceUnreadable:
            return cls(None)

    def find(self, text: str) -> tuple[PersonalSpan, ...]:
        """The stretches that tell of persons, in order, none overlapping another, with the places of `text` as it came."""
        letter = read_letter(text)
        kept = _apart(self._candidates(letter))
        return tuple(PersonalSpan(letter.place(span.start), letter.place(span.end), span.type) for span in kept)

    def _candidates(self, letter: Letter) -> Iterator[PersonalSpan]:
        """All candidates, the surer kinds first."""
        yield from codes(letter, self._numbers)
        called = self._names.find(letter)
        names = self._streets.left_out(letter, called)
        yield from birth_dates(letter, names)
        yield from numbers(letter, self._numbers)
        yield from spoken_numbers(letter, self._numbers)
        yield from self._addresses.find(letter, called)
        yield from names
        yield from self._health.find(letter, names)


def redacted(text: str, spans: Sequence[PersonalSpan]) -> str:
    """`text` with each span replaced by what it was: "[họ tên]", "[số điện thoại]". The spans are ordered and do not overlap."""
    words = labels()
    parts: list[str] = []
    free = 0
    for span in spans:
        parts.extend((text[free : span.start], f"[{words[span.type]}]"))
        free = span.end
    return "".join((*parts, text[free:]))


def _apart(candidates: Iterable[PersonalSpan]) -> list[PersonalSpan]:
    """Candidates in order without overlap; of two that overlap the one given first, and of an address what is left beside it."""
    kept: list[PersonalSpan] = []
    taken: set[int] = set()
    for span in candidates:
        is_address = span.type is PersonalDataType.ADDRESS
        for piece in _free(span, taken) if is_address else [span]:
            places = range(piece.start, piece.end)
            if places and taken.isdisjoint(places):
                taken.update(places)
                kept.append(piece)
    return sorted(kept)


def _free(span: PersonalSpan, taken: Set[int]) -> Iterator[PersonalSpan]:
    """The stretches of a span that nothing else covers."""
    places = range(span.start, span.end)
    for is_free, group in groupby(places, key=lambda place: place not in taken):
        if is_free:
            stretch = list(group)
            yield replace(span, start=stretch[0], end=stretch[-1] + 1)


__all__ = ["PersonalDataFinder", "PersonalDataType", "PersonalSpan", "redacted"]
