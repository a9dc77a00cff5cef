"""Whether a drafted answer holds: it speaks of each ask, cites the law, gives a day, says who acts, and tells nothing of persons.

It only advises. Whoever approves in spite of what `blocking` returns gives a reason in words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol, Self

from pydantic import BaseModel, ConfigDict

from assistant.feedback.answers.answer_asks import Asks, AskWords, Touch, any_of, readable
from assistant.feedback.answers.answer_dates import NamedDays, named_days
from assistant.feedback.types import PersonalSpan, Resolution
from corpus.citations import DocumentNames, find_provisions, names_articles
from corpus.ids import ProvisionId
from corpus.tables import read_table
from corpus.text import is_accented, nfc

# A law that the corpus lacks is read by no other than its first words.
_SOME_LAW = re.compile(
    r"\b(?:Bộ luật|Luật|Pháp lệnh|Hiến pháp|Nghị định|Thông tư|Nghị quyết|Quyết định)\s+(?:số\s+)?[A-ZĐ0-9][^,.;:()\n]{0,60}"
)
_SENTENCE = re.compile(r"[^.!?\n]+")
_CAPITALS = "[A-ZĐÁÀẢÃẠĂẮẰẲẴẶÂẤẦẨẪẬÉÈẺẼẸÊẾỀỂỄỆÍÌỈĨỊÓÒỎÕỌÔỐỒỔỖỘƠỚỜỞỠỢÚÙỦŨỤƯỨỪỬỮỰÝỲỶỸỴ]{2,}"
_SHOUTED = re.compile(rf"\b{_CAPITALS}(?:\s+{_CAPITALS}){{4,}}\b")
_WORD = re.compile(r"[^\W\d_]+")


class LintRule(StrEnum):
    """What an answer is held against."""

    ASK_UNTOUCHED = "ask_untouched"
    TIME_UNTOLD = "time_untold"
    NOTHING_CITED = "nothing_cited"
    ARTICLE_WITHOUT_LAW = "article_without_law"
    LAW_UNKNOWN = "law_unknown"
    CITED_UNLISTED = "cited_unlisted"
    LISTED_UNCITED = "listed_uncited"
    NO_DAY = "no_day"
    DAY_IS_PAST = "day_is_past"
    DAY_DIFFERS = "day_differs"
    NO_BODY = "no_body"
    ONLY_PHRASES = "only_phrases"
    VAGUE = "vague"
    PERSONAL_DATA = "personal_data"
    NO_ADDRESS = "no_address"
    NO_MARKS = "no_marks"
    CASUAL = "casual"
    RUDE = "rude"
    SHOUTED = "shouted"
    TOO_LONG = "too_long"
    LONG_SENTENCE = "long_sentence"


class Severity(StrEnum):
    """How much it weighs: an answer is approved in spite of what blocks only with a reason."""

    BLOCKS = "blocks"
    ADVISES = "advises"


# Everything else blocks.
_ADVICE = frozenset(
    {
        LintRule.LAW_UNKNOWN,
        LintRule.LISTED_UNCITED,
        LintRule.DAY_DIFFERS,
        LintRule.VAGUE,
        LintRule.NO_ADDRESS,
        LintRule.CASUAL,
        LintRule.SHOUTED,
        LintRule.TOO_LONG,
        LintRule.LONG_SENTENCE,
    }
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault. `start` and `end` are places of the answer, `ask` the index of an ask, `named` a provision, law or type of personal
    data; each None where it says nothing."""

    rule: LintRule
    start: int | None = None
    end: int | None = None
    ask: int | None = None
    named: str | None = None

    @property
    def severity(self) -> Severity:
        """How much it weighs."""
        return Severity.ADVISES if self.rule in _ADVICE else Severity.BLOCKS


