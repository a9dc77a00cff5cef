"""One ranking from two: a weighted sum of scores, each scaled over its own best groups.

Scaled scores beat reciprocal ranks on every set measured (docs/measurements.md), and can say how sure a hit is.
"""

from __future__ import annotations

from collections.abc import Mapping

# Groups of each ranking that take part; the last of them counts 0.
DEPTH = 100


def scaled(scores: Mapping[str, float]) -> dict[str, float]:
    """The best `DEPTH` scores brought to 0..1: the best is 1, the last 0; a single score is 1."""
    best = sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))[:DEPTH]
    if not best:
        return {}
    highest, lowest = best[0][1], best[-1][1]
    span = highest - lowest
    return {group: (score - lowest) / span if span > 0 else 1.0 for group, score in best}


def fuse(lexical: Mapping[str, float], dense: Mapping[str, float], *, lexical_weight: float) -> list[tuple[str, float]]:
    """Groups with the weighted sum of their scaled scores, best first, ties by name; a group absent from one side has 0 there.

    Where one side found nothing at all, the other decides alone.
    """
    weight = 1.0 if not dense else 0.0 if not lexical else lexical_weight
    words, meaning = scaled(lexical), scaled(dense)
    total = {group: weight * words.get(group, 0.0) + (1 - weight) * meaning.get(group, 0.0) for group in words.keys() | meaning.keys()}
    return sorted(total.items(), key=lambda pair: (-pair[1], pair[0]))
