"""The port for indexes of passages: one dense and one sparse vector for each, filters on the payload.

Every index uses one layout, so that a collection built embedded and one on a server answer alike.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from corpus.ids import ProvisionId
from corpus.pickling import by_values
from corpus.types import Passage

DENSE = "meaning"
SPARSE = "words"
# Keys of the payload that filters ask for, by the kind of their values.
KEYWORDS = ("kind", "document", "topic")
DAYS = ("since", "until")
# What of a payload makes a hit.
FOUND_KEYS = ("passage", "group", "document", "provisions", "is_question")

# Provisions remembered, some 300 bytes each.
_REMEMBERED = 20_000

# Days as integers; a passage without a first or last day is in force since ever or for ever.
_SINCE_EVER = 0
_FOR_EVER = date.max.toordinal() + 1


@by_values
@dataclass(frozen=True, slots=True)
class SparseVector:
    """Term numbers, ascending, and their weights; both of the same length."""

    indices: npt.NDArray[np.uint32]
    values: npt.NDArray[np.float32]


@by_values
@dataclass(frozen=True, slots=True)
class Entry:
    """A passage with its vectors.

    `sparse` holds the words of the whole article or procedure and stands at its first passage only; `dense` the meaning of
    this passage, None until it is embedded.
    """

    passage: Passage
    sparse: SparseVector | None = None
    dense: npt.NDArray[np.float32] | None = None


class Filtered(Protocol):
    """What filters ask of a passage; days as ordinals, as in its payload."""

    @property
    def kind(self) -> str:
        """Law or procedure."""
        ...

    @property
    def document(self) -> str | None:
        """The document's key."""
        ...

    @property
    def topic(self) -> str | None:
        """The topic's title, or the procedure's field."""
        ...

    @property
    def since(self) -> int:
        """The first day in force."""
        ...

    @property
    def until(self) -> int:
        """The day after the last."""
        ...


@dataclass(frozen=True, slots=True)
class SearchFilter:
    """What a search may return; None means any. `as_of` keeps passages in force on that day."""

    as_of: date | None = None
    kinds: tuple[str, ...] | None = None
    documents: tuple[str, ...] | None = None
    topics: tuple[str, ...] | None = None

    def admits(self, passage: Filtered) -> bool:
        """Whether a passage may be returned."""
        return (
            (self.kinds is None or passage.kind in self.kinds)
            and (self.documents is None or passage.document in self.documents)
            and (self.topics is None or passage.topic in self.topics)
            and (self.as_of is None or passage.since <= self.as_of.toordinal() < passage.until)
        )


class Found(NamedTuple):
    """A passage that a search found, by its id, group and document, with the raw score.

    A tuple, since a search makes hundreds: a frozen dataclass takes five times as long to make.
    """

    passage: str
    group: str
    score: float
    # As printed: hundreds are found for one that is quoted, and parsing them all took a third of a search.
    provision_texts: tuple[str, ...] = ()
    is_question: bool = False
    document: str | None = None

    @property
    def provisions(self) -> tuple[ProvisionId, ...]:
        """The provisions whose text the passage holds."""
        return tuple(map(provision_of, self.provision_texts))


@lru_cache(maxsize=_REMEMBERED)
def provision_of(text: str) -> ProvisionId:
    """The provision that an index names: an answer reads the same ones many times, and parsing them took a millisecond of it."""
    return ProvisionId.parse(text)


class IndexWriter(Protocol):
    """Takes in entries."""

    def add(self, entries: Iterable[Entry]) -> None:
        """Adds or replaces entries by passage id and first day in force."""
        ...

    def finish(self) -> None:
        """Makes everything added durable and fast to search."""
        ...

    def close(self) -> None:
        """Gives back files, locks and connections."""
        ...


class VectorIndex(IndexWriter, Protocol):
    """Keeps entries and finds the best of them for a vector."""

    def search_sparse(self, vector: SparseVector, limit: int, where: SearchFilter) -> list[Found]:
        """The passages with the largest sum of weight × IDF × weight, best first; none that shares no term."""
        ...

    def search_dense(self, vector: npt.NDArray[np.float32], limit: int, where: SearchFilter) -> list[Found]:
        """The passages with the largest cosine, best first; only embedded ones."""
        ...

    def count(self) -> int:
        """How many passages there are."""
        ...


def point_id(passage: Passage) -> str:
    """The identifier of a passage in an engine that wants UUIDs.

    A clause that an amendment leaves alone stands with the same text, so with the same passage id, in several texts of its
    article: the first day in force tells them apart.
    """
    name = f"{passage.id}\n{passage.validity.since or ''}"
    return str(uuid.UUID(bytes=hashlib.sha256(name.encode()).digest()[:16]))


def payload_of(passage: Passage) -> dict[str, str | int | bool | list[str] | None]:
    """What stands beside the vectors: the same keys in every engine."""
    validity = passage.validity
    return {
        "passage": passage.id,
        "group": passage.group,
        "kind": passage.kind,
        "document": passage.document,
        "topic": passage.topic,
        "since": validity.since.toordinal() if validity.since else _SINCE_EVER,
        "until": validity.until.toordinal() if validity.until else _FOR_EVER,
        "provisions": [str(provision) for provision in passage.provisions],
        "is_question": passage.is_question,
    }


def found(payload: Mapping[str, object], score: float) -> Found:
    """The hit behind a payload made by `payload_of`."""
    provisions = payload.get("provisions")
    document = payload.get("document")
    return Found(
        str(payload["passage"]),
        str(payload["group"]),
        score,
        tuple(provisions) if isinstance(provisions, list) else (),
        payload.get("is_question") is True,
        str(document) if document else None,
    )
