"""Fitting the models that decide whether a question is answered (assistant/answering/confidence.py).

For law with everyday questions: the project's own development questions, answerable and not. For law without: questions of
retrieval sets, once with the whole set at hand and once with the documents that answer them taken away.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.answering.confidence import FEATURES, LinearModel, features
from embeddings.retrieve import Retriever
from embeddings.vector_index import SearchFilter
from eval.sets import AnswerQuestion, RetrievalSet

# Inverse strength of the penalty on weights: few hundred rows, so a strong one.
_INVERSE_PENALTY = 0.5
_DEPTH = 10


@dataclass(frozen=True, slots=True)
class Example:
    """What the model sees of a question, and whether something answers it."""

    features: tuple[float, ...]
    answerable: bool


def examples_of_answers(questions: Sequence[AnswerQuestion], retriever: Retriever, where: SearchFilter) -> list[Example]:
    """One example a question that finds anything."""
    found = ((question, retriever.prepare(question.text)) for question in questions)
    searched = ((question, prepared, retriever.search(prepared, k=_DEPTH, where=where)) for question, prepared in found)
    return [Example(features(prepared, hits), question.answerable) for question, prepared, hits in searched if hits]


def examples_of_set(texts: RetrievalSet, retriever: Retriever) -> Iterator[Example]:
    """Two examples a question with gold: all documents at hand, and those that answer it taken away."""
    law_of = {article.id: article.law_id for article in texts.articles}
    for question in texts.questions:
        gold = {law_of[article] for article in texts.gold.get(question.id, ())}
        if not gold:
            continue
        others = tuple(sorted(set(law_of.values()) - gold))
        prepared = retriever.prepare(question.text)
        for where, answerable in ((SearchFilter(), True), (SearchFilter(documents=others), False)):
            hits = retriever.search(prepared, k=_DEPTH, where=where)
            if hits:
                yield Example(features(prepared, hits), answerable)


def fitted(examples: Sequence[Example], threshold: float) -> LinearModel:
    """Logistic regression on standardised features, folded back to the plain ones; classes weigh the same."""
    import numpy as np
    from sklearn.linear_model import LogisticRegression

    rows = np.array([example.features for example in examples])
    labels = np.array([example.answerable for example in examples])
    mean, deviation = rows.mean(axis=0), np.where(rows.std(axis=0) > 0, rows.std(axis=0), 1.0)
    model = LogisticRegression(C=_INVERSE_PENALTY, class_weight="balanced").fit((rows - mean) / deviation, labels)
    weights = model.coef_[0] / deviation
    return LinearModel(
        tuple(round(float(weight), 4) for weight in weights), round(float(model.intercept_[0] - weights @ mean), 4), threshold
    )


def judged(model: LinearModel, examples: Sequence[Example]) -> str:
    """How the model does at several thresholds, as lines of a table."""
    answerable = [model.probability(example.features) for example in examples if example.answerable]
    others = [model.probability(example.features) for example in examples if not example.answerable]
    lines = [f"weights {dict(zip(FEATURES, model.weights, strict=True))} constant {model.constant}", "threshold  answered  refused"]
    for threshold in (0.2, 0.3, 0.35, 0.4, 0.5, 0.6, 0.7):
        answered = sum(p >= threshold for p in answerable) / max(1, len(answerable))
        refused = sum(p < threshold for p in others) / max(1, len(others))
        lines.append(f"{threshold:9.2f}  {answered:8.3f}  {refused:7.3f}")
    return "\n".join(lines)
