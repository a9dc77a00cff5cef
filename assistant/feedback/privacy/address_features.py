"""What the model of addresses sees of each word of a letter: itself, its neighbours, what stands for a part of an address, names."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from assistant.feedback.privacy.part_words import PartWords
from assistant.feedback.privacy.text import Letter
from assistant.feedback.types import PersonalSpan

# A word, a run of digits or a single sign.
_TOKEN = re.compile(r"[^\W\d_]+(?:['’`][^\W\d_]+)*|\d+|[^\w\s]|_")
# How far the model looks: at words, at how they are written, for a part of an address.
_WORDS, _SHAPES, _PARTS = (-4, -3, -2, -1, 1, 2, 3), (-2, -1, 1, 2), (-2, -1, 0, 1, 2)
_PART_AHEAD = 6
# Longer numbers are all alike.
_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Token:
    """A place in a letter: words are as they are without marks, numbers are told by how many digits they have."""

    start: int
    end: int
    form: str
    spelled: str
    shape: str


def tokens_of(letter: Letter) -> list[Token]:
    """The tokens of a letter, in order."""
    return [_token(letter, *match.span()) for match in _TOKEN.finditer(letter.plain)]


class AddressFeatures:
    """Names what is seen of each token."""

    def __init__(self, words: PartWords) -> None:
        self._words = words

    def of(self, letter: Letter, tokens: Sequence[Token], names: Iterable[PersonalSpan]) -> list[list[str]]:
        """The features of each token; `names` are those of persons."""
        parts = self._parts(letter, tokens)
        called = {at for name in names for at in _within(tokens, name.start, name.end)}
        forms = [token.form for token in tokens]
        return [
            [
                *_own(letter, tokens, at),
                *_around(tokens, forms, at),
                *_together(forms, at),
                *_part_features(parts, at),
                *_name_features(called, at),
            ]
            for at in range(len(tokens))
        ]

    def _parts(self, letter: Letter, tokens: Sequence[Token]) -> Mapping[int, str]:
        """By the tokens that parts of addresses cover, what kind of part; the longer of two before the shorter."""
        found = [
            (match.start(), -match.end(), f"{sort}{self._words.kind(match)}")
            for sort, pattern in (("h", self._words.house), ("p", self._words.place))
            for match in pattern.finditer(letter.plain)
            if self._words.is_kind(letter, match)
        ]
        parts: dict[int, str] = {}
        for start, end, kind in sorted(found):
            for at in _within(tokens, start, -end):
                parts.setdefault(at, f"{'B' if tokens[at].start == start else 'I'}{kind}")
        return parts


def _token(letter: Letter, start: int, end: int) -> Token:
    written, plain = letter.written[start:end], letter.plain[start:end]
    form = f"<{min(len(plain), _DIGITS)}>" if plain.isdigit() else plain
    return Token(start, end, form, written.lower(), f"{'s' if letter.is_shouted else ''}{_shape(written)}")


def _shape(written: str) -> str:
    if written.isdigit():
        return f"d{min(len(written), _DIGITS + 1)}"
    if not written.isalpha():
        return written
    if written.isupper():
        return "A" if len(written) > 1 else "A1"
    return "Aa" if written[0].isupper() else "a"


def _within(tokens: Sequence[Token], start: int, end: int) -> range:
    """The tokens that lie between two places."""
    first = bisect_left(tokens, start, key=lambda token: token.start)
    return range(first, bisect_right(tokens, end, lo=first, key=lambda token: token.end))


def _own(letter: Letter, tokens: Sequence[Token], at: int) -> Iterator[str]:
    token = tokens[at]
    yield "any"
    yield f"w={token.form}"
    yield f"s={token.shape}"
    # Marks tell "phố" from "phó" only where somebody types them.
    yield f"m={token.spelled}" if letter.is_marked else f"u={token.form}"
    before = tokens[at - 1].end if at else 0
    if at and before == token.start:
        yield "glued"
    if not at or "\n" in letter.plain[before : token.start]:
        yield "line"


def _around(tokens: Sequence[Token], forms: Sequence[str], at: int) -> Iterator[str]:
    yield from (f"w{step}={_form(forms, at + step)}" for step in _WORDS)
    yield from (f"s{step}={tokens[at + step].shape}" for step in _SHAPES if 0 <= at + step < len(tokens))


def _together(forms: Sequence[str], at: int) -> Iterator[str]:
    for first, last in ((-1, 0), (0, 1), (-2, -1), (1, 2), (-3, -1)):
        yield f"{first}:{last}={' '.join(_form(forms, at + step) for step in range(first, last + 1))}"


def _form(forms: Sequence[str], at: int) -> str:
    if at < 0:
        return "<s>"
    return forms[at] if at < len(forms) else "</s>"


def _part_features(parts: Mapping[int, str], at: int) -> Iterator[str]:
    yield from (f"p{step}={parts[at + step]}" for step in _PARTS if at + step in parts)
    if any(at - step in parts for step in range(1, _PART_AHEAD + 1)):
        yield "part before"
    if any(at + step in parts for step in range(1, _PART_AHEAD + 1)):
        yield "part after"


def _name_features(called: Set[int], at: int) -> Iterator[str]:
    yield from (f"n{step}={at + step in called}" for step in (-1, 0, 1))
