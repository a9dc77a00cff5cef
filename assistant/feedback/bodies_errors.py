"""What can go wrong with the records of bodies."""

from __future__ import annotations

from typing import Literal

from assistant.feedback.errors import FeedbackError

# What can be refused of what was given; each has a sentence for people.
Part = Literal["key", "key_taken", "name", "name_taken", "name_general", "area", "contact", "day", "ended", "successor", "cycle"]


class BodyNotFound(FeedbackError):
    """No body has the key `key`."""

    def __init__(self, key: str) -> None:
        self.key = key
        super().__init__(f"no such body: {key}")


class BodyInvalid(FeedbackError):
    """What was given for the body `key` cannot be kept; `what` names the part."""

    def __init__(self, key: str, what: Part) -> None:
        self.key, self.what = key, what
        super().__init__(f"body {key} refused: {what}")


class BodiesNotYours(FeedbackError):
    """Only unit administrators change the records of bodies."""

    def __init__(self) -> None:
        super().__init__("only unit administrators change the records of bodies")
