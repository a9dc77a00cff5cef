"""Names of the places that sealed values of the register are bound to."""

from __future__ import annotations

from datetime import UTC, datetime


def reason_place(number: int) -> str:
    """Of why a programme was cancelled."""
    return f"oversight_programme.reason:{number}"


def opinion_place(number: int) -> str:
    """Of the opinion on a draft."""
    return f"oversight_critique.opinion:{number}"


def response_place(number: int) -> str:
    """Of the drafting body's answer to it."""
    return f"oversight_critique.response:{number}"


def asked_place(programme: int | None, critique: int | None, made_at: datetime) -> str:
    """Of a recommendation of the Front, by where it came from and when; its number is not known before it is kept."""
    return f"oversight_recommendation.text:{programme or ''}.{critique or ''}.{_moment(made_at)}"


def reply_place(recommendation: int, made_at: datetime) -> str:
    """Of an answer to it."""
    return f"oversight_answer.text:{recommendation}.{_moment(made_at)}"


def follow_up_place(recommendation: int, made_at: datetime) -> str:
    """Of what was found when somebody looked after it."""
    return f"oversight_follow_up.note:{recommendation}.{_moment(made_at)}"


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat()
