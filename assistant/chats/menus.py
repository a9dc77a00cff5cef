"""The three big buttons, in the language of the chat or of a greeting."""

from __future__ import annotations

from assistant.chats.chats import ChatState
from assistant.chats.types import Choice

Rows = tuple[tuple[Choice, ...], ...]

CANCEL = (Choice("cancel", "cancel"),)
MENU: Rows = ((Choice("ask", "menu.ask"),), (Choice("gui", "menu.send"),), (Choice("theodoi", "menu.track"),))
# Whoever taps one of these goes on in English.
_IN_ENGLISH: Rows = (
    (Choice("ask:en", "menu.ask.en"),),
    (Choice("gui:en", "menu.send.en"),),
    (Choice("theodoi:en", "menu.track.en"),),
    (Choice("lang:vi", "language.vi"),),
)


def menu(language: str, greeted: str) -> Rows:
    """The buttons below a greeting that was answered in the language `greeted`, in a chat that is held in `language`."""
    return _IN_ENGLISH if greeted == "en" != language else MENU


def going_on(state: ChatState) -> Rows:
    """The button back to what is being written, where something is."""
    return ((Choice("resume", "resume"),),) if state.writing and state.writing.text else ()
