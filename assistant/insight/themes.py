"""Themes that many letters share, as candidates for a person to choose from.

Letters for and against something are put apart before anything else. What a letter is about is seen three ways (theme_points.py): its
meaning, its words, and the fields it may belong to. Letters are linked by average linkage in twenty parts of them, and a theme is what
stays together in most parts (consensus clustering: Monti and others, Machine Learning 52, 2003); its terms come from class-based TF-IDF
(Grootendorst, arXiv:2203.05794). Every letter is in exactly one theme or in `ungrouped`. Sealed submissions must never come here.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import combinations
from typing import Literal

import numpy as np
import numpy.typing as npt

from assistant.insight.theme_points import Floats, Vector, points_of
from assistant.insight.theme_terms import telling_terms

Stance = Literal["for", "against"]
Labels = npt.NDArray[np.intp]

_STANCES: tuple[Stance | None, ...] = ("for", "against", None)
# Set by hand on eval/data/feedback-test.jsonl: looser links give the fields over again, closer ones leave most letters alone.
_DRAWS, _DRAWN_SHARE = 20, 0.8
_APART, _DISAGREED = 0.6, 0.5
# A letter left over joins the theme whose centre lies so near.
_JOINS = 0.5
# With more letters than that each field is linked by itself: the time grows with their square.
_MOST_TOGETHER = 2_000
_RUNS, _RUN_SHARE = 5, 0.8
_REPRESENTATIVES = 3
_UNGROUPED = -1


@dataclass(frozen=True, slots=True, eq=False)
class ThemeLetter:
    """A letter that is not sealed: its own number, unit vector (`encode_queries`), stance if it has one, and how much it counts.

    `fields`: the fields it may belong to with their probabilities, the likeliest first; none where nobody has looked.
    """

    number: int
    text: str
    vector: Vector
    stance: Stance | None = None
    weight: float = 1.0
    fields: tuple[tuple[str, float], ...] = ()


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
    ordered, smallest, rng = sorted(letters, key=lambda letter: letter.number), max(2, smallest), np.random.default_rng(seed)
    members: defaultdict[int, list[ThemeLetter]] = defaultdict(list)
    for letter, label in zip(ordered, labelled(ordered, smallest, rng).tolist(), strict=True):
        members[label].append(letter)
    ungrouped = tuple(letter.number for letter in members.pop(_UNGROUPED, []))
    groups = sorted(members.values(), key=lambda group: (-sum(one.weight for one in group), group[0].number))
    return Themes(tuple(_named(groups)), ungrouped, _stability(ordered, rng, smallest))


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


def labelled(letters: Sequence[ThemeLetter], smallest: int, rng: np.random.Generator) -> Labels:
    """The theme of each letter by a number from 0, -1 for none; no theme has two stances."""
    labels = np.full(len(letters), _UNGROUPED, np.intp)
    for stance in _STANCES:
        places = [place for place, letter in enumerate(letters) if letter.stance == stance]
        if len(places) >= smallest:
            found = _clusters([letters[place] for place in places], smallest, rng)
            labels[places] = np.where(found == _UNGROUPED, _UNGROUPED, found + labels.max() + 1)
    return labels


def _clusters(letters: Sequence[ThemeLetter], smallest: int, rng: np.random.Generator) -> Labels:
    points = points_of([(letter.text, letter.vector, letter.fields) for letter in letters])
    if points is None:
        return np.zeros(len(letters), np.intp)
    labels = np.full(len(letters), _UNGROUPED, np.intp)
    for places in _blocks(letters):
        if len(places) >= smallest:
            mine = points[places]
            found = _joined(mine, _large(_linked(_disagreement(mine, rng), _DISAGREED), smallest))
            labels[places] = np.where(found == _UNGROUPED, _UNGROUPED, found + labels.max() + 1)
    return labels


def _blocks(letters: Sequence[ThemeLetter]) -> list[list[int]]:
    """The places of letters that are compared with each other: all, or where they are too many, those of each likeliest field."""
    if len(letters) <= _MOST_TOGETHER:
        return [list(range(len(letters)))]
    by_field: defaultdict[str, list[int]] = defaultdict(list)
    for place, letter in enumerate(letters):
        by_field[letter.fields[0][0] if letter.fields else ""].append(place)
    return [by_field[name] for name in sorted(by_field)]


def _disagreement(points: Floats, rng: np.random.Generator) -> Floats:
    """How often two letters, both drawn, are not linked: 0 always linked, 1 never."""
    count = len(points)
    together, drawn = np.zeros((count, count), np.float32), np.zeros((count, count), np.float32)
    distances = 1 - points @ points.T
    for _ in range(_DRAWS):
        part = np.sort(rng.choice(count, max(2, round(_DRAWN_SHARE * count)), replace=False))
        square = np.ix_(part, part)
        labels = _linked(distances[square], _APART)
        together[square] += labels[:, None] == labels[None, :]
        drawn[square] += 1
    apart = 1 - together / np.maximum(drawn, 1)
    np.fill_diagonal(apart, 0)
    return np.asarray(apart, np.float64)


def can_group() -> bool:
    """Whether the library that groups letters is installed."""
    return find_spec("sklearn") is not None


def _linked(distances: Floats, apart: float) -> Labels:
    from sklearn.cluster import AgglomerativeClustering

    model = AgglomerativeClustering(n_clusters=None, metric="precomputed", linkage="average", distance_threshold=apart)
    return np.asarray(model.fit(np.maximum(distances, 0)).labels_, np.intp)


def _large(found: Labels, smallest: int) -> Labels:
    """`found` without the groups of fewer than `smallest`, numbered from 0."""
    sizes = np.bincount(found)
    numbers = np.where(sizes >= smallest, np.cumsum(sizes >= smallest) - 1, _UNGROUPED)
    return np.asarray(numbers[found], np.intp)


def _joined(points: Floats, found: Labels) -> Labels:
    """`found`, with those left over that lie near the centre of a theme in it."""
    count = int(found.max()) + 1
    if count == 0:
        return found
    centres = np.stack([points[found == one].mean(axis=0) for one in range(count)])
    nearness = points @ (centres / np.maximum(np.linalg.norm(centres, axis=1, keepdims=True), 1e-9)).T
    joins = (found == _UNGROUPED) & (nearness.max(axis=1) >= _JOINS)
    return np.where(joins, nearness.argmax(axis=1), found)


def _stability(letters: Sequence[ThemeLetter], rng: np.random.Generator, smallest: int) -> float:
    """The mean agreement of runs over parts of the letters; 1 where there is nothing to part."""
    return agreement(runs_over_parts(letters, rng, smallest)) if len(letters) > 1 else 1.0


def agreement(runs: Sequence[Mapping[int, int]], *, is_grouped_only: bool = False) -> float:
    """The mean adjusted Rand index of each two runs on the letters that both have, or that both put into a theme."""
    from sklearn.metrics import adjusted_rand_score

    agreed = []
    for one, other in combinations(runs, 2):
        both = sorted(one.keys() & other.keys())
        if is_grouped_only:
            both = [place for place in both if _UNGROUPED not in (one[place], other[place])]
        agreed.append(adjusted_rand_score([one[place] for place in both], [other[place] for place in both]))
    return float(np.mean(agreed))


def runs_over_parts(letters: Sequence[ThemeLetter], rng: np.random.Generator, smallest: int) -> list[Mapping[int, int]]:
    """Place → theme of five runs, each over another 80 % of the letters."""
    runs: list[Mapping[int, int]] = []
    for _ in range(_RUNS):
        drawn = np.sort(rng.choice(len(letters), max(1, round(_RUN_SHARE * len(letters))), replace=False)).tolist()
        runs.append(dict(zip(drawn, labelled([letters[place] for place in drawn], smallest, rng).tolist(), strict=True)))
    return runs
