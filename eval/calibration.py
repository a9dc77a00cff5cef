"""Fitting the models that decide whether a question is answered (assistant/answering/confidence.py and scope.py).

Evidence of a search, for law with everyday questions: the project's own questions for training, answerable and not; for law
without: questions of retrieval sets, once with the whole set at hand and once with the documents that answer them taken away.
Scope: questions written for the corpus against those that it must decline. The judge over both: questions for training and those
written for other law, each with the scope of a model that never saw its family, so that it learns how far to trust one on what is new.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from assistant.answering.confidence import FEATURES, JUDGED_FEATURES, LinearModel, features, judged_features, nearest_written
from assistant.answering.scope import BUCKETS, Precedents, Scope, ScopeWeights, buckets_of, share_of
from assistant.answering.understand import Wording, cleaned
from assistant.understanding.routes import Route
from corpus.questions import everyday_questions
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
_SCOPE_INVERSE_PENALTY = 0.1
_MEANING_SCALE = 3.0
_LOOK_ALIKE_WEIGHT = 25.0
# What is declined of set purpose counts in the scope beside a question written for other law, of which some the codes answer too.
_DECLINED_WEIGHT = 20.0
# What a question counts for the judge: everyday-dev as it is; near misses are rarer than they should be, and the most come from two sets.
_JUDGED_SETS = {"refusals-train": 3.0, "short-train": 1.0, "lay-train": 0.3}
_OTHER_LAW_WEIGHT = 0.05
# Much of these laws is worded like the codes of procedure, so that a question which names no case is answered by both.
_LIKE_THE_CODES = frozenset({"93/2015/QH13", "58/2020/QH14"})
_FOLDS = 6
_THRESHOLDS = (0.2, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7)


@dataclass(frozen=True, slots=True)
class Example:
    """What the model sees of a question, and whether something answers it."""

    features: tuple[float, ...]
    answerable: bool
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Asked:
    """A question ready to search, whether something answers it, and its family: questions of one wording or matter.

    `weight`: what it counts for the judge; `is_of_other_law`: written for law that is not of the corpus.
    """

    question: PreparedQuestion
    answerable: bool
    family: str
    weight: float = 1.0
    is_of_other_law: bool = False


def examples_to_train(folder: Path, retriever: Retriever, where: SearchFilter) -> list[Example]:
    """Examples of the development questions and of the sets for training, with their weights. Raises `SetFileMissing`."""
    return [
        replace(example, weight=weight)
        for name, weight in {"everyday-dev": 1.0, **_JUDGED_SETS}.items()
        for example in examples_of_answers(read_answer_questions(folder / f"{name}.jsonl"), retriever, where)
    ]


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
    prepare = as_asked(retriever)
    inside, law = [prepare(text) for text in written], frozenset(documents)
    judged_sets = [_asked(folder / f"{name}.jsonl", prepare, weight) for name, weight in _JUDGED_SETS.items()]
    train = [*(one for asked in judged_sets for one in asked), *of_other_law(law, prepare)]
    dev = _asked(folder / "everyday-dev.jsonl", prepare, 1.0)
    messages = [message for message in read_messages(folder / "router-train.jsonl") if message.route is Route.OUT_OF_SCOPE]
    strange = [Asked(prepare(message.text), False, message.family) for message in messages]
    scope = fitted_scope(inside, [*train, *strange], law)
    lines: list[str] = []
    by_words = ("JUDGED_BY_WORDS", retriever.by_words(), scope.by_words, list[Asked]())
    for name, searcher, weights, known in (("JUDGED", retriever, scope.with_meaning, [*train, *strange]), by_words):
        log_odds = held_out_scope(inside, train, strange, by_words=weights is scope.by_words)
        log_odds += [weights.log_odds(one.question) for one in dev]
        asked = [*train, *dev] if known else [_by_words(one) for one in (*train, *dev)]
        examples = judged_examples(asked, log_odds, known, searcher, where)
        lines += [f"{name}, on families not seen and everyday-dev:", judged(fitted(examples, 0.5), examples)]
    return scope, "\n".join(lines)


def _by_words(one: Asked) -> Asked:
    return replace(one, question=replace(one.question, meaning=None, sought=None))


def of_other_law(documents: Collection[str], prepare: Callable[[str], PreparedQuestion]) -> list[Asked]:
    """The everyday questions written for other law than `documents`: to be declined while it is not at hand; a law is a family."""
    others = [one for questions in everyday_questions().values() for one in questions if one.document not in documents]
    others = [one for one in others if one.document not in _LIKE_THE_CODES]
    return [Asked(prepare(one.question), False, one.document, _OTHER_LAW_WEIGHT, is_of_other_law=True) for one in others]


def as_asked(retriever: Retriever) -> Callable[[str], PreparedQuestion]:
    """How a text comes to be searched for in the product: cleaned, spelled out, with marks."""
    wording = Wording.load()
    return lambda text: retriever.prepare(wording.spelled_out(cleaned(text)))


def _asked(path: Path, prepare: Callable[[str], PreparedQuestion], weight: float) -> list[Asked]:
    family = families(path)
    return [Asked(prepare(one.text), one.answerable, family[one.id], weight) for one in read_answer_questions(path)]


def fitted_scope(inside: Sequence[PreparedQuestion], asked: Sequence[Asked], documents: Iterable[str]) -> Scope:
    """A scope from `inside`, questions written for the law of `documents` and for guides, and from others, answerable or not."""
    questions = [*inside, *(one.question for one in asked)]
    labels = np.array([True] * len(inside) + [one.answerable for one in asked])
    importance = np.array([1.0] * len(inside) + [_importance(one) for one in asked])
    # What must be declined counts as much as what was written for the corpus, however few of it there are.
    importance[~labels] *= len(inside) / max(1.0, importance[~labels].sum())
    with_meaning = _scope_weights(questions, labels, importance, with_meaning=True)
    by_words = _scope_weights(questions, labels, importance, with_meaning=False)
    return Scope(documents, with_meaning, by_words, precedents_of(asked))


def _importance(one: Asked) -> float:
    if one.answerable:
        return _LOOK_ALIKE_WEIGHT
    return 1.0 if one.is_of_other_law else _DECLINED_WEIGHT


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
    families = np.array([one.family for one in known if _is_precedent(one)])
    examples = []
    for one, log_odds in zip(asked, scope, strict=True):
        hits = retriever.search(one.question, k=_DEPTH, where=where)
        if hits:
            contrast = precedents.contrast(one.question.sought, nearest_written(hits), families == one.family)
            examples.append(Example(judged_features(one.question, hits, log_odds, contrast), one.answerable, one.weight))
    return examples


def precedents_of(asked: Sequence[Asked]) -> Precedents:
    """Those of `asked` that have a vector; what was written for other law is often answered by the codes too, so it sets none."""
    known = [one for one in asked if _is_precedent(one)]
    return Precedents.of([one.question.sought for one in known if one.question.sought is not None], [not one.answerable for one in known])


def _is_precedent(one: Asked) -> bool:
    return one.question.sought is not None and not one.is_of_other_law


def fitted(examples: Sequence[Example], threshold: float) -> LinearModel:
    """Logistic regression on standardised features, folded back to the plain ones; classes weigh the same."""
    from sklearn.linear_model import LogisticRegression

    rows = np.array([example.features for example in examples])
    labels = np.array([example.answerable for example in examples])
    mean, deviation = rows.mean(axis=0), np.where(rows.std(axis=0) > 0, rows.std(axis=0), 1.0)
    weights_of = np.array([example.weight for example in examples])
    for side in (labels, ~labels):
        weights_of[side] *= len(labels) / 2 / max(weights_of[side].sum(), 1e-9)
    model = LogisticRegression(C=_INVERSE_PENALTY).fit((rows - mean) / deviation, labels, weights_of)
    weights = model.coef_[0] / deviation
    return LinearModel(
        tuple(round(float(weight), 4) for weight in weights), round(float(model.intercept_[0] - weights @ mean), 4), threshold
    )


def judged(model: LinearModel, examples: Sequence[Example]) -> str:
    """How the model does at several thresholds, as lines of a table."""
    answerable = [(model.probability(example.features), example.weight) for example in examples if example.answerable]
    others = [(model.probability(example.features), example.weight) for example in examples if not example.answerable]
    names = JUDGED_FEATURES if len(model.weights) == len(JUDGED_FEATURES) else FEATURES
    lines = [f"weights {dict(zip(names, model.weights, strict=True))} constant {model.constant}", "threshold  answered  refused"]
    for threshold in _THRESHOLDS:
        answered = sum(weight * (p >= threshold) for p, weight in answerable) / max(1, sum(weight for _, weight in answerable))
        refused = sum(weight * (p < threshold) for p, weight in others) / max(1, sum(weight for _, weight in others))
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
