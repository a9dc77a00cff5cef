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
# In a few words a question shows little evidence and looks unlike those of the corpus, so its length counts too.
JUDGED_FEATURES = ("evidence", "scope", "log_terms", "contrast")
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
WITH_QUESTIONS = LinearModel((2.768, 80.5421, 0.0163, 0.0413, 2.4577, 2.7553), -77.9428, 0.4)
# Law for which nobody has written questions yet.
WITHOUT_QUESTIONS = LinearModel((41.6997, 0.0, 0.0393, -2.6294, 0.0, 3.6385), -34.1038, 0.3)
# Before vectors are there, or where the encoder is switched off.
BY_WORDS = LinearModel((0.0, 0.0, 0.06, -0.5333, 1.057, 9.6473), -11.2614, 0.4)
# Over `JUDGED_FEATURES`, where the scope speaks of the best hit.
JUDGED = LinearModel((0.4637, 0.5199, -0.7294, -44.1437), 1.3773, 0.6)
JUDGED_BY_WORDS = LinearModel((0.648, 0.8735, -0.8366, 0.0), 1.9136, 0.5)
_SURER = 0.6


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


def judged_features(prepared: PreparedQuestion, hits: Sequence[Hit], scope: Scope) -> tuple[float, ...]:
    """What a judge sees of a search that found something, in the order of `JUDGED_FEATURES`."""
    return (evidence(prepared, hits), scope.log_odds(prepared), log_terms(prepared), scope.contrast(prepared, nearest_written(hits)))


def evidence(prepared: PreparedQuestion, hits: Sequence[Hit]) -> float:
    """The log-odds, by the search alone, that the best of `hits` (not empty) answers: of the model that is surest."""
    seen = features(prepared, hits)
    return max(model.log_odds(seen) for model, _ in _models(hits))


def is_by_words(hits: Sequence[Hit]) -> bool:
    """Whether nothing was found by meaning."""
    return all(hit.dense == 0 for hit in hits)


def confidence(prepared: PreparedQuestion, hits: Sequence[Hit], scope: Scope | None = None) -> float:
    """The probability that the best of `hits` answers; 0 where there are none."""
    if not hits:
        return 0.0
    if scope and scope.speaks_of(hits[0]):
        return _judge(hits).probability(judged_features(prepared, hits, scope))
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
