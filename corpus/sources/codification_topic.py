"""One topic of the codification: the articles of its page, with their documents, changes and links to other articles."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from corpus.errors import SourceUnreadable
from corpus.ids import ProvisionId
from corpus.parse import amends_other_law
from corpus.sources.batch import Batch
from corpus.sources.codification_notes import SourceNote
from corpus.sources.codification_pages import ArticlePiece, Link, article_pieces, cross_links, cross_references, plain_text, with_notes
from corpus.sources.failures import Failure
from corpus.text import nfc
from corpus.types import Article, LegalDocument, Relation

# What is said of a topic whose page ends before its end.
CUT = "the page ends in the middle: its closing tags are missing; what an earlier import took from it is kept"

_TOPIC = re.compile(r"<h3[^>]*>\s*Đề mục\s+([\d.]+)\s*<br\s*/?>\s*(.*?)\s*</h3>", re.DOTALL)
_TEXT = re.compile(r"<p class='pNoiDung'>(.*?)(?=<p class='pChiDan'>|$)", re.DOTALL)
_ITEM = re.compile(r"href='([^']*ItemID=\d+[^']*)'")
# All articles stand in one block, which is closed after the last.
_END = re.compile(r"</(?:div|body|html)>\s*$", re.IGNORECASE)
_BLOCK = re.compile(r"<(/?)div\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic as far as it can be read alone: `numbers` are its articles' codification numbers, which other topics refer to."""

    batch: Batch
    numbers: tuple[tuple[str, ProvisionId], ...] = ()
    links: tuple[tuple[ProvisionId, tuple[Link, ...]], ...] = ()

    def joined(self, resolve: Callable[[str], ProvisionId | None]) -> Batch:
        """The whole batch; `resolve` gives the provision with a codification number, in whatever topic."""
        references = (relation for source, links in self.links for relation in cross_references(source, links, resolve))
        return replace(self.batch, relations=tuple(dict.fromkeys([*self.batch.relations, *references])))


def read_topic(name: str, content: Callable[[], bytes]) -> Topic:
    """The topic in a page; one that cannot be read is a batch that says why."""
    try:
        page = nfc(content().decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        return _unreadable(name, f"not UTF-8 at byte {error.start}")
    except SourceUnreadable as error:
        return _unreadable(name, error.reason)
    title = _TOPIC.search(page)
    if not title:
        return _unreadable(name, "no topic heading (Đề mục …): not a page of the codification")
    if not _END.search(page):
        return _unreadable(name, CUT)
    reader = _TopicReader(name, f"{title.group(1)} {plain_text(title.group(2))}")
    for piece, note in with_notes(list(article_pieces(page))):
        reader.take(piece, note)
    topic = reader.topic()
    return replace(topic, batch=replace(topic.batch, is_left_open=_is_left_open(page)))


def _is_left_open(page: str) -> bool:
    marks = [match.group(1) for match in _BLOCK.finditer(page)]
    return marks.count("/") * 2 < len(marks)


def _unreadable(name: str, reason: str) -> Topic:
    return Topic(Batch(failures=(Failure(name, reason),), unreadable=True))


class _TopicReader:
    """Collects what the articles of one topic give."""

    def __init__(self, name: str, topic: str) -> None:
        self._name, self._topic = name, topic
        self._numbers: list[tuple[str, ProvisionId]] = []
        self._links: list[tuple[ProvisionId, tuple[Link, ...]]] = []
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
        if piece.number:
            self._numbers.append((piece.number, article.id))
        known = self._articles.get(article.id)
        if known and known.text != article.text:
            self._fail(piece, f"{article.id} stands twice with different text; the first is kept")
        if known:
            return
        self._articles[article.id] = article
        self._note_document(note.document)
        self._relations += note.changes
        self._links.append((article.id, cross_links(piece.markup)))

    def topic(self) -> Topic:
        """All that was taken."""
        batch = Batch(
            documents=tuple(self._documents.values()),
            articles=tuple(self._articles.values()),
            relations=tuple(self._relations),
            failures=tuple(self._failures),
        )
        return Topic(batch, tuple(self._numbers), tuple(self._links))

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
