"""What a page of the chat sends: whose chat it is, and what was typed, tapped, attached or pointed at, as an event."""

from __future__ import annotations

import base64
import re
import secrets
from binascii import Error as NotBase64
from dataclasses import dataclass, field
from hashlib import sha256

from fastapi import Request
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException, MultiPartParser

from assistant.chats.checking_files import MOST_BYTES
from assistant.chats.errors import FileNotHad
from assistant.chats.sniffing import media_type
from assistant.chats.types import Event, EventKind, FileAtChannel, FileKind
from bots.web.same_site import is_ours

CHANNEL = "web"
MOST_TYPED = 10_000
# A file with the fields around it.
MOST_SENT_BYTES = MOST_BYTES + 128 * 1024
COOKIE, COOKIE_PATH, COOKIE_S = "dienhong_chat", "/chat", 400 * 24 * 3600
_SECRET = re.compile(r"[A-Za-z0-9_-]{32}", re.ASCII)
_TOKEN = re.compile(r"[A-Za-z0-9-]{16,40}", re.ASCII)
_MOST_FIELDS = 12


class NotTaken(Exception):
    """What was sent cannot be taken in: `told` names the sentence, `facts` fill it in."""

    def __init__(self, told: str, status: int, **facts: object) -> None:
        super().__init__(told)
        self.told, self.status, self.facts = told, status, facts
        # What was typed, to be shown again.
        self.draft = ""


class FilesInEvents:
    """`Files` of the pages: what was attached came with the event and is kept in it, sealed, until that is handled."""

    def fetch(self, file: FileAtChannel) -> bytes:
        """Its content. Raises `FileNotHad`."""
        try:
            return base64.b64decode(file.id, validate=True)
        except NotBase64 as error:
            raise FileNotHad(is_final=True) from error


@dataclass(frozen=True, slots=True)
class Sent:
    """What came from a page. `secret` is whose chat it is, `token` names the form, `line` the line that was tapped on."""

    secret: str = field(repr=False)
    token: str
    language: str
    text: str = field(default="", repr=False)
    tap: str = ""
    line: str = ""
    after: int = 0
    point: tuple[float, float] | None = field(default=None, repr=False)
    content: bytes = field(default=b"", repr=False)

    @property
    def address(self) -> str:
        """Where the chat is found; the secret itself is nowhere kept."""
        return address_of(self.secret)

    @property
    def kind(self) -> EventKind:
        """What was done."""
        if self.tap:
            return EventKind.BUTTON
        if self.content:
            return EventKind.FILE
        return EventKind.PLACE if self.point else EventKind.TEXT

    @property
    def file(self) -> FileAtChannel | None:
        """What was attached."""
        if self.kind is not EventKind.FILE:
            return None
        return FileAtChannel(_kind_of(self.content), base64.b64encode(self.content).decode(), len(self.content))

    def event(self) -> Event:
        """The event; the same form sent twice with the same words is the same one."""
        written = "\n".join((self.address, self.kind, self.text, self.tap, self.line, str(self.point)))
        name = sha256(written.encode("utf-8", "replace") + self.content).hexdigest()[:16]
        number = f"{self.token}-{name}"
        text, message = (self.tap, self.line) if self.tap else (self.text, number)
        return Event(CHANNEL, number, self.address, self.kind, text, message, self.file, self.point, self.language)


def fresh_secret() -> str:
    """What a browser is known by; nobody guesses it."""
    return secrets.token_urlsafe(24)


def address_of(secret: str) -> str:
    """The address of the chat of whoever has this secret."""
    return sha256(secret.encode()).hexdigest()


def secret_of(request: Request) -> str:
    """The secret that the browser keeps; empty where it has none."""
    kept = request.cookies.get(COOKIE, "")
    return kept if _SECRET.fullmatch(kept) else ""


def check_it_is_ours(request: Request) -> None:
    """Refuses what a page of another site sends; browsers tell. Raises `NotTaken`."""
    if not is_ours(request):
        raise NotTaken("foreign", 403)


async def read_sent(request: Request, language: str) -> Sent:
    """What a page sent. Raises `NotTaken`."""
    form = await _form(request)
    # A browser that has no secret yet is given the one that its page was made with, so that a double click is one chat.
    secret, token = secret_of(request) or _one(form, "chat"), _one(form, "token")
    if not _SECRET.fullmatch(secret) or not _TOKEN.fullmatch(token):
        raise NotTaken("no_cookie", 422)
    file = form.get("file")
    content = await file.read() if isinstance(file, UploadFile) else b""
    if len(content) > MOST_BYTES:
        raise NotTaken("too_big", 413)
    after, line = _one(form, "after"), _one(form, "line")
    return Sent(
        secret=secret,
        token=token,
        language=_one(form, "lang") if _one(form, "lang") in ("vi", "en") else language,
        text=_one(form, "say").replace("\r\n", "\n").strip(),
        tap=_one(form, "tap")[:200],
        line=line if line.isdecimal() else "",
        after=int(after) if after.isdecimal() else 0,
        point=_point(_one(form, "lat"), _one(form, "lon")),
        content=content,
    )


class _InMemory(MultiPartParser):
    # What a citizen attaches never lies unsealed on a disk.
    spool_max_size = MOST_SENT_BYTES


async def _form(request: Request) -> FormData:
    try:
        if not request.headers.get("content-type", "").startswith("multipart/form-data"):
            return await request.form(max_fields=_MOST_FIELDS)
        return await _InMemory(request.headers, request.stream(), max_files=1, max_fields=_MOST_FIELDS).parse()
    except MultiPartException as error:
        raise NotTaken("no_cookie", 422) from error
    except HTTPException as error:
        raise NotTaken("too_big" if error.status_code == 413 else "no_cookie", error.status_code) from error


def _one(form: FormData, name: str) -> str:
    value = form.get(name)
    return value if isinstance(value, str) else ""


def _point(latitude: str, longitude: str) -> tuple[float, float] | None:
    try:
        point = float(latitude), float(longitude)
    except ValueError:
        return None
    # Not a number is in no range.
    return point if -90 <= point[0] <= 90 and -180 <= point[1] <= 180 else None


def _kind_of(content: bytes) -> FileKind:
    kind = media_type(content) or ""
    if kind.startswith("image/"):
        return FileKind.PHOTO
    return FileKind.VOICE if kind.startswith("audio/") else FileKind.DOCUMENT
