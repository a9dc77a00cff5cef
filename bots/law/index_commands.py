"""`dienhong index build | package`."""

from __future__ import annotations

import argparse

from assistant.bootstrap import Parts
from assistant.settings import Settings
from bots.law.preparation import import_defaults, index_meaning, index_words, is_indexed
from bots.wording import Sentences


def build(arguments: argparse.Namespace, settings: Settings, words: Sentences) -> int:
    """Indexes the corpus by words, then by meaning; goes on where a stopped build was."""
    parts = Parts(settings)
    import_defaults(parts)
    generation = parts.index_home.current() if is_indexed(parts) else index_words(parts, words)
    print(words.words_ready.format(passages=generation.facts.passages), flush=True)
    generation = (None if arguments.words_only else index_meaning(parts, words)) or generation
    print(words.index_ready.format(passages=generation.facts.passages, embedded=generation.facts.embedded))
    return 0


def package(_arguments: argparse.Namespace, settings: Settings, words: Sentences) -> int:
    """Writes the vectors of the present corpus into `embeddings/data`, for the default corpus before a release."""
    from assistant.vectors import packaged_vectors_path
    from embeddings.vector_cache import PackagedVectors

    parts = Parts(settings)
    if parts.encoder is None:
        print(words.no_index)
        return 3
    passages = [passage.id for text in parts.plan.texts() for passage in text.searchable().passages]
    path, vectors = packaged_vectors_path(), parts.vectors.known.known(passages)
    PackagedVectors.save(path, parts.encoder.name, vectors)
    print(f"{len(vectors)} of {len(passages)} vectors, {path.stat().st_size} bytes: {path}")
    return 0
