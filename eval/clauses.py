"""Citations against the clauses that answer.

A gold article names the clauses of it that answer, or none where the article does as a whole. Any one gold article is right by itself.
A provision quoted is taken as its clause: point b of clause 1 is clause 1. An article quoted as a whole is no clause of it.
"""

from __future__ import annotations

from collections.abc import Sequence

from corpus.ids import ProvisionId
from eval.sets import GoldArticle


def clause_precision(quoted: Sequence[ProvisionId], gold: Sequence[GoldArticle]) -> float | None:
    """The share of the different clauses quoted that are gold, of whichever gold article; None where nothing is quoted."""
    clauses = {provision.of_clause for provision in quoted if provision.article is not None}
    if not clauses:
        return None
    return sum(any(_is_gold(clause, one) for one in gold) for clause in clauses) / len(clauses)


def clause_recall(quoted: Sequence[ProvisionId], gold: Sequence[GoldArticle]) -> float:
    """The share of the gold clauses that are quoted, of the gold article for which it is greatest; 0 without gold.

    A gold article without clauses is quoted where any part of it is.
    """
    clauses = {provision.of_clause for provision in quoted}
    return max((_quoted_share(one, clauses) for one in gold), default=0.0)


def _is_gold(clause: ProvisionId, gold: GoldArticle) -> bool:
    return clause.of_article == gold.article and (not gold.clauses or clause.clause in gold.clauses)


def _quoted_share(gold: GoldArticle, clauses: set[ProvisionId]) -> float:
    numbers = {clause.clause for clause in clauses if clause.of_article == gold.article}
    if not gold.clauses:
        return float(bool(numbers))
    return len(numbers.intersection(gold.clauses)) / len(set(gold.clauses))
