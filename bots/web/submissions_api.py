"""The HTTP interface for what citizens send: hand it in, follow it, take it back, get a copy, have it deleted."""

from __future__ import annotations

import base64
from dataclasses import replace
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response
from fastapi import Path as InPath

from assistant.feedback.errors import SubmissionInvalid
from assistant.feedback.guidance import Guidance
from assistant.feedback.intake import Attachment, ContactDetails, NewSubmission, Receipt
from assistant.first_guidance import first_guidance
from bots.feedback.guidance_wording import guidance_json
from bots.feedback.messages_json import added_json, own_messages_json
from bots.feedback.own_data_json import copy_json, status_json
from bots.web.api import NOT_FOUND, PROBLEMS, Language, Service, admitted
from bots.web.files_wording import files_sentences
from bots.web.forms import AdditionForm, SubmissionForm
from bots.web.problems import Problem
from bots.web.sent_files import AdmittedFirst, FilesRefused, SentFile, attachments_of
from bots.web.service import Json, WebService
from corpus.errors import InvalidProvisionId
from corpus.ids import ProvisionId

_CHANNEL = "web"
_CONFLICT: dict[int | str, dict[str, Any]] = {409: {**PROBLEMS[422], "description": "not possible as it stands"}}
Code = Annotated[str, InPath(min_length=1, max_length=40, examples=["DH-7K3QF-9D2MX-4"], description="the tracking code, as typed")]


async def _looking_up(request: Request) -> None:
    """Codes cannot be tried out: few lookups a minute from one address."""
    request.app.state.lookups.admit(request)


submissions = APIRouter(prefix="/api/v1", dependencies=[Depends(admitted)], responses=PROBLEMS)
# Who sends is counted before their files are read.
handing_in = APIRouter(prefix="/api/v1", route_class=AdmittedFirst, responses=PROBLEMS)
_LOOKUP = [Depends(_looking_up)]


@submissions.get("/consent", summary="What a sender agrees to")
def consent(service: Service, language: Language) -> Json:
    """The current text; its `version` goes along with every submission."""
    current = service.feedback.consents.current
    return {"version": current.version, "text": current.en if language == "en" else current.vi}


@handing_in.post(
    "/submissions", status_code=201, summary="Hand in a report, recommendation or anything else", responses={200: {}, **_CONFLICT}
)
def submit(form: SubmissionForm, response: Response, service: Service, language: Language) -> Json:
    """The tracking code: what it stands for is on disk by then. The same `request_id` again gives the same code, with 200.

    `guidance`: what to do besides, where the words show at once that they tell of danger, complain or denounce; show it to the sender. Its
    attachments are kept with it or nothing is; what was written into pictures by a camera is not kept.
    """
    service.rush.note()
    told = first_guidance(form.text, service.assistant.responder)
    new = _new(form, _attachments(form, service, language))
    receipt = service.feedback.intake.submit_from_anybody(replace(new, guidance=told))
    if not receipt.is_new:
        response.status_code = 200
    return _receipt_json(receipt, told, language)


@submissions.get("/submissions/{code}", summary="How a submission stands", dependencies=_LOOKUP, responses=NOT_FOUND)
def status(code: Code, service: Service, language: Language) -> Json:
    """Its state, what its sender may do next, and what to do besides (`guidance`)."""
    return status_json(service.feedback.own_data.status(code), service.feedback.recommendations.machine, language)


@submissions.get("/submissions/{code}/messages", summary="What was written about it", dependencies=_LOOKUP, responses=NOT_FOUND)
def messages(code: Code, service: Service) -> Json:
    """What the sender and the officers wrote to each other, the oldest first."""
    return {"messages": own_messages_json(service.feedback.messages.of_citizen(code))}


@submissions.post(
    "/submissions/{code}/messages",
    status_code=201,
    summary="Add something, or answer a question",
    dependencies=_LOOKUP,
    responses={200: {}, **NOT_FOUND, **_CONFLICT},
)
def add(code: Code, form: AdditionForm, response: Response, service: Service) -> Json:
    """It is on disk by then. The same `request_id` again keeps nothing more, with 200."""
    added = service.feedback.messages.add(code, form.text, form.request_id)
    if not added.is_new:
        response.status_code = 200
    return added_json(added)


@submissions.post(
    "/submissions/{code}/withdrawal", summary="Take a submission back", dependencies=_LOOKUP, responses={**NOT_FOUND, **_CONFLICT}
)
def withdraw(code: Code, service: Service, language: Language) -> Json:
    """Its state afterwards. What others sent about the same goes on."""
    return status_json(service.feedback.own_data.withdraw(code), service.feedback.recommendations.machine, language)


@submissions.post(
    "/submissions/{code}/review", summary="Ask to look at it again", dependencies=_LOOKUP, responses={**NOT_FOUND, **_CONFLICT}
)
def ask_again(code: Code, service: Service, language: Language) -> Json:
    """Its state afterwards."""
    return status_json(service.feedback.own_data.ask_again(code), service.feedback.recommendations.machine, language)


@submissions.get("/submissions/{code}/copy", summary="Everything kept of a submission", dependencies=_LOOKUP, responses=NOT_FOUND)
def copy(code: Code, service: Service, language: Language) -> Json:
    """Text, contact details, consent, messages, and what happened when."""
    return copy_json(service.feedback.own_data.export(code), service.feedback.recommendations.machine, language)


@submissions.delete("/submissions/{code}", status_code=204, summary="Delete what was written", dependencies=_LOOKUP, responses=NOT_FOUND)
def erase(code: Code, service: Service) -> None:
    """Text, contact details and attachments are gone; counts remain."""
    service.feedback.own_data.erase(code)


def _attachments(form: SubmissionForm, service: WebService, language: str) -> tuple[Attachment, ...]:
    try:
        return attachments_of([_file(one.content, number) for number, one in enumerate(form.attachments, start=1)], service)
    except FilesRefused as error:
        members = {"part": "attachment", "attachment": error.number, "why": error.reason}
        reason = files_sentences(language).refused[error.reason].format(name=error.name)
        raise Problem("submission-refused", members=members, reason=reason) from error


def _file(written: str, number: int) -> SentFile:
    try:
        return SentFile(str(number), base64.b64decode(written, validate=True))
    except ValueError as error:
        raise FilesRefused("encoding", str(number), number) from error


def _new(form: SubmissionForm, attachments: tuple[Attachment, ...]) -> NewSubmission:
    told = form.contact
    contact = ContactDetails(name=told.name, phone=told.phone, email=told.email, address=told.address) if told else ContactDetails()
    provisions = tuple(_provision(one) for one in form.provisions)
    return NewSubmission(_CHANNEL, form.request_id, form.text, form.consent_version, form.language, contact, provisions, attachments)


def _provision(text: str) -> ProvisionId:
    try:
        return ProvisionId.parse(text)
    except InvalidProvisionId as error:
        raise SubmissionInvalid("provisions", "not a provision") from error


def _receipt_json(receipt: Receipt, told: tuple[Guidance, ...], language: str) -> Json:
    sent = {"code": receipt.code, "received_at": receipt.received_at.isoformat(), "is_new": receipt.is_new}
    return {**sent, "guidance": guidance_json(told, language)}
