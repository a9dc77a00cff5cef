"""The letters of an ordeal: who sends what on which channel, how often and in which order."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from random import Random

WEB, CHAT = "web", "chat"
_MOST_COPIES = 3
# One in a hundred agrees to nothing that was ever shown, and must be refused.
_REFUSED_EVERY = 100
_NEVER_SHOWN = "1999-01"
_CHATTERS = 97


@dataclass(frozen=True, slots=True)
class Letter:
    """One message. `number` is unique, `external_id` on its channel only: both channels have an "m-7"."""

    number: int
    channel: str
    external_id: str
    text: str = field(repr=False)
    is_refused: bool

    @property
    def sender(self) -> str:
        """The chat it comes from."""
        return str(self.number % _CHATTERS)

    def consent(self, current: str) -> str:
        """What its sender agrees to, where `current` is the version that is shown."""
        return _NEVER_SHOWN if self.is_refused else current


def letter(number: int) -> Letter:
    """The letter of this number, from 0; no two have the same text."""
    texts = _texts()
    text = f"{texts[number % len(texts)]} ({number})"
    is_refused = number % _REFUSED_EVERY == _REFUSED_EVERY - 1
    return Letter(number, CHAT if number % 2 else WEB, f"m-{number // 2}", text, is_refused)


def deliveries(letters: int, channel: str, seed: int) -> list[int]:
    """Numbers of the letters of a channel in the order in which they come: each up to three times, at random, half of them in a row."""
    chance = Random(f"{seed} {channel}")  # noqa: S311 - an order that can be had again, not a secret
    groups: list[Sequence[int]] = []
    for number in (one for one in range(letters) if letter(one).channel == channel):
        copies = (number,) * chance.randint(1, _MOST_COPIES)
        groups.extend([copies] if chance.random() < 1 / 2 else [(one,) for one in copies])
    chance.shuffle(groups)
    return [number for group in groups for number in group]


@cache
def _texts() -> list[str]:
    lines = (files("eval") / "data" / "feedback-train.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["text"] for line in lines]
