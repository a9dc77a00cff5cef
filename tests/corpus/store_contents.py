"""What stands in the tables of a store, without row numbers and clock times."""

from __future__ import annotations

from sqlalchemy import select

from corpus import schema
from corpus.store import CorpusStore

Contents = dict[str, list[str]]
_NOT_CONTENT = {"id", "imported_at"}


def contents(store: CorpusStore) -> Contents:
    """Every row of every table, as text, sorted."""
    with store.engine.connect() as connection:
        return {
            table.name: sorted(
                repr([(name, value) for name, value in row.items() if name not in _NOT_CONTENT or table.name == "corpus_procedures"])
                for row in connection.execute(select(table)).mappings()
            )
            for table in schema.metadata.sorted_tables
        }
