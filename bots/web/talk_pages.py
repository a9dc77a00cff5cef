"""The page where people talk with the assistant as they do in Telegram; it works without scripts."""

from __future__ import annotations

import uuid

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse
from starlette.concurrency import run_in_threadpool

from assistant.chats.thread import Line, Thread, label_of
from assistant.chats.types import EventKind, Message
from bots.web.page_wording import page_sentences
from bots.web.pages import chosen_language
from bots.web.problems import Problem
from bots.web.sent_files import is_large
from bots.web.talk_channel import WebChats
from bots.web.talk_forms import (
    COOKIE,
    COOKIE_PATH,
    COOKIE_S,
    MOST_SENT_BYTES,
    MOST_TYPED,
    NotTaken,
    Sent,
    address_of,
    check_it_is_ours,
    fresh_secret,
    read_sent,
    secret_of,
)
from bots.web.talk_markup import shown
from bots.web.talk_wording import talk_sentences
from bots.web.talk_words import attached, pointed, typed
from bots.web.templating import templates
from corpus.days import VIETNAM

_HEADERS = {
    "Cache-Control": "no-store",
    # The page says of itself that it is the sender, and may ask where the person is.
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(self), microphone=()",
}
# What can be tapped outside of the thread.
_LANGUAGES = {"lang:vi": "Tiếng Việt", "lang:en": "English"}

# The most bytes of a request, by path.
LARGER = {"/chat": MOST_SENT_BYTES, "/chat/say": MOST_SENT_BYTES}

talking = APIRouter(include_in_schema=False)


@talking.get("/chat")
async def opened(request: Request, lang: str = "") -> Response:
    """The chat of this browser, or the first words to somebody without one."""
    _count_look(request)
    thread = await _thread(request)
    return _page(request, thread, _language(request, thread, lang))


@talking.get("/chat/lines")
async def changed(request: Request, after: int = 0) -> Response:
    """The lines that changed after a revision, as they stand in the page."""
    _count_look(request)
    thread = await _thread(request, after)
    return _lines(request, thread, is_waiting=False)


@talking.post("/chat")
async def sent(request: Request) -> Response:
    """Takes in what a page without scripts sends, and shows the thread with what is said to it."""
    try:
        one = await _taken(request)
    except NotTaken as refusal:
        thread = await _thread(request)
        return _page(request, thread, _language(request, thread, ""), refusal)
    is_answered = await _chats(request).answered(one.address)
    to = "/chat#newest" if is_answered else "/chat?waiting=1#newest"
    return _with_cookie(request, RedirectResponse(to, status_code=303, headers=_HEADERS), one.secret)


@talking.post("/chat/say")
async def said(request: Request) -> Response:
    """Takes in what the script of the page sends; the lines that came since, as they stand in the page."""
    try:
        one = await _taken(request)
    except NotTaken as refusal:
        language = _language(request, await _thread(request), "")
        return JSONResponse({"told": _told(refusal, language)}, refusal.status, headers=_HEADERS)
    is_answered = await _chats(request).answered(one.address)
    thread = await run_in_threadpool(_chats(request).threads.of, one.address, one.after)
    return _with_cookie(request, _lines(request, thread, is_waiting=not is_answered), one.secret)


@talking.post("/chat/leave")
async def left(request: Request) -> Response:
    """Forgets in this browser whose chat it is."""
    try:
        check_it_is_ours(request)
    except NotTaken as refusal:
        thread = await _thread(request)
        return _page(request, thread, _language(request, thread, ""), refusal)
    response = RedirectResponse("/", status_code=303, headers=_HEADERS)
    response.delete_cookie(COOKIE, path=COOKIE_PATH, httponly=True, samesite="strict")
    return response


async def _taken(request: Request) -> Sent:
    """What was sent, which is on disk when this returns. Raises `NotTaken`."""
    chats = _chats(request)
    check_it_is_ours(request)
    # Who must wait finds their words again; for that they are read first, unless they come with a file.
    if is_large(request):
        _admit(request)
    one = await read_sent(request, chosen_language(request, ""))
    try:
        _check(request, chats, one)
        await run_in_threadpool(_kept, chats, one)
    except NotTaken as refusal:
        refusal.draft = one.text
        raise
    return one


def _check(request: Request, chats: WebChats, one: Sent) -> None:
    if not is_large(request):
        _admit(request)
    if one.kind is EventKind.FILE and (wait_s := chats.files.wait_s(_caller(request))):
        raise NotTaken("too_many", 429, seconds=max(1, round(wait_s)))
    if len(one.text) > MOST_TYPED:
        raise NotTaken("too_long", 422, most=MOST_TYPED)
    if one.kind is EventKind.TEXT and not one.text:
        raise NotTaken("empty", 422)


