"""The one identifier of a provision: the same in URLs, payloads, JSON and citations.

`45/2019/QH14@36.1.a` is point a of clause 1 of Article 36 of document 45/2019/QH14. Document numbers are upper-case
ASCII (`145/2020/NĐ-CP` and `145/2020/nd-cp` are both `145/2020/ND-CP`); the letter đ of a point or article is `dd`,
as it is typed on a keyboard, because d and đ are different points of one list. An appendix stands as `pl1`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from corpus.errors import InvalidProvisionId
from corpus.pickling import by_values
from corpus.text import fold, nfc

_DOCUMENT = re.compile(r"[A-Z0-9][A-Z0-9/.&+_-]*")
# Numbers of the National Assembly and its Standing Committee that do not tell by "NQ" what they number.
_OF_ASSEMBLY = re.compile(r"\d+/\d{4}/(?:UBTV)?QH\d+")
_RESOLUTION = "/NQ"
_ARTICLE = re.compile(r"(?:\d{1,4}[a-zđ]{0,2}|pl[0-9a-z]{0,6})")
_CLAUSE = re.compile(r"\d{1,3}[a-zđ]{0,2}")
_POINT = re.compile(r"[a-zđ]{1,2}\d{0,2}")


def document_key(number: str, *, is_resolution: bool = False) -> str:
    """The normal form of a document number: folded, upper case, no blanks, no leading "số".

    The National Assembly numbers its laws and its resolutions apart, so both a law and a resolution may be 55/2010/QH12; the key of a
    resolution ends in `/NQ`. Raises `InvalidProvisionId` where nothing remains that can be a number.
    """
    folded = re.sub(r"\s+", "", re.sub(r"^\s*so(?:[\s:.]+|$)", "", fold(nfc(number)))).upper()
    folded = folded.replace("\u2013", "-").replace("\u2014", "-").strip(".,;:()")
    if not _DOCUMENT.fullmatch(folded):
        raise InvalidProvisionId(number)
    return f"{folded}{_RESOLUTION}" if is_resolution and _OF_ASSEMBLY.fullmatch(folded) else folded


def number_of_key(key: str) -> str:
    """The document number that a key stands for, in normal form."""
    return key.removesuffix(_RESOLUTION)


@by_values
@dataclass(frozen=True, slots=True, order=True)
class ProvisionId:
    """A document, or an article, clause or point of it; letters in lower case, đ as đ.

    An outer part may be absent only together with all inner ones, except that a point may hang directly on an
    article whose clauses are not numbered.
    """

    document: str
    article: str | None = None
    clause: str | None = None
    point: str | None = None

    def __post_init__(self) -> None:
        legal = (
            _DOCUMENT.fullmatch(self.document)
            and (self.article is None or _ARTICLE.fullmatch(self.article))
            and (self.clause is None or (self.article and _CLAUSE.fullmatch(self.clause)))
            and (self.point is None or (self.article and _POINT.fullmatch(self.point)))
        )
        if not legal:
            raise InvalidProvisionId(self._printed())

    def __str__(self) -> str:
        return self._printed()

    @classmethod
    def parse(cls, text: str) -> ProvisionId:
        """The provision that `text` names. Raises `InvalidProvisionId`."""
        document, _, inner = nfc(text).strip().partition("@")
        parts = [part.replace("dd", "đ") for part in inner.lower().split(".")] if inner else []
        if len(parts) > 3 or ("@" in text and not inner):
            raise InvalidProvisionId(text)
        article, clause, point = (*parts, None, None, None)[:3]
        return cls(document_key(document), article, clause or None, point)

    @property
    def of_article(self) -> ProvisionId:
        """The article that this provision is or is in."""
        return replace(self, clause=None, point=None)

    @property
    def of_clause(self) -> ProvisionId:
        """The clause that this provision is or is in."""
        return replace(self, point=None)

    def contains(self, other: ProvisionId) -> bool:
        """Whether `other` is this provision or a part of it."""
        mine = (self.document, self.article, self.clause, self.point)
        theirs = (other.document, other.article, other.clause, other.point)
        return all(part is None or part == their for part, their in zip(mine, theirs, strict=True))

    def _printed(self) -> str:
        if self.article is None:
            return self.document
        parts = [self.article, self.clause or "", self.point or ""]
        return f"{self.document}@{'.'.join(parts).rstrip('.')}".replace("đ", "dd")
