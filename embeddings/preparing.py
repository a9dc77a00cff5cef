"""Texts into entries, in several processes: cutting and counting words costs more than the engine's own work."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, replace
from itertools import chain, islice
from multiprocessing import get_context

from corpus.processes import end_with_parent
from embeddings.lexical import LexicalEncoder
from embeddings.restore import BigramCounts
from embeddings.searchable import SearchableText
from embeddings.vector_index import Entry

# Texts for one task: large enough to pay for handing them over, small enough to keep few in memory.
_CHUNK = 1500
# More processes than that do not help: the engine takes in what two prepare.
_PROCESSES = 2
_AHEAD = 2
# The first chunks teach the restorer whole; beyond some 10,000 texts a corpus repeats itself, and every fourth text does.
_LEARNED_WHOLE = 8
_LEARN_EVERY = 4


@dataclass(frozen=True, slots=True)
class Prepared:
    """Entries without dense vectors, and what the restorer learns from their texts."""

    texts: int
    entries: tuple[Entry, ...]
    counts: BigramCounts


def prepared(texts: Iterable[SearchableText], mean_terms: float) -> Iterator[Prepared]:
    """The texts in chunks, prepared, in order; a small corpus in this process, a large one in others."""
    chunks = _chunks(texts)
    first = list(islice(chunks, 2))
    if len(first) < 2:
        yield from (prepare_chunk(chunk, mean_terms) for chunk in first)
        return
    with ProcessPoolExecutor(_PROCESSES, mp_context=get_context("spawn"), initializer=end_with_parent) as pool:
        waiting: deque[Future[Prepared]] = deque()
        for number, chunk in enumerate(chain(first, chunks)):
            every = 1 if number < _LEARNED_WHOLE else _LEARN_EVERY
            waiting.append(pool.submit(prepare_chunk, chunk, mean_terms, learn_every=every))
            if len(waiting) > _PROCESSES + _AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def prepare_chunk(texts: Sequence[SearchableText], mean_terms: float, *, learn_every: int = 1) -> Prepared:
    """One chunk: each text cut into passages and its words weighed; the syllables of every `learn_every`-th text are counted."""
    lexical, counts, entries = LexicalEncoder(mean_terms), BigramCounts(), list[Entry]()
    for number, text in enumerate(texts):
        searchable = text.searchable()
        fields = searchable.fields
        if number % learn_every == 0:
            counts.add(f"{fields.title}. {fields.heading}. {fields.body}")
        for place, passage in enumerate(searchable.passages):
            # The text itself is not stored in the index, so it need not travel between processes.
            entries.append(Entry(replace(passage, text="", context=""), lexical.document(fields) if place == 0 else None))
    return Prepared(len(texts), tuple(entries), counts)


def _chunks(texts: Iterable[SearchableText]) -> Iterator[list[SearchableText]]:
    remaining = iter(texts)
    while chunk := list(islice(remaining, _CHUNK)):
        yield chunk
