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
from importlib.resources import files

import yaml

from corpus.errors import InvalidProvisionId
from corpus.ids import ProvisionId, document_key
from corpus.kinds import kind_name
from corpus.text import fold, without_marks
from corpus.types import LegalDocument

_ARTICLE = re.compile(r"\bdieu\s*(?:luat\s*)?(\d{1,4}[a-z]{0,2})\b")
_CLAUSE_BEFORE = re.compile(r"\bkhoan\s*(\d{1,3}[a-z]?)\s*[,;]?\s*(?:cua\s+)?$")
_POINT_BEFORE = re.compile(r"\bdiem\s+([a-z]\d?)\s*[,;]?\s*(?:cua\s+)?$")
_CLAUSE_AFTER = re.compile(r"^\s*[,;.]?\s*khoan\s*(\d{1,3}[a-z]?)\b")
_POINT_AFTER = re.compile(r"^\s*[,;.]?\s*diem\s+([a-z]\d?)\b")
_NUMBER = re.compile(r"\b\d{1,4}(?:/\d{4})?/[a-z0-9]+(?:-[a-z0-9]+)*\b")
_UP_TO_NUMBER = re.compile(r"\s*,?\s*\(?(?:so\b)?[\s:.]*")
_YEAR = re.compile(r"^\s*(?:nam\s+)?((?:19|20)\d{2})\b")
_TOKEN = re.compile(r"[a-z0-9]+")
_LONGEST_TITLE = 14


@dataclass(frozen=True, slots=True)
class Mention:
    """A document named in a text, from `start` to `end` of the folded text; `key` is its normalised number."""

    key: str
    start: int
    end: int


class DocumentNames:
    """Finds documents by the names that people give them."""

    def __init__(self, documents: Iterable[LegalDocument]) -> None:
        self._by_key = {document.key: document for document in documents}
        self._by_name: dict[tuple[str, ...], list[LegalDocument]] = defaultdict(list)
        for document in self._by_key.values():
            for name in _names(document):
                self._by_name[name].append(document)
        for short, title in _abbreviations().items():
            known = self._by_name.get(_tokens(title))
            if known:
                self._by_name.setdefault(_tokens(short), known)

    def mentions(self, text: str, as_of: date) -> list[Mention]:
        """The documents that `text` names by number or title, in order; a title without a year means the one in force on `as_of`."""
        folded = fold(text)
        by_number = [
            Mention(key, match.start(), match.end()) for match in _NUMBER.finditer(folded) for key in self._known_number(match.group())
        ]
        # "Bộ luật Lao động số 10/2012/QH13" is one document: the number says which.
        numbered = {mention.start for mention in by_number}
        titles = (title for title in self._by_title(folded, as_of) if _place_of_number(folded, title.end) not in numbered)
        return sorted([*by_number, *titles], key=lambda mention: mention.start)

    def _known_number(self, number: str) -> list[str]:
        try:
            key = document_key(number)
        except InvalidProvisionId:
            return []
        return [key] if key in self._by_key else [known for known in self._by_key if known.startswith(key + "/")][:1]

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
            chosen = _choose(documents, as_of, year.group(1) if year else None)
            yield Mention(chosen.key, start, end + (year.end() if year else 0))
            position += length

    def _longest(self, tokens: Sequence[re.Match[str]], position: int) -> tuple[list[LegalDocument], int] | None:
        for length in range(min(_LONGEST_TITLE, len(tokens) - position), 0, -1):
            documents = self._by_name.get(tuple(token.group() for token in tokens[position : position + length]))
            if documents:
                return documents, length
        return None


def find_provisions(text: str, names: DocumentNames, as_of: date) -> list[ProvisionId]:
    """The provisions that `text` names together with their document, in order, without repetition.

    An article without any document in the text is left out: nobody can know which law is meant.
    """
    written, folded = without_marks(text), fold(text)
    mentions = names.mentions(text, as_of)
    found = [_provision(written, folded, article, mentions) for article in _ARTICLE.finditer(folded)]
    return list(dict.fromkeys(provision for provision in found if provision))


def _provision(written: str, folded: str, article: re.Match[str], mentions: Sequence[Mention]) -> ProvisionId | None:
    document = _document_of(article, mentions)
    if document is None:
        return None
    before, after = folded[: article.start()], folded[article.end() :]
    clause = _CLAUSE_BEFORE.search(before)
    point = _POINT_BEFORE.search(before[: clause.start()] if clause else before)
    number = _as_written(written, article)
    if clause or point:
        return _made(document, number, _as_written(written, clause), _as_written(written, point))
    clause = _CLAUSE_AFTER.match(after)
    rest = article.end() + (clause.end() if clause else 0)
    point = _POINT_AFTER.match(folded[rest:])
    return _made(document, number, _as_written(written, clause, article.end()), _as_written(written, point, rest))


def _document_of(article: re.Match[str], mentions: Sequence[Mention]) -> str | None:
    """The next document after the article, as laws cite; else the last one before it."""
    after = next((mention for mention in mentions if mention.start >= article.end()), None)
    before = next((mention for mention in reversed(mentions) if mention.end <= article.start()), None)
    chosen = after or before
    return chosen.key if chosen else None


def _made(document: str, article: str | None, clause: str | None, point: str | None) -> ProvisionId | None:
    try:
        return ProvisionId(document, article, clause, point)
    except InvalidProvisionId:
        return None


def _as_written(written: str, match: re.Match[str] | None, offset: int = 0) -> str | None:
    """What `match` found in the folded text from `offset` on, with đ where đ was written."""
    return written[offset + match.start(1) : offset + match.end(1)] if match else None


def _choose(documents: Sequence[LegalDocument], as_of: date, year: str | None) -> LegalDocument:
    """The document of that year, else the one in force on the day, else the latest."""
    latest_first = sorted(documents, key=lambda document: document.validity.since or date.min, reverse=True)
    of_year = [document for document in latest_first if year and f"/{year}/" in document.key]
    in_force = [document for document in latest_first if document.validity.covers(as_of)]
    return (of_year or in_force or latest_first)[0]


def _place_of_number(folded: str, end: int) -> int:
    match = _UP_TO_NUMBER.match(folded, end)
    return match.end() if match else end


def _names(document: LegalDocument) -> set[tuple[str, ...]]:
    """Ways to write the title of a law or code; lower ranks are named by number only, their titles are sentences."""
    title = _tokens(document.title)
    kind = _tokens(kind_name(document.kind))
    if not title or len(title) > _LONGEST_TITLE or document.kind.rank > 3 or title[: len(kind)] != kind or title == kind:
        return set()
    without_and = tuple(word for word in title if word != "va")
    return {title, without_and}


def _tokens(text: str) -> tuple[str, ...]:
    return tuple(_TOKEN.findall(fold(text)))


@cache
def _abbreviations() -> dict[str, str]:
    text = (files("corpus") / "data" / "abbreviations.yaml").read_text(encoding="utf-8")
    return dict(yaml.safe_load(text)["abbreviations"])