def _kept(chats: WebChats, one: Sent) -> None:
    event = one.event()
    # What was tapped on twice may be gone by the second time.
    if not chats.desk.inbox.has(event):
        chats.take(event, _as_line(chats, one))


def _as_line(chats: WebChats, one: Sent) -> Message:
    """What was done, as it stands in the thread. Raises `NotTaken` for what cannot be tapped there."""
    if one.kind is EventKind.FILE and one.file:
        return attached(one.file.kind, one.text, one.language)
    if one.kind is EventKind.PLACE:
        return pointed(one.language)
    if one.kind is EventKind.TEXT:
        return typed(one.text)
    messages = chats.threads.of(one.address).messages or chats.desk.welcome(one.language)
    label = label_of(one.tap, messages) or _LANGUAGES.get(one.tap)
    if label is None:
        raise NotTaken("too_old", 409)
    return typed(label)


def _admit(request: Request) -> None:
    try:
        request.app.state.callers.admit(request)
    except Problem as problem:
        if problem.kind != "too-many":
            raise
        raise NotTaken("too_many", 429, **problem.facts) from problem


def _count_look(request: Request) -> None:
    wait_s = _chats(request).looks.wait_s(_caller(request))
    if wait_s:
        seconds = max(1, round(wait_s))
        raise Problem("too-many", seconds=seconds, headers={"Retry-After": str(seconds)})


def _caller(request: Request) -> str:
    return request.client.host if request.client else ""


def _chats(request: Request) -> WebChats:
    chats: WebChats | None = getattr(request.app.state, "web_chats", None)
    if chats is None:
        raise Problem("unavailable", headers={"Retry-After": "30"})
    return chats


async def _thread(request: Request, after: int = 0) -> Thread:
    secret = secret_of(request)
    return await run_in_threadpool(_chats(request).threads.of, address_of(secret), after) if secret else Thread(None)


def _language(request: Request, thread: Thread, chosen: str) -> str:
    return thread.state.language if thread.state else chosen_language(request, chosen)


def _told(refusal: NotTaken, language: str) -> str:
    return str(getattr(talk_sentences(language), refusal.told)).format(**refusal.facts)


def _page(request: Request, thread: Thread, language: str, refusal: NotTaken | None = None) -> Response:
    first = [] if thread.lines else _chats(request).desk.welcome(language)
    context = {
        "words": page_sentences(language),
        "talk": talk_sentences(language),
        "language": language,
        "thread": thread,
        "welcome": [_html(one, has_commands=True) for one in first],
        "lines": _shown_lines(thread),
        "newest": max((line.number for line in thread.lines if line.is_own and line.message), default=0),
        "told": _told(refusal, language) if refusal else "",
        "draft": refusal.draft if refusal else "",
        "chat": secret_of(request) or fresh_secret(),
        "token": uuid.uuid4().hex,
        "most": MOST_TYPED,
        "is_waiting": "waiting" in request.query_params and _waits(thread),
    }
    return templates().TemplateResponse(request, "talk.html", context, refusal.status if refusal else 200, headers=_HEADERS)


def _lines(request: Request, thread: Thread, *, is_waiting: bool) -> Response:
    language = _language(request, thread, "")
    context = {"talk": talk_sentences(language), "language": language, "thread": thread, "lines": _shown_lines(thread), "newest": 0}
    written = templates().get_template("talk_lines.html").render(context, request=request, is_waiting=is_waiting, token="")
    return HTMLResponse(written, headers=_HEADERS)


def _shown_lines(thread: Thread) -> list[dict[str, object]]:
    def fields(line: Line) -> dict[str, object]:
        message = _html(line.message, has_commands=not line.is_own) if line.message else None
        return {"number": line.number, "is_own": line.is_own, "at": line.at.astimezone(VIETNAM), "message": message}

    return [fields(line) for line in thread.lines]


def _html(message: Message, *, has_commands: bool) -> dict[str, object]:
    return {"text": shown(message.text, has_commands=has_commands), "buttons": message.buttons, "place": message.asks_point}


def _waits(thread: Thread) -> bool:
    """Whether the person spoke last."""
    seen = [line for line in thread.lines if line.message]
    return bool(seen) and seen[-1].is_own


def _with_cookie(request: Request, response: Response, secret: str) -> Response:
    is_secure = request.url.scheme == "https"
    response.set_cookie(COOKIE, secret, max_age=COOKIE_S, path=COOKIE_PATH, secure=is_secure, httponly=True, samesite="strict")
    return response
