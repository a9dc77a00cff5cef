"""What a model may not write by itself: laws and their parts, addresses, markup; and how they are hidden from it."""

from __future__ import annotations

import re

from corpus.citations import names_articles
from corpus.text import nfc

# What stands in a passage for a reference to other provisions.
HIDDEN = "[…]"

_AND = r"(?:\s?[,;]|\svà|\shoặc)\s"
_POINTS = rf"(?:các\s)?điểm\s[a-zđ]\d?\b(?:{_AND}(?:điểm\s)?[a-zđ]\d?\b)*"
_CLAUSES = rf"(?:các\s)?[Kk]hoản\s(?:\d+[a-zđ]?\b(?:{_AND}(?:[Kk]hoản\s)?\d+[a-zđ]?\b)*|này\b)"
_ARTICLES = rf"(?:các\s)?(?:Điều|điều)\s\d+[a-zđ]?\b(?:(?:{_AND}|\sđến\s)(?:(?:Điều|điều)\s)?\d+[a-zđ]?\b)*|Điều\snày\b"
_DOCUMENT = r"(?:Bộ luật|Luật|Pháp lệnh|Nghị định|Thông tư|Nghị quyết)\snày\b"
_REFERENCE = rf"(?:(?:{_POINTS}|{_CLAUSES}|{_ARTICLES}|{_DOCUMENT})(?:(?:\scủa)?\s(?={_POINTS}|{_CLAUSES}|{_ARTICLES}|{_DOCUMENT}))?)+"
_ANY_REFERENCE = re.compile(rf"{_REFERENCE}(?:{_AND}{_REFERENCE})*")
# "theo quy định tại Điều 5" only says where more is written; "trái quy định tại Điều 5" says something else.
_ADVERBIAL = re.compile(
    rf"(?<!không)(?<!trái)(?<!chưa)(?<!hợp)(?<!ngoài),?\stheo\s(?:quy định\s)?(?:(?:tại|của|ở)\s)?{_REFERENCE}(?:{_AND}{_REFERENCE})*"
)

_LAW = re.compile(
    r"\b(?:[Bb]ộ [Ll]uật|BỘ LUẬT|[Nn]ghị định|NGHỊ ĐỊNH|[Tt]hông tư|[Pp]háp lệnh|[Hh]iến pháp|[Áá]n lệ|[Cc]ông văn|[Ss]ắc lệnh"
    r"|Luật\s(?:này|số|\d)|Nghị quyết|(?:[Qq]uyết định|[Cc]hỉ thị|[Vv]ăn bản)\ssố)"
)
# "Luật Đất đai", but not "Luật sư".
_LAW_BY_NAME = re.compile(r"\bLuật\s(\w)")
_PART = re.compile(
    r"\b(?:[Đđ]iều|[Kk]hoản|[Mm]ục|[Cc]hương|[Pp]hụ lục)\s(?:số\s)?(?:\d|[IVXLC]+\b)"
    r"|\b(?:Điều|[Kk]hoản|[Cc]hương)\snày\b|\b[Đđ]iểm\s[a-zđ]\d?\b(?!\w)"
)
_NUMBER_OF_LAW = re.compile(r"\b\d{1,4}/(?:\d{4}/)?[A-ZĐ]{1,}")
_ENGLISH = re.compile(r"\b(?:article|section|clause|decree|circular|law|act|code|point)\s(?:no\.?\s?)?\d", re.IGNORECASE)
# Looks like the beginning of a phone number.
_DAY = re.compile(r"\b\d{1,2}[-./]\d{1,2}[-./]\d{4}\b")
_CONTACT = re.compile(
    r"https?:|\bwww\.|@|\b[A-Za-z0-9-]{2,}\.[a-z]{2,}\b|(?<![\d.,])(?:(?:\+\s?84|0)(?:[ .-]?\d){7,}|1[89]00(?:[ .-]?\d){4,})|\w+://",
    re.IGNORECASE,
)
# Besides letters, digits and blanks. What else looks harmless may strike words out or hide them.
_PUNCTUATION = frozenset(".,;:()/%\"'“”‘’-–…")
_LONGEST_WORD_IN_CAPITALS = 4


def without_references(text: str) -> str:
    """`text` without "theo quy định tại Điều …", and with `HIDDEN` for every other reference to a provision."""
    return _ANY_REFERENCE.sub(HIDDEN, _ADVERBIAL.sub("", text))


def names_law(text: str) -> bool:
    """Whether `text` names any law, article, clause, point or document number, in Vietnamese or English."""
    if any(match[1].isupper() for match in _LAW_BY_NAME.finditer(text)):
        return True
    return names_articles(text) or any(pattern.search(text) for pattern in (_LAW, _PART, _NUMBER_OF_LAW, _ENGLISH))


def has_contact(text: str) -> bool:
    """Whether `text` holds an address of the web, an e-mail address or a phone number."""
    return bool(_CONTACT.search(_DAY.sub("", text)))


def has_markup(text: str) -> bool:
    """Whether `text` is more than plain words on one line: markup, codes in capitals, signs, invisible characters."""
    plain = nfc(text).replace(HIDDEN, "")
    if any(not (letter.isalnum() or letter == " " or letter in _PUNCTUATION) for letter in plain):
        return True
    return any(_is_code(word) for word in plain.split())


def _is_code(word: str) -> bool:
    """Whether a word is like "KT-PASS-6630"."""
    return len(word) > _LONGEST_WORD_IN_CAPITALS and word.isupper() and not word.strip(".,;:()").isalpha()
