"""The HTTP interface for files that came along and for how senders may be reached."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Response
from fastapi import Path as InPath

from bots.feedback.senders_json import BYTES, SERVED, contact_json, served_kind, served_name
from bots.web.api import NOT_FOUND, PROBLEMS, Language, Service, admitted
from bots.web.casework_forms import ContactPurposeForm
from bots.web.recommendations_api import FORBIDDEN, Number, Staff
from bots.web.service import Json

_FILE: dict[int | str, dict[str, Any]] = {
    200: {"description": "the file", "content": {kind: {"schema": {"type": "string", "format": "binary"}} for kind in (*SERVED, BYTES)}},
    410: {**PROBLEMS[422], "description": "its sender had it deleted"},
}
# Nothing that a citizen sent runs in the page of an officer or stays in a cache.
_HEADERS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", "Content-Security-Policy": "default-src 'none'; sandbox"}
AttachmentId = Annotated[
    str, InPath(pattern=r"^[1-9][0-9]{0,8}-[1-9][0-9]{0,3}$", examples=["17-1"], description="as the case file names it")
]

senders = APIRouter(prefix="/api/v1/recommendations", dependencies=[Depends(admitted)], responses={**PROBLEMS, **FORBIDDEN})


@senders.get(
    "/{number}/attachments/{attachment}",
    summary="A file that came with it",
    response_class=Response,
    responses={**NOT_FOUND, **_FILE},
)
def attachment(number: Number, attachment: AttachmentId, service: Service, actor: Staff) -> Response:
    """Its content; the case file lists what there is. That it was opened is written down."""
    opened = service.feedback.attachments.open(number, attachment, actor)
    kind, name = served_kind(opened.file), served_name(number, opened.file)
    headers = {**_HEADERS, "Content-Disposition": f'attachment; filename="{name}"'}
    return Response(opened.content, media_type=kind, headers=headers)


@senders.post("/{number}/contact", summary="How its sender may be reached", responses=NOT_FOUND)
def contact(number: Number, form: ContactPurposeForm, service: Service, actor: Staff, language: Language, response: Response) -> Json:
    """Name, telephone, e-mail and address as far as they were told and are still kept; `standing` and `detail` say what there is.

    For the owner and unit administrators, under the seal for its officers. That it was read is written down with the purpose.
    """
    response.headers["Cache-Control"] = "no-store"
    return contact_json(service.feedback.contacts.read(number, form.purpose, actor, form.code), language)
