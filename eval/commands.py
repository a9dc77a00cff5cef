"""`dienhong eval retrieval | answers | speed | report`: the product's own parts, measured as they are."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory

import assistant.answering
from assistant.answering.answerer import Answerer
from assistant.answering.confidence import WITH_QUESTIONS, WITHOUT_QUESTIONS
from assistant.answering.types import Answer
from assistant.bootstrap import Parts
from assistant.chosen_models import make_language_model
from assistant.responder import Message, Responder
from corpus.days import today
from corpus.questions import everyday_questions
from embeddings.build import Progress
from embeddings.retrieve import Retriever
from embeddings.vector_index import SearchFilter
from eval.answers import AnswersReport, evaluate_answers
from eval.asking import asking
from eval.calibration import Example, calibrated_scope, examples_of_answers, examples_of_set, examples_to_train, fitted, judged
from eval.errors import EvalError
from eval.indexing import retriever_over
from eval.report import markdown_table, write_report
from eval.retrieval import RetrievalReport, evaluate_retrieval
from eval.scripted import Script, ScriptedModel
from eval.sets import read_answer_questions, read_retrieval_set
from eval.talk import dialogue, router
from eval.trials import citations, injections, measured_citations, measured_injections, measured_temporal, responder_with, temporal
from eval.understanding import feedback
from eval.wording import WatchedComposer, Wording

__all__ = [
    "EvalError",
    "Product",
    "answers",
    "calibrate",
    "citations",
    "dialogue",
    "encoders",
    "feedback",
    "injections",
    "report",
    "retrieval",
    "router",
    "speed",
    "temporal",
]

_DEPTH = 50
_WARM_UP = 5
_ANSWER_SETS = ("everyday-dev", "everyday-test", "adversarial")
_GENERATED = 1000


@dataclass(frozen=True, slots=True)
class Product:
    """What is measured: the parts, the answerer inside, the text that people are shown, and where progress is told."""

    parts: Parts
    answerer: Callable[[], Answerer]
    shown: Callable[[Answer], str]
    progress: Callable[[], AbstractContextManager[Progress]]

    def responder(self) -> Responder:
        """What answers people: routed, in the light of day and place, worded by a model where settings name one."""
        return self.parts.responder(self.answerer())


def retrieval(arguments: argparse.Namespace, product: Product) -> str:
    """Search measured on a folder of questions, over an index of that folder's own texts."""
    measured = measured_retrieval(Path(arguments.directory), product)
    return json.dumps(measured.to_json(), indent=1) if arguments.json else measured.table()


def answers(arguments: argparse.Namespace, product: Product) -> str:
    """Answers measured on the installed corpus, as they are or worded by the model that `arguments` name."""
    wording = _wording(arguments, product.parts)
    responder = responder_with(product.parts, product.answerer(), wording.composer) if wording else product.responder()
    measured = measured_answers(Path(arguments.file), responder, product)
    figures = wording.figures() if wording else None
    if arguments.json:
        return json.dumps({**measured.to_json(), **({"model": figures.to_json()} if figures else {})}, indent=1)
    return "\n".join([measured.table(), *([figures.line()] if figures else [])])


def _wording(arguments: argparse.Namespace, parts: Parts) -> Wording | None:
    """What words the answers: a scripted model, that at a URL, or none but what settings say."""
    if arguments.scripted:
        scripted = ScriptedModel(Script(arguments.scripted))
        return Wording(WatchedComposer(scripted), scripted.lies)
    if not arguments.model:
        return None
    settings = parts.settings.model_copy(update={"llm_path": None, "llm_url": arguments.model, "llm_model": arguments.model_name})
    model = make_language_model(settings)
    return Wording(WatchedComposer(model, deadline_s=settings.llm_timeout_s)) if model else None


def report(arguments: argparse.Namespace, product: Product) -> str:
    """A report page on the project's own questions and any folders named; returns its path."""
    answerer = product.answerer()
    # Whoever measures opens the index once: no other process may, and it takes a second.
    product = replace(product, answerer=lambda: answerer)
    facts = product.parts.index_home.current().facts
    responder = product.responder()
    path = write_report(
        Path(arguments.directory),
        {Path(folder).name: measured_retrieval(Path(folder), product) for folder in arguments.retrieval},
        {name: measured_answers(_own(name), responder, product) for name in _ANSWER_SETS},
        {
            "corpus revision": facts.revision,
            "encoder": facts.encoder or "none",
            "passages": str(facts.passages),
            "day": today().isoformat(),
        },
        _sections(product, responder),
    )
    return str(path)


