"""One of the people who write to the bot: asks, sends what they have to say in steps, presses buttons, corrects, chats, leaves."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from random import Random

from bots.chat.wording import chat_sentences
from corpus.text import fold
from eval.ordeal.letters import Letter
from tests.telegram.emulator import Person, Seen
from tests.telegram.ordeal.phrases import COMMANDS, PLACES, SMALL_TALK, Phrases

LABELS = chat_sentences("vi").labels
CODE = re.compile(r"\bDH-[0-9A-Z]{5}-[0-9A-Z]{5}-[0-9A-Z]\b")
# Whether the person waits for an answer before the next act.
Acts = Iterator[bool]

_AGREE = LABELS["agree"]
# What leads on from each step of a report; the first that stands below the newest message is pressed.
_LEADS_ON = tuple(LABELS[name] for name in ("agree", "send.anyway", "files.enough", "skip.where", "skip.files", "skip.contact"))
# Pressed by chance these would delete what was sent, change the language, or send what was left.
_NEVER_BY_CHANCE = {LABELS[name] for name in ("erase.talk", "erase.all", "withdraw.yes", "language.en", "agree", "send.anyway", "afresh")}
_LONGEST_WAY = 10
_LOOKS_BACK = 6


@dataclass(slots=True)
class Citizen:
    """Somebody with a phone. `letters` are what they have to say, each once; `agreed` those that they pressed the last button for."""

    person: Person
    chance: Random
    phrases: Phrases
    letters: Iterator[Letter]
    photo: bytes
    agreed: list[Letter] = field(default_factory=list)
    has_blocked: bool = False
    _began_at: int = 0

    def life(self) -> Acts:
        """What they do, without end; each step is one act, or a moment's wait."""
        self.person.starts()
        yield True
        while True:
            yield from self.chance.choices(_EPISODES, _WEIGHTS)[0](self)

    # Asking

    def asks(self) -> Acts:
        """A question, with marks or without, and perhaps a button below the answer."""
        question = self.chance.choice(self.phrases.questions if self.chance.random() < 0.6 else self.phrases.messages)
        self.person.says(fold(question) if self.chance.random() < 0.3 else question)
        yield self.chance.random() > 0.05
        if self.chance.random() < 0.5:
            yield from self.presses_something()

    def presses_something(self) -> Acts:
        """Any button of the last messages."""
        labels = [label for one in self._newest() for label in one.labels if one.kind == "text"]
        wanted = [label for label in labels if label not in _NEVER_BY_CHANCE and label != LABELS["point"]]
        if wanted:
            self.person.taps(self.chance.choice(wanted))
            yield True

    def chats(self) -> Acts:
        """Small talk, a command, or something that is no text."""
        kind = self.chance.random()
        if kind < 0.6:
            self.person.says(self.chance.choice((*SMALL_TALK, *COMMANDS)))
        elif kind < 0.8:
            self.person.sends_sticker()
        else:
            self.person.sends_location(21.0205, 105.8010)
        yield True

    def follows(self) -> Acts:
        """Looks how something stands that was sent."""
        codes = [code for one in self.person.messages for code in CODE.findall(one.text) if one.is_from_bot]
        self.person.says(f"/theodoi {self.chance.choice(codes)}" if codes else "/theodoi")
        yield True

    def corrects(self) -> Acts:
        """Changes a question afterwards, which nobody answers."""
        said = self.person.says(self.chance.choice(self.phrases.questions))
        yield True
        self.person.edits(said, f"{said.text} Xin cảm ơn")
        yield False

    def leaves(self) -> Acts:
        """Blocks the bot while it may still be answering, and comes back."""
        self.person.says(self.chance.choice(self.phrases.questions))
        yield False
        self.has_blocked = True
        self.person.blocks_bot()
        yield False
        self.person.starts()
        yield True

    # Sending

    def sends(self) -> Acts:
        """A report or recommendation, step by step; some are given up on the way."""
        letter = next(self.letters)
        self._began_at = max((one.message_id for one in self.person.messages), default=0)
        self.person.says("/gui")
        yield True
        if LABELS["afresh"] in self._flow_labels():
            self.person.taps(LABELS["afresh"])
            yield True
        said = self.person.says(letter.text)
        yield True
        if self.chance.random() < 0.15:
            self.person.edits(said, f"{letter.text} Xin giải quyết sớm.")
            yield True
        yield from self._goes_through(letter)

    def _goes_through(self, letter: Letter) -> Acts:
        for _ in range(_LONGEST_WAY):
            label = self._leading_on()
            if label == _AGREE:
                yield from self._agrees(letter)
                return
            if self.chance.random() < 0.03:
                # Left as it is, to be taken up again or never.
                return
            if label:
                self._answers_or_skips(label)
            yield bool(label)
        self.person.says("/huy")
        yield True

    def _agrees(self, letter: Letter) -> Acts:
        self.agreed.append(letter)
        self.person.taps(_AGREE)
        if self.chance.random() < 0.2:
            # Nothing seemed to happen.
            self.person.taps(_AGREE)
        yield True

    def _answers_or_skips(self, label: str) -> None:
        wish = self.chance.random()
        if label == LABELS["skip.where"] and wish < 0.4:
            self.person.says(self.chance.choice(PLACES))
        elif label == LABELS["skip.files"] and wish < 0.15:
            self.person.sends_photo(self.photo)
        elif label == LABELS["skip.contact"] and wish < 0.3:
            self.person.says("Nguyễn Thị Lan, 0912 345 678")
        else:
            self.person.taps(label)

    def _leading_on(self) -> str:
        """The button that leads on, of the newest message that has one; empty where none has come yet."""
        for one in reversed([one for one in self.person.messages if one.message_id > self._began_at]):
            for label in _LEADS_ON:
                if label in one.labels:
                    return label
        return ""

    def _flow_labels(self) -> list[str]:
        return [label for one in self.person.messages if one.message_id > self._began_at for label in one.labels]

    def _newest(self) -> list[Seen]:
        return [one for one in self.person.messages[-_LOOKS_BACK:] if one.is_from_bot]


_EPISODES: tuple[Callable[[Citizen], Acts], ...] = (
    Citizen.asks,
    Citizen.sends,
    Citizen.presses_something,
    Citizen.chats,
    Citizen.follows,
    Citizen.corrects,
    Citizen.leaves,
)
_WEIGHTS = (40, 30, 10, 12, 5, 3, 0.7)
