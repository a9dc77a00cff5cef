"""Whether what was found answers the question, or only lies near it.

A cosine alone cannot tell: those of the bundled encoder crowd between .78 and .93. Linear models over the scores of a search
do; where the project wrote everyday questions, likeness to one of them is the strongest sign. Constants: fitted by
`dienhong eval calibrate` (docs/measurements.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import exp, log

from embeddings.language import Language
from embeddings.retrieve import Hit, PreparedQuestion

FEATURES = ("dense", "question", "lexical", "log_terms", "is_english", "score")


@dataclass(frozen=True, slots=True)
class LinearModel:
    """Weights in the order of `FEATURES`, and the constant; a probability of at least `threshold` counts as answered."""

    weights: tuple[float, ...]
    constant: float
    threshold: float

    def probability(self, features: Sequence[float]) -> float:
        """That the best hit answers."""
        return 1 / (1 + exp(-self.constant - sum(w * x for w, x in zip(self.weights, features, strict=True))))


# Where a question written for the corpus is among what was found.
WITH_QUESTIONS = LinearModel((2.768, 80.5421, 0.0163, 0.0413, 2.4577, 2.7553), -77.9428, 0.4)
# Law for which nobody has written questions yet.
WITHOUT_QUESTIONS = LinearModel((41.6997, 0.0, 0.0393, -2.6294, 0.0, 3.6385), -34.1038, 0.3)
# Before vectors are there, or where the encoder is switched off.
BY_WORDS = LinearModel((0.0, 0.0, 0.06, -0.5333, 1.057, 9.6473), -11.2614, 0.4)
_SURER = 0.6


def features(prepared: PreparedQuestion, hits: Sequence[Hit]) -> tuple[float, ...]:
    """What the models see of a search that found something, in the order of `FEATURES`."""
    return (
        hits[0].dense,
        max(hit.question for hit in hits),
        hits[0].lexical,
        log(max(1, len(prepared.words.indices))),
        float(prepared.language is Language.ENGLISH),
        hits[0].score,
    )


def confidence(prepared: PreparedQuestion, hits: Sequence[Hit]) -> float:
    """The probability that the best of `hits` answers; 0 where there are none."""
    if not hits:
        return 0.0
    seen = features(prepared, hits)
    return max(model.probability(seen) for model in _models(hits))


def is_answered(prepared: PreparedQuestion, hits: Sequence[Hit]) -> bool:
    """Whether the best hit is good enough to be shown as the answer: for any model that speaks of such hits."""
    if not hits:
        return False
    seen = features(prepared, hits)
    return any(model.probability(seen) >= model.threshold for model in _models(hits))


def _models(hits: Sequence[Hit]) -> tuple[LinearModel, ...]:
    if all(hit.dense == 0 for hit in hits):
        return (BY_WORDS,)
    if hits[0].question == 0:
        return (WITHOUT_QUESTIONS,)
    # Worded like the law itself, a question need not be like any that was written; then the other model must be surer.
    return (WITH_QUESTIONS, replace(WITHOUT_QUESTIONS, threshold=_SURER))
