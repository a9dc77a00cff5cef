"""The corpus on disk: documents, articles with their versions, relations, procedures.

SQLite (a file) or PostgreSQL (a URL). A batch of a source is written in one transaction, so a killed import leaves whole
batches only, and goes on where it stopped.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import groupby
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Connection, Engine, Row, create_engine, delete, event, func, insert, or_, select, update

from corpus import schema
from corpus.errors import DocumentNotFound, SourceUnreadable
from corpus.ids import ProvisionId
from corpus.sources.batch import Batch, SourceName
from corpus.sources.failures import Failure
from corpus.timeline import timeline
from corpus.types import Article, DocumentKind, LegalDocument, Procedure, Relation, RelationKind, Validity

_PROCEDURE = TypeAdapter(Procedure)


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


@dataclass(frozen=True, slots=True)
class CorpusStatus:
    """Sizes of the corpus, and its revision: it changes when the corpus does."""

    documents: int
    articles: int
    versions: int
    relations: int
    procedures: int
    failures: int
    revision: str


class CorpusStore:
    """Reads and writes the corpus. One instance a process; safe to use from several threads."""

    def __init__(self, url: str) -> None:
        self._engine = create_engine(url)
        if self._engine.dialect.name == "sqlite":
            event.listen(self._engine, "connect", _prepare_sqlite)
        schema.metadata.create_all(self._engine)
        self._check_schema()

    @property
    def engine(self) -> Engine:
        """The engine, for tests that look at the tables."""
        return self._engine

    def close(self) -> None:
        """Gives back every connection."""
        self._engine.dispose()

    def has(self, source: SourceName, name: str, digest: str) -> bool:
        """Whether this very content of the batch is already in the store."""
        query = select(schema.batches.c.digest).where(schema.batches.c.source == source, schema.batches.c.name == name)
        with self._engine.connect() as connection:
            return connection.scalar(query) == digest

    def batch_names(self, source: SourceName) -> set[str]:
        """The batches imported from `source`."""
        with self._engine.connect() as connection:
            return set(connection.scalars(select(schema.batches.c.name).where(schema.batches.c.source == source)))

    def is_empty(self) -> bool:
        """Whether nothing was ever imported."""
        with self._engine.connect() as connection:
            return not connection.scalar(select(func.count()).select_from(schema.batches))

    def write(self, source: SourceName, name: str, digest: str, batch: Batch, on: date) -> ImportCounts:
        """Brings the store to what `batch` says, all or nothing; `on` is the day of the import."""
        with self._engine.begin() as connection:
            _merge_documents(connection, batch.documents)
            counts = _ArticleWriter(connection, source, name, on).write(batch.articles)
            counts += _write_procedures(connection, source, name, batch.procedures, on)
            _replace_relations(connection, source, name, batch.relations)
            _replace_failures(connection, source, name, batch.failures)
            _put(connection, schema.batches, {"source": source, "name": name}, {"digest": digest, "imported_at": datetime.now(UTC)})
        return counts + ImportCounts(failures=len(batch.failures))

    def document(self, key: str) -> LegalDocument:
        """The document with this normalised number. Raises `DocumentNotFound`."""
        with self._engine.connect() as connection:
            row = connection.execute(select(schema.documents).where(schema.documents.c.key == key)).one_or_none()
        if row is None:
            raise DocumentNotFound(key)
        return _document(row)

    def documents(self) -> list[LegalDocument]:
        """All documents, highest rank first, then by number."""
        with self._engine.connect() as connection:
            rows = connection.execute(select(schema.documents)).all()
        return sorted((_document(row) for row in rows), key=lambda document: (document.kind.rank, document.key))

    def versions(self, article: ProvisionId) -> list[Article]:
        """The texts of an article with days that do not overlap, oldest first; empty where the article is unknown."""
        table = schema.versions
        query = select(table).where(table.c.document == article.document, table.c.article == article.article).order_by(table.c.id)
        with self._engine.connect() as connection:
            rows = connection.execute(query).all()
        return timeline([_article(row) for row in rows])

    def article(self, article: ProvisionId, as_of: date) -> Article | None:
        """The text in force on `as_of`, or None where none is known."""
        return next((version for version in self.versions(article) if version.validity.covers(as_of)), None)

    def outline(self, document: str) -> list[tuple[ProvisionId, str]]:
        """Articles of a document with their headings, in the order of its text."""
        table = schema.versions
        query = select(table.c.article, table.c.heading).where(table.c.document == document).order_by(table.c.position, table.c.id)
        with self._engine.connect() as connection:
            rows = connection.execute(query).all()
        return [(ProvisionId(document, article), heading) for article, heading in {row.article: row.heading for row in rows}.items()]

    def articles(self) -> Iterator[list[Article]]:
        """Every article's timeline, by document and number; rows stream from the database."""
        table = schema.versions
        query = select(table).order_by(table.c.document, table.c.article, table.c.id)
        with self._engine.connect().execution_options(yield_per=2000) as connection:
            for _, rows in groupby(connection.execute(query), key=lambda row: (row.document, row.article)):
                yield timeline([_article(row) for row in rows])

    def relations(self, provision: ProvisionId) -> list[Relation]:
        """Relations that start or end at this provision, not at its parts."""
        table = schema.relations
        query = select(table).where(or_(table.c.origin == str(provision), table.c.target == str(provision))).order_by(table.c.id)
        with self._engine.connect() as connection:
            return [_relation(row) for row in connection.execute(query)]

    def procedures(self) -> list[Procedure]:
        """All procedures that did not vanish, by id."""
        table = schema.procedures
        query = select(table.c.content).where(table.c.vanished_on.is_(None)).order_by(table.c.id)
        with self._engine.connect() as connection:
            return [_PROCEDURE.validate_python(content) for content in connection.scalars(query)]

    def procedure(self, procedure: str) -> Procedure | None:
        """One procedure by id."""
        table = schema.procedures
        with self._engine.connect() as connection:
            content = connection.scalar(select(table.c.content).where(table.c.id == procedure))
        return _PROCEDURE.validate_python(content) if content else None

    def failures(self) -> list[tuple[str, Failure]]:
        """What could not be imported: source and failure, in the order of import."""
        table = schema.failures
        with self._engine.connect() as connection:
            return [(row.source, Failure(row.place, row.reason)) for row in connection.execute(select(table).order_by(table.c.id))]

    def status(self) -> CorpusStatus:
        """Sizes and revision."""
        articles = select(schema.versions.c.document, schema.versions.c.article).distinct().subquery()
        tables = (schema.documents, articles, schema.versions, schema.relations, schema.procedures, schema.failures)
        with self._engine.connect() as connection:
            sizes = [connection.scalar(select(func.count()).select_from(table)) or 0 for table in tables]
        return CorpusStatus(sizes[0], sizes[1], sizes[2], sizes[3], sizes[4], sizes[5], self.revision())

    def revision(self) -> str:
        """A text that changes with every imported batch; the same for the same contents with the same past."""
        table = schema.batches
        query = select(table.c.source, table.c.name, table.c.digest).order_by(table.c.source, table.c.name)
        with self._engine.connect() as connection:
            lines = [" ".join(row) for row in connection.execute(query)]
            # A text that changed and changed back has the digest of before, and two spans more.
            lines.append(str(connection.scalar(select(func.count()).select_from(schema.versions))))
        return _digest("\n".join(lines))

    def _check_schema(self) -> None:
        wanted = str(schema.SCHEMA_VERSION)
        with self._engine.begin() as connection:
            found = connection.scalar(select(schema.facts.c.value).where(schema.facts.c.name == "schema"))
            if found is None:
                connection.execute(insert(schema.facts).values(name="schema", value=wanted))
            elif found != wanted:
                raise SourceUnreadable(str(self._engine.url), f"made by another version of the program (schema {found}, here {wanted})")


