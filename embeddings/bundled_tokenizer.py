"""The token ids that multilingual-e5-small was trained on, for any text.

SentencePiece unigram: each code point is replaced by the table's text, blanks are squeezed, every word gets the mark ▁ in
front, and each word is cut into the pieces with the highest sum of log probabilities (Kudo, ACL 2018, algorithm of
Viterbi). No piece holds ▁ anywhere but in front, so words can be cut one by one and remembered: legal Vietnamese has a few
thousand different syllables.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain
from operator import itemgetter

from embeddings.bundled_weights import PieceTable

_MARK = "\u2581"
_BLANKS = re.compile(" {2,}")
_REMEMBERED_WORDS = 65_536
# Longer runs without a blank are rare and would fill the memory.
_REMEMBERED_LENGTH = 40
# What SentencePiece takes off for a character that no piece covers (kUnkPenalty in unigram_model.cc).
_UNKNOWN_PENALTY = 10.0


class UnigramTokenizer:
    """Cuts text into token ids."""

    def __init__(self, table: PieceTable) -> None:
        self._replacements = table.replacements
        self._ids = dict(zip(table.pieces, range(len(table.pieces)), strict=True))
        # The piece <unk> stands for what is not known; a text that says "<unk>" is cut like any other.
        del self._ids[table.pieces[table.unknown]]
        self._scores = table.scores
        self._unknown = table.unknown
        self._unknown_score = min(table.scores) - _UNKNOWN_PENALTY
        self._longest = max(map(len, table.pieces))
        self._remembered = lru_cache(_REMEMBERED_WORDS)(self._cut)

    def ids(self, text: str) -> list[int]:
        """Token ids of `text` without begin and end marks; one unknown id for each character no piece covers."""
        normal = _BLANKS.sub(" ", text.translate(self._replacements))
        words = normal.removeprefix(" ").split(" ")
        return list(chain.from_iterable(map(self._word_ids, words)))

    def _word_ids(self, word: str) -> tuple[int, ...]:
        if len(word) > _REMEMBERED_LENGTH:
            return self._cut(word)
        return self._remembered(word)

    def _cut(self, word: str) -> tuple[int, ...]:
        marked = _MARK + word
        steps = self._best_steps(marked)
        cut: list[int] = []
        at = len(marked)
        while at > 0:
            at, piece = steps[at]
            cut.append(piece)
        return tuple(reversed(cut))

    def _best_steps(self, marked: str) -> list[tuple[int, int]]:
        """For each position, where the last piece of the best cut up to it starts, and which piece that is."""
        best = [0.0]
        steps = [(0, self._unknown)]
        for end in range(1, len(marked) + 1):
            score, start, piece = max(self._last_pieces(marked, end, best), key=itemgetter(0))
            best.append(score)
            steps.append((start, piece))
        return steps

    def _last_pieces(self, marked: str, end: int, best: Sequence[float]) -> Iterator[tuple[float, int, int]]:
        """Every piece that ends at `end`: score of the best cut that ends with it, its start, its id."""
        yield best[end - 1] + self._unknown_score, end - 1, self._unknown
        for start in range(max(0, end - self._longest), end):
            piece = self._ids.get(marked[start:end])
            if piece is not None:
                yield best[start] + self._scores[piece], start, piece
