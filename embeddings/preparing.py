"""Texts into entries, in several processes: cutting and counting words costs more than the engine's own work."""

from __future__ import annotations

import os
import threading
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain, islice
from multiprocessing import get_context, parent_process

from embeddings.lexical import LexicalEncoder
from embeddings.restore import BigramCounts
from embeddings.searchable import SearchableText
from embeddings.vector_index import Entry

# Texts for one task: large enough to pay for handing them over, small enough to keep few in memory.
_CHUNK = 1500
# More processes than that do not help: the engine takes in what two prepare.
_PROCESSES = 2
_AHEAD = 2


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
    prepare = partial(prepare_chunk, mean_terms=mean_terms)
    if len(first) < 2:
        yield from map(prepare, first)
        return
    with ProcessPoolExecutor(_PROCESSES, mp_context=get_context("spawn"), initializer=_end_with_parent) as pool:
        waiting: deque[Future[Prepared]] = deque()
        for chunk in chain(first, chunks):
            waiting.append(pool.submit(prepare, chunk))
            if len(waiting) > _PROCESSES + _AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def prepare_chunk(texts: Sequence[SearchableText], mean_terms: float) -> Prepared:
    """One chunk: each text cut into passages, its words weighed, its pairs of syllables counted."""
    lexical, counts, entries = LexicalEncoder(mean_terms), BigramCounts(), list[Entry]()
    for text in texts:
        searchable = text.searchable()
        fields = searchable.fields
        counts.add(f"{fields.title}. {fields.heading}. {fields.body}")
        for place, passage in enumerate(searchable.passages):
            # The text itself is not stored in the index, so it need not travel between processes.
            entries.append(Entry(replace(passage, text="", context=""), lexical.document(fields) if place == 0 else None))
    return Prepared(len(texts), tuple(entries), counts)


def _end_with_parent() -> None:
    """Ends this process when the one that started it is gone, however it went."""

    def wait() -> None:
        parent = parent_process()
        if parent is not None:
            parent.join()
            os._exit(1)

    threading.Thread(target=wait, daemon=True).start()


def _chunks(texts: Iterable[SearchableText]) -> Iterator[list[SearchableText]]:
    remaining = iter(texts)
    while chunk := list(islice(remaining, _CHUNK)):
        yield chunk
