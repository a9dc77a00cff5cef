"""Earlier submissions about the same matter: the same trouble at the same place, told by somebody else in other words.

The same topic elsewhere is another matter, and so is another topic at the same place. What names a place ("cầu Zét", "ấp Cây Sơn",
"trường Kim Đồng") is therefore compared apart from the other words, and the meaning of the whole besides. Words count by how rare they
are among the submissions known here; a table of the project (data/similar.yaml) says it for the time when few are known.
Sealed submissions must never be added; words are kept as numbers only, but short ones can be guessed: treat a `Known` like its text.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from math import exp, log1p
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from assistant.feedback.suggesting.similar_words import Naming, Numbers, Words, number_of, words_of
from corpus.tables import read_table

Vector = npt.NDArray[np.float32] | npt.NDArray[np.float16]
Floats = npt.NDArray[np.float64]

# From this score on a reviewer should be shown the earlier submission.
LIKELY = 0.5

# How far one commune, and one province, makes two places one.
_PLACE_WORTH = (("commune:", 1.0), ("province:", 0.3))
# So many that share the rarest words are looked at; in full, of these, so many by words and as many by meaning.
_POOL, _CANDIDATES = 1000, 64
# A word that more than one in twenty has brings nobody to the pool.
_RARE_SHARE, _RARE_AT_LEAST = 0.05, 100
_BUCKETS = 1 << 21
# When a reason is told: roots of the share that words and names have in common, the cosine of the meaning, and days between.
_TELLING_WORDS, _TELLING_NAMES, _TELLING_MEANING, _NEAR_DAYS = 0.3, 0.3, 0.9, 14
_DAYS_OF_A_MONTH = 30


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """A submission as far as comparing goes. `areas` are keys "commune:00013", "province:01"; of an unclear place all candidates."""

    number: int
    vector: Vector
    words: Words
    areas: frozenset[str]
    field: str | None
    provisions: frozenset[str]
    day: date


@dataclass(frozen=True, slots=True)
class Similar:
    """An earlier submission, the calibrated probability that it is the same matter, and why: text, place, time, provision."""

    number: int
    score: float
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for and against two submissions being one matter; a sum of products with `Weights` is the log-odds.

    `spots`, `units`, `words`: roots of the share of rarity that names of spots, names of units and other words have in common;
    `meaning`: ten times the cosine;
    `same_place`: 0 to 1; `other_place`, `provision`: 0 or 1; `field`: .5 the same, -.5 another, else 0; `apart`: log(1 + months between).
    """

    spots: float
    units: float
    words: float
    meaning: float
    same_place: float
    other_place: float
    field: float
    apart: float
    provision: float


@dataclass(frozen=True, slots=True)
class Weights:
    """What each part of `Evidence` counts; made by eval/duplicates.py."""

    bias: float
    spots: float
    units: float
    words: float
    meaning: float
    same_place: float
    other_place: float
    field: float
    apart: float
    provision: float

    def score(self, evidence: Evidence) -> float:
        """The probability that it is one matter."""
        odds = self.bias + sum(getattr(self, part.name) * getattr(evidence, part.name) for part in fields(evidence))
        return 1 / (1 + exp(-max(-50.0, min(50.0, odds))))


@dataclass(frozen=True, slots=True)
class Usual:
    """How many of `letters` letters have a word, by its number: what is known of words before anything came in."""

    letters: int
    counts: Mapping[int, int]


