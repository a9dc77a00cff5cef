"""Facts that change the answer and that a message does not tell: asked back, one at a time, with two to four options.

The table is data/facts.yaml. Nothing is asked where the answer already shows every case, or after a long story: who tells much has
mostly told it in words that no table foresees.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Self

from assistant.answering.library import Library
from assistant.answering.named import answer_named
from assistant.answering.types import ANSWERING, Answer, Citation, Outcome
from corpus.ids import ProvisionId
from corpus.passages import procedure_group
from corpus.tables import read_table
from corpus.text import fold, squeeze
from embeddings.language import Language, language_of

# Ends after which a fact may help: something answers, or nothing does for want of it.
_ASKED_AFTER = ANSWERING | {Outcome.NO_SOURCE, Outcome.OUT_OF_SCOPE}
_LONGEST_QUESTION, _LONGEST_REPLY = 45, 12
_WORD = re.compile(r"[^\W_]+")
_ELISION = "…"


@dataclass(frozen=True, slots=True)
class Text:
    """The same words in Vietnamese and English."""

    vi: str
    en: str

    def in_language(self, language: str) -> str:
        """The words in "en", else in Vietnamese."""
        return self.en if language == Language.ENGLISH.value else self.vi


@dataclass(frozen=True, slots=True)
class Option:
    """One case: its label, the words that tell it in a question, the pattern by which one tells it already, and what answers it.

    `leads_to`: groups of the index ("procedure:…") and provisions; any of them answers.
    """

    id: str
    label: Text
    words: Text
    told: re.Pattern[str]
    leads_to: tuple[str | ProvisionId, ...]

    def is_told(self, folded: str) -> bool:
        """Whether a folded text tells this case."""
        return any(fold(words) in folded for words in (self.words.vi, self.words.en)) or bool(self.told.search(folded))

    def is_shown(self, answer: Answer) -> bool:
        """Whether `answer` holds what answers this case."""
        return any(_shows(answer, lead) for lead in self.leads_to)


@dataclass(frozen=True, slots=True)
class Situation:
    """When a fact matters: every pattern is in the folded question, and one of `answered_by` answers (empty: whatever does).

    Guides may also be meant where nothing answers.
    """

    patterns: tuple[re.Pattern[str], ...]
    answered_by: tuple[str | ProvisionId, ...] = ()

    def holds(self, folded: str, answer: Answer) -> bool:
        """Whether it is this situation."""
        # Words are sooner told than quotations: most situations end with the first pattern.
        return all(pattern.search(folded) for pattern in self.patterns) and self._fits(answer)

    def _fits(self, answer: Answer) -> bool:
        if answer.outcome not in ANSWERING:
            return not any(isinstance(one, ProvisionId) for one in self.answered_by)
        return not self.answered_by or any(_shows(answer, one) for one in self.answered_by)


@dataclass(frozen=True, slots=True)
class Fact:
    """Something about the asker's case, the question for it, its options, and the situations in which it matters."""

    id: str
    question: Text
    options: tuple[Option, ...]
    situations: tuple[Situation, ...]

    def option(self, option_id: str) -> Option | None:
        """The option of this id."""
        return next((option for option in self.options if option.id == option_id), None)

    def shown_in(self, answer: Answer) -> Option | None:
        """The case that `answer` is for, None where it shows none or several of them."""
        shown = [option for option in self.options if option.is_shown(answer)]
        return shown[0] if len(shown) == 1 else None

    def option_in(self, reply: str) -> Option | None:
        """The option that a short reply names: by its number, its label, or as a question would; None where none or several are."""
        folded = fold(squeeze(reply)).strip(" .!?")
        if folded.isdigit():
            return {str(number): option for number, option in enumerate(self.options, start=1)}.get(folded)
        labelled = [option for option in self.options if folded in (fold(option.label.vi), fold(option.label.en), option.id)]
        if labelled or len(_WORD.findall(folded)) > _LONGEST_REPLY:
            return labelled[0] if labelled else None
        told = [option for option in self.options if option.is_told(folded)]
        return told[0] if len(told) == 1 else None

    def is_needed(self, folded: str, answer: Answer) -> bool:
        """Whether the folded question leaves it open and the answer depends on it."""
        if not any(situation.holds(folded, answer) for situation in self.situations):
            return False
        return not any(option.is_told(folded) for option in self.options) and not all(option.is_shown(answer) for option in self.options)


