"""The word lists by which personal data is found and replaced, read from this folder's data."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from importlib import resources
from itertools import groupby

import yaml
from pydantic import TypeAdapter

from assistant.feedback.types import PersonalDataType
from corpus.text import fold, modern_tones, nfc

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
