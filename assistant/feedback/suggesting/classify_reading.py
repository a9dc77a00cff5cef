"""What the classifier sees of a submission apart from its meaning: its words, words of a field, cues of a kind or level."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import pairwise
from math import log1p, sqrt
from typing import Self
from zlib import crc32

import numpy as np
import numpy.typing as npt

from assistant.feedback.types import AdminLevel, Field, Kind
from corpus.tables import read_table
from corpus.text import fold, is_accented, modern_tones

Floats = npt.NDArray[np.float32]
Span = tuple[int, int]

BUCKETS = 8192
GRAMS = 16384
# Strings of three to five letters know a word by its parts, misspelled or joined with others.
_GRAM_LENGTHS = (3, 4, 5)
# From this share of capitals on a text is shouted.
_SHOUTED = 0.6
# In characters. Of a long story the beginning tells the matter and the end the wish; the middle costs time and adds nothing.
_HEAD, _TAIL = 1000, 500
_LONGEST_PHRASE = 6
# A word with its combining marks, which a text in NFD has apart.
_WORD = re.compile("[^\\W_][\\w\u0300-\u036f]*")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: where it stands, as typed (lower case, new tone placement) and without marks."""

    start: int
    end: int
    typed: str
    folded: str


def words_of(text: str) -> list[Word]:
    """The words of `text` in order; places are those of `text` itself, whatever its normal form."""
    found = ((match.span(), modern_tones(match.group()).lower()) for match in _WORD.finditer(text))
    return [Word(*span, typed, fold(typed)) for span, typed in found]


@dataclass(frozen=True, slots=True)
class Phrases:
    """Phrases of several lists, found without marks; a single syllable that has marks only where it is typed with them."""

    numbers: dict[str, tuple[int, ...]]

    @classmethod
    def of(cls, lists: Iterable[str]) -> Self:
        """From one string of phrases, separated by commas, a list."""
        numbers: dict[str, tuple[int, ...]] = {}
        for number, phrases in enumerate(lists):
            for phrase in filter(None, (" ".join(one.split()) for one in phrases.split(","))):
                key = fold(phrase) if " " in phrase else modern_tones(phrase).lower()
                numbers[key] = tuple(dict.fromkeys((*numbers.get(key, ()), number)))
        return cls(numbers)

    def at(self, words: Sequence[Word], start: int, length: int) -> tuple[int, ...]:
        """The lists that have the phrase of `length` words from `start` on."""
        if length > 1:
            return self.numbers.get(" ".join(word.folded for word in words[start : start + length]), ())
        return self.numbers.get(words[start].typed, ())

    def everywhere(self, words: Sequence[Word]) -> Iterator[tuple[int, Span]]:
        """Every hit with the number of its list, phrases within phrases too."""
        for start in range(len(words)):
            for length in range(1, min(_LONGEST_PHRASE, len(words) - start) + 1):
                for number in self.at(words, start, length):
                    yield number, (words[start].start, words[start + length - 1].end)

    def longest(self, words: Sequence[Word]) -> Iterator[tuple[int, Span]]:
        """Hits from left to right, the longest at each place, none within another: in "bảo hiểm y tế" there is no "y tế"."""
        start = 0
        while start < len(words):
            lengths = range(min(_LONGEST_PHRASE, len(words) - start), 0, -1)
            length = next((one for one in lengths if self.at(words, start, one)), 0)
            if length:
                span = (words[start].start, words[start + length - 1].end)
                yield from ((number, span) for number in self.at(words, start, length))
            start += max(length, 1)


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue of a kind or of a level; None where it belongs to no one of them."""

    name: str
    kind: Kind | None
    level: AdminLevel | None
    pattern: re.Pattern[str] | None
    raw: re.Pattern[str] | None


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of fields and the cues of kinds and levels that the project wrote."""

    fields: Phrases
    cues: tuple[Cue, ...]
    cue_words: Phrases

    @classmethod
    def load(cls) -> Self:
        """The lists shipped with the project."""
        fields = read_table("assistant.feedback", "field-words.yaml")
        cues = read_table("assistant.feedback", "kind-words.yaml")["cues"]
        made = tuple(
            Cue(
                cue["name"],
                Kind(cue["kind"]) if "kind" in cue else None,
                AdminLevel(cue["level"]) if "level" in cue else None,
                *(re.compile(cue[name]) if name in cue else None for name in ("pattern", "raw")),
            )
            for cue in cues
        )
        return cls(Phrases.of(fields[field.value] for field in Field), made, Phrases.of(cue.get("phrases", "") for cue in cues))

    def cues_in(self, text: str) -> frozenset[str]:
        """The names of the cues that are in `text`."""
        times = _cues(text, words_of(text), self)
        return frozenset(cue.name for cue, count in zip(self.cues, times, strict=True) if count)

    def evidence(self, text: str, kind: Kind) -> tuple[Span, ...]:
        """Where the cues of `kind` stand in `text`, in order, overlapping ones joined."""
        cues = {number for number, cue in enumerate(self.cues) if cue.kind is kind}
        hits = sorted(span for number, span in self.cue_words.everywhere(words_of(text)) if number in cues)
        joined: list[Span] = []
        for start, end in hits:
            if joined and start <= joined[-1][1]:
                joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
                continue
            joined.append((start, end))
        return tuple(joined)


