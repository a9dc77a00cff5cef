"""Forms with files: read in memory within their limits, and the files looked at and cleaned as those of chats are."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs

from fastapi import Request, Response
from fastapi.routing import APIRoute
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException, MultiPartParser

from assistant.chats.checking_files import checked
from assistant.chats.errors import FileNotHad, FileRefused
from assistant.feedback.intake import MOST_ATTACHED_BYTES, MOST_ATTACHMENTS, Attachment
from bots.web.middleware import MAX_BODY_BYTES
from bots.web.problems import Problem
from bots.web.service import WebService

# What is too much is read to its end and dropped, so that the form can be shown again with the words in it; beyond that nothing is read.
MOST_FORM_BYTES = 3 * MOST_ATTACHED_BYTES
# Base64 of the files, and the longest text around them.
MOST_JSON_BYTES = 4 * MOST_ATTACHED_BYTES // 3 + 1_000_000
# The most bytes of a request, by path.
LARGER = {"/send": MOST_FORM_BYTES, "/api/v1/submissions": MOST_JSON_BYTES}
_MOST_FIELDS, _MOST_PARTS = 20, 100
_LONGEST_NAME = 80


class FilesRefused(Exception):
    """Files that are not taken: `reason` names the sentence, `name` the file as its sender calls it, `number` its place from 1."""

    def __init__(self, reason: str, name: str = "", number: int | None = None) -> None:
        super().__init__(reason)
        self.reason, self.name, self.number = reason, name, number


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file as it came; nothing of it was believed yet."""

    name: str = field(repr=False)
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class SentForm:
    """The fields of a form and its files. `refusal` names the sentence where not all could be read; the fields are those that were."""

    fields: Mapping[str, list[str]] = field(repr=False)
    files: tuple[SentFile, ...] = ()
    had_files: bool = False
    refusal: str = ""


class AdmittedFirst(APIRoute):
    """A route whose caller is counted before the body is read; large ones without a key are counted a second time."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The handler behind the count."""
        handler = super().get_route_handler()

        async def counted(request: Request) -> Response:
            request.app.state.callers.admit(request)
            if request.state.caller is None and (seconds := must_wait_s(request)):
                raise Problem("too-many", seconds=seconds, headers={"Retry-After": str(seconds)})
            return await handler(request)

        return counted


def is_large(request: Request) -> bool:
    """Whether more is sent than anybody types."""
    length = request.headers.get("content-length", "")
    return not length.isdecimal() or int(length) > MAX_BODY_BYTES


def must_wait_s(request: Request) -> int:
    """The seconds until this address may send so much again, 0 where it may."""
    if not is_large(request):
        return 0
    wait_s: float = request.app.state.files.wait_s(request.client.host if request.client else "")
    return max(1, round(wait_s)) if wait_s else 0


def attachments_of(files: Sequence[SentFile], service: WebService) -> tuple[Attachment, ...]:
    """The files as they are kept: media types by their first bytes, pictures without where they were taken. Raises `FilesRefused`."""
    if len(files) > MOST_ATTACHMENTS:
        raise FilesRefused("too_many")
    if sum(len(one.content) for one in files) > MOST_ATTACHED_BYTES:
        raise FilesRefused("too_big")
    taken = tuple(_taken(one, number, service) for number, one in enumerate(files, start=1))
    if sum(len(one.content) for one in taken) > MOST_ATTACHED_BYTES:
        # Drawn anew, a picture may take more room.
        raise FilesRefused("too_big")
    return taken


def _taken(file: SentFile, number: int, service: WebService) -> Attachment:
    try:
        # Pictures are drawn one at a time: each may fill hundreds of megabytes meanwhile.
        with service.cleaning:
            return Attachment(*checked(file.content, service.scan))
    except FileRefused as error:
        raise FilesRefused(error.reason, file.name, number) from error
    except FileNotHad as error:
        raise FilesRefused("unchecked", file.name, number) from error


async def read_form(request: Request, most_bytes: int = MOST_ATTACHED_BYTES) -> SentForm:
    """The form that a page sent; of its files at most `most_bytes` together are kept, in memory only."""
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        return SentForm(parse_qs((await _typed(request)).decode("utf-8", "replace"), max_num_fields=_MOST_FIELDS))
    parser = _InMemory(request, most_bytes)
    try:
        await parser.parse()
    except MultiPartException:
        return parser.read("unreadable")
    except HTTPException as error:
        if error.status_code != 413:
            raise
        return parser.read("too_big")
    files = [SentFile(one.filename or "", await one.read()) for one in parser.files()] if not parser.is_too_big else []
    return parser.read("too_big" if parser.is_too_big else "", tuple(files))


async def _typed(request: Request) -> bytes:
    read = bytearray()
    async for part in request.stream():
        read += part
        if len(read) > MAX_BODY_BYTES:
            raise HTTPException(413)
    return bytes(read)


class _InMemory(MultiPartParser):
    # What a citizen attaches never lies unsealed on a disk.
    spool_max_size = MOST_ATTACHED_BYTES + 1

    def __init__(self, request: Request, most_bytes: int) -> None:
        super().__init__(request.headers, request.stream(), max_files=_MOST_PARTS, max_fields=_MOST_FIELDS)
        self._most, self._came = most_bytes, 0

    def on_part_data(self, data: bytes, start: int, end: int) -> None:
        """Keeps a piece of a field, or of a file as long as there is room."""
        if self._current_part.file is not None:
            self._came += end - start
            if self.is_too_big:
                return
        super().on_part_data(data, start, end)

    @property
    def is_too_big(self) -> bool:
        """Whether the files are more than there is room for."""
        return self._came > self._most

    def files(self) -> list[UploadFile]:
        """Those that were chosen: a field left alone comes as a file without a name."""
        return [one for _, one in self.items if isinstance(one, UploadFile) and one.filename]

    def read(self, refusal: str, files: tuple[SentFile, ...] = ()) -> SentForm:
        """What was read so far."""
        fields: dict[str, list[str]] = {}
        for name, value in self.items:
            if isinstance(value, str):
                fields.setdefault(name, []).append(value)
        return SentForm(fields, files, bool(self._came or self.files()), refusal)


def shortened(name: str) -> str:
    """The name of a file as a sentence can hold it."""
    return name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME // 2]}…{name[-_LONGEST_NAME // 4 :]}"
