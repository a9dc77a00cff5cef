"""Fitting the models that decide whether a question is answered (assistant/answering/confidence.py and scope.py).

Evidence of a search, for law with everyday questions: the project's own development questions, answerable and not; for law
without: questions of retrieval sets, once with the whole set at hand and once with the documents that answer them taken away.
Scope: questions written for the corpus against those that it must decline. The judge over both: questions of
`refusals-train.jsonl` and `short-train.jsonl`, each with the scope of a model that never saw its family, so that it learns how far to
trust one on what is new.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from assistant.answering.confidence import FEATURES, JUDGED_FEATURES, LinearModel, evidence, features, log_terms, nearest_written
from assistant.answering.scope import BUCKETS, Precedents, Scope, ScopeWeights, buckets_of, share_of
from assistant.answering.understand import Wording, cleaned
from assistant.understanding.routes import Route
from embeddings.retrieve import PreparedQuestion, Retriever
from embeddings.vector_index import SearchFilter
from eval.errors import SetFileMissing
from eval.router import read_messages
from eval.sets import AnswerQuestion, RetrievalSet, read_answer_questions

# Inverse strength of the penalty on weights: few hundred rows, so a strong one.
_INVERSE_PENALTY = 0.5
_DEPTH = 10
# Of the scope: the inverse strength of its penalty, that of words against that of meaning, and what an answerable look-alike of a
# question to be declined counts beside a question written for the corpus. Chosen by folds over refusals-train.jsonl.
_SCOPE_INVERSE_PENALTY = 0.3
_MEANING_SCALE = 3.0
_LOOK_ALIKE_WEIGHT = 25.0
_FOLDS = 6
_THRESHOLDS = (0.2, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7)


@dataclass(frozen=True, slots=True)
class Example:
    """What the model sees of a question, and whether something answers it."""

    features: tuple[float, ...]
    answerable: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """A question ready to search, whether something answers it, and its family: questions of one wording or matter."""

    question: PreparedQuestion
    answerable: bool
    family: str


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


def families(path: Path) -> dict[str, str]:
    """The family of each question of an answers file, by its id; a question without one is its own. Raises `SetFileMissing`."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise SetFileMissing(path) from error
    return {one["id"]: one.get("family", one["id"]) for one in map(json.loads, lines)}


def calibrated_scope(
    folder: Path, written: Iterable[str], documents: Iterable[str], retriever: Retriever, where: SearchFilter
) -> tuple[Scope, str]:
    """A scope from the questions `written` for the corpus and the sets in `folder`, and how the judges over it do, as tables.

    `retriever` searches the default corpus: where more law is at hand, more of the questions are answered than the sets say.
    Needs an encoder; takes minutes, since every question is encoded. Raises `SetFileMissing`.
    """
    prepare = _prepare(retriever)
    inside = [prepare(text) for text in written]
    refusals, short, dev = (_asked(folder / f"{name}.jsonl", prepare) for name in ("refusals-train", "short-train", "everyday-dev"))
    train = [*refusals, *short]
    messages = [message for message in read_messages(folder / "router-train.jsonl") if message.route is Route.OUT_OF_SCOPE]
    strange = [Asked(prepare(message.text), False, message.family) for message in messages]
    scope = fitted_scope(inside, [*train, *strange], documents)
    lines: list[str] = []
    by_words = ("JUDGED_BY_WORDS", retriever.by_words(), scope.by_words, list[Asked]())
    for name, searcher, weights, known in (("JUDGED", retriever, scope.with_meaning, [*train, *strange]), by_words):
        log_odds = held_out_scope(inside, train, strange, by_words=weights is scope.by_words)
        log_odds += [weights.log_odds(one.question) for one in dev]
        examples = judged_examples([*train, *dev], log_odds, known, searcher, where)
        lines += [f"{name}, on families not seen and everyday-dev:", judged(fitted(examples, 0.5), examples)]
    return scope, "\n".join(lines)


def _prepare(retriever: Retriever) -> Callable[[str], PreparedQuestion]:
    """How a text comes to the scope in the product."""
    wording = Wording.load()
    return lambda text: retriever.prepare(wording.spelled_out(cleaned(text)))


def _asked(path: Path, prepare: Callable[[str], PreparedQuestion]) -> list[Asked]:
    family = families(path)
    return [Asked(prepare(question.text), question.answerable, family[question.id]) for question in read_answer_questions(path)]


