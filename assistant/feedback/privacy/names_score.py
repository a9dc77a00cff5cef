"""How surely words in small letters are a full name: by the family name, the syllables, and everyday words that they could be too."""

from __future__ import annotations

from assistant.feedback.privacy.name_words import Spelling
from assistant.feedback.privacy.text import Letter

# At least a clause begins there, or "của" leads to the name.
_LED = 0.5
_CALLED = 2.0
# What pairs of everyday words take from a name: its family name with the next syllable, other syllables, its ends with the words around.
_FAMILY_PAIR, _INNER_PAIR, _OUTER_PAIR = 1.2, 0.7, 0.4
_SHARE_IF_CALLED = 0.3


def score(letter: Letter, spelling: Spelling, first: int, end: int, context: float) -> float:
    """How surely words `first` to `end` are a full name."""
    forms = letter.forms[first:end]
    has_gender = len(forms) > 2 and forms[1] in spelling.gender_middles
    is_highland = len(forms) > 2 and is_highland_middle(spelling, forms[0], forms[1])
    shares = [spelling.share(form) for form in forms[1:]]
    if has_gender or is_highland:
        shares[0] = 1.0
    is_end = closes(letter, end)
    unknown = shares.count(0.0)
    may_be_unknown = (has_gender or is_highland) and shares[-1] == 0.0 and len(forms) == 3
    is_signature = is_end and unknown <= (2 if context >= _CALLED else 1) and (context >= _CALLED or opens(letter, first))
    if unknown and not (may_be_unknown and (letter.is_marked or context >= _LED)) and not is_signature:
        return 0.0
    is_signed = is_end and context >= 0.8 and (end == len(letter.words) or letter.gap(end - 1).strip(" ,.(")[:1].isdigit())
    total = context + _family_weight(spelling, forms[0]) + 2 * sum(shares) / len(shares)
    if len(shares) == 1:
        total -= 0.9
    if has_gender or is_highland:
        # "thi" and "van" without marks may be "thì" and "vẫn".
        total += 2.5 if letter.is_marked and has_gender else (1.5 if context >= _LED or forms[0] in spelling.certain_families else 0.0)
    total += 0.8 * is_end + 0.5 * is_signed + any("'" in form for form in forms)
    if not is_signed:
        is_called = context >= _CALLED
        total -= _everyday(letter, spelling, first, end, is_called=is_called) * (_SHARE_IF_CALLED if is_called else 1.0)
    # Of two readings the longer one, where its last syllable is as sure.
    is_sure = shares[-1] == 1.0 or is_end or (has_gender and not spelling.is_marked and shares[-1] > 0)
    return total + (0.1 if is_sure else -0.1) * len(shares)


def _family_weight(spelling: Spelling, family: str) -> float:
    if family in spelling.certain_families:
        return 2.5
    if family in spelling.stops:
        return 0.4 if spelling.is_marked else 0.0
    return 1.0


def _everyday(letter: Letter, spelling: Spelling, first: int, end: int, *, is_called: bool) -> float:
    """How much pairs of everyday words within a name without marks, and over its ends, take from it."""
    forms = letter.forms
    is_gendered = forms[first + 1] in spelling.gender_middles and (is_called or forms[first] in spelling.certain_families)
    inner = sum(f"{forms[at]} {forms[at + 1]}" in spelling.everyday_pairs for at in range(first + 1 + is_gendered, end - 1))
    family = not is_gendered and f"{forms[first]} {forms[first + 1]}" in spelling.everyday_pairs
    behind = letter.runs_on(first - 1) and f"{forms[first - 1]} {forms[first]}" in spelling.everyday_pairs
    if not spelling.is_marked or forms[first] not in spelling.certain_families:
        inner += sum(f"{forms[at]} {forms[at + 1]}" in spelling.compounds for at in range(first + 1 + is_gendered, end - 1))
    ahead = letter.runs_on(end - 1) and f"{forms[end - 1]} {forms[end]}" in spelling.everyday_pairs
    return _INNER_PAIR * inner + _FAMILY_PAIR * family + _OUTER_PAIR * (behind + ahead)


def opens(letter: Letter, first: int) -> bool:
    """Whether a clause begins with word `first`."""
    return first == 0 or not letter.joins[first - 1]


def closes(letter: Letter, end: int) -> bool:
    """Whether a clause ends before word `end`."""
    return end == len(letter.words) or not letter.runs_on(end - 1)


def is_highland_middle(spelling: Spelling, family: str, form: str) -> bool:
    """Whether `form` is a middle syllable of names of the highlands with this family name."""
    return form in spelling.minority_middles and family in spelling.minority_families