class Facts:
    """The facts that may be asked back, in order of preference."""

    def __init__(self, facts: Iterable[Fact]) -> None:
        self._facts = {fact.id: fact for fact in facts}

    @classmethod
    def load(cls) -> Self:
        """The facts shipped with the project."""
        return cls(_fact(entry) for entry in read_table("assistant.understanding", "facts.yaml")["facts"])

    def all(self) -> tuple[Fact, ...]:
        """Every fact."""
        return tuple(self._facts.values())

    def find(self, fact_id: str) -> Fact | None:
        """The fact of this id."""
        return self._facts.get(fact_id)

    def chosen(self, choice: str) -> tuple[Fact, Option] | None:
        """What a button "fact:option" stands for, None where it is no such button."""
        fact_id, _, option_id = choice.partition(":")
        fact = self.find(fact_id)
        option = fact.option(option_id) if fact else None
        return (fact, option) if fact and option else None

    def needed(self, text: str, answer: Answer) -> Fact | None:
        """The fact to ask for after `answer` to `text` (as understood, marks restored); None where the answer stands without."""
        if answer.outcome not in _ASKED_AFTER or answer.is_urgent or len(_WORD.findall(text)) > _LONGEST_QUESTION:
            return None
        folded = fold(text)
        return next((fact for fact in self._facts.values() if fact.is_needed(folded, answer)), None)


def with_fact(text: str, option: Option) -> str:
    """The question `text` that also tells the case of `option`; told already, it stays as it is."""
    told = option.words.in_language(language_of(text).value)
    if fold(told) in fold(text):
        return text
    asked = squeeze(text).rstrip(" ?.!,;")
    return f"{asked}, {told}?" if asked else f"{told}?"


def answer_for(option: Option, answer: Answer, library: Library) -> Answer:
    """`answer` to the question with the words of `option`, or what the option leads to where the search did not find it."""
    if option.is_shown(answer):
        return answer
    understood, citer = answer.question, library.citer
    guide = next((library.procedures[lead] for lead in option.leads_to if isinstance(lead, str) and lead in library.procedures), None)
    if guide:
        basis = citer.basis_of(guide, understood.as_of)
        return Answer(Outcome.ANSWERED, understood, guide.who, basis, procedure=guide, basis="procedure")
    named = tuple(lead for lead in option.leads_to[:1] if isinstance(lead, ProvisionId))
    quoted = answer_named(replace(understood, named=named), citer)
    return replace(quoted, question=understood) if named and quoted.outcome is Outcome.ANSWERED else answer


def _shows(answer: Answer, wanted: str | ProvisionId) -> bool:
    if isinstance(wanted, str):
        return answer.procedure is not None and procedure_group(answer.procedure.id) == wanted
    # The basis of a guide is no answer of its own.
    return answer.procedure is None and any(_quotes(citation, wanted) for citation in answer.citations)


def _quotes(citation: Citation, wanted: ProvisionId) -> bool:
    """Whether the provision, or a part of it, stands in the quotation: a point may have been left out of its clause."""
    if wanted.contains(citation.provision):
        return True
    was_cut = wanted.point is not None and _ELISION in citation.quote and f"{wanted.point})" not in citation.quote
    return citation.provision.contains(wanted) and not was_cut


def _fact(entry: Mapping[str, Any]) -> Fact:  # Any: YAML
    situations = (
        Situation(tuple(map(re.compile, one["patterns"])), tuple(map(_target, one.get("answered_by", ())))) for one in entry["matters"]
    )
    options = (
        Option(one["id"], Text(**one["label"]), Text(**one["words"]), re.compile(one["told"]), tuple(map(_target, one["leads_to"])))
        for one in entry["options"]
    )
    return Fact(entry["id"], Text(**entry["question"]), tuple(options), tuple(situations))


def _target(name: str) -> str | ProvisionId:
    return ProvisionId.parse(name) if "@" in name else procedure_group(name)
