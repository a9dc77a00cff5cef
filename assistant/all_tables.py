"""Every table of the application's database, for whatever looks at all of them: steps of the schema, the exchange of keys."""

from __future__ import annotations

from assistant.database import metadata
from assistant.dialogue import tables as _dialogue
from assistant.feedback import tables as _feedback
from assistant.feedback import tables_followup as _followup
from assistant.insight import tables as _insight
from assistant.interop import tables as _interop
from assistant.language_model import budget as _budget
from assistant.oversight import tables as _oversight
from assistant.webhooks import tables as _webhooks

__all__ = ["metadata"]
# What these modules bring to `metadata` is all that is wanted of them.
_ = (_dialogue, _feedback, _followup, _budget, _insight, _interop, _oversight, _webhooks)