def _prepare_sqlite(connection: Any, _record: object) -> None:  # Any: the driver's own connection
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA busy_timeout=10000")
    cursor.close()


class _ArticleWriter:
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


def _merge_documents(connection: Connection, documents: Sequence[LegalDocument]) -> None:
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


def _write_procedures(connection: Connection, source: SourceName, batch: str, procedures: Sequence[Procedure], on: date) -> ImportCounts:
    table = schema.procedures
    known = {
        row.id: row.content
        for row in connection.execute(select(table).where(table.c.source == source, table.c.batch == batch, table.c.vanished_on.is_(None)))
    }
    added = changed = 0
    for procedure in procedures:
        content = _PROCEDURE.dump_python(procedure, mode="json")
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
        _put(connection, table, {"id": procedure.id}, values)
    if known:
        connection.execute(update(table).where(table.c.id.in_(known)).values(vanished_on=on))
    return ImportCounts(added, changed, len(procedures) - added - changed, len(known))


def _replace_relations(connection: Connection, source: SourceName, batch: str, relations: Sequence[Relation]) -> None:
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


def _replace_failures(connection: Connection, source: SourceName, batch: str, failures: Sequence[Failure]) -> None:
    table = schema.failures
    connection.execute(delete(table).where(table.c.source == source, table.c.batch == batch))
    if failures:
        rows = [{"source": str(source), "batch": batch, "place": failure.place, "reason": failure.reason} for failure in failures]
        connection.execute(insert(table), rows)


def _put(connection: Connection, table: Any, key: dict[str, Any], values: dict[str, Any]) -> None:  # Any: a SQLAlchemy Table
    where = [table.c[name] == value for name, value in key.items()]
    if connection.execute(update(table).where(*where).values(**values)).rowcount == 0:
        connection.execute(insert(table).values(**key, **values))


def _document(row: Row[Any]) -> LegalDocument:
    return LegalDocument(
        row.key, row.number, row.title, DocumentKind(row.kind), row.issuer, row.issued_on, Validity(row.since, row.until), row.url
    )


def _article(row: Row[Any]) -> Article:
    until = min((day for day in (row.until, row.vanished_on) if day), default=None)
    return Article(
        id=ProvisionId(row.document, row.article),
        heading=row.heading,
        text=row.text,
        path=tuple(row.path),
        validity=Validity(row.since, until),
        url=row.url,
        amends_only=row.amends_only,
        topic=row.topic,
        codification_number=row.codification_number,
        source=row.source,
    )


def _relation(row: Row[Any]) -> Relation:
    return Relation(ProvisionId.parse(row.origin), RelationKind(row.kind), ProvisionId.parse(row.target), row.since, row.note)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
