"""Links to a recommendation as JSON for the command line and the interface."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assistant.feedback.linking import Linking, MadeLink
from assistant.feedback.states import Actor
from assistant.feedback.support import Standing

Json = dict[str, Any]


def links_json(linking: Linking, number: int, actor: Actor) -> Json:
    """What was linked, also what was undone, and how many people stand behind it and against it. Raises `RecommendationNotFound`."""
    counted = linking.support(number, actor)
    return {
        "number": number,
        "links": [_link(one) for one in linking.links(number, actor)],
        "supporters": _people(counted.supporters),
        "opponents": _people(counted.opponents),
    }


def _link(made: MadeLink) -> Json:
    told = {name: getattr(made, name) for name in ("number", "target", "code", "kind", "reason", "made_by", "undone_by")}
    return {**told, "made_at": made.made_at.isoformat(), "undone_at": made.undone_at.isoformat() if made.undone_at else None}


def _people(counted: Mapping[Standing, int]) -> Json:
    return {standing.value: people for standing, people in counted.items()}
