"""Training the second opinion on submissions (assistant/feedback/suggesting/tuned.py): `python -m eval.tuning LETTERS… --out FILE`.

The adapter of the upper layers and a head over the mean of the last states learn kinds, fields and levels of letters with and without
marks. A fifth of the families is held out; on it, unseen by either, it is weighed against the classifier. Needs the extra `models`.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from importlib import metadata
from pathlib import Path
from typing import Any

import numpy as np

from assistant.feedback.suggesting.classify import FIELDS, LEVELS, by_task, softmax
from assistant.feedback.suggesting.classify_reading import Floats, Lexicon, calm, seen_in
from assistant.feedback.suggesting.tuned import Head, Shares, Tuned
from embeddings.adapter import Adapter
from embeddings.bundled import BundledEncoder
from eval.classifying import read_examples, without_marks
from eval.errors import NothingJudged
from eval.fitting import Example, Numbers, fitted, place, rows_of
from eval.tuned_network import Network, Plan, learn

_FOLDS = 5
_TASKS = {"field": FIELDS, "level": LEVELS}
_PACKAGES = ("torch", "transformers", "sentence-transformers", "numpy")


@dataclass(frozen=True, slots=True)
class Task:
    """The share that was right first and among three, by the classifier alone (`own`), the adapter alone, and both."""

    n: int
    own: tuple[float, float]
    tuned: tuple[float, float]
    both: tuple[float, float]


def held_out(letters: Sequence[Example]) -> tuple[Numbers, Numbers]:
    """The letters to learn from and those held out: a fifth of the families, always the same."""
    from sklearn.model_selection import GroupKFold

    folds = GroupKFold(_FOLDS, shuffle=True, random_state=0).split(letters, groups=[one.family for one in letters])
    fit, held = next(folds)
    return np.asarray(fit, np.intp), np.asarray(held, np.intp)


def blind_scores(letters: Sequence[Example], fit: Numbers, held: Numbers) -> Floats:
    """What the classifier fitted to the letters `fit` and their copies without marks says of those held out."""
    known = [letters[number] for number in fit]
    examples = [*known, *without_marks(known), *(letters[number] for number in held)]
    lexicon = Lexicon.load()
    meanings = BundledEncoder().encode_queries([calm(one.text) for one in examples])
    rows = rows_of(examples, [seen_in(one.text, lexicon) for one in examples], meanings)
    first = len(examples) - len(held)
    weights = fitted(rows, np.arange(first))
    return np.stack([weights.scores(rows.seen[number], meanings[number]) for number in range(first, len(examples))])


def weighed(letters: Sequence[Example], own: Floats, tuned: Floats) -> dict[str, Shares]:
    """What both opinions count for in each task, so that the letters' own values are as likely as can be (stacking, Wolpert 1992)."""
    from scipy.optimize import minimize  # type: ignore[import-untyped]

    shares = {}
    for task, truth, one, other in _judged(letters, own, tuned):

        def loss(share: Floats, truth: Numbers = truth, one: Floats = one, other: Floats = other) -> float:
            chances = softmax(np.asarray(share[0] * one + share[1] * other, np.float32))
            return float(-np.log(np.maximum(chances[np.arange(len(truth)), truth], 1e-9)).mean())

        shares[task] = Shares(*map(float, np.maximum(minimize(loss, (8.0, 0.5), method="Nelder-Mead").x, 0)))
    return shares


def figures(letters: Sequence[Example], own: Floats, tuned: Floats, shares: dict[str, Shares]) -> dict[str, Task]:
    """How both opinions do, alone and together. Raises `NothingJudged`."""
    found = {}
    for task, truth, one, other in _judged(letters, own, tuned):
        both = shares[task].own * one + shares[task].tuned * other
        found[task] = Task(len(truth), *(_hits(scores, truth) for scores in (one, other, both)))
    return found


def _judged(letters: Sequence[Example], own: Floats, tuned: Floats) -> Iterator[tuple[str, Numbers, Floats, Floats]]:
    """For each task the number of the true value of each letter that has one, and both opinions of it."""
    for task, values in _TASKS.items():
        judged = [number for number, one in enumerate(letters) if getattr(one, task)]
        if not judged:
            raise NothingJudged(task)
        truth = np.array([place(values, getattr(letters[number], task)) for number in judged], np.intp)
        yield task, truth, by_task(own)[task][judged], by_task(tuned)[task][judged]


def _hits(scores: Floats, truth: Numbers) -> tuple[float, float]:
    order = np.argsort(-scores, axis=1)[:, :3]
    return round(float((order[:, 0] == truth).mean()), 4), round(float((order == truth[:, np.newaxis]).any(axis=1).mean()), 4)


def finished(adapter: Adapter, head: Head, letters: Sequence[Example], own: Floats, card: dict[str, Any]) -> Tuned:
    """The second opinion, weighed on letters that neither it nor the classifier (`own`: its scores) has seen; the card has the figures."""
    scores = Tuned(adapter, head, {}, "").scores([one.text for one in letters])
    assert scores is not None
    shares = weighed(letters, own, scores)
    judged = {task: asdict(one) for task, one in figures(letters, own, scores, shares).items()}
    return Tuned(adapter, head, shares, json.dumps({**card, "held_out": judged}))


def card_of(paths: Sequence[Path], letters: int, plan: Plan) -> dict[str, Any]:
    """Where it comes from: files by their SHA-256, the plan, packages."""
    return {
        "files": {path.name: sha256(path.read_bytes()).hexdigest() for path in paths},
        "letters": letters,
        "plan": asdict(plan),
        "packages": {name: metadata.version(name) for name in _PACKAGES},
    }


def tuned_on(paths: Sequence[Path], plan: Plan) -> Iterator[str | Tuned]:
    """Lines that tell how it goes, and at last the second opinion trained on the letters of the files."""
    letters = [one for path in paths for one in read_examples(path) if one.field]
    fit, held = held_out(letters)
    network = Network(plan)
    yield from learn(network, [letters[number] for number in fit], plan)
    own = blind_scores(letters, fit, held)
    card = card_of(paths, len(letters), plan)
    yield finished(network.adapter(), network.product_head(), [letters[number] for number in held], own, card)


def main(arguments: Sequence[str]) -> Iterator[str]:
    """Lines that tell how it goes."""
    parser = argparse.ArgumentParser(prog="python -m eval.tuning", description="train the second opinion on submissions")
    parser.add_argument("letters", nargs="+", type=Path, help="JSON lines")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=Plan().epochs)
    parser.add_argument("--steps", type=int, help="at most; all of the epochs if not given")
    parser.add_argument("--seed", type=int, default=0)
    given, started = parser.parse_args(arguments), time.monotonic()
    for told in tuned_on(given.letters, Plan(epochs=given.epochs, steps=given.steps, seed=given.seed)):
        if isinstance(told, str):
            yield told
            continue
        told.save(given.out)
        yield told.card
    yield f"{(time.monotonic() - started) / 60:.1f} minutes, {given.out.stat().st_size} bytes"


if __name__ == "__main__":
    for line in main(sys.argv[1:]):
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()
