"""From a source to the store: whole batches, resumable, with progress and a report of what failed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from corpus.errors import SourceUnreadable
from corpus.sources.batch import Batch, BatchHandle, SourceName, digest_of
from corpus.sources.codes import open_codes
from corpus.sources.codification import missing_topics, open_codification
from corpus.sources.codification_topic import CUT
from corpus.sources.failures import Failure
from corpus.sources.guides import load_guides
from corpus.sources.portal import read_portal
from corpus.store import CorpusStore
from corpus.types import Procedure
from corpus.writing import ImportCounts

PORTAL_READER_VERSION = 1


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did: sums over its batches, skipped ones apart, and every failure."""

    source: SourceName
    batches: int
    skipped: int
    counts: ImportCounts
    failures: tuple[Failure, ...]


def open_source(name: str) -> list[BatchHandle]:
    """The batches behind `codes`, `procedures` or a path. Raises `SourceUnreadable` saying what is understood."""
    if name == "codes":
        return open_codes()
    if name == "procedures":
        return open_guides()
    path = Path(name)
    if not path.exists():
        raise SourceUnreadable(name, "no such file or folder")
    if path.name.endswith((".jsonl", ".jsonl.gz")):
        return [_portal_handle(path)]
    if path.is_dir() or path.suffix.lower() == ".zip":
        return open_codification(path)
    raise SourceUnreadable(name, "not a codification (zip or folder) and not procedures of the portal (.jsonl, .jsonl.gz)")


def open_guides() -> list[BatchHandle]:
    """The project's own procedure guides as one batch."""
    files = sorted((Path(__file__).parent / "data" / "procedures").glob("*.yaml"))
    content = b"\n".join(file.name.encode() + b"\n" + file.read_bytes() for file in files)
    return [BatchHandle(SourceName.GUIDES, "guides", digest_of(content, reader_version=PORTAL_READER_VERSION), _read_guides)]


def import_source(
    store: CorpusStore,
    handles: Sequence[BatchHandle],
    *,
    on: date,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> ImportReport:
    """Writes every batch that is new or changed; `progress` hears batches done and in all. `on` is the day of the import."""
    counts, skipped, failures = ImportCounts(), 0, list[Failure]()
    for done, handle in enumerate(handles, start=1):
        if store.has(handle.source, handle.name, handle.digest):
            skipped += 1
        else:
            batch = _whole(handle, store)
            if batch.unreadable:
                store.report(handle.source, handle.name, batch.failures)
            else:
                counts += store.write(handle.source, handle.name, handle.digest, batch, on)
            failures += batch.failures
        progress(done, len(handles))
    return ImportReport(handles[0].source, len(handles), skipped, counts, tuple(failures))


def _whole(handle: BatchHandle, store: CorpusStore) -> Batch:
    """The batch; one that lost more than half of its articles, in a file that does not close what it opens, is unreadable."""
    batch = handle.read()
    if batch.is_left_open and 2 * len(batch.articles) < store.articles_of(handle.source, handle.name):
        return Batch(failures=(Failure(handle.name, CUT),), unreadable=True)
    return batch


def absent_parts(name: str, store: CorpusStore, handles: Sequence[BatchHandle]) -> list[Failure]:
    """Parts that a source should have and lacks: topics of its tree file, and batches that were imported before."""
    source = handles[0].source
    if source is not SourceName.CODIFICATION:
        return []
    gone = store.batch_names(source) - {handle.name for handle in handles}
    return missing_topics(Path(name)) + [Failure(batch, "imported before and absent now; its articles are kept") for batch in sorted(gone)]


def _read_guides() -> Batch:
    report = load_guides()
    return Batch(procedures=report.procedures, failures=report.failures)


def _portal_handle(path: Path) -> BatchHandle:
    return BatchHandle(
        SourceName.PORTAL, path.name, digest_of(path.read_bytes(), reader_version=PORTAL_READER_VERSION), partial(_read_portal, path)
    )


def _read_portal(path: Path) -> Batch:
    read = list(read_portal(path))
    procedures = tuple(entry for entry in read if isinstance(entry, Procedure))
    return Batch(procedures=procedures, failures=tuple(entry for entry in read if isinstance(entry, Failure)))
