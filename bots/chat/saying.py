"""What is said in a chat, in HTML: sentences with their facts, and labels of what can be tapped."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape

from assistant.chats.types import LONGEST_ACTION, Choice, Said
from assistant.settings import Settings
from bots.chat.wording import ChatSentences


@dataclass(frozen=True, slots=True)
class Office:
    """Whom chats serve and how that is reached, as people read it; an empty `name` is the one of the words, others are not said."""

    name: str = ""
    telephone: str = ""
    address: str = ""
    hours: str = ""

    @classmethod
    def of(cls, settings: Settings) -> Office:
        """The one that settings name."""
        return cls(settings.telegram_office, settings.office_telephone, settings.office_address, settings.office_hours)


def text_of(said: Said, words: ChatSentences, office: Office) -> Iterator[str]:
    """The sentences of that name, then the parts; parts may do without sentences."""
    if said.what in words.sentences or not said.parts:
        reached = {"telephone": office.telephone, "address": office.address, "hours": office.hours}
        yield words.say(said.what, _escaped({"office": office.name or words.office, **reached, **said.facts}))
    yield from said.parts
    if said.below:
        yield words.say(said.below, {})


def button_of(choice: Choice, words: ChatSentences) -> tuple[str, str]:
    """The label of a choice, on one line, and its action, which every channel carries."""
    if not 0 < len(choice.action.encode()) <= LONGEST_ACTION:
        raise ValueError(f"an action of {len(choice.action.encode())} bytes: {choice.label}")
    return " ".join(words.labels[choice.label].format(**choice.facts).split()), choice.action


def _escaped(facts: Mapping[str, str]) -> dict[str, str]:
    return {name: escape(fact, quote=False).strip() for name, fact in facts.items()}
