"""Fitting the weights of the classifier of submissions: ridge regression over words, strings of letters, cues and nearness."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from assistant.feedback.suggesting.classify import FIELDS, KINDS, LEVELS, ROWS, VALUES
from assistant.feedback.suggesting.classify_reading import BUCKETS, GRAMS, Floats, Seen
from assistant.feedback.suggesting.classify_weights import Weights, as_stored, from_centre, gram_shares, likeness, nearness
from assistant.feedback.types import Kind

Numbers = npt.NDArray[np.intp]

# Strength of each kind of feature against the penalty, chosen by folds.
_COUNTS, _WORDS, _GRAMS, _NEAR, _PENALTY = 0.02, 0.24, 1.0, 3.0, 1.3
# Of logistic regression: the smaller the stronger the penalty.
_LOGISTIC = 12.0
# Letters to which nearness is taken.
_LETTERS = 1200
_FOLDS = 5


@dataclass(frozen=True, slots=True)
class Example:
    """A letter with what it is; `field` and `level` are None where they are not judged."""

    text: str
    kinds: tuple[str, ...]
    field: str | None
    level: str | None
    style: str
    family: str
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Rows:
    """Examples with what the model sees of them: sparse matrices (scipy has no types) of words and strings of letters.

    `alike`: how like each two are in all but their meaning, of shape (examples, examples).
    """

    examples: Sequence[Example]
    seen: Sequence[Seen]
    meaning: Floats
    counts: Floats
    words: Any
    grams: Any
    rarity: Floats
    alike: Floats


def rows_of(examples: Sequence[Example], seen: Sequence[Seen], meaning: Floats) -> Rows:
    """Examples with what there is to see of each and their meanings, of shape (examples, 384)."""
    times = np.bincount(np.concatenate([one.grams for one in seen]), minlength=GRAMS)
    rarity = np.log(len(seen) / (1 + times)).clip(0).astype(np.float16).astype(np.float32)
    words = _sparse([one.buckets for one in seen], [np.full(len(one.buckets), one.share, np.float32) for one in seen], BUCKETS)
    grams = _sparse([one.grams for one in seen], [gram_shares(one, rarity) for one in seen], GRAMS)
    counts = np.stack([one.counts for one in seen])
    alike = (words @ words.T * _WORDS + grams @ grams.T * _GRAMS).todense() + counts @ counts.T * np.float32(_COUNTS)
    return Rows(examples, seen, meaning, counts, words, grams, rarity, np.asarray(alike, np.float32))


def _sparse(columns: Sequence[Numbers], values: Sequence[Floats], width: int) -> Any:
    from scipy import sparse  # type: ignore[import-untyped]

    ends = np.cumsum([0, *map(len, columns)])
    return sparse.csr_matrix((np.concatenate(values), np.concatenate(columns), ends), shape=(len(columns), width), dtype=np.float32)


def fitted(rows: Rows, chosen: Numbers) -> Weights:
    """Ridge regression of all values at once on the chosen examples, solved by their likenesses to each other.

    Of its features only nearness bends: as many letters as `_LETTERS` stand for all (Williams and Seeger, NIPS 2000).
    """
    from scipy.linalg import cho_factor, cho_solve  # type: ignore[import-untyped]

    centre, letters = _standing_for_all(rows, chosen)
    turned = _turned(likeness(letters, letters))
    near = nearness(rows.meaning[chosen], letters, centre) @ turned
    words, grams, counts = rows.words[chosen], rows.grams[chosen], rows.counts[chosen]
    alike = rows.alike[np.ix_(chosen, chosen)] + near @ near.T * np.float32(_NEAR)
    importance = np.array([rows.examples[n].weight for n in chosen], np.float32)
    alike[np.diag_indices(len(chosen))] += _PENALTY / importance
    target, bias = _targets([rows.examples[n] for n in chosen], importance)
    solved = cho_solve(cho_factor(alike, lower=True, overwrite_a=True, check_finite=False), target)
    parts = [
        (counts.T @ solved).T * np.float32(_COUNTS),
        np.asarray((words.T @ solved).T * _WORDS, np.float32),
        np.asarray((grams.T @ solved).T * _GRAMS, np.float32),
        np.asarray((turned @ (near.T @ solved)).T * _NEAR, np.float32),
        bias,
    ]
    is_one = [Kind.DENUNCIATION in rows.examples[n].kinds for n in chosen]
    for part, row in zip(parts, _row_of_rare([counts, words, grams, near], turned, is_one, importance), strict=True):
        part[KINDS.index(Kind.DENUNCIATION)] = row
    made: dict[str, Any] = dict(zip(("counts", "words", "grams", "near", "bias"), parts, strict=True))
    return Weights(**made, rarity=rows.rarity, letters=letters, centre=centre)


def _row_of_rare(features: Sequence[Any], turned: Floats, is_one: Sequence[bool], importance: Floats) -> list[Any]:
    """The weights of one value by logistic regression: where hardly any may be missed it seals fewer other letters than the ridge does."""
    from scipy import sparse
    from sklearn.linear_model import LogisticRegression

    scales = [np.float32(one**0.5) for one in (_COUNTS, _WORDS, _GRAMS, _NEAR)]
    matrix = sparse.hstack([one * scale for one, scale in zip(features, scales, strict=True)]).tocsr()
    model = LogisticRegression(C=_LOGISTIC, class_weight="balanced", max_iter=60, tol=1e-3).fit(matrix, is_one, importance)
    ends = np.cumsum([one.shape[1] for one in features[:-1]])
    counts, words, grams, near = (
        np.asarray(part, np.float32) * scale for part, scale in zip(np.split(model.coef_[0], ends), scales, strict=True)
    )
    return [counts, words, grams, turned @ near, np.float32(model.intercept_[0])]


def _standing_for_all(rows: Rows, chosen: Numbers) -> tuple[Floats, Floats]:
    """The mean of all meanings, and letters drawn by lot as they are stored."""
    own = [n for n in chosen if rows.examples[n].weight == 1.0]
    centre = np.asarray(rows.meaning[own].mean(axis=0), np.float32)
    drawn = np.random.default_rng(0).permutation(own)[:_LETTERS]
    return centre, as_stored(from_centre(rows.meaning[drawn], centre))


def _turned(alike: Floats) -> Floats:
    """What turns nearness to letters into features whose products are likenesses."""
    sizes, directions = np.linalg.eigh(alike.astype(np.float64))
    return np.asarray(directions / np.sqrt(np.maximum(sizes, 1e-3)), np.float32)


def _targets(examples: Sequence[Example], importance: Floats) -> tuple[Floats, Floats]:
    """One where an example has a value, less the share of it among all, and these shares; nought where it is not judged."""
    target = np.zeros((len(examples), VALUES), np.float32)
    known = np.ones((len(examples), VALUES), bool)
    for number, one in enumerate(examples):
        target[number, [KINDS.index(Kind(kind)) for kind in one.kinds]] = 1
        for task, values, value in (("field", FIELDS, one.field), ("level", LEVELS, one.level)):
            if value is None:
                known[number, ROWS[task]] = False
                continue
            target[number, ROWS[task].start + place(values, value)] = 1
    weighed = known * importance[:, np.newaxis]
    bias = (target * weighed).sum(axis=0) / np.maximum(weighed.sum(axis=0), 1e-9)
    return np.where(known, target - bias, 0).astype(np.float32), bias.astype(np.float32)


def family_folds(families: Sequence[str] | Numbers) -> list[tuple[Numbers, Numbers]]:
    """Five folds over families, always the same, each the letters to learn from and those held out; as in eval/tuning.py."""
    from sklearn.model_selection import GroupKFold

    return list(GroupKFold(_FOLDS, shuffle=True, random_state=0).split(np.zeros(len(families)), groups=families))


def place(values: Sequence[str], value: str | None) -> int:
    """The number of a value."""
    return [str(one) for one in values].index(str(value))