@dataclass(frozen=True, slots=True)
class Seen:
    """What there is to see: counts (facts, cues, words of fields), the distinct buckets of words and pairs of words, and those of strings
    of letters."""

    counts: Floats
    buckets: npt.NDArray[np.intp]
    grams: npt.NDArray[np.intp]

    @property
    def share(self) -> float:
        """What each bucket weighs: long texts have many, so each counts less."""
        return 1 / sqrt(len(self.buckets) + 1)


def seen_in(text: str, lexicon: Lexicon) -> Seen:
    """What there is to see in `text`, with or without marks."""
    if len(text) > _HEAD + _TAIL:
        text = f"{text[:_HEAD]} {text[-_TAIL:]}"
    words = words_of(text)
    folded = [word.folded for word in words]
    facts = np.array([log1p(len(words)) - 2.5, is_accented(text), any(map(str.isdigit, folded))], np.float32)
    counts = np.concatenate([facts, _cues(text, words, lexicon), _fields(words, lexicon)])
    return Seen(counts, _buckets(folded), _grams(folded))


def calm(text: str) -> str:
    """`text` in small letters where it is shouted: the encoder knows words in capitals badly."""
    letters = [letter for letter in text if letter.isalpha()]
    return text.lower() if sum(map(str.isupper, letters)) > _SHOUTED * len(letters) else text


def _cues(text: str, words: Sequence[Word], lexicon: Lexicon) -> Floats:
    times = np.zeros(len(lexicon.cues), np.float32)
    for number, _ in lexicon.cue_words.everywhere(words):
        times[number] += 1
    folded = fold(text)
    for number, cue in enumerate(lexicon.cues):
        times[number] += bool(cue.pattern and cue.pattern.search(folded)) + bool(cue.raw and cue.raw.search(text))
    return np.log1p(times)


def _fields(words: Sequence[Word], lexicon: Lexicon) -> Floats:
    """For each field how much of its words is there, and its share among all."""
    times = np.zeros(len(Field), np.float32)
    for number, _ in lexicon.fields.longest(words):
        times[number] += 1
    return np.concatenate([np.log1p(times), times / max(1.0, float(times.sum()))])


def _buckets(words: Sequence[str]) -> npt.NDArray[np.intp]:
    """The distinct buckets of words and of neighbours, the border of the text included."""
    bordered = ["^", *words, "$"]
    grams = {*words, *map(" ".join, pairwise(bordered))}
    return np.array(sorted({_bucket(gram) for gram in grams}), np.intp)


def _bucket(gram: str) -> int:
    return int.from_bytes(blake2b(gram.encode(), digest_size=4).digest(), "little") % BUCKETS


def _grams(words: Sequence[str]) -> npt.NDArray[np.intp]:
    joined = f" {' '.join(words)} ".encode()
    places = ((start, length) for length in _GRAM_LENGTHS for start in range(len(joined) - length + 1))
    return np.array(sorted({crc32(joined[start : start + length]) % GRAMS for start, length in places}), np.intp)
