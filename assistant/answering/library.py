"""What answering knows of a corpus by heart: its documents and their names, and the procedures."""

from __future__ import annotations

from functools import cached_property

from assistant.answering.citing import Citer
from corpus.citations import DocumentNames
from corpus.passages import procedure_group
from corpus.store import CorpusStore
from corpus.types import Procedure


class Library:
    """Documents and procedures as they were when first asked for; texts are read from `store` anew each time."""

    def __init__(self, store: CorpusStore) -> None:
        self.store = store
        self.citer = Citer(store)

    @cached_property
    def names(self) -> DocumentNames:
        """What people call the documents; most questions name none, and reading all names takes a third of a second."""
        return DocumentNames(self.store.documents())

    @cached_property
    def procedures(self) -> dict[str, Procedure]:
        """Procedures by their group in the index."""
        return {procedure_group(procedure.id): procedure for procedure in self.store.procedures()}
