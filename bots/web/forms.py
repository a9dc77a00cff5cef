"""What the HTTP interface takes: request bodies with their limits and examples."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from assistant.answering.understand import MAX_QUESTION_CHARS
from assistant.dialogue.types import FeedbackKind
from assistant.feedback.intake import MOST_ATTACHED_BYTES, MOST_ATTACHMENTS, MOST_CHARACTERS
from assistant.feedback.states import State
from assistant.understanding.routes import Route

MAX_NOTE_CHARS = 2_000
# A route, or an option of a fact: "fact:option".
_CHOICE = rf"^({'|'.join(Route)}|[a-z0-9_]+:[a-z0-9_]+)$"
RequestId = Annotated[str, Field(min_length=1, max_length=100, pattern=r"^[A-Za-z0-9._:-]+$", description="the same id never asks twice")]
ConversationId = Annotated[str, Field(min_length=10, max_length=64, pattern=r"^[A-Za-z0-9_-]+$")]


class AskForm(BaseModel):
    """A question, inside a conversation or alone."""

    model_config = ConfigDict(extra="forbid")

    question: str = Field(
        max_length=2 * MAX_QUESTION_CHARS, examples=["nghỉ việc phải báo trước bao nhiêu ngày"], description="with or without marks"
    )
    as_of: date | None = Field(default=None, description="the law in force on that day; default: the day that the words name, else today")
    conversation: ConversationId | None = Field(default=None, description="from POST /api/v1/conversations; default: none, nothing is kept")
    request_id: RequestId | None = None
    choice: str | None = Field(
        default=None,
        max_length=100,
        pattern=_CHOICE,
        description="an option that the last answer offered: one of `options`, or `choice` of `asked_back`",
    )
    alone: bool = Field(default=False, description="whether it stands by itself, as a question that was corrected does")


class ContactForm(BaseModel):
    """How the sender may be reached; every part may be left out."""

    model_config = ConfigDict(extra="forbid")

    name: str = Field(default="", max_length=200)
    phone: str = Field(default="", max_length=40)
    email: str = Field(default="", max_length=200)
    address: str = Field(default="", max_length=500)


class AttachmentForm(BaseModel):
    """A file that goes along. What it is, its first bytes tell."""

    model_config = ConfigDict(extra="forbid")

    content: str = Field(
        min_length=4,
        max_length=4 * MOST_ATTACHED_BYTES // 3 + 4,
        json_schema_extra={"format": "byte"},
        description="base64: a picture (JPEG, PNG, WebP, HEIC, AVIF), PDF, Word file (.docx), plain text, recording or MP4 film",
    )


class SubmissionForm(BaseModel):
    """What a citizen sends."""

    model_config = ConfigDict(extra="forbid")

    request_id: RequestId
    text: str = Field(
        max_length=MOST_CHARACTERS, pattern=r"\S", examples=["Đường liên thôn hỏng từ tháng 3, xe cứu thương không vào được."]
    )
    consent_version: str = Field(max_length=40, description="from GET /api/v1/consent; the sender has read and agreed")
    language: str = Field(default="vi", pattern="^(vi|en)$")
    contact: ContactForm | None = None
    provisions: list[str] = Field(default=[], max_length=20, description="provisions that an answer cited, as they are in its citations")
    attachments: list[AttachmentForm] = Field(
        default=[], max_length=MOST_ATTACHMENTS, description=f"at most {MOST_ATTACHED_BYTES} bytes together"
    )


class AdditionForm(BaseModel):
    """What a sender adds to a submission, or answers to a question about it."""

    model_config = ConfigDict(extra="forbid")

    request_id: RequestId
    text: str = Field(max_length=MOST_CHARACTERS, pattern=r"\S", examples=["Đoạn hỏng từ cầu Đông đến trường tiểu học."])


class ClaimForm(BaseModel):
    """Which version was read."""

    model_config = ConfigDict(extra="forbid")

    version: int = Field(ge=1, le=2**31)


class StepForm(BaseModel):
    """A step to another state; `version` is the one that was read, so that nobody overwrites another's."""

    model_config = ConfigDict(extra="forbid")

    version: int = Field(ge=1, le=2**31)
    to: State
    reason: str | None = Field(default=None, max_length=60)
    note: str | None = Field(default=None, max_length=MAX_NOTE_CHARS)


class AnswerFeedbackForm(BaseModel):
    """What is wrong with an answer."""

    model_config = ConfigDict(extra="forbid")

    request_id: RequestId
    kind: FeedbackKind
    note: str = Field(default="", max_length=MAX_NOTE_CHARS)
    provision: str | None = Field(default=None, max_length=100, examples=["45/2019/QH14@36.1"])
    conversation: ConversationId | None = None
    turn: int | None = Field(default=None, ge=1, le=1_000_000)
