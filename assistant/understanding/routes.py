"""The kinds of message that people send, and what the router says of one."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Route(StrEnum):
    """What a message wants; each kind is answered in its own way."""

    PROCEDURE = "procedure"
    LEGAL_QUESTION = "legal_question"
    NAMED_PROVISION = "named_provision"
    COMPARISON = "comparison"
    REPORT = "report"
    RECOMMENDATION = "recommendation"
    COMPLAINT = "complaint"
    DENUNCIATION = "denunciation"
    EMERGENCY = "emergency"
    ACCOUNT_STATUS = "account_status"
    SMALL_TALK = "small_talk"
    OUT_OF_SCOPE = "out_of_scope"
    INJECTION = "injection"


@dataclass(frozen=True, slots=True)
class Routed:
    """The route of a message, or None where the router is not sure enough and somebody has to ask.

    `confidence` is the calibrated probability of the best route; `candidates` are the three best with theirs, best first.
    `review` names routes that did not win and are still too likely to be passed over in silence: emergency, denunciation.
    """

    route: Route | None
    confidence: float
    candidates: tuple[tuple[Route, float], ...]
    review: tuple[Route, ...] = ()
