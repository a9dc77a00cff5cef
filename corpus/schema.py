"""The tables of the corpus store: documents, versions of articles, relations, procedures, what was imported, what failed."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, Date, DateTime, Index, Integer, MetaData, String, Table, Text

SCHEMA_VERSION = 1

metadata = MetaData()

facts = Table("corpus_facts", metadata, Column("name", String, primary_key=True), Column("value", String, nullable=False))

batches = Table(
    "corpus_batches",
    metadata,
    Column("source", String, primary_key=True),
    Column("name", String, primary_key=True),
    Column("digest", String, nullable=False),
    Column("imported_at", DateTime(timezone=True), nullable=False),
)

documents = Table(
    "corpus_documents",
    metadata,
    Column("key", String, primary_key=True),
    Column("number", String, nullable=False),
    Column("title", Text, nullable=False),
    Column("kind", String, nullable=False),
    Column("issuer", Text),
    Column("issued_on", Date),
    Column("since", Date),
    Column("until", Date),
    Column("url", Text),
)

versions = Table(
    "corpus_versions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("document", String, nullable=False),
    Column("article", String, nullable=False),
    Column("position", Integer, nullable=False),
    Column("heading", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("path", JSON, nullable=False),
    Column("since", Date),
    Column("until", Date),
    Column("url", Text),
    Column("amends_only", Boolean, nullable=False),
    Column("topic", Text),
    Column("codification_number", String),
    Column("source", String, nullable=False),
    Column("batch", String, nullable=False),
    Column("recorded_on", Date, nullable=False),
    Column("superseded_on", Date),
    Column("vanished_on", Date),
    Index("corpus_versions_provision", "document", "article"),
    Index("corpus_versions_batch", "source", "batch"),
)

relations = Table(
    "corpus_relations",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("origin", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("target", String, nullable=False),
    Column("since", Date),
    Column("note", Text, nullable=False),
    Column("source", String, nullable=False),
    Column("batch", String, nullable=False),
    Index("corpus_relations_origin", "origin"),
    Index("corpus_relations_target", "target"),
    Index("corpus_relations_batch", "source", "batch"),
)

procedures = Table(
    "corpus_procedures",
    metadata,
    Column("id", String, primary_key=True),
    Column("name", Text, nullable=False),
    Column("is_guide", Boolean, nullable=False),
    Column("content", JSON, nullable=False),
    Column("source", String, nullable=False),
    Column("batch", String, nullable=False),
    Column("vanished_on", Date),
    Index("corpus_procedures_batch", "source", "batch"),
)

failures = Table(
    "corpus_failures",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("source", String, nullable=False),
    Column("batch", String, nullable=False),
    Column("place", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Index("corpus_failures_batch", "source", "batch"),
)
