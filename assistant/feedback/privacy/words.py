"""The word lists by which personal data is found and replaced, read from this folder's data."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from importlib import resources
from itertools import groupby

import yaml
from pydantic import TypeAdapter

from assistant.feedback.types import PersonalDataType
from corpus.text import fold, modern_tones, nfc

# No word shorter than this many letters and one is told from its slips.
_SHORT = 3
_SYLLABLE = re.compile(
    r"(?:b|ch?|d|gi?h?|h|kh?|l|m|ngh?|nh?|ph?|qu|r|s|th?|tr|v|x)?(?:[aeiouy]|ai|ao|au|ay|eo|eu|ia|ie|ieu|iu|oa|oai|oay|oe|oi|oo|ua|uay|ue|ui|uo|uoi|uou|uu|uy|uya|uye|uyu|ye|yeu)"
    r"(?:ch?|m|ng?|nh|p|t)?"
)
_LISTS = TypeAdapter(dict[str, str | list[str]])


def word_lists(name: str) -> dict[str, tuple[str, ...]]:
    """The lists of `data/personal-<name>.yaml`; a list written as one text is cut at blanks, or at | where it has phrases."""
    text = resources.files("assistant.feedback").joinpath("data", f"personal-{name}.yaml").read_text(encoding="utf-8")
    return {key: _entries(value) for key, value in _LISTS.validate_python(yaml.safe_load(text)).items()}


@lru_cache(maxsize=1)
def labels() -> Mapping[PersonalDataType, str]:
    """What is put in place of each type, in Vietnamese."""
    lists = word_lists("labels")
    return {kind: " ".join(lists[kind.value]) for kind in PersonalDataType}


def spelled(words: Iterable[str]) -> frozenset[str]:
    """`words` as letters spell them: modern tones, hyphens read as blanks."""
    return frozenset(modern_tones(word).replace("-", " ") for word in words)


def plain(words: Iterable[str]) -> frozenset[str]:
    """`words` without marks, hyphens read as blanks."""
    return frozenset(fold(word).replace("-", " ") for word in words)


def slips(phrases: Iterable[str]) -> dict[str, str]:
    """Phrases without marks as fingers slip, to the right one: "phog tro", "duonng", "phuowng" of Telex.

    One word of four letters or more has one letter left out, doubled, changed places with its neighbour, or a tone letter behind it; what
    is a syllable of the language is no slip."""
    known = frozenset(phrases)
    return {
        " ".join((*words[:at], slip, *words[at + 1 :])): " ".join(words)
        for words in (phrase.split() for phrase in known)
        for at, word in enumerate(words)
        if len(word) > _SHORT and word.isalpha()
        for slip in _slips(word)
        if not _SYLLABLE.fullmatch(slip) and " ".join((*words[:at], slip, *words[at + 1 :])) not in known
    }


def _slips(word: str) -> Iterator[str]:
    for at in range(1, len(word)):
        yield word[:at] + word[at + 1 :]
        yield word[:at] + word[at] + word[at:]
        yield word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :]
    yield from (word + letter for letter in "sfrxj")


def any_of(words: Iterable[str]) -> str:
    """A pattern for any of `words`, the longer before the shorter.

    Words that begin alike share their beginning in the pattern: a search looks at each letter once, not at each word."""
    return _branches(sorted({nfc(word) for word in words}), 0)


def _branches(words: Sequence[str], depth: int) -> str:
    """A pattern for the rest of sorted, different `words` from their letter `depth`, all alike before it."""
    branches = [
        re.escape(letter) + _rest(list(group), depth + 1)
        for letter, group in groupby((word for word in words if len(word) > depth), key=lambda word: word[depth])
    ]
    return "|".join([*branches, ""] if len(words[0]) == depth else branches)


def _rest(words: Sequence[str], depth: int) -> str:
    return re.escape(words[0][depth:]) if len(words) == 1 else f"(?:{_branches(words, depth)})"


def _entries(value: str | list[str]) -> tuple[str, ...]:
    if isinstance(value, list):
        return tuple(value)
    parts = value.split("|") if "|" in value else value.split()
    return tuple(part.strip() for part in parts if part.strip())
