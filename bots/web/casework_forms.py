"""What reviewers send about a recommendation; `version` is always the one that was read, so that nobody overwrites another's."""

from __future__ import annotations

from datetime import date
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, JsonValue, model_validator

from assistant.feedback.contacts import MOST_CHARACTERS_OF_PURPOSE
from assistant.feedback.linking import MOST_CHARACTERS_REASON, LinkKind
from assistant.feedback.messages import MOST_CHARACTERS_TOLD
from assistant.feedback.states import State
from assistant.feedback.support import Standing
from assistant.feedback.types import AdminLevel, Kind, Resolution
from assistant.feedback.types import Field as FieldOfLife

_MANY = 200
_LONG = 50_000


class _Act(BaseModel):
    model_config = ConfigDict(extra="forbid")

    version: int = Field(ge=1, le=2**31)


class FactsForm(_Act):
    """What a person settles; what is left out stays as it is."""

    kind: Kind | None = None
    field: FieldOfLife | None = None
    level: AdminLevel | None = None
    area: str | None = Field(default=None, pattern="^(commune|province):[0-9]{2,5}$", examples=["commune:00454"])
    body: str | None = Field(default=None, min_length=1, max_length=_MANY)
    title: str | None = Field(default=None, min_length=1, max_length=300)
    statement: str | None = Field(default=None, min_length=1, max_length=20_000)


class MessageForm(_Act):
    """What an officer writes to the senders."""

    text: str = Field(
        min_length=1, max_length=MOST_CHARACTERS_TOLD, pattern=r"\S", examples=["Đoạn đường hỏng nằm ở khoảng số nhà nào, thưa ông/bà?"]
    )


class ContactPurposeForm(BaseModel):
    """What contact details are read for, and whose where there are several senders."""

    model_config = ConfigDict(extra="forbid")

    purpose: str = Field(
        min_length=1,
        max_length=MOST_CHARACTERS_OF_PURPOSE,
        pattern=r"\S",
        examples=["Gọi hỏi rõ đoạn đường hỏng"],
        description="kept as a note",
    )
    code: str | None = Field(default=None, max_length=40, description="the tracking code of the submission")


class MergeForm(_Act):
    """The recommendation it is joined to."""

    into: int = Field(ge=1, le=2**31)


class UnmergeForm(_Act):
    """Where it goes on by itself."""

    to: State


# As the check of the form says it: one of both, and not both.
_ONE_OF: list[JsonValue] = [
    {"required": [name], "properties": {name: {"type": kind}}} for name, kind in (("code", "string"), ("matter", "integer"))
]


class LinkForm(_Act):
    """That a submission, or everything that a recommendation carries, supports it, opposes it or is near it; with a reason."""

    model_config = ConfigDict(json_schema_extra={"oneOf": _ONE_OF})

    kind: LinkKind
    reason: str = Field(min_length=1, max_length=MOST_CHARACTERS_REASON, pattern=r"\S", examples=["Cùng đề nghị mở lại tuyến xe buýt."])
    code: str | None = Field(default=None, min_length=1, max_length=40)
    matter: int | None = Field(default=None, ge=1, le=2**31)

    @model_validator(mode="after")
    def _names_one(self) -> Self:
        if (self.code is None) == (self.matter is None):
            raise ValueError("either code or matter")
        return self


class SplitForm(_Act):
    """First and last character of each part of a submission."""

    code: str = Field(min_length=1, max_length=40)
    parts: list[tuple[int, int]] = Field(min_length=1, max_length=10)


class RedactionForm(_Act):
    """What may be shown of each submission, by its code; title, statement and newest answer are confirmed as they are.

    `despite_found`: what a machine takes for personal data may stay, such as the name of an official.
    """

    public_texts: dict[str, str] = Field(max_length=_MANY)
    despite_found: bool = False


class DraftForm(_Act):
    """An answer for another person to approve."""

    text: str = Field(min_length=1, max_length=_LONG, pattern=r"\S")
    resolution: Resolution
    provisions: list[str] = Field(default=[], max_length=50, examples=[["45/2019/QH14@36.1"]])
    done_by: date | None = None


class ApprovalForm(_Act):
    """Approves the newest draft; `reason`: why, where rules find faults in it."""

    reason: str = Field(default="", max_length=2_000)


class ReferralForm(_Act):
    """To which body it goes, and on what ground."""

    body: str = Field(min_length=1, max_length=_MANY, pattern=r"\S")
    basis: list[str] = Field(default=[], max_length=50)
    note: str = Field(default="", max_length=_LONG)


class SupportForm(BaseModel):
    """Who supports something published: an id that the channel keeps for one person, and how well it knows them."""

    model_config = ConfigDict(extra="forbid")

    supporter: str = Field(min_length=8, max_length=200)
    standing: Standing = Standing.ANONYMOUS