class SimilarFinder:
    """Holds what is known in memory, some 5 KB each; for one thread."""

    def __init__(self, weights: Weights, usual: Usual) -> None:
        self.weights, self._usual_letters = weights, usual.letters
        self._rows: dict[int, int] = {}
        self._known: list[Known | None] = []
        self._free: list[int] = []
        self._having: dict[int, array[int]] = {}
        # How many have a word: in buckets, since looking up thousands of words one by one takes longer than all the rest.
        self._counts = np.zeros(_BUCKETS, np.int64)
        np.add.at(self._counts, np.array([number % _BUCKETS for number in usual.counts], np.intp), list(usual.counts.values()))

    @classmethod
    def load(cls) -> Self:
        """An empty finder with the weights of the project."""
        table = read_table("assistant.feedback", "similar.yaml")
        counts = {number_of(term): count for term, count in table["usual"]["counts"].items()}
        return cls(Weights(**table["weights"]), Usual(table["usual"]["letters"], counts))

    def __len__(self) -> int:
        return len(self._rows)

    def add(self, known: Known) -> None:
        """Takes in a submission; one of the same number is replaced."""
        self.remove(known.number)
        row = self._free.pop() if self._free else len(self._known)
        self._known[row : row + 1] = [known]
        self._rows[known.number] = row
        np.add.at(self._counts, known.words.numbers % _BUCKETS, 1)
        for word in known.words.numbers.tolist():
            self._having.setdefault(word, array("I")).append(row)

    def remove(self, number: int) -> None:
        """Forgets a submission with all its words; nothing happens where it is not known."""
        row = self._rows.pop(number, None)
        known = self._known[row] if row is not None else None
        if row is None or known is None:
            return
        for word in known.words.numbers.tolist():
            self._having[word].remove(row)
            if not self._having[word]:
                del self._having[word]
        np.subtract.at(self._counts, known.words.numbers % _BUCKETS, 1)
        self._known[row] = None
        self._free.append(row)

    def find(self, new: Known, limit: int = 5) -> tuple[Similar, ...]:
        """The likeliest earlier submissions of the same matter, best first, never `new` itself; also unlikely ones: see `LIKELY`."""
        judged = [(self.weights.score(evidence), number, evidence) for number, evidence in self.evidence(new)]
        best = sorted(judged, key=lambda one: (-one[0], one[1]))[:limit]
        return tuple(Similar(number, score, _why(evidence)) for score, number, evidence in best)

    def evidence(self, new: Known) -> list[tuple[int, Evidence]]:
        """The candidates for `new` by number, with what speaks for and against each."""
        squares = self._squares(new.words.numbers)
        shared = self._shared(new.words.numbers, squares)
        # Who shares no word worth the name is never likely, so the meaning of all need not be looked at.
        best = (self._known[row] for row in _highest(shared, _POOL) if shared[row] > 0)
        pool = [other for other in best if other is not None and other.number != new.number]
        if not pool:
            return []
        meanings = np.stack([other.vector for other in pool]).astype(np.float32) @ new.vector.astype(np.float32)
        chosen = {*range(min(_CANDIDATES, len(pool))), *_highest(meanings, _CANDIDATES)}
        return [(pool[place].number, self._compare(new, squares, pool[place], float(meanings[place]))) for place in sorted(chosen)]

    def _shared(self, numbers: Numbers, squares: Floats) -> Floats:
        """For each row how much it shares of the rarer words."""
        shared = np.zeros(len(self._known))
        most = max(_RARE_AT_LEAST, _RARE_SHARE * len(self._rows))
        for number, square in zip(numbers.tolist(), squares.tolist(), strict=True):
            rows = self._having.get(number)
            if rows is not None and len(rows) <= most:
                shared[np.frombuffer(rows, np.dtype(f"u{rows.itemsize}"))] += square
        return shared

    def _squares(self, numbers: Numbers) -> Floats:
        """The squared rarity (inverse document frequency) of each word."""
        rarity = np.log((len(self._rows) + self._usual_letters + 1) / (self._counts[numbers % _BUCKETS] + 0.5))
        return np.asarray(np.maximum(rarity, 0.0) ** 2, np.float64)

    def _compare(self, new: Known, squares: Floats, other: Known, meaning: float) -> Evidence:
        here, there = _common(new.words.numbers, other.words.numbers)
        named = np.maximum(new.words.naming[here], other.words.naming[there])
        whole = float(np.sqrt(squares.sum() * self._squares(other.words.numbers).sum())) or 1.0
        words, spots, units = np.sqrt(np.bincount(named, squares[here], len(Naming)) / whole).tolist()
        return Evidence(
            spots,
            units,
            words,
            10 * meaning,
            *_place(new.areas, other.areas),
            _same_field(new.field, other.field),
            log1p(abs((new.day - other.day).days) / _DAYS_OF_A_MONTH),
            float(not new.provisions.isdisjoint(other.provisions)),
        )


def known(number: int, text: str, vector: Vector, areas: Iterable[str], field: str | None, provisions: Iterable[str], day: date) -> Known:
    """What comparing needs of a submission; `vector` has length 1 and is that of a question (`encode_queries`)."""
    return Known(number, vector, words_of(text), frozenset(areas), field, frozenset(provisions), day)


def _highest(values: npt.NDArray[np.floating[Any]], most: int) -> list[int]:
    """The places of the highest values, the highest first, equal ones by place."""
    if len(values) > most:
        least = np.partition(values, -most)[-most]
        places = np.concatenate([np.flatnonzero(values > least), np.flatnonzero(values == least)])[:most]
    else:
        places = np.arange(len(values))
    return [int(place) for place in places[np.argsort(-values[places], kind="stable")]]


def _common(some: Numbers, others: Numbers) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """Where each common number stands in the one and in the other, which is not empty; both rise. Far quicker than intersect1d."""
    there = np.minimum(np.searchsorted(others, some), len(others) - 1)
    here = np.flatnonzero(others[there] == some)
    return here, there[here]


def _place(some: frozenset[str], others: frozenset[str]) -> tuple[float, float]:
    """How far they may be one place, and whether they cannot be; the smallest level that both name decides, and a missing place nothing."""
    for level, worth in _PLACE_WORTH:
        one, other = ({key for key in areas if key.startswith(level)} for areas in (some, others))
        if one and other:
            return (worth, 0.0) if one & other else (0.0, 1.0)
    return 0.0, 0.0


def _same_field(one: str | None, other: str | None) -> float:
    if one is None or other is None:
        return 0.0
    return 0.5 if one == other else -0.5


def _why(evidence: Evidence) -> tuple[str, ...]:
    """The reasons to name, as far as there are any."""
    wording = (evidence.spots**2 + evidence.units**2 + evidence.words**2) ** 0.5
    reasons = {
        "text": wording >= _TELLING_WORDS or evidence.meaning >= 10 * _TELLING_MEANING,
        "place": evidence.same_place > 0 or max(evidence.spots, evidence.units) >= _TELLING_NAMES,
        "time": evidence.apart <= log1p(_NEAR_DAYS / _DAYS_OF_A_MONTH),
        "provision": evidence.provision > 0,
    }
    return tuple(reason for reason, holds in reasons.items() if holds)
