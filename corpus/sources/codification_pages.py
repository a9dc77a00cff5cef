"""A page of the codification cut into articles: headings, notes, text and cross-references.

The pages nest `<p>` in `<p>`, which no HTML parser keeps, so they are cut at the classes of their paragraphs.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from corpus.errors import InvalidProvisionId
from corpus.ids import ProvisionId, document_key
from corpus.kinds import KIND_NAMES, kind_of_name
from corpus.sources.codification_notes import SourceNote, parse_source_note
from corpus.text import squeeze, tidied
from corpus.types import DocumentKind, Relation, RelationKind, Validity

_PIECE = re.compile(r"(?=<p class='p(?:Dieu|Chuong)'>)")
_HEADING = re.compile(r"<p class='pDieu'>(.*?)</p>", re.DOTALL)
_GROUP = re.compile(r"<p class='pChuong'>(.*?)</p>", re.DOTALL)
_NOTE = re.compile(r"<p class='pGhiChu'>(.*?)</p>(?=<p class='p|\s*$)", re.DOTALL)
_CROSS = re.compile(r"<p class='pChiDan'>(.*)", re.DOTALL)
_LINK = re.compile(r"<a\b(?:[^>]*?ItemID=(\d*))?[^>]*>(.*?)</a>", re.DOTALL)
_NUMBERED = re.compile(r"Điều\s+(\d+\.\d+\.[\wĐ]+\.[\w.]*?\w)\.?\s+(.*)|Điều\s+(\d+\.\d+\.[\wĐ]+\.[\w.]*?\w)\.?$", re.DOTALL)
_BREAKS = re.compile(r"</(?:p|div|tr|li|h\d|table)>|<br\s*/?>|<(?:p|div|table|li|h\d)\b[^>]*>", re.IGNORECASE)
_CELLS = re.compile(r"</t[dh]>\s*<t[dh][^>]*>", re.IGNORECASE)
_TAGS = re.compile(
    r"</?(?:p|a|td|tr|th|thead|tbody|table|span|em|strong|font|b|i|u|sub|sup|div|img|li|ul|ol|h\d|ins|del|strike|o:p|col|colgroup|link|hr)\b[^>]*>",
    re.IGNORECASE,
)
_SUPERSCRIPT = re.compile(r"<sup\b[^>]*>\s*(\w{1,3})\s*</sup>", re.IGNORECASE)
# "của Nghị định 94/2015/NĐ-CP Sửa đổi …"; a document in the heading of the article itself has "số" before its number.
_KINDS = "|".join(sorted((name for name, _ in KIND_NAMES), key=len, reverse=True))
_CITED = re.compile(rf"\bcủa\s+({_KINDS})\s+(\d[\w./-]*/[\w./-]+|\d+[\w.]*-[\w./-]+)")
_ARTICLE_OF_NUMBER = re.compile(r"\d+[a-zđ]?$")
_CITED_ARTICLE = re.compile(r"Điều\s+(\d+[a-zđ]?)\b")


@dataclass(frozen=True, slots=True)
class ArticlePiece:
    """An article as it stands in a page, before its document is known."""

    number: str | None
    heading: str
    note: str
    markup: str
    path: tuple[str, ...]


def article_pieces(page: str) -> Iterator[ArticlePiece]:
    """The articles of a page (NFC), in order, each under its grouping levels."""
    path: dict[int, str] = {}
    for part in _PIECE.split(page):
        heading = _HEADING.match(part)
        group = None if heading else _GROUP.match(part)
        if group:
            _enter(path, plain_text(group.group(1)))
        elif heading:
            number, title = _number_and_title(plain_text(heading.group(1)).replace("\n", " "))
            note = _NOTE.search(part)
            yield ArticlePiece(number, title, plain_text(note.group(1)) if note else "", part, tuple(path[level] for level in sorted(path)))


def _number_and_title(heading: str) -> tuple[str | None, str]:
    match = _NUMBERED.match(heading)
    if not match:
        return None, heading
    return (match.group(1) or match.group(3)), (match.group(2) or "").strip()


_DEPTHS = (("phần", 0), ("chương", 1), ("tiểu mục", 3), ("mục", 2))


def _enter(path: dict[int, str], line: str) -> None:
    """A level's label and its name come as two paragraphs; the name joins the label that was opened last."""
    depth = next((depth for word, depth in _DEPTHS if line.lower().startswith(word)), None)
    if depth is None:
        if path:
            deepest = max(path)
            path[deepest] = f"{path[deepest]}. {line}" if ". " not in path[deepest] else path[deepest]
        return
    for inner in [level for level in path if level >= depth]:
        del path[inner]
    path[depth] = line


