"""Themes that many letters share, as candidates for a person to choose from.

Letters for and against something are put apart before anything else. What a letter is about is seen three ways (theme_points.py): its
meaning, its words, and the fields it may belong to. Where letters lie densely is a theme (HDBSCAN: Campello and others, ACM TKDD 10, 2015),
and letters near its centre join it; its terms come from class-based TF-IDF (Grootendorst, arXiv:2203.05794). Every letter is in exactly one
theme or in `ungrouped`. Sealed submissions must never come here.
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

from assistant.insight.theme_points import Floats, Vector, points_of, unit
from assistant.insight.theme_terms import telling_terms

Stance = Literal["for", "against"]
Labels = npt.NDArray[np.intp]

_STANCES: tuple[Stance | None, ...] = ("for", "against", None)
# Set by hand on eval/data/feedback-test.jsonl (docs/adr/0023).
_NEIGHBOURS = 2
# Themes whose centres lie so near are one; a letter left over joins the theme whose centre lies so near (cosines).
_SAME, _JOINS = 0.7, 0.4
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
    """Themes of at least `smallest` letters (2 or more); numbers must differ. The same for the same letters in any order.

    `seed` draws the parts of the letters that `stability` is measured on; themes themselves are drawn by nothing.
    """
    ordered, smallest = sorted(letters, key=lambda letter: letter.number), max(2, smallest)
    members: defaultdict[int, list[ThemeLetter]] = defaultdict(list)
    for letter, label in zip(ordered, labelled(ordered, smallest).tolist(), strict=True):
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


def labelled(letters: Sequence[ThemeLetter], smallest: int) -> Labels:
    """The theme of each letter by a number from 0, -1 for none; no theme has two stances."""
    labels = np.full(len(letters), _UNGROUPED, np.intp)
    for stance in _STANCES:
        places = [place for place, letter in enumerate(letters) if letter.stance == stance]
        if len(places) >= smallest:
            found = _clusters([letters[place] for place in places], smallest)
            labels[places] = np.where(found == _UNGROUPED, _UNGROUPED, found + labels.max() + 1)
    return labels


def _clusters(letters: Sequence[ThemeLetter], smallest: int) -> Labels:
    points = points_of([(letter.text, letter.vector, letter.fields) for letter in letters])
    if points is None:
        return np.zeros(len(letters), np.intp)
    return _large(_joined(points, _merged(points, _dense(points, smallest))), smallest)


def _dense(points: Floats, smallest: int) -> Labels:
    from sklearn.cluster import HDBSCAN

    model = HDBSCAN(
        min_cluster_size=smallest,
        min_samples=min(_NEIGHBOURS, len(points)),
        cluster_selection_method="leaf",
        # Letters that are all about one thing are one theme.
        allow_single_cluster=True,
        copy=True,
    )
    return np.asarray(model.fit(points).labels_, np.intp)


def can_group() -> bool:
    """Whether the library that groups letters is installed."""
    return find_spec("sklearn") is not None


def _large(found: Labels, smallest: int) -> Labels:
    """`found` without the groups of fewer than `smallest`, numbered from 0."""
    sizes = np.bincount(found[found != _UNGROUPED])
    numbers = np.where(sizes >= smallest, np.cumsum(sizes >= smallest) - 1, _UNGROUPED)
    # One more for letters in no group, whose number is the last place.
    return np.asarray(np.append(numbers, _UNGROUPED)[found], np.intp)


def _merged(points: Floats, found: Labels) -> Labels:
    """`found` with themes made one, the nearest first, until no two centres lie as near as those of one theme.

    HDBSCAN's own `cluster_selection_epsilon` fails with numpy 2.4 (scikit-learn 1.9.1).
    """
    count, sums = int(found.max()) + 1, _sums(points, found)
    # The theme of each group, one more for letters in none.
    now = np.append(np.arange(count), _UNGROUPED)
    near = _nearness(sums, sums)
    np.fill_diagonal(near, -1.0)
    while count and near.max() >= _SAME:
        kept, gone = sorted(np.unravel_index(int(near.argmax()), near.shape))
        sums[kept] += sums[gone]
        sums[gone] = 0
        near[kept] = near[:, kept] = _nearness(sums[kept : kept + 1], sums)[0]
        near[gone] = near[:, gone] = near[kept, kept] = -1.0
        now = np.where(now == gone, kept, now)
    return _numbered(now[found])


def _numbered(found: Labels) -> Labels:
    """`found` with the themes numbered from 0 without gaps."""
    used = np.unique(found[found != _UNGROUPED])
    return np.where(found == _UNGROUPED, _UNGROUPED, np.searchsorted(used, found))


def _joined(points: Floats, found: Labels) -> Labels:
    """`found`, with those left over that lie near the centre of a theme in it."""
    if (found == _UNGROUPED).all():
        return found
    nearness = _nearness(points, _sums(points, found))
    joins = (found == _UNGROUPED) & (nearness.max(axis=1) >= _JOINS)
    return np.where(joins, nearness.argmax(axis=1), found)


def _sums(points: Floats, found: Labels) -> Floats:
    """The sum of the points of each theme: its centre but for the length."""
    sums = np.zeros((int(found.max()) + 1, points.shape[1]))
    np.add.at(sums, found[found != _UNGROUPED], points[found != _UNGROUPED])
    return sums


def _nearness(rows: Floats, centres: Floats) -> Floats:
    """The cosine of each row with each centre."""
    return np.asarray(unit(rows) @ unit(centres).T, np.float64)


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
        runs.append(dict(zip(drawn, labelled([letters[place] for place in drawn], smallest).tolist(), strict=True)))
    return runs
