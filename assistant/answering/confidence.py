"""Whether what was found answers the question, or only lies near it."""

from __future__ import annotations

from collections.abc import Sequence

from embeddings.retrieve import Hit, PreparedQuestion


def is_answered(prepared: PreparedQuestion, hits: Sequence[Hit]) -> bool:
    """Whether the best hit is good enough to be shown as the answer."""
    return bool(hits)
