"""Pages for people: the chat, and a provision with its texts."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from pathlib import Path
from urllib.parse import parse_qs

from fastapi import APIRouter, Request, Response
from fastapi.templating import Jinja2Templates
from starlette.concurrency import run_in_threadpool

from bots.dialogue_wording import dialogue_sentences
from bots.web.api import Service
from bots.web.page_wording import page_sentences
from bots.web.problems import Problem, language_of_request
from bots.web.provisions import provision_view
from bots.web.service import Json
from corpus.days import today

pages = APIRouter(include_in_schema=False)


@cache
def _templates() -> Jinja2Templates:
    return Jinja2Templates(directory=Path(str(files("bots") / "web" / "templates")))


@pages.get("/")
def chat(request: Request, lang: str = "") -> Response:
    """The chat page."""
    return _chat_page(request, _language(request, lang), "", None)


@pages.post("/")
async def chat_without_scripts(request: Request, service: Service) -> Response:
    """The chat page with one question answered in it, for browsers without scripts.

    The question comes in the body: an address would stand in logs on its way.
    """
    request.app.state.callers.admit(request)
    fields = parse_qs((await request.body()).decode("utf-8", "replace"), max_num_fields=10)
    question, language = fields.get("q", [""])[0], _language(request, fields.get("lang", [""])[0])
    answer = await run_in_threadpool(service.answered, question, language)
    return _chat_page(request, language, question, answer)


@pages.get("/provisions/{provision:path}")
def provision_page(provision: str, request: Request, service: Service, lang: str = "") -> Response:
    """A provision as it stands today, with its other texts and what changed it."""
    language = _language(request, lang)
    view = provision_view(provision, service.store, today())
    if view is None:
        raise Problem("not-found")
    context = {"words": page_sentences(language), "language": language, "provision": view.content}
    return _templates().TemplateResponse(request, "provision.html", context)


def _chat_page(request: Request, language: str, question: str, answer: Json | None) -> Response:
    routes = json.dumps(dict(dialogue_sentences(language).routes), ensure_ascii=False)
    context = {"words": page_sentences(language), "language": language, "question": question, "answer": answer, "routes": routes}
    return _templates().TemplateResponse(request, "chat.html", context)


def _language(request: Request, chosen: str) -> str:
    return chosen if chosen in ("vi", "en") else language_of_request(request)
