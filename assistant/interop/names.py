"""What columns and values of exchanged tables are called, from data/exchange.yaml."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Self

from pydantic import BaseModel, ConfigDict

from corpus.tables import read_table
from corpus.text import fold


class Name(BaseModel):
    """A value in both languages, and the words that other portals use for it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    vi: str
    en: str
    words: tuple[str, ...]

    def in_language(self, language: str) -> str:
        """The name in `vi` or `en`."""
        return self.en if language == "en" else self.vi


class ExchangeNames(BaseModel):
    """Every name; all but kinds have one for what has none ("none") too."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    columns: dict[str, tuple[str, ...]]
    kinds: dict[str, Name]
    levels: dict[str, Name]
    unknown: dict[str, Name]
    results: dict[str, Name]
    fields: dict[str, Name]

    @classmethod
    def load(cls) -> Self:
        """The project's own."""
        return cls.model_validate(read_table("assistant.interop", "exchange.yaml"))


def by_word(names: Mapping[str, Name]) -> dict[str, str]:
    """Each value but "none" by everything it may be called, folded."""
    return {folded(word): value for value, name in names.items() if value != "none" for word in (*name.words, name.vi, name.en, value)}


def folded(text: str) -> str:
    """A word as words are compared: without marks, in lower case, with single blanks."""
    return " ".join(fold(text).replace("_", " ").split())
