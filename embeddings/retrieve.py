"""A question in, the groups (articles, procedures) that may answer out, each with its score explained."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from embeddings.encoder import Encoder
from embeddings.fusion import DEPTH, fuse, scaled, with_document_prior
from embeddings.language import Language, language_of
from embeddings.lexical import LexicalEncoder
from embeddings.projection import Projection
from embeddings.restore import Restored, Restorer
from embeddings.vector_cache import Vector
from embeddings.vector_index import Found, SearchFilter, SparseVector, VectorIndex

# Share of words in the mixed score; the rest is meaning. English shares no words with the law.
LEXICAL_WEIGHT = {Language.VIETNAMESE: 0.5, Language.ENGLISH: 0.0, Language.OTHER: 0.3}
# A question resembles a question more than a text resembles it; without the discount every near question would win.
QUESTION_DISCOUNT = 0.03
# Before all vectors are there, what has one is ranked by meaning only if it shares so much of the question's words as what has none.
_WORDS_SHARED = 0.75
# Articles found by meaning count by their best passage; twice as many passages rank the first ten alike (docs/measurements.md).
_PASSAGES_FOR_DEPTH = 2 * DEPTH


@dataclass(frozen=True, slots=True)
class Hit:
    """A group with its mixed score (0 to 1.2), the raw scores behind it (0 where it was not found that way) and its best passages.

    `question` is the largest cosine to an everyday question that the group answers, 0 where none was near.
    """

    group: str
    score: float
    lexical: float
    dense: float
    lexical_share: float
    dense_share: float
    question: float
    passages: tuple[Found, ...]

    @property
    def document_share(self) -> float:
        """What the hit owes to its document's other hits."""
        return self.score - self.lexical_share - self.dense_share

    @property
    def explanation(self) -> str:
        """How the score came about, for people who check."""
        return (
            f"{self.score:.3f} = words {self.lexical_share:.3f} (BM25 {self.lexical:.1f})"
            f" + meaning {self.dense_share:.3f} (cosine {self.dense:.3f}) + document {self.document_share:.3f}"
        )


@dataclass(frozen=True, slots=True)
class PreparedQuestion:
    """A question ready to search: with its marks restored, its language, its words and its meaning (None without encoder).

    `sought` is the vector that passages are compared with: the meaning as the index has it.
    """

    question: str
    was_restored: bool
    language: Language
    words: SparseVector
    meaning: Vector | None
    sought: Vector | None = None


class Retriever:
    """Finds groups for a question. Without an encoder, or before vectors are there, it searches by words alone.

    `projection`: with which the index was made. `is_partial`: only some passages have a vector; where the best by words has none, they
    decide alone, lest it be pushed aside.
    """

    def __init__(
        self,
        index: VectorIndex,
        lexical: LexicalEncoder,
        restorer: Restorer,
        encoder: Encoder | None,
        projection: Projection | None = None,
        *,
        is_partial: bool = False,
    ) -> None:
        self._index, self._lexical, self._restorer, self._encoder = index, lexical, restorer, encoder
        self._projection, self._is_partial = projection, is_partial

    def prepare(self, text: str) -> PreparedQuestion:
        """What is done once for a question, however often it is searched."""
        language = language_of(text)
        restored = self._restorer.restore(text) if language is Language.VIETNAMESE else Restored(text, changed=False)
        meaning = self._encoder.encode_queries([restored.text])[0] if self._encoder else None
        sought = self._projection.of_question(meaning) if self._projection and meaning is not None else meaning
        return PreparedQuestion(restored.text, restored.changed, language, self._lexical.query(restored.text), meaning, sought)

    def search(self, prepared: PreparedQuestion, *, k: int = 10, where: SearchFilter | None = None) -> list[Hit]:
        """The best `k` groups, best first."""
        where = where or SearchFilter()
        words = self._index.search_sparse(prepared.words, DEPTH, where)
        meanings = self._index.search_dense(prepared.sought, _PASSAGES_FOR_DEPTH, where) if prepared.sought is not None else []
        weight = LEXICAL_WEIGHT[prepared.language]
        hits = _fused(words, meanings, weight, k)
        return _fused(words, [], weight, k) if self._is_partial and weight and _hides_better(hits, words, meanings) else hits

    def retrieve(self, text: str, *, k: int = 10, where: SearchFilter | None = None) -> list[Hit]:
        """`prepare` and `search` in one."""
        return self.search(self.prepare(text), k=k, where=where)

    def by_words(self) -> Retriever:
        """A retriever over the same index that leaves meaning out, as before vectors are there."""
        return Retriever(self._index, self._lexical, self._restorer, None)

    def close(self) -> None:
        """Gives the index back."""
        self._index.close()


def _fused(words: list[Found], meanings: list[Found], lexical_weight: float, k: int) -> list[Hit]:
    lexical, dense = _best_by_group(words), _best_by_group(meanings)
    weight = 1.0 if not dense else 0.0 if not lexical else lexical_weight
    lexical_scaled, dense_scaled = scaled(lexical), scaled(dense)
    documents = {one.group: one.document for one in (*words, *meanings)}
    ranking = with_document_prior(fuse(lexical, dense, lexical_weight=lexical_weight), documents)[:k]
    passages = _passages_by_group([*meanings, *words], {group for group, _ in ranking})
    return [
        Hit(
            group=group,
            score=score,
            lexical=lexical.get(group, 0.0),
            dense=dense.get(group, 0.0),
            lexical_share=weight * lexical_scaled.get(group, 0.0),
            dense_share=(1 - weight) * dense_scaled.get(group, 0.0),
            question=max((one.score for one in passages[group] if one.is_question), default=0.0),
            passages=passages[group],
        )
        for group, score in ranking
    ]


def _hides_better(hits: Sequence[Hit], words: Sequence[Found], meanings: Iterable[Found]) -> bool:
    """Whether the group that shares the most words with the question has no meaning to go by, and the best hit shares far fewer."""
    best = max(words, key=lambda one: one.score, default=None)
    if best is None or not hits or best.group in {one.group for one in meanings}:
        return False
    return not hits[0].dense or hits[0].lexical < _WORDS_SHARED * best.score


def _best_by_group(found: Iterable[Found]) -> dict[str, float]:
    best: dict[str, float] = {}
    for one in found:
        score = one.score - QUESTION_DISCOUNT if one.is_question else one.score
        best[one.group] = max(score, best.get(one.group, float("-inf")))
    return best


def _passages_by_group(found: Iterable[Found], groups: Collection[str]) -> dict[str, tuple[Found, ...]]:
    grouped: dict[str, dict[str, Found]] = {}
    for one in found:
        if one.group in groups:
            grouped.setdefault(one.group, {}).setdefault(one.passage, one)
    return {group: tuple(passages.values()) for group, passages in grouped.items()}
