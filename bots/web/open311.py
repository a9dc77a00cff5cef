"""Open311 GeoReport v2 (http://wiki.open311.org/GeoReport_v2): recommendations for programs that speak it.

Service codes are the fields. A request that is created answers with a token, the sender's tracking code; it leads to a request once
somebody works on it. What is sealed never shows: its token goes on as if it waited.
"""

from __future__ import annotations

import hashlib
import hmac
import uuid
from collections.abc import Callable, Coroutine, Mapping
from typing import Any

from fastapi import APIRouter, Depends, FastAPI, Request, Response
from fastapi.routing import APIRoute
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from assistant.database import writing
from assistant.feedback.errors import SubmissionInvalid, SubmissionNotFound
from assistant.feedback.intake import NewSubmission
from assistant.feedback.types import Field
from assistant.interop.labels import OPEN311, suggest
from assistant.interop.names import ExchangeNames
from assistant.interop.rows import Label
from assistant.interop.service_requests import request_number, service_requests
from bots.exchange.wording import open311_sentences
from bots.web.api import Language, Service, admitted
from bots.web.open311_formats import Form, Said, form_of, written
from bots.web.open311_forms import Open311Error, RequestForm, field_of, form_fields, request_form, requests_wanted
from bots.web.open311_said import Open311Speaker, Open311Terms
from bots.web.problems import Problem, language_of_request
from bots.web.service import WebService
from bots.web.units import Units

_CHANNEL = "open311"
_FORM = "application/x-www-form-urlencoded"
_PROBLEMS = {"unknown-key": (403, "api_key"), "too-many": (429, "too_many"), "unavailable": (503, "unavailable")}
_METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"]


class _Route(APIRoute):
    """Answers whatever goes wrong as Open311 wants it."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The handler of the framework, with its errors translated."""
        handler = super().get_route_handler()

        async def answered(request: Request) -> Response:
            try:
                return await handler(request)
            except Open311Error as error:
                return _error(request, error)
            except Problem as problem:
                status, kind = _PROBLEMS.get(problem.kind, (400, "unexpected"))
                return _error(request, Open311Error(status, kind, str(problem.facts.get("seconds", "")), problem.headers))
            except SubmissionNotFound:
                return _error(request, Open311Error(404, "token"))
            except SubmissionInvalid as error:
                return _error(request, Open311Error(400, "consent" if error.what == "consent" else "refused"))
            except HTTPException as error:
                return _error(request, Open311Error(error.status_code, "too_large" if error.status_code == 413 else "path"))

        return answered


open311 = APIRouter(prefix="/open311/v2", route_class=_Route, include_in_schema=False)
_READS = [Depends(admitted)]


def add_open311(app: FastAPI, terms: Open311Terms, units: Units) -> None:
    """Lets the application speak Open311."""
    app.state.open311 = Open311Speaker(terms, units, ExchangeNames.load())
    app.include_router(open311)


@open311.get("/discovery", dependencies=_READS)
@open311.get("/discovery.{extension}", dependencies=_READS)
def discovery(request: Request, service: Service, language: Language, extension: str = "") -> Response:
    """Where the interface is and what it speaks."""
    form, url = _form(request, extension), f"{str(request.base_url).rstrip('/')}{open311.prefix}"
    return written("discovery", _speaker(request).discovery(url, service.feedback.consents.current, language), form)


@open311.get("/services", dependencies=_READS)
@open311.get("/services.{extension}", dependencies=_READS)
def services(request: Request, language: Language, extension: str = "") -> Response:
    """Every service: a field of life."""
    form, speaker = _form(request, extension), _speaker(request)
    return written("services", [speaker.service(field, language) for field in Field], form)


@open311.get("/services/{named}", dependencies=_READS)
def service_definition(named: str, request: Request, service: Service, language: Language) -> Response:
    """What a request of a service needs besides."""
    code, form = _named(request, named)
    definition = _speaker(request).definition(field_of(code), service.feedback.consents.current, language)
    return written("service_definition", definition, form)


@open311.get("/requests", dependencies=_READS)
@open311.get("/requests.{extension}", dependencies=_READS)
def listed(request: Request, service: Service, language: Language, extension: str = "") -> Response:
    """At most a thousand requests, the newest first."""
    form = _form(request, extension)
    return written("service_requests", _requests(request, service, request.query_params, language), form)


@open311.get("/requests/{named}", dependencies=_READS)
def shown(named: str, request: Request, service: Service, language: Language) -> Response:
    """One request."""
    number, form = _named(request, named)
    found = _requests(request, service, {"service_request_id": number}, language)
    if len(found) != 1:
        raise Open311Error(404, "request")
    return written("service_requests", found, form)


