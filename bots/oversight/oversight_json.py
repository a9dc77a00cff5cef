"""The register of supervision and social critique as JSON for the command line and the interface."""

from __future__ import annotations

from assistant.feedback.states import Actor
from assistant.oversight.access import WRITERS
from assistant.oversight.places import Places
from assistant.oversight.proposals import FEWEST_PEOPLE, Proposal, Proposals
from assistant.oversight.rounds import Round
from assistant.oversight.types import Asked, Critique, Due, OpenedCritique, OpenedProgramme, Programme

Json = dict[str, object]
# In place of a count from 1 to 4, for who may not read the recommendations themselves.
_FEW = "<5"
_PROGRAMME = ("number", "version", "year", "level", "holder", "title", "form", "ground", "status", "starts_on", "ends_on", "topic")
_CRITIQUE = (
    "number",
    "version",
    "level",
    "holder",
    "draft_number",
    "draft_title",
    "drafter",
    "issuer",
    "form",
    "ground",
    "opinion_on",
    "responded_on",
    "result",
)
_ASKED = ("number", "version", "programme", "critique", "to_body", "sent_on", "answer_by", "status", "text")
_DUE = ("recommendation", "kind", "due", "round", "status", "to_body", "programme", "critique")


def programme_json(programme: Programme) -> Json:
    """A programme as lists show it."""
    return _told(programme, _PROGRAMME)


def opened_programme_json(opened: OpenedProgramme) -> Json:
    """A programme with all that belongs to it; recommendations of citizens and of the Front by number."""
    subjects = [{"body": one.body, "area": one.area} for one in opened.subjects]
    joined = {"subjects": subjects, "grounds": list(opened.grounds), "recommendations": list(opened.recommendations)}
    return {**programme_json(opened.programme), **joined, "reason": opened.reason}


def asked_json(asked: Asked) -> Json:
    """A recommendation of the Front with its answers and rounds."""
    replies = [{"position": one.position, "answered_on": one.answered_on.isoformat(), "text": one.text} for one in asked.replies]
    looked = [{"held_on": one.held_on.isoformat(), "status": one.status, "note": one.note} for one in asked.follow_ups]
    return {**_told(asked, _ASKED), "next_round": _round(asked.next_round), "answers": replies, "follow_ups": looked}


def critique_json(critique: Critique) -> Json:
    """A critique as lists show it."""
    return _told(critique, _CRITIQUE)


def opened_critique_json(opened: OpenedCritique) -> Json:
    """A critique with its texts and what is joined to it."""
    joined = {"grounds": list(opened.grounds), "recommendations": list(opened.recommendations)}
    return {**critique_json(opened.critique), "opinion": opened.opinion, "response": opened.response, **joined}


def due_json(due: Due) -> Json:
    """What is due of a recommendation of the Front; `kind` is answer or round."""
    return _told(due, _DUE)


def proposals_json(proposals: Proposals, places: Places, actor: Actor) -> Json:
    """The topics, the first first.

    Who may not read recommendations is told neither their numbers nor counts from 1 to 4, nor the score that would give one away.
    """
    is_exact = not actor.roles.isdisjoint(WRITERS)
    topics = [_proposal(one, places, is_exact=is_exact) for one in proposals.topics]
    return {"proposals": topics, "left_out": proposals.left_out if is_exact else _coarse(proposals.left_out)}


def _proposal(one: Proposal, places: Places, *, is_exact: bool) -> Json:
    place = places.name(one.area) if one.area else None
    about: Json = {"key": one.key, "field": one.field, "level": one.level, "area": one.area, "place": place, "people": one.people}
    counts = {"records": len(one.records), "repeated": one.repeated, "overdue": one.overdue, "unsettled": one.unsettled}
    if not is_exact:
        return {**about, **_coarse_counts(counts), "programmes": list(one.programmes)}
    numbers = {"score": round(one.score, 2), "numbers": list(one.records), "programmes": list(one.programmes)}
    return {**about, **counts, **numbers}


def _coarse_counts(counts: dict[str, int]) -> Json:
    records = counts["records"]
    # How many are not repeated, overdue or unsettled is a count as well.
    return {name: _FEW if 0 < records - count < FEWEST_PEOPLE else _coarse(count) for name, count in counts.items()}


def _coarse(count: int) -> int | str:
    return _FEW if 0 < count < FEWEST_PEOPLE else count


def _round(coming: Round | None) -> Json | None:
    return {"number": coming.number, "due": coming.due.isoformat()} if coming else None


def _told(record: object, names: tuple[str, ...]) -> Json:
    values = {name: getattr(record, name) for name in names}
    return {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in values.items()}
