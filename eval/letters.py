"""Citizens' messages with what they are, where they belong and whose personal data they hold: eval/data/feedback-*.jsonl.

A line: `{"id", "text", "kinds", "field", "level", "place", "pii", "duplicate_group", "sealed", "style", "family"}`. A family is
one situation; the two files were written apart and share no family. `pii` are spans of characters with their type.
"""

from __future__ import annotations

from dataclasses import dataclass

from assistant.understanding.routes import Route

# A question has several routes; praise and spam have none of their own.
ROUTE_OF_KIND = {
    "report": Route.REPORT,
    "recommendation": Route.RECOMMENDATION,
    "voter_recommendation": Route.RECOMMENDATION,
    "complaint": Route.COMPLAINT,
    "denunciation": Route.DENUNCIATION,
    "emergency": Route.EMERGENCY,
}


@dataclass(frozen=True, slots=True)
class Letter:
    """A message as far as the router is concerned."""

    id: str
    text: str
    kinds: tuple[str, ...]
    family: str
    style: str

    @property
    def route(self) -> Route | None:
        """The route of a message of one kind; None for mixed ones and for kinds without a route of their own."""
        return ROUTE_OF_KIND.get(self.kinds[0]) if len(self.kinds) == 1 else None
