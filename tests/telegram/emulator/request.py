"""A call of the Bot API: its arguments, however they were sent. https://core.telegram.org/bots/api#making-requests"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from tests.telegram.emulator.errors import bad_request

_NAME = re.compile(rb'\bname="([^"]*)"')
_FILENAME = re.compile(rb'\bfilename="([^"]*)"')
_TYPE = re.compile(rb"^content-type:\s*([^\r\n]+)", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Upload:
    """A file sent along."""

    name: str
    mime_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Request:
    """The arguments of a call, all as text, and the files sent along."""

    arguments: Mapping[str, str] = field(default_factory=dict)
    uploads: Mapping[str, Upload] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """The argument, or nothing."""
        return self.arguments.get(name, "")

    def number(self, name: str, default: int = 0) -> int:
        """The argument as a whole number; `default` where it is none."""
        try:
            return int(self.text(name))
        except ValueError:
            return default

    def coordinate(self, name: str) -> float:
        """The argument as degrees; raises ApiError where it is none."""
        try:
            return float(self.text(name))
        except ValueError:
            raise bad_request(f"{name} is empty" if not self.text(name) else f"bad {name}") from None

    def flag(self, name: str) -> bool:
        """Whether the argument says yes."""
        return self.text(name).lower() in ("true", "yes", "1")

    def parsed(self, name: str) -> Any:
        """The argument read as JSON; None where there is none. Raises ApiError where it is no JSON."""
        if not self.text(name):
            return None
        try:
            return json.loads(self.text(name))
        except ValueError:
            raise bad_request(f"can't parse {name} JSON object") from None


def read_request(query: str, content_type: str, body: bytes) -> Request:
    """The call in a request by query string, form, multipart form or JSON."""
    arguments = dict(parse_qsl(query, keep_blank_values=True))
    if content_type.startswith("application/json") and body:
        sent = json.loads(body)
        return Request(arguments | {name: value if isinstance(value, str) else json.dumps(value) for name, value in sent.items()})
    if content_type.startswith("multipart/form-data"):
        parts = list(_parts(body, content_type))
        fields = {name: part.content.decode() for name, part in parts if not part.name}
        return Request(arguments | fields, {name: part for name, part in parts if part.name})
    return Request(arguments | dict(parse_qsl(body.decode(), keep_blank_values=True)))


def _parts(body: bytes, content_type: str) -> Iterator[tuple[str, Upload]]:
    boundary = content_type.partition("boundary=")[2].strip('"').encode()
    for piece in body.split(b"--" + boundary)[1:-1]:
        head, _, content = piece.partition(b"\r\n\r\n")
        name, filename, mime_type = (pattern.search(head) for pattern in (_NAME, _FILENAME, _TYPE))
        if name:
            upload = Upload(
                filename.group(1).decode() if filename else "",
                mime_type.group(1).decode() if mime_type else "",
                content.removesuffix(b"\r\n"),
            )
            yield name.group(1).decode(), upload
