"""Provisions and procedures into passages: the pieces that search compares and answers quote.

A passage is at most `PASSAGE_CHARS` long and is cut on the borders of clauses and points; only a longer paragraph is cut
at sentences. Titles and headings stand in front of it for search only.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from typing import TypeVar

from corpus.ids import ProvisionId
from corpus.parse import parse_article_body
from corpus.questions import EverydayQuestion
from corpus.types import Article, Passage, Point, Procedure

# 900 characters are some 230 tokens of the bundled encoder; 500 and whole articles ranked no better (ANSWERING §1).
PASSAGE_CHARS = 900

_SENTENCE_END = re.compile(r"(?<=[.;:!?])\s+")

Line = tuple[ProvisionId, str]
_Provision = TypeVar("_Provision", ProvisionId, None)


def article_passages(article: Article, document_title: str) -> list[Passage]:
    """The passages of one text of an article, in order; one without text is its heading, one without both gives none."""
    context = "\n".join(part for part in (document_title, article.heading) if part)
    lines_of_passages = list(_packed(article_lines(article))) or list(_packed([(article.id, article.heading)]))
    return [
        Passage(
            id=_passage_id(str(article.id), context, text),
            group=str(article.id),
            text=text,
            context=context,
            validity=article.validity,
            document=article.id.document,
            topic=article.topic,
            provisions=tuple(dict.fromkeys(provision for provision, _ in lines)),
        )
        for lines in lines_of_passages
        for text in ["\n".join(line for _, line in lines)]
    ]


def question_passages(article: Article, questions: Iterable[EverydayQuestion]) -> list[Passage]:
    """Questions that the article answers, as passages of its group."""
    return [
        Passage(
            id=_passage_id(str(article.id), "?", question.question),
            group=str(article.id),
            text=question.question,
            context="",
            validity=article.validity,
            document=article.id.document,
            topic=article.topic,
            provisions=question.provisions,
            is_question=True,
        )
        for question in questions
    ]


def passage_texts(text: str) -> list[str]:
    """A plain text cut like an article: whole lines packed up to `PASSAGE_CHARS`."""
    return ["\n".join(line for _, line in lines) for lines in _packed((None, line) for line in text.splitlines() if line.strip())]


def article_lines(article: Article) -> list[Line]:
    """Every paragraph of the article as printed, with the provision that it belongs to."""
    body = parse_article_body(article.text)
    lines = [(article.id, line) for line in body.intro.splitlines()]
    lines += _point_lines(article.id, None, body.points)
    for clause in body.clauses:
        here = ProvisionId(article.id.document, article.id.article, clause.number)
        first, *more = clause.text.splitlines() or [""]
        lines.append((here, f"{clause.number}. {first}"))
        lines += [(here, line) for line in more]
        lines += _point_lines(article.id, clause.number, clause.points)
        lines += [(here, line) for line in clause.closing.splitlines()]
    return lines


def _point_lines(article: ProvisionId, clause: str | None, points: Iterable[Point]) -> Iterator[Line]:
    for point in points:
        here = ProvisionId(article.document, article.article, clause, point.letter)
        first, *more = point.text.splitlines() or [""]
        yield here, f"{point.letter}) {first}"
        yield from ((here, line) for line in more)


def procedure_passages(procedure: Procedure) -> list[Passage]:
    """The passages of a procedure: one that says what it is and how people ask for it, and one for each part of the guide."""
    parts = [
        " ".join([procedure.name, *procedure.also_called, procedure.who, procedure.result]),
        "\n".join(procedure.steps),
        "\n".join(paper.name for paper in procedure.papers),
        "\n".join([fee.text for fee in procedure.fees] + [time.text for time in procedure.processing_times]),
        "\n".join(f"{place.body} {place.when or ''}" for place in procedure.where),
        "\n".join(procedure.notes),
    ]
    texts = [text for part in parts for text in _pieces(part)]
    asked = frozenset(procedure.questions)
    return [
        Passage(
            id=_passage_id(procedure_group(procedure.id), procedure.name, text),
            group=procedure_group(procedure.id),
            text=text,
            context=procedure.name,
            kind="procedure",
            topic=procedure.field,
            is_question=text in asked,
        )
        for text in dict.fromkeys([*texts, *procedure.questions])
    ]


def procedure_group(procedure: str) -> str:
    """The group that a procedure's passages share."""
    return f"procedure:{procedure}"


def _packed(lines: Iterable[tuple[_Provision, str]]) -> Iterator[list[tuple[_Provision, str]]]:
    batch: list[tuple[_Provision, str]] = []
    size = 0
    for provision, line in lines:
        for piece in _pieces(line):
            if batch and size + len(piece) > PASSAGE_CHARS:
                yield batch
                batch, size = [], 0
            batch.append((provision, piece))
            size += len(piece) + 1
    if batch:
        yield batch


def _pieces(text: str) -> list[str]:
    """`text` in pieces of at most `PASSAGE_CHARS`, cut at sentences, else at blanks; nothing for blank text."""
    pieces: list[str] = []
    for sentence in _SENTENCE_END.split(text.strip()):
        for part in _chopped(sentence):
            if pieces and len(pieces[-1]) + len(part) < PASSAGE_CHARS:
                pieces[-1] = f"{pieces[-1]} {part}"
            else:
                pieces.append(part)
    return [piece for piece in pieces if piece]


def _chopped(sentence: str) -> Iterator[str]:
    while len(sentence) > PASSAGE_CHARS:
        cut = sentence.rfind(" ", 1, PASSAGE_CHARS)
        cut = cut if cut > 0 else PASSAGE_CHARS
        yield sentence[:cut]
        sentence = sentence[cut:].strip()
    yield sentence


def _passage_id(group: str, context: str, text: str) -> str:
    digest = hashlib.sha256(f"{context}\n{text}".encode()).hexdigest()
    return f"{group}#{digest[:16]}"
