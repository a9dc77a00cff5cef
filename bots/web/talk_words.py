"""What is said in the chat of the pages: the sentences of all chats, uncut; what the person did, as it stands in the thread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from html import escape

from assistant.answering.types import Answer
from assistant.chats.thread import EVERYTHING
from assistant.chats.types import FileKind, Message, Said, ShownAnswer
from bots.chat.answers import shown_answer
from bots.chat.saying import Office, button_of, text_of
from bots.chat.wording import ChatSentences, chat_sentences
from bots.web.talk_wording import talk_sentences


class WebWords:
    """`Words` of the pages. `office` is whom the service serves; without one the Fatherland Front in general."""

    def __init__(self, office: Office | None = None) -> None:
        self._office = office or Office()

    def messages(self, said: Said, language: str) -> Sequence[Message]:
        """The message that says it. That something is deleted takes the place of everything before: the thread is kept here."""
        words = _words(language)
        rows = tuple(tuple(button_of(choice, words) for choice in row) for row in said.choices)
        text = "\n\n".join(text_of(said, words, self._office))
        replaces = EVERYTHING if said.what in talk_sentences(language).erased else said.replaces
        return [Message(text, rows, replaces, talk_sentences(language).place if said.asks_point else "")]

    def answer(self, answer: Answer, language: str) -> ShownAnswer:
        """An answer: what is said at once, what is folded behind a button, and what can be tapped."""
        return shown_answer(answer, language)


def typed(text: str) -> Message:
    """What a person typed, or the label of what they tapped."""
    return Message(escape(text.strip(), quote=False))


def attached(kind: FileKind, caption: str, language: str) -> Message:
    """That a person sent a file."""
    name = talk_sentences(language).files[kind]
    return Message("\n".join(filter(None, (f"<i>{name}</i>", escape(caption.strip(), quote=False)))))


def pointed(language: str) -> Message:
    """That a person shared where they are; not where."""
    return Message(f"<i>{talk_sentences(language).place_sent}</i>")


def _words(language: str) -> ChatSentences:
    words = chat_sentences(language)
    return replace(words, sentences={**words.sentences, **talk_sentences(language).erased})
