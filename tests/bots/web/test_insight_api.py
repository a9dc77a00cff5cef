"""Themes, scoreboard and kept reports over HTTP: for staff, with versions, and nothing sealed."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from assistant.insight.tables import theme_run
from bots.web.app import create_app
from bots.web.insight_api import add_insight_problems, insight
from bots.web.service import WebService
from tests.assistant.insight.test_theme_desk import SECRET, SUBJECTS
from tests.bots.web.conftest import STAFF, STAFF_KEYS

Json = dict[str, Any]
PERIOD = {"from": "2024-05-01", "to": "2024-05-31"}


def as_(name: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {name}"}


@pytest.fixture
def staffed(service: WebService) -> TestClient:
    theme_run.metadata.create_all(service.feedback.engine)
    app: FastAPI = create_app(service, per_minute_address=100_000, keys=STAFF_KEYS, staff=STAFF, lookups_per_minute=100_000)
    if not any(getattr(route, "path", "").startswith("/api/v1/insight") for route in app.routes):
        app.include_router(insight)
        add_insight_problems(app)
    return TestClient(app, raise_server_exceptions=False)


def filled(client: TestClient) -> None:
    version = client.get("/api/v1/consent").json()["version"]
    texts = [f"{SUBJECTS[number % 2]} {'rất ' * (number // 2)}" for number in range(12)]
    for number, text in enumerate([*texts, f"Tôi tố cáo {SECRET}"]):
        form = {"request_id": f"m-{number}", "text": text, "consent_version": version}
        assert client.post("/api/v1/submissions", json=form).status_code == 201
    while client.app.state.service.understand():  # type: ignore[attr-defined]
        pass


def test_themes_are_found_chosen_and_taken_back(staffed: TestClient) -> None:
    filled(staffed)
    made = staffed.post("/api/v1/insight/themes", json=PERIOD, headers=as_("hung"))
    assert (made.status_code, made.json()["submissions"]) == (201, 12)
    run = f"/api/v1/insight/themes/{made.json()['number']}"
    found = staffed.get(run, headers=as_("hung")).json()
    assert sorted([*found["ungrouped"], *(number for one in found["themes"] for number in one["members"])]) == list(range(1, 13))
    key = found["themes"][0]["key"]

    def act(**form: object) -> Json:
        answer = staffed.post(f"{run}/selection", json=form, headers=as_("hung"))
        return {**answer.json(), "status": answer.status_code}

    assert act(act="choose", version=0, key=key, title="Bãi rác")["themes"][0]["title"] == "Bãi rác"
    late = act(act="drop", version=0, key=key)
    assert (late["status"], late["version"]) == (409, 1)
    assert act(act="rename", version=1, key=key, title="Rác")["themes"][0]["title"] == "Rác"
    assert act(act="move", version=2, letter=found["themes"][0]["members"][0])["version"] == 3
    assert act(act="back", version=3, to_version=1)["themes"][0]["title"] == "Bãi rác"
    assert act(act="choose", version=4, key="all-99", title="x")["status"] == 404
    assert len(staffed.get("/api/v1/insight/themes", headers=as_("mai")).json()["runs"]) == 1


def test_what_is_told_is_for_staff_only(staffed: TestClient) -> None:
    for path in ("themes", "themes/1", "scoreboard?from=2024-01-01&to=2024-12-31", "reports/1/verification"):
        assert staffed.get(f"/api/v1/insight/{path}", headers=as_("machine")).status_code == 403
    assert staffed.get("/api/v1/insight/themes", headers=as_("officer-1")).status_code == 403
    assert staffed.get("/api/v1/insight/themes/1", headers=as_("hung")).status_code == 404
    assert staffed.get("/api/v1/insight/reports/1/verification", headers=as_("hung")).status_code == 404


def test_the_scoreboard_of_nothing_is_empty(staffed: TestClient) -> None:
    told = staffed.get("/api/v1/insight/scoreboard", params={"from": "2024-01-01", "to": "2024-12-31"}, headers=as_("lan"))
    assert told.json() == {"received": 0, "bodies": []}


def test_days_of_no_record_have_nothing(staffed: TestClient) -> None:
    days = {"from": "0001-01-01", "to": "9999-12-31"}
    assert staffed.post("/api/v1/insight/themes", json=days, headers=as_("hung")).json()["submissions"] == 0
    board = staffed.get("/api/v1/insight/scoreboard", params=days, headers=as_("hung"))
    assert board.json()["received"] == 0
