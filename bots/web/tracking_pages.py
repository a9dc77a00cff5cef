"""Pages for following what was sent, and for its sender's rights by the code: copy, review, withdrawal, deletion. Without scripts."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs

from fastapi import APIRouter, Depends, Request, Response
from starlette.concurrency import run_in_threadpool

from assistant.feedback.answers.surveys import SurveyNotOpen
from assistant.feedback.errors import SubmissionInvalid, SubmissionNotFound, TransitionNotAllowed
from bots.feedback.guidance_wording import emergency_numbers, guidance_sentences
from bots.feedback.messages_wording import messages_sentences
from bots.feedback.own_data_json import copy_json
from bots.feedback.surveying import surveys_of
from bots.web.api import Service, admitted
from bots.web.page_wording import page_sentences
from bots.web.pages import chosen_language
from bots.web.same_site import is_ours
from bots.web.sending_wording import sending_sentences
from bots.web.service import WebService
from bots.web.templating import templates
from bots.web.tracking_wording import tracking_sentences
from corpus.days import VIETNAM

_MOST_FIELDS = 10
_NO_STORE = {"Cache-Control": "no-store"}

tracking = APIRouter(include_in_schema=False, dependencies=[Depends(admitted)])


@dataclass(frozen=True, slots=True)
class _Form:
    """What was typed; a page that is shown again holds it."""

    language: str
    code: str = field(default="", repr=False)
    text: str = field(default="", repr=False)
    request_id: str = ""
    is_sure: bool = False


@dataclass(frozen=True, slots=True)
class _Shown:
    """A page: what the sender is told, and what they are asked before it is done ("withdrawal", "erasure")."""

    form: _Form
    told: str = ""
    asked: str = ""
    status_code: int = 200


# Does something by the code of a form; what the sender is told of it. May raise what `_done` tells of.
_Act = Callable[[WebService, _Form], str]


@tracking.get("/track")
def code_form(request: Request, lang: str = "") -> Response:
    """Where a code is typed."""
    return _page(request, _Shown(_Form(chosen_language(request, lang))), {})


@tracking.post("/track")
async def opened(request: Request, service: Service) -> Response:
    """How the submission of a code stands, and what was written about it."""
    request.app.state.lookups.admit(request)
    return await run_in_threadpool(_opened, request, service, _Shown(await _read(request)))


@tracking.post("/track/message")
async def added(request: Request, service: Service) -> Response:
    """Keeps what the sender adds; the page shows it among the messages."""
    return await _acted(request, service, _added)


@tracking.post("/track/review")
async def asked_again(request: Request, service: Service) -> Response:
    """Asks to look at it again."""
    return await _acted(request, service, _asked_again)


@tracking.post("/track/withdrawal")
async def withdrawn(request: Request, service: Service) -> Response:
    """Takes it back, once its sender is sure."""
    return await _acted(request, service, _withdrawn, asks="withdrawal")


@tracking.post("/track/erasure")
async def erased(request: Request, service: Service) -> Response:
    """Deletes what was written, once its sender is sure."""
    return await _acted(request, service, _erased, asks="erasure")


@tracking.post("/track/copy")
async def copied(request: Request, service: Service) -> Response:
    """Everything kept of it, as a file."""
    request.app.state.lookups.admit(request)
    form = await _read(request)
    if not is_ours(request):
        return _refused(request, form)
    try:
        copy = await run_in_threadpool(service.feedback.own_data.export, form.code)
    except SubmissionNotFound:
        return _page(request, _Shown(form, sending_sentences(form.language).not_found, status_code=404), {})
    content = json.dumps(copy_json(copy, service.feedback.recommendations.machine, form.language), ensure_ascii=False, indent=2)
    name = tracking_sentences(form.language).file
    headers = {**_NO_STORE, "Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type="application/json", headers=headers)


def _added(service: WebService, form: _Form) -> str:
    service.feedback.messages.add(form.code, form.text, form.request_id or uuid.uuid4().hex)
    return messages_sentences(form.language).kept


def _asked_again(service: WebService, form: _Form) -> str:
    words = tracking_sentences(form.language)
    try:
        service.feedback.own_data.ask_again(form.code)
    except TransitionNotAllowed:
        return words.cannot_ask_again
    return words.asked_again


def _withdrawn(service: WebService, form: _Form) -> str:
    try:
        service.feedback.own_data.withdraw(form.code)
    except TransitionNotAllowed:
        return tracking_sentences(form.language).cannot_withdraw
    return sending_sentences(form.language).withdrawn


def _erased(service: WebService, form: _Form) -> str:
    service.feedback.own_data.erase(form.code)
    return tracking_sentences(form.language).erased


async def _acted(request: Request, service: WebService, act: _Act, *, asks: str = "") -> Response:
    """The page after `act`; with `asks`, the question whether it shall really be done where the sender has not said so yet."""
    request.app.state.lookups.admit(request)
    form = await _read(request)
    if not is_ours(request):
        return _refused(request, form)
    if asks and not form.is_sure:
        return await run_in_threadpool(_opened, request, service, _Shown(form, asked=asks))
    return await run_in_threadpool(_done, request, service, form, act)


def _done(request: Request, service: WebService, form: _Form, act: _Act) -> Response:
    empty = _Form(form.language, form.code)
    try:
        told = act(service, form)
    except SubmissionNotFound:
        return _page(request, _Shown(empty, sending_sentences(form.language).not_found), {})
    except SubmissionInvalid:
        return _opened(request, service, _Shown(form, messages_sentences(form.language).refused))
    if act is _erased:
        return _page(request, _Shown(_Form(form.language), told), {})
    return _opened(request, service, _Shown(empty, told))


def _opened(request: Request, service: WebService, shown: _Shown) -> Response:
    try:
        return _page(request, shown, _standing(service, shown.form))
    except SubmissionNotFound:
        return _page(request, _Shown(_Form(shown.form.language, shown.form.code), sending_sentences(shown.form.language).not_found), {})


def _standing(service: WebService, form: _Form) -> dict[str, Any]:
    desk = service.feedback
    status = desk.own_data.status(form.code)
    row = desk.recommendations.machine.states[status.state]
    said = [(one, _minute(one.at)) for one in desk.messages.of_citizen(form.code)]
    label = row.en if form.language == "en" else row.vi
    return {
        "status": status,
        "label": label,
        "received": _minute(status.received_at),
        "messages": said,
        "can_judge": _can_judge(desk, form),
    }


def _can_judge(desk: Any, form: _Form) -> bool:
    try:
        surveys_of(desk).opinion(form.code)
    except SurveyNotOpen:
        return False
    return True


def _minute(moment: datetime) -> str:
    return moment.astimezone(VIETNAM).strftime("%d/%m/%Y %H:%M")


def _refused(request: Request, form: _Form) -> Response:
    return _page(request, _Shown(_Form(form.language), tracking_sentences(form.language).foreign, status_code=403), {})


def _page(request: Request, shown: _Shown, standing: dict[str, Any]) -> Response:
    form, language = shown.form, shown.form.language
    context = {
        "words": page_sentences(language),
        "said": sending_sentences(language),
        "rights": tracking_sentences(language),
        "exchange": messages_sentences(language),
        "guide": guidance_sentences(language),
        "numbers": emergency_numbers(language),
        "language": language,
        "code": form.code[:40],
        "written": form.text,
        # A second click, or a page that is sent again, is the same message.
        "request_id": uuid.uuid4().hex,
        "told": shown.told,
        "asked": shown.asked,
        "status": None,
        **standing,
    }
    return templates().TemplateResponse(request, "track.html", context, status_code=shown.status_code, headers=_NO_STORE)


async def _read(request: Request) -> _Form:
    fields = parse_qs((await request.body()).decode("utf-8", "replace"), max_num_fields=_MOST_FIELDS)

    def one(name: str) -> str:
        return fields.get(name, [""])[0]

    language = chosen_language(request, one("lang"))
    return _Form(language, one("code"), one("text"), one("request_id")[:100], one("sure") == "yes")
