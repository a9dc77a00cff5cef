"""The portal's table of legal documents, flattened without separators, split back into titles and numbers.

A row is `title number`; the number is glued to the title, and the next title to the number. A number inside a title
stands behind a blank ("Thông tư số 53/2025/TT-BCA ngày …"), so it is told apart by what stands in front of it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.sources.portal_text import stated
from corpus.text import squeeze
from corpus.types import LegalBasis

_HEADING = "Tên văn bản pháp lýMã văn bản"
# The crawl cut sections at headings; the court's records carry the next section in this one.
_NEXT_SECTION = re.compile(r"Cơ quan thực hiện.*", re.DOTALL)
_KIND = r"(?:QH\d{2}|UBTVQH\d{2}|NĐ|ND|NQLT|NQ|QĐ|QD|TTLT|TTLB|TT|CT|VBHN|L|PL|LCT|HD|KH|TB|CĐ)"
_ISSUER = (
    r"(?:CP|Cp|TTg|TTG|Ttg|CTN|UBTVQH\d{2}|QH\d{2}|UBND|HĐND|HĐTP|TANDTC|TATC|VKSNDTC|NHNN|VPCP|VPQH|TTCP|KTNN|BHXH|UBDT|UBCKNN|UBTƯMTTQVN|TLĐ|HĐBT"
    r"|BCA|BCT|BGDĐT|BGTVT|BKHCN|BKHĐT|BLĐTBXH|BLĐBXH|BNG|BNV|BNNMT|BNNPTNT|BNN|BTNMT|BQP|BTC|BTP|BTTTT|BVHTTDL|BXD|BYT|BDTTG|BTS|BTM|BCN|BTCCBCP|C)"
)
_NUMBER = re.compile(rf"(\d+(?:\.\d+)?)/(?:(?:19|20)\d{{2}}/)?{_KIND}(?:\s?[-–_/]\s?{_ISSUER})*")
_WORD_BEFORE = re.compile(
    r"(?:(?:Bộ luật|Luật|Pháp lệnh|Nghị định|Nghị quyết|Quyết định|Thông tư liên tịch|Thông tư|Chỉ thị)(?: ?[Ss]ố)?|[Ss]ố)?:?\s*$"
)
# A date or a year at the end of a title touches the number: "ngày 28/4/202225/2022/TT-BTC", "15/5/2026.55/2026/TT-BTC".
_YEAR = re.compile(r"(?:19|20)\d{2}\.?(?=[1-9]|0[1-9])")
_JUNK = re.compile(r"[\s.,;:–-]*")
# Another number, or the kind of another document, glued to a word: two rows or more stand in one title.
_TWO_ROWS = re.compile(r"[^\W\d_](?:\d+/(?:\d{4}/)?[A-ZĐ]{2}|\d+-CP|(?:Luật|Nghị định|Nghị quyết|Thông tư|Quyết định) (?:số )?\d)")


@dataclass(frozen=True, slots=True)
class BasisTable:
    """The documents in the order of the portal; `unclear` holds the raw words of what could not be split with certainty."""

    documents: tuple[LegalBasis, ...]
    unclear: tuple[str, ...]


def basis_table(flat: str) -> BasisTable:
    """The documents of a flattened table; words without a number are the title of an entry whose number is empty."""
    body = _NEXT_SECTION.sub("", flat.strip().removeprefix(_HEADING))
    documents: list[LegalBasis] = []
    unclear: list[str] = []
    start = 0
    for found in _NUMBER.finditer(body):
        cut = _number_start(body, start, found)
        if cut is None:
            continue
        row = _document(body[start:cut], body[cut : found.end()])
        if not row.document:
            unclear.append(row.title)
        documents.append(row)
        start = found.end()
    rest = stated(body[start:])
    if rest and not _JUNK.fullmatch(rest):
        documents.append(LegalBasis("", rest))
        unclear.append(rest)
    return BasisTable(tuple(documents), tuple(f"legal_basis: {words}" for words in unclear))


def number_in(text: str) -> str | None:
    """The number of a legal document if `text` holds exactly one ("Thông tư số 12/2021/TT-BQP" gives 12/2021/TT-BQP)."""
    found = {re.sub(r"\s", "", match[0]) for match in _NUMBER.finditer(text)}
    return found.pop() if len(found) == 1 else None


def _document(title: str, number: str) -> LegalBasis:
    if _TWO_ROWS.search(title):
        return LegalBasis("", squeeze(title + number))
    word = _WORD_BEFORE.search(title)
    edge = len(title) if word is None else word.start()
    # "Luật Thú yLuật 79/2015/QH13": the glued word belongs to the number; in "Luật Nhà ở số 27/2023/QH15" it is the title's.
    glued = edge > 0 and (title[edge - 1] == "\n" or not title[edge - 1].isspace())
    return LegalBasis(re.sub(r"\s", "", number), squeeze(title[:edge] if glued else title) or squeeze(title + number))


def _number_start(body: str, start: int, found: re.Match[str]) -> int | None:
    """Where the number of a row begins; None where it is a part of the title."""
    begin = found.start()
    year = _YEAR.match(found[1])
    if year and len(found[1]) > 4:
        return begin + year.end()
    behind = body[found.end() : found.end() + 1]
    if begin > start and not body[begin - 1].isspace():
        return begin
    word = _WORD_BEFORE.search(body, start, begin)
    edge = begin if word is None else word.start()
    if start < edge < begin and not body[edge - 1].isspace():
        return begin
    return begin if not behind or behind.isupper() else None
