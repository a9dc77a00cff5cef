"""The corpus on disk: documents, articles with their versions, relations, procedures.

SQLite (a file) or PostgreSQL (a URL). A batch of a source is written in one transaction, so a killed import leaves whole
batches only, and goes on where it stopped.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import groupby
from typing import Any

from sqlalchemy import Engine, Row, and_, create_engine, delete, event, false, func, insert, or_, select

from corpus import schema
from corpus.errors import DocumentNotFound, SourceUnreadable
from corpus.ids import ProvisionId
from corpus.sources.batch import Batch, SourceName
from corpus.sources.failures import Failure
from corpus.timeline import timeline
from corpus.types import Article, DocumentKind, LegalDocument, Procedure, Relation, RelationKind, Validity
from corpus.writing import (
    PROCEDURE_JSON,
    ArticleWriter,
    ImportCounts,
    merge_documents,
    put_row,
    replace_failures,
    replace_relations,
    write_procedures,
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


_LAST_IMPORT = select(func.max(schema.batches.c.imported_at))


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

    def articles_of(self, source: SourceName, name: str) -> int:
        """How many articles the last import of a batch holds."""
        table = schema.versions
        of_batch = and_(table.c.source == source, table.c.batch == name, table.c.superseded_on.is_(None))
        with self._engine.connect() as connection:
            return connection.scalar(select(func.count()).select_from(table).where(of_batch)) or 0

    def is_empty(self) -> bool:
        """Whether nothing was ever imported."""
        with self._engine.connect() as connection:
            return not connection.scalar(select(func.count()).select_from(schema.batches))

    def write(self, source: SourceName, name: str, digest: str, batch: Batch, on: date) -> ImportCounts:
        """Brings the store to what `batch` says, all or nothing; `on` is the day of the import."""
        with self._engine.begin() as connection:
            merge_documents(connection, batch.documents)
            counts = ArticleWriter(connection, source, name, on).write(batch.articles)
            counts += write_procedures(connection, source, name, batch.procedures, on)
            replace_relations(connection, source, name, batch.relations)
            replace_failures(connection, source, name, batch.failures)
            put_row(connection, schema.batches, {"source": source, "name": name}, {"digest": digest, "imported_at": datetime.now(UTC)})
        return counts + ImportCounts(failures=len(batch.failures))

    def report(self, source: SourceName, name: str, failures: Sequence[Failure]) -> None:
        """Notes why a batch could not be read; what was taken from it before stays, and the next import tries again."""
        with self._engine.begin() as connection:
            replace_failures(connection, source, name, failures)
            connection.execute(delete(schema.batches).where(schema.batches.c.source == source, schema.batches.c.name == name))

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
        return self.timelines([article]).get(article, [])

    def timelines(self, articles: Collection[ProvisionId]) -> dict[ProvisionId, list[Article]]:
        """The `versions` of several articles, asked for at once; without those that are unknown."""
        table = schema.versions
        # SQLite looks each of these up in its index; a list of pairs, or an order by id, makes it read the whole table.
        wanted = (and_(table.c.document == article.document, table.c.article == article.article) for article in articles)
        query = select(table).where(or_(false(), *wanted))
        rows: dict[ProvisionId, list[Article]] = defaultdict(list)
        with self._engine.connect() as connection:
            for row in sorted(connection.execute(query), key=lambda row: row.id):
                rows[ProvisionId(row.document, row.article)].append(_article(row))
        return {article: timeline(versions) for article, versions in rows.items()}

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
            return [PROCEDURE_JSON.validate_python(content) for content in connection.scalars(query)]

    def procedure(self, procedure: str) -> Procedure | None:
        """One procedure by id."""
        table = schema.procedures
        with self._engine.connect() as connection:
            content = connection.scalar(select(table.c.content).where(table.c.id == procedure))
        return PROCEDURE_JSON.validate_python(content) if content else None

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

    def imported_at(self) -> datetime | None:
        """When a batch was last imported, None before the first: quick to ask, unlike `revision`."""
        with self._engine.connect() as connection:
            last: datetime | None = connection.scalar(_LAST_IMPORT)
        return last

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
