"""Whether a question is of the kind that the corpus answers, by its words and its meaning, before anything is searched.

An article can lie near a question that it does not answer: the criminal code beside a traffic fine, the labour code beside the
labour law of another country. A linear model tells such questions from those that the project wrote for its law and its guides;
its weights are made by `fitted_scope` (eval/calibration.py). Beside the model stand the questions themselves: what lies nearer to one
that was declined than to any that has an answer is better declined too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from math import sqrt
from pathlib import Path
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from embeddings.lexical import term_numbers
from embeddings.retrieve import Hit, PreparedQuestion

Floats = npt.NDArray[np.float32]

BUCKETS = 8192
_FILE = "scope.npz"
_PARTS = ("words", "meaning", "constant")
# Of a whole number of eight bits.
_MOST_WHOLE = 127


@dataclass(frozen=True, slots=True)
class ScopeWeights:
    """A linear model: `words` of shape (BUCKETS,), `meaning` (384,) or (0,), `constant` ()."""

    words: Floats
    meaning: Floats
    constant: Floats

    @classmethod
    def of(cls, stored: Mapping[str, npt.NDArray[Any]], name: str) -> Self:
        """The model that `named` gave under this name."""
        return cls(*(np.asarray(stored[f"{name}_{part}"], np.float32) for part in _PARTS))

    def named(self, name: str) -> dict[str, Any]:
        """The parts as arrays of half precision, to be stored under this name."""
        return {f"{name}_{part}": getattr(self, part).astype(np.float16) for part in _PARTS}

    def log_odds(self, question: PreparedQuestion) -> float:
        """Above 0 where the question is rather of the kind that the corpus answers."""
        buckets = buckets_of(question.question)
        score = self.constant + self.words[buckets].sum() * share_of(buckets)
        return float(score if not len(self.meaning) or question.meaning is None else score + self.meaning @ question.meaning)


@dataclass(frozen=True, slots=True)
class Precedents:
    """Questions that were judged before: their unit vectors of shape (n, dimension), and which were declined."""

    vectors: Floats
    declined: npt.NDArray[np.bool_]

    @classmethod
    def of(cls, meanings: Sequence[Floats], declined: Sequence[bool]) -> Self:
        """The precedents of these unit vectors."""
        return cls(np.stack(meanings) if len(meanings) else np.zeros((0, 0), np.float32), np.array(declined, np.bool_))

    @classmethod
    def none(cls) -> Self:
        """Nothing was judged yet."""
        return cls.of((), ())

    def contrast(self, sought: Floats | None, answered: float, besides: npt.NDArray[np.bool_] | None = None) -> float:
        """How much nearer (cosine) the question lies to one that was declined than to any with an answer; 0 where nothing is known.

        `answered`: how near it lies to a question written for the corpus. `besides`: precedents that do not count.
        """
        if sought is None or self.vectors.shape[1:] != sought.shape or not answered:
            return 0.0
        near = self.vectors @ sought
        counted = np.ones(len(near), np.bool_) if besides is None else ~besides
        declined, alike = near[counted & self.declined], near[counted & ~self.declined]
        if not len(declined):
            return 0.0
        return float(declined.max() - max(answered, float(alike.max(initial=-1.0))))


class Scope:
    """Knows the questions of some law and of the guides. One model with the meaning of the question, one for want of an encoder."""

    def __init__(
        self, documents: Iterable[str], with_meaning: ScopeWeights, by_words: ScopeWeights, precedents: Precedents | None = None
    ) -> None:
        self.with_meaning, self.by_words, self.precedents = with_meaning, by_words, precedents or Precedents.none()
        self._documents = frozenset(documents)

    @classmethod
    def load(cls, folder: Traversable | None = None) -> Self:
        """The scope that was saved in `folder`, else the one shipped with the project."""
        with ((folder or files("assistant") / "answering" / "data") / _FILE).open("rb") as file, np.load(file) as stored:
            documents = str(stored["documents"]).split("\n")
            precedents = Precedents(stored["precedents"].astype(np.float32) / np.float32(stored["scale"]), stored["declined"])
            return cls(documents, ScopeWeights.of(stored, "with"), ScopeWeights.of(stored, "by_words"), precedents)

    def save(self, folder: Path) -> None:
        """Writes both models to the file in `folder` that `load` reads; log-odds are kept to about three digits."""
        documents = np.array("\n".join(sorted(self._documents)))
        scale = _MOST_WHOLE / float(np.abs(self.precedents.vectors).max(initial=1e-6))
        known: dict[str, Any] = {
            "precedents": np.round(self.precedents.vectors * scale).astype(np.int8),
            "scale": np.float32(scale),
            "declined": self.precedents.declined,
        }
        models = {**self.with_meaning.named("with"), **self.by_words.named("by_words")}
        np.savez_compressed(folder / _FILE, documents=documents, **models, **known)

    def speaks_of(self, hit: Hit) -> bool:
        """Whether the hit is a guide, or of law whose questions the models learned; of other law they know nothing."""
        document, article, _ = hit.group.partition("@")
        return not article or document in self._documents

    def log_odds(self, question: PreparedQuestion) -> float:
        """Above 0 where the question is rather of the kind that this law or a guide answers."""
        by_words = question.meaning is None or len(question.meaning) != len(self.with_meaning.meaning)
        return (self.by_words if by_words else self.with_meaning).log_odds(question)

    def contrast(self, question: PreparedQuestion, answered: float) -> float:
        """See `Precedents.contrast`."""
        return self.precedents.contrast(question.sought, answered)


def buckets_of(text: str) -> npt.NDArray[np.intp]:
    """The distinct buckets of the syllables of `text`, without marks, and of their bigrams, ascending."""
    (numbers,) = term_numbers([text])
    return np.array(sorted({number % BUCKETS for number in numbers}), np.intp)


def share_of(buckets: npt.NDArray[np.intp]) -> float:
    """What each bucket weighs: long texts have many, so each counts less."""
    return 1 / sqrt(len(buckets) + 1)
