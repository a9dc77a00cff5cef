"""The embedded index filled by a process of its own, which may die of a full disk without those who wait for it.

The engine writes into mapped files: where somebody else fills the disk meanwhile, the system ends the writing process (SIGBUS).
"""

from __future__ import annotations

import shutil
import signal
from collections.abc import Iterable, Sequence
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

from corpus.processes import end_with_parent
from embeddings.edge import EdgeIndex, batches
from embeddings.errors import NO_SPACE, IndexUnfinished
from embeddings.vector_index import Entry

WRITER = "index-writer"
# A disk with less room than that is full: the engine makes files that are larger.
_FULL = 16_000_000


class EdgeWriter:
    """Fills a fresh shard; raises `IndexUnfinished` where the process that writes it fails or dies."""

    def __init__(self, directory: Path, dimension: int) -> None:
        self._directory = directory
        context = get_context("spawn")
        self._connection, theirs = context.Pipe()
        self._process = context.Process(target=_write, args=(theirs, directory, dimension), name=WRITER, daemon=True)
        self._process.start()
        theirs.close()

    def add(self, entries: Iterable[Entry]) -> None:
        """See `IndexWriter`."""
        for batch in batches(entries):
            self._hand_over(batch)

    def finish(self) -> None:
        """See `IndexWriter`."""
        self._hand_over([])
        self._hand_over(None)

    def close(self) -> None:
        """Ends the process, which has nothing more to do once it finished."""
        self._process.kill()
        self._process.join()
        self._connection.close()

    def _hand_over(self, batch: Sequence[Entry] | None) -> None:
        """Hands over what to write next, if anything, once all that was handed over before is written."""
        try:
            failure: str = self._connection.recv()
            if batch is not None and not failure:
                self._connection.send(batch)
        except (EOFError, OSError):
            self._process.join()
            code = self._process.exitcode or 0
            failure = signal.Signals(-code).name if code < 0 else f"exit code {code}"
        if failure:
            is_full = NO_SPACE in failure or shutil.disk_usage(self._directory.parent).free < _FULL
            raise IndexUnfinished(NO_SPACE if is_full else failure)


def _write(connection: Connection, directory: Path, dimension: int) -> None:
    """What the process does: says each time that it is ready for more by an empty text, or in words what went wrong."""
    # Ctrl-C reaches every process of the terminal; the one that started this one ends it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    end_with_parent()
    # Where the other end is gone nobody waits for words.
    with suppress(EOFError, BrokenPipeError):
        try:
            _fill(EdgeIndex.create(directory, dimension), connection)
        except Exception as error:  # noqa: BLE001 - the outermost loop of the process; the engine raises one plain type for everything
            connection.send(str(error) or type(error).__name__)


def _fill(index: EdgeIndex, connection: Connection) -> None:
    connection.send("")
    while batch := connection.recv():
        index.add(batch)
        connection.send("")
    index.finish()
    index.close()
    connection.send("")
