"""Learning what cues of the level count for (assistant/feedback/suggesting/level_cues.py): `python -m eval.levels LETTERS… --out FILE`.

Logistic regression over cues beside what classifiers of the same making say of letters that they never saw (folds over families). How much
it all counts for beside the second opinion is weighed on the fifth of the families that the second opinion never saw (eval/tuning.py).
Make it anew after both.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from assistant.feedback.suggesting.classify import LEVELS, VALUES, Classifier, by_task, softmax
from assistant.feedback.suggesting.classify_reading import Floats, calm, seen_in
from assistant.feedback.suggesting.level_cues import LevelCues, LevelOpinion, LevelShares
from embeddings.bundled import BundledEncoder
from eval.classifying import read_examples
from eval.errors import NothingJudged
from eval.fitting import Example, Numbers, family_folds, fitted, place, rows_of

# Inverse of the penalty of the regression, chosen by folds.
_LOGISTIC = 3.0
_STEPS = 300
_BATCH = 64


@dataclass(frozen=True, slots=True)
class Spread:
    """Mean and standard deviation over folds of the share that is right."""

    mean: float
    deviation: float


@dataclass(frozen=True, slots=True)
class LevelFigures:
    """The share of levels that is right without and with the cues: the classifier alone, and with the second opinion (`heard`)."""

    n: int
    alone: tuple[Spread, Spread]
    n_heard: int
    heard: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Judged:
    """Letters with a level, and what is known of each: `truth` (numbers of levels), families, log-odds `alone` (without cues).

    `cues`: as they count, and after them the log-odds. `cues_heard` and `heard` are the same beside the second opinion, for the letters
    `held` that it never saw.
    """

    truth: Numbers
    families: Numbers
    cues: Floats
    alone: Floats
    held: Numbers
    cues_heard: Floats
    heard: Floats


def out_of_fold(letters: Sequence[Example], classifier: Classifier, meanings: Floats) -> Floats:
    """Scores of all values of each letter by a model that was fitted to other families."""
    rows = rows_of(letters, [seen_in(one.text, classifier.lexicon) for one in letters], meanings)
    scores = np.zeros((len(letters), VALUES), np.float32)
    for fit, held in family_folds([one.family for one in letters]):
        weights = fitted(rows, fit)
        for number in held:
            scores[number] = weights.scores(rows.seen[number], meanings[number])
    return scores


def judged(letters: Sequence[Example], classifier: Classifier, own: Floats, second: Floats, held: Numbers) -> Judged:
    """What is known of the letters that have a level: `own` are scores out of fold, `second` those of `held`. Raises `NothingJudged`."""
    levels = np.array([number for number, one in enumerate(letters) if one.level], np.intp)
    if not len(levels) or classifier.tuned is None:
        raise NothingJudged("levels")
    cues, limits, scores = LevelCues.load(), classifier.limits, by_task(own)
    found = np.stack([cues.found(one.text) for one in letters])
    kinds = limits.kinds(scores["kind"])
    both = classifier.tuned.combined({task: some[held] for task, some in scores.items()}, by_task(second))
    fields = softmax(scores["field"] / np.float32(limits.field_temperature))
    beside = dict(zip(held.tolist(), softmax(both["field"]), strict=True))
    alone = scores["level"] / np.float32(limits.level_temperature)
    has_level = np.isin(held, levels)
    at = {number: n for n, number in enumerate(levels.tolist())}
    return Judged(
        truth=np.array([place(LEVELS, letters[number].level) for number in levels], np.intp),
        families=np.unique([letters[number].family for number in levels], return_inverse=True)[1].astype(np.intp),
        cues=np.stack([np.concatenate([cues.weighed(found[n], kinds[n], fields[n]), alone[n]]) for n in levels]),
        alone=alone[levels],
        held=np.array([at[number] for number in held[has_level].tolist()], np.intp),
        cues_heard=np.stack([np.concatenate([cues.weighed(found[n], kinds[n], beside[n]), alone[n]]) for n in held[has_level]]),
        heard=both["level"][has_level],
    )


def learned(known: Judged) -> tuple[LevelOpinion, LevelFigures]:
    """The opinion learned from all letters, and how such opinions do on families that they were not learned from."""
    # Of the letters that the second opinion never saw, the cues must not have learned either.
    weights, bias, _ = _regression(known, np.setdiff1d(np.arange(len(known.truth)), known.held))
    said, truth = known.cues_heard @ weights.T + bias, known.truth[known.held]
    beside = np.zeros_like(known.heard)
    for fit, rest in family_folds(known.families[known.held]):
        shares = _weighed(known.heard[fit], said[fit], truth[fit])
        beside[rest] = shares.before * known.heard[rest] + shares.cues * said[rest]
    before, after = zip(*(_alone(known, *fold) for fold in family_folds(known.families)), strict=True)
    heard = (_share(known.heard, truth), _share(beside, truth))
    figures = LevelFigures(len(known.truth), (_spread(before), _spread(after)), len(truth), heard)
    weights, bias, own = _regression(known, np.arange(len(known.truth)))
    return LevelOpinion(LevelCues.load(), weights, bias, LevelShares(own, 1.0), _weighed(known.heard, said, truth)), figures


def _regression(known: Judged, chosen: Numbers) -> tuple[Floats, Floats, float]:
    """What each cue says for each level, the bias of levels, and what is multiplied with the log-odds that are there without cues."""
    from scipy.optimize import minimize  # type: ignore[import-untyped]

    own, cues, is_true = known.alone[chosen], known.cues[chosen], np.eye(len(LEVELS))[known.truth[chosen]]
    shape = (len(LEVELS), cues.shape[1] + 1)
    given = np.concatenate([cues, np.ones((len(cues), 1), np.float32)], axis=1)

    def loss(numbers: Floats) -> tuple[float, Floats]:
        matrix = numbers[1:].reshape(shape)
        chances = softmax(numbers[0] * own + given @ matrix.T)
        penalised = np.concatenate([matrix[:, :-1], np.zeros((len(matrix), 1))], axis=1) / (_LOGISTIC * len(own))
        missed = (chances - is_true) / len(own)
        unlikely = -np.log(np.maximum((chances * is_true).sum(axis=1), 1e-9)).mean()
        slope = np.concatenate([[(missed * own).sum()], (missed.T @ given + penalised).ravel()])
        return float(unlikely + 0.5 * (penalised * matrix).sum()), slope

    numbers = minimize(loss, np.eye(1, 1 + shape[0] * shape[1]).ravel(), jac=True, method="L-BFGS-B", options={"maxiter": _STEPS}).x
    matrix = numbers[1:].reshape(shape).astype(np.float32)
    return matrix[:, :-1], matrix[:, -1], float(numbers[0])


def _weighed(before: Floats, said: Floats, truth: Numbers) -> LevelShares:
    """The shares by which the true levels are likeliest (stacking, Wolpert 1992)."""
    from scipy.optimize import minimize

    def loss(shares: Floats) -> float:
        chances = softmax(np.asarray(shares[0] * before + shares[1] * said, np.float32))
        return float(-np.log(np.maximum(chances[np.arange(len(truth)), truth], 1e-9)).mean())

    return LevelShares(*map(float, np.maximum(minimize(loss, (1.0, 1.0), method="Nelder-Mead").x, 0)))


def _alone(known: Judged, fit: Numbers, rest: Numbers) -> tuple[float, float]:
    """The share right of `rest` without cues and with those learned from `fit`, both without the second opinion."""
    weights, bias, own = _regression(known, fit)
    after = own * known.alone[rest] + known.cues[rest] @ weights.T + bias
    return _share(known.alone[rest], known.truth[rest]), _share(after, known.truth[rest])


def _share(scores: Floats, truth: Numbers) -> float:
    return round(float((scores.argmax(axis=1) == truth).mean()), 4)


def _spread(shares: Sequence[float]) -> Spread:
    return Spread(round(float(np.mean(shares)), 4), round(float(np.std(shares)), 4))


def main(arguments: Sequence[str]) -> Iterator[str]:
    """Lines that tell how it goes. Raises `SetFileMissing` and `NothingJudged`."""
    parser = argparse.ArgumentParser(prog="python -m eval.levels", description="learn what cues of the level count for")
    parser.add_argument("letters", nargs="+", type=Path, help="JSON lines")
    parser.add_argument("--out", type=Path, required=True)
    given, started = parser.parse_args(arguments), time.monotonic()
    letters = [one for path in given.letters for one in read_examples(path) if one.field]
    classifier = Classifier.load()
    own = out_of_fold(letters, classifier, BundledEncoder().encode_queries([calm(one.text) for one in letters]))
    yield f"{len(letters)} letters read, {(time.monotonic() - started) / 60:.1f} minutes"
    held = family_folds([one.family for one in letters])[0][1]
    opinion, figures = learned(judged(letters, classifier, own, _second(classifier, [letters[number].text for number in held]), held))
    opinion.save(given.out)
    yield json.dumps(asdict(figures), indent=1)
    yield f"{(time.monotonic() - started) / 60:.1f} minutes, {given.out.stat().st_size} bytes, version {opinion.version}"


def _second(classifier: Classifier, texts: Sequence[str]) -> Floats:
    """The scores of the second opinion. Raises `NothingJudged` where it cannot be asked."""
    scores = [
        classifier.tuned.scores(texts[start : start + _BATCH]) if classifier.tuned else None for start in range(0, len(texts), _BATCH)
    ]
    heard = [one for one in scores if one is not None]
    if len(heard) < len(scores) or not heard:
        raise NothingJudged("levels")
    return np.concatenate(heard)


if __name__ == "__main__":
    for line in main(sys.argv[1:]):
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()
