"""One ranking from two: a weighted sum of scores, each scaled over its own best groups.

Scaled scores beat reciprocal ranks on every set measured (docs/measurements.md), and can say how sure a hit is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from math import exp

# How far a document that holds many of the best hits lifts all of its articles: people ask about one law at a time.
DOCUMENT_PRIOR = 0.2
_PRIOR_DEPTH = 50
_PRIOR_TEMPERATURE = 0.3
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


def with_document_prior(ranking: Sequence[tuple[str, float]], documents: Mapping[str, str | None]) -> list[tuple[str, float]]:
    """The ranking with each group lifted by the share of its document among the best groups; groups without one stay.

    The share is the sum over the document's groups of the softmax (temperature .3) of the best 50 scores.
    """
    best = ranking[:_PRIOR_DEPTH]
    total = sum(exp(score / _PRIOR_TEMPERATURE) for _, score in best)
    shares: dict[str, float] = defaultdict(float)
    for group, score in best:
        document = documents.get(group)
        if document:
            shares[document] += exp(score / _PRIOR_TEMPERATURE) / total
    lifted = [(group, score + DOCUMENT_PRIOR * shares.get(documents.get(group) or "", 0.0)) for group, score in ranking]
    return sorted(lifted, key=lambda pair: (-pair[1], pair[0]))