def _sections(product: Product, responder: Responder) -> dict[str, str]:
    """What the report says besides search and answers, by heading."""
    turns, messages = (argparse.Namespace(file=str(_own(name)), train=[], json=False) for name in ("dialogues-test", "router-test"))
    days, commands = measured_temporal(_own("temporal"), product), measured_injections(_own("injections"), product)
    return {
        "Questions about a day": markdown_table(*days.rows()),
        "Strangers' commands": f"{commands.line()}\n\n{markdown_table(*commands.rows())}",
        "Citations to generated messages": measured_citations(responder, product.parts.store, _GENERATED).table(),
        "Kinds of message": router(messages, product),
        "Conversations": f"```\n{dialogue(turns, product)}\n```",
    }


def _own(name: str) -> Path:
    return Path(str(files("eval") / "data" / f"{name}.jsonl"))


def calibrate(arguments: argparse.Namespace, product: Product) -> str:
    """The constants of assistant/answering/confidence.py fitted anew: on the development questions, judged on the test half."""
    folder = Path(str(files("eval") / "data"))
    retriever = product.answerer().retriever
    law = SearchFilter(as_of=today(), kinds=("law",))
    test = read_answer_questions(folder / "everyday-test.jsonl")
    lines: list[str] = []
    for name, searcher in (("WITH_QUESTIONS", retriever), ("BY_WORDS", retriever.by_words())):
        model = fitted(examples_to_train(folder, searcher, law), WITH_QUESTIONS.threshold)
        lines += [f"{name}, judged on the test half:", judged(model, examples_of_answers(test, searcher, law))]
    examples = [example for name in arguments.apart for example in _examples_apart(Path(name), product)]
    if examples:
        lines += ["WITHOUT_QUESTIONS:", judged(fitted(examples, WITHOUT_QUESTIONS.threshold), examples)]
    lines.append(_scope_made_anew(folder, retriever, law, product))
    return "\n".join(lines)


def _scope_made_anew(folder: Path, retriever: Retriever, law: SearchFilter, product: Product) -> str:
    """Fits the scope on what the project wrote and puts it into the source tree; how the judges over it do."""
    # Law that is not at hand answers nothing yet.
    at_hand = {document.key for document in product.parts.store.documents()}
    asked = {article: questions for article, questions in everyday_questions().items() if article.document in at_hand}
    written = [one.question for questions in asked.values() for one in questions]
    written += [question for procedure in product.parts.store.procedures() for question in procedure.questions]
    scope, told = calibrated_scope(folder, written, {article.document for article in asked}, retriever, law)
    scope.save(Path(assistant.answering.__path__[0]) / "data")
    return told


def _examples_apart(directory: Path, product: Product) -> list[Example]:
    texts = read_retrieval_set(directory)
    with TemporaryDirectory() as scratch, product.progress() as progress:
        retriever = retriever_over(texts, Path(scratch), product.parts, progress)
        try:
            return list(examples_of_set(texts, retriever))
        finally:
            retriever.close()


def encoders(arguments: argparse.Namespace, product: Product) -> str:
    """The bundled encoder against sentence-transformers on passages of the installed corpus. Needs the extra `models`."""
    product.answerer()
    texts = [f"{passage.context}\n{passage.text}" for text in product.parts.plan.texts() for passage in text.searchable().passages]
    step = max(1, len(texts) // arguments.passages)
    from eval.encoders import compared_encoders

    return compared_encoders(texts[::step][: arguments.passages]).table()


def speed(arguments: argparse.Namespace, product: Product) -> str:
    """How long answers take once everything is loaded: each question of a file asked once, after a few to warm up."""
    responder, day = product.responder(), today()
    questions = [question.text for question in read_answer_questions(Path(arguments.file))]
    for text in questions[:_WARM_UP]:
        responder.respond(Message(text, day))
    totals = sorted(responder.respond(Message(text, day)).timings_ms["total"] for text in questions)
    middle, late = totals[len(totals) // 2], totals[int(len(totals) * 0.95)]
    return (
        f"{len(totals)} questions over {product.parts.index_home.current().facts.passages} passages: p50 {middle:.1f} ms, p95 {late:.1f} ms"
    )


def measured_retrieval(directory: Path, product: Product) -> RetrievalReport:
    """The product's retriever over the texts of a retrieval folder."""
    texts = read_retrieval_set(directory)
    with TemporaryDirectory() as scratch, product.progress() as progress:
        retriever = retriever_over(texts, Path(scratch), product.parts, progress)
        try:
            return evaluate_retrieval(texts.questions, texts.gold, lambda text: [hit.group for hit in retriever.retrieve(text, k=_DEPTH)])
        finally:
            retriever.close()


def measured_answers(file: Path, responder: Responder, product: Product) -> AnswersReport:
    """The answers of `responder` to the questions of a file, with the law of today."""
    return evaluate_answers(read_answer_questions(file), asking(responder, product.parts.store, product.shown, today()))
