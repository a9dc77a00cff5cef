"""The published form of an answer, for the tests that hold real answers against it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.project_files import PROJECT

SCHEMA = PROJECT / "docs" / "answer.schema.json"


def answer_schema() -> dict[str, Any]:
    """docs/answer.schema.json; a missing one fails the test that asks for it."""
    if not SCHEMA.is_file():
        pytest.fail("docs/answer.schema.json is missing: `dienhong ask --json` promises it")
    schema: dict[str, Any] = json.loads(SCHEMA.read_text(encoding="utf-8"))
    return schema
