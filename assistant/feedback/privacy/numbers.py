"""Numbers of persons: telephone, identity, bank account, tax and social insurance numbers, whatever stands between their digits.

A number of ten digits may be four things: the words around it decide, then its shape, then what the letter is about.
Shapes: telephone numbers begin with 03, 05, 07, 08, 09 (mobile, ten digits), 01 (mobile until 2018, eleven) or 02 (fixed); an identity
number has 12 digits beginning with the code of a province, or 9 (until 2024); a tax code 10 or 13; a social insurance number 10.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.feedback.privacy.number_kinds import Cue, NumberKinds
from assistant.feedback.privacy.text import Letter
from assistant.feedback.types import PersonalDataType, PersonalSpan

# "o9l2" is typed for 0912.
_DIGIT = r"(?:\d|[oO](?=[oO]?\d)|(?<=\d)[oOlI]|(?<=\d[oO])[oO]|[lI](?=\d))"
_RUN = re.compile(rf"(?<![\w@])(?<!\d[.\-])\+?\(?{_DIGIT}(?:[ \u00a0.\-–—_()·]{{0,3}}{_DIGIT})+")
_GROUP = re.compile(r"[\doOlI]+")
_AS_DIGITS = str.maketrans("oOlI", "0011")
_FEWEST, _MOST = 6, 19
# Groups after a part of a run that may be a number by itself: "0912 345 678 - 2 lần".
_FEW_GROUPS = 3


@dataclass(frozen=True, slots=True)
class _Group:
    start: int
    end: int
    digits: str


def numbers(letter: Letter, kinds: NumberKinds) -> Iterator[PersonalSpan]:
    """The numbers of persons written in figures, in order."""
    free = 0
    for run in _RUN.finditer(letter.written):
        groups = [
            _Group(run.start() + group.start(), run.start() + group.end(), group.group().translate(_AS_DIGITS))
            for group in _GROUP.finditer(run.group())
        ]
        yield from _in_run(letter, kinds, groups, _cue(letter, kinds, groups[0].start, free))
        free = run.end()


def _cue(letter: Letter, kinds: NumberKinds, start: int, free: int) -> Cue | None:
    """What the words before a number call it; a sign before it announces it too: "Nguyễn Văn A, 162 408 559"."""
    is_listed = letter.plain[max(0, start - 2) : start].strip() in (",", "(", ":")
    return kinds.cue_before(letter, start, free) or (Cue(None, is_nobody=False, is_close=True) if is_listed else None)


def _in_run(letter: Letter, kinds: NumberKinds, groups: Sequence[_Group], cue: Cue | None) -> Iterator[PersonalSpan]:
    first = 0
    while first < len(groups):
        found = _longest(letter, kinds, groups, first, cue)
        if found is None:
            first += 1
            continue
        end, kind = found
        start = groups[first].start
        is_bracketed = letter.written[start - 1 : start] == "(" and ")" in letter.written[start : groups[end - 1].end]
        if kind is PersonalDataType.PHONE and (is_bracketed or letter.written[start - 1 : start] == "+"):
            start -= 1
        yield kinds.whole(letter, PersonalSpan(start, groups[end - 1].end, kind))
        first = end


def _longest(
    letter: Letter, kinds: NumberKinds, groups: Sequence[_Group], first: int, cue: Cue | None
) -> tuple[int, PersonalDataType] | None:
    """The end and the kind of the longest number that begins with group `first`."""
    # Within a run only what has a shape is a number, and a shape begins with 0 or 84.
    if first and groups[first].digits[0] not in "08":
        return None
    for end, digits in reversed(_beginnings(groups, first)):
        is_whole = first == 0 and end == len(groups)
        # A part of a run must be sure by its shape: most runs of more numbers are amounts and dates.
        kind = kinds.kind_of(letter, digits, groups[end - 1].end, cue) if is_whole else kinds.by_shape(digits)
        if kind and (is_whole or kind is PersonalDataType.PHONE or len(groups) <= end + _FEW_GROUPS):
            return end, kind
    return None


def _beginnings(groups: Sequence[_Group], first: int) -> list[tuple[int, str]]:
    found: list[tuple[int, str]] = []
    digits = ""
    for end in range(first, len(groups)):
        digits += groups[end].digits
        if len(digits) > _MOST:
            break
        if len(digits) >= _FEWEST:
            found.append((end + 1, digits))
    return found
