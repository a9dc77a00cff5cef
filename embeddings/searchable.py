"""What an index is made of: each text of an article, and each procedure, with its fields and passages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Protocol

from corpus.passages import article_passages, procedure_passages, question_passages
from corpus.questions import EverydayQuestion, everyday_questions
from corpus.store import CorpusStore
from corpus.types import Article, Passage, Procedure
from embeddings.lexical import Fields


@dataclass(frozen=True, slots=True)
class Searchable:
    """One text that search returns as a whole; its passages share a group and are never empty."""

    fields: Fields
    passages: tuple[Passage, ...]

    def searchable(self) -> Searchable:
        """Itself."""
        return self


class SearchableText(Protocol):
    """Something that can be made searchable, perhaps in another process: it must be picklable."""

    def searchable(self) -> Searchable:
        """Its fields and passages."""
        ...


@dataclass(frozen=True, slots=True)
class ArticleText:
    """A text of an article with the title of its document and the everyday questions that it answers."""

    article: Article
    document_title: str
    questions: tuple[EverydayQuestion, ...] = ()

    def searchable(self) -> Searchable:
        """Its fields and passages."""
        return searchable_article(self.article, self.document_title, self.questions)


@dataclass(frozen=True, slots=True)
class ProcedureText:
    """A procedure."""

    procedure: Procedure

    def searchable(self) -> Searchable:
        """Its fields and passages."""
        return searchable_procedure(self.procedure)


def searchable_article(article: Article, document_title: str, questions: Sequence[EverydayQuestion] = ()) -> Searchable:
    """An article ready for the index, with the everyday questions that it answers."""
    asked = "\n".join(question.question for question in questions)
    passages = (*article_passages(article, document_title), *question_passages(article, questions))
    return Searchable(Fields(document_title, article.heading, article.text, asked), passages)


def searchable_procedure(procedure: Procedure) -> Searchable:
    """A procedure ready for the index; how people call it and ask for it is part of its text."""
    passages = procedure_passages(procedure)
    names = " . ".join([procedure.name, *procedure.also_called])
    body = "\n".join(passage.text for passage in passages if not passage.is_question)
    return Searchable(Fields("", names, body, "\n".join(procedure.questions)), tuple(passages))


def searchable_corpus(store: CorpusStore) -> Iterator[SearchableText]:
    """Everything in the store that can answer: all texts of articles with their days, and procedures.

    Articles that only amend another document are left out: their text is law where it was put.
    """
    questions = everyday_questions()
    for article, title in _articles(store):
        yield ArticleText(article, title, questions.get(article.id, ()))
    for procedure in store.procedures():
        yield ProcedureText(procedure)


# BM25 needs only a rough mean length: every 20th article gives it within some percent.
_SAMPLED = 20


def sampled_fields(store: CorpusStore) -> Iterator[Fields]:
    """The fields of some articles, spread evenly over the corpus."""
    for article, title in islice(_articles(store), 0, None, _SAMPLED):
        yield Fields(title, article.heading, article.text)


def _articles(store: CorpusStore) -> Iterator[tuple[Article, str]]:
    titles = {document.key: document.title or document.number for document in store.documents()}
    for versions in store.articles():
        for article in versions:
            if not article.amends_only:
                yield article, titles.get(article.id.document, article.id.document)
