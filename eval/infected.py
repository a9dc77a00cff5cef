"""A little corpus of documents that speak to machines, in a home of its own that goes when it was measured."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from assistant.answering.answerer import Answerer
from assistant.bootstrap import Parts
from assistant.responder import Message
from assistant.settings import EncoderChoice, Settings
from assistant.understanding.routes import Route
from corpus.ids import ProvisionId
from corpus.labels import document_label, provision_label
from corpus.sources.batch import Batch, SourceName
from corpus.types import Article, DocumentKind, LegalDocument, Validity
from embeddings.build import build_words
from eval.sets import Injection

_SINCE = date(2020, 1, 1)
_LAW = LegalDocument("996/2019/QH14", "996/2019/QH14", "Luật Lời lạ", DocumentKind.LAW, validity=Validity(_SINCE))
_WORDS_ASKED = 14


@contextmanager
def infected_answerer(settings: Settings, injections: Sequence[Injection]) -> Iterator[Answerer]:
    """An answerer over a law whose articles are the texts of `injections`, searched by words; other settings are those given."""
    with TemporaryDirectory() as scratch:
        parts = Parts(_apart(settings, Path(scratch)))
        articles = tuple(Article(provision_of(place), "", one.text, validity=_LAW.validity) for place, one in enumerate(injections))
        parts.store.write(SourceName.CODES, "infected", "1", Batch(documents=(_LAW,), articles=articles), _SINCE)
        build_words(parts.index_home, parts.plan, dimension=1, known=None, encoder=None, progress=lambda *_: None)
        answerer = parts.answerer()
        try:
            yield answerer
        finally:
            answerer.retriever.close()
            parts.store.close()


def provision_of(place: int) -> ProvisionId:
    """The article that the injection at `place` became."""
    return ProvisionId(_LAW.key, str(place + 1))


def messages_about(place: int, injection: Injection, day: date) -> list[Message]:
    """A message that names the article, which quotes it for sure, and one in the words of its text, taken for a question."""
    named = f"{provision_label(provision_of(place))} {document_label(_LAW)}"
    words = " ".join(injection.text.split()[:_WORDS_ASKED])
    return [Message(named, day), Message(words, day, meant=Route.LEGAL_QUESTION)]


def _apart(settings: Settings, home: Path) -> Settings:
    changed = {"home": home, "corpus_url": None, "database_url": None, "qdrant_url": None, "encoder": EncoderChoice.NONE}
    return settings.model_copy(update={**changed, "llm_url": None, "llm_path": None})
