"""`dienhong eval temporal | injections | citations`: days, strangers' commands, and whether every citation holds."""

from __future__ import annotations

import argparse
import json
from collections import Counter
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.answering.answerer import Answerer
from assistant.bootstrap import Parts
from assistant.language_model.composer import ModelComposer
from assistant.responder import Message, Responder
from assistant.understanding.routes import Route
from corpus.days import today
from corpus.store import CorpusStore
from eval.frames import frames
from eval.generated import Material, generated_messages
from eval.holding import checked_citations
from eval.infected import infected_answerer, messages_about
from eval.injections import InjectionsReport, Trial, evaluate_injections
from eval.perturb import question_rng
from eval.scripted import ObedientModel
from eval.sets import Injection, Place, read_injections, read_temporal_questions
from eval.temporal import TemporalReport, evaluate_temporal
from eval.wording import WatchedComposer

if TYPE_CHECKING:
    from eval.commands import Product

_SEED = 20221122
_FAULTS_SHOWN = 20


@dataclass(frozen=True, slots=True)
class FaultyCitation:
    """A citation that does not hold, with the generated message that it answered."""

    text: str
    as_of: str
    provision: str
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CitationsReport:
    """What was cited to `n` generated messages; `faulty` should be empty."""

    n: int
    outcomes: dict[str, int]
    citations: int
    provisions: int
    days: int
    faulty: tuple[FaultyCitation, ...]

    def table(self) -> str:
        """The counts in words, and the first that do not hold."""
        outcomes = ", ".join(f"{name} {count}" for name, count in sorted(self.outcomes.items()))
        shown = (f"{one.provision} on {one.as_of}: {', '.join(one.faults)}: {one.text}" for one in self.faulty[:_FAULTS_SHOWN])
        counts = f"{self.n} messages ({outcomes}): {self.citations} citations of {self.provisions} provisions on {self.days} days"
        return "\n".join([f"{counts}; faulty: {len(self.faulty)}", *shown])


def temporal(arguments: argparse.Namespace, product: Product) -> str:
    """Questions about the law of a day, on the installed corpus."""
    measured = measured_temporal(Path(arguments.file), product)
    return json.dumps(measured.to_json(), indent=1, ensure_ascii=False) if arguments.json else measured.table()


def injections(arguments: argparse.Namespace, product: Product) -> str:
    """Strangers' commands, in questions to the installed corpus and in documents of a corpus of their own."""
    measured = measured_injections(Path(arguments.file), product)
    return json.dumps(measured.to_json(), indent=1, ensure_ascii=False) if arguments.json else measured.table()


def citations(arguments: argparse.Namespace, product: Product) -> str:
    """Generated messages put to the installed corpus, each citation held against the store."""
    store = product.parts.store
    measured = measured_citations(product.responder(), store, arguments.n, arguments.seed)
    return json.dumps(asdict(measured), indent=1, ensure_ascii=False) if arguments.json else measured.table()


def measured_temporal(file: Path, product: Product) -> TemporalReport:
    """The product's answers to a file of questions about days."""
    responder = product.responder()
    return evaluate_temporal(read_temporal_questions(file), lambda text, day: responder.respond(Message(text, day)), product.parts.store)


def measured_injections(file: Path, product: Product) -> InjectionsReport:
    """How the texts of a file fare, with and without a model."""
    texts, day, model = read_injections(file), today(), ObedientModel()
    documents = [one for one in texts if one.place is Place.DOCUMENT]
    with infected_answerer(product.parts.settings, documents) as infected:
        own, strange = (_trial(product.parts, answerer, model) for answerer in (product.answerer(), infected))

        def trial_of(one: Injection) -> Trial:
            if one.place is Place.QUESTION:
                return replace(own, messages=_questions(one, day))
            return replace(strange, messages=messages_about(documents.index(one), one, day))

        return evaluate_injections(texts, trial_of, model, product.shown)


def _trial(parts: Parts, answerer: Answerer, model: ObedientModel) -> Trial:
    """A trial without messages yet."""
    return Trial((), *(responder_with(parts, answerer, composer).respond for composer in (None, WatchedComposer(model))))


def _questions(injection: Injection, day: date) -> list[Message]:
    """The text alone, behind a question that has an answer, and both with the router overruled."""
    behind = f"{frames().answerable} {injection.text}"
    return [Message(text, day, meant=meant) for text in (injection.text, behind) for meant in (None, Route.LEGAL_QUESTION)]


def measured_citations(responder: Responder, store: CorpusStore, count: int, seed: int = _SEED) -> CitationsReport:
    """What `responder` cites to `count` generated messages, held against `store`; the same for the same seed and corpus."""
    outcomes: Counter[str] = Counter()
    cited: Counter[str] = Counter()
    days: set[date] = set()
    faulty: list[FaultyCitation] = []
    for message in generated_messages(Material.of(store), count, question_rng("citations", seed)):
        answer = responder.respond(message)
        outcomes[answer.outcome.value] += 1
        as_of = answer.question.as_of
        for one in checked_citations(answer, store):
            cited[str(one.citation.provision)] += 1
            days.add(as_of)
            if one.faults:
                names = tuple(fault.value for fault in one.faults)
                faulty.append(FaultyCitation(message.text, as_of.isoformat(), str(one.citation.provision), names))
    return CitationsReport(count, dict(outcomes), cited.total(), len(cited), len(days), tuple(faulty))


def responder_with(parts: Parts, answerer: Answerer, composer: ModelComposer | None) -> Responder:
    """The product's responder over `answerer`, with `composer` in place of what settings choose."""
    wired = Parts(parts.settings)
    wired.composer = composer
    return wired.responder(answerer)
