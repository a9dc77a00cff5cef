"""Messages between a sender and the officers as JSON for the command line and the interface."""

from __future__ import annotations

from collections.abc import Iterable

from assistant.feedback.messages import Added
from assistant.feedback.messages_rows import Message

Json = dict[str, object]


def messages_json(messages: Iterable[Message]) -> list[Json]:
    """As officers read them: with the code of the submission and who wrote."""
    return [{"number": one.number, "code": one.code, "by": one.by, **_said(one)} for one in messages]


def own_messages_json(messages: Iterable[Message]) -> list[Json]:
    """As their sender reads them."""
    return [_said(one) for one in messages]


def added_json(added: Added) -> Json:
    """What a sender learns of what they added."""
    return {"code": added.code, "at": added.at.isoformat(), "is_new": added.is_new, "was_awaited": added.was_awaited}


def _said(one: Message) -> Json:
    read_at = one.read_at.isoformat() if one.read_at else None
    return {"direction": one.direction, "at": one.at.isoformat(), "read_at": read_at, "attachments": one.attachments, "text": one.text}
