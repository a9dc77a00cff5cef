"""Writing one batch into the corpus tables: what is new is added, what changed supersedes, what vanished is marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Connection, Row, delete, insert, select, update

from corpus import schema
from corpus.sources.batch import SourceName
from corpus.sources.failures import Failure
from corpus.types import Article, LegalDocument, Procedure, Relation

PROCEDURE_JSON = TypeAdapter(Procedure)


@dataclass(frozen=True, slots=True)
class ImportCounts:
    """What an import changed, in articles and procedures."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    vanished: int = 0
    failures: int = 0

    def __add__(self, other: ImportCounts) -> ImportCounts:
        return ImportCounts(
            self.added + other.added,
            self.changed + other.changed,
            self.unchanged + other.unchanged,
            self.vanished + other.vanished,
            self.failures + other.failures,
        )


class ArticleWriter:
    """Writes the articles of one batch of one source."""

    def __init__(self, connection: Connection, source: SourceName, batch: str, on: date) -> None:
        self._connection, self._source, self._batch, self._on = connection, source, batch, on

    def write(self, articles: Sequence[Article]) -> ImportCounts:
        """Adds what is new, supersedes what changed, marks what vanished."""
        known = self._known()
        fresh: list[dict[str, Any]] = []
        added = changed = 0
        for position, article in enumerate(articles):
            row = known.pop((article.id.document, article.id.article), None)
            values = self._values(article, position)
            if row is None:
                fresh.append(values)
                added += 1
                continue
            if row.text != article.text:
                fresh.append({**values, "since": self._supersede(row, article)})
                changed += 1
                continue
            kept = {**values, "recorded_on": row.recorded_on, "since": self._first_day(row, article)}
            if any(getattr(row, name) != value for name, value in kept.items()):
                self._update(row.id, kept)
        if fresh:
            self._connection.execute(insert(schema.versions), fresh)
        for row in known.values():
            self._update(row.id, {"vanished_on": self._on, "superseded_on": self._on})
        return ImportCounts(added, changed, len(articles) - added - changed, len(known))

    def _known(self) -> dict[tuple[str, str | None], Row[Any]]:
        table = schema.versions
        query = select(table).where(table.c.source == self._source, table.c.batch == self._batch, table.c.superseded_on.is_(None))
        return {(row.document, row.article): row for row in self._connection.execute(query)}

    def _supersede(self, row: Row[Any], article: Article) -> date | None:
        """Ends the old text where the new one begins: on its own day if that is later, else on the day of the import."""
        since = article.validity.since
        # A text corrected before its first day must not become law on the day of the import.
        start = since if since and (row.since is None or since > row.since) else max(self._on, row.since or self._on)
        self._update(row.id, {"superseded_on": self._on, "until": min(row.until or start, start)})
        return start

    def _first_day(self, row: Row[Any], article: Article) -> date | None:
        """What the source says, but a text that replaced another on the day of an import keeps that day."""
        since: date | None = row.since
        return since if since == row.recorded_on else article.validity.since

    def _update(self, version: int, values: dict[str, Any]) -> None:
        self._connection.execute(update(schema.versions).where(schema.versions.c.id == version).values(**values))

    def _values(self, article: Article, position: int) -> dict[str, Any]:
        return {
            "document": article.id.document,
            "article": article.id.article,
            "position": position,
            "heading": article.heading,
            "text": article.text,
            "path": list(article.path),
            "since": article.validity.since,
            "until": article.validity.until,
            "url": article.url,
            "amends_only": article.amends_only,
            "topic": article.topic,
            "codification_number": article.codification_number,
            "source": str(self._source),
            "batch": self._batch,
            "recorded_on": self._on,
        }


def merge_documents(connection: Connection, documents: Sequence[LegalDocument]) -> None:
    """A fact that a source leaves out does not erase what another source said."""
    for document in documents:
        row = connection.execute(select(schema.documents).where(schema.documents.c.key == document.key)).one_or_none()
        told = {
            "number": document.number,
            "title": document.title,
            "kind": str(document.kind),
            "issuer": document.issuer,
            "issued_on": document.issued_on,
            "since": document.validity.since,
            "until": document.validity.until,
            "url": document.url,
        }
        if row is None:
            connection.execute(insert(schema.documents).values(key=document.key, **told))
            continue
        wanted = {name: value for name, value in told.items() if value and not getattr(row, name)}
        if wanted:
            connection.execute(update(schema.documents).where(schema.documents.c.key == document.key).values(**wanted))


def write_procedures(connection: Connection, source: SourceName, batch: str, procedures: Sequence[Procedure], on: date) -> ImportCounts:
    """Adds, changes and marks as vanished the procedures of one batch."""
    table = schema.procedures
    known = {
        row.id: row.content
        for row in connection.execute(select(table).where(table.c.source == source, table.c.batch == batch, table.c.vanished_on.is_(None)))
    }
    added = changed = 0
    for procedure in procedures:
        content = PROCEDURE_JSON.dump_python(procedure, mode="json")
        before = known.pop(procedure.id, None)
        if before == content:
            continue
        added += before is None
        changed += before is not None
        values = {
            "name": procedure.name,
            "is_guide": procedure.is_guide,
            "content": content,
            "source": str(source),
            "batch": batch,
            "vanished_on": None,
        }
        put_row(connection, table, {"id": procedure.id}, values)
    if known:
        connection.execute(update(table).where(table.c.id.in_(known)).values(vanished_on=on))
    return ImportCounts(added, changed, len(procedures) - added - changed, len(known))


def replace_relations(connection: Connection, source: SourceName, batch: str, relations: Sequence[Relation]) -> None:
    """Puts the relations of a batch in the place of those that it held before."""
    table = schema.relations
    connection.execute(delete(table).where(table.c.source == source, table.c.batch == batch))
    if relations:
        rows = [
            {
                "origin": str(relation.source),
                "kind": str(relation.kind),
                "target": str(relation.target),
                "since": relation.since,
                "note": relation.note,
                "source": str(source),
                "batch": batch,
            }
            for relation in relations
        ]
        connection.execute(insert(table), rows)


def replace_failures(connection: Connection, source: SourceName, batch: str, failures: Sequence[Failure]) -> None:
    """Puts the failures of a batch in the place of those that it held before."""
    table = schema.failures
    connection.execute(delete(table).where(table.c.source == source, table.c.batch == batch))
    if failures:
        rows = [{"source": str(source), "batch": batch, "place": failure.place, "reason": failure.reason} for failure in failures]
        connection.execute(insert(table), rows)


def put_row(connection: Connection, table: Any, key: dict[str, Any], values: dict[str, Any]) -> None:  # Any: a SQLAlchemy Table
    """Updates the row with this key, or inserts it."""
    where = [table.c[name] == value for name, value in key.items()]
    if connection.execute(update(table).where(*where).values(**values)).rowcount == 0:
        connection.execute(insert(table).values(**key, **values))
