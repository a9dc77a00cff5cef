"""A message that follows, read in two ways: joined with the turns before, and alone; and which of the two answers is meant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from assistant.answering.types import ANSWERING, Answer, Outcome
from assistant.dialogue.cues import without_connectives
from assistant.dialogue.followup import PastTurn, last_cited, told_before
from corpus.ids import ProvisionId
from embeddings.retrieve import PreparedQuestion
from embeddings.vector_index import SparseVector

# How much of the meaning and of the words searched for comes from the joined question, from the message alone, and from the message
# after what it goes on from: in a question of two turns what is asked now would else drown in the case told at length.
# Tried on eval/data/dialogues-dev.jsonl: searched by itself the joined question finds .61 of the answers, so mixed .69.
_MEANING, _WORDS = (0.35, 0.35, 0.3), (0.7, 0.45, 0.35)
# People ask on about what stands beside: in the same dialogues a third of the follow-ups are answered so many articles away at most.
_BESIDE = 3
# Log odds of following, fitted on the same dialogues over what the words alone tell: for an answer in the document cited last, and
# for an answer elsewhere, times its confidence. Accuracy .941 before, .965 with it.
_SAME_DOCUMENT, _ELSEWHERE = 1.1, -1.4


def after_last_turn(text: str, before: Sequence[PastTurn]) -> str:
    """`text` after what it goes on from, without the case that this was joined with; only searched for, never shown."""
    return f"{told_before(text, before).rstrip(' ?.!')}, {without_connectives(text)}"


def mixed(joined: PreparedQuestion, alone: PreparedQuestion, after: PreparedQuestion) -> PreparedQuestion:
    """`joined`, to be searched with the words and meaning of all three."""
    questions = (joined, alone, after)
    words = _summed([one.words for one in questions], _WORDS)
    meanings = [one.meaning for one in questions if one.meaning is not None]
    if len(meanings) < len(questions):
        return replace(joined, words=words)
    meaning = np.average(np.stack(meanings), axis=0, weights=_MEANING).astype(np.float32)
    return replace(joined, words=words, meaning=meaning / np.float32(np.linalg.norm(meaning)))


def leaning(alone: Answer, before: Sequence[PastTurn]) -> float:
    """How much what answers a message alone speaks for (above 0) or against its following from the turns before, in log odds."""
    last = last_cited(before)
    best = alone.citations[0].provision if alone.citations and not alone.procedure else None
    if best and last and best.document == last.document:
        return _SAME_DOCUMENT
    return _ELSEWHERE * alone.confidence


def is_meant_alone(alone: Answer, joined: Answer, before: Sequence[PastTurn]) -> bool:
    """Whether a message that follows is answered by what answers it alone.

    So where nothing answers it joined, or where only alone it leads to a neighbour of the article cited last.
    """
    if alone.outcome not in ANSWERING or joined.outcome is Outcome.EMERGENCY or joined.question.named:
        return False
    last = last_cited(before)
    return joined.outcome not in ANSWERING or (_is_beside(alone, last) and not _is_beside(joined, last))


def _is_beside(answer: Answer, last: ProvisionId | None) -> bool:
    """Whether the best citation is of another article close to `last`, in the same document."""
    if answer.procedure or not answer.citations or last is None:
        return False
    best = answer.citations[0].provision
    numbers = [one.article for one in (best, last) if one.article and one.article.isdigit()]
    return best.document == last.document and len(numbers) == 2 and 1 <= abs(int(numbers[0]) - int(numbers[1])) <= _BESIDE


def _summed(vectors: Sequence[SparseVector], weights: Sequence[float]) -> SparseVector:
    indices = np.unique(np.concatenate([one.indices for one in vectors]))
    values = np.zeros(len(indices), np.float32)
    for one, weight in zip(vectors, weights, strict=True):
        values[np.searchsorted(indices, one.indices)] += weight * one.values
    return SparseVector(indices, values)
