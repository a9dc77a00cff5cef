"""What the web says while the database cannot do it: try again, and nothing is acknowledged."""

from __future__ import annotations

import logging

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text

from assistant.database import writing
from bots.web.app import create_app
from bots.web.database_problems import add_database_problems
from bots.web.service import WebService


def test_a_database_that_cannot_write_now_is_503_and_the_log_has_no_words(service: WebService, caplog: pytest.LogCaptureFixture) -> None:
    form = {"request_id": "r-1", "text": "Cầu gãy rồi", "consent_version": service.feedback.consents.current.version}
    with writing(service.feedback.engine) as connection:
        connection.execute(text("ALTER TABLE audit_event RENAME TO gone"))
    app = create_app(service)
    add_database_problems(app)
    client = TestClient(app, raise_server_exceptions=False)
    with caplog.at_level(logging.ERROR, "bots.web.database_problems"):
        refused = client.post("/api/v1/submissions", json=form)
    assert (refused.status_code, refused.headers["content-type"]) == (503, "application/problem+json")
    assert refused.headers["retry-after"] == "5"
    assert [record.message for record in caplog.records] == ["database_failed"]
    assert "gãy" not in caplog.text
    with writing(service.feedback.engine) as connection:
        connection.execute(text("ALTER TABLE gone RENAME TO audit_event"))
    assert client.post("/api/v1/submissions", json=form).status_code == 201
