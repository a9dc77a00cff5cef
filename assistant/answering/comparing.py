"""Two sides of a comparison, each answered from the law as it was or is, and quoted beside the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from assistant.answering.answerer import Answerer
from assistant.answering.citing import Citer
from assistant.answering.evidence import best_quotation, quotations
from assistant.answering.types import ANSWERING, Answer, Citation, Outcome, Question, Understood
from assistant.understanding.sides import Side, Sides
from corpus.citations import names_articles
from corpus.ids import ProvisionId
from corpus.text import fold
from corpus.types import Article, Procedure

_QUOTED = 3
_ASKED_OF_A_NAME = ("{} là gì", "quy định về {}")
_SURE = 0.6
# What guides tell of the time before: the two-level administration began on this day.
_REFORM = date(2025, 7, 1)


class SideState(StrEnum):
    """What could be found of one side."""

    QUOTED = "quoted"
    GUIDE = "guide"
    # The text of the later day was law on the earlier day already.
    UNCHANGED = "unchanged"
    # The corpus has a text for the other day only.
    NO_TEXT = "no_text"
    # A law is named that the corpus lacks.
    NOT_HELD = "not_held"
    NO_SOURCE = "no_source"


@dataclass(frozen=True, slots=True)
class ComparedSide:
    """One side: its name as written (may be empty), the day whose law is meant (None: not known), and what is said of it.

    `lead` is taken from `lead_of`, or from the guide. `citations` are among those of the answer.
    """

    name: str
    as_of: date | None
    state: SideState
    lead: str = ""
    lead_of: ProvisionId | None = None
    citations: tuple[Citation, ...] = ()
    procedure: Procedure | None = None

    @property
    def says_something(self) -> bool:
        """Whether anything answers it."""
        return self.state in (SideState.QUOTED, SideState.GUIDE, SideState.UNCHANGED)

    @property
    def source(self) -> Procedure | ProvisionId | None:
        """The guide or the first article that it is taken from."""
        return self.procedure or (self.citations[0].provision.of_article if self.citations else None)

    @property
    def title(self) -> str:
        """The guide's name or the heading of the first article."""
        if self.procedure:
            return self.procedure.name
        return self.citations[0].heading if self.citations else ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """The answer with the citations of both sides, and the sides, in the order asked (of two times: the earlier first)."""

    answer: Answer
    sides: tuple[ComparedSide, ComparedSide]


def compared(sides: Sides, answerer: Answerer, understood: Understood, asked_on: date) -> Comparison | None:
    """Both sides answered; None where neither can be, or both by the same words: then the question is better answered as one."""
    first, second = found = _of_times(sides, answerer, asked_on) if sides.of_times else _of_things(sides, answerer, asked_on)
    if not any(side.says_something for side in found) or _is_one(found, sides):
        return None
    citations = {(citation.provision, citation.valid_from): citation for side in found for citation in side.citations}
    outcome = Outcome.ANSWERED if first.says_something and second.says_something else Outcome.PARTLY_ANSWERED
    # Of one guide at two times the whole is shown; of two guides each side says what matters.
    guide = second.procedure if sides.of_times else None
    answer = Answer(outcome, understood, citations=tuple(citations.values()), procedure=guide, basis="comparison")
    return Comparison(answer, found)


def _is_one(found: tuple[ComparedSide, ComparedSide], sides: Sides) -> bool:
    """Whether two things are answered from one guide or article, although neither names an article."""
    first, second = found
    return not sides.of_times and first.source is not None and first.source == second.source and not names_articles(sides.first.name)


def _of_things(sides: Sides, answerer: Answerer, asked_on: date) -> tuple[ComparedSide, ComparedSide]:
    return _answered(sides.first, answerer, asked_on), _answered(sides.second, answerer, asked_on)


def _answered(side: Side, answerer: Answerer, asked_on: date) -> ComparedSide:
    """One thing, by what is asked of it, else by what it is: a name alone finds whatever mentions it."""
    law, day = _named_law(side, answerer, asked_on)
    if day is None:
        return ComparedSide(side.name, asked_on, SideState.NOT_HELD)
    if side.question != side.name or names_articles(side.name):
        found = _from(_response(side.question, answerer, day), side.name, law)
        if found:
            return found
    return _by_name(side.name, answerer, day, law) or ComparedSide(side.name, day, SideState.NO_SOURCE)


def _by_name(name: str, answerer: Answerer, day: date, law: str | None) -> ComparedSide | None:
    """What the name alone finds: best the provision or guide with hardly another word in its title."""
    named, *asked = (_response(form.format(name), answerer, day) for form in ("{}", *_ASKED_OF_A_NAME))
    sure = [_from(answer, name, law) if answer.procedure or answer.confidence >= _SURE else None for answer in (named, *asked)]
    titled = [found for found in sure if found and fold(name) in fold(found.title)]
    # A name that stands in no title finds whatever mentions it; asked as a question it is weighed better.
    return min(titled, key=lambda found: len(found.title)) if titled else next(filter(None, sure[1:]), None)


