"""Pages for sending an opinion; they work without scripts."""

from __future__ import annotations

import uuid
from contextlib import suppress
from dataclasses import dataclass, replace

from fastapi import APIRouter, Depends, Request, Response
from starlette.concurrency import run_in_threadpool

from assistant.feedback.errors import SubmissionInvalid
from assistant.feedback.guidance import Guidance
from assistant.feedback.intake import MOST_ATTACHED_BYTES, ContactDetails, NewSubmission
from assistant.first_guidance import first_guidance
from bots.feedback.guidance_wording import emergency_numbers, guidance_sentences
from bots.web.api import Service, admitted
from bots.web.files_wording import files_sentences
from bots.web.page_wording import page_sentences
from bots.web.pages import chosen_language
from bots.web.sending_wording import sending_sentences
from bots.web.sent_files import FilesRefused, SentFile, attachments_of, must_wait_s, read_form, shortened
from bots.web.service import WebService
from bots.web.templating import templates
from corpus.errors import InvalidProvisionId
from corpus.ids import ProvisionId

_CHANNEL = "web"
_MOST_PROVISIONS = 10

sending = APIRouter(include_in_schema=False, dependencies=[Depends(admitted)])


@dataclass(frozen=True, slots=True)
class _Form:
    """What was typed; a page that is shown again holds it."""

    language: str
    text: str = ""
    name: str = ""
    phone: str = ""
    request_id: str = ""
    agreed: bool = False
    is_offer: bool = False
    provisions: tuple[ProvisionId, ...] = ()
    files: tuple[SentFile, ...] = ()
    had_files: bool = False
    refusal: str = ""


@sending.get("/send")
def empty_form(request: Request, service: Service, lang: str = "") -> Response:
    """The form, empty."""
    return _form_page(request, service, _Form(chosen_language(request, lang)))


@sending.post("/send")
async def send(request: Request, service: Service) -> Response:
    """The form with the words of a question in it; or, from the form itself, the tracking code."""
    seconds = must_wait_s(request)
    form = await _read(request, most_bytes=0 if seconds else MOST_ATTACHED_BYTES)
    if form.is_offer:
        return _form_page(request, service, form)
    words, about_files = sending_sentences(form.language), files_sentences(form.language).refused
    if seconds:
        return _form_page(request, service, form, about_files["wait"].format(seconds=seconds), 429)
    if form.refusal:
        return _form_page(request, service, form, about_files[form.refusal])
    if not form.agreed:
        return _form_page(request, service, form, words.not_agreed)
    try:
        code, told = await run_in_threadpool(_submitted, service, form)
    except FilesRefused as error:
        return _form_page(request, service, form, about_files[error.reason].format(name=shortened(error.name)))
    except SubmissionInvalid:
        return _form_page(request, service, form, words.empty)
    return _page(request, "sent.html", form.language, code=code, guidance=told)


def _submitted(service: WebService, form: _Form) -> tuple[str, tuple[Guidance, ...]]:
    """The code, and what the sender is told to do besides."""
    contact = ContactDetails(name=form.name[:200], phone=form.phone[:40])
    version = service.feedback.consents.current.version
    request_id, files = form.request_id or uuid.uuid4().hex, attachments_of(form.files, service)
    new = NewSubmission(_CHANNEL, request_id, form.text, version, form.language, contact, form.provisions, files)
    told = first_guidance(form.text, service.assistant.responder)
    return service.feedback.intake.submit_from_anybody(replace(new, guidance=told)).code, told


def _form_page(request: Request, service: WebService, form: _Form, told: str = "", status: int = 422) -> Response:
    consent = service.feedback.consents.current
    text = consent.en if form.language == "en" else consent.vi
    # A second click, or a page that is sent again, is the same message.
    request_id = form.request_id or uuid.uuid4().hex
    facts = {"form": form, "request_id": request_id, "consent": text.split("\n"), "told": told}
    about_files = {"about_files": files_sentences(form.language), "must_choose_again": bool(told) and form.had_files}
    return _page(request, "send.html", form.language, status_code=status if told else 200, **facts, **about_files)


def _page(request: Request, name: str, language: str, status_code: int = 200, **facts: object) -> Response:
    guide = {"guide": guidance_sentences(language), "numbers": emergency_numbers(language)}
    context = {"words": page_sentences(language), "said": sending_sentences(language), "language": language, **guide, **facts}
    return templates().TemplateResponse(request, name, context, status_code=status_code, headers={"Cache-Control": "no-store"})


async def _read(request: Request, most_bytes: int = 0) -> _Form:
    """What a page sent, with up to `most_bytes` of files."""
    sent = await read_form(request, most_bytes)
    fields = sent.fields

    def one(name: str) -> str:
        return fields.get(name, [""])[0]

    return _Form(
        language=chosen_language(request, one("lang")),
        text=one("text") or one("offer"),
        name=one("name"),
        phone=one("phone"),
        request_id=one("request_id")[:100],
        agreed=one("agree") == "yes",
        is_offer="offer" in fields,
        provisions=_provisions(fields.get("provision", [])),
        files=sent.files,
        had_files=sent.had_files,
        refusal=sent.refusal,
    )


def _provisions(typed: list[str]) -> tuple[ProvisionId, ...]:
    """Those that name an article; the fields are filled in by the page, so others are nobody's words."""
    found = []
    for one in typed[:_MOST_PROVISIONS]:
        with suppress(InvalidProvisionId):
            found.append(ProvisionId.parse(one))
    return tuple(one for one in found if one.article)
