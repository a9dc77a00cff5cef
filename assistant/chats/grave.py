"""What must not wait, wherever in a conversation it is told: danger, a denunciation, a complaint."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.answering.types import ANSWERING, Answer
from assistant.answering.understand import MAX_QUESTION_CHARS
from assistant.chats.chats import Draft
from assistant.chats.menus import CANCEL
from assistant.chats.parts import ChatParts, Heard, Reply
from assistant.chats.types import Choice, Said
from assistant.understanding.routes import QUESTIONS, Route
from corpus.text import fold

_GUIDED = (Route.DENUNCIATION, Route.COMPLAINT)
# Fewer words are a name or a place ("trước công an phường Tân Lập"), whatever a router makes of them.
_FEWEST_WORDS_OF_MATTER = 8
_FEWEST_WORDS = 4
_ASKS = re.compile(r"\?|\b(?:gi|nao|sao|bao nhieu|bao lau|o dau|may ngay|duoc khong|phai khong|co can|what|how|when|where|which)\b")


def gravest(parts: ChatParts, text: str) -> Answer:
    """What is thought of a text: of one too long to be answered, of its gravest piece."""
    pieces = [text[at : at + MAX_QUESTION_CHARS] for at in range(0, max(1, len(text)), MAX_QUESTION_CHARS)]
    answers = [parts.assistant.answer_alone(piece) for piece in pieces]
    return max(answers, key=lambda answer: (answer.is_urgent, answer.route == Route.DENUNCIATION, answer.route == Route.COMPLAINT))


def asks_something(parts: ChatParts, text: str) -> bool:
    """Whether a text is a question that has an answer, and not what was asked for."""
    if len(text.split()) < _FEWEST_WORDS or not _ASKS.search(fold(text).lower()):
        return False
    answer = parts.assistant.answer_alone(text[:MAX_QUESTION_CHARS])
    return answer.route in QUESTIONS and answer.outcome in ANSWERING


def is_grave(answer: Answer, text: str) -> bool:
    """Whether an answer to what was asked tells of danger, of a violator or of a decision complained of instead."""
    return answer.is_urgent or (answer.route in _GUIDED and len(text.split()) >= _FEWEST_WORDS_OF_MATTER)


def alarm(heard: Heard, parts: ChatParts, draft: Draft, step: str) -> Reply | None:
    """What is said of a draft before anything else is asked, and the chat at `step`; None where nothing need be said.

    Of a draft that is secret already it was said.
    """
    answer = gravest(parts, draft.text)
    if answer.is_urgent:
        # Nothing else is asked of whoever may be in danger; the matter waits.
        choices = ((Choice("sure", "resume"),), CANCEL)
        return Reply(replace(heard.state, step=step, draft=_sealed(draft, answer)), (Said("emergency", choices=choices),))
    if answer.route not in _GUIDED or draft.is_secret:
        return None
    # A complaint or denunciation: how and where it is really made, and the choice to send the words all the same.
    shown = parts.words.answer(answer, heard.state.language)
    choices = ((Choice("sure", "send.anyway"),), CANCEL)
    said = (Said("answer", parts=tuple(filter(None, (shown.first, shown.where)))), Said(f"send.not_a_{answer.route}", choices=choices))
    return Reply(replace(heard.state, step="what", draft=_sealed(draft, answer)), said)


def _sealed(draft: Draft, answer: Answer) -> Draft:
    # Once promised, the seal stays, whatever is added; new words are looked at anew.
    return replace(draft, is_secret=draft.is_secret or answer.route == Route.DENUNCIATION)
