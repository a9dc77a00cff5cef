"""Pages for people: the chat, and a provision with its texts."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.templating import Jinja2Templates

from bots.dialogue_wording import dialogue_sentences
from bots.web.api import Service
from bots.web.page_wording import page_sentences
from bots.web.problems import Problem, language_of_request
from bots.web.provisions import provision_view
from corpus.days import today

pages = APIRouter(include_in_schema=False)


@cache
def _templates() -> Jinja2Templates:
    return Jinja2Templates(directory=Path(str(files("bots") / "web" / "templates")))


@pages.get("/")
def chat(request: Request, service: Service, q: Annotated[str, Query(max_length=20_000)] = "", lang: str = "") -> Response:
    """The chat page; `q` is answered in the page itself, so one question works without JavaScript."""
    language = lang if lang in ("vi", "en") else language_of_request(request)
    if q:
        request.app.state.callers.admit(request)
    answer = service.answered(q, language) if q.strip() else None
    context = {"words": page_sentences(language), "language": language, "question": q, "answer": answer}
    context["routes"] = json.dumps(dict(dialogue_sentences(language).routes), ensure_ascii=False)
    return _templates().TemplateResponse(request, "chat.html", context)


@pages.get("/provisions/{provision:path}")
def provision_page(provision: str, request: Request, service: Service, lang: str = "") -> Response:
    """A provision as it stands today, with its other texts and what changed it."""
    language = lang if lang in ("vi", "en") else language_of_request(request)
    view = provision_view(provision, service.store, today())
    if view is None:
        raise Problem("not-found")
    context = {"words": page_sentences(language), "language": language, "provision": view.content}
    return _templates().TemplateResponse(request, "provision.html", context)
