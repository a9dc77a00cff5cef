"""Citations in English as Vietnamese law writes them: "Article 35(2) of the Labour Code" is "khoản 2 Điều 35 Bộ luật Lao động".

Names of codes and laws as official translations give them, with the year, are those of the table below; others stay as they are.
"""

from __future__ import annotations

import re

# Longer names before those that they end in.
_CODES = {
    r"civil procedure code|code of civil procedure": "Bộ luật Tố tụng dân sự",
    r"criminal procedure code|code of criminal procedure": "Bộ luật Tố tụng hình sự",
    r"maritime code": "Bộ luật Hàng hải",
    r"(?:penal|criminal) code": "Bộ luật Hình sự",
    r"civil code": "Bộ luật Dân sự",
    r"labou?r code": "Bộ luật Lao động",
}
_CODE = re.compile("|".join(f"(?P<c{number}>{name})" for number, name in enumerate(_CODES)), re.IGNORECASE)
_NAMES = list(_CODES.values())
_NUMBER = r"(?P<article>\d{1,4}[a-z]?)"
_ARTICLE = re.compile(
    r"(?:\bpoint\s+(?P<point>[a-zđ])\s*,?\s*(?:of\s+)?)?(?:\bclause\s+(?P<clause>\d{1,3})\s*,?\s*(?:of\s+)?)?"
    rf"\b(?:articles?|art\.?)\s+{_NUMBER}\b(?:\s*\((?P<inside>\d{{1,3}})\)|\s*,?\s*clause\s+(?P<after>\d{{1,3}}))?",
    re.IGNORECASE,
)
_BETWEEN = re.compile(
    r"(Điều \d{1,4}[a-z]?)\s*,?\s*(?:of|in|under|from)?\s*(?:the\s+)?(?:\d{4}\s+)?(?:vietnam(?:ese)?(?:'s)?\s+)?(Bộ luật)", re.IGNORECASE
)
_LEADING_YEAR = re.compile(r"\b((?:19|20)\d{2})\s+(?:vietnam(?:ese)?\s+)?(?=Bộ luật)", re.IGNORECASE)


def in_vietnamese(text: str) -> str:
    """`text` with its English citations as Vietnamese ones, and otherwise as it was; without an English one `text` itself."""
    if not _ARTICLE.search(text):
        return text
    named = _CODE.sub(lambda match: _NAMES[int((match.lastgroup or "c0")[1:])], text)
    cited = _ARTICLE.sub(_article, _LEADING_YEAR.sub("", named))
    return _BETWEEN.sub(r"\1 \2", cited)


def _article(match: re.Match[str]) -> str:
    clause = match["clause"] or match["inside"] or match["after"]
    parts = (f"điểm {match['point'].lower()}" if match["point"] else "", f"khoản {clause}" if clause else "", f"Điều {match['article']}")
    return " ".join(part for part in parts if part)
