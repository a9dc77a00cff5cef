"""Getting ready to answer: the default corpus on the first run, the index when the corpus has changed."""

from __future__ import annotations

import errno
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from assistant.bootstrap import Parts
from bots.wording import Sentences
from corpus.days import today

if TYPE_CHECKING:
    from assistant.answering.answerer import Answerer
    from embeddings.build import Generation

Progress = Callable[[str, int, int], None]

# Bytes on disk while an index is built, measured on the six codes: at all, for each text, for each text and dimension.
_SPACE, _SPACE_FOR_WORDS, _SPACE_FOR_DIMENSION = 16_000_000, 16_000, 40


def prepared_answerer(parts: Parts, words: Sentences) -> Answerer:
    """The answerer, after making on the first run what it needs."""
    from embeddings.errors import IndexMissing

    try:
        answerer = parts.answerer()
    except IndexMissing:
        print(words.preparing, file=sys.stderr)
        prepare(parts, words)
        return parts.answerer()
    if parts.index_home.current().facts.revision != parts.revision:
        print(words.stale_index, file=sys.stderr)
    return answerer


def prepare(parts: Parts, words: Sentences) -> None:
    """Imports what every corpus begins with and indexes whatever the store holds by words and known vectors."""
    import_defaults(parts)
    index_words(parts, words)


def import_defaults(parts: Parts) -> None:
    """Imports the six codes and the project's guides where they were never imported."""
    from corpus.importing import import_source, open_source
    from corpus.sources.batch import SourceName

    for name, source in (("codes", SourceName.CODES), ("procedures", SourceName.GUIDES)):
        if not parts.store.batch_names(source):
            import_source(parts.store, open_source(name), on=today())


def index_words(parts: Parts, words: Sentences) -> Generation:
    """Builds and swaps in an index that answers by words, and by meaning as far as vectors are known."""
    from embeddings.build import build_words

    identity = parts.encoder_identity
    with _room(parts), parts.index_home.building(), progress_bar(words) as progress:
        return build_words(
            parts.index_home,
            parts.plan,
            dimension=identity[1] if identity else 1,
            known=parts.vectors.indexed,
            encoder=parts.vectors.space,
            progress=progress,
        )


@contextmanager
def _room(parts: Parts) -> Iterator[None]:
    """Room on the disk for an index. Raises `OSError` (ENOSPC) where there is too little, `DiskFilled` where others took it meanwhile."""
    from embeddings.errors import NO_SPACE, DiskFilled, IndexUnfinished

    dimension = parts.encoder_identity[1] if parts.encoder_identity else 1
    sizes = parts.store.status()
    needed = _SPACE + (sizes.versions + sizes.procedures) * (_SPACE_FOR_WORDS + _SPACE_FOR_DIMENSION * dimension)
    if not parts.settings.qdrant_url and shutil.disk_usage(parts.home).free < needed:
        raise OSError(errno.ENOSPC, NO_SPACE, str(parts.home))
    try:
        yield
    except IndexUnfinished as error:
        if error.how != NO_SPACE:
            raise
        raise DiskFilled(max(needed - shutil.disk_usage(parts.home).free, _SPACE)) from error


def is_indexed(parts: Parts) -> bool:
    """Whether the serving index was made from the corpus as it is."""
    from embeddings.errors import IndexMissing

    try:
        return parts.index_home.current().facts.revision == parts.revision
    except IndexMissing:
        return False


def index_meaning(parts: Parts, words: Sentences) -> Generation | None:
    """Encodes what is missing and swaps in the finished index; None where nothing was missing."""
    from embeddings.build import embed_missing

    encoder = parts.encoder
    if encoder is None:
        return None
    with progress_bar(words) as progress:
        encoded = embed_missing(parts.plan, parts.vectors.cache, parts.vectors.packaged, encoder, progress=progress)
    return index_words(parts, words) if encoded or not parts.index_home.current().facts.is_complete else None


@contextmanager
def progress_bar(words: Sentences) -> Iterator[Progress]:
    """A bar with time left on a terminal's standard error; silent elsewhere."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TaskID, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bars

    labels = {"reading": words.reading_source, "words": words.indexing_words, "meaning": words.indexing_meaning}
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Bars(*columns, console=console, disable=not console.is_terminal, transient=True) as bars:
        tasks: dict[str, TaskID] = {}

        def told(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bars.add_task(labels[stage])
            bars.update(tasks[stage], completed=done, total=total or None)

        yield told
