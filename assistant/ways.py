"""What a message was taken for in one way of reading it, and which of two ways is meant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.answering.types import Answer, Outcome
from assistant.dialogue.cues import content_words
from assistant.dialogue.followup import PastTurn
from assistant.dialogue.readings import is_meant_alone, is_sure
from assistant.understanding.days import apart_from_days
from assistant.understanding.routes import Route, Routed

_DELICATE = frozenset({Route.EMERGENCY, Route.DENUNCIATION})


@dataclass(frozen=True, slots=True)
class Way:
    """What a message was taken for in one way of reading it, and its answer then."""

    routed: Routed
    answer: Answer


def surely(route: Route) -> Routed:
    """The verdict on a message of which the words leave no doubt."""
    return Routed(route, 1.0, ((route, 1.0),))


def way_meant(alone: Way, joined: Way, before: Sequence[PastTurn], text: str) -> Way | None:
    """The way that finds what is meant, of a message that was understood as `text`; None where neither surely does."""
    typed = alone.answer.question.restored
    # "thế trước năm 2021?" says nothing alone.
    has_matter = bool(content_words(apart_from_days(typed)[0]))
    meant = alone if has_matter and is_meant_alone(alone.answer, joined.answer, before) else joined
    return _followed(meant, alone, joined, text) if is_sure(meant.answer, alone.answer, typed, before) else None


def asked_again(alone: Way, joined: Way, text: str) -> Way:
    """What is said instead of an answer that nothing bears out: what was understood, and a question back."""
    found = joined.answer
    asked = Answer(Outcome.NEEDS_CLARIFICATION, found.question, basis="follow_up", route=found.route)
    asked = replace(asked, day_words=found.day_words, places=found.places)
    return _followed(replace(joined, answer=asked), alone, joined, text)


def _followed(meant: Way, alone: Way, joined: Way, text: str) -> Way:
    # Danger and denunciations count in whichever way they show.
    shown = dict.fromkeys(one for way in (alone, joined) for one in (way.routed.route, *way.routed.review))
    flagged = tuple(one for one in shown if one in _DELICATE)
    understood = replace(meant.answer.question, restored=text)
    answer = replace(meant.answer, question=understood, follows=True, is_urgent=Route.EMERGENCY in flagged)
    return Way(replace(meant.routed, review=flagged), answer)
