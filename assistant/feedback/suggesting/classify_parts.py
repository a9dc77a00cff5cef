"""Where the parts of a mixed message stand: groups of sentences of different kind (Luật Tiếp công dân, art 25.3)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from assistant.feedback.types import Kind
from corpus.text import fold

if TYPE_CHECKING:
    from assistant.feedback.suggesting.classify_reading import Lexicon, Span

# A sentence ends at a mark; in speech without marks a turn of the talk begins one.
_END = re.compile(r"[.!?;…]+(?=\s|$)|\n+")
_TURN = re.compile(
    r"(?<=\s)(?:cho (?:hoi|toi hoi|tui hoi|em hoi|minh hoi)|xin hoi|ngoai ra|nhan tien|luon tien|tien the|dong thoi|mat khac|nhung ma)\b"
)
# Cues that settle what a sentence is, the first that is there wins; words that occur in all kinds ("đề nghị") settle nothing alone.
_DECIDING = (
    (Kind.VOTER_RECOMMENDATION, ("voter",)),
    (Kind.DENUNCIATION, ("bribes", "named_person")),
    (Kind.DENUNCIATION, ("embezzles", "named_person")),
    (Kind.DENUNCIATION, ("accuses", "named_person")),
    (Kind.QUESTION, ("asks", "question_mark")),
    (Kind.QUESTION, ("asks", "ends_asking")),
    (Kind.COMPLAINT, ("contests",)),
    (Kind.PRAISE, ("praises",)),
    (Kind.RECOMMENDATION, ("proposes",)),
    (Kind.REPORT, ("happened",)),
)
# From so many words on a sentence without any cue tells a situation; shorter ones are greetings and names.
_TELLS = 6


def parts_of(text: str, lexicon: Lexicon) -> tuple[Span, ...]:
    """Spans of the groups, in order, without blanks at their ends; sentences that show no kind belong to the group before them.

    For messages of several kinds: a long story of one kind also tells, asks and wishes, and would be split too.
    """
    groups: list[tuple[Kind | None, Span]] = []
    for start, end in _sentences(text):
        kind = _kind_of(text[start:end], lexicon)
        if groups and (kind in (None, groups[-1][0]) or groups[-1][0] is None):
            before, (begin, _) = groups[-1]
            groups[-1] = (before or kind, (begin, end))
            continue
        groups.append((kind, (start, end)))
    return tuple(span for _, span in groups)


def _sentences(text: str) -> Iterator[Span]:
    folded = fold(text)
    # Places of the folded text are those of the text only where folding takes no character away (as in NFD).
    turns = [match.start() for match in _TURN.finditer(folded)] if len(folded) == len(text) else []
    borders = sorted({0, len(text), *turns, *(match.end() for match in _END.finditer(text))})
    for start, end in pairwise(borders):
        inner = text[start:end].strip()
        if inner:
            begin = start + text[start:end].index(inner)
            yield begin, begin + len(inner)


def _kind_of(sentence: str, lexicon: Lexicon) -> Kind | None:
    found = lexicon.cues_in(sentence)
    plain = Kind.REPORT if len(sentence.split()) >= _TELLS else None
    return next((kind for kind, names in _DECIDING if found.issuperset(names)), plain)
