"""What is said in a chat, by the names that assistant/chats uses.

Placeholders are filled by `str.format`. Sentences hold the few tags that HTML and Telegram share: b, i, code, blockquote.
"""

from __future__ import annotations

import re
import string
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, TypeVar

from bots.chat import wording_en as chat_wording_en
from bots.chat import wording_vi as chat_wording_vi
from bots.feedback.followup_wording import followup_sentences
from bots.feedback.wording import feedback_sentences
from bots.law.dialogue_wording import DialogueSentences, dialogue_sentences
from bots.wording import Sentences, sentences

# The word for "you", not the one for a friend.
_YOU = re.compile(r"\b[Bb]ạn\b(?! (?:trai|gái|bè|đời)\b)")
_Prose = TypeVar("_Prose", Sentences, DialogueSentences)


@dataclass(frozen=True, slots=True)
class ChatSentences:
    """One language: `sentences` by the name of what is said, `labels` of what can be tapped; `office` is served unless another is named."""

    language: str
    sentences: Mapping[str, str]
    labels: Mapping[str, str]
    office: str

    def say(self, what: str, facts: Mapping[str, str]) -> str:
        """The sentences of a name. A paragraph is left out where it has facts and all of them are empty.

        Where a fact `reason` has sentences of its own, "what.reason", these are said.
        """
        special = f"{what}.{facts.get('reason', '')}"
        sentence = self.sentences[special if special in self.sentences else what]
        told = (paragraph for paragraph in sentence.split("\n\n") if _tells(paragraph, facts))
        return "\n\n".join(paragraph.format(**facts) for paragraph in told)


def chat_sentences(language: str) -> ChatSentences:
    """The sentences of "en", else the Vietnamese ones."""
    code = "en" if language == "en" else "vi"
    words = chat_wording_en if code == "en" else chat_wording_vi
    refused = {f"send.invalid.{reason}": sentence for reason, sentence in feedback_sentences(code).refused.items()}
    shared = {
        "emergency": "\n".join(line.strip() for line in dialogue_sentences(code).emergency),
        "send.invalid": refused["send.invalid.text"],
    }
    verdicts = {f"verdict.{verdict.value}": label for verdict, label in followup_sentences(code).verdicts.items()}
    said = {**words.GREETING, **words.ASKING, **words.SENDING, **words.FOLLOWING, **shared, **refused}
    return ChatSentences(code, said, {**words.LABELS, **verdicts}, words.DEFAULT_OFFICE)


def answer_sentences(language: str) -> tuple[Sentences, DialogueSentences]:
    """The sentences of answers, addressing the person as chats do: the Vietnamese ones otherwise say "bạn"."""
    words, dialogue = sentences(language), dialogue_sentences(language)
    return (words, dialogue) if language == "en" else (_all_addressed(words), _all_addressed(dialogue))


def addressed(prose: str) -> str:
    """Prose of the project's own, addressing the person as chats do; never for quotations or what people wrote."""
    return _YOU.sub(lambda you: "Ông/bà" if you.group() == "Bạn" else "ông/bà", prose)


def placeholders(sentence: str) -> list[str]:
    """The facts that a sentence is filled with."""
    return [name for _, name, _, _ in string.Formatter().parse(sentence) if name]


def _tells(paragraph: str, facts: Mapping[str, str]) -> bool:
    names = placeholders(paragraph)
    return not names or any(facts[name] for name in names)


def _all_addressed(words: _Prose) -> _Prose:
    def changed(value: Any) -> Any:
        match value:
            case str():
                return addressed(value)
            case Mapping():
                return {name: changed(one) for name, one in value.items()}
            case _:
                return tuple(map(changed, value))

    return replace(words, **{field.name: changed(getattr(words, field.name)) for field in fields(words)})
