"""What can go wrong with webhooks."""

from __future__ import annotations

from assistant.errors import AssistantError


class WebhookError(AssistantError):
    """Base of every error of webhooks."""


class WebhookInvalid(WebhookError):
    """A webhook that cannot be kept; `what` names the part: url, name, secret."""

    def __init__(self, what: str) -> None:
        self.what = what
        super().__init__(f"webhook refused: {what}")


class WebhookNotFound(WebhookError):
    """There is no webhook with this number that is still told."""

    def __init__(self, number: int) -> None:
        self.number = number
        super().__init__(f"no webhook {number}")
