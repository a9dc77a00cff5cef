"""What people say is wrong with an answer, as JSON. Ids of conversations stay out: who has one may read and delete it."""

from __future__ import annotations

from typing import Any

from assistant.dialogue.types import Feedback


def opinion_json(opinion: Feedback) -> dict[str, Any]:  # Any: JSON
    """One entry of the review queue."""
    return {
        "id": opinion.id,
        "kind": opinion.kind.value,
        "note": opinion.note,
        "provision": str(opinion.provision) if opinion.provision else None,
        "created_at": opinion.created_at.isoformat(),
        "state": opinion.state.value,
    }
