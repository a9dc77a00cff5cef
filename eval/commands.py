"""`dienhong eval retrieval | answers | report`: the product's own parts, measured as they are."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory

from assistant.answering.answerer import Answerer
from assistant.answering.confidence import WITH_QUESTIONS, WITHOUT_QUESTIONS
from assistant.answering.types import ANSWERING, Answer, Question
from assistant.bootstrap import Parts
from corpus.days import today
from corpus.errors import InvalidProvisionId
from corpus.ids import ProvisionId
from embeddings.build import Progress
from embeddings.vector_index import SearchFilter
from eval.answers import AnsweredQuestion, AnswersReport, evaluate_answers
from eval.calibration import Example, examples_of_answers, examples_of_set, fitted, judged
from eval.errors import EvalError
from eval.indexing import retriever_over
from eval.report import write_report
from eval.retrieval import RetrievalReport, evaluate_retrieval
from eval.sets import read_answer_questions, read_retrieval_set
from eval.talk import dialogue, router

__all__ = ["EvalError", "Product", "answers", "calibrate", "dialogue", "encoders", "report", "retrieval", "router", "speed"]

_DEPTH = 50
_WARM_UP = 5


@dataclass(frozen=True, slots=True)
class Product:
    """What is measured: the parts, the answerer, the text that people are shown, and where progress is told."""

    parts: Parts
    answerer: Callable[[], Answerer]
    shown: Callable[[Answer], str]
    progress: Callable[[], AbstractContextManager[Progress]]


def retrieval(arguments: argparse.Namespace, product: Product) -> str:
    """Search measured on a folder of questions, over an index of that folder's own texts."""
    measured = measured_retrieval(Path(arguments.directory), product)
    return json.dumps(measured.to_json(), indent=1) if arguments.json else measured.table()


def answers(arguments: argparse.Namespace, product: Product) -> str:
    """Answers measured on the installed corpus."""
    measured = measured_answers(Path(arguments.file), product.answerer(), product.shown)
    return json.dumps(measured.to_json(), indent=1) if arguments.json else measured.table()


def report(arguments: argparse.Namespace, product: Product) -> str:
    """A report page on the project's own questions and any folders named; returns its path."""
    answerer = product.answerer()
    facts = product.parts.index_home.current().facts
    own = {f"everyday-{split}": Path(str(files("eval") / "data" / f"everyday-{split}.jsonl")) for split in ("dev", "test")}
    path = write_report(
        Path(arguments.directory),
        {Path(folder).name: measured_retrieval(Path(folder), product) for folder in arguments.retrieval},
        {name: measured_answers(file, answerer, product.shown) for name, file in own.items()},
        {
            "corpus revision": facts.revision,
            "encoder": facts.encoder or "none",
            "passages": str(facts.passages),
            "day": today().isoformat(),
        },
    )
    return str(path)


def calibrate(arguments: argparse.Namespace, product: Product) -> str:
    """The constants of assistant/answering/confidence.py fitted anew: on the development questions, judged on the test half."""
    folder = Path(str(files("eval") / "data"))
    retriever = product.answerer().retriever
    law = SearchFilter(as_of=today(), kinds=("law",))
    questions = {split: read_answer_questions(folder / f"everyday-{split}.jsonl") for split in ("dev", "test")}
    lines: list[str] = []
    for name, searcher in (("WITH_QUESTIONS", retriever), ("BY_WORDS", retriever.by_words())):
        model = fitted(examples_of_answers(questions["dev"], searcher, law), WITH_QUESTIONS.threshold)
        lines += [f"{name}, judged on the test half:", judged(model, examples_of_answers(questions["test"], searcher, law))]
    examples = [example for name in arguments.apart for example in _examples_apart(Path(name), product)]
    if examples:
        lines += ["WITHOUT_QUESTIONS:", judged(fitted(examples, WITHOUT_QUESTIONS.threshold), examples)]
    return "\n".join(lines)


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
    texts = [f"{passage.context}\n{passage.text}" for text in product.parts.plan.texts() for passage in text.searchable().passages]
    step = max(1, len(texts) // arguments.passages)
    from eval.encoders import compared_encoders

    return compared_encoders(texts[::step][: arguments.passages]).table()


def speed(arguments: argparse.Namespace, product: Product) -> str:
    """How long answers take once everything is loaded: each question of a file asked once, after a few to warm up."""
    answerer, day = product.answerer(), today()
    questions = [question.text for question in read_answer_questions(Path(arguments.file))]
    for text in questions[:_WARM_UP]:
        answerer.answer(Question(text, day))
    totals = sorted(answerer.answer(Question(text, day)).timings_ms["total"] for text in questions)
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


def measured_answers(file: Path, answerer: Answerer, shown: Callable[[Answer], str]) -> AnswersReport:
    """The answers to the questions of a file, with the law of today."""
    day = today()

    def ask(text: str) -> AnsweredQuestion:
        answer = answerer.answer(Question(text, day))
        return AnsweredQuestion(answer.outcome in ANSWERING, _ranked(answer), shown(answer))

    return evaluate_answers(read_answer_questions(file), ask)


def _ranked(answer: Answer) -> tuple[ProvisionId, ...]:
    """What the reader is shown, in order: first the provisions quoted, then those named as possibly related."""
    related = [provision for one in answer.related for provision in _parsed(one.id)]
    return (*(citation.provision for citation in answer.citations), *related)


def _parsed(text: str) -> list[ProvisionId]:
    try:
        return [ProvisionId.parse(text)]
    except InvalidProvisionId:
        return []
