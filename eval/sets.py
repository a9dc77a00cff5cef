"""Evaluation sets as files have them: rankings to judge, answers to judge.

A retrieval set is a folder with `corpus.jsonl` (id, law_id, law_title, article_no, title, text), `queries.jsonl`
(id, text, perhaps expected) and `qrels.tsv` (question id, article id, perhaps further columns; no header line).
An answers file has one JSON object a line: id, text, style, gold, answerable, must_contain, perhaps kind. Keys beyond these are
passed over.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError

from assistant.answering.types import Outcome
from corpus.errors import InvalidProvisionId
from corpus.ids import ProvisionId, document_key
from eval.errors import BadLine, DuplicateId, SetFileMissing, UnknownId

_MUST_REFUSE = "fallback_required"


@dataclass(frozen=True, slots=True)
class SetArticle:
    """An article of a retrieval set's own corpus; `id` is what judgements and rankings name."""

    id: str
    law_id: str
    law_title: str
    article_no: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question of a retrieval set; `expected` is `fallback_required` where it must be declined, None where the set does not say."""

    id: str
    text: str
    expected: str | None = None

    @property
    def must_refuse(self) -> bool:
        """Whether the right answer is none."""
        return self.expected == _MUST_REFUSE


@dataclass(frozen=True, slots=True)
class RetrievalSet:
    """Articles, questions, and for each judged question the ids of the articles that answer it, never empty."""

    articles: tuple[SetArticle, ...]
    questions: tuple[Question, ...]
    gold: Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """An article that answers a question, and the numbers of its clauses that do; no clause: the article as a whole."""

    article: ProvisionId
    clauses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AnswerQuestion:
    """A question whose answer is judged: any one of `gold` is right, each of `must_contain` should be shown.

    `kind` is what the set sorts its questions by, empty where it does not.
    """

    id: str
    text: str
    style: str
    gold: tuple[GoldArticle, ...]
    answerable: bool
    must_contain: tuple[str, ...]
    kind: str = ""


@dataclass(frozen=True, slots=True)
class TemporalQuestion:
    """A question asked on one day about the law of another; `gold` answers it, or would if it were in force on `as_of`."""

    id: str
    text: str
    style: str
    asked_on: date
    as_of: date
    gold: tuple[GoldArticle, ...]
    outcome: Outcome


class Place(StrEnum):
    """Where a stranger's words for a machine stand."""

    QUESTION = "question"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True)
class Injection:
    """Words that try to command what answers; none of `forbidden` may be said because of them."""

    id: str
    place: Place
    text: str
    attack: str
    forbidden: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _GoldLine:
    law: str
    article: str
    clauses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _AnswerLine:
    id: str
    text: str
    style: str
    gold: tuple[_GoldLine, ...]
    answerable: bool
    must_contain: tuple[str, ...] = ()
    kind: str = ""


@dataclass(frozen=True, slots=True)
class _TemporalLine:
    id: str
    text: str
    style: str
    asked_on: date
    as_of: date
    gold: tuple[_GoldLine, ...]
    outcome: Outcome


_Record = TypeVar("_Record", SetArticle, Question, _AnswerLine, _TemporalLine, Injection)


def read_retrieval_set(folder: Path) -> RetrievalSet:
    """The retrieval set in `folder`.

    Raises `SetFileMissing`, `BadLine`, `DuplicateId`, and `UnknownId` where a judgement names what the set does not have.
    """
    articles = tuple(article for _, article in _records(folder / "corpus.jsonl", SetArticle))
    questions = tuple(question for _, question in _records(folder / "queries.jsonl", Question))
    known_questions = {question.id for question in questions}
    known_articles = {article.id for article in articles}
    return RetrievalSet(articles, questions, _gold(folder / "qrels.tsv", known_questions, known_articles))


def read_answer_questions(path: Path) -> tuple[AnswerQuestion, ...]:
    """The questions of an answers file, in its order. Raises `SetFileMissing`, `BadLine`, `DuplicateId`."""
    return tuple(_answer_question(path, number, line) for number, line in _records(path, _AnswerLine))


