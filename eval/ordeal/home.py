"""A home folder in which the service starts at once: one article of law, indexed by its words."""

from __future__ import annotations

from contextlib import closing
from datetime import date
from functools import partial
from pathlib import Path

from assistant.bootstrap import Parts
from assistant.settings import EncoderChoice, Settings
from corpus.ids import ProvisionId
from corpus.sources.batch import Batch, SourceName
from corpus.types import Article, DocumentKind, LegalDocument, Validity
from embeddings.build import BuildPlan, build_words
from embeddings.searchable import sampled_fields, searchable_corpus

_SINCE = date(2021, 1, 1)
_LAW = LegalDocument("901/2020/QH14", "901/2020/QH14", "Paper boats", DocumentKind.CODE, validity=Validity(_SINCE))
_ARTICLE = Article(ProvisionId(_LAW.key, "1"), "Hours", "Paper boats may sail from 6 to 18.", validity=_LAW.validity)


def make_home(folder: Path) -> None:
    """Writes the law and its index into `folder`."""
    parts = Parts(Settings(home=folder, encoder=EncoderChoice.NONE))
    with closing(parts.store) as store, parts.index_home.building():
        store.write(SourceName.CODES, "boats", "1", Batch(documents=(_LAW,), articles=(_ARTICLE,)), _SINCE)
        plan = BuildPlan(parts.revision, partial(searchable_corpus, store), partial(sampled_fields, store), ())
        build_words(parts.index_home, plan, dimension=1, known=None, encoder=None, progress=lambda *_: None)
