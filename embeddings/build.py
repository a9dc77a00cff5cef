"""Making an index: words first, so that people can ask; meaning behind, resumable; the finished one swapped in.

An index is a *generation*: a folder with the shard, the restorer and its facts. The file `CURRENT` names the one that serves
and is replaced in one step, so a build that is killed or runs out of disk leaves the serving one untouched.
"""

from __future__ import annotations

import fcntl
import json
import logging
import os
import shutil
import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from zipfile import BadZipFile

from corpus.text import nfc
from embeddings.encoder import Encoder
from embeddings.engines import EdgeEngine, VectorEngine
from embeddings.errors import IndexBusy, IndexMissing, IndexUnfinished, IndexUnreachable
from embeddings.lexical import Fields, LexicalEncoder, mean_terms
from embeddings.preparing import prepared
from embeddings.restore import BigramCounts, Restorer
from embeddings.searchable import SearchableText
from embeddings.vector_cache import KnownVectors, Vector, VectorCache
from embeddings.vector_index import Entry, VectorIndex, point_id

log = logging.getLogger(__name__)

LAYOUT_VERSION = 5
# Passages encoded between two commits of the cache: at most this much work is lost to a kill.
_CHUNK = 256

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class IndexFacts:
    """What a generation was made from."""

    revision: str
    encoder: str | None
    dimension: int
    passages: int
    embedded: int
    mean_terms: float
    layout: int = LAYOUT_VERSION

    @property
    def is_complete(self) -> bool:
        """Whether every passage has a dense vector."""
        return self.embedded == self.passages


@dataclass(frozen=True, slots=True)
class Generation:
    """A finished index on disk."""

    directory: Path
    facts: IndexFacts
    engine: VectorEngine

    def open(self) -> tuple[VectorIndex, LexicalEncoder, Restorer]:
        """The index with what is needed to ask it. Raises `IndexBusy`, and `IndexMissing` where it was removed meanwhile."""
        try:
            restorer = Restorer.load(self.directory / "restorer.npz")
        except (OSError, ValueError, KeyError, BadZipFile) as error:
            raise IndexMissing(str(self.directory)) from error
        return self.engine.open(self.directory), LexicalEncoder(self.facts.mean_terms), restorer


