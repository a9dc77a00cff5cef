"""A message that follows, read in two ways: joined with the turns before, and alone; and which of the two answers is meant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from assistant.answering.types import ANSWERING, Answer, Outcome
from assistant.dialogue.cues import GOES_BACK, content_words, without_connectives
from assistant.dialogue.followup import PastTurn, last_cited, told_before
from corpus.ids import ProvisionId
from corpus.types import Procedure
from embeddings.retrieve import PreparedQuestion
from embeddings.vector_cache import Vector
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
# Answers to follow-ups of the same dialogues are right for .76 in a document that the topic cited before, and for .60 elsewhere where the
# message alone leads there too, with at least so many words to tell by; of 11 others 3. Those must be surer: this much where nothing has
# answered the topic yet, and where something has, this much.
_WORDS_ALONE = 3
_SURE_FIRST, _SURE_ELSEWHERE = 0.8, 0.95


def after_last_turn(text: str, before: Sequence[PastTurn]) -> str:
    """`text` after what it goes on from, without the case that this was joined with; only searched for, never shown."""
    return f"{told_before(text, before).rstrip(' ?.!')}, {without_connectives(text)}"


def mixed(joined: PreparedQuestion, alone: PreparedQuestion, after: PreparedQuestion) -> PreparedQuestion:
    """`joined`, to be searched with the words and meaning of all three."""
    questions = (joined, alone, after)
    words = _summed([one.words for one in questions], _WORDS)
    meaning, sought = _average([one.meaning for one in questions]), _average([one.sought for one in questions])
    return replace(joined, words=words) if meaning is None else replace(joined, words=words, meaning=meaning, sought=sought)


def _average(vectors: Sequence[Vector | None]) -> Vector | None:
    """The weighted mean of unit vectors as a unit vector; None where one is missing."""
    known = [vector for vector in vectors if vector is not None]
    if len(known) < len(vectors):
        return None
    mean = np.average(np.stack(known), axis=0, weights=_MEANING).astype(np.float32)
    return np.asarray(mean / np.linalg.norm(mean), np.float32)


def leaning(alone: Answer, before: Sequence[PastTurn]) -> float:
    """How much what answers a message alone speaks for (above 0) or against its following from the turns before, in log odds.

    Too few words to tell by alone speak neither for nor against.
    """
    last = last_cited(before)
    best = alone.citations[0].provision if alone.citations and not alone.procedure else None
    if best and last and best.document == last.document:
        return _SAME_DOCUMENT
    return _ELSEWHERE * alone.confidence if len(content_words(alone.question.restored)) >= _WORDS_ALONE else 0.0


def is_meant_alone(alone: Answer, joined: Answer, before: Sequence[PastTurn]) -> bool:
    """Whether a message that follows is answered by what answers it alone.

    So where nothing answers it joined, or where only alone it leads to a neighbour of the article cited last.
    """
    if alone.outcome not in ANSWERING or joined.outcome is Outcome.EMERGENCY or joined.question.named:
        return False
    last = last_cited(before)
    return joined.outcome not in ANSWERING or (_is_beside(alone, last) and not _is_beside(joined, last))


def is_sure(meant: Answer, alone: Answer, text: str, before: Sequence[PastTurn]) -> bool:
    """Whether what answers a message that follows may be told: it stays with what the topic was answered by, or is found alone too."""
    if meant.outcome not in ANSWERING or meant.question.named or meant.sides:
        return meant.outcome is not Outcome.NO_SOURCE or bool(meant.question.named)
    topic = _topic(text, before)
    if meant.procedure:
        return _goes_with(meant.procedure, text, topic)
    cited = {provision.document for turn in topic for provision in turn.provisions}
    best = meant.citations[0].provision.document if meant.citations else ""
    was_answered = cited or any(turn.procedure for turn in topic)
    if best in cited or meant.confidence >= (_SURE_ELSEWHERE if was_answered else _SURE_FIRST):
        return True
    found = alone.citations[0].provision if alone.citations and not alone.procedure else None
    is_same = found is not None and found.of_article == meant.citations[0].provision.of_article
    return found is not None and found.document == best and (is_same or len(content_words(text)) >= _WORDS_ALONE)


def _topic(text: str, before: Sequence[PastTurn]) -> Sequence[PastTurn]:
    """The turns from the one that opened the topic; all of them where the message goes back."""
    opened = max((place for place, turn in enumerate(before) if not turn.follows), default=0)
    return before if GOES_BACK.is_in(text.lower()) else before[opened:]


def _goes_with(guide: Procedure, text: str, topic: Sequence[PastTurn]) -> bool:
    """Whether a guide is the one given before, the first after law, or else called by a word that was said of the topic."""
    given = [turn.procedure for turn in topic if turn.procedure]
    if guide.name in given or (not given and any(turn.provisions for turn in topic)):
        return True
    said = content_words(" ".join([text, *given, *(turn.asked for turn in topic)]))
    return any(content_words(name) & said for name in (guide.name, *guide.also_called))


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