def _named_law(side: Side, answerer: Answerer, asked_on: date) -> tuple[str | None, date | None]:
    """The law that a side names, and a day on which it is in force: (None, None) where the corpus lacks it."""
    library = answerer.library
    mention = next(iter(library.names.mentions(side.name, asked_on)), None)
    if mention is None:
        return None, asked_on
    if mention.key is None:
        return None, None
    validity = next(document.validity for document in library.documents if document.key == mention.key)
    if validity.until and validity.until <= asked_on:
        return mention.key, validity.until - timedelta(days=1)
    return mention.key, max(asked_on, validity.since or asked_on)


def _response(text: str, answerer: Answerer, day: date) -> Answer:
    reading = answerer.read(Question(text, day))
    return reading if isinstance(reading, Answer) else answerer.respond(reading)


def _from(answer: Answer, name: str, law: str | None = None) -> ComparedSide | None:
    """What an answer says of a side, None where it says nothing (of this law)."""
    day = answer.question.as_of
    if answer.outcome not in ANSWERING:
        return None
    if answer.procedure and not law:
        return ComparedSide(name, day, SideState.GUIDE, answer.procedure.who, None, answer.citations, answer.procedure)
    chosen = [citation for citation in answer.citations if law in (None, citation.provision.document)]
    # The best article is enough beside that of the other side.
    best = answer.lead_of.of_article if answer.lead_of and law in (None, answer.lead_of.document) else None
    kept = tuple(one for one in chosen if best is None or one.provision.of_article == best)[:_QUOTED]
    if not kept:
        return None
    lead = answer.lead if best else kept[0].quote.splitlines()[0]
    return ComparedSide(name, day, SideState.QUOTED, lead, answer.lead_of if best else kept[0].provision, kept)


def _of_times(sides: Sides, answerer: Answerer, asked_on: date) -> tuple[ComparedSide, ComparedSide]:
    """The same provisions on two days; where they were others then, what answered then."""
    later_day = sides.second.day or asked_on
    response = _response(sides.second.question, answerer, later_day)
    later = _from(response, sides.second.name)
    if later is None:
        return _then_only(sides, answerer, later_day)
    if later.procedure:
        places = "; ".join(f"{place.body} ({place.when})" if place.when else place.body for place in later.procedure.where)
        return _guide_before(sides.first, later.procedure, later_day), replace(later, lead=places or later.lead)
    citer = answerer.library.citer
    now = citer.in_force([later.citations[0].provision.of_article], later_day)
    day = sides.first.day or _day_before(next(iter(now.values()), None))
    return _earlier(sides.first, day, later, answerer), later


def _then_only(sides: Sides, answerer: Answerer, later_day: date) -> tuple[ComparedSide, ComparedSide]:
    """What was law on the earlier day, where nothing answers on the later one."""
    nothing = ComparedSide(sides.second.name, later_day, SideState.NO_SOURCE)
    day = sides.first.day
    found = _from(_response(sides.first.question, answerer, day), sides.first.name) if day else None
    return found or ComparedSide(sides.first.name, day, SideState.NO_SOURCE), nothing


def _guide_before(side: Side, guide: Procedure, later_day: date) -> ComparedSide:
    """What a guide tells of the time before the reform."""
    day = side.day or min(later_day, _REFORM - timedelta(days=1))
    if guide.two_level_change and day < _REFORM:
        return ComparedSide(side.name, day, SideState.GUIDE, guide.two_level_change, procedure=guide)
    return ComparedSide(side.name, side.day, SideState.NO_TEXT)


def _day_before(text: Article | None) -> date | None:
    """The last day before a text became law, None where nobody knows when it did."""
    return text.validity.since - timedelta(days=1) if text and text.validity.since else None


def _earlier(side: Side, day: date | None, later: ComparedSide, answerer: Answerer) -> ComparedSide:
    if day is None:
        return ComparedSide(side.name, None, SideState.NO_TEXT)
    citer = answerer.library.citer
    article = later.citations[0].provision.of_article
    old = citer.in_force([article], day).get(article)
    if old and old.validity.since == later.citations[0].valid_from:
        return replace(later, name=side.name, as_of=day, state=SideState.UNCHANGED)
    if old:
        return _quotation_of(old, side, day, later.citations, citer)
    searched = _from(_response(side.question, answerer, day), side.name)
    if searched and _is_predecessor(searched, later):
        return searched
    return ComparedSide(side.name, day, SideState.NO_TEXT)


def _is_predecessor(earlier: ComparedSide, later: ComparedSide) -> bool:
    """Whether the law found has the title of the later one: whatever else was law then need not speak of the matter."""
    titles = [fold(found.citations[0].document_title) if found.citations else "" for found in (earlier, later)]
    return earlier.procedure is None and bool(titles[0]) and titles[0] == titles[1]


def _quotation_of(text: Article, side: Side, day: date, later: Sequence[Citation], citer: Citer) -> ComparedSide:
    """The clauses of an earlier text that are cited of the later one; those that answer, where it has no such clause."""
    same = [part for citation in later for part in quotations(text, side.question, (), only=citation.provision.of_clause)]
    quoted = (same or quotations(text, side.question, ()))[:_QUOTED]
    best = best_quotation(quoted)
    citations = tuple(citer.citation(text, quotation, day) for quotation in quoted)
    return ComparedSide(side.name, day, SideState.QUOTED, best.lead, best.lead_of, citations)
