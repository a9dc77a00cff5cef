"""The product's own retriever over the texts of a retrieval folder, indexed apart from the corpus."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from assistant.bootstrap import Parts
from corpus.passages import passage_texts
from corpus.text import fold, squeeze
from corpus.types import Passage
from embeddings.build import BuildPlan, IndexHome, Progress, build_words, embed_missing
from embeddings.lexical import Fields
from embeddings.retrieve import Retriever
from embeddings.searchable import Searchable
from eval.sets import RetrievalSet, SetArticle


def retriever_over(texts: RetrievalSet, scratch: Path, parts: Parts, progress: Progress) -> Retriever:
    """Indexes the set in `scratch`; dense vectors are kept in the product's cache, so a second run is quick."""
    plan = BuildPlan("set", partial(_searchables, texts), partial(_fields, texts), parts.everyday_wordings())
    encoder = parts.encoder
    if encoder is not None:
        embed_missing(plan, parts.vectors.cache, parts.vectors.packaged, encoder, progress=progress)
    home, dimension = IndexHome(scratch), encoder.dimension if encoder else 1
    vectors = parts.vectors
    generation = build_words(home, plan, dimension=dimension, known=vectors.indexed, encoder=vectors.space, progress=progress)
    return parts.retriever(generation)


def _searchables(texts: RetrievalSet) -> Iterator[Searchable]:
    return map(_searchable, texts.articles)


def _fields(texts: RetrievalSet) -> Iterator[Fields]:
    return (searchable.fields for searchable in _searchables(texts))


def _searchable(article: SetArticle) -> Searchable:
    title, heading = squeeze(article.law_title), squeeze(article.title)
    body = _without_heading(squeeze(article.text), article.article_no, heading)
    context = "\n".join(part for part in (title, heading) if part)
    pieces = passage_texts(body) or [heading or title or article.id]
    return Searchable(Fields(title, heading, body), tuple(_passage(article, context, piece) for piece in pieces))


def _passage(article: SetArticle, context: str, text: str) -> Passage:
    digest = hashlib.sha256(f"{context}\n{text}".encode()).hexdigest()
    return Passage(f"set:{article.id}#{digest[:16]}", article.id, text, context, document=article.law_id or None)


def _without_heading(text: str, number: str, heading: str) -> str:
    """Sets print the heading again as the first line of the text, with or without "Điều N."."""
    first, _, rest = text.partition("\n")
    repeats = {fold(heading), fold(f"Điều {number}. {heading}"), fold(f"Điều {number} {heading}")}
    return rest if heading and rest and fold(first).rstrip(".") in {repeat.rstrip(".") for repeat in repeats} else text
