"""What Open311 says, as XML or as JSON by the Spark convention: lists without their wrapper, empty elements as null."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any
from xml.etree import ElementTree as ET

from fastapi import Response

from assistant.interop.workbooks import printable

# Texts, numbers, truth; mappings; lists.
Said = str | int | bool | None | Mapping[str, "Said"] | Sequence["Said"]


class Form(StrEnum):
    """How an answer is written."""

    XML = "xml"
    JSON = "json"


_MEDIA = {Form.XML: "text/xml; charset=utf-8", Form.JSON: "application/json; charset=utf-8"}
# What one element of a list is called.
_ONE = {
    "services": "service",
    "attributes": "attribute",
    "values": "value",
    "service_requests": "request",
    "errors": "error",
    "endpoints": "endpoint",
    "formats": "format",
}


def form_of(extension: str, accept: str) -> Form | None:
    """The form that an address asks for; without an extension what the caller prefers, XML if nothing. None for any other."""
    if not extension:
        return Form.JSON if "application/json" in accept and "xml" not in accept.partition("application/json")[0] else Form.XML
    return next((form for form in Form if form == extension), None)


def written(root: str, said: Said, form: Form, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """A response whose outermost element is `root`."""
    if form is Form.JSON:
        text = json.dumps(_spark(said), ensure_ascii=False).encode("utf-8", "replace")
        return Response(text, status, headers=dict(headers or {}), media_type=_MEDIA[form])
    text = ET.tostring(_element(root, said), encoding="utf-8", xml_declaration=True)
    return Response(text, status, headers=dict(headers or {}), media_type=_MEDIA[form])


def _spark(said: Said) -> Any:  # Any: whatever JSON holds
    if isinstance(said, Mapping):
        return {name: _spark(value) for name, value in said.items()}
    if isinstance(said, str):
        return said or None
    if isinstance(said, Sequence):
        return [_spark(one) for one in said]
    return said


def _element(name: str, said: Said) -> ET.Element:
    element = ET.Element(name)
    if isinstance(said, Mapping):
        element.extend(_element(inner, value) for inner, value in said.items())
    elif isinstance(said, bool):
        element.text = str(said).lower()
    elif isinstance(said, str | int):
        element.text = printable(str(said)) or None
    elif said is not None:
        element.extend(_element(_ONE[name], one) for one in said)
    return element