def blocking(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Those in spite of which an answer is approved only with a reason."""
    return tuple(one for one in findings if one.severity is Severity.BLOCKS)


class FindsPersonalData(Protocol):
    """What finds stretches of a text that tell of persons (`PersonalDataFinder`)."""

    def find(self, text: str) -> tuple[PersonalSpan, ...]:
        """The stretches in order."""


class LintWords(BaseModel):
    """The words of data/answer_lint.yaml, which says what each list is."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    asks: AskWords
    empty: tuple[str, ...]
    vague: tuple[str, ...]
    periods: tuple[str, ...]
    hotlines: tuple[str, ...]
    bodies: tuple[str, ...]
    addresses: tuple[str, ...]
    casual: tuple[str, ...]
    rude: tuple[str, ...]
    longest_answer: int
    longest_sentence: int
    fewest_new_words: int
    touched: Touch


class AnswerLint:
    """Holds answers against the rules; pure: the same answer on the same day has the same findings."""

    def __init__(self, words: LintWords, names: DocumentNames, persons: FindsPersonalData) -> None:
        self._words, self._names, self._persons = words, names, persons
        self.asks = Asks(words.asks)
        self._empty, self._vague, self._period = (any_of(one) for one in (words.empty, words.vague, words.periods))
        self._hotline, self._body = any_of(words.hotlines), any_of(words.bodies)
        self._address, self._casual, self._rude = (any_of(one, flags=re.IGNORECASE) for one in (words.addresses, words.casual, words.rude))

    @classmethod
    def load(cls, names: DocumentNames, persons: FindsPersonalData) -> Self:
        """By the project's own words; `names` are of the laws that may be cited."""
        return cls(LintWords.model_validate(read_table("assistant.feedback", "answer_lint.yaml")), names, persons)

    def lint(
        self,
        answer: str,
        asks: Sequence[str],
        provisions: Sequence[ProvisionId],
        resolution: Resolution,
        done_by: date | None,
        today: date,
    ) -> tuple[Finding, ...]:
        """The faults of `answer` to `asks`, those of what is said first, then those of how.

        `provisions` are those listed with it, `done_by` the day promised; `today` decides which day is past and which law is in force.
        """
        shown, folded = readable(answer)
        days = named_days(folded)
        has_time = bool(days) or bool(self._period.search(folded))
        return (
            *self._on_asks(answer, asks, has_time=has_time),
            *self._on_law(answer, provisions, resolution, today),
            *self._on_days(days, folded, resolution, done_by, today),
            *self._on_substance(shown, folded, asks),
            *self._on_persons(answer),
            *self._on_form(shown),
        )

    def _on_asks(self, answer: str, asks: Sequence[str], *, has_time: bool) -> Iterator[Finding]:
        said = self.asks.speech(answer)
        for index, ask in enumerate(asks):
            if not self._words.touched.holds(self.asks.speech(ask), said):
                yield Finding(LintRule.ASK_UNTOUCHED, ask=index)
            elif not has_time and self.asks.wants_a_time(ask):
                yield Finding(LintRule.TIME_UNTOLD, ask=index)

    def _on_law(self, answer: str, listed: Sequence[ProvisionId], resolution: Resolution, today: date) -> Iterator[Finding]:
        named = find_provisions(answer, self._names, today)
        if not named.provisions and not named.unknown:
            yield from _on_nothing_read(answer, is_law_needed=resolution is Resolution.EXPLAINED or bool(listed))
        for law in named.unknown:
            yield Finding(LintRule.LAW_UNKNOWN, named=law)
        for one in named.provisions:
            if not any(_agree(one, other) for other in listed):
                yield Finding(LintRule.CITED_UNLISTED, named=str(one))
        for one in listed if named.provisions else ():
            if not any(_agree(one, other) for other in named.provisions):
                yield Finding(LintRule.LISTED_UNCITED, named=str(one))

    def _on_days(
        self, days: Sequence[NamedDays], folded: str, resolution: Resolution, done_by: date | None, today: date
    ) -> Iterator[Finding]:
        ahead = [one for one in days if one.last >= today]
        if done_by is not None and resolution is Resolution.BEING_STUDIED and done_by < today:
            yield Finding(LintRule.DAY_IS_PAST)
        if resolution is Resolution.BEING_STUDIED and not ahead and not self._period.search(folded):
            yield Finding(LintRule.NO_DAY)
        if done_by is not None and ahead and not any(one.first <= done_by <= one.last for one in ahead):
            yield Finding(LintRule.DAY_DIFFERS, ahead[0].start, ahead[0].end)

    def _on_substance(self, shown: str, folded: str, asks: Sequence[str]) -> Iterator[Finding]:
        asked = {word for ask in asks for word in self.asks.content(ask)}
        told = [word for word in self.asks.content(self._empty.sub(" ", folded)) if word not in asked]
        if len(told) < self._words.fewest_new_words:
            yield Finding(LintRule.ONLY_PHRASES)
        if not self._body.search(shown):
            yield Finding(LintRule.NO_BODY)
        yield from (Finding(LintRule.VAGUE, *found.span()) for found in self._vague.finditer(folded))

    def _on_persons(self, answer: str) -> Iterator[Finding]:
        _, folded = readable(answer)
        for span in self._persons.find(answer):
            # The telephone of an office is nobody's own.
            if not self._hotline.search(folded[: span.start]):
                yield Finding(LintRule.PERSONAL_DATA, span.start, span.end, named=span.type)

    def _on_form(self, shown: str) -> Iterator[Finding]:
        if not is_accented(shown):
            yield Finding(LintRule.NO_MARKS)
        elif not self._address.search(shown):
            yield Finding(LintRule.NO_ADDRESS)
        marks = ((LintRule.RUDE, self._rude), (LintRule.CASUAL, self._casual), (LintRule.SHOUTED, _SHOUTED))
        yield from (Finding(rule, *found.span()) for rule, pattern in marks for found in pattern.finditer(shown))
        if len(shown) > self._words.longest_answer:
            yield Finding(LintRule.TOO_LONG)
        for sentence in _SENTENCE.finditer(shown):
            if len(_WORD.findall(sentence.group())) > self._words.longest_sentence:
                yield Finding(LintRule.LONG_SENTENCE, *sentence.span())


def _on_nothing_read(answer: str, *, is_law_needed: bool) -> Iterator[Finding]:
    """Where no provision could be read: an article stands alone, its law is not in the corpus, or nothing is cited.

    What was done needs no law: "đã sửa xong ngày 12/10/2026".
    """
    law = _SOME_LAW.search(nfc(answer))
    if names_articles(answer):
        yield Finding(LintRule.LAW_UNKNOWN, named=law.group().strip()) if law else Finding(LintRule.ARTICLE_WITHOUT_LAW)
    elif is_law_needed:
        yield Finding(LintRule.NOTHING_CITED)


def _agree(one: ProvisionId, other: ProvisionId) -> bool:
    """Whether one is the other or a part of it."""
    return one.contains(other) or other.contains(one)
