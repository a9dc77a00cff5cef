"""The published description: the answer's schema, examples, the events of a stream, and how keys are sent."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from bots.web.openapi_examples import EXAMPLES, SCHEMAS, STREAM, STREAM_EXAMPLE

# Beside the code in the source tree, which the project is installed from; without it an answer is described as an object only.
_ANSWER_SCHEMA = Path(__file__).parents[2] / "docs" / "answer.schema.json"
_KEY = "key"
_PROBLEM: Mapping[str, Any] = {
    "type": "object",
    "title": "Problem",
    "description": "RFC 9457",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "instance": {"type": "string"},
        "request_id": {"type": "string"},
        "errors": {"type": "array", "items": {"type": "object"}},
    },
}
# Bodies of the operations that programs use most; the others are described in words.
_BODIES: Mapping[tuple[str, str], str] = {
    ("/api/v1/ask", "post"): "Answer",
    ("/api/v1/search", "get"): "Found",
    ("/api/v1/provisions/{provision}", "get"): "Provision",
    ("/api/v1/submissions", "post"): "Receipt",
    ("/api/v1/submissions/{code}", "get"): "SubmissionStatus",
    ("/api/v1/submissions/{code}/withdrawal", "post"): "SubmissionStatus",
    ("/api/v1/submissions/{code}/review", "post"): "SubmissionStatus",
}
_STREAM = "/api/v1/ask/stream"


def openapi(app: FastAPI) -> dict[str, Any]:
    """The description of the application, made once."""
    if app.openapi_schema is None:
        schema = get_openapi(title=app.title, version=app.version, description=app.description, routes=app.routes)
        schema["components"]["schemas"] |= {"Problem": _PROBLEM, **answer_components(), **SCHEMAS}
        schema["components"]["securitySchemes"] = {_KEY: {"type": "http", "scheme": "bearer", "description": "a key; docs/http-api.md"}}
        for path, operations in schema["paths"].items():
            for method, operation in operations.items():
                _describe(path, method, operation)
        app.openapi_schema = schema
    return app.openapi_schema


def answer_components() -> dict[str, Any]:
    """docs/answer.schema.json as schemas of the description: `Answer`, and its parts as `Answer.citation` and so on."""
    if not _ANSWER_SCHEMA.is_file():
        return {"Answer": {"type": "object"}}
    text = _ANSWER_SCHEMA.read_text(encoding="utf-8").replace("#/$defs/", "#/components/schemas/Answer.")
    whole: dict[str, Any] = json.loads(text)
    parts = {f"Answer.{name}": part for name, part in whole.pop("$defs").items()}
    answer = {name: value for name, value in whole.items() if not name.startswith("$")}
    # Only over HTTP an answer may stand in a conversation.
    answer["properties"] = {**answer["properties"], **SCHEMAS["InConversation"]["properties"]}
    return {"Answer": answer, **parts}


def _describe(path: str, method: str, operation: dict[str, Any]) -> None:
    responses = operation["responses"]
    # Problem details take the place of the framework's own form of errors.
    responses["422"] = {
        "description": "not valid",
        "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
    # What may be refused for a key is for people in charge, save what anybody may do in one way and channels in another.
    needs_key = "403" in responses and not path.endswith("/support")
    operation["security"] = [{_KEY: []}] if needs_key else [{}, {_KEY: []}]
    if name := _BODIES.get((path, method)):
        body = {"schema": {"$ref": f"#/components/schemas/{name}"}, "example": EXAMPLES[name]}
        for status in {"200", "201"} & set(responses):
            responses[status]["content"] = {"application/json": body}
    if path == _STREAM:
        responses["200"]["content"] = {"text/event-stream": {"schema": STREAM, "example": STREAM_EXAMPLE}}
