"""Every table of the application's database, for whatever looks at all of them: steps of the schema, the exchange of keys."""

from __future__ import annotations

from assistant.accounts import tables as _accounts
from assistant.chats import tables as _chats
from assistant.database import metadata
from assistant.dialogue import tables as _dialogue
from assistant.feedback import bodies_tables as _bodies
from assistant.feedback import messages_tables as _messages
from assistant.feedback import tables as _feedback
from assistant.feedback.answers import tables as _answers
from assistant.insight import tables as _insight
from assistant.interop import tables as _interop
from assistant.language_model import budget as _budget
from assistant.oversight import tables as _oversight
from assistant.webhooks import tables as _webhooks

__all__ = ["metadata"]
# What these modules bring to `metadata` is all that is wanted of them.
_ = (_accounts, _bodies, _chats, _dialogue, _feedback, _answers, _budget, _insight, _interop, _messages, _oversight, _webhooks)