def read_temporal_questions(path: Path) -> tuple[TemporalQuestion, ...]:
    """The questions of a file of JSON lines (id, text, style, asked_on, as_of, gold, outcome). Raises as `read_answer_questions`."""
    return tuple(_temporal_question(path, number, line) for number, line in _records(path, _TemporalLine))


def read_injections(path: Path) -> tuple[Injection, ...]:
    """The texts of a file of JSON lines (id, place, text, attack, forbidden). Raises as `read_answer_questions`."""
    return tuple(injection for _, injection in _records(path, Injection))


def _gold(path: Path, questions: Collection[str], articles: Collection[str]) -> Mapping[str, frozenset[str]]:
    gold: dict[str, set[str]] = {}
    seen: set[str] = set()
    for number, line in _lines(path):
        row = _decoded(path, number, line)
        # A set may judge clauses in further columns: the same pair again is then no mistake, the same line is.
        if row in seen:
            raise DuplicateId(path, number, row)
        seen.add(row)
        question, article = _judgement(path, number, row)
        for identifier, known in ((question, questions), (article, articles)):
            if identifier not in known:
                raise UnknownId(path, number, identifier)
        gold.setdefault(question, set()).add(article)
    return MappingProxyType({question: frozenset(found) for question, found in gold.items()})


def _judgement(path: Path, number: int, row: str) -> tuple[str, str]:
    columns = row.split("\t")
    if len(columns) < 2:
        raise BadLine(path, number, "expected a question id, a tab and an article id")
    return columns[0].strip(), columns[1].strip()


def _answer_question(path: Path, number: int, line: _AnswerLine) -> AnswerQuestion:
    gold = tuple(_gold_article(path, number, named) for named in line.gold)
    return AnswerQuestion(line.id, line.text, line.style, gold, line.answerable, line.must_contain, line.kind)


def _temporal_question(path: Path, number: int, line: _TemporalLine) -> TemporalQuestion:
    gold = tuple(_gold_article(path, number, named) for named in line.gold)
    return TemporalQuestion(line.id, line.text, line.style, line.asked_on, line.as_of, gold, line.outcome)


def _gold_article(path: Path, number: int, named: _GoldLine) -> GoldArticle:
    try:
        article = ProvisionId(document_key(named.law), named.article.strip().lower())
    except InvalidProvisionId as error:
        raise BadLine(path, number, f"gold is no article: {error.text!r}") from error
    return GoldArticle(article, tuple(clause.strip().lower() for clause in named.clauses))


def _records(path: Path, kind: type[_Record]) -> Iterator[tuple[int, _Record]]:
    """Line numbers and records of a file of JSON lines, in order, their ids checked to be distinct."""
    adapter = TypeAdapter(kind)
    seen: set[str] = set()
    for number, line in _lines(path):
        try:
            record = adapter.validate_json(line)
        except ValidationError as error:
            raise BadLine(path, number, _first_reason(error)) from error
        if record.id in seen:
            raise DuplicateId(path, number, record.id)
        seen.add(record.id)
        yield number, record


def _lines(path: Path) -> Iterator[tuple[int, bytes]]:
    """Numbers, from 1, and contents of the lines that are not blank."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise SetFileMissing(path) from error
    # Bytes split at line ends only; text would also split at U+2028, which JSON may hold. Some editors put a byte order mark in front.
    for number, line in enumerate(content.removeprefix(b"\xef\xbb\xbf").splitlines(), start=1):
        if line.strip():
            yield number, line


def _decoded(path: Path, number: int, line: bytes) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadLine(path, number, "not UTF-8") from error


def _first_reason(error: ValidationError) -> str:
    first = error.errors(include_url=False)[0]
    place = ".".join(str(part) for part in first["loc"])
    return f"{place}: {first['msg']}" if place else first["msg"]
