"""What kind of message a text is: a linear model over its meaning, its words and a few cues, with calibrated probabilities.

The weights come from `eval/router.py`, trained on messages that the project wrote (eval/data/router-train.jsonl).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import blake2b
from importlib.resources import files
from importlib.resources.abc import Traversable
from itertools import pairwise
from math import log1p, sqrt
from pathlib import Path
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from assistant.understanding.danger import is_danger_told, is_life_at_stake, is_somebody_beaten
from assistant.understanding.routes import Route, Routed
from corpus.citations import names_articles
from corpus.tables import read_table
from corpus.text import fold
from embeddings.language import Language, language_of

Floats = npt.NDArray[np.float32]

ROUTES = tuple(Route)
# Routes that must not be passed over in silence.
REVIEWED = (Route.EMERGENCY, Route.DENUNCIATION)
BUCKETS = 8192
# In characters. Of a long story the beginning tells the matter and the end the wish; the middle costs time and adds nothing.
_HEAD, _TAIL = 1000, 500
_LONGEST_PHRASE = 4
_CANDIDATES = 3
_MATRICES = ("cues", "words", "meaning", "bias")
_WORD = re.compile(r"[a-z0-9]+")


def resource(name: str) -> Traversable:
    """A file of the router's data folder."""
    return files("assistant") / "understanding" / "data" / name


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Cues by which wishes show: phrases (words in a row) and patterns, each with the number of its cue."""

    names: tuple[str, ...]
    phrases: dict[str, tuple[int, ...]]
    patterns: tuple[tuple[int, re.Pattern[str]], ...]

    @classmethod
    def load(cls) -> Lexicon:
        """The cues shipped with the project."""
        cues = read_table("assistant.understanding", "router-lexicon.yaml")["cues"]
        phrases: dict[str, tuple[int, ...]] = {}
        for number, cue in enumerate(cues):
            for phrase in filter(None, map(str.strip, cue.get("phrases", "").split(","))):
                phrases[phrase] = (*phrases.get(phrase, ()), number)
        patterns = tuple((number, re.compile(cue["pattern"])) for number, cue in enumerate(cues) if "pattern" in cue)
        return cls(tuple(cue["name"] for cue in cues), phrases, patterns)

    def found(self, folded: str, words: list[str]) -> Floats:
        """For each cue how much of it is in the text: log(1 + times)."""
        times = [0] * len(self.names)
        for length in range(1, _LONGEST_PHRASE + 1):
            for start in range(len(words) - length + 1):
                for number in self.phrases.get(" ".join(words[start : start + length]), ()):
                    times[number] += 1
        for number, pattern in self.patterns:
            times[number] += pattern.search(folded) is not None
        return np.array([log1p(count) for count in times], np.float32)


@dataclass(frozen=True, slots=True)
class Seen:
    """What the model sees of a text apart from its meaning: cues and facts, and the buckets of its words and pairs of words."""

    cues: Floats
    buckets: npt.NDArray[np.intp]

    @property
    def share(self) -> float:
        """What each bucket weighs: long texts have many, so each counts less."""
        return 1 / sqrt(len(self.buckets) + 1)


def seen_in(text: str, lexicon: Lexicon) -> Seen:
    """What there is to see in `text`, with or without marks."""
    if len(text) > _HEAD + _TAIL:
        text = f"{text[:_HEAD]} {text[-_TAIL:]}"
    folded = fold(text)
    words = _WORD.findall(folded)
    facts = np.array(
        [
            log1p(len(words)) - 2.5,
            "?" in text,
            names_articles(text),
            language_of(text) is Language.ENGLISH,
            any(word.isdigit() for word in words),
        ],
        np.float32,
    )
    return Seen(np.concatenate([facts, lexicon.found(folded, words)]), _buckets(words))


def _buckets(words: list[str]) -> npt.NDArray[np.intp]:
    """The distinct buckets of words and of neighbours, the border of the text included."""
    bordered = ["^", *words, "$"]
    grams = {*words, *(f"{first} {second}" for first, second in pairwise(bordered))}
    return np.array(sorted({_bucket(gram) for gram in grams}), np.intp)


def _bucket(gram: str) -> int:
    return int.from_bytes(blake2b(gram.encode(), digest_size=4).digest(), "little") % BUCKETS


@dataclass(frozen=True, slots=True)
class Weights:
    """A linear model: `cues` of shape (routes, cues), `words` (routes, buckets), `meaning` (routes, 384 or 0), `bias` (routes).

    Scores divided by `temperature` give calibrated probabilities. Below `sure` the router abstains; a route of `REVIEWED` is
    flagged from its number in `flag` on.
    """

    cues: Floats
    words: Floats
    meaning: Floats
    bias: Floats
    temperature: float = 1.0
    sure: float = 0.0
    flag: tuple[float, ...] = (1.0, 1.0)

    @classmethod
    def of(cls, stored: Mapping[str, npt.NDArray[np.float32]], name: str) -> Self:
        """The model that `named` gave under this name."""
        cues, words, meaning, bias = (np.asarray(stored[f"{name}_{part}"], np.float32) for part in _MATRICES)
        temperature, sure, *flag = map(float, stored[f"{name}_limits"])
        return cls(cues, words, meaning, bias, temperature, sure, tuple(flag))

    def named(self, name: str) -> dict[str, Any]:
        """The parts of the model as arrays of half precision (limits in full), to be stored under this name."""
        arrays = {f"{name}_{part}": getattr(self, part).astype(np.float16) for part in _MATRICES}
        return {**arrays, f"{name}_limits": np.array([self.temperature, self.sure, *self.flag])}

    def scores(self, seen: Seen, meaning: Floats | None) -> Floats:
        """One score a route, in the order of `ROUTES`."""
        scores = self.bias + self.cues @ seen.cues + self.words[:, seen.buckets].sum(axis=1) * seen.share
        return np.asarray(scores if meaning is None else scores + self.meaning @ meaning, np.float32)

    def probabilities(self, seen: Seen, meaning: Floats | None) -> Floats:
        """Calibrated probabilities in the order of `ROUTES`; their sum is 1."""
        return softmax(self.scores(seen, meaning) / self.temperature)


def softmax(scores: Floats) -> Floats:
    """Probabilities from scores, along the last axis."""
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=-1, keepdims=True), np.float32)


class Router:
    """Says what kind of message a text is. Two models: one with the meaning of the text, one for when there is no encoder."""

    def __init__(self, lexicon: Lexicon, with_meaning: Weights, without: Weights) -> None:
        self._lexicon, self._with_meaning, self._without = lexicon, with_meaning, without

    @classmethod
    def load(cls) -> Self:
        """The router shipped with the project."""
        with resource("router.npz").open("rb") as file, np.load(file) as stored:
            return cls(Lexicon.load(), Weights.of(stored, "with"), Weights.of(stored, "without"))

    def route(self, text: str, meaning: Floats | None) -> Routed:
        """What `text`, its marks restored as far as possible, is; `meaning` is its unit vector as a question.

        The weights are for the bundled encoder: vectors of another length say nothing to them and are left out.
        """
        if meaning is not None and len(meaning) != self._with_meaning.meaning.shape[-1]:
            meaning = None
        weights = self._without if meaning is None else self._with_meaning
        probabilities = weights.probabilities(seen_in(text, self._lexicon), meaning)
        return _with_danger(judged(probabilities, weights), text, float(probabilities[ROUTES.index(Route.EMERGENCY)]))

    def save(self, path: Path) -> None:
        """Writes the weights of both models to one file; scores are kept to about three digits."""
        np.savez(path, **self._with_meaning.named("with"), **self._without.named("without"))


def judged(probabilities: Floats, weights: Weights) -> Routed:
    """The verdict on a message of these probabilities (in the order of `ROUTES`): a route, or none; flags for review."""
    best = sorted(range(len(ROUTES)), key=lambda number: (-probabilities[number], number))[:_CANDIDATES]
    candidates = tuple((ROUTES[number], float(probabilities[number])) for number in best)
    route, confidence = candidates[0]
    sure = route if confidence >= weights.sure else None
    by_route = dict(zip(ROUTES, probabilities, strict=True))
    review = tuple(one for one, least in zip(REVIEWED, weights.flag, strict=True) if one is not sure and by_route[one] >= least)
    return Routed(sure, confidence, candidates, review)


def _with_danger(routed: Routed, text: str, probability: float) -> Routed:
    """`routed` with the flag of an emergency only where danger is told: the weights flag whatever they have seldom seen."""
    if routed.route is Route.EMERGENCY:
        return routed
    if is_life_at_stake(text):
        rest = tuple(one for one in routed.review if one is not Route.EMERGENCY)
        return Routed(Route.EMERGENCY, 1.0, ((Route.EMERGENCY, 1.0), *routed.candidates[: _CANDIDATES - 1]), rest)
    told = is_somebody_beaten(text) or (Route.EMERGENCY in routed.review and is_danger_told(text, probability))
    others = tuple(one for one in routed.review if one is not Route.EMERGENCY)
    return replace(routed, review=(Route.EMERGENCY, *others) if told else others)
