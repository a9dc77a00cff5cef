"""A question and its answer as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from corpus.area_types import PlaceMatch
from corpus.ids import ProvisionId
from corpus.types import Procedure

if TYPE_CHECKING:
    from assistant.answering.comparing import ComparedSide
    from assistant.understanding.facts import Fact


class Outcome(StrEnum):
    """How a question ended."""

    ANSWERED = "answered"
    PARTLY_ANSWERED = "partly_answered"
    NO_SOURCE = "no_source"
    NOT_IN_FORCE_ON_DATE = "not_in_force_on_date"
    NEEDS_CLARIFICATION = "needs_clarification"
    OUT_OF_SCOPE = "out_of_scope"
    DECLINED = "declined"
    HANDED_TO_FEEDBACK = "handed_to_feedback"
    EMERGENCY = "emergency"
    MODEL_UNAVAILABLE = "model_unavailable"


# Ends in which something at hand answers; the last one quotes because no language model could word it.
ANSWERING = frozenset({Outcome.ANSWERED, Outcome.PARTLY_ANSWERED, Outcome.MODEL_UNAVAILABLE})


@dataclass(frozen=True, slots=True)
class Question:
    """What somebody asks; `as_of` is the day whose law is meant."""

    text: str
    as_of: date


@dataclass(frozen=True, slots=True)
class Understood:
    """A question as understood: what was typed, with marks restored, its language, the provisions and documents that it names."""

    typed: str
    restored: str
    language: str
    as_of: date
    named: tuple[ProvisionId, ...] = ()
    # Documents that the question names and the corpus lacks, as written.
    unknown: tuple[str, ...] = ()
    # Provisions that it names without any document.
    unplaced: tuple[ProvisionId, ...] = ()

    @property
    def names_law(self) -> bool:
        """Whether it names a provision or a document, held or not."""
        return bool(self.named or self.unknown or self.unplaced)


@dataclass(frozen=True, slots=True)
class LaterChange:
    """A law that may have changed the quoted text since; `certain` where it is known to touch this article."""

    number: str
    title: str
    since: date
    certain: bool


@dataclass(frozen=True, slots=True)
class Citation:
    """One provision quoted: the finest one that holds the quotation, with all a reader needs to check it."""

    provision: ProvisionId
    document_number: str
    document_title: str
    heading: str
    quote: str
    valid_from: date | None
    valid_to: date | None
    url: str | None
    score: float
    later_changes: tuple[LaterChange, ...] = ()


@dataclass(frozen=True, slots=True)
class Related:
    """Something near the question that does not answer it; never shown as the answer."""

    id: str
    title: str
    score: float


@dataclass(frozen=True, slots=True)
class WrittenClaim:
    """One sentence that a language model wrote, verified against the provisions that it rests on."""

    text: str
    provisions: tuple[ProvisionId, ...]


@dataclass(frozen=True, slots=True)
class ChangedSince:
    """What became of a provision after the day that was asked about: another text since `since`, or none any more."""

    provision: ProvisionId
    since: date | None
    is_gone: bool


@dataclass(frozen=True, slots=True)
class AddedLater:
    """A provision, labelled for people, that the text at hand lacks because a later law added its article."""

    provision: str
    by: LaterChange


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said to a question: the outcome, one lead sentence taken from the law, citations, nearby provisions."""

    outcome: Outcome
    question: Understood
    lead: str = ""
    citations: tuple[Citation, ...] = ()
    related: tuple[Related, ...] = ()
    procedure: Procedure | None = None
    timings_ms: Mapping[str, float] = field(default_factory=dict)
    basis: str = ""
    # Provisions that the question names and their documents lack, labelled for people.
    missing: tuple[str, ...] = ()
    # Those of them that a later law added.
    added_later: tuple[AddedLater, ...] = ()
    # Articles that the question names and that are not quoted whole.
    more_of: tuple[ProvisionId, ...] = ()
    # What a language model wrote of the citations, verified; empty without a model and wherever it failed.
    claims: tuple[WrittenClaim, ...] = ()
    # A model is set and was not asked: the message may be other than a plain question, or tells of persons.
    is_kept_from_model: bool = False
    # How probably the law quoted answers, 0 where none was searched for.
    confidence: float = 0.0
    # What kind of message it was taken for (assistant.understanding.routes.Route); empty where nobody routed it.
    route: str = ""
    # What the asker may have meant instead: routes, to be offered as buttons.
    options: tuple[str, ...] = ()
    # Whether somebody may be in danger: emergency numbers come first then, whatever else is answered.
    is_urgent: bool = False
    # Whether it was understood from the turns before.
    follows: bool = False
    # Words of the question that say which day's law is meant.
    day_words: str = ""
    # Words of the question that name a day which no calendar has.
    impossible_day: str = ""
    places: tuple[PlaceMatch, ...] = ()
    changed_since: tuple[ChangedSince, ...] = ()
    # The provision cited whose words the lead is.
    lead_of: ProvisionId | None = None
    # The fact that the asker should tell next, with its options; None where the answer stands without.
    asked_back: Fact | None = None
    # The two sides of a comparison, each with its own lead and citations; empty where nothing was compared.
    sides: tuple[ComparedSide, ...] = ()
