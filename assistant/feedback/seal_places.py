"""Names of the places that sealed values are bound to."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

_PLACE = "place"


def sealed_for(place: Callable[[Any], str]) -> dict[str, Any]:
    """The `info` of a sealed column: the place that its value in a row is bound to. Exchanging keys finds the columns by it."""
    return {_PLACE: place}


def place_of(info: dict[Any, Any]) -> Callable[[Any], str]:
    """What `sealed_for` was given. Raises `KeyError` for a column that is not sealed."""
    place: Callable[[Any], str] = info[_PLACE]
    return place


def text_place(code: str) -> str:
    """Of a submission's text; its number is not known before it is kept."""
    return f"submission.text:{code}"


def contact_place(submission: int) -> str:
    """Of a submission's contact details."""
    return f"contact.details:{submission}"


def attachment_place(submission: int, order: int) -> str:
    """Of a submission's attachment, counted from 0."""
    return f"attachment.content:{submission}.{order}"


def message_place(key: str) -> str:
    """Of the text of an outgoing message."""
    return f"outbox.text:{key}"


def note_place(recommendation: int, version: int) -> str:
    """Of the note to the change that led to this version."""
    return f"step.note:{recommendation}.{version}"


def answer_place(recommendation: int, drafted: str) -> str:
    """Of an answer, by the moment of its draft."""
    return f"answer.text:{recommendation}.{drafted}"


def referral_place(recommendation: int, made: str) -> str:
    """Of the note to a referral, by its moment."""
    return f"referral.note:{recommendation}.{made}"


def fingerprint_place(submission: int) -> str:
    """Of the meaning of a submission."""
    return f"fingerprint.vector:{submission}"


def link_place(submission: int, recommendation: int, made: datetime) -> str:
    """Of the reason for a link, by what it joins and its moment."""
    return f"link.reason:{submission}.{recommendation}.{made.isoformat()}"


def survey_place(submission: int, answer: int) -> str:
    """Of a sender's words about an answer."""
    return f"survey.words:{submission}.{answer}"


def internal_note_place(recommendation: int, author: str, written: datetime) -> str:
    """Of an officer's note, by its recommendation, who wrote it and when."""
    return f"internal_note.text:{recommendation}.{author}.{written.isoformat()}"


def exchanged_place(key: str) -> str:
    """Of a message between a sender and the officers."""
    return f"message.text:{key}"
