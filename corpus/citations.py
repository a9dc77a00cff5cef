"""Provisions named in running text: "khoản 2 Điều 35 Bộ luật Lao động", "dieu 35 blld", "Điều 9 Nghị định 123/2015/NĐ-CP".

People leave marks away and write the parts in either order; laws name the parts from the inside out (Decree 78/2025/NĐ-CP,
Article 61). Matching runs on folded text; letters are read from the text as written, since d and đ differ.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from corpus.amendments import known_amendments
from corpus.citation_patterns import CLAUSES, POINTS, titles_beside
from corpus.errors import InvalidProvisionId
from corpus.ids import ProvisionId, document_key
from corpus.kinds import kind_name
from corpus.tables import read_table
from corpus.text import fold, without_marks
from corpus.types import LegalDocument

_ARTICLE = re.compile(r"\bdieu\s*(?:luat\s*)?(\d{1,4}[a-z]{0,2})\b")
_CLAUSE, _POINT = re.compile(r"\d{1,3}[a-z]?\b"), re.compile(r"\b[a-z]\d?\b")
_CLAUSES_BEFORE = re.compile(rf"\b{CLAUSES}\s*[,;]?\s*(?:cua\s+)?$")
_POINTS_BEFORE = re.compile(rf"\b{POINTS}\s*[,;]?\s*(?:cua\s+)?$")
_CLAUSES_AFTER = re.compile(rf"\s*[,;.]?\s*(?:cac\s+)?{CLAUSES}")
_POINTS_AFTER = re.compile(rf"\s*[,;.]?\s*(?:cac\s+)?{POINTS}")
# A number that nobody can take for a date or a fraction.
_FULL_NUMBER = re.compile(r"\d{1,4}/(?:19|20)\d{2}/[a-z].*")
_NUMBER = re.compile(r"\b\d{1,4}(?:/\d{4})?/[a-z0-9]+(?:-[a-z0-9]+)*\b")
_RESOLUTION = re.compile(r"\bnghi quyet\s*(?:so\b)?[\s:.]*$")
_UP_TO_NUMBER = re.compile(r"\s*,?\s*\(?(?:so\b)?[\s:.]*")
_YEAR = re.compile(r"^\s*(?:nam\s+)?((?:19|20)\d{2})\b")
_TOKEN = re.compile(r"[a-z0-9]+")
_LONGEST_TITLE, _LEAST_TITLE = 14, 3
_LAW = re.compile(r"\b(?:luat|phap lenh|hien phap|lhngd|bl[a-z]{2,4})\b|\d/(?:19|20)\d{2}/[a-z]")
_AMENDS = re.compile(r"luat sua doi")
# The document of a provision whose document nobody named.
NO_DOCUMENT = "0/0"


@dataclass(frozen=True, slots=True)
class Mention:
    """A document named in a text, from `start` to `end` of the folded text; `key` is its normalised number.

    None stands for a document that the corpus lacks: an unknown number, a known title of a law that is not there, or a title with a
    year that none of that title has. `is_sure`: whether the words name it though no article stands beside them.
    """

    key: str | None
    start: int
    end: int
    is_sure: bool = True


@dataclass(frozen=True, slots=True)
class Named:
    """What a text names: provisions in order, and the documents of further provisions that the corpus lacks, as written.

    `unplaced`: provisions for which the text names no document at all; theirs is `NO_DOCUMENT`.
    """

    provisions: tuple[ProvisionId, ...]
    unknown: tuple[str, ...]
    unplaced: tuple[ProvisionId, ...] = ()


class DocumentNames:
    """Finds documents by the names that people give them."""

    def __init__(self, documents: Iterable[LegalDocument]) -> None:
        self._by_key = {document.key: document for document in documents}
        # A law that people know and the corpus lacks has no document here.
        self._by_name: dict[tuple[str, ...], list[LegalDocument]] = defaultdict(list)
        for document in self._by_key.values():
            for name in _names(document):
                self._by_name[name].append(document)
        titles, self._doubtful = known_titles()
        for title in titles:
            for name in _ways(_tokens(title)):
                self._by_name.setdefault(name, [])
        for short, title in _abbreviations().items():
            self._by_name.setdefault(_tokens(short), self._by_name.get(_tokens(title), []))

    def mentions(self, text: str, as_of: date) -> list[Mention]:
        """The documents that `text` names by number or title, in order; a title without a year means the one in force on `as_of`."""
        folded = fold(text)
        numbers = ((match, self._known_number(match.group(), folded[: match.start()])) for match in _NUMBER.finditer(folded))
        by_number = [Mention(key, *match.span()) for match, key in numbers if key or _FULL_NUMBER.fullmatch(match.group())]
        # "Bộ luật Lao động số 10/2012/QH13" is one document: the number says which.
        numbered = {mention.start for mention in by_number}
        titles = (title for title in self._by_title(folded, as_of) if _place_of_number(folded, title.end) not in numbered)
        return sorted([*by_number, *titles], key=lambda mention: mention.start)

    def _known_number(self, number: str, before: str) -> str | None:
        try:
            key, of_resolution = document_key(number), document_key(number, is_resolution=bool(_RESOLUTION.search(before)))
        except InvalidProvisionId:
            return None
        if of_resolution in self._by_key:
            return of_resolution
        return key if key in self._by_key else next((known for known in self._by_key if known.startswith(key + "/")), None)

    def _by_title(self, folded: str, as_of: date) -> Iterable[Mention]:
        tokens = list(_TOKEN.finditer(folded))
        position = 0
        while position < len(tokens):
            found = self._longest(tokens, position)
            if not found:
                position += 1
                continue
            documents, length = found
            start, end = tokens[position].start(), tokens[position + length - 1].end()
            year = _YEAR.match(folded[end:])
            key = _choose(documents, as_of, year.group(1) if year else None)
            name = tuple(token.group() for token in tokens[position : position + length])
            is_sure = _is_before(documents, int(year.group(1))) if year else name not in self._doubtful
            yield Mention(key, start, end + (year.end() if year else 0), is_sure)
            position += length

    def _longest(self, tokens: Sequence[re.Match[str]], position: int) -> tuple[list[LegalDocument], int] | None:
        for length in range(min(_LONGEST_TITLE, len(tokens) - position), 0, -1):
            documents = self._by_name.get(tuple(token.group() for token in tokens[position : position + length]))
            # "pháp luật việc làm" is no law of that name.
            if documents or (documents is not None and not (position and tokens[position - 1].group() == "phap")):
                return documents, length
        return None


def names_articles(text: str) -> bool:
    """Whether `text` names any article, of whatever document."""
    return bool(_ARTICLE.search(fold(text)))


def names_laws(text: str) -> bool:
    """Whether `text` may name a document, by title, short title or number."""
    return bool(_LAW.search(fold(text)))


def absent_laws(text: str, names: DocumentNames, as_of: date) -> tuple[str, ...]:
    """The documents that `text` names, as written, where the corpus holds none of them."""
    mentions = names.mentions(text, as_of)
    if any(mention.key for mention in mentions):
        return ()
    shown = _shown(text)
    return tuple(dict.fromkeys(shown[mention.start : mention.end] for mention in mentions if mention.is_sure))


def find_provisions(text: str, names: DocumentNames, as_of: date) -> Named:
    """The provisions that `text` names together with their document, without repetition.

    An article without any document in the text is told apart: nobody can know which law is meant.
    """
    written, folded, shown = without_marks(text), fold(text), _shown(text)
    articles = list(_ARTICLE.finditer(folded))
    known = names.mentions(text, as_of)
    mentions = sorted([*known, *_unheard_of(folded, shown, articles, known)], key=lambda mention: mention.start)
    cited = [(article, _document_of(article, mentions)) for article in articles]
    provisions = [
        provision
        for article, mention in cited
        if mention and mention.key
        for provision in _provisions(written, folded, article, mention.key)
    ]
    unplaced = [one for article, mention in cited if mention is None for one in _provisions(written, folded, article, NO_DOCUMENT)]
    unknown = [shown[mention.start : mention.end] for _, mention in cited if mention and mention.key is None]
    return Named(tuple(dict.fromkeys(provisions)), tuple(dict.fromkeys(unknown)), tuple(dict.fromkeys(unplaced)))


def _shown(text: str) -> str:
    """`text` as written; taking marks away may change the length of strange text, its places are not those of the text then."""
    return text if len(text) == len(fold(text)) else without_marks(text)


def _unheard_of(folded: str, shown: str, articles: Iterable[re.Match[str]], known: Sequence[Mention]) -> Iterable[Mention]:
    """Titles that stand beside an article and are in no table; with a number behind it the number says which law is meant."""
    for article in articles:
        for start, end in titles_beside(article, folded, shown):
            if not any(mention.start <= _place_of_number(folded, end) and start < mention.end for mention in known):
                yield Mention(None, start, end)


def _provisions(written: str, folded: str, article: re.Match[str], document: str) -> list[ProvisionId]:
    """The article itself, or the clauses and points of it that are named."""
    number = written[article.start(1) : article.end(1)]
    clauses, points = _parts(written, folded, article)
    # "điểm a khoản 1 và khoản 2": the point is one of the clause next to it.
    of_points = [(clauses[0] if clauses else None, point) for point in points]
    whole = [(clause, None) for clause in (clauses[1:] if points else clauses)]
    made = [_made(document, number, clause, point) for clause, point in ([*of_points, *whole] or [(None, None)])]
    return [provision for provision in made if provision]


def _parts(written: str, folded: str, article: re.Match[str]) -> tuple[list[str], list[str]]:
    """Clauses and points beside an article: those before it, as laws cite, else those after it."""
    clauses = _CLAUSES_BEFORE.search(folded, 0, article.start())
    points = _POINTS_BEFORE.search(folded, 0, clauses.start() if clauses else article.start())
    if not (clauses or points):
        clauses = _CLAUSES_AFTER.match(folded, article.end())
        points = _POINTS_AFTER.match(folded, clauses.end() if clauses else article.end())
    return _listed(written, clauses, _CLAUSE), _listed(written, points, _POINT)


def _listed(written: str, found: re.Match[str] | None, item: re.Pattern[str]) -> list[str]:
    """The single numbers or letters of a list, with đ where đ was written."""
    return [written[one.start() : one.end()] for one in item.finditer(found.string, *found.span(1))] if found else []


def _document_of(article: re.Match[str], mentions: Sequence[Mention]) -> Mention | None:
    """The next document after the article, as laws cite; else the last one before it."""
    after = next((mention for mention in mentions if mention.start >= article.end()), None)
    return after or next((mention for mention in reversed(mentions) if mention.end <= article.start()), None)


def _made(document: str, article: str, clause: str | None, point: str | None) -> ProvisionId | None:
    try:
        return ProvisionId(document, article, clause, point)
    except InvalidProvisionId:
        return None


def _choose(documents: Sequence[LegalDocument], as_of: date, year: str | None) -> str | None:
    """The document of that year (issued or in force since) or None; without a year the one in force on the day, else the latest."""
    if not documents:
        return None
    latest_first = sorted(documents, key=lambda document: document.validity.since or date.min, reverse=True)
    if year:
        return next((document.key for document in latest_first if _is_of(document, year)), None)
    return next((document.key for document in latest_first if document.validity.covers(as_of)), latest_first[0].key)


def _is_of(document: LegalDocument, year: str) -> bool:
    since = document.validity.since
    return f"/{year}/" in document.key or (since is not None and since.year == int(year)) or year in _amended_in(document.key)


def _is_before(documents: Sequence[LegalDocument], year: int) -> bool:
    """Whether no document was in force yet in that year: in a later one, people mean the law as it was then."""
    return all(document.validity.since is None or year < document.validity.since.year for document in documents)


@cache
def _amended_in(key: str) -> frozenset[str]:
    """The years whose laws amended a code: people call it by them as well ("Bộ luật Hình sự 2017")."""
    return frozenset(one.by.split("/")[1] for one in known_amendments() if one.code == key and _AMENDS.match(fold(one.title)))


def _place_of_number(folded: str, end: int) -> int:
    match = _UP_TO_NUMBER.match(folded, end)
    return match.end() if match else end


def _names(document: LegalDocument) -> set[tuple[str, ...]]:
    """Ways to write the title of a law or code; lower ranks are named by number only, their titles are sentences."""
    title = _tokens(document.title)
    kind = _tokens(kind_name(document.kind))
    if not title or len(title) > _LONGEST_TITLE or document.kind.rank > 3 or title[: len(kind)] != kind or title == kind:
        return set()
    return _ways(title)


def _ways(title: tuple[str, ...]) -> set[tuple[str, ...]]:
    """A title as printed, and without the words that people leave out."""
    without_country = title[:-2] if title[-2:] == ("viet", "nam") and len(title) > _LEAST_TITLE else title
    return {tuple(word for word in name if word not in left_out) for name in (title, without_country) for left_out in ((), ("va",))}


def _tokens(text: str) -> tuple[str, ...]:
    return tuple(_TOKEN.findall(fold(text)))


@cache
def known_titles() -> tuple[tuple[str, ...], frozenset[tuple[str, ...]]]:
    """The titles of laws that people know, and the words of those that may be read otherwise."""
    table = read_table("corpus", "law-titles.yaml")
    return tuple(table["titles"]), frozenset(name for title in table["read_otherwise"] for name in _ways(_tokens(title)))


@cache
def _abbreviations() -> dict[str, str]:
    return dict(read_table("corpus", "abbreviations.yaml")["abbreviations"])
