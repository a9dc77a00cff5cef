"""The official electronic codification (Bộ pháp điển điện tử) as its publisher packs it: a zip or its unpacked folder.

Each topic is one page of articles; an article is a heading `p.pDieu` with its codification number, a source note
`p.pGhiChu`, the text `p.pNoiDung` and cross-references `p.pChiDan`.
"""

from __future__ import annotations

import json
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from functools import cached_property, partial
from multiprocessing import get_context
from pathlib import Path, PurePosixPath

from corpus.errors import SourceUnreadable
from corpus.ids import ProvisionId
from corpus.processes import end_with_parent
from corpus.sources.batch import Batch, BatchHandle, SourceName, digest_of
from corpus.sources.codification_topic import Topic, read_topic
from corpus.sources.failures import Failure

READER_VERSION = 2
TREE_FILE = "jsonData.js"

# Topics from which reading them in two processes is worth starting these.
_MANY = 20
_PROCESSES = 2


def open_codification(path: Path) -> list[BatchHandle]:
    """The topics of the codification in `path` (zip or folder), empty ones too, in order of their file names.

    Raises `SourceUnreadable` where there is no topic at all or the zip is broken.
    """
    files = _topic_files(path)
    if not files:
        raise SourceUnreadable(str(path), "no topic files (demuc/*.html) inside")
    topics = _Topics(files)
    return [
        BatchHandle(SourceName.CODIFICATION, name, _digest(content), partial(topics.batch, name)) for name, content in sorted(files.items())
    ]


def _digest(content: Callable[[], bytes]) -> str:
    try:
        return digest_of(content(), reader_version=READER_VERSION)
    except SourceUnreadable:
        # Its reading will say why; the other topics are read all the same.
        return "unreadable"


def missing_topics(path: Path) -> list[Failure]:
    """The topics that the tree file names and `path` lacks; empty where there is no tree file."""
    for name, content in _files(path, lambda name: name.endswith(TREE_FILE)).items():
        present = set(_topic_files(path))
        try:
            listed = _listed_topics(content())
        except (ValueError, KeyError, TypeError) as error:
            return [Failure(name, f"the tree of topics is not understood ({type(error).__name__})")]
        return [Failure(name, f"topic listed but absent: {text}") for key, text in listed if key not in present]
    return []


def _listed_topics(content: bytes) -> list[tuple[str, str]]:
    match = re.search(r"jdDeMuc\s*=\s*(\[.*?\])\s*;", content.decode("utf-8-sig", "replace"), re.DOTALL)
    rows = json.loads(match.group(1)) if match else []
    return [(str(row["Value"]), str(row["Text"])) for row in rows]


def _topic_files(path: Path) -> dict[str, Callable[[], bytes]]:
    return _files(path, lambda name: name.endswith(".html") and PurePosixPath(name).parent.name == "demuc")


def _files(path: Path, wanted: Callable[[str], bool]) -> dict[str, Callable[[], bytes]]:
    """Readers of the wanted files by their stem."""
    if path.is_dir():
        found = [file for file in path.rglob("*") if wanted(file.as_posix())]
        return {file.stem: file.read_bytes for file in found}
    try:
        with zipfile.ZipFile(path) as archive:
            names = [name for name in archive.namelist() if wanted(name)]
    except (zipfile.BadZipFile, OSError) as error:
        raise SourceUnreadable(str(path), f"not a readable zip file ({error})") from error
    return {PurePosixPath(name).stem: partial(_read_member, path, name) for name in names}


def _read_member(path: Path, name: str) -> bytes:
    try:
        with zipfile.ZipFile(path) as archive:
            return archive.read(name)
    except (zipfile.BadZipFile, OSError, EOFError, zlib.error) as error:
        raise SourceUnreadable(f"{path.name}:{name}", f"damaged in the zip file ({error})") from error


class _Topics:
    """The topics, all read before the first is handed out: articles refer to codification numbers of any of them."""

    def __init__(self, files: Mapping[str, Callable[[], bytes]]) -> None:
        self._files = files

    def batch(self, name: str) -> Batch:
        """One topic, for the last time: all topics together take more memory than the index that is built after them."""
        numbers = self._numbers
        topic = self._topics.pop(name, None) or read_topic(name, self._files[name])
        return topic.joined(numbers.get)

    @cached_property
    def _topics(self) -> dict[str, Topic]:
        return dict(zip(self._files, _read_all(self._files), strict=True))

    @cached_property
    def _numbers(self) -> dict[str, ProvisionId]:
        return {number: provision for topic in self._topics.values() for number, provision in topic.numbers}


def _read_all(files: Mapping[str, Callable[[], bytes]]) -> Iterator[Topic]:
    if len(files) < _MANY:
        yield from map(read_topic, files.keys(), files.values())
        return
    with ProcessPoolExecutor(_PROCESSES, mp_context=get_context("spawn"), initializer=end_with_parent) as pool:
        yield from pool.map(read_topic, files.keys(), files.values())
