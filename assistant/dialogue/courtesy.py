"""Greetings, thanks, "ok": messages that ask nothing and are no topic."""

from __future__ import annotations

from dataclasses import replace

from assistant.answering.types import Answer, Outcome, Understood
from assistant.dialogue.cues import Cue
from assistant.understanding.routes import Route

_GREETING = r"chào|hi|hello|hey|alo|a lô|good (?:morning|afternoon|evening|day)"
_THANKS = r"cảm ơn|cám ơn|tks|thank(?:s| you)?|tạm biệt|bye|goodbye"
_ASSENT = r"ok|oke|okay|oki|okie|dạ|vâng|ừ|uh|rồi|hiểu|thôi|great|got it|i see"
_AROUND = (
    r"xin|bạn|ad|admin|shop|anh|chị|em|cô|chú|bác|tôi|tui|mình|nhiều|nhiu|lắm|rất|quá|nhé|nha|nhen|ạ|á|nghen|được"
    r"|there|so much|very much|a lot"
)
_COURTESY = Cue(
    rf"^(?=.*\b(?:{_GREETING}|{_THANKS}|{_ASSENT})\b)[^\w]*(?:(?:{_GREETING}|{_THANKS}|{_ASSENT}|{_AROUND})\b[^\w]*)+$",
)
_GREETS, _THANKED = Cue(rf"\b(?:{_GREETING})\b"), Cue(rf"\b(?:{_THANKS})\b")
_ENGLISH = Cue(
    r"^(?:[^\w]*\b(?:hi|hello|hey|good (?:morning|afternoon|evening|day)|thank(?:s| you)|bye|goodbye|great|got it|i see|ok|okay|there"
    r"|so much|very much|a lot)\b)+[^\w]*$"
)
_ALSO_VIETNAMESE = Cue(r"^[^\w]*(?:(?:ok|okay)\b[^\w]*)+$")


def is_courtesy(text: str) -> bool:
    """Whether `text` is nothing but a greeting, thanks or assent."""
    return _COURTESY.is_in(text.lower())


def courtesy_returned(understood: Understood) -> Answer:
    """What answers a courtesy: greetings in return, or a word for thanks; the question's language is English where it was typed so."""
    said = understood.typed.lower()
    is_english = _ENGLISH.is_in(said) and not _ALSO_VIETNAMESE.is_in(said)
    asked = replace(understood, restored=understood.typed, language="en" if is_english else understood.language)
    is_greeting = _GREETS.is_in(said) and not _THANKED.is_in(said)
    return Answer(Outcome.OUT_OF_SCOPE, asked, basis=Route.SMALL_TALK.value if is_greeting else "thanks")
