"""Quotations and articles made into citations and pointers that a reader can check."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from assistant.answering.evidence import Quotation, quotations
from assistant.answering.types import ChangedSince, Citation, LaterChange, Related
from corpus.amendments import later_amendments
from corpus.errors import DocumentNotFound
from corpus.ids import ProvisionId, number_of_key
from corpus.kinds import kind_of_key
from corpus.labels import document_label, provision_label
from corpus.remembering import RememberedTexts
from corpus.store import CorpusStore
from corpus.types import Article, LegalDocument, Procedure
from embeddings.retrieve import Hit
from embeddings.vector_index import provision_of

_BASIS_CITED = 5


class Citer:
    """Cites from `store`; a document is read once, a text once between two imports."""

    def __init__(self, store: CorpusStore) -> None:
        self._store, self._texts = store, RememberedTexts(store)
        self._documents: dict[str, LegalDocument] = {}

    def citation(self, article: Article, quotation: Quotation, as_of: date, score: float = 1.0) -> Citation:
        """`quotation` of `article` with all that a reader needs to find it, and what changed it later."""
        document = self._document(article.id.document)
        changes = later_amendments(article, as_of)
        return Citation(
            provision=quotation.provision,
            document_number=document.number,
            document_title=document.title,
            heading=article.heading,
            quote=quotation.text,
            valid_from=article.validity.since,
            valid_to=article.validity.until,
            url=article.url or document.url,
            score=round(score, 4),
            later_changes=tuple(LaterChange(change.by, change.title, change.since, change.articles is not None) for change in changes),
        )

    def basis_of(self, procedure: Procedure, as_of: date) -> tuple[Citation, ...]:
        """The provisions that a guide rests on and that the corpus holds, quoted; at most five."""
        provisions = [provision for basis in procedure.legal_basis for provision in basis.provisions]
        texts = self.in_force([provision.of_article for provision in provisions], as_of)
        held = [(texts[provision.of_article], provision) for provision in provisions if provision.of_article in texts]
        quoted = ((article, quotation) for article, one in held for quotation in quotations(article, procedure.name, (), only=one)[:1])
        return tuple(self.citation(article, quotation, as_of) for article, quotation in quoted)[:_BASIS_CITED]

    def in_force(self, articles: Sequence[ProvisionId], as_of: date) -> dict[ProvisionId, Article]:
        """The texts of `articles` in force on `as_of`."""
        covering = (
            (article, next((text for text in texts if text.validity.covers(as_of)), None))
            for article, texts in self._texts.timelines(articles).items()
        )
        return {article: text for article, text in covering if text}

    def changed_since(self, citations: Iterable[Citation], today: date) -> tuple[ChangedSince, ...]:
        """What became by `today` of articles cited from earlier texts; without those that read the same."""
        cited = {citation.provision.of_article: citation for citation in citations}
        found = []
        for article, texts in self._texts.timelines(list(cited)).items():
            valid_from = cited[article].valid_from
            now = next((text for text in texts if text.validity.covers(today)), None)
            if now is None:
                found.append(ChangedSince(article, None, is_gone=True))
            elif now.validity.since != valid_from:
                found.append(ChangedSince(article, now.validity.since, is_gone=False))
        return tuple(found)

    def timelines(self, articles: Sequence[ProvisionId]) -> dict[ProvisionId, list[Article]]:
        """All texts of `articles`, oldest first."""
        return self._texts.timelines(articles)

    def near(self, hits: Iterable[Hit], texts: Mapping[ProvisionId, Article]) -> tuple[Related, ...]:
        """What was found and is known, as pointers."""
        found = ((texts.get(provision_of(hit.group)), hit.score) for hit in hits)
        return tuple(self.related(article, score) for article, score in found if article)

    def related(self, article: Article, score: float = 0.0) -> Related:
        """A pointer to an article."""
        return Related(
            str(article.id),
            f"{provision_label(article.id)}. {article.heading}".rstrip(". ") + f" ({self.name_of(article.id.document)})",
            round(score, 4),
        )

    def label(self, provision: ProvisionId) -> str:
        """A provision with its document, for people, whether it exists or not."""
        return f"{provision_label(provision)} {self.name_of(provision.document)}"

    def name_of(self, document: str) -> str:
        """What people call the document of a number: "Bộ luật Lao động số 45/2019/QH14"."""
        return document_label(self._document(document))

    def _document(self, key: str) -> LegalDocument:
        if key not in self._documents:
            try:
                self._documents[key] = self._store.document(key)
            except DocumentNotFound:
                # An article of the codification whose document was never introduced: its key is all that is known.
                return LegalDocument(key, number_of_key(key), "", kind_of_key(key))
        return self._documents[key]
