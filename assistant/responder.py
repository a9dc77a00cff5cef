"""One message in, one answer out: read in the light of the turns before, routed, and answered in the way of its kind."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

from assistant.answering.answerer import Answerer, Reading, logged
from assistant.answering.comparing import compared
from assistant.answering.stopwatch import Stopwatch
from assistant.answering.types import ANSWERING, Answer, Outcome, Question, WrittenClaim
from assistant.dialogue.followup import PastTurn, as_followup
from assistant.dialogue.readings import after_last_turn, is_meant_alone, leaning, mixed
from assistant.language_model.composer import Fallback, ModelComposer
from assistant.understanding.days import apart_from_days, day_meant
from assistant.understanding.facts import Facts, Option, answer_for
from assistant.understanding.routes import OFFICIAL, QUESTIONS, SURELY_LAW, Route, Routed
from assistant.understanding.sides import sides_of
from corpus.area_types import PlaceMatch
from corpus.areas import Areas
from corpus.text import fold
from embeddings.vector_cache import Vector

# The guides that tell how a complaint and a denunciation are really made: a chat message is neither
# (Luật Khiếu nại 02/2011/QH13, Article 8; Luật Tố cáo 25/2018/QH14, Articles 22 and 23).
_GUIDES = {Route.COMPLAINT: "procedure:khieu-nai-lan-dau", Route.DENUNCIATION: "procedure:to-cao"}
# Another reading of the message is offered if it is at least this probable.
_OFFERED = 0.15
# A legal question that is one this surely is not asked of the guides: of 270 such questions they had answered 4, and 3 of these wrongly.
_SURELY_NO_PROCEDURE = 0.9

_DELICATE = frozenset({Route.EMERGENCY, Route.DENUNCIATION})
# "Điều 173 và 174 … khung phạt nào cao hơn" asks for provisions and compares them.
_COMPARING = frozenset({Route.COMPARISON, Route.NAMED_PROVISION, None})
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


@dataclass(frozen=True, slots=True)
class _Way:
    """What a message was taken for in one way of reading it, and its answer then."""

    routed: Routed
    answer: Answer


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

    def respond(self, message: Message) -> Answer:
        """The answer; every end is a value, also a refusal."""
        ...


class Responder:
    """Answers messages. Without `areas` no place is recognised."""

    def __init__(
        self,
        answerer: Answerer,
        router: Routing,
        areas: Areas | None = None,
        composer: ModelComposer | None = None,
        facts: Facts | None = None,
        *,
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:
        self._answerer, self._router, self._areas, self._composer, self._clock = answerer, router, areas, composer, clock
        self._facts = facts

    @property
    def answerer(self) -> Answerer:
        """What answers questions."""
        return self._answerer

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
        way = self._way_meant(message, typed)
        answer = self._asking_back(way.answer, message)
        watch.lap("find")
        if self._composer and answer.citations and _may_leave(way.routed):
            answer = self._worded(answer, self._composer)
            watch.lap("word")
        return logged(replace(answer, timings_ms=watch.total()))

    def _way_meant(self, message: Message, typed: Reading) -> _Way:
        """The message read alone or, where it follows from the turns before, joined with them: whichever finds what is meant."""
        restored, before = typed.understood.restored, message.before
        alone = self._way(message, *self._said(message, typed, restored))
        name_of = self._answerer.library.citer.name_of
        text = as_followup(restored, before, name_of=name_of, leaning=leaning(alone.answer, before)) if before else None
        if text is None:
            return alone
        return _chosen(alone, self._joined_way(message, typed, text), before, text)

    def _joined_way(self, message: Message, typed: Reading, text: str) -> _Way:
        """The message as `text`, searched for with more weight on what is asked now than on what was told before."""
        reading, day_words = self._said(message, typed, text)
        if not reading.understood.named:
            restored = typed.understood.restored
            others = (self._said(message, typed, other)[0].prepared for other in (restored, after_last_turn(restored, message.before)))
            reading = replace(reading, prepared=mixed(reading.prepared, *others))
        return self._way(message, reading, day_words)

    def _way(self, message: Message, reading: Reading, day_words: str) -> _Way:
        routed = self._routed(message, reading)
        answer = self._compared(reading, routed, message) or self._in_its_way(message, reading, routed)
        if message.option:
            answer = answer_for(message.option, answer, self._answerer.library)
        answer = self._completed(answer, message, routed)
        return _Way(routed, replace(answer, day_words="" if answer.sides else day_words))

    def _said(self, message: Message, typed: Reading, text: str) -> tuple[Reading, str]:
        """`text`, what the message says or what it was made into, ready to be answered, and its words that name a day."""
        meant = None if message.as_of else day_meant(text, message.asked_on)
        as_typed = typed.understood
        if text == as_typed.restored and meant is None and self._apart_from_places(as_typed.typed, text) == text:
            return typed, ""
        # Day and place choose the texts and the office; their words would only lead the search astray.
        asked = self._apart_from_places(as_typed.typed, apart_from_days(text)[0] if meant else text)
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
        if message.meant:
            return Routed(message.meant, 1.0, ((message.meant, 1.0),))
        return self._router.route(reading.understood.restored, reading.prepared.meaning)

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
        return replace(answer, outcome=Outcome.NEEDS_CLARIFICATION, basis="fact", options=(), asked_back=fact)

    def _in_its_way(self, message: Message, reading: Reading, routed: Routed) -> Answer:
        if routed.route in SURELY_LAW:
            answer = self._of_law(message, reading)
            if answer.outcome is Outcome.ANSWERED and answer.confidence >= SURELY_LAW[routed.route]:
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
            case Route.ACCOUNT_STATUS | Route.SMALL_TALK | Route.OUT_OF_SCOPE if not understood.named:
                return Answer(Outcome.OUT_OF_SCOPE, understood, basis=routed.route.value)
            case Route.INJECTION if not understood.named:
                return Answer(Outcome.DECLINED, understood, basis=routed.route.value)
            case None:
                return self._unsure(message, reading, routed)
            case _:
                return self._of_law(message, reading, is_procedure=_is_procedure(message, routed))

    def _of_law(self, message: Message, reading: Reading, *, is_procedure: bool | None = None) -> Answer:
        return self._answerer.respond(reading, is_procedure=is_procedure, is_past=reading.understood.as_of < message.asked_on)

    def _guided(self, reading: Reading, route: Route) -> Answer:
        """How the complaint or denunciation is made where it counts."""
        guide = self._answerer.library.procedures.get(_GUIDES[route])
        basis = self._answerer.library.citer.basis_of(guide, reading.understood.as_of) if guide else ()
        return Answer(Outcome.HANDED_TO_FEEDBACK, reading.understood, citations=basis, procedure=guide, basis=route.value)

    def _unsure(self, message: Message, reading: Reading, routed: Routed) -> Answer:
        """What answers it as a question; where nothing does and it may well be none, a question back."""
        answer = self._of_law(message, reading)
        probable = [route for route, probability in routed.candidates if probability >= _OFFERED]
        other = tuple(route.value for route in probable if route in OFFICIAL)
        if answer.outcome is Outcome.NO_SOURCE and routed.candidates[0][0] in OFFICIAL:
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
        return replace(
            answer,
            route=(routed.route or routed.candidates[0][0]).value,
            is_urgent=Route.EMERGENCY in (routed.route, *routed.review),
            places=self._places(understood.typed, understood.restored),
            changed_since=citer.changed_since(answer.citations, message.asked_on) if was_past else (),
        )


def _is_procedure(message: Message, routed: Routed) -> bool | None:
    """Whether the message asks how something is done at an office; None where that is not sure enough to leave guides out."""
    # "Bao lâu thì có?" after a guide looks like a legal question.
    if not message.before and routed.route is Route.LEGAL_QUESTION and routed.confidence >= _SURELY_NO_PROCEDURE:
        return False
    return routed.route is Route.PROCEDURE or None


def _may_leave(routed: Routed) -> bool:
    """Whether the words may be sent to a model: only plain questions, and never what may be a denunciation (Luật Tố cáo, Article 8)."""
    return routed.route in QUESTIONS and Route.DENUNCIATION not in routed.review


def _chosen(alone: _Way, joined: _Way, before: Sequence[PastTurn], text: str) -> _Way:
    """The way that finds what is meant; either way the question was understood as `text`."""
    meant = alone if is_meant_alone(alone.answer, joined.answer, before) else joined
    # Danger and denunciations count in whichever way they show.
    shown = dict.fromkeys(one for way in (alone, joined) for one in (way.routed.route, *way.routed.review))
    flagged = tuple(one for one in shown if one in _DELICATE)
    understood = replace(meant.answer.question, restored=text)
    answer = replace(meant.answer, question=understood, follows=True, is_urgent=Route.EMERGENCY in flagged)
    return _Way(replace(meant.routed, review=flagged), answer)
