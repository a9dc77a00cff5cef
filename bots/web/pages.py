"""Pages for people: the chat, and a provision with its texts."""

from __future__ import annotations

import json
import uuid
from collections.abc import AsyncIterator
from functools import partial
from urllib.parse import parse_qs

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, StreamingResponse
from pydantic import BaseModel, ConfigDict
from starlette.concurrency import run_in_threadpool

from assistant.answering.understand import MAX_QUESTION_CHARS
from assistant.app import Asked
from assistant.dialogue.types import Turn
from bots.law.dialogue_wording import dialogue_sentences
from bots.web.answer_blocks import answer_blocks
from bots.web.api import Service, stream_key
from bots.web.forms import AskForm, ConversationId
from bots.web.page_wording import page_sentences
from bots.web.problems import Problem, language_of_request
from bots.web.provisions import provision_view
from bots.web.sending_wording import sending_sentences
from bots.web.service import Json, WebService
from bots.web.streaming import Event, Streams
from bots.web.talk_wording import talk_sentences
from bots.web.templating import day_of, templates
from bots.wording import sentences
from corpus.days import today
from corpus.ids import ProvisionId

_TURNS_SHOWN = 50
# Ends after which the asker goes on with the same words.
_ASKED_AGAIN = frozenset({"declined", "needs_clarification"})

# Kinds of messages that can be sent on to those who receive opinions.
_SENT_ON = frozenset({"report", "recommendation"})

pages = APIRouter(include_in_schema=False)


class ConversationForm(BaseModel):
    """Which conversation. In the body: whoever knows the id may read it, and addresses are written down on their way."""

    model_config = ConfigDict(extra="forbid")

    conversation: ConversationId


@pages.get("/")
def chat(request: Request, lang: str = "") -> Response:
    """The chat page."""
    return _chat_page(request, chosen_language(request, lang))


@pages.post("/")
async def chat_without_scripts(request: Request, service: Service) -> Response:
    """The chat page with one question answered in it, or with a `draft` to be corrected, for browsers without scripts.

    The question comes in the body: an address would stand in logs on its way.
    """
    fields = parse_qs((await request.body()).decode("utf-8", "replace"), max_num_fields=10)
    question, draft, choice, lang = (fields.get(name, [""])[0] for name in ("q", "draft", "choice", "lang"))
    language = chosen_language(request, lang)
    if draft:
        return _chat_page(request, language, draft=draft)
    request.app.state.callers.admit(request)
    answer = await run_in_threadpool(service.answered, question, language, None, choice or None)
    draft = question if answer["outcome"] in _ASKED_AGAIN else ""
    return _chat_page(request, language, draft=draft, turn=_turn(answer, question, language))


@pages.post("/chat/ask")
async def ask_in_page(form: AskForm, request: Request, service: Service) -> StreamingResponse:
    """The events of `POST /api/v1/ask/stream`, with the text as it stands in the page."""
    request.app.state.callers.admit(request)
    conversations = service.assistant.conversations
    if form.conversation is None or await run_in_threadpool(conversations.find, form.conversation) is None:
        raise Problem("conversation-not-found")
    language, request_id = language_of_request(request), form.request_id or uuid.uuid4().hex
    asked = Asked(form.conversation, request_id, form.question, form.as_of, form.choice, form.alone)
    streams: Streams = request.app.state.streams
    key = f"page {stream_key(form, request_id, language)}"
    events = streams.events(key, request_id, partial(_answered, service, asked, language))
    # A proxy that gathers bytes would hold the events back.
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(_written(events), media_type="text/event-stream", headers=headers)


@pages.post("/chat/turns")
def turns(form: ConversationForm, request: Request, service: Service) -> HTMLResponse:
    """The turns of a conversation as they stand in the page, oldest first."""
    request.app.state.callers.admit(request)
    if service.assistant.conversations.find(form.conversation) is None:
        raise Problem("conversation-not-found")
    kept = service.assistant.conversations.history(form.conversation, last=_TURNS_SHOWN)
    return HTMLResponse("".join(_kept_turn(one, language_of_request(request)) for one in kept))


@pages.get("/provisions/{provision:path}")
def provision_page(provision: str, request: Request, service: Service, lang: str = "") -> Response:
    """A provision as it stands today, with its other texts and what changed it."""
    request.app.state.callers.admit(request)
    language = chosen_language(request, lang)
    view = provision_view(provision, service.store, today())
    context = {"words": page_sentences(language), "language": language}
    if view is None:
        return templates().TemplateResponse(request, "missing.html", context, status_code=404)
    warnings = [_warning(change, language) for change in view.content["later_changes"]]
    context |= {"provision": view.content, "article": _article(view.content["id"]), "warnings": warnings}
    return templates().TemplateResponse(request, "provision.html", context)


def _chat_page(request: Request, language: str, *, draft: str = "", turn: str = "") -> Response:
    too_long = sentences(language).too_long.format(limit=MAX_QUESTION_CHARS)
    context = {
        "words": page_sentences(language),
        "language": language,
        "draft": draft,
        "turn": turn,
        "sending": sending_sentences(language),
        "talk": talk_sentences(language) if getattr(request.app.state, "web_chats", None) else None,
    }
    return templates().TemplateResponse(request, "chat.html", context | {"too_long": too_long, "limit": MAX_QUESTION_CHARS})


async def _written(events: AsyncIterator[Event]) -> AsyncIterator[str]:
    """The events as they go over the line; their data is on one line."""
    async for event in events:
        yield f"event: {event['event']}\ndata: {event['data']}\n\n"


def _answered(service: WebService, asked: Asked, language: str) -> Json:
    """The answer for the streams, its text as a turn of the page."""
    content = service.answered_in(asked, language)
    return {**content, "answer": _turn(content, asked.text, language, content["turn"], asked.request_id)}


def _kept_turn(turn: Turn, language: str) -> str:
    if turn.answer is None:
        return ""
    return _turn(json.loads(turn.answer.content), turn.typed, language, turn.number, turn.request_id)


def _turn(answer: Json, question: str, language: str, number: int = 0, request_id: str = "") -> str:
    """A question with its answer as HTML; `number` is 0 outside of a conversation."""
    asked = answer["question"]
    understood = asked["restored"] if asked["restored"] != asked["typed"] else ""
    context = {
        "words": page_sentences(language),
        "said": dialogue_sentences(language),
        "sending": sending_sentences(language) if answer["route"] in _SENT_ON else None,
        "language": language,
        "question": question,
        "understood": understood,
        "understood_as": sentences(language).understood_as.format(text=understood),
        "answer": answer,
        "blocks": answer_blocks(answer, language),
        "number": number,
        "request_id": request_id,
    }
    return templates().get_template("turn.html").render(context)


def _warning(change: Json, language: str) -> str:
    words = sentences(language)
    sentence = words.later_change_certain if change["certain"] else words.later_change_possible
    return sentence.format(title=change["title"], number=change["number"], since=day_of(change["since"]))


def _article(provision: str) -> str:
    return str(ProvisionId.parse(provision).of_article)


def chosen_language(request: Request, chosen: str) -> str:
    """The language that was chosen on the page, else that of the browser."""
    return chosen if chosen in ("vi", "en") else language_of_request(request)
