"""Answers worded by a language model, and what becomes of what it claims."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from assistant.answering.types import Answer, Understood
from assistant.language_model.breaker import CircuitBreaker
from assistant.language_model.budget import DailyBudget, MemoryCounter
from assistant.language_model.composer import Composed, ModelComposer
from assistant.language_model.model import LanguageModel
from corpus.days import today
from eval.perturb import question_rng

_NO_LIMIT = 10**12
_SEED = 20221122


@dataclass(frozen=True, slots=True)
class WordingFigures:
    """What a model's part was: answers it was asked to word, how many it did, its claims kept and dropped, and why each.

    `lies_shown` counts claims kept that the model knew to be false; None for a model that does not tell.
    """

    asked: int
    worded: int
    claims_kept: int
    claims_dropped: int
    dropped: Mapping[str, int]
    fallbacks: Mapping[str, int]
    lies_shown: int | None = None

    @property
    def fallback_rate(self) -> float | None:
        """The share of answers asked for that fell back to the quotation alone; None where none was asked for."""
        return 1 - self.worded / self.asked if self.asked else None

    def to_json(self) -> dict[str, object]:
        """Figures by name, ready for `json.dumps`."""
        return {
            "asked": self.asked,
            "worded": self.worded,
            "fallback_rate": self.fallback_rate,
            "claims_kept": self.claims_kept,
            "claims_dropped": self.claims_dropped,
            "dropped": dict(self.dropped),
            "fallbacks": dict(self.fallbacks),
            "lies_shown": self.lies_shown,
        }

    def line(self) -> str:
        """The same for people."""
        reasons = ", ".join(f"{name} {count}" for name, count in {**self.dropped, **self.fallbacks}.items())
        lies = "" if self.lies_shown is None else f"; lies shown: {self.lies_shown}"
        share = "-" if self.fallback_rate is None else f"{self.fallback_rate:.3f}"
        return (
            f"model: {self.asked} answers to word, fallback share {share}; claims kept {self.claims_kept}, dropped {self.claims_dropped}"
            f" ({reasons or 'no reason'}){lies}"
        )


class WatchedComposer(ModelComposer):
    """A composer without limits of use that remembers what it composed."""

    def __init__(self, model: LanguageModel, *, deadline_s: float = 10.0) -> None:
        budget = DailyBudget(MemoryCounter(), today, calls=_NO_LIMIT, tokens=_NO_LIMIT)
        breaker, tokens = CircuitBreaker(time.monotonic), question_rng("tokens", _SEED)
        super().__init__(model, budget, breaker, time.monotonic, tokens, deadline_s=deadline_s)
        self._made: list[Composed] = []

    def compose(self, question: Understood, answer: Answer, language: str) -> Composed:
        """What the model says, verified; remembered."""
        self._made.append(super().compose(question, answer, language))
        return self._made[-1]

    def figures(self, lies: Sequence[str] | None = None) -> WordingFigures:
        """What became of everything composed so far; `lies` are the claims that the model knew to be false."""
        kept = [claim.text for one in self._made for claim in one.claims]
        dropped: Counter[str] = sum((Counter(one.dropped) for one in self._made), Counter())
        return WordingFigures(
            asked=len(self._made),
            worded=sum(one.fallback is None for one in self._made),
            claims_kept=len(kept),
            claims_dropped=dropped.total(),
            dropped=dict(sorted(dropped.items())),
            fallbacks=dict(sorted(Counter(one.fallback.value for one in self._made if one.fallback).items())),
            lies_shown=None if lies is None else sum(text in set(lies) for text in kept),
        )


@dataclass(frozen=True, slots=True)
class Wording:
    """A composer with the model behind it, if that one tells what of it was false."""

    composer: WatchedComposer
    lies: Sequence[str] | None = field(default=None)

    def figures(self) -> WordingFigures:
        """What became of everything composed so far."""
        return self.composer.figures(self.lies)
