"""What answering knows of a corpus by heart: its documents and their names, and the procedures."""

from __future__ import annotations

from datetime import date
from functools import cached_property

from assistant.answering.citing import Citer
from corpus.citations import DocumentNames
from corpus.ids import ProvisionId
from corpus.passages import procedure_group
from corpus.store import CorpusStore
from corpus.types import LegalDocument, Procedure


class Library:
    """Documents and procedures as they were when first asked for; texts are read from `store` anew each time."""

    def __init__(self, store: CorpusStore) -> None:
        self.store = store
        self.citer = Citer(store)

    @cached_property
    def names(self) -> DocumentNames:
        """What people call the documents; most questions name none, and reading all names takes a third of a second."""
        return DocumentNames(self.documents)

    @cached_property
    def documents(self) -> list[LegalDocument]:
        """All documents, highest rank first, then by number."""
        return self.store.documents()

    def title_of(self, group: str, as_of: date) -> str:
        """What a group of the index is, for people: a procedure's name, or an article with its heading; its id where it has gone."""
        if group in self.procedures:
            return self.procedures[group].name
        article = ProvisionId.parse(group)
        texts = self.citer.in_force([article], as_of)
        return self.citer.related(texts[article]).title if article in texts else group

    @cached_property
    def procedures(self) -> dict[str, Procedure]:
        """Procedures by their group in the index."""
        return {procedure_group(procedure.id): procedure for procedure in self.store.procedures()}
