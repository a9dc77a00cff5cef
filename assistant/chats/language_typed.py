"""The language of a chat where nobody chose one: that of the phone, until its owner plainly writes in another."""

from __future__ import annotations

from dataclasses import replace

from assistant.chats.parts import Heard
from assistant.chats.types import EventKind
from embeddings.language import Language, is_plainly_vietnamese, language_of

# What is typed then is a name or a number, in whatever language one speaks.
_NAMES = ("where", "contact", "area", "code")


def in_language_typed(heard: Heard) -> Heard:
    """The same, held in Vietnamese from now on where the phone is set to English and its owner writes Vietnamese; and back.

    Many phones were never set to Vietnamese, and whoever cannot read the answer cannot read how to change it either.
    """
    state, event = heard.state, heard.event
    is_guessed = event.is_language_guessed and event.language == "en" and not state.is_language_chosen
    if not is_guessed or state.step.partition(":")[0] in _NAMES:
        return heard
    if event.kind is not EventKind.TEXT or event.text.startswith("/"):
        return heard
    if is_plainly_vietnamese(event.text):
        return replace(heard, state=replace(state, language="vi"))
    if language_of(event.text) is Language.ENGLISH:
        return replace(heard, state=replace(state, language="en"))
    return heard
