"""Texts of articles kept in memory for as long as nothing is imported: reading ten of them took longer than finding them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from corpus.ids import ProvisionId
from corpus.store import CorpusStore
from corpus.types import Article

# Articles remembered; when there are more, remembering begins anew. A few kilobytes each.
_REMEMBERED = 2_000


class RememberedTexts:
    """The texts of `store`, each read once between two imports, whichever process imports. Any number of threads may ask."""

    def __init__(self, store: CorpusStore) -> None:
        self._store = store
        self._imported_at: datetime | None = None
        self._known: dict[ProvisionId, list[Article] | None] = {}

    def timelines(self, articles: Collection[ProvisionId]) -> dict[ProvisionId, list[Article]]:
        """Like `CorpusStore.timelines`."""
        known = self._current()
        missing = [article for article in articles if article not in known]
        if missing:
            found = self._store.timelines(missing)
            known |= {article: found.get(article) for article in missing}
        return {article: texts for article in articles if (texts := known[article]) is not None}

    def _current(self) -> dict[ProvisionId, list[Article] | None]:
        """What is remembered and still stands; another thread may begin anew meanwhile, and this one goes on with what it has."""
        # Looked at before any text is read: what is remembered may be newer than this moment, never older.
        imported_at = self._store.imported_at()
        if imported_at != self._imported_at or len(self._known) > _REMEMBERED:
            self._imported_at, self._known = imported_at, {}
        return self._known
