"""What the bot says, as messages in Telegram's HTML. https://core.telegram.org/bots/api#html-style"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from assistant.answering.types import Answer
from assistant.chats.types import Message, Said, ShownAnswer
from bots.chat.answers import shown_answer
from bots.chat.cutting import cut, label_within
from bots.chat.saying import Office, button_of, text_of
from bots.chat.wording import chat_sentences

LONGEST_LABEL = 60
# Buttons in one row share its width: on a small phone no more than that can be read.
_WIDTH_OF_ROW = 28

Rows = tuple[tuple[tuple[str, str], ...], ...]


class TelegramWords:
    """`Words` of Telegram. `office` is whom the bot serves, as /start names it; without one the Fatherland Front in general."""

    def __init__(self, office: Office | None = None) -> None:
        self._office = office or Office()

    def messages(self, said: Said, language: str) -> Sequence[Message]:
        """The messages that say it, the choices below the last one. What a label has no room for stands in the text."""
        words = chat_sentences(language)
        rows = tuple(tuple(button_of(choice, words) for choice in row) for row in said.choices)
        long = (f"– {escape(label, quote=False)}" for row in rows for label, _ in row if len(label) > LONGEST_LABEL)
        text = "\n\n".join(filter(None, (*text_of(said, words, self._office), "\n".join(long))))
        pieces = cut(text)
        buttons = _fitting(rows)
        asked = words.labels["point"] if said.asks_point else ""
        last = len(pieces) - 1
        return [
            Message(piece, buttons if place == last else (), said.replaces if place == 0 else "", asked if place == last else "")
            for place, piece in enumerate(pieces)
        ]

    def answer(self, answer: Answer, language: str) -> ShownAnswer:
        """An answer: what is said at once, what is folded behind a button, and what can be tapped."""
        return shown_answer(answer, language)


def _fitting(rows: Rows) -> Rows:
    """The rows with labels that fit; buttons that have no room side by side stand below each other."""
    fitting: list[tuple[tuple[str, str], ...]] = []
    for row in rows:
        buttons = tuple((label_within(label, LONGEST_LABEL), action) for label, action in row)
        is_wide = sum(len(label) for label, _ in buttons) > _WIDTH_OF_ROW
        fitting.extend([(button,) for button in buttons] if is_wide else [buttons])
    return tuple(fitting)
