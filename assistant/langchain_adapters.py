"""Our retriever and our answerer as parts of LangChain, for people who build on them (docs/langchain.md)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import Runnable, RunnableLambda
from pydantic import Field

from assistant.answering.answerer import Answerer
from assistant.answering.evidence import Quotation
from assistant.answering.library import Library
from assistant.answering.types import Answer, Citation, Question
from corpus.ids import ProvisionId
from embeddings.retrieve import Retriever
from embeddings.vector_index import SearchFilter


class LawRetriever(BaseRetriever):
    """Articles in force on the day that `as_of` names when asked, best first, at most `k`.

    Each document holds the whole text of an article; its id and its metadata `provision` are the provision's id. Further metadata:
    `document_number`, `document_title`, `heading`, `valid_from` and `valid_to` (ISO days, the latter excluded; None is open), `url`
    (None where unknown) and `score` (0 to 1.2).
    """

    library: Library
    retriever: Retriever
    as_of: Callable[[], date]
    k: int = Field(default=5, ge=1)

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:  # noqa: ARG002
        day = self.as_of()
        hits = self.retriever.retrieve(query, k=self.k, where=SearchFilter(as_of=day, kinds=("law",)))
        scores = {ProvisionId.parse(hit.group): hit.score for hit in hits}
        texts = self.library.citer.in_force(list(scores), day)
        # An article may have left the store since it was indexed.
        found = ((texts[provision], score) for provision, score in scores.items() if provision in texts)
        whole = ((article, Quotation(article.id, article.text, "", score)) for article, score in found)
        return [_document(self.library.citer.citation(article, quotation, day, quotation.score)) for article, quotation in whole]


def law_answerer(answerer: Answerer, as_of: Callable[[], date]) -> Runnable[str, Answer]:
    """A runnable from the words of a question to its answer under the law of the day that `as_of` names when asked."""

    def law_answer(text: str) -> Answer:
        return answerer.answer(Question(text, as_of()))

    return RunnableLambda(law_answer)


def _document(citation: Citation) -> Document:
    metadata = {
        "provision": str(citation.provision),
        "document_number": citation.document_number,
        "document_title": citation.document_title,
        "heading": citation.heading,
        "valid_from": citation.valid_from.isoformat() if citation.valid_from else None,
        "valid_to": citation.valid_to.isoformat() if citation.valid_to else None,
        "url": citation.url,
        "score": citation.score,
    }
    return Document(page_content=citation.quote, metadata=metadata, id=str(citation.provision))
