"""Bodies, and what was sent to them, as JSON for the command line and the interface."""

from __future__ import annotations

from assistant.feedback.bodies_book import BodyRecord
from assistant.feedback.bodies_liaison import SentMatter
from bots.bodies.wording import shown_name

Json = dict[str, object]
_TOLD = ("number", "version", "state", "kind", "field", "level", "area", "body", "title", "statement", "submissions", "rule")


def body_json(record: BodyRecord) -> Json:
    """A body under one of its names; `valid_to` is the first day on which it was not called so any more."""
    told = {name: getattr(record, name) for name in ("key", "name", "name_en", "level", "area", "contact")}
    days = {name: day.isoformat() if (day := getattr(record, name)) else None for name in ("valid_from", "valid_to")}
    return {**told, **days, "successors": list(record.successors)}


def sent_json(sent: SentMatter) -> Json:
    """A recommendation as the liaison of its body reads it."""
    told: Json = {name: getattr(sent, name) for name in _TOLD}
    lists = {"basis": list(sent.basis), "public_texts": list(sent.public_texts), "next_states": list(sent.next_states)}
    days = {"sent_on": sent.sent_on.isoformat(), "due": sent.due.isoformat() if sent.due else None}
    return {**told, "body_shown": shown_name(sent.shown_body), **lists, **days}