@open311.get("/tokens/{named}", dependencies=_READS)
def token(named: str, request: Request, service: Service) -> Response:
    """The request that a token leads to; empty as long as there is none."""
    request.app.state.lookups.admit(request)
    code, form = _named(request, named)
    number = request_number(service.feedback, code)
    return written("service_requests", [{"service_request_id": str(number) if number else "", "token": code}], form)


@open311.post("/requests")
@open311.post("/requests.{extension}")
async def created(request: Request, service: Service, language: Language, extension: str = "") -> Response:
    """Takes a request in and gives the token."""
    body = await request.body()
    if request.headers.get("content-type", _FORM).partition(";")[0].strip().lower() != _FORM:
        raise Open311Error(400, "form")
    fields = form_fields(body)
    client = _client(request, fields.get("api_key", ""))
    form = _form(request, extension, fields.get("jurisdiction_id", ""))
    words = open311_sentences(language)
    sent = request_form(fields, _speaker(request).names, words)
    token = await run_in_threadpool(_submitted, service, sent, client, language)
    told: Said = {"token": token, "service_notice": words.notice, "account_id": ""}
    return written("service_requests", [told], form, 201)


@open311.api_route("/{_rest:path}", methods=_METHODS, dependencies=_READS)
def nothing(_rest: str) -> Response:
    """There is nothing at any other address."""
    raise Open311Error(404, "path")


def _submitted(service: WebService, sent: RequestForm, client: str, language: str) -> str:
    external_id = f"{client[:90]}:{sent.request_id or uuid.uuid4().hex}"
    new = NewSubmission(_CHANNEL, external_id, sent.text, sent.consent, language, sent.contact)
    receipt = service.feedback.intake.submit(new)
    if receipt.is_new and sent.service is not Field.OTHER:
        desk = service.feedback
        with writing(desk.engine) as connection:
            row = desk.intake.find(connection, receipt.code)
            if not row.is_sealed:
                suggest(connection, row.number, [Label("field", sent.service.value)], OPEN311, desk.clock())
    return receipt.code


def _client(request: Request, key: str) -> str:
    """The name of the client with this key. Raises `Open311Error`, and `Problem` for too many requests."""
    callers = request.app.state.callers
    digest = hashlib.sha256(key.encode()).hexdigest()
    names = [name for name, stored in callers.keys.items() if hmac.compare_digest(stored, digest)]
    if not names:
        # Keys cannot be tried out.
        callers.admit(request)
        raise Open311Error(403, "api_key")
    if (wait := callers.by_key.wait_s(names[0])) > 0:
        seconds = str(max(1, round(wait)))
        raise Open311Error(429, "too_many", seconds, {"Retry-After": seconds})
    return str(names[0])


def _requests(request: Request, service: WebService, query: Mapping[str, str], language: str) -> list[Said]:
    desk, speaker = service.feedback, _speaker(request)
    wanted = requests_wanted(query, desk.clock())
    found = service_requests(desk, wanted) if wanted else []
    return [speaker.request(one, desk.recommendations.machine, language) for one in found]


def _speaker(request: Request) -> Open311Speaker:
    speaker: Open311Speaker = request.app.state.open311
    return speaker


def _form(request: Request, extension: str, jurisdiction: str = "") -> Form:
    """The form asked for, once the jurisdiction is found to be ours. Raises `Open311Error`."""
    ours = _speaker(request).terms.jurisdiction
    asked = jurisdiction or request.query_params.get("jurisdiction_id", "")
    if ours and asked and asked != ours:
        raise Open311Error(404, "jurisdiction")
    form = form_of(extension, request.headers.get("accept", ""))
    if form is None:
        raise Open311Error(404, "path")
    return form


def _named(request: Request, named: str) -> tuple[str, Form]:
    """The name in an address, and its form."""
    name, dot, extension = named.rpartition(".")
    return (name, _form(request, extension)) if dot else (named, _form(request, ""))


def _error(request: Request, error: Open311Error) -> Response:
    extension = request.url.path.rpartition("/")[2].rpartition(".")[2] if "." in request.url.path else ""
    form = form_of(extension, request.headers.get("accept", "")) or Form.XML
    sentence = open311_sentences(language_of_request(request)).errors[error.kind].format(value=error.value)
    return written("errors", [{"code": error.status, "description": sentence}], form, error.status, error.headers)
