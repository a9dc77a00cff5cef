"""The official electronic codification (Bộ pháp điển điện tử) as its publisher packs it: a zip or its unpacked folder.

Each topic is one page of articles; an article is a heading `p.pDieu` with its codification number, a source note
`p.pGhiChu`, the text `p.pNoiDung` and cross-references `p.pChiDan`.
"""

from __future__ import annotations

import html
import json
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath

from corpus.errors import SourceUnreadable
from corpus.ids import ProvisionId
from corpus.parse import amends_other_law
from corpus.sources.batch import Batch, BatchHandle, SourceName, digest_of
from corpus.sources.codification_notes import SourceNote
from corpus.sources.codification_pages import ArticlePiece, article_pieces, cross_references, plain_text, with_notes
from corpus.sources.failures import Failure
from corpus.text import nfc
from corpus.types import Article, LegalDocument, Relation

READER_VERSION = 1
TREE_FILE = "jsonData.js"

_TOPIC = re.compile(r"<h3[^>]*>\s*Đề mục\s+([\d.]+)\s*<br\s*/?>\s*(.*?)\s*</h3>", re.DOTALL)
_TEXT = re.compile(r"<p class='pNoiDung'>(.*?)(?=<p class='pChiDan'>|$)", re.DOTALL)
_ITEM = re.compile(r"href='([^']*ItemID=\d+[^']*)'")


@dataclass(frozen=True, slots=True)
class _Topic:
    """A page of the codification: number and title, and its articles with what their notes say."""

    title: str
    articles: tuple[tuple[ArticlePiece, SourceNote | None], ...]


def open_codification(path: Path) -> list[BatchHandle]:
    """The topics of the codification in `path` (zip or folder), empty ones too, in order of their file names.

    Raises `SourceUnreadable` where there is no topic at all or the zip is broken.
    """
    files = _topic_files(path)
    if not files:
        raise SourceUnreadable(str(path), "no topic files (demuc/*.html) inside")
    topics = _Topics(files)
    return [
        BatchHandle(SourceName.CODIFICATION, name, _digest(content), partial(_read_topic, name, topics))
        for name, content in sorted(files.items())
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
    """The parsed topics: each is needed twice, for its own articles and for the numbers that others refer to."""

    def __init__(self, files: Mapping[str, Callable[[], bytes]]) -> None:
        self._files = files
        self._parsed: dict[str, _Topic | Failure] = {}
        self._numbers: dict[str, ProvisionId] | None = None

    def topic(self, name: str) -> _Topic | Failure:
        """One topic, or why it cannot be read."""
        if name not in self._parsed:
            self._parsed[name] = _parse_topic(name, self._files[name])
        return self._parsed[name]

    def taken(self, name: str) -> _Topic | Failure:
        """One topic for the last time: all topics together take more memory than the index that is built after them."""
        if self._numbers is None:
            self._numbers = self._all_numbers()
        return self._parsed.pop(name, None) or _parse_topic(name, self._files[name])

    def provision(self, number: str) -> ProvisionId | None:
        """The provision with a codification number, in whatever topic."""
        if self._numbers is None:
            self._numbers = self._all_numbers()
        return self._numbers.get(number)

    def _all_numbers(self) -> dict[str, ProvisionId]:
        topics = (self.topic(name) for name in self._files)
        return {number: provision for topic in topics if isinstance(topic, _Topic) for number, provision in _numbers(topic)}


def _numbers(topic: _Topic) -> Iterator[tuple[str, ProvisionId]]:
    for piece, note in topic.articles:
        if piece.number and note and note.article:
            yield piece.number, ProvisionId(note.document.key, note.article)


def _parse_topic(name: str, content: Callable[[], bytes]) -> _Topic | Failure:
    try:
        page = nfc(content().decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        return Failure(name, f"not UTF-8 at byte {error.start}")
    except SourceUnreadable as error:
        return Failure(name, error.reason)
    title = _TOPIC.search(page)
    if not title:
        return Failure(name, "no topic heading (Đề mục …): not a page of the codification")
    return _Topic(f"{title.group(1)} {plain_text(title.group(2))}", tuple(with_notes(list(article_pieces(page)))))


def _read_topic(name: str, topics: _Topics) -> Batch:
    topic = topics.taken(name)
    if isinstance(topic, Failure):
        return Batch(failures=(topic,), unreadable=True)
    reader = _TopicReader(name, topic.title, topics.provision)
    for piece, note in topic.articles:
        reader.take(piece, note)
    return reader.batch()


class _TopicReader:
    """Collects what the articles of one topic give."""

    def __init__(self, name: str, topic: str, resolve: Callable[[str], ProvisionId | None]) -> None:
        self._name, self._topic, self._resolve = name, topic, resolve
        self._documents: dict[str, LegalDocument] = {}
        self._articles: dict[ProvisionId, Article] = {}
        self._relations: list[Relation] = []
        self._failures: list[Failure] = []

    def take(self, piece: ArticlePiece, note: SourceNote | None) -> None:
        """Adds one article, or says why it cannot be placed."""
        if note is None or note.article is None:
            self._fail(piece, f"source note not understood: {piece.note[:200] or '(none)'}")
            return
        article = self._article(piece, note)
        known = self._articles.get(article.id)
        if known and known.text != article.text:
            self._fail(piece, f"{article.id} stands twice with different text; the first is kept")
        if known:
            return
        self._articles[article.id] = article
        self._note_document(note.document)
        self._relations += note.changes
        self._relations += cross_references(article.id, piece.markup, self._resolve)

    def batch(self) -> Batch:
        """All that was taken."""
        return Batch(
            tuple(self._documents.values()),
            tuple(self._articles.values()),
            tuple(dict.fromkeys(self._relations)),
            (),
            tuple(self._failures),
        )

    def _article(self, piece: ArticlePiece, note: SourceNote) -> Article:
        match = _TEXT.search(piece.markup)
        heading, text = piece.heading, plain_text(match.group(1)) if match else ""
        if not text:
            # Articles without a title have their whole text where the title stands.
            heading, text = "", heading
        if not text:
            self._fail(piece, "article without text")
        link = _ITEM.search(piece.markup)
        return Article(
            id=ProvisionId(note.document.key, note.article),
            heading=heading,
            text=text,
            path=piece.path,
            validity=note.validity,
            url=html.unescape(link.group(1)) if link else None,
            amends_only=amends_other_law(heading, text),
            topic=self._topic,
            codification_number=piece.number,
        )

    def _note_document(self, document: LegalDocument) -> None:
        known = self._documents.get(document.key)
        if known is None or (document.title and not known.title):
            self._documents[document.key] = document

    def _fail(self, piece: ArticlePiece, reason: str) -> None:
        where = f"Điều {piece.number}" if piece.number else piece.heading[:60]
        self._failures.append(Failure(f"{self._name}: {where}", reason))
