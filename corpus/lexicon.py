"""What people say every day and how statutes say it: concepts, each with where it is said and an example, written by the project.

Statute terms occur literally in law; `tests/corpus/test_lexicon.py` holds those of the default corpus against it.
"""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Term = Annotated[str, StringConstraints(pattern=r"\S+ \S")]


class Region(StrEnum):
    """Where or by whom it is said."""

    ALL = "all"
    NORTH = "north"
    CENTRAL = "central"
    SOUTH = "south"
    SLANG = "slang"
    TEENCODE = "teencode"
    ENGLISH = "english"


class LexiconEntry(BaseModel):
    """Everyday words, one to three terms of statutes that mean the same, the field, and a sentence that holds the everyday words.

    `laws`: the numbers of laws outside the default corpus that hold terms which the six codes lack.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    everyday: Words
    statute: Annotated[tuple[Term, ...], Field(min_length=1, max_length=3)]
    region: Region
    field: Words
    example: Words
    laws: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _has_its_example(self) -> Self:
        if self.everyday.lower() not in self.example.lower():
            raise ValueError("the example lacks the everyday words")
        return self


@cache
def everyday_lexicon() -> tuple[LexiconEntry, ...]:
    """All entries, in the order of their files."""
    folder = files("corpus") / "data" / "lexicon"
    lines = (line for file in sorted(folder.iterdir(), key=lambda one: one.name) for line in file.read_text("utf-8").splitlines())
    return tuple(map(LexiconEntry.model_validate_json, lines))
