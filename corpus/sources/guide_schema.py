"""The schema of a procedure guide, as pydantic models: what a file must say before it is believed.

All keys must be there (null where nothing is known), unknown ones are refused, so that a misspelt `fees:` cannot
make a fee disappear. Texts come out in NFC with single blanks.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from corpus.errors import InvalidProvisionId
from corpus.ids import ProvisionId, document_key
from corpus.kinds import kind_of_name
from corpus.text import squeeze
from corpus.types import DocumentKind, Level


def _text(text: str) -> str:
    clean = squeeze(text)
    if not clean:
        raise ValueError("empty text")
    return clean


def _provision(value: object) -> ProvisionId:
    if not isinstance(value, str):
        raise ValueError("a provision id is a quoted text")  # noqa: TRY004 - pydantic reports only ValueError
    try:
        provision = ProvisionId.parse(value)
    except InvalidProvisionId as error:
        raise ValueError(str(error)) from error
    # A title ("Luật Hộ tịch") has the form of an id too; a number of a document has a digit.
    if not any(sign.isdigit() for sign in provision.document):
        raise ValueError(str(InvalidProvisionId(value)))
    return provision


def _open_field(text: str) -> str:
    fields, colon, what = text.partition(":")
    named = {field.strip() for field in fields.split(",")}
    if not (colon and what.strip() and named <= Guide.model_fields.keys()):
        raise ValueError(f"not of the form 'field: what is open' with a field of the schema: {text!r}")
    return text


Text = Annotated[str, AfterValidator(_text)]
Provision = Annotated[ProvisionId, BeforeValidator(_provision)]
Count = Annotated[int, Field(ge=0)]
Address = Annotated[Text, Field(pattern=r"^https?://\S+$")]


class _Strict(BaseModel):
    """No unknown key, no silent conversion (a code without quotes is a number, `no` a boolean)."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, arbitrary_types_allowed=True)


class Place(_Strict):
    """Who handles the procedure in which case."""

    level: Annotated[Level, Field(strict=False)]
    body: Text
    receives_at: Text | None
    when: Text | None
    basis: list[Provision]


class GuidePaper(_Strict):
    """A paper to submit or to show."""

    name: Text
    kind: Literal["submit", "show"]
    originals: Count | None
    copies: Count | None
    form: Text | None
    when: Text | None


class GuideFee(_Strict):
    """A fee in VND, null where it is not fixed; in words always."""

    amount_vnd: Count | None
    text: Text
    when: Text | None
    basis: list[Provision]


class GuideTime(_Strict):
    """A processing time; a number has a unit, no number has none."""

    value: Annotated[int, Field(ge=1)] | None
    unit: Literal["working_day", "day", "hour", "month"] | None
    text: Text
    when: Text | None
    basis: list[Provision]

    @model_validator(mode="after")
    def _number_has_unit(self) -> GuideTime:
        if self.value is not None and self.unit is None:
            raise ValueError("a value without its unit")
        return self


class GuideBasis(_Strict):
    """A document, and those of its provisions that were read."""

    document: Text
    title: Text
    provisions: list[Provision]

    @model_validator(mode="after")
    def _provisions_are_of_the_document(self) -> GuideBasis:
        try:
            key = document_key(self.document, is_resolution=kind_of_name(self.title) is DocumentKind.RESOLUTION)
        except InvalidProvisionId as error:
            raise ValueError(str(error)) from error
        for provision in self.provisions:
            if provision.document != key or provision.article is None:
                raise ValueError(f"{provision} is not a provision of {self.document}")
        return self


class Change(_Strict):
    """What the end of the district level on 1 July 2025 moved."""

    text: Text
    basis: list[Provision]


class Source(_Strict):
    """Where the facts were read."""

    title: Text
    address: Address | None


class Guide(_Strict):
    """A whole guide, key by key as in its file."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*$")]
    name: Text
    code: Annotated[str, Field(pattern=r"^\d\.\d{6}$")] | None
    field: Text
    also_called: Annotated[list[Text], Field(min_length=1)]
    questions: Annotated[list[Text], Field(min_length=1)]
    who: Text
    where: Annotated[list[Place], Field(min_length=1)]
    steps: Annotated[list[Text], Field(min_length=1)]
    papers: list[GuidePaper]
    fee: list[GuideFee]
    processing_time: list[GuideTime]
    online_level: Literal["full", "partial", "none"] | None
    online_address: Address | None
    result: Text
    legal_basis: Annotated[list[GuideBasis], Field(min_length=1)]
    two_level_change: Change | None
    notes: list[Text]
    unchecked: list[Annotated[Text, AfterValidator(_open_field)]]
    checked_on: date
    sources: Annotated[list[Source], Field(min_length=1)]
