"""Training on what reviewers decided: the classifier is fitted to their labels, and takes over only where it is surely better.

What is sealed teaches nothing, so the classifier cannot learn here what a denunciation is: its weights for denunciations and emergencies
stay as they are, and with them what is sealed. The second opinion on fields and levels stays as well, and is heard on both sides of the
comparison.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from math import sqrt
from pathlib import Path

import numpy as np
import numpy.typing as npt
from sqlalchemy import Engine

from assistant.database import reading, writing
from assistant.feedback.audit import AuditTrail
from assistant.feedback.suggesting.classify import FIELDS, KINDS, LEVELS, ROWS, VALUES, Classifier, by_task
from assistant.feedback.suggesting.classify_files import keep, load_in_use
from assistant.feedback.suggesting.classify_reading import BUCKETS, Floats, seen_in
from assistant.feedback.suggesting.classify_weights import Weights
from assistant.feedback.suggesting.training_labels import Label, labels_of
from assistant.feedback.suggesting.tuned import Tuned
from assistant.feedback.types import Kind
from assistant.feedback.vault import Vault

TASKS = tuple(ROWS)
# Fewer decisions say too little of which classifier is better.
LEAST = 30
_FOLDS = 5
# Strength of each kind of feature, and of the weights that are there against the labels.
_COUNTS, _WORDS, _NEAR, _FAITH = 0.02, 0.24, 3.0, 4.0
# One-sided, at 5 of 100.
_SURE = 1.645
_VALUES: dict[str, tuple[str, ...]] = {"kind": KINDS, "field": FIELDS, "level": LEVELS}
_SYSTEM = "system"


class Outcome(StrEnum):
    """What came of it."""

    SWITCHED = "switched"
    NOT_BETTER = "not_better"
    TOO_FEW = "too_few"


@dataclass(frozen=True, slots=True)
class TrainingReport:
    """How both classifiers did on decisions that neither was fitted to.

    `labels`: submissions with a decision; `judged`: those of them that both were judged on. `in_use` and `trained`: for each task the
    share that was right first, None where nobody decided. `model`: the version that is in use from here on.
    """

    outcome: Outcome
    labels: int
    judged: int
    in_use: dict[str, float | None]
    trained: dict[str, float | None]
    model: str


@dataclass(frozen=True, slots=True)
class _Rows:
    """What there is to see of labelled submissions; `target` is 1 for what was decided, nan where nobody did."""

    counts: Floats
    words: Floats
    near: Floats
    scores: Floats
    target: Floats
    groups: npt.NDArray[np.int64]


def train(engine: Engine, vault: Vault, folder: Path, now: datetime, seed: int) -> TrainingReport:
    """Fits the shipped classifier to all decisions and keeps it in `folder` where it does better than the one in use.

    Who was fitted to a decision is not judged by it: decisions older than the classifier in use are left out, the rest is held out in
    turns, all submissions of one matter together. Services take the new one at their next start.
    """
    with reading(engine) as connection:
        labels = labels_of(connection, vault)
    used, shipped = load_in_use(folder), Classifier.load()
    fresh = [n for n, one in enumerate(labels) if used.trained_at is None or one.decided_at > used.trained_at]
    if len(fresh) < LEAST:
        return TrainingReport(Outcome.TOO_FEW, len(labels), len(fresh), _shares([]), _shares([]), used.classifier.version)
    rows, second = _rows(shipped, labels), _second(shipped.tuned, labels)
    theirs = rows.scores if used.trained_at is None else _rows(used.classifier, labels).scores
    both = (theirs, _held_out(shipped.weights, rows, seed))
    before, after = (_hits(_with(second, scores, shipped.tuned)[fresh], rows.target[fresh]) for scores in both)
    outcome, model = Outcome.NOT_BETTER, used.classifier.version
    if _is_better(before, after):
        trained = Classifier(shipped.lexicon, _fitted(shipped.weights, rows, np.arange(len(labels))), shipped.limits)
        keep(trained, shipped.version, folder, now)
        _write_down(engine, vault, trained.version, len(labels), now)
        outcome, model = Outcome.SWITCHED, trained.version
    return TrainingReport(outcome, len(labels), len(fresh), _shares(before), _shares(after), model)


def _write_down(engine: Engine, vault: Vault, version: str, labels: int, now: datetime) -> None:
    with writing(engine) as connection:
        AuditTrail(vault).add(connection, _SYSTEM, "classifier_trained", f"classifier:{version}", now, {"labels": labels})


def _rows(classifier: Classifier, labels: Sequence[Label]) -> _Rows:
    weights = classifier.weights
    seen = [seen_in(one.text, classifier.lexicon) for one in labels]
    meanings = [np.asarray(one.meaning if len(one.meaning) == len(weights.centre) else weights.centre * 0, np.float32) for one in labels]
    words = np.zeros((len(labels), BUCKETS), np.float32)
    for row, one in zip(words, seen, strict=True):
        row[one.buckets] = one.share
    return _Rows(
        counts=np.stack([one.counts for one in seen]),
        words=words,
        near=np.stack([weights.nearness(one) for one in meanings]),
        scores=np.stack([weights.scores(*one) for one in zip(seen, meanings, strict=True)]),
        target=np.stack([_target(one) for one in labels]),
        groups=np.array([one.matter for one in labels]),
    )


def _second(tuned: Tuned | None, labels: Sequence[Label]) -> Floats:
    """The scores of the second opinion; nan where it is not heard."""
    second = np.full((len(labels), VALUES), np.nan, np.float32)
    asked = [number for number, one in enumerate(labels) if np.any(one.meaning)]
    scores = tuned.scores([labels[number].text for number in asked]) if tuned and asked else None
    if scores is not None:
        second[asked] = scores
    return second


def _with(second: Floats, scores: Floats, tuned: Tuned | None) -> Floats:
    """The scores as a classifier compares them: with the second opinion where that is heard."""
    if tuned is None:
        return scores
    both = tuned.combined(by_task(scores), by_task(second))
    return np.where(np.isnan(second), scores, np.concatenate([both[task] for task in ROWS], axis=1))


def _target(label: Label) -> Floats:
    target = np.full(VALUES, np.nan, np.float32)
    for task, value in label.values.items():
        target[ROWS[task]] = [float(one == value) for one in _VALUES[task]]
    return target


def _fitted(weights: Weights, rows: _Rows, chosen: npt.NDArray[np.intp]) -> Weights:
    """The weights with what is added to them so that they hit the labels: ridge regression of what they miss by."""
    counts, words, near = rows.counts[chosen], rows.words[chosen], rows.near[chosen]
    share = np.float32(_NEAR / max(1, near.shape[1]))
    alike = counts @ counts.T * np.float32(_COUNTS) + words @ words.T * np.float32(_WORDS) + near @ near.T * share
    missing = np.nan_to_num(rows.target[chosen] - rows.scores[chosen])
    missing[:, [KINDS.index(Kind.DENUNCIATION), KINDS.index(Kind.EMERGENCY)]] = 0
    solved = np.linalg.solve(alike + np.float32(_FAITH) * np.eye(len(chosen), dtype=np.float32), missing)
    return replace(
        weights,
        counts=weights.counts + (solved.T @ counts) * np.float32(_COUNTS),
        words=weights.words + (solved.T @ words) * np.float32(_WORDS),
        near=weights.near + (solved.T @ near) * share,
    )


def _held_out(weights: Weights, rows: _Rows, seed: int) -> Floats:
    """The scores of each submission by weights that were fitted to the others."""
    matters = np.unique(rows.groups)
    folds = dict(zip(np.random.default_rng(seed).permutation(matters).tolist(), np.arange(len(matters)) % _FOLDS, strict=True))
    fold = np.array([folds[matter] for matter in rows.groups.tolist()])
    scores = rows.scores.copy()
    for number in range(_FOLDS):
        held = np.flatnonzero(fold == number)
        added = _fitted(weights, rows, np.flatnonzero(fold != number))
        for matrix in ("counts", "words", "near"):
            scores[held] += getattr(rows, matrix)[held] @ (getattr(added, matrix) - getattr(weights, matrix)).T
    return scores


def _hits(scores: Floats, target: Floats) -> list[dict[str, bool]]:
    """For each submission and each task that was decided, whether the best score is that of the value decided."""
    return [
        {task: bool(mine[rows].argmax() == wanted[rows].argmax()) for task, rows in ROWS.items() if not np.isnan(wanted[rows]).any()}
        for mine, wanted in zip(scores, target, strict=True)
    ]


def _is_better(before: Sequence[dict[str, bool]], after: Sequence[dict[str, bool]]) -> bool:
    """Whether it is right where the other is wrong so much more often than the other way round that chance hardly does it (McNemar)."""
    pairs = [(was[task], now[task]) for was, now in zip(before, after, strict=True) for task in was]
    won, lost = sum(now and not was for was, now in pairs), sum(was and not now for was, now in pairs)
    return won - lost > _SURE * sqrt(won + lost)


def _shares(hits: Sequence[dict[str, bool]]) -> dict[str, float | None]:
    by_task = {task: [one[task] for one in hits if task in one] for task in TASKS}
    return {task: sum(found) / len(found) if found else None for task, found in by_task.items()}
