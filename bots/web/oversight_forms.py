"""What the HTTP interface takes about supervision and social critique: request bodies with their limits."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from assistant.feedback.types import AdminLevel
from assistant.oversight.access import MOST_CHARACTERS
from assistant.oversight.types import (
    CritiqueForm,
    CritiqueGround,
    CritiqueResult,
    NewCritique,
    NewProgramme,
    NewRecommendation,
    Position,
    ProgrammeForm,
    ProgrammeGround,
    ProgrammeStatus,
    Subject,
)

_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _written_as_day(value: object) -> object:
    """Refuses numbers, which the library would take for seconds since 1970."""
    if not isinstance(value, str) or not _ISO.fullmatch(value):
        raise ValueError
    return value


IsoDay = Annotated[date, BeforeValidator(_written_as_day)]
_Name = Annotated[str, Field(max_length=200, pattern=r"\S")]
_Title = Annotated[str, Field(max_length=500, pattern=r"\S")]
_Text = Annotated[str, Field(max_length=MOST_CHARACTERS, pattern=r"\S")]
_Version = Annotated[int, Field(ge=1, le=2**31, description="the one that was read, so that nobody overwrites another's")]
_Number = Annotated[int, Field(ge=1, le=2**31)]
_Grounds = Annotated[list[_Number], Field(max_length=1_000, description="recommendations of citizens, by number")]


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid")


class SubjectForm(_Form):
    """A body that is supervised."""

    body: _Name
    area: str | None = Field(default=None, max_length=20, pattern=r"^(commune|province):[0-9]{2,5}$", examples=["province:15"])


class PlanForm(_Form):
    """What a person decides of a programme that was proposed."""

    year: int = Field(ge=2016, le=2100)
    holder: _Name
    title: _Title
    form: ProgrammeForm
    subjects: list[SubjectForm] = Field(default=[], max_length=100)
    starts_on: IsoDay | None = None
    ends_on: IsoDay | None = None

    @property
    def bodies(self) -> tuple[Subject, ...]:
        """The subjects."""
        return subjects_of(self.subjects)


class NewProgrammeForm(PlanForm):
    """A programme to be planned."""

    level: AdminLevel
    ground: ProgrammeGround
    grounds: _Grounds = []

    def programme(self) -> NewProgramme:
        """The programme."""
        return NewProgramme(
            year=self.year,
            level=self.level,
            holder=self.holder,
            title=self.title,
            form=self.form,
            ground=self.ground,
            subjects=self.bodies,
            grounds=tuple(self.grounds),
            starts_on=self.starts_on,
            ends_on=self.ends_on,
        )


class ProgrammeMoveForm(_Form):
    """To which status a programme is led; cancelling needs a reason."""

    version: _Version
    to: ProgrammeStatus
    reason: _Text | None = None


class ProgrammeExtensionForm(_Form):
    """What comes on top of a programme."""

    version: _Version
    subjects: list[SubjectForm] = Field(default=[], max_length=100)
    grounds: _Grounds = []


class OversightRecommendationForm(_Form):
    """What the Front recommended to a body."""

    text: _Text
    to_body: _Name
    sent_on: IsoDay
    answer_by: IsoDay | None = None

    def recommendation(self) -> NewRecommendation:
        """The recommendation."""
        return NewRecommendation(self.text, self.to_body, self.sent_on, self.answer_by)


class ReplyForm(_Form):
    """An answer of the body."""

    version: _Version
    position: Position
    text: _Text
    answered_on: IsoDay


class FollowUpForm(_Form):
    """What was found when somebody looked after it."""

    version: _Version
    held_on: IsoDay
    note: _Text


class NewCritiqueForm(_Form):
    """A draft that the Front gives its opinion on."""

    level: AdminLevel
    holder: _Name
    draft_title: _Title
    draft_number: str | None = Field(default=None, max_length=100)
    drafter: _Name
    issuer: _Name
    form: CritiqueForm
    ground: CritiqueGround
    grounds: _Grounds = []

    def critique(self) -> NewCritique:
        """The critique."""
        facts = self.model_dump(exclude={"grounds"})
        return NewCritique(**facts, grounds=tuple(self.grounds))


class OpinionForm(_Form):
    """The opinion as it was sent."""

    version: _Version
    text: _Text
    sent_on: IsoDay


class ResponseForm(_Form):
    """What the drafting body made of it; `no_answer` has no text."""

    version: _Version
    result: CritiqueResult
    text: str = Field(default="", max_length=MOST_CHARACTERS)
    answered_on: IsoDay


def subjects_of(forms: list[SubjectForm]) -> tuple[Subject, ...]:
    """The bodies that were named."""
    return tuple(Subject(one.body, one.area) for one in forms)
