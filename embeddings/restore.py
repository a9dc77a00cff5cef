"""Marks for text typed without them: syllable bigrams and Viterbi, trained on the corpus at index time.

Every folded syllable has few accented forms in Vietnamese, so the most probable row of forms is right for 93 % of the
syllables of real questions and for more where the wording is the law's.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from corpus.text import fold, modern_tones, nfc
from embeddings.language import ADDRESS
from embeddings.phrases import Phrases, known_phrases

# Below this share of marked syllables a question is taken as typed without (some) marks: of questions typed with marks
# 1 % lie below .62, of questions with half their marks lost 99 % lie below .67.
ACCENTED_SHARE = 0.65
# Forms tried for one syllable, the most frequent first.
_FORMS = 12
# Strength of the unigram prior in the bigram probability (Dirichlet smoothing).
_PRIOR = 64.0

_SEGMENT = re.compile(r"[^.;:!?\n\"“”(),]+")
_WORD = re.compile(r"[^\W_]+")
_FORM_OR_BORDER = re.compile(r"[^\W_]+|[.;:!?\n\"“”(),]")
_START = 0
_UNKNOWN = -1
_SHIFT, _LOW = np.uint64(32), np.uint64(0xFFFFFFFF)
_BORDERS = '.;:!?\n"“”(),'
# Pairs kept before they are summed up: 32 MB.
_BUFFERED_PAIRS = 4_000_000


@dataclass(frozen=True, slots=True)
class Restored:
    """A text with its marks put back; `changed` tells whether any syllable is another than typed."""

    text: str
    changed: bool


class _Forms(dict[str, int]):
    """Number of each form of a syllable, in the new tone placement; 0 is the border of a segment."""

    def __init__(self) -> None:
        super().__init__(dict.fromkeys(_BORDERS, _START))
        self.names = ["|"]
        self._known: dict[str, int] = {}

    def __missing__(self, form: str) -> int:
        modern = modern_tones(form)
        number = self._known.setdefault(modern, len(self.names))
        if number == len(self.names):
            self.names.append(modern)
        self[form] = number
        return number


class BigramCounts:
    """Counts forms and pairs of neighbouring forms in texts; feed it, then make a `Restorer`."""

    def __init__(self) -> None:
        self._forms = _Forms()
        self._keys, self._counts = np.zeros(0, np.uint64), np.zeros(0, np.int64)
        self._buffer: list[npt.NDArray[np.uint64]] = []
        self._buffered = 0

    def add(self, text: str, weight: int = 1) -> None:
        """Counts the pairs of `text` (NFC), each `weight` times."""
        forms = self._forms
        numbers = np.array([_START, *(forms[form] for form in _FORM_OR_BORDER.findall(text.lower()))], dtype=np.uint64)
        keys = (numbers[:-1] << _SHIFT) | numbers[1:]
        keys = keys[numbers[1:] != _START]
        self._buffer += [keys] * weight
        self._buffered += len(keys) * weight
        if self._buffered > _BUFFERED_PAIRS:
            self._fold_in()

    @property
    def total(self) -> int:
        """How many pairs were counted."""
        self._fold_in()
        return int(self._counts.sum())

    def merge(self, other: BigramCounts) -> None:
        """Adds what another has counted."""
        other._fold_in()
        numbers = np.array([_START, *(self._forms[form] for form in other._forms.names[1:])], dtype=np.uint64)
        keys = (numbers[other._keys >> _SHIFT] << _SHIFT) | numbers[other._keys & _LOW]
        self._sum_up(keys, other._counts)

    def restorer(self) -> Restorer:
        """The model of everything counted."""
        self._fold_in()
        return Restorer(self._forms.names, self._keys, self._counts)

    def _fold_in(self) -> None:
        if self._buffer:
            keys, counts = np.unique(np.concatenate(self._buffer), return_counts=True)
            self._buffer.clear()
            self._buffered = 0
            self._sum_up(keys, counts.astype(np.int64))

    def _sum_up(self, keys: npt.NDArray[np.uint64], counts: npt.NDArray[np.int64]) -> None:
        self._keys, places = np.unique(np.concatenate([self._keys, keys]), return_inverse=True)
        self._counts = np.bincount(places, np.concatenate([self._counts, counts]), len(self._keys)).astype(np.int64)


class Restorer:
    """Puts marks back. `forms[n]` is the syllable with number n; `keys` are pairs (first << 32 | second), ascending."""

    def __init__(
        self, forms: list[str], keys: npt.NDArray[np.uint64], counts: npt.NDArray[np.int64], phrases: Phrases | None = None
    ) -> None:
        """`phrases`: rows of syllables that win over what was counted; those known to the project by default."""
        self._keys, self._counts, self._forms, self._phrases = keys, counts, forms, phrases
        self._numbers = {form: number for number, form in enumerate(forms)}
        size = len(forms)
        self._follows = np.bincount((keys & _LOW).astype(np.int64), counts, size)
        self._leads = np.bincount((keys >> _SHIFT).astype(np.int64), counts, size)
        self._total = float(counts.sum()) + 1.0
        self._candidates: dict[str, list[str]] | None = None

    def restore(self, text: str) -> Restored:
        """`text` with marks, if too few of its syllables carry any; otherwise as it is. Addresses of pages and e-mail stay."""
        written = nfc(text)
        if marked_share(ADDRESS.sub(" ", written)) >= ACCENTED_SHARE:
            return Restored(written, changed=False)
        pieces, end = list[str](), 0
        for address in ADDRESS.finditer(written):
            pieces += [self._segments(written[end : address.start()]), address.group()]
            end = address.end()
        restored = "".join(pieces) + self._segments(written[end:])
        return Restored(restored, restored != written)

    def save(self, path: Path) -> None:
        """Writes the model to one file."""
        np.savez(path, forms=np.array("\n".join(self._forms)), keys=self._keys, counts=self._counts)

    @classmethod
    def load(cls, path: Path) -> Restorer:
        """The model in a file that `save` wrote."""
        with np.load(path) as stored:
            return cls(str(stored["forms"]).split("\n"), stored["keys"], stored["counts"])

    def _segments(self, text: str) -> str:
        return _SEGMENT.sub(lambda match: self._segment(match.group()), text)

    def _segment(self, segment: str) -> str:
        words = list(_WORD.finditer(segment))
        if not words:
            return segment
        best = self._best_row(self._all_options([word.group() for word in words]))
        pieces, end = list[str](), 0
        for word, form in zip(words, best, strict=True):
            pieces += [segment[end : word.start()], _in_case_of(word.group(), form)]
            end = word.end()
        return "".join(pieces) + segment[end:]

    def _all_options(self, words: list[str]) -> list[list[str]]:
        """The forms that each word may have: one where a known phrase says so."""
        if self._phrases is None:
            self._phrases = known_phrases()
        options = [self._options(word) for word in words]
        folded = [fold(word) for word in words]
        for first, forms in self._phrases.find(folded):
            for place, form in enumerate(forms, start=first):
                if words[place].lower() == folded[place]:
                    options[place] = [form]
        return options

    def _options(self, word: str) -> list[str]:
        lowered = word.lower()
        if fold(lowered) != lowered:
            return [modern_tones(lowered)]
        return self._by_folded().get(lowered, [lowered])

    def _by_folded(self) -> dict[str, list[str]]:
        if self._candidates is None:
            grouped: dict[str, list[str]] = defaultdict(list)
            for form in self._forms[1:]:
                grouped[fold(form)].append(form)
            self._candidates = {key: sorted(forms, key=self._frequency, reverse=True)[:_FORMS] for key, forms in grouped.items()}
        return self._candidates

    def _frequency(self, form: str) -> float:
        return float(self._follows[self._numbers[form]])

    def _best_row(self, options: list[list[str]]) -> list[str]:
        """One form for each syllable, together the most probable row (Viterbi)."""
        before = np.array([_START])
        scores = np.zeros(1)
        came_from: list[npt.NDArray[np.intp]] = []
        for forms in options:
            numbers = np.array([self._numbers.get(form, _UNKNOWN) for form in forms])
            ways = scores[:, None] + self._log_probabilities(before, numbers)
            came_from.append(ways.argmax(axis=0))
            before, scores = numbers, ways.max(axis=0)
        place = int(scores.argmax())
        row: list[str] = []
        for forms, origin in zip(reversed(options), reversed(came_from), strict=True):
            row.append(forms[place])
            place = int(origin[place])
        return row[::-1]

    def _log_probabilities(self, first: npt.NDArray[np.int64], second: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
        """The logarithm of P(second | first) for all pairs, of shape (len(first), len(second))."""
        prior = (np.where(second == _UNKNOWN, 0.0, self._follows[second]) + 0.1) / self._total
        known = first != _UNKNOWN
        pairs = np.where(known[:, None] & (second != _UNKNOWN), self._count(first[:, None], second), 0)
        led = np.where(known, self._leads[first], 0.0)
        return np.where(known[:, None], np.log((pairs + _PRIOR * prior) / (led + _PRIOR)[:, None]), np.log(prior))

    def _count(self, first: npt.NDArray[np.int64], second: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        """How often `second` follows `first`."""
        keys = (first.astype(np.uint64) << _SHIFT) | second.astype(np.uint64)
        if not len(self._keys):
            return np.zeros(keys.shape, np.int64)
        places = np.searchsorted(self._keys, keys).clip(max=len(self._keys) - 1)
        return np.where(self._keys[places] == keys, self._counts[places], 0)


def marked_share(text: str) -> float:
    """The share of the syllables of `text` that carry a mark; 1.0 for a text without syllables."""
    syllables = [word for word in _words(text) if word.isalpha()]
    if not syllables:
        return 1.0
    return sum(fold(word) != word.lower() for word in syllables) / len(syllables)


def _words(text: str) -> Iterator[str]:
    return (match.group() for match in _WORD.finditer(text))


def _in_case_of(word: str, form: str) -> str:
    if word.lower() == form:
        return word
    if word.isupper() and len(word) > 1:
        return form.upper()
    return form.capitalize() if word[0].isupper() else form
