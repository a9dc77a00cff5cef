"""Fixtures of themes, bills and kept reports."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.assistant.feedback.office import Office, open_office
from tests.databases import sqlite_url


@pytest.fixture
def office(database_url: str) -> Iterator[Office]:
    with open_office(database_url) as opened:
        yield opened


@pytest.fixture
def one_office(tmp_path: Path) -> Iterator[Office]:
    """For rules of counting: that both engines give the same rows, the tests with `office` see."""
    with open_office(sqlite_url(tmp_path)) as opened:
        yield opened
