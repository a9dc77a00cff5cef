"""What a question is: cleaned, judged askable, and split from what only looks like one."""

from __future__ import annotations

import re
from enum import StrEnum

from corpus.tables import read_table
from corpus.text import fold, is_accented, squeeze
from embeddings.language import ADDRESS

# Longer than any story people told lawyers in the sets measured (the longest had 2,100 characters).
MAX_QUESTION_CHARS = 8_000

_LETTER = re.compile(r"[^\W\d_]")
# Lone surrogates stand for bytes that are no UTF-8; nothing can print them.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ud800-\udfff]")
_WORD = re.compile(r"[^\W_]+")
_LETTERS = re.compile(r"[^\W\d_]+")
# A letter after "điểm" is a point of the law, never chat spelling: "điểm k" is not "điểm không".
# Nor is any part of an address of a page or a letter box.
_POINT_OR_WORD = re.compile(rf"{ADDRESS.pattern}|\b(?:điểm|diem)\s+\w\b|[^\W_]+", re.IGNORECASE)


class Flaw(StrEnum):
    """Why a text cannot be asked as it stands."""

    EMPTY = "empty"
    NO_WORDS = "no_words"
    TOO_LONG = "too_long"


def cleaned(text: str) -> str:
    """`text` in NFC on one line, without control and direction characters."""
    return squeeze(_CONTROL.sub(" ", text)).replace("\n", " ").strip()


def calmed(text: str) -> str:
    """`text` in small letters where it is SHOUTED or Every Word Is Capitalised; else as it is, with its names and abbreviations.

    What leads words back to their marks and finds them in the law knows them as they stand in the middle of a sentence.
    """
    # Two words: a single one may be an abbreviation or a name.
    found = _LETTERS.findall(text)
    is_loud = len(found) > 1 and (text.upper() == text or all(word.istitle() for word in found))
    return text.lower() if is_loud else text


def flaw_of(text: str) -> Flaw | None:
    """Why `text` (cleaned) is no question, or None."""
    if not text:
        return Flaw.EMPTY
    if len(text) > MAX_QUESTION_CHARS:
        return Flaw.TOO_LONG
    return None if len(_LETTER.findall(text)) >= 2 else Flaw.NO_WORDS


class Wording:
    """The project's tables of how people write: chat spelling, and words that ask for a procedure."""

    def __init__(self, chat: dict[str, str], procedure_cues: tuple[str, ...]) -> None:
        self._chat = chat
        self._cues = re.compile(r"\b(?:" + "|".join(map(re.escape, sorted(procedure_cues, key=len, reverse=True))) + r")\b")

    @classmethod
    def load(cls) -> Wording:
        """The tables shipped with the project."""
        tables = read_table("assistant.answering", "wording.yaml")
        return cls(dict(tables["chat_spelling"]), tuple(tables["procedure_cues"]))

    def spelled_out(self, text: str) -> str:
        """`text` with chat spelling written out ("ko" → "không"); numbers and names are never touched."""
        return _POINT_OR_WORD.sub(lambda match: self._spelled(match.group()), text)

    def asks_for_procedure(self, text: str) -> bool:
        """Whether the words ask how, where or with which papers something is done at an office."""
        return bool(self._cues.search(fold(text)))

    def _spelled(self, word: str) -> str:
        return self._chat.get(word, self._chat.get(word.lower(), word)) if not word.isupper() or len(word) < 2 else word


def unasked_words(name: str, question: str) -> int:
    """How many words of `name` the question does not hold: the general procedure has fewer than the special one."""
    form = str.lower if is_accented(question) else fold
    asked = set(_WORD.findall(form(question)))
    return sum(word not in asked for word in _WORD.findall(form(name)))
