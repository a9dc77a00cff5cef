from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from embeddings.fusion import DEPTH, fuse, scaled

SCORES = st.dictionaries(st.text("abcdef", min_size=1, max_size=3), st.floats(-1.0, 200.0), max_size=30)


@pytest.mark.parametrize(
    ("scores", "expected"),
    [
        ({}, {}),
        ({"a": 7.0}, {"a": 1.0}),  # the only one is the best
        ({"a": 3.0, "b": 2.0, "c": 1.0}, {"a": 1.0, "b": 0.5, "c": 0.0}),
        ({"a": 2.0, "b": 2.0}, {"a": 1.0, "b": 1.0}),  # all alike: all best
        ({"a": 0.9, "b": -0.1}, {"a": 1.0, "b": 0.0}),  # a cosine may be negative
        ({"a": 0.0}, {"a": 1.0}),
    ],
)
def test_best_is_one_and_last_is_zero(scores: dict[str, float], expected: dict[str, float]) -> None:
    assert scaled(scores) == pytest.approx(expected)


def test_only_the_best_take_part() -> None:
    scores = {f"{number:03}": float(-number) for number in range(DEPTH + 50)}
    kept = scaled(scores)
    assert list(kept) == sorted(scores)[:DEPTH]
    assert kept[f"{DEPTH - 1:03}"] == 0.0


def test_ties_at_the_edge_are_cut_by_name() -> None:
    assert list(scaled({f"{number:03}": 1.0 for number in reversed(range(DEPTH + 1))})) == [f"{number:03}" for number in range(DEPTH)]


@pytest.mark.parametrize(
    ("lexical", "dense", "weight", "expected"),
    [
        ({"a": 2.0, "b": 1.0}, {"b": 0.9, "a": 0.8}, 0.6, [("a", 0.6), ("b", 0.4)]),
        ({"a": 2.0, "b": 1.0}, {"c": 0.9, "d": 0.8}, 0.6, [("a", 0.6), ("c", 0.4), ("b", 0.0), ("d", 0.0)]),  # absent is 0
        ({"a": 2.0, "b": 1.0}, {"b": 0.9, "a": 0.8}, 0.5, [("a", 0.5), ("b", 0.5)]),  # ties by name
        ({"a": 2.0, "b": 1.0}, {}, 0.0, [("a", 1.0), ("b", 0.0)]),  # no vectors yet: words alone, whatever the weight
        ({}, {"a": 0.9, "b": 0.8}, 1.0, [("a", 1.0), ("b", 0.0)]),  # no shared word: meaning alone
        ({"a": 2.0, "b": 1.0}, {"b": 0.9, "a": 0.8}, 0.0, [("b", 1.0), ("a", 0.0)]),  # English: meaning decides
        ({}, {}, 0.6, []),
    ],
)
def test_fused_score_is_the_weighted_sum(
    lexical: dict[str, float], dense: dict[str, float], weight: float, expected: list[tuple[str, float]]
) -> None:
    fused = fuse(lexical, dense, lexical_weight=weight)
    assert [group for group, _ in fused] == [group for group, _ in expected]
    assert [score for _, score in fused] == pytest.approx([score for _, score in expected])


@settings(derandomize=True, deadline=None)
@given(SCORES, SCORES, st.floats(0.0, 1.0))
def test_fusion_keeps_the_groups_and_scores_within_bounds(lexical: dict[str, float], dense: dict[str, float], weight: float) -> None:
    fused = fuse(lexical, dense, lexical_weight=weight)
    assert {group for group, _ in fused} == lexical.keys() | dense.keys()
    assert len({group for group, _ in fused}) == len(fused)
    assert all(0.0 <= score <= 1.0 for _, score in fused)
    assert fused == sorted(fused, key=lambda pair: (-pair[1], pair[0]))


@settings(derandomize=True, deadline=None)
@given(SCORES, SCORES)
def test_ranking_does_not_hang_on_the_unit_of_scores(lexical: dict[str, float], dense: dict[str, float]) -> None:
    doubled = {group: 2.0 * score for group, score in lexical.items()}
    assert fuse(doubled, dense, lexical_weight=0.6) == fuse(lexical, dense, lexical_weight=0.6)
