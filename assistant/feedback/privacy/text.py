"""A letter in two views of equal length, as it is written and without marks, each place leading back to the text as it came."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from corpus.text import fold, modern_tones, nfc

_CLUSTER = re.compile("[^\u0300-\u036f][\u0300-\u036f]*|[\u0300-\u036f]+", re.DOTALL)
# An apostrophe belongs to names of the highlands: "H'Blen".
_WORD = re.compile(r"(?<!\w)[^\W\d_]+(?:['’`][^\W\d_]+)*(?!\w)")
_BLANKS = re.compile(r"[ \u00a0\t]{1,3}")
_ASCII_LETTER = re.compile(r"[a-zA-Z]")
_SHOUTED_SHARE = 0.6
_MARKED_SHARE = 0.15
_NO_WORD_IS_LONGER = 30


@dataclass(frozen=True, slots=True)
class Word:
    """A run of letters: its place, its spelling in lower case, the same without marks, and how it is capitalised."""

    start: int
    end: int
    spelled: str
    plain: str
    is_capital: bool
    is_shouted: bool


@dataclass(frozen=True, slots=True)
class Letter:
    """A text for finding. `written` is in NFC, one character for each cluster of letter and marks; `plain` the same, folded.

    `origin` has the place in the text as it came for each place of the views and one for their end; None if they are the same.
    `forms` has the words as this letter spells them, with marks or without; `joins` whether nothing but blanks stands between a word and
    the next. `is_marked`: typed with Vietnamese marks on the whole; `is_shouted`: in capitals on the whole.
    """

    written: str
    plain: str
    words: tuple[Word, ...]
    forms: tuple[str, ...]
    joins: tuple[bool, ...]
    origin: tuple[int, ...] | None
    is_marked: bool
    is_shouted: bool

    def place(self, index: int) -> int:
        """Where place `index` of the views lies in the text as it came."""
        return index if self.origin is None else self.origin[index]

    def gap(self, index: int) -> str:
        """What stands in `plain` between word `index` and the next; to the end after the last; from the beginning for -1."""
        start = self.words[index].end if index >= 0 else 0
        end = self.words[index + 1].start if index + 1 < len(self.words) else len(self.plain)
        return self.plain[start:end]

    def runs_on(self, index: int) -> bool:
        """Whether nothing but blanks stands between word `index` and the next."""
        return index >= 0 and self.joins[index]


def read_letter(text: str) -> Letter:
    """`text` in its two views, with its words."""
    written, origin = _composed(text)
    # Most characters of a text come back again and again: folding each kind once is ten times as fast.
    folded = {ord(character): _folded(character) for character in set(written)}
    plain = written.translate(folded)
    letters = sum(map(str.isalpha, written)) or 1
    marked = letters - len(_ASCII_LETTER.findall(written))
    shouted = sum(map(str.isupper, written))
    is_marked = marked > _MARKED_SHARE * letters
    words = tuple(_words(written, plain))
    return Letter(
        written,
        plain,
        words,
        tuple(word.spelled if is_marked else word.plain for word in words),
        tuple(_joins(plain, words)),
        origin,
        is_marked,
        shouted > _SHOUTED_SHARE * letters,
    )


def _joins(plain: str, words: Sequence[Word]) -> Iterator[bool]:
    for word, following in pairwise(words):
        gap = plain[word.end : following.start]
        yield gap == " " or _BLANKS.fullmatch(gap) is not None
    if words:
        yield False


def _composed(text: str) -> tuple[str, tuple[int, ...] | None]:
    composed = nfc(text)
    if len(composed) == len(text) and unicodedata.is_normalized("NFC", text):
        return composed, None
    characters: list[str] = []
    origin: list[int] = []
    for cluster in _CLUSTER.finditer(text):
        characters.append(nfc(cluster.group())[:1])
        origin.append(cluster.start())
    return "".join(characters), (*origin, len(text))


@lru_cache(maxsize=4_000)
def _folded(character: str) -> str:
    bare = fold(character)
    return bare if len(bare) == 1 else character


def _words(written: str, plain: str) -> Iterator[Word]:
    for match in _WORD.finditer(written):
        start, end = match.span()
        form = match.group()
        if end - start > _NO_WORD_IS_LONGER:
            yield Word(start, end, "", "", is_capital=False, is_shouted=False)
            continue
        spelled, is_capital, is_shouted = _form(form)
        yield Word(start, end, spelled, plain[start:end], is_capital, is_shouted)


@lru_cache(maxsize=20_000)
def _form(form: str) -> tuple[str, bool, bool]:
    """How a word is spelled in lower case, whether it begins with a capital, whether it is all in capitals."""
    spelled = modern_tones(form.lower().replace("’", "'").replace("`", "'"))
    return spelled, form[0].isupper(), len(form) > 1 and form.isupper()
