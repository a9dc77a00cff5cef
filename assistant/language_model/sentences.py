"""A text of law as sentences whose terms can be compared: numbers in one form, harmless words left out.

The order of the terms is kept: "bên mua báo cho bên bán" and "bên bán báo cho bên mua" have the same words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from assistant.answering.evidence import ELISION
from assistant.language_model.mentions import HIDDEN
from assistant.language_model.numerals import Kind, Numeral, numerals
from corpus.text import modern_tones, squeeze

_MARKER = re.compile(r"(?:(?P<clause>\d{1,3}[a-zđ]{0,2})\s?[.)](?!\d)|(?P<point>[a-zđ]\d{0,2})\s?[).]|(?P<dash>[-–+•]))\s*(?=\S)")
_DEPTHS = {None: 0, "clause": 1, "point": 2, "dash": 3}
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
# A sentence that takes something back belongs to the one before.
_TAKES_BACK = ("Trừ", "Ngoại trừ", "Tuy nhiên", "Riêng", "Nhưng")
# Of a list behind these words a part alone is not true: all conditions, all papers, the first in line before the second.
_AS_A_WHOLE = re.compile(r"\b(?:đủ|đồng thời|tất cả|gồm|điều kiện|lần lượt|thứ tự|trình tự|kế hoạch|công thức)\b", re.IGNORECASE)
_TERM = re.compile(rf"{re.escape(HIDDEN)}|[^\W_]+|%|[,;]")
_CUT = frozenset({",", ";"})
_NUMBER, _DATE, _FRACTION = "#", "@", "÷"
_MARKS = {Kind.NUMBER: _NUMBER, Kind.DATE: _DATE, Kind.FRACTION: _FRACTION}

# Ways to say one thing; the first stands for all.
_SAME = (
    ("không quá", "không được quá", "không vượt quá", "không được vượt quá", "tối đa", "nhiều nhất"),
    ("ít nhất", "tối thiểu", "không ít hơn", "không dưới"),
    ("kể từ", "tính từ"),
    ("hằng năm", "hàng năm", "mỗi năm"),
    ("hằng tháng", "hàng tháng", "mỗi tháng"),
    ("hằng ngày", "hàng ngày", "mỗi ngày"),
    ("gồm", "bao gồm", "gồm có", "bao gồm có"),
    ("phải", "có nghĩa vụ", "có trách nhiệm", "cần phải"),
    ("không được", "không được phép"),
    ("được", "được phép"),
    ("trong thời hạn", "trong vòng"),
    ("khi", "lúc"),
    ("ủy ban nhân dân", "ubnd"),
    ("tòa án nhân dân", "tand"),
    ("%", "phần trăm"),
    # One unit, and not so many days.
    ("ngày làm việc",),
    ("người lao động",),
    ("người sử dụng lao động",),
)
# What says nothing: left out on both sides, except behind a negation. "theo pháp luật" is not among it: with it a person who
# represents another is another person.
_EMPTY = ("thì", "là", "rằng", "các", "những", "của", "cũng", "đều", "sẽ", "sau đây", "dưới đây", "nêu trên", "nói trên")
NEGATIONS = frozenset({"không", "không được", "chưa", "chẳng", "cấm", "đừng"})
_LONGEST_PHRASE = 6


@dataclass(frozen=True, slots=True)
class Sentence:
    """Terms in order; `cuts`: places of terms behind a comma; `head`: place of the sentence that leads into it, if any.

    `can_start`: says something by itself, being neither part of a list nor the rest of another sentence.
    `whole_list`: leads into a list of which no part may be left out.
    """

    terms: tuple[str, ...]
    cuts: frozenset[int]
    head: int | None
    can_start: bool
    whole_list: bool = False


def is_numeral(term: str) -> bool:
    """Whether the term is a number, date or fraction."""
    return term[0] in (_NUMBER, _DATE, _FRACTION)


def terms_of(text: str) -> tuple[str, ...]:
    """The terms of a text of one line."""
    return _terms(text)[0]


def sentences_of(text: str) -> tuple[Sentence, ...]:
    """The sentences of `text` in order; "a)", "1." and "-" make a line a part of what a line ending in ":" opened."""
    found: list[Sentence] = []
    # Depth and place of the heads whose lists are open.
    heads: list[tuple[int, int]] = []
    for line in squeeze(text).splitlines():
        marker = _MARKER.match(line)
        depth = _DEPTHS[marker.lastgroup if marker else None]
        heads = heads if line == ELISION else [one for one in heads if one[0] < depth]
        # What was left out of a quotation was left out of the list that is open.
        head = heads[-1][1] if heads and (depth or line == ELISION) else None
        found += _sentences(line[marker.end() if marker else 0 :], head, starts=head is None and depth < _DEPTHS["point"])
        if line.endswith(":") and found:
            heads.append((depth, len(found) - 1))
    return tuple(found)


def _sentences(line: str, head: int | None, *, starts: bool) -> Iterator[Sentence]:
    if line == ELISION:
        yield Sentence((ELISION,), frozenset(), head, can_start=False)
    for piece in _pieces(line):
        terms, cuts = _terms(piece)
        if terms:
            first = next((letter for letter in piece if letter.isalnum()), "")
            whole = piece.endswith(":") and bool(_AS_A_WHOLE.search(piece))
            yield Sentence(terms, cuts, head, starts and not first.islower(), whole)


def _pieces(line: str) -> list[str]:
    """The sentences of a line; a full stop inside one ("TP. Vinh", "3. ngày") ends none where no capital follows."""
    pieces: list[str] = []
    for piece in _SENTENCE_END.split(line):
        if pieces and (not piece[:1].isupper() or piece.startswith(_TAKES_BACK)):
            pieces[-1] += f" {piece}"
        else:
            pieces.append(piece)
    return pieces


def _terms(text: str) -> tuple[tuple[str, ...], frozenset[int]]:
    """Terms without what says nothing, and the places behind a comma."""
    kept: list[str] = []
    cuts: set[int] = set()
    for form, is_empty in _phrases(_atoms(modern_tones(squeeze(text)))):
        if form in _CUT:
            cuts.add(len(kept))
        elif not is_empty or (kept and kept[-1] in NEGATIONS):
            kept.append(form)
    return tuple(kept), frozenset(cuts)


def _atoms(text: str) -> list[str]:
    """Words in lower case, numerals in one form, commas."""
    atoms: list[str] = []
    position = 0
    for numeral in numerals(text):
        between = text[position : numeral.start]
        atoms += _words(between, after_number=bool(atoms) and is_numeral(atoms[-1]))
        form = _MARKS[numeral.kind] + numeral.form
        # "năm (05) ngày" says the number twice.
        if not (atoms and atoms[-1] == form and between.strip() == "("):
            atoms += ["đến", form] if _is_range(atoms, between, numeral) else [form]
        position = numeral.end
    return atoms + _words(text[position:], after_number=bool(atoms) and is_numeral(atoms[-1]))


def _is_range(atoms: Sequence[str], between: str, numeral: Numeral) -> bool:
    return bool(atoms) and is_numeral(atoms[-1]) and numeral.kind is Kind.NUMBER and between.strip() in ("-", "–")


def _words(text: str, *, after_number: bool) -> list[str]:
    words = _TERM.findall(text.lower())
    if after_number and words:
        words[0] = {"đ": "đồng", "vnđ": "đồng", "vnd": "đồng", "h": "giờ"}.get(words[0], words[0])
    return words


def _phrases(atoms: Sequence[str]) -> Iterator[tuple[str, bool]]:
    """Each phrase by the form that stands for it, the longest first, and whether it says nothing."""
    known, position = _known_phrases(), 0
    while position < len(atoms):
        lengths = range(min(_LONGEST_PHRASE, len(atoms) - position), 0, -1)
        length = next((one for one in lengths if tuple(atoms[position : position + one]) in known), 1)
        phrase = tuple(atoms[position : position + length])
        yield known.get(phrase, (phrase[0], False))
        position += length


@cache
def _known_phrases() -> dict[tuple[str, ...], tuple[str, bool]]:
    same = {tuple(way.split()): (ways[0], False) for ways in _SAME for way in ways}
    return same | {tuple(phrase.split()): (phrase, True) for phrase in _EMPTY}
