"""The published description: what it says of answers, streams and keys."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest
from fastapi.testclient import TestClient

from tests.bots.web.test_api import HOURS, events


@pytest.fixture
def described(client: TestClient) -> dict[str, Any]:
    description: dict[str, Any] = client.get("/openapi.json").json()
    return description


def held(value: object, name: str, described: dict[str, Any]) -> None:
    jsonschema.validate(value, {"$ref": f"#/components/schemas/{name}", "components": described["components"]})


def test_no_reference_leads_nowhere(described: dict[str, Any]) -> None:
    text = json.dumps(described)
    named = {part.partition('"')[0] for part in text.split("#/components/schemas/")[1:]}
    assert named <= set(described["components"]["schemas"])
    assert "$defs/" not in text


@pytest.mark.parametrize(
    ("path", "method", "name"),
    [
        ("/api/v1/ask", "post", "Answer"),
        ("/api/v1/search", "get", "Found"),
        ("/api/v1/provisions/{provision}", "get", "Provision"),
        ("/api/v1/submissions", "post", "Receipt"),
        ("/api/v1/submissions/{code}", "get", "SubmissionStatus"),
    ],
)
def test_what_programs_use_most_has_a_schema_and_an_example_that_keeps_it(
    described: dict[str, Any], path: str, method: str, name: str
) -> None:
    body = described["paths"][path][method]["responses"]["200"]["content"]["application/json"]
    assert body["schema"] == {"$ref": f"#/components/schemas/{name}"}
    held(body["example"], name, described)


def test_what_is_answered_keeps_the_published_schemas(client: TestClient, described: dict[str, Any]) -> None:
    conversation = client.post("/api/v1/conversations").json()["conversation"]
    held(client.post("/api/v1/ask", json={"question": HOURS, "conversation": conversation}).json(), "Answer", described)
    held(client.get("/api/v1/search", params={"q": HOURS}).json(), "Found", described)
    for day in ("2000-01-01", "2024-01-01"):
        held(client.get("/api/v1/provisions/901/2020/QH14@12", params={"as_of": day}).json(), "Provision", described)


def test_what_senders_are_told_keeps_the_published_schemas(client: TestClient, described: dict[str, Any]) -> None:
    version = client.get("/api/v1/consent").json()["version"]
    form = {"request_id": "m-1", "text": "Tôi tố cáo cán bộ nhận tiền", "consent_version": version}
    sent = client.post("/api/v1/submissions", json=form).json()
    held(sent, "Receipt", described)
    assert sent["guidance"]
    held(client.get(f"/api/v1/submissions/{sent['code']}").json(), "SubmissionStatus", described)


def test_each_event_of_a_stream_is_described(client: TestClient, described: dict[str, Any]) -> None:
    stream = described["paths"]["/api/v1/ask/stream"]["post"]["responses"]["200"]["content"]["text/event-stream"]
    shown = [block.split("\n") for block in stream["example"].strip().split("\n\n")]
    told = [(name.removeprefix("event: "), json.loads(data.removeprefix("data: "))) for name, data in shown]
    assert [name for name, _ in told] == ["status", "citations", "text", "end"]
    for name, data in [*told, *events(client, question=HOURS), ("error", {"request_id": "r-1"})]:
        held(data, f"Stream{name.capitalize()}", described)


def test_keys_are_described_and_wanted_where_people_are_in_charge(described: dict[str, Any]) -> None:
    (key,) = described["components"]["securitySchemes"]
    assert described["components"]["securitySchemes"][key]["scheme"] == "bearer"
    paths = described["paths"]
    assert paths["/api/v1/ask"]["post"]["security"] == [{}, {key: []}]
    assert paths["/api/v1/answer-feedback"]["post"]["security"] == [{}, {key: []}]
    assert paths["/api/v1/answer-feedback"]["get"]["security"] == [{key: []}]
    assert paths["/api/v1/recommendations"]["get"]["security"] == [{key: []}]
