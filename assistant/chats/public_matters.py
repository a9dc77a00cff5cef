"""Published recommendations that are like what somebody is about to send, and joining them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

import numpy as np
from sqlalchemy import Connection, Engine, func, select

from assistant.chats.parts import PublicMatter
from assistant.database import reading
from assistant.feedback.casework import Casework
from assistant.feedback.errors import RecommendationNotFound
from assistant.feedback.suggesting.classify_reading import calm
from assistant.feedback.suggesting.similar import LIKELY, Known, SimilarFinder, Vector, known
from assistant.feedback.support import Standing
from assistant.feedback.tables import recommendation
from assistant.feedback.vault import Vault
from assistant.interop.published import PublishedMatter, is_public, published_matters
from corpus.areas import Areas
from corpus.days import VIETNAM
from embeddings.encoder import Encoder

_NOBODY = 0


class PublishedMatters:
    """What is published, in the memory of the worker that asks; read anew when something was published or taken back."""

    def __init__(
        self,
        engine: Engine,
        vault: Vault,
        casework: Casework,
        clock: Callable[[], datetime],
        encoder: Encoder | None = None,
        areas: Areas | None = None,
    ) -> None:
        self._engine, self._vault, self._casework, self._clock = engine, vault, casework, clock
        self._encoder, self._areas = encoder, areas
        self._seen: tuple[Any, ...] = ()
        self._titles: dict[int, str] = {}
        self._finder = SimilarFinder.load()

    def like(self, text: str, limit: int) -> Sequence[PublicMatter]:
        """Those of likely the same matter, the nearest first."""
        with reading(self._engine) as connection:
            self._refresh(connection)
        if not self._titles or not text.strip():
            return ()
        today = self._clock().astimezone(VIETNAM).date()
        found = self._finder.find(self._known(_NOBODY, text, self._areas_in(text), None, today), limit)
        return [PublicMatter(one.number, self._titles[one.number]) for one in found if one.score >= LIKELY]

    def support(self, number: int, supporter: str) -> bool:
        """Counts somebody as wishing the same, once; false where it is not public any more."""
        try:
            self._casework.give_support(number, supporter, Standing.UNVERIFIED)
        except RecommendationNotFound:
            return False
        return True

    def _refresh(self, connection: Connection) -> None:
        newest = select(func.count(), func.max(recommendation.c.changed_at)).where(is_public())
        seen = tuple(connection.execute(newest).one())
        if seen == self._seen:
            return
        finder, titles = SimilarFinder.load(), {}
        for one in published_matters(connection, self._vault):
            finder.add(self._known_of(one))
            titles[one.number] = one.title
        self._finder, self._titles, self._seen = finder, titles, seen

    def _known_of(self, one: PublishedMatter) -> Known:
        return self._known(one.number, f"{one.title}\n{one.statement}", [one.area] if one.area else [], one.field, one.opened_on)

    def _known(self, number: int, text: str, areas: Sequence[str], field: str | None, day: date) -> Known:
        vector: Vector = self._encoder.encode_queries([calm(text)])[0] if self._encoder else np.zeros(384, np.float32)
        return known(number, text, vector, areas, field, (), day)

    def _areas_in(self, text: str) -> list[str]:
        matches = self._areas.find(text) if self._areas else []
        return [one.code for match in matches for one in match.today]