def fitted_scope(inside: Sequence[PreparedQuestion], asked: Sequence[Asked], documents: Iterable[str]) -> Scope:
    """A scope from `inside`, questions written for the law of `documents` and for guides, and from others, answerable or not."""
    questions = [*inside, *(one.question for one in asked)]
    labels = np.array([True] * len(inside) + [one.answerable for one in asked])
    importance = np.where(np.arange(len(labels)) < len(inside), 1.0, _LOOK_ALIKE_WEIGHT)
    # What must be declined counts as much as what was written for the corpus, however few of it there are.
    importance[~labels] = len(inside) / max(1, (~labels).sum())
    with_meaning = _scope_weights(questions, labels, importance, with_meaning=True)
    by_words = _scope_weights(questions, labels, importance, with_meaning=False)
    return Scope(documents, with_meaning, by_words, precedents_of(asked))


def held_out_scope(inside: Sequence[PreparedQuestion], asked: Sequence[Asked], always: Sequence[Asked], *, by_words: bool) -> list[float]:
    """The log-odds of each of `asked`, by a scope fitted without its family on `inside`, `always` and the rest."""
    from sklearn.model_selection import GroupKFold

    log_odds = [0.0] * len(asked)
    folds = GroupKFold(_FOLDS, shuffle=True, random_state=0)
    for fit, held in folds.split(log_odds, groups=[one.family for one in asked]):
        scope = fitted_scope(inside, [*always, *(asked[place] for place in fit)], ())
        for place in held:
            question = asked[place].question
            log_odds[place] = (scope.by_words if by_words else scope.with_meaning).log_odds(question)
    return log_odds


def judged_examples(
    asked: Sequence[Asked], scope: Sequence[float], known: Sequence[Asked], retriever: Retriever, where: SearchFilter
) -> list[Example]:
    """What the judge sees of questions that find anything. `scope`: the log-odds of each; `known`: precedents, but for its own family."""
    precedents = precedents_of(known)
    families = np.array([one.family for one in known if one.question.meaning is not None])
    examples = []
    for one, log_odds in zip(asked, scope, strict=True):
        hits = retriever.search(one.question, k=_DEPTH, where=where)
        if hits:
            contrast = precedents.contrast(one.question.meaning, nearest_written(hits), families == one.family)
            seen = (evidence(one.question, hits), log_odds, log_terms(one.question), contrast)
            examples.append(Example(seen, one.answerable))
    return examples


def precedents_of(asked: Sequence[Asked]) -> Precedents:
    """Those of `asked` that have a meaning."""
    known = [(one.question.meaning, not one.answerable) for one in asked if one.question.meaning is not None]
    return Precedents.of([meaning for meaning, _ in known], [declined for _, declined in known])


def fitted(examples: Sequence[Example], threshold: float) -> LinearModel:
    """Logistic regression on standardised features, folded back to the plain ones; classes weigh the same."""
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
    names = JUDGED_FEATURES if len(model.weights) == len(JUDGED_FEATURES) else FEATURES
    lines = [f"weights {dict(zip(names, model.weights, strict=True))} constant {model.constant}", "threshold  answered  refused"]
    for threshold in _THRESHOLDS:
        answered = sum(p >= threshold for p in answerable) / max(1, len(answerable))
        refused = sum(p < threshold for p in others) / max(1, len(others))
        lines.append(f"{threshold:9.2f}  {answered:8.3f}  {refused:7.3f}")
    return "\n".join(lines)


def _scope_weights(questions: Sequence[PreparedQuestion], labels: Any, importance: Any, *, with_meaning: bool) -> ScopeWeights:
    """Logistic regression over words, and over meaning if asked for; the scale is put into the weights."""
    from scipy import sparse  # type: ignore[import-untyped]
    from sklearn.linear_model import LogisticRegression

    rows, centre = _words(questions), np.zeros(0, np.float32)
    if with_meaning:
        meanings = np.stack([one.meaning for one in questions if one.meaning is not None])
        # Vectors of one encoder crowd around their mean; taken off here and put into the constant, it costs nothing later.
        centre = meanings.mean(axis=0)
        rows = sparse.hstack([rows, (meanings - centre) * _MEANING_SCALE]).tocsr()
    model = LogisticRegression(C=_SCOPE_INVERSE_PENALTY, max_iter=2000).fit(rows, labels, importance)
    words, meaning = np.split(np.asarray(model.coef_[0], np.float32), [BUCKETS])
    meaning = meaning * np.float32(_MEANING_SCALE)
    return ScopeWeights(words, meaning, np.asarray(model.intercept_[0] - meaning @ centre, np.float32))


def _words(questions: Sequence[PreparedQuestion]) -> Any:
    """The words of questions as a sparse matrix (scipy has no types) of shape (questions, BUCKETS)."""
    from scipy import sparse

    buckets = [buckets_of(one.question) for one in questions]
    shares = np.concatenate([np.full(len(one), share_of(one)) for one in buckets])
    ends = np.cumsum([0, *map(len, buckets)])
    return sparse.csr_matrix((shares, np.concatenate(buckets), ends), shape=(len(questions), BUCKETS))
