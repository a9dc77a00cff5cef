"""What whoever sends something is told as it is taken in, before a machine has read it with care."""

from __future__ import annotations

from assistant.feedback.guidance import Guidance
from assistant.responder import Responding
from assistant.understanding.routes import Route, Routed

# The router looks at so many characters of a text at once; a longer one is taken piece by piece.
_PIECE = 1_500
_OF_ROUTE = {
    Route.EMERGENCY: Guidance.EMERGENCY,
    Route.DENUNCIATION: Guidance.DENUNCIATION,
    Route.COMPLAINT: Guidance.COMPLAINT,
}


def first_guidance(text: str, responder: Responding) -> tuple[Guidance, ...]:
    """What the words of `text` ask for, to be read in this order: telephone numbers for an emergency, the way a petition is made.

    Half a millisecond for a page of text. What it misses, the reading in the background may find.
    """
    pieces = (text[at : at + _PIECE] for at in range(0, len(text), _PIECE))
    found = {one for piece in pieces for one in _of(responder.route_alone(piece))}
    return tuple(one for one in Guidance if one in found)


def _of(routed: Routed) -> set[Guidance]:
    found = {_OF_ROUTE[routed.route]} if routed.route in _OF_ROUTE else set()
    return found | {Guidance.EMERGENCY} if Route.EMERGENCY in routed.review else found
