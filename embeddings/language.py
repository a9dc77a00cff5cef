"""The language of a short text, by its letters and its commonest words."""

from __future__ import annotations

import re
from enum import StrEnum

from corpus.text import fold, nfc

_ENGLISH = frozenset(
    """
    the a an is are was were do does did can could should would will may must i my me you your he she we they it his her our their
    what when where who why how which if of to in on for with without by from and or not no have has had be been am this that
    there after before than about get got any long much many need want company boss employer employee wife husband child children
    police court money pay paid salary house land contract law legal work
    """.split()
)
_VIETNAMESE = frozenset(
    """
    toi em anh chi ban minh ong ba con khong ko k dc duoc co la va cua cho thi bi phai nay do nao gi sao lam nguoi nha cong ty
    luat dat tien ngay thang nam bao nhieu hoi xin muon voi mot hai ba ra vao di den tu o trong khi neu hay hoac vay ma the cung
    da dang se
    """.split()
)
_WORD = re.compile(r"[^\W\d_]+")
# Letters that Vietnamese has and English does not.
_VIETNAMESE_LETTERS = re.compile(r"[ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ]")


class Language(StrEnum):
    """Languages that matter for search."""

    VIETNAMESE = "vi"
    ENGLISH = "en"
    OTHER = "other"


def language_of(text: str) -> Language:
    """The language of `text`; unaccented Vietnamese is Vietnamese, a text without letters is OTHER."""
    written = nfc(text).lower()
    words = _WORD.findall(fold(written))
    if not words:
        return Language.OTHER
    marked = len(_VIETNAMESE_LETTERS.findall(written))
    if marked >= max(1, len(words) // 4):
        return Language.VIETNAMESE
    english = sum(word in _ENGLISH for word in words)
    vietnamese = sum(word in _VIETNAMESE for word in words) + marked
    if english > vietnamese and english >= max(2, len(words) // 4):
        return Language.ENGLISH
    latin = sum(word.isascii() for word in words)
    return Language.VIETNAMESE if latin >= len(words) / 2 else Language.OTHER