def with_notes(pieces: list[ArticlePiece]) -> Iterator[tuple[ArticlePiece, SourceNote | None]]:
    """Each article with its note; one whose note is missing or odd takes the document of its codification number's siblings."""
    siblings: dict[str, SourceNote] = {}
    for piece in pieces:
        note = parse_source_note(piece.note) if piece.note else None
        row, _, last = (piece.number or "").rpartition(".")
        if note is not None and note.article:
            siblings.setdefault(row, note)
        elif row in siblings and re.fullmatch(r"\d+[a-zđ]{0,2}", last.lower()):
            sibling = siblings[row]
            note = SourceNote(sibling.document, last.lower(), Validity(sibling.document.validity.since), ())
        yield piece, note


@dataclass(frozen=True, slots=True)
class Link:
    """One link of an article's cross-references: the codification number it names, the text, and whether it leads to a document."""

    number: str | None
    text: str
    leads_to_document: bool


def cross_links(markup: str) -> tuple[Link, ...]:
    """What an article says it has to do with, in order."""
    match = _CROSS.search(markup)
    return tuple(map(_link, _LINK.finditer(match.group(1)))) if match else ()


def _link(match: re.Match[str]) -> Link:
    text = plain_text(match.group(2)).replace("\n", " ")
    return Link(_number_and_title(text)[0], text, bool(match.group(1)))


def cross_references(source: ProvisionId, links: Iterable[Link], resolve: Callable[[str], ProvisionId | None]) -> Iterator[Relation]:
    """The relations behind the links of an article; `resolve` gives the provision with a codification number."""
    open_articles: list[str] = []
    for link in links:
        target = resolve(link.number) if link.number else None
        if target:
            yield Relation(source, RelationKind.CITES, target, note="codification cross-reference")
        elif link.leads_to_document:
            # "Điều 30. ; Điều 32. của Luật 18-L/CTN": the document stands only at the last of a row.
            # The article is the last part of a codification number: "Điều 41.7.TT.1.10." is article 10.
            open_articles += _ARTICLE_OF_NUMBER.findall(link.number) if link.number else _CITED_ARTICLE.findall(link.text)[:1]
            document = _CITED.search(link.text)
            if document:
                yield from _cited(source, document.group(1), document.group(2), open_articles)
                open_articles = []


def _cited(source: ProvisionId, kind: str, number: str, articles: list[str]) -> Iterator[Relation]:
    try:
        key = document_key(number, is_resolution=kind_of_name(kind) is DocumentKind.RESOLUTION)
    except InvalidProvisionId:
        return
    for article in articles:
        yield Relation(source, RelationKind.CITES, ProvisionId(key, article), note="codification cross-reference")


def plain_text(markup: str) -> str:
    """The text of a piece of a page: one line a paragraph, cells of a table row joined by " | "."""
    text = " ".join(markup.split())
    if "<t" in text or "<s" in text:
        text = _SUPERSCRIPT.sub(r"\1", _CELLS.sub(" | ", text))
    text = _TAGS.sub("", _BREAKS.sub("\n", text))
    # Entities may bring letters whose marks stand apart.
    return squeeze(html.unescape(text)) if "&" in text else tidied(text)
