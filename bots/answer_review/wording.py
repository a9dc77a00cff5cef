"""Sentences of `dienhong answers …`, in Vietnamese and English."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assistant.dialogue.types import FeedbackKind


@dataclass(frozen=True, slots=True)
class AnswersSentences:
    """One language; `{…}` are filled in."""

    none: str
    finished: str
    unknown: str
    kinds: Mapping[FeedbackKind, str]


VIETNAMESE = AnswersSentences(
    none="Không có góp ý nào.",
    finished="Đã xem xong góp ý số {number}.",
    unknown="Không có góp ý số {number}.",
    kinds={
        FeedbackKind.WRONG_ARTICLE: "Sai điều luật",
        FeedbackKind.OUT_OF_FORCE: "Đã hết hiệu lực",
        FeedbackKind.INCOMPLETE: "Còn thiếu",
        FeedbackKind.UNCLEAR: "Khó hiểu",
        FeedbackKind.OTHER: "Khác",
    },
)

ENGLISH = AnswersSentences(
    none="There is nothing to look at.",
    finished="Number {number} was looked at.",
    unknown="There is no number {number}.",
    kinds={
        FeedbackKind.WRONG_ARTICLE: "Wrong article",
        FeedbackKind.OUT_OF_FORCE: "No longer in force",
        FeedbackKind.INCOMPLETE: "Incomplete",
        FeedbackKind.UNCLEAR: "Hard to understand",
        FeedbackKind.OTHER: "Other",
    },
)


def answers_sentences(language: str) -> AnswersSentences:
    """The sentences in `language` ("vi", "en"); Vietnamese for any other."""
    return ENGLISH if language == "en" else VIETNAMESE
