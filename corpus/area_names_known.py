"""Kinds and names of today's units and of former provinces and districts, without what became of them: read in a hundredth of a second."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import NamedTuple

from corpus.area_data import data_folder
from corpus.area_types import split_kind
from corpus.errors import SourceUnreadable

_NAMES = """SELECT province FROM admin_units UNION SELECT ward FROM admin_units UNION SELECT province FROM admin_units_legacy
    UNION SELECT district FROM admin_units_legacy ORDER BY 1"""

# Older than the tables (corpus.area_names knows it too).
_BEFORE_THE_TABLES = "Tỉnh Hà Tây"


class NamedUnit(NamedTuple):
    """A kind of unit ("Quận") and a bare name that at least one of it has or had."""

    kind: str
    name: str


def named_units() -> tuple[NamedUnit, ...]:
    """Each kind and name once, those without digits; none where the tables are not installed or of another shape."""
    try:
        address = f"{(data_folder() / 'dataset.db').as_uri()}?mode=ro&immutable=1"
        with closing(sqlite3.connect(address, uri=True)) as base:
            names = [name for (name,) in base.execute(_NAMES)]
    except (SourceUnreadable, sqlite3.Error):
        return ()
    names.append(_BEFORE_THE_TABLES)
    return tuple(NamedUnit(*split_kind(name)) for name in names if name and not any(letter.isdigit() for letter in name))
