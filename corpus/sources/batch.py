"""What every source hands to the store: batches, each a unit that is imported whole or not at all."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from corpus.sources.failures import Failure
from corpus.types import Article, LegalDocument, Procedure, Relation


class SourceName(StrEnum):
    """Sources of law and procedures, the most trusted for the text of the law first."""

    CODIFICATION = "codification"
    CODES = "codes"
    GUIDES = "guides"
    PORTAL = "portal"

    @property
    def rank(self) -> int:
        """0 for the most trusted."""
        return list(SourceName).index(self)


@dataclass(frozen=True, slots=True)
class Batch:
    """What one file or document of a source holds, and what of it could not be read."""

    documents: tuple[LegalDocument, ...] = ()
    articles: tuple[Article, ...] = ()
    relations: tuple[Relation, ...] = ()
    procedures: tuple[Procedure, ...] = ()
    failures: tuple[Failure, ...] = ()
    # Nothing could be read: what an earlier import took from it stays as it is.
    unreadable: bool = False
    # Its file opens more than it closes: either an oddity of the publisher, or it was cut.
    is_left_open: bool = False


@dataclass(frozen=True, slots=True)
class BatchHandle:
    """A batch not yet read: `name` is unique within its source, `digest` changes when its content does."""

    source: SourceName
    name: str
    digest: str
    read: Callable[[], Batch]


def digest_of(content: bytes, *, reader_version: int) -> str:
    """A digest of `content` and of the reader, so that a mended reader reads unchanged files again."""
    return f"{reader_version}:{hashlib.sha256(content).hexdigest()}"
