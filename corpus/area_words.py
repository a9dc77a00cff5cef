"""Words of place names: cut from running text with their places, and spelled one way for comparing.

Key: the folded syllables of a name without anything between and with i for y, so that "Kon Tum", "Kontum" and "kon-tum" are the same.
Spelling: the syllables in lower case with modern tones, y written i where both are usual (Mỹ, Mĩ), and đắk for đăk and đak.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from corpus.text import fold, modern_tones

# A letter or digit takes its combining marks along: offsets stay those of the text as it came, composed or not.
_TOKEN = re.compile("(?:[^\\W_][\u0300-\u036f]*)+")
# "P14" and "Q3" are written as one word.
_GLUED = re.compile(r"([pPqQ])(\d{1,2})")
_FINAL_Y = re.compile("(?<=[bcdđghklmnprstvx])[yỳỷỹýỵ]$|(?<=qu)[yỳỷỹýỵ]$")
_I_OF_Y = dict(zip("yỳỷỹýỵ", "iìỉĩíị", strict=True))
_SAME = {"đăk": "đắk", "đak": "đắk", "ii": "2", "iii": "3", "iv": "4", "vii": "7"}
# No name has a longer run of letters; what is longer must not fill memory.
_LONGEST_SYLLABLE, _NO_SYLLABLE = 40, "?"
_ROMAN = re.compile(r"\b(?:ii|iii|iv|vii)\b")
_KIND = re.compile(r"^(?:thanh pho|tinh|quan|huyen|thi xa|xa|phuong|thi tran|dac khu) ", re.MULTILINE)
_NOT_IN_KEY = re.compile(r"[^\w\n]+|_+")
# Between the words of one name: blanks, a hyphen or an apostrophe ("M'Drắk", "Bà Rịa - Vũng Tàu"), never a new line.
_INSIDE = re.compile(r"[ \t\u00a0]{0,3}[-–'’`]?[ \t\u00a0]{0,3}")
# A share of marked words that no text typed without marks reaches.
_MARKED_SHARE = 0.3


@dataclass(frozen=True, slots=True)
class Word:
    """A run of letters and digits: its place in the text, its spelling, its key, and how it is capitalised."""

    start: int
    end: int
    spelled: str
    key: str
    is_capital: bool
    is_shouted: bool
    is_marked: bool


@dataclass(frozen=True, slots=True)
class Message:
    """A text with its words; `is_marked`: written with Vietnamese marks on the whole."""

    text: str
    words: tuple[Word, ...]
    is_marked: bool

    def gap(self, index: int) -> str:
        """What stands between word `index` and the next one; to the end of the text after the last."""
        end = self.words[index + 1].start if index + 1 < len(self.words) else len(self.text)
        return self.text[self.words[index].end : end]

    def runs_on(self, index: int) -> bool:
        """Whether word `index` and the next one can be words of one name."""
        if index + 1 >= len(self.words):
            return False
        gap = self.gap(index)
        return gap == " " or _INSIDE.fullmatch(gap) is not None

    def spelled(self, first: int, end: int) -> str:
        """Words `first` to `end` (excluded) spelled with blanks between."""
        return " ".join(word.spelled for word in self.words[first:end])

    def key(self, first: int, end: int) -> str:
        """The key of words `first` to `end` (excluded)."""
        return "".join(word.key for word in self.words[first:end])

    def is_capital(self, first: int, end: int) -> bool:
        """Whether each word but numbers begins with a capital, in a text that does not shout."""
        letters = [word for word in self.words[first:end] if not word.key.isdigit()]
        return bool(letters) and all(word.is_capital for word in letters) and not all(word.is_shouted for word in letters)


def read_message(text: str) -> Message:
    """`text` with its words."""
    found = tuple(word for match in _TOKEN.finditer(text) for word in _words_of(match))
    marked = sum(word.is_marked for word in found)
    return Message(text, found, marked >= _MARKED_SHARE * len(found) and marked > 0)


def spell(syllable: str) -> str:
    """The one spelling of a syllable or number, marks kept."""
    plain = modern_tones(syllable).lower()
    if plain.isdigit():
        return str(int(plain))
    plain = _FINAL_Y.sub(lambda match: _I_OF_Y[match[0]], plain)
    return _SAME.get(plain, plain)


@lru_cache(maxsize=8192)
def spelled_and_key(syllable: str) -> tuple[str, str]:
    """The spelling and the key of one syllable."""
    spelled = spell(syllable)
    return spelled, fold(spelled).replace("y", "i")


def spelled_name(name: str) -> str:
    """The spelling of a whole name, with nothing between its syllables."""
    return "".join(spelled_and_key(match[0])[0] for match in _TOKEN.finditer(name))


def keys_of(names: Sequence[str]) -> list[str]:
    """The key of each name without its kind word, in order. One pass over all, since thousands are read at a start."""
    folded = _ROMAN.sub(lambda match: _SAME[match[0]], _KIND.sub("", fold("\n".join(names))))
    return _NOT_IN_KEY.sub("", folded.replace("y", "i")).split("\n")


def may_mean(typed: str, name: str) -> bool:
    """Whether `typed` is the spelling `name` with some or all marks left away (both without blanks, same key)."""
    written, meant = _letters(typed), _letters(name)
    return len(written) == len(meant) and all(
        base == full and marks <= more for (base, marks), (full, more) in zip(written, meant, strict=True)
    )


def fitting(typed: str, names: Iterable[str]) -> set[str]:
    """Those of `names` that `typed` spells exactly; where none, those that it may mean."""
    known = set(names)
    return {typed} if typed in known else {name for name in known if may_mean(typed, name)}


def closes(message: Message, end: int, signs: Sequence[str] = (",", ".", ";", ")", "\n", "?", "!", ":")) -> bool:
    """Whether the text ends, or a sign stands, right after the words before index `end`."""
    gap = message.gap(end - 1)
    return end == len(message.words) or gap.strip(" \t").startswith(tuple(signs)) or "\n" in gap


@lru_cache(maxsize=8192)
def _letters(spelled: str) -> tuple[tuple[str, frozenset[str]], ...]:
    letters: list[tuple[str, frozenset[str]]] = []
    for letter in spelled:
        parts = unicodedata.normalize("NFD", letter)
        letters.append(("d", frozenset("đ")) if letter == "đ" else (parts[0], frozenset(parts[1:])))
    return tuple(letters)


def _words_of(match: re.Match[str]) -> list[Word]:
    glued = _GLUED.fullmatch(match[0])
    if glued is None:
        return [_word(match[0], match.start())]
    return [_word(glued[1], match.start()), _word(glued[2], match.start() + 1)]


def _word(written: str, start: int) -> Word:
    spelled, key = spelled_and_key(written) if len(written) <= _LONGEST_SYLLABLE else (_NO_SYLLABLE, _NO_SYLLABLE)
    shouted = written.isupper() and len(written) > 1
    return Word(start, start + len(written), spelled, key, written[:1].isupper(), shouted, fold(spelled) != spelled)
