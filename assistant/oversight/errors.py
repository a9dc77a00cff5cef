"""What can go wrong in the register of supervision and social critique."""

from __future__ import annotations

from typing import Literal

from assistant.errors import AssistantError

# What can be refused of what was given; each has a sentence for people.
Part = Literal[
    "year",
    "title",
    "holder",
    "subject",
    "area",
    "period",
    "boards_of_commune",
    "programme_over",
    "programme_not_running",
    "reason",
    "text",
    "note",
    "to_body",
    "sent_on",
    "answer_by",
    "answered_on",
    "held_on",
    "settled",
    "drafter",
    "issuer",
    "draft_number",
    "opinion_not_sent",
    "answered_already",
    "no_answer_has_no_text",
]


class OversightError(AssistantError):
    """Base of every error of the register."""


class OversightNotFound(OversightError):
    """There is no such record; `what` is programme, critique, recommendation or proposal, `which` its number or key."""

    def __init__(self, what: str, which: int | str) -> None:
        self.what, self.which = what, which
        super().__init__(f"no such {what}: {which}")


class OversightChanged(OversightError):
    """Somebody else changed the record first; `version` is the one it has today."""

    def __init__(self, what: str, number: int, version: int) -> None:
        self.what, self.number, self.version = what, number, version
        super().__init__(f"{what} {number} is at version {version}")


class OversightMoveNotAllowed(OversightError):
    """No way leads from `frm` to `to`; `allowed` are those that do."""

    def __init__(self, frm: str, to: str, allowed: tuple[str, ...]) -> None:
        self.frm, self.to, self.allowed = frm, to, allowed
        super().__init__(f"no way from {frm} to {to}; allowed: {', '.join(allowed) or 'none'}")


class OversightRefused(OversightError):
    """What was given cannot be taken."""

    def __init__(self, what: Part) -> None:
        self.what: Part = what
        super().__init__(f"refused: {what}")


class OversightForbidden(OversightError):
    """This is for the roles `needed` only."""

    def __init__(self, needed: tuple[str, ...]) -> None:
        self.needed = needed
        super().__init__(f"needs one of: {', '.join(needed)}")


class TopicTaken(OversightError):
    """The proposal `topic` is in the plan of `year` already, as programme `number`."""

    def __init__(self, topic: str, year: int, number: int) -> None:
        self.topic, self.year, self.number = topic, year, number
        super().__init__(f"{topic} is programme {number} of {year}")