class IndexHome:
    """The folder where generations live; `engine` keeps their vectors."""

    def __init__(self, directory: Path, engine: VectorEngine | None = None) -> None:
        self._directory = directory
        self.engine = engine or EdgeEngine()

    def current(self) -> Generation:
        """The serving generation. Raises `IndexMissing` where there is none, or only one of another layout."""
        pointer = self._directory / "CURRENT"
        try:
            folder = self._directory / pointer.read_text(encoding="utf-8").strip()
            facts = IndexFacts(**json.loads((folder / "facts.json").read_text(encoding="utf-8")))
        except (FileNotFoundError, ValueError, TypeError) as error:
            raise IndexMissing(str(self._directory)) from error
        if facts.layout != LAYOUT_VERSION:
            raise IndexMissing(str(self._directory))
        return Generation(folder, facts, self.engine)

    @contextmanager
    def building(self) -> Iterator[None]:
        """Holds the right to build. Raises `IndexBusy` while another process builds."""
        self._directory.mkdir(parents=True, exist_ok=True)
        with (self._directory / "build.lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise IndexBusy(str(self._directory)) from error
            yield

    @contextmanager
    def fresh(self) -> Iterator[Path]:
        """A folder for a generation in the making; removed again if making it fails."""
        folder = self._directory / f"generation-{uuid.uuid4().hex[:12]}"
        folder.mkdir(parents=True)
        try:
            yield folder
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            # What failed may be the very server that would have to forget the collection.
            with suppress(IndexUnreachable):
                self.engine.remove(folder)
            raise

    def swap_in(self, folder: Path) -> None:
        """Makes `folder` the serving generation, and removes those that nobody uses any more."""
        pointer = self._directory / "CURRENT"
        draft = self._directory / "CURRENT.new"
        with draft.open("w", encoding="utf-8") as file:
            file.write(folder.name)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(pointer)
        self.engine.serve(folder)
        self._remove_unused(keep=folder)

    def _remove_unused(self, keep: Path) -> None:
        for folder in self._directory.glob("generation-*"):
            if folder != keep and not self.engine.is_used(folder):
                self.engine.remove(folder)
                shutil.rmtree(folder, ignore_errors=True)


@dataclass(frozen=True, slots=True)
class BuildPlan:
    """What to index: `texts` gives the searchable texts anew each time, `sample` the fields of some of them spread over all;
    `extra_training` are everyday wordings for restoring marks.
    """

    revision: str
    texts: Callable[[], Iterable[SearchableText]]
    sample: Callable[[], Iterable[Fields]]
    extra_training: Sequence[str] = ()


def build_words(
    home: IndexHome, plan: BuildPlan, *, dimension: int, known: KnownVectors | None, encoder: str | None, progress: Progress
) -> Generation:
    """Makes and swaps in a generation that answers by words, and by meaning as far as `known` vectors reach.

    Raises `IndexUnfinished` where a process that takes part in it dies; the serving generation goes on serving.
    """
    mean = mean_terms(plan.sample())
    with home.fresh() as folder:
        filling = _Filling(mean, known, progress)
        index = home.engine.create(folder, dimension)
        try:
            index.add(filling.entries(plan.texts()))
            index.finish()
        except BrokenProcessPool as error:
            raise IndexUnfinished(type(error).__name__) from error
        finally:
            index.close()
        filling.restorer(plan.extra_training).save(folder / "restorer.npz")
        facts = IndexFacts(plan.revision, encoder, dimension, filling.passages, filling.embedded, mean)
        (folder / "facts.json").write_text(json.dumps(asdict(facts), indent=1), encoding="utf-8")
        home.swap_in(folder)
    log.info("index built", extra={"passages": facts.passages, "embedded": facts.embedded})
    return Generation(folder, facts, home.engine)


def embed_missing(plan: BuildPlan, cache: VectorCache, known: KnownVectors, encoder: Encoder, *, progress: Progress) -> int:
    """Encodes every passage that neither `cache` nor `known` has; returns how many. Killed, it goes on where it stopped."""
    texts = {passage.id: f"{passage.context}\n{passage.text}" for text in plan.texts() for passage in text.searchable().passages}
    packaged = known.known(list(texts))
    missing = [passage for passage in cache.missing(texts) if passage not in packaged]
    # Passages of like length together: a batch costs as much as its longest.
    missing.sort(key=lambda passage: len(texts[passage]), reverse=True)
    for start in range(0, len(missing), _CHUNK):
        chunk = missing[start : start + _CHUNK]
        vectors = encoder.encode_passages([texts[passage] for passage in chunk])
        cache.put(dict(zip(chunk, vectors, strict=True)))
        progress("meaning", start + len(chunk), len(missing))
    return len(missing)


# Everyday wordings are few beside the law's millions of syllables: they count as much as all law, up to this many times.
_EVERYDAY_WEIGHT = 40


class _Filling:
    """One pass over the texts: entries for the index, and what the restorer learns on the way."""

    def __init__(self, mean: float, known: KnownVectors | None, progress: Progress) -> None:
        self._mean, self._known, self._progress = mean, known, progress
        self._counts = BigramCounts()
        self.passages = self.embedded = 0

    def entries(self, texts: Iterable[SearchableText]) -> Iterator[Entry]:
        """The entries of every text, with the vectors that are known, counted."""
        for chunk in prepared(texts, self._mean):
            self._counts.merge(chunk.counts)
            entries = _first_of_each(chunk.entries)
            vectors = self._known.known([entry.passage.id for entry in entries]) if self._known else dict[str, Vector]()
            for entry in entries:
                yield replace(entry, dense=vectors.get(entry.passage.id))
            self.passages += len(entries)
            # One vector serves a passage in all the texts of its article.
            self.embedded += sum(entry.passage.id in vectors for entry in entries)
            self._progress("words", self.passages, 0)

    def restorer(self, everyday: Sequence[str]) -> Restorer:
        """What was learned from the texts and from everyday wordings."""
        wordings = BigramCounts()
        for text in everyday:
            wordings.add(nfc(text))
        weight = self._counts.total // max(1, wordings.total)
        for _ in range(min(max(weight, 1), _EVERYDAY_WEIGHT)):
            self._counts.merge(wordings)
        return self._counts.restorer()


def _first_of_each(entries: Iterable[Entry]) -> list[Entry]:
    """Each passage once: one printed twice in a text would replace the first, which holds the text's words."""
    first: dict[str, Entry] = {}
    for entry in entries:
        first.setdefault(point_id(entry.passage), entry)
    return list(first.values())


class Chained:
    """Vectors from several places, the first that knows a passage."""

    def __init__(self, *places: KnownVectors) -> None:
        self._places = places

    def known(self, passages: Sequence[str]) -> dict[str, Vector]:
        """The vectors there are for these passages."""
        found: dict[str, Vector] = {}
        for place in self._places:
            found |= place.known([passage for passage in passages if passage not in found])
        return found
