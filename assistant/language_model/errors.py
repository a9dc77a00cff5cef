"""What can go wrong with a language model; each ends in the extractive answer."""

from __future__ import annotations

from assistant.errors import AssistantError


class ModelFailure(AssistantError):
    """Base: the model `name` gave nothing that can be used."""

    def __init__(self, name: str, reason: str) -> None:
        self.name, self.reason = name, reason
        super().__init__(f"language model {name}: {reason}")


class ModelTimeout(ModelFailure):
    """No whole reply within `deadline_s` seconds."""

    def __init__(self, name: str, deadline_s: float) -> None:
        self.deadline_s = deadline_s
        super().__init__(name, f"no whole reply within {deadline_s:g} s")


class ModelBusy(ModelFailure):
    """The service refuses for now (429); `retry_after_s` is the wait that it asks for, None where it names none."""

    def __init__(self, name: str, retry_after_s: float | None = None) -> None:
        self.retry_after_s = retry_after_s
        super().__init__(name, "busy")


class ModelBroken(ModelFailure):
    """The service is dead, refuses the request, or the weights cannot be used; `may_pass` where a second try may help."""

    def __init__(self, name: str, reason: str, *, may_pass: bool = False) -> None:
        self.may_pass = may_pass
        super().__init__(name, reason)


class ReplyCutShort(ModelFailure):
    """The reply ended early: `finish_reason` is None where the stream broke off without one."""

    def __init__(self, name: str, finish_reason: str | None) -> None:
        self.finish_reason = finish_reason
        super().__init__(name, f"reply cut short (finish reason {finish_reason})")


class ReplyMalformed(ModelFailure):
    """The reply is not in the form that was asked for. Its words are kept out of the message."""
