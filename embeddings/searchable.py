"""What an index is made of: each text of an article, and each procedure, with its fields and passages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from corpus.passages import article_passages, procedure_passages
from corpus.store import CorpusStore
from corpus.types import Article, Passage, Procedure
from embeddings.lexical import Fields


@dataclass(frozen=True, slots=True)
class Searchable:
    """One text that search returns as a whole; its passages share a group and are never empty."""

    fields: Fields
    passages: tuple[Passage, ...]


def searchable_article(article: Article, document_title: str) -> Searchable:
    """An article ready for the index."""
    return Searchable(Fields(document_title, article.heading, article.text), tuple(article_passages(article, document_title)))


def searchable_procedure(procedure: Procedure) -> Searchable:
    """A procedure ready for the index; how people call it and ask for it is part of its text."""
    passages = procedure_passages(procedure)
    names = " . ".join([procedure.name, *procedure.also_called])
    return Searchable(Fields("", names, "\n".join(passage.text for passage in passages)), tuple(passages))


def searchable_corpus(store: CorpusStore) -> Iterator[Searchable]:
    """Everything in the store that can answer: all texts of articles with their days, and procedures.

    Articles that only amend another document are left out: their text is law where it was put.
    """
    for article, title in _articles(store):
        yield searchable_article(article, title)
    for procedure in store.procedures():
        yield searchable_procedure(procedure)


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
