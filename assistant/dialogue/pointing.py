"""Provisions named by their place from the last one cited: "khoản 2", "điều tiếp theo", "khoản 3 của điều đó", "luật nào vậy"."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from assistant.dialogue.cues import content_words, without_connectives
from corpus.ids import ProvisionId
from corpus.labels import provision_label
from corpus.text import fold

NameOf = Callable[[str], str]

_DOCUMENT = re.compile(
    r"\b(?:luat (?!nao|do|nay|gi|ay)[a-z]+|bo luat (?!nao|do|nay|gi|ay)[a-z]+|bl[a-z]{2,4}|nghi dinh|thong tu|\d+/\d{4}/)"
)
_AMOUNT = r"(?!\s*(?:trieu|ty|nghin|ngan|dong|tien|tr|k|%|thang|nam)\b)"
_PART = re.compile(
    rf"\b(?:diem\s+(?P<point>[a-z])\s+)?(?:cua\s+)?khoan\s+(?P<clause>\d{{1,2}}[a-z]?)\b{_AMOUNT}|\bdiem\s+(?P<lone>[a-z])\b(?!\s*\d)"
)
_OF_THAT = re.compile(r"\s*(?:cua|trong|o|thuoc)?\s*(?:chinh\s+)?(?:dieu\s+(?:luat\s+)?(?:do|ay|nay|tren)|no|do)\b")
_ARTICLE = re.compile(r"\bdieu\s+(?P<article>\d{1,3}[a-z]?)\b")
_NEIGHBOUR = re.compile(
    r"\bdieu\s+(?:luat\s+)?(?:(?:ngay|lien|ke|tiep)\s+)*(?P<step>sau|tiep theo|ke tiep|ke|tiep|theo|truoc)\b(?:\s+(?:do|no|nua|day))*"
)
_WHICH_LAW = re.compile(
    r"\b(?:dieu|quy dinh|cai|viec|chuyen)\s+(?:luat\s+)?(?:do|nay|ay|tren)\b.*\b(?:luat|dieu)\s+(?:nao|so may|may|gi)\b"
    r"|\b(?:dieu luat do|dieu do|luat do)\s+so may\b|^\W*(?:o|theo|thuoc|nam o|quy dinh o|do la|la)\s+(?:dieu|luat)\s+(?:nao|may|so may)\b"
    r"|^\W*(?:dieu|luat|khoan)\s+(?:nao|may|so may)(?:\s+(?:noi|quy dinh|ghi|bao))?(?:\s+(?:vay|the|do|z|a|ha))*\W*$"
    r"|^\W*(?:can cu|dua|theo)\s+(?:vao\s+)?(?:dau|(?:luat|dieu|quy dinh)\s+(?:nao|gi))\b"
)


@dataclass(frozen=True, slots=True)
class _Pointed:
    """The provision meant, and from `start` to `end` the words that point to it."""

    provision: ProvisionId
    start: int
    end: int


def names_its_law(text: str) -> bool:
    """Whether `text` names an article together with a document, so that nothing before is needed."""
    folded = fold(text)
    return bool(_ARTICLE.search(folded) and _DOCUMENT.search(folded))


def with_provision(text: str, last: ProvisionId, name_of: NameOf) -> str | None:
    """`text` (in NFC) with the provision that it names by its place from `last`, an article or a part of one, written out.

    None where it points to none. `name_of` gives the name of a document by its number.
    """
    folded = fold(text)
    if len(folded) != len(text) or _DOCUMENT.search(folded):
        return None
    pointed = _pointed(folded, text, last)
    if pointed is None:
        return None
    label = f"{provision_label(pointed.provision)} {name_of(pointed.provision.document)}"
    before, after = text[: pointed.start], text[pointed.end :]
    return without_connectives(before + label + after) if content_words(before + after) else f"{label} nói gì?"


def _pointed(folded: str, text: str, last: ProvisionId) -> _Pointed | None:
    article = _article(folded, text, last.of_article)
    part = _PART.search(folded)
    if part is None and article is None and _WHICH_LAW.search(folded):
        return _Pointed(last.of_article, 0, len(folded))
    if part is None:
        return article
    at = part.start("lone") if part["lone"] else part.start("point")
    point = text[at].lower() if at >= 0 else None
    # "điểm a" alone is one of the clause last cited.
    clause = part["clause"] or (None if article else last.clause)
    provision = replace(article.provision if article else last.of_article, clause=clause, point=point)
    that = _OF_THAT.match(folded, part.end())
    end = that.end() if that else part.end()
    return (
        _Pointed(provision, min(part.start(), article.start), max(end, article.end)) if article else _Pointed(provision, part.start(), end)
    )


def _article(folded: str, text: str, last: ProvisionId) -> _Pointed | None:
    """The article named by number or as a neighbour of the last."""
    if number := _ARTICLE.search(folded):
        written = text[number.start("article") : number.end("article")].lower()
        return _Pointed(replace(last, article=written), *number.span())
    step = _NEIGHBOUR.search(folded)
    moved = _moved(last, -1 if step["step"] == "truoc" else 1) if step else None
    return _Pointed(moved, *step.span()) if step and moved else None


def _moved(article: ProvisionId, step: int) -> ProvisionId | None:
    number = int(article.article) + step if article.article and article.article.isdigit() else 0
    return replace(article, article=str(number)) if number > 0 else None
