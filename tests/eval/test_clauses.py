"""Citations against the clauses that answer."""

from __future__ import annotations

import pytest

from corpus.ids import ProvisionId
from eval.clauses import clause_precision, clause_recall
from eval.sets import GoldArticle


def _gold(*texts: str) -> tuple[GoldArticle, ...]:
    """ "36:1,3" is clauses 1 and 3 of Article 36, "36" the article as a whole."""
    parted = (text.partition(":") for text in texts)
    return tuple(GoldArticle(ProvisionId("L1", article), tuple(filter(None, clauses.split(",")))) for article, _, clauses in parted)


@pytest.mark.parametrize(
    ("quoted", "gold", "precision", "recall", "why"),
    [
        (("36.1",), _gold("36:1"), 1.0, 1.0, "the clause"),
        (("36.1.a", "36.1.b"), _gold("36:1"), 1.0, 1.0, "points of one clause are that clause once"),
        (("36.1", "36.2"), _gold("36:1"), 0.5, 1.0, "a clause too many"),
        (("36.1",), _gold("36:1,3"), 1.0, 0.5, "a clause too few"),
        (("36",), _gold("36:1"), 0.0, 0.0, "an article as a whole says not which clause"),
        (("36.2", "36.3"), _gold("36"), 1.0, 1.0, "gold as a whole takes any part"),
        (("35.1",), _gold("36:1"), 0.0, 0.0, "the same clause of another article"),
        (("36.1", "40.2"), _gold("36:1,2", "40:2"), 1.0, 1.0, "any one gold article is enough, and all are gold"),
        (("36.1", "36.1", "9"), _gold("36:1"), 0.5, 1.0, "what is quoted twice counts once"),
        ((), _gold("36:1"), None, 0.0, "nothing quoted"),
        (("36.1",), (), 0.0, 0.0, "no gold"),
    ],
)
def test_precision_and_recall_are_those_of_clauses(
    quoted: tuple[str, ...], gold: tuple[GoldArticle, ...], precision: float | None, recall: float, why: str
) -> None:
    provisions = [ProvisionId.parse(f"L1@{one}") for one in quoted]
    assert (clause_precision(provisions, gold), clause_recall(provisions, gold)) == (precision, recall), why
