"""What can go wrong with chats."""

from __future__ import annotations

from assistant.errors import AssistantError


class ChatError(AssistantError):
    """Base of the errors of chats."""


class FileNotHad(ChatError):
    """The channel did not give a file; `is_final`: it never will, e.g. it is too big."""

    def __init__(self, *, is_final: bool) -> None:
        self.is_final = is_final
        super().__init__("refused for good" if is_final else "not now")


class FileRefused(ChatError):
    """A file that is not taken; `reason` is one of too_big, too_much, too_many, kind, infected, broken."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(f"file refused: {reason}")
