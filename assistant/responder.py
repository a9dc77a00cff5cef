"""One message in, one answer out: read in the light of the turns before, routed, and answered in the way of its kind."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

from assistant.answering.answerer import Answerer, Reading, logged
from assistant.answering.comparing import compared
from assistant.answering.stopwatch import Stopwatch
from assistant.answering.types import ANSWERING, Answer, Outcome, Question, WrittenClaim
from assistant.dialogue.courtesy import courtesy_returned, is_courtesy
from assistant.dialogue.followup import PastTurn, as_followup, with_topic
from assistant.dialogue.guides import guide_again, guide_given, names_guide
from assistant.dialogue.readings import after_last_turn, leaning, mixed
from assistant.language_model.composer import Fallback, ModelComposer
from assistant.language_model.leaving import Leaving
from assistant.short_messages import OFFERED, OFFICIAL_GUIDES, ShortMessages, is_bare_matter
from assistant.understanding.days import apart_from_days, apart_from_impossible_day, day_meant
from assistant.understanding.facts import Facts, Option, answer_for
from assistant.understanding.routes import OFFICIAL, QUESTIONS, Route, Routed, surely_law
from assistant.understanding.sides import sides_of
from assistant.ways import Way, asked_again, surely, way_meant
from corpus.area_types import PlaceMatch
from corpus.areas import Areas
from corpus.citations import names_articles
from corpus.text import fold
from embeddings.vector_cache import Vector

# A legal question that is one this surely is not asked of the guides: of 270 such questions they had answered 4, and 3 of these wrongly.
_SURELY_NO_PROCEDURE = 0.9

# "Điều 173 và 174 … khung phạt nào cao hơn" asks for provisions and compares them.
_COMPARING = frozenset({Route.COMPARISON, Route.NAMED_PROVISION, None})
# What looks rather like talk than like law is answered only by law that is found this surely.
_TALK, _SURER_THAN_TALK = frozenset({Route.OUT_OF_SCOPE, Route.SMALL_TALK}), 0.7
_FAILURES = frozenset(Fallback) - {Fallback.NO_PASSAGES, Fallback.NOTHING_LEFT}


@dataclass(frozen=True, slots=True)
class Message:
    """What somebody writes. `as_of` and `meant` are chosen by the asker and win over what the words say; `before`: oldest first.

    `option`: what the asker chose of a fact that was asked back; its words are in the text already.
    """

    text: str
    asked_on: date
    as_of: date | None = None
    before: tuple[PastTurn, ...] = ()
    meant: Route | None = None
    option: Option | None = None


class Routing(Protocol):
    """Tells what kind of message a text is; `meaning` is its vector, None without an encoder."""

    def route(self, text: str, meaning: Vector | None) -> Routed:
        """The route of one message."""
        ...


class Responding(Protocol):
    """Answers messages, here or elsewhere."""

    @property
    def answerer(self) -> Answerer:
        """What answers questions in this process."""
        ...

    def route_alone(self, text: str) -> Routed:
        """What kind of message `text` is by its words, found within a few milliseconds."""
        ...

    def respond(self, message: Message) -> Answer:
        """The answer; every end is a value, also a refusal."""
        ...


class Responder:
    """Answers messages. Without `areas` no place is recognised; `leaving` says which words `composer` may send to its model."""

    def __init__(
        self,
        answerer: Answerer,
        router: Routing,
        areas: Areas | None = None,
        composer: ModelComposer | None = None,
        facts: Facts | None = None,
        *,
        leaving: Leaving | None = None,
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:
        self._answerer, self._router, self._areas, self._composer, self._clock = answerer, router, areas, composer, clock
        self._facts, self._leaving, self._short = facts, leaving or Leaving(), ShortMessages(answerer)

    @property
    def answerer(self) -> Answerer:
        """What answers questions."""
        return self._answerer

    def route_alone(self, text: str) -> Routed:
        """What kind of message `text` is by its words, found within a few milliseconds: without its meaning and without any search."""
        return self._router.route(text, None)

    def respond(self, message: Message) -> Answer:
        """The answer; every end is a value, also a refusal."""
        watch = Stopwatch.start(self._clock)
        typed = self.read(message)
        watch.lap("understand")
        return self._responded(message, typed, watch)

    def read(self, message: Message) -> Reading | Answer:
        """The message understood and ready to search, or the answer to one that asks nothing: the part that needs the encoder."""
        return self._answerer.read(Question(message.text, message.as_of or message.asked_on))

    def respond_to(self, message: Message, typed: Reading | Answer) -> Answer:
        """The answer to a message that was read, here or elsewhere."""
        return self._responded(message, typed, Stopwatch.start(self._clock))

    def _responded(self, message: Message, typed: Reading | Answer, watch: Stopwatch) -> Answer:
        if isinstance(typed, Answer):
            return replace(typed, timings_ms=watch.total())
        message = replace(message, before=with_topic(message.before))
        way = self._way_meant(message, typed)
        answer = self._asking_back(way.answer, message)
        watch.lap("find")
        if self._composer and answer.citations:
            may_leave = self._leaving.may_leave(way.routed, answer.question)
            answer = self._worded(answer, self._composer) if may_leave else replace(answer, is_kept_from_model=True)
            watch.lap("word")
        return logged(replace(answer, timings_ms=watch.total()))

    def _way_meant(self, message: Message, typed: Reading) -> Way:
        """The message read alone or, where it follows from the turns before, joined with them: whichever finds what is meant."""
        restored, before = typed.understood.restored, message.before
        if message.meant is None and is_courtesy(typed.understood.typed):
            return self._given(surely(Route.SMALL_TALK), courtesy_returned(typed.understood), message)
        alone = self._way(message, *self._said(message, typed, restored))
        name_of = self._answerer.library.citer.name_of
        text = as_followup(restored, before, name_of=name_of, leaning=leaning(alone.answer, before)) if before else None
        procedures = self._answerer.library.procedures.values()
        if text is None or names_guide(restored, procedures):
            said = None if message.meant or message.option else self._short.without_matter(typed)
            return self._given(*said, message) if said else alone
        guide = None if names_articles(text) else guide_again(restored, before, procedures)
        given = guide and self._given(surely(Route.PROCEDURE), guide_given(guide, typed.understood, text), message)
        joined = given or self._joined_way(message, typed, text)
        # Where all before was asked back there is nothing yet that this could go on from.
        again = asked_again(alone, joined, text) if any(turn.outcome != Outcome.NEEDS_CLARIFICATION for turn in before) else alone
        return way_meant(alone, joined, before, text) or self._after_last(message, typed, alone) or again

    def _after_last(self, message: Message, typed: Reading, alone: Way) -> Way | None:
        """The message joined with the turn just before, which may say more than the one that opened the topic."""
        after = after_last_turn(typed.understood.restored, message.before).rstrip(" ?.!") + "?"
        text = after[:1].upper() + after[1:]
        return way_meant(alone, self._joined_way(message, typed, text), message.before, text)

    def _joined_way(self, message: Message, typed: Reading, text: str) -> Way:
        """The message as `text`, searched for with more weight on what is asked now than on what was told before."""
        reading, day_words = self._said(message, typed, text)
        if not reading.understood.named:
            restored = typed.understood.restored
            others = (self._said(message, typed, other)[0].prepared for other in (restored, after_last_turn(restored, message.before)))
            reading = replace(reading, prepared=mixed(reading.prepared, *others))
        return self._way(message, reading, day_words)

    def _way(self, message: Message, reading: Reading, day_words: str) -> Way:
        routed = self._routed(message, reading)
        named = None if message.meant else self._short.by_name(reading, routed)
        routed, answer = named or (routed, self._compared(reading, routed, message) or self._in_its_way(message, reading, routed))
        if message.option:
            answer = answer_for(message.option, answer, self._answerer.library)
        way = self._given(routed, answer, message)
        return replace(way, answer=replace(way.answer, day_words="" if answer.sides else day_words))

    def _given(self, routed: Routed, answer: Answer, message: Message) -> Way:
        return Way(routed, self._completed(answer, message, routed))

    def _said(self, message: Message, typed: Reading, text: str) -> tuple[Reading, str]:
        """`text`, what the message says or what it was made into, ready to be answered, and its words that name a day."""
        meant = None if message.as_of else day_meant(text, message.asked_on)
        as_typed = typed.understood
        # Day and place choose the texts and the office; their words would only lead the search astray.
        asked = self._apart_from_places(as_typed.typed, apart_from_days(text)[0] if meant else apart_from_impossible_day(text)[0])
        if text == as_typed.restored == asked and meant is None:
            return typed, ""
        again = self._answerer.read(Question(asked, meant.day if meant else as_typed.as_of))
        if isinstance(again, Answer):
            return typed, ""
        understood = replace(again.understood, typed=as_typed.typed, restored=text)
        return replace(again, understood=understood), meant.words if meant else ""

    def _apart_from_places(self, typed: str, text: str) -> str:
        """`text` without the places in it; names are found as typed, since putting marks back may change them."""
        for match in reversed(self._places(typed, text)):
            text = f"{text[: match.start].rstrip()} {text[match.end :].lstrip()}".strip()
        return text

    def _places(self, typed: str, text: str) -> tuple[PlaceMatch, ...]:
        if self._areas is None:
            return ()
        # Marks take no room: what was typed has the same places as long as nothing else was changed.
        return tuple(self._areas.find(typed if fold(typed) == fold(text) else text))

    def _routed(self, message: Message, reading: Reading) -> Routed:
        routed = self._router.route(reading.understood.restored, reading.prepared.meaning)
        if message.meant is None:
            return routed
        # What the asker calls a question may be a denunciation all the same.
        review = tuple({Route.DENUNCIATION} & {routed.candidates[0][0], *routed.review})
        return Routed(message.meant, 1.0, ((message.meant, 1.0),), review)

    def _compared(self, reading: Reading, routed: Routed, message: Message) -> Answer | None:
        """Both sides of a comparison, None where there are none; of two times also where the message is another kind of question."""
        day = message.as_of or message.asked_on
        sides = sides_of(reading.understood.restored, day) if routed.route in QUESTIONS | {None} else None
        if sides is None or not (sides.of_times or routed.route in _COMPARING):
            return None
        found = compared(sides, self._answerer, replace(reading.understood, as_of=day), day)
        return replace(found.answer, sides=found.sides) if found else None

    def _asking_back(self, answer: Answer, message: Message) -> Answer:
        """`answer` with the fact that would change it, if any; where nothing answers, the question back is all that is said."""
        fact = self._facts.needed(answer.question.restored, answer) if self._facts and message.option is None and not answer.sides else None
        if fact is None or answer.outcome in ANSWERING:
            return replace(answer, asked_back=fact)
        if answer.basis == "named":
            return answer
        return replace(answer, outcome=Outcome.NEEDS_CLARIFICATION, basis="fact", options=(), asked_back=fact)

    def _in_its_way(self, message: Message, reading: Reading, routed: Routed) -> Answer:
        # Who says by a button what it is does not want the law again.
        least = surely_law(routed.route, reading.understood.restored)
        if routed.route and least is not None and not message.meant:
            answer = self._of_law(message, reading)
            if answer.outcome is Outcome.ANSWERED and answer.confidence >= least:
                return replace(answer, options=(routed.route.value,) if routed.route in OFFICIAL else ())
        return self._by_route(message, reading, routed)

    def _by_route(self, message: Message, reading: Reading, routed: Routed) -> Answer:
        understood = reading.understood
        match routed.route:
            case Route.EMERGENCY:
                return Answer(Outcome.EMERGENCY, understood, basis=Route.EMERGENCY.value)
            case Route.COMPLAINT | Route.DENUNCIATION:
                return self._guided(reading, routed.route)
            case Route.REPORT | Route.RECOMMENDATION:
                return replace(self._answerer.near(reading), outcome=Outcome.HANDED_TO_FEEDBACK, basis=routed.route.value)
            case Route.SMALL_TALK if is_bare_matter(reading, routed):
                return self._of_law(message, reading)
            case Route.ACCOUNT_STATUS | Route.SMALL_TALK | Route.OUT_OF_SCOPE if not understood.names_law:
                return Answer(Outcome.OUT_OF_SCOPE, understood, basis=routed.route.value)
            case Route.INJECTION if not understood.names_law:
                return Answer(Outcome.DECLINED, understood, basis=routed.route.value)
            case None:
                return self._unsure(message, reading, routed)
            case _:
                return self._of_law(message, reading, is_procedure=_is_procedure(message, routed))

    def _of_law(self, message: Message, reading: Reading, *, is_procedure: bool | None = None) -> Answer:
        return self._answerer.respond(reading, is_procedure=is_procedure, is_past=reading.understood.as_of < message.asked_on)

    def _guided(self, reading: Reading, route: Route) -> Answer:
        """How the complaint or denunciation is made where it counts."""
        guide = self._answerer.library.procedures.get(OFFICIAL_GUIDES[route])
        basis = self._answerer.library.citer.basis_of(guide, reading.understood.as_of) if guide else ()
        return Answer(Outcome.HANDED_TO_FEEDBACK, reading.understood, citations=basis, procedure=guide, basis=route.value)

    def _unsure(self, message: Message, reading: Reading, routed: Routed) -> Answer:
        """What answers it as a question; where nothing does and it may well be none, a question back."""
        answer = self._of_law(message, reading)
        probable = [route for route, probability in routed.candidates if probability >= OFFERED]
        other = tuple(route.value for route in probable if route in OFFICIAL)
        if routed.candidates[0][0] in _TALK and answer.outcome is Outcome.ANSWERED and 0 < answer.confidence < _SURER_THAN_TALK:
            return self._answerer.near(reading)
        if answer.outcome is Outcome.NO_SOURCE and answer.basis != "named" and routed.candidates[0][0] in OFFICIAL:
            options = tuple(route.value for route in probable if route in OFFICIAL | QUESTIONS)
            return replace(answer, outcome=Outcome.NEEDS_CLARIFICATION, options=options, basis="unsure")
        return replace(answer, options=other)

    def _worded(self, answer: Answer, composer: ModelComposer) -> Answer:
        """`answer` with what the model wrote of it and the law bears out; where the model failed, the outcome says so."""
        composed = composer.compose(answer.question, answer, answer.question.language)
        if composed.fallback in _FAILURES:
            return replace(answer, outcome=Outcome.MODEL_UNAVAILABLE)
        return replace(answer, claims=tuple(WrittenClaim(claim.text, claim.provisions) for claim in composed.claims))

    def _completed(self, answer: Answer, message: Message, routed: Routed) -> Answer:
        understood = answer.question
        was_past = understood.as_of < message.asked_on
        citer = self._answerer.library.citer
        if answer.procedure:
            # A guide is of the day it was checked, whatever day was asked for; law that was not in force on that day is not cited for it.
            basis = citer.basis_of(answer.procedure, message.asked_on)
            held = tuple(one for one in basis if one.valid_from is None or one.valid_from <= understood.as_of)
            answer, was_past = replace(answer, citations=held), False
        return replace(
            answer,
            route=(routed.route or routed.candidates[0][0]).value,
            is_urgent=Route.EMERGENCY in (routed.route, *routed.review),
            impossible_day="" if message.as_of else apart_from_impossible_day(understood.restored)[1],
            places=self._places(understood.typed, understood.restored),
            changed_since=citer.changed_since(answer.citations, message.asked_on) if was_past else (),
        )


def _is_procedure(message: Message, routed: Routed) -> bool | None:
    """Whether the message asks how something is done at an office; None where that is not sure enough to leave guides out."""
    # "Bao lâu thì có?" after a guide looks like a legal question.
    if not message.before and routed.route is Route.LEGAL_QUESTION and routed.confidence >= _SURELY_NO_PROCEDURE:
        return False
    return routed.route is Route.PROCEDURE or None
