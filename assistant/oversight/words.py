"""What people read for each word of the register, and the article it rests on, from data/oversight.yaml."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import BaseModel, ConfigDict

from assistant.oversight.types import (
    CritiqueForm,
    CritiqueGround,
    CritiqueResult,
    Position,
    ProgrammeForm,
    ProgrammeGround,
    ProgrammeStatus,
)
from corpus.tables import read_table


class OversightWord(BaseModel):
    """A word in both languages. `verification`: the article was read, or it is a rule of our own without an article."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    vi: str
    en: str
    law: str
    verification: Literal["text_read", "internal"]
    article: str | None = None

    def in_language(self, language: str) -> str:
        """The word in `vi` or `en`."""
        return self.en if language == "en" else self.vi


class OversightWords(BaseModel):
    """The words of the register (data/oversight.yaml)."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    sources: dict[str, dict[str, str]]
    programme_forms: dict[ProgrammeForm, OversightWord]
    programme_grounds: dict[ProgrammeGround, OversightWord]
    programme_statuses: dict[ProgrammeStatus, OversightWord]
    critique_forms: dict[CritiqueForm, OversightWord]
    critique_grounds: dict[CritiqueGround, OversightWord]
    critique_results: dict[CritiqueResult, OversightWord]
    positions: dict[Position, OversightWord]
    follow_up: OversightWord

    @classmethod
    def load(cls) -> Self:
        """The words shipped with the project."""
        return cls.model_validate(read_table("assistant.oversight", "oversight.yaml"))
