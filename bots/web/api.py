"""The HTTP interface, version 1."""

from __future__ import annotations

import uuid
from datetime import date
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response
from sse_starlette.sse import EventSourceResponse

from assistant.app import Asked
from assistant.dialogue.errors import ConversationNotFound
from bots.law.dialogue_wording import dialogue_sentences
from bots.web.forms import AnswerFeedbackForm, AskForm, ConversationId
from bots.web.problems import Problem, language_of_request
from bots.web.provisions import document_json, provision_view
from bots.web.service import Json, WebService
from bots.web.streaming import Streams
from corpus.days import today
from corpus.errors import InvalidProvisionId
from corpus.ids import ProvisionId
from embeddings.vector_index import SearchFilter

_HEARTBEAT_S = 15
_PAGE = 100


# The framework hands each function that is not async to another thread, which takes longer than any of these does.
async def _service(request: Request) -> WebService:
    service = request.app.state.service
    if not isinstance(service, WebService):
        raise Problem("unavailable", headers={"Retry-After": "30"})
    return service


async def admitted(request: Request) -> None:
    """Counts the request. Raises `Problem` for an unknown key or too many requests."""
    request.app.state.callers.admit(request)


async def _language(request: Request) -> str:
    return language_of_request(request)


Service = Annotated[WebService, Depends(_service)]
Language = Annotated[str, Depends(_language)]
AsOf = Annotated[date | None, Query(description="the law in force on that day; default: today")]
Limit = Annotated[int, Query(ge=1, le=_PAGE)]
PROBLEMS: dict[int | str, dict[str, Any]] = {
    status: {"description": text, "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}}
    for status, text in {401: "unknown key", 413: "too large", 422: "not valid", 429: "too many requests", 503: "getting ready"}.items()
}
NOT_FOUND: dict[int | str, dict[str, Any]] = {404: {**PROBLEMS[422], "description": "not found"}}
api = APIRouter(prefix="/api/v1", dependencies=[Depends(admitted)], responses=PROBLEMS)


@api.post("/ask", summary="Ask a question", responses=NOT_FOUND)
def ask(form: AskForm, service: Service, language: Language) -> Json:
    """The answer in the form of docs/answer.schema.json; inside a conversation also `conversation` and `turn`."""
    return _answer(form, service, language, form.request_id or uuid.uuid4().hex)


@api.post("/ask/stream", summary="Ask a question, answered as server-sent events", response_class=EventSourceResponse, responses=NOT_FOUND)
async def ask_stream(form: AskForm, request: Request, service: Service, language: Language) -> EventSourceResponse:
    """Events `status`, `citations`, `text`, `end` (or `error`, `end`); their data are the schemas `StreamStatus` and so on.

    The same form with the same `request_id`, one's own or the one that `status` told, hears the same answer.
    """
    if form.conversation and service.assistant.conversations.find(form.conversation) is None:
        raise Problem("conversation-not-found")
    request_id = form.request_id or uuid.uuid4().hex
    streams: Streams = request.app.state.streams
    made = partial(_answer, form, service, language, request_id)
    return EventSourceResponse(streams.events(stream_key(form, request_id, language), request_id, made), ping=_HEARTBEAT_S)


@api.get(
    "/provisions/{provision:path}",
    summary="A provision with its texts and relations",
    responses={**NOT_FOUND, 304: {"description": "not changed"}},
)
def provision_(provision: str, request: Request, response: Response, service: Service, as_of: AsOf = None) -> Any:
    """Text in force on the day, where it stands, all its texts and relations. Answers 304 to a matching `If-None-Match`."""
    view = provision_view(provision, service.store, as_of or today())
    if view is None:
        raise Problem("not-found")
    tag = f'"{view.tag}"'
    if _is_known(tag, request.headers.get("if-none-match", "")):
        return Response(status_code=304, headers={"ETag": tag})
    response.headers["ETag"] = tag
    response.headers["Cache-Control"] = "no-cache"
    return view.content


@api.get("/documents", summary="Documents, by key")
def documents(service: Service, after: Annotated[str, Query(max_length=100)] = "", limit: Limit = 50) -> Json:
    """At most `limit` documents with a key after `after`; `next` goes into `after` for more."""
    found = sorted((one for one in service.assistant.responder.answerer.library.documents if one.key > after), key=lambda one: one.key)
    page = found[:limit]
    return {"documents": [document_json(one) for one in page], "next": page[-1].key if len(found) > limit else None}


@api.get("/procedures", summary="Procedures, by id")
def procedures(service: Service, after: Annotated[str, Query(max_length=200)] = "", limit: Limit = 50) -> Json:
    """At most `limit` procedures with an id after `after`; `next` goes into `after` for more."""
    known = service.assistant.responder.answerer.library.procedures.values()
    found = sorted((one for one in known if one.id > after), key=lambda one: one.id)
    page = found[:limit]
    listed = [{"id": one.id, "name": one.name, "field": one.field, "is_guide": one.is_guide} for one in page]
    return {"procedures": listed, "next": page[-1].id if len(found) > limit else None}


@api.get("/search", summary="Articles or procedures near a text, with their scores")
def search(
    service: Service,
    q: Annotated[str, Query(min_length=1, max_length=2_000)],
    k: Annotated[int, Query(ge=1, le=50)] = 10,
    kind: Annotated[str, Query(pattern="^(law|procedure)$")] = "law",
    as_of: AsOf = None,
) -> Json:
    """Best first; each score with how it came about."""
    answerer, day = service.assistant.responder.answerer, as_of or today()
    hits = answerer.retriever.retrieve(q, k=k, where=SearchFilter(as_of=day if kind == "law" else None, kinds=(kind,)))
    found = [
        {"id": hit.group, "title": answerer.library.title_of(hit.group, day), "score": hit.score, "why": hit.explanation} for hit in hits
    ]
    return {"hits": found}


@api.post("/conversations", status_code=201, summary="Start a conversation")
def start_conversation(service: Service) -> Json:
    """Its id: whoever knows it may read and delete it."""
    return {"conversation": service.assistant.conversations.start("web").id}


@api.get("/conversations/{conversation}", summary="The last turns of a conversation", responses=NOT_FOUND)
def conversation_(conversation: ConversationId, service: Service, language: Language) -> Json:
    """At most fifty turns, oldest first; one that was never answered says so."""
    told = service.told(conversation, unanswered=dialogue_sentences(language).unanswered)
    if told is None:
        raise Problem("conversation-not-found")
    return told


@api.delete("/conversations/{conversation}", status_code=204, summary="Delete a conversation at once", responses=NOT_FOUND)
def delete_conversation(conversation: ConversationId, service: Service) -> None:
    """Nothing that was written in it remains; what was counted does."""
    if not service.assistant.conversations.delete(conversation):
        raise Problem("conversation-not-found")


@api.post("/answer-feedback", status_code=201, summary="Say what is wrong with an answer")
def answer_feedback(form: AnswerFeedbackForm, service: Service) -> Json:
    """Goes to the review queue; the same `request_id` is kept once."""
    kept = service.answer_feedback.add(
        f"web {form.request_id}",
        form.kind,
        note=form.note,
        provision=_parsed(form.provision),
        conversation=form.conversation,
        turn=form.turn,
    )
    return {"id": kept.id, "state": kept.state.value}


def stream_key(form: AskForm, request_id: str, language: str) -> str:
    """What an answer is kept under until it is heard.

    The whole form is part of it: an id that somebody else chose too must not give away that answer.
    """
    return f"{language} {form.model_copy(update={'request_id': request_id}).model_dump_json()}"


def _answer(form: AskForm, service: WebService, language: str, request_id: str) -> Json:
    if form.conversation is None:
        return service.answered(form.question, language, form.as_of, form.choice)
    try:
        return service.answered_in(Asked(form.conversation, request_id, form.question, form.as_of, form.choice, form.alone), language)
    except ConversationNotFound as error:
        raise Problem("conversation-not-found") from error


def _is_known(tag: str, header: str) -> bool:
    """Whether `If-None-Match` names the tag or, as `*`, any (RFC 9110, 13.1.2)."""
    named = [one.strip().removeprefix("W/") for one in header.split(",")]
    return tag in named or named == ["*"]


def _parsed(provision: str | None) -> ProvisionId | None:
    """The provision, or None where it is none: what somebody says of an answer is kept all the same."""
    try:
        return ProvisionId.parse(provision) if provision else None
    except InvalidProvisionId:
        return None
