"""What a citizen asks for, and whether an answer speaks of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Self

from pydantic import BaseModel, ConfigDict

from corpus.tables import read_table
from corpus.text import fold, nfc, without_marks

_SENTENCE_END = re.compile(r"(?<!\btp)(?<!\bths)(?<!\bts)(?<![\d ]\d)(?<!^\d)[.!](?=\s|$)|\?+|\n")
# "1.", "2)", "a)", "-", "thứ nhất,", "một là" at the start of a piece.
_ITEM = re.compile(
    r"\s*(?:\d{1,2}\s*[.)/]\s|[a-z]\)\s|[-+*\u2022\u2013]\s|thu (?:nhat|hai|ba|tu|nam)\b[,:]?\s|(?:mot|hai|ba|bon|nam) la\b[,:]?\s)"
)
_ITEM_INSIDE = re.compile(r"(?<=[\s:;,.])(?=\(?(?:\d{1,2}|[a-z])\)\s|(?:thu (?:nhat|hai|ba|tu)|(?:mot|hai|ba|bon) la)\b)")
_WORD = re.compile(r"[^\W_]+")
# Fewer are no wish ("đề nghị xem xét"); a wish of so few has its matter before it ("phụ cấp thấp quá, đề nghị xem lại").
_FEWEST_WORDS, _FEW_WORDS = 2, 4


class AskWords(BaseModel):
    """How asks are told (data/answer_lint.yaml); patterns run on folded text."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    cues: tuple[str, ...]
    not_after: tuple[str, ...]
    questions: tuple[str, ...]
    about_time: tuple[str, ...]
    joints: tuple[str, ...]
    filler: tuple[str, ...]
    stop: str
    same: dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Speech:
    """The words of a text that say what it is about, and those that stand beside each other; folded."""

    words: frozenset[str]
    pairs: frozenset[tuple[str, str]]


class Asks:
    """Finds asks by the words of a table."""

    def __init__(self, words: AskWords) -> None:
        self._cue = any_of(words.cues, r"\b(?:{})\b")
        self._not_after = any_of(words.not_after)
        self._question, self._about_time, self._joint = any_of(words.questions), any_of(words.about_time), any_of(words.joints)
        self._filler = any_of(words.filler, r"\b(?:{})\b")
        self._stop = frozenset(words.stop.split())
        self._same = _replacing(words.same)

    @classmethod
    def load(cls) -> Self:
        """By the project's own table."""
        return cls(AskWords.model_validate(read_table("assistant.feedback", "answer_lint.yaml")["asks"]))

    def find(self, text: str) -> tuple[str, ...]:
        """The asks of `text` in order, as written, none twice; the whole text where it asks for nothing in words, e.g. tells a fault."""
        shown, folded = readable(text)
        found: dict[str, str] = {}
        for start, end in self._spans(folded):
            ask = shown[start:end].strip(" ,;:.-\n")
            if len(self.content(ask)) >= _FEWEST_WORDS:
                found.setdefault(fold(ask), ask)
        whole = " ".join(shown.split())
        return tuple(found.values()) or ((whole,) if self.content(whole) else ())

    def wants_a_time(self, ask: str) -> bool:
        """Whether it asks when."""
        return bool(self._about_time.search(fold(ask)))

    def content(self, text: str) -> list[str]:
        """The folded words of `text` that say what it is about, in order; different words for one thing are one."""
        return [word for word in _WORD.findall(self._same(self._filler.sub(" ", fold(text)))) if word not in self._stop]

    def speech(self, text: str) -> Speech:
        """What `text` speaks of."""
        words = self.content(text)
        return Speech(frozenset(words), frozenset(pairwise(words)))

    def _spans(self, folded: str) -> Iterator[tuple[int, int]]:
        is_listing, before, told = False, 0, -1
        for start, end in _pieces(folded):
            piece = folded[start:end]
            cues = [one.start() for one in self._cue.finditer(piece) if not self._not_after.search(piece[: one.start()])]
            is_item, is_lead = bool(_ITEM.match(piece)), bool(cues) and piece.rstrip().endswith(":")
            found: list[tuple[int, int]] = []
            if not is_lead and (self._question.search(piece) or (is_listing and is_item)):
                found = [*self._parted(folded, start, end)]
            elif cues and not is_lead:
                edges = pairwise([self._matter_of(piece, cues), *cues[1:], len(piece)])
                found = [span for since, until in edges for span in self._parted(folded, start + since, start + until)]
            if found and self._points_back(folded[slice(*found[0])], is_told=told == before):
                found[0] = (before, found[0][1])
            yield from found
            is_listing, before, told = is_lead or (is_listing and is_item), start, start if found else told

    def _points_back(self, ask: str, *, is_told: bool) -> bool:
        """Whether it says nothing of its matter, so that the sentence before it does: "… chưa có. Tại sao chậm?"

        Where that sentence is told as an ask already, only a question about time is worth another.
        """
        return len(self.content(ask)) <= _FEWEST_WORDS and (not is_told or self.wants_a_time(ask))

    def _matter_of(self, piece: str, cues: Sequence[int]) -> int:
        """Where the first wish begins: before its cue where the words after it do not say of what."""
        if len(self.content(piece[cues[0] : [*cues, len(piece)][1]])) >= _FEW_WORDS:
            return cues[0]
        return max((joint.end() for joint in self._joint.finditer(piece, 0, cues[0])), default=0)

    def _parted(self, folded: str, start: int, end: int) -> Iterator[tuple[int, int]]:
        for joint in self._joint.finditer(folded, start, end):
            yield start, joint.start()
            start = joint.end()
        yield start, end


class Touch(BaseModel):
    """How much of an ask an answer must have."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    share_of_pairs: float
    pairs: int
    share_of_words: float

    def holds(self, ask: Speech, answer: Speech) -> bool:
        """Whether it has this share of the ask's pairs, or this many of them, or this share of its words."""
        needed = min(self.share_of_pairs * len(ask.pairs), self.pairs)
        by_pairs = bool(ask.pairs) and len(ask.pairs & answer.pairs) >= needed
        return by_pairs or len(ask.words & answer.words) >= self.share_of_words * len(ask.words)


def readable(text: str) -> tuple[str, str]:
    """`text` in NFC and folded, place for place alike; strange text whose places shift is shown without marks."""
    shown, folded = nfc(text), fold(text)
    return (shown if len(shown) == len(folded) else without_marks(text)), folded


def any_of(patterns: Iterable[str], frame: str = "(?:{})", flags: int = 0) -> re.Pattern[str]:
    """One pattern for whichever of `patterns`."""
    return re.compile(frame.replace("{}", "|".join(f"(?:{one})" for one in patterns)), flags)


def _pieces(folded: str) -> Iterator[tuple[int, int]]:
    """Sentences and the items of lists, a question with its mark."""
    start = 0
    for end in sorted({*(one.end() for one in _SENTENCE_END.finditer(folded)), *_items(folded), len(folded)}):
        if folded[start:end].strip():
            yield start, end
        start = end


def _items(folded: str) -> Sequence[int]:
    return [one.start() for one in _ITEM_INSIDE.finditer(folded)]


def _replacing(same: Mapping[str, Sequence[str]]) -> Callable[[str], str]:
    by_word = {word: first for first, others in same.items() for word in (first, *others)}
    # The longest first, so that none is read as a part of it.
    pattern = re.compile(rf"\b(?:{'|'.join(sorted(map(re.escape, by_word), key=len, reverse=True))})\b")
    return lambda folded: pattern.sub(lambda found: by_word[found.group()], " ".join(_WORD.findall(folded)))
