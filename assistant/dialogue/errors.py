"""What can go wrong with a conversation."""

from __future__ import annotations

from assistant.errors import AssistantError


class DialogueError(AssistantError):
    """Base of every error of conversations."""


class ConversationNotFound(DialogueError):
    """No such conversation is open: it never was, it was deleted, or it ended in silence."""

    def __init__(self, conversation: str) -> None:
        self.conversation = conversation
        super().__init__("no such conversation is open")


class TurnNotFound(DialogueError):
    """No such turn is kept: it was never asked, or its text was deleted."""

    def __init__(self, conversation: str, number: int) -> None:
        self.conversation, self.number = conversation, number
        super().__init__(f"no such turn: {number}")


class NoteTooLong(DialogueError):
    """A note longer than a reviewer will read; `length` and `limit` in characters."""

    def __init__(self, length: int, limit: int) -> None:
        self.length, self.limit = length, limit
        super().__init__(f"note of {length} characters, at most {limit}")


class FeedbackNotFound(DialogueError):
    """No feedback on an answer has this id."""

    def __init__(self, feedback: int) -> None:
        self.feedback = feedback
        super().__init__(f"no such feedback: {feedback}")
