"""What is said in a chat, in HTML: sentences with their facts, and labels of what can be tapped."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape

from assistant.chats.types import LONGEST_ACTION, Choice, Said
from bots.chat.wording import ChatSentences


def text_of(said: Said, words: ChatSentences, office: str) -> Iterator[str]:
    """The sentences of that name, then the parts; parts may do without sentences. `office` is served; empty: the one of the words."""
    if said.what in words.sentences or not said.parts:
        yield words.say(said.what, _escaped({"office": office or words.office, **said.facts}))
    yield from said.parts


def button_of(choice: Choice, words: ChatSentences) -> tuple[str, str]:
    """The label of a choice, on one line, and its action, which every channel carries."""
    if not 0 < len(choice.action.encode()) <= LONGEST_ACTION:
        raise ValueError(f"an action of {len(choice.action.encode())} bytes: {choice.label}")
    return " ".join(words.labels[choice.label].format(**choice.facts).split()), choice.action


def _escaped(facts: Mapping[str, str]) -> dict[str, str]:
    return {name: escape(fact, quote=False).strip() for name, fact in facts.items()}
