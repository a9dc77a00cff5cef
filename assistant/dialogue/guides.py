"""Guides in a conversation: named by a whole message, or asked for once more."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from assistant.answering.types import Answer, Outcome, Understood
from assistant.dialogue.followup import PastTurn, asks_guide_again
from corpus.text import fold
from corpus.types import Procedure

# What only says that something is to be done or asked.
_WISHING = re.compile(r"^(?:(?:toi|em|minh|tui|con|chau|muon|can|di|cho|hoi|lam|xin|thu tuc|ve)\s+)+")


def names_guide(text: str, procedures: Iterable[Procedure]) -> bool:
    """Whether the whole message is what a guide is called: "tách hộ", "tôi muốn làm thẻ căn cước"."""
    asked = fold(text).strip(" .?!")
    meant = {asked, _WISHING.sub("", asked)}
    guides = (one for one in procedures if one.is_guide)
    return any(fold(name) in meant for guide in guides for name in (guide.name, *guide.also_called))


def guide_given(guide: Procedure, understood: Understood, text: str) -> Answer:
    """The guide as the answer to what was understood as `text`."""
    return Answer(Outcome.ANSWERED, replace(understood, restored=text), guide.who, procedure=guide, basis="procedure")


def guide_again(text: str, before: Sequence[PastTurn], procedures: Iterable[Procedure]) -> Procedure | None:
    """The guide given last, where a message that follows asks for no more than a field of it."""
    if not asks_guide_again(text, before):
        return None
    return next((one for one in procedures if one.name == before[-1].procedure), None)
