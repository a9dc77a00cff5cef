"""Whether what was found answers the question, or only lies near it.

A cosine alone cannot tell: those of the bundled encoder crowd between .78 and .93. Linear models over the scores of a search
give evidence; where the project wrote everyday questions, likeness to one of them is the strongest. With a `Scope`, the
question itself is weighed too: whether it is of the kind that this law answers. Constants: fitted by
`dienhong eval calibrate` (docs/measurements.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log

from assistant.answering.scope import Scope
from embeddings.language import Language
from embeddings.retrieve import Hit, PreparedQuestion

FEATURES = ("dense", "question", "lexical", "log_terms", "is_english", "score")
# In a few words a question shares little with anything and looks unlike those of the corpus, so its length counts too.
JUDGED_FEATURES = ("scope", "contrast", "dense", "words_shared", "log_terms", "is_english", "score")
# Log-odds beyond these are as good as certain, and their exponentials would overflow.
_MOST = 30.0


@dataclass(frozen=True, slots=True)
class LinearModel:
    """Weights in the order of its features, and the constant; a probability of at least `threshold` counts as answered."""

    weights: tuple[float, ...]
    constant: float
    threshold: float

    def log_odds(self, features: Sequence[float]) -> float:
        """That the best hit answers."""
        return self.constant + sum(weight * value for weight, value in zip(self.weights, features, strict=True))

    def probability(self, features: Sequence[float]) -> float:
        """That the best hit answers."""
        return 1 / (1 + exp(-min(_MOST, max(-_MOST, self.log_odds(features)))))


# Over `FEATURES`. Where a question written for the corpus is among what was found.
WITH_QUESTIONS = LinearModel((4.5125, 5.0001, 0.0534, 0.4283, 1.2957, 2.2451), -9.8905, 0.4)
# Law for which nobody has written questions yet.
WITHOUT_QUESTIONS = LinearModel((11.079, 0.0, 0.0347, -1.8062, 0.0, 3.2524), -4.319, 0.3)
# Before vectors are there, or where the encoder is switched off.
BY_WORDS = LinearModel((0.0, 0.0, 0.1042, -1.0615, 0.9642, 16.29), -18.5052, 0.4)
# Over `JUDGED_FEATURES`, where the scope speaks of the best hit.
JUDGED = LinearModel((0.6988, -8.7456, 1.338, 1.7781, 1.1823, 1.8531, 2.7884), -11.2553, 0.55)
JUDGED_BY_WORDS = LinearModel((1.355, 0.0, 0.0, 2.6291, 1.2439, 1.5295, 16.241), -26.9716, 0.5)
_SURER = 0.6
# Who asks nearly what was written for the best hit is answered, however strange the words are: of 590 questions of the training sets that
# must be declined none lies so near (cosine) to one that was written, of 3,992 written for other law .002.
_AS_WRITTEN = 0.75


def features(prepared: PreparedQuestion, hits: Sequence[Hit]) -> tuple[float, ...]:
    """What the models see of a search that found something, in the order of `FEATURES`."""
    return (
        hits[0].dense,
        nearest_written(hits),
        hits[0].lexical,
        log_terms(prepared),
        float(prepared.language is Language.ENGLISH),
        hits[0].score,
    )


def log_terms(prepared: PreparedQuestion) -> float:
    """How long a question is: the logarithm of the number of its distinct terms."""
    return log(max(1, len(prepared.words.indices)))


def nearest_written(hits: Sequence[Hit]) -> float:
    """How near (cosine) the question lies to one that was written for what was found; 0 where none was."""
    return max(hit.question for hit in hits)


def judged_features(prepared: PreparedQuestion, hits: Sequence[Hit], log_odds: float, contrast: float) -> tuple[float, ...]:
    """What a judge sees of a search that found something, in the order of `JUDGED_FEATURES`.

    `log_odds` and `contrast` are what a scope says of the question.
    """
    dense, _, lexical, terms, is_english, score = features(prepared, hits)
    return (log_odds, contrast, dense, lexical / exp(terms), terms, is_english, score)


def is_by_words(hits: Sequence[Hit]) -> bool:
    """Whether nothing was found by meaning."""
    return all(hit.dense == 0 for hit in hits)


def confidence(prepared: PreparedQuestion, hits: Sequence[Hit], scope: Scope | None = None) -> float:
    """The probability that the best of `hits` answers; 0 where there are none."""
    if not hits:
        return 0.0
    if scope and scope.speaks_of(hits[0]):
        said = scope.log_odds(prepared), scope.contrast(prepared, nearest_written(hits))
        judged = _judge(hits).probability(judged_features(prepared, hits, *said))
        return max(judged, WITH_QUESTIONS.probability(features(prepared, hits))) if hits[0].question >= _AS_WRITTEN else judged
    seen = features(prepared, hits)
    return max(model.probability(seen) for model, _ in _models(hits))


def is_answered(prepared: PreparedQuestion, hits: Sequence[Hit], scope: Scope | None = None) -> bool:
    """Whether the best hit is good enough to be shown as the answer; by the search alone, for any model that speaks of such hits."""
    if not hits:
        return False
    if scope and scope.speaks_of(hits[0]):
        return confidence(prepared, hits, scope) >= _judge(hits).threshold
    seen = features(prepared, hits)
    return any(model.probability(seen) >= threshold for model, threshold in _models(hits))


def _judge(hits: Sequence[Hit]) -> LinearModel:
    return JUDGED_BY_WORDS if is_by_words(hits) else JUDGED


def _models(hits: Sequence[Hit]) -> tuple[tuple[LinearModel, float], ...]:
    """The models that speak of such hits, each with its threshold."""
    if is_by_words(hits):
        return ((BY_WORDS, BY_WORDS.threshold),)
    if hits[0].question == 0:
        return ((WITHOUT_QUESTIONS, WITHOUT_QUESTIONS.threshold),)
    # Worded like the law itself, a question need not be like any that was written; then the other model must be surer.
    return ((WITH_QUESTIONS, WITH_QUESTIONS.threshold), (WITHOUT_QUESTIONS, _SURER))
