"""Recommendations, and what a machine thinks of a text, as JSON for the command line and the interface."""

from __future__ import annotations

from assistant.feedback.queue import Matter
from assistant.feedback.suggesting.understanding import Understanding
from assistant.feedback.timing.running_deadlines import DueMatter
from bots.bodies.wording import shown_name

Json = dict[str, object]
_TOLD = ("number", "version", "state", "is_sealed", "kind", "field", "level", "area", "area_then", "body", "title", "urgency", "owner")
_COUNTED = ("submissions", "unread", "settled")


def matter_json(matter: Matter) -> Json:
    """A recommendation as lists show it; `body_shown` is its body with the names of today, `unread` counts messages of senders.

    `due` is the day on which the first of its deadlines ends.
    """
    due = matter.due.isoformat() if matter.due else None
    moments = {"opened_at": matter.opened_at.isoformat(), "changed_at": matter.changed_at.isoformat(), "due": due}
    body_shown = shown_name(matter.shown_body) if matter.shown_body else None
    return {**{name: getattr(matter, name) for name in (*_TOLD, *_COUNTED)}, "body_shown": body_shown, **moments}


def due_json(due: DueMatter) -> Json:
    """A deadline that is near or over."""
    told = {"recommendation": due.recommendation, "rule": due.rule, "due": due.due.isoformat()}
    return {**told, "days_left": due.days_left, "is_overdue": due.is_overdue, "owner": due.owner}


def understanding_json(understood: Understanding) -> Json:
    """What a machine thinks: for each task its values with scores and evidence, the best first."""
    tasks: dict[str, list[Json]] = {}
    for one in understood.suggestions:
        tasks.setdefault(one.task, []).append({"value": one.value, "score": round(one.score, 4), "evidence": one.evidence})
    personal = [{"start": span.start, "end": span.end, "type": span.type} for span in understood.personal]
    return {**tasks, "personal": personal, "seals": understood.seals, "urgency": understood.urgency, "model": understood.model}
