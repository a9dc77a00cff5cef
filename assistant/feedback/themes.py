"""Themes that many letters share, as candidates for a person to choose from.

Letters for and against something are put apart before anything else. Vectors tell how a letter is written as well as what it is about
(without marks, in capitals, at length), so the share of the style is taken out of them first; then come principal components, HDBSCAN
(Campello, Moulavi and Sander, PAKDD 2013) and terms by class-based TF-IDF (Grootendorst, arXiv:2203.05794). Every letter is in exactly
one theme or in `ungrouped`. Sealed submissions must never come here.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import log
from typing import Literal

import numpy as np
import numpy.typing as npt

from assistant.feedback.theme_terms import telling_terms
from corpus.text import is_accented

Stance = Literal["for", "against"]
Vector = npt.NDArray[np.float32] | npt.NDArray[np.float16]
Floats = npt.NDArray[np.float64]
Labels = npt.NDArray[np.intp]

_STANCES: tuple[Stance | None, ...] = ("for", "against", None)
_COMPONENTS = 30
# A theme with more than this share of the letters says nothing: the tree of densities is then cut at its leaves.
_BLOB = 0.4
# A letter between the themes joins the nearest one if it lies nearer than this share of its members.
_JOINS = 0.1
_STYLE_PENALTY = 10.0
_RUNS, _RUN_SHARE = 5, 0.8
_REPRESENTATIVES = 3
_UNGROUPED = -1


@dataclass(frozen=True, slots=True, eq=False)
class ThemeLetter:
    """A letter that is not sealed: its own number, unit vector (`encode_queries`), stance if it has one, and how much it counts."""

    number: int
    text: str
    vector: Vector
    stance: Stance | None = None
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Theme:
    """Letters of one stance about one thing: terms the most telling first, the letters nearest the centre, all numbers rising.

    `id` ("for-1") numbers the themes of a stance, the weightiest first; it says nothing beyond one run.
    """

    id: str
    terms: tuple[str, ...]
    representatives: tuple[int, ...]
    members: tuple[int, ...]
    stance: Stance | None


@dataclass(frozen=True, slots=True)
class Themes:
    """The themes, letters in none, and how much themes of five parts of the letters agree: mean adjusted Rand index, 1 is wholly."""

    groups: tuple[Theme, ...]
    ungrouped: tuple[int, ...]
    stability: float


def themes(letters: Sequence[ThemeLetter], *, seed: int, smallest: int = 5) -> Themes:
    """Themes of at least `smallest` letters (2 or more); numbers must differ. The same for the same letters in any order."""
    ordered, smallest = sorted(letters, key=lambda letter: letter.number), max(2, smallest)
    members: defaultdict[int, list[ThemeLetter]] = defaultdict(list)
    for letter, label in zip(ordered, _labels(ordered, smallest).tolist(), strict=True):
        members[label].append(letter)
    ungrouped = tuple(letter.number for letter in members.pop(_UNGROUPED, []))
    groups = sorted(members.values(), key=lambda group: (-sum(one.weight for one in group), group[0].number))
    return Themes(tuple(_named(groups)), ungrouped, _stability(ordered, np.random.default_rng(seed), smallest))


def _named(groups: Sequence[Sequence[ThemeLetter]]) -> Iterator[Theme]:
    terms = telling_terms([[(letter.text, letter.weight) for letter in group] for group in groups])
    places: Counter[Stance | None] = Counter()
    for group, telling in zip(groups, terms, strict=True):
        stance = group[0].stance
        places[stance] += 1
        yield _theme(group, telling, f"{stance or 'all'}-{places[stance]}")


def _theme(group: Sequence[ThemeLetter], terms: tuple[str, ...], identifier: str) -> Theme:
    vectors = np.stack([letter.vector for letter in group]).astype(np.float64)
    nearness = np.round(vectors @ np.average(vectors, axis=0, weights=[max(letter.weight, 1e-9) for letter in group]), 9)
    # Equal ones by number: a stable sort of letters that are in order.
    nearest = np.argsort(-nearness, kind="stable")[:_REPRESENTATIVES]
    numbers = tuple(letter.number for letter in group)
    return Theme(identifier, terms, tuple(numbers[one] for one in nearest.tolist()), numbers, group[0].stance)


def _labels(letters: Sequence[ThemeLetter], smallest: int) -> Labels:
    """The theme of each letter by a number, `_UNGROUPED` for none; no theme has two stances."""
    labels = np.full(len(letters), _UNGROUPED, np.intp)
    for stance in _STANCES:
        places = np.array([place for place, letter in enumerate(letters) if letter.stance == stance], np.intp)
        if len(places) >= smallest:
            found = _clusters([letters[place] for place in places.tolist()], smallest)
            labels[places] = np.where(found == _UNGROUPED, _UNGROUPED, found + labels.max() + 1)
    return labels


def _clusters(letters: Sequence[ThemeLetter], smallest: int) -> Labels:
    points = _points(letters)
    if points is None:
        return np.zeros(len(letters), np.intp)
    found = _hdbscan(points, smallest, "eom")
    sizes = np.bincount(found[found != _UNGROUPED], minlength=1)
    if sizes.max() > _BLOB * len(letters) or len(sizes) < 2:
        leaves = _hdbscan(points, smallest, "leaf")
        # Few letters may be about one or two things in earnest.
        found = leaves if leaves.max() > found.max() else found
    return _joined(points, found)


def _hdbscan(points: Floats, smallest: int, method: str) -> Labels:
    from sklearn.cluster import HDBSCAN

    model = HDBSCAN(min_cluster_size=max(2, smallest), min_samples=2, cluster_selection_method=method, copy=True)
    return np.asarray(model.fit(points).labels_, np.intp)


def _points(letters: Sequence[ThemeLetter]) -> Floats | None:
    """What the letters are about, as unit vectors of few components; None where all are about the same."""
    from sklearn.decomposition import PCA

    vectors = np.stack([letter.vector for letter in letters]).astype(np.float64)
    vectors -= vectors.mean(axis=0)
    if np.abs(vectors).max() < 1e-6:
        return None
    vectors -= _style_share(vectors, [letter.text for letter in letters])
    components = min(_COMPONENTS, *vectors.shape)
    points = PCA(components, svd_solver="full").fit_transform(vectors)
    return np.asarray(points / np.maximum(np.linalg.norm(points, axis=1, keepdims=True), 1e-9), np.float64)


def _style_share(vectors: Floats, texts: Sequence[str]) -> Floats:
    """What of the vectors follows from how the texts are written (ridge regression)."""
    style = np.array([_style(text) for text in texts])
    style = (style - style.mean(axis=0)) / np.maximum(style.std(axis=0), 1e-9)
    inner = style.T @ style + _STYLE_PENALTY * np.eye(style.shape[1])
    return np.asarray(style @ np.linalg.solve(inner, style.T @ vectors), np.float64)


def _style(text: str) -> tuple[float, ...]:
    length = log(1 + len(text))
    capitals = sum(map(str.isupper, text)) / max(1, len(text))
    return (float(is_accented(text)), capitals, length, length**2, float(text[:1].isupper()))


def _joined(points: Floats, found: Labels) -> Labels:
    """`found`, with those between the themes that lie as near to one as many of its members do."""
    count = int(found.max()) + 1
    if count == 0:
        return found
    centres = np.stack([points[found == one].mean(axis=0) for one in range(count)])
    nearness = points @ (centres / np.maximum(np.linalg.norm(centres, axis=1, keepdims=True), 1e-9)).T
    enough = np.array([np.quantile(nearness[found == one, one], _JOINS) for one in range(count)])
    nearest = nearness.argmax(axis=1)
    joins = (found == _UNGROUPED) & (nearness[np.arange(len(points)), nearest] >= enough[nearest])
    return np.where(joins, nearest, found)


def _stability(letters: Sequence[ThemeLetter], rng: np.random.Generator, smallest: int) -> float:
    """The mean agreement of runs over parts of the letters, each pair on the letters that both have; 1 where there is nothing to part."""
    from sklearn.metrics import adjusted_rand_score

    if len(letters) < 2:
        return 1.0
    runs: list[Mapping[int, int]] = []
    for _ in range(_RUNS):
        drawn = np.sort(rng.choice(len(letters), max(1, round(_RUN_SHARE * len(letters))), replace=False)).tolist()
        runs.append(dict(zip(drawn, _labels([letters[place] for place in drawn], smallest).tolist(), strict=True)))
    agreed = []
    for one, other in combinations(runs, 2):
        both = sorted(one.keys() & other.keys())
        agreed.append(adjusted_rand_score([one[place] for place in both], [other[place] for place in both]))
    return float(np.mean(agreed))
