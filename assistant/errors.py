"""What can go wrong in the assistant."""

from __future__ import annotations


class AssistantError(Exception):
    """Base of every error of the assistant; callers read attributes, never messages."""


class QuestionTooLong(AssistantError):
    """A question longer than anyone can mean; `length` and `limit` in characters."""

    def __init__(self, length: int, limit: int) -> None:
        self.length, self.limit = length, limit
        super().__init__(f"question of {length} characters, at most {limit}")


class ExtraMissing(AssistantError):
    """What settings choose needs libraries that come with the extra `extra`; `setting` chose it."""

    def __init__(self, setting: str, extra: str) -> None:
        self.setting, self.extra = setting, extra
        super().__init__(f"{setting} needs the extra {extra}")


class InvalidSettings(AssistantError):
    """A setting has a value that cannot be used."""

    def __init__(self, name: str, reason: str) -> None:
        self.name, self.reason = name, reason
        super().__init__(f"setting {name}: {reason}")
