"""Getting in: invitation, password, code, authenticator; signing out. The pages work without scripts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from starlette.concurrency import run_in_threadpool

from assistant.accounts.errors import CodeWrong, InvitationSpent, PasswordWeak, SignInRefused
from assistant.accounts.passwords import FEWEST
from assistant.accounts.sessions import Session
from bots.panel.doors import (
    HOME,
    doors_of,
    form_of,
    is_guarded,
    session_of,
    with_session,
    without_session,
    without_trace,
)
from bots.panel.wording import PanelSentences, panel_sentences
from bots.web.page_wording import page_sentences
from bots.web.pages import chosen_language
from bots.web.same_site import is_ours
from bots.web.templating import templates

SIGN_IN = f"{HOME}/sign-in"
_AUTHENTICATOR = f"{HOME}/authenticator"

signing_in = APIRouter(prefix=HOME, include_in_schema=False)


@signing_in.get("")
def home(request: Request) -> Response:
    """What somebody can do here; whoever is not signed in is led to the door."""
    session = session_of(request)
    if (elsewhere := _door(session)) or session is None:
        return _to(elsewhere or SIGN_IN)
    roles = [_words(request).roles[role] for role in sorted(session.account.roles)]
    return _page(request, "panel_home.html", session=session, roles=roles)


@signing_in.get("/sign-in")
def sign_in_form(request: Request, told: str = "") -> Response:
    """Where name and password are typed."""
    words = _words(request)
    return _page(request, "panel_sign_in.html", told={"out": words.signed_out, "opened": words.opened}.get(told, ""))


@signing_in.post("/sign-in")
async def sign_in(request: Request) -> Response:
    """Opens a session, which an authenticator's code may still have to make whole."""
    request.app.state.lookups.admit(request)
    form, words = await form_of(request), _words(request)
    if not is_ours(request):
        return _page(request, "panel_sign_in.html", 403, told=words.foreign)
    try:
        token = await run_in_threadpool(doors_of(request).door.by_password, form.get("name", ""), form.get("password", ""))
    except SignInRefused:
        return _page(request, "panel_sign_in.html", 403, told=words.refused, name=form.get("name", ""))
    return with_session(request, _to(HOME), token)


@signing_in.get("/code")
def code_form(request: Request) -> Response:
    """Where the code of the authenticator is typed."""
    session = session_of(request)
    if session is None or session.is_whole:
        return _to(HOME)
    return _page(request, "panel_code.html", session=session)


@signing_in.post("/code")
async def code(request: Request) -> Response:
    """Makes the session whole: a new one in place of that which the password opened."""
    request.app.state.lookups.admit(request)
    form = await form_of(request)
    session = await run_in_threadpool(session_of, request)
    if session is None or session.is_whole:
        return _to(HOME)
    if not is_guarded(request, session, form):
        return _page(request, "panel_code.html", 403, session=session, told=_words(request).foreign)
    try:
        token = await run_in_threadpool(doors_of(request).door.by_code, session, form.get("code", ""))
    except SignInRefused:
        return _page(request, "panel_code.html", 403, session=session, told=_words(request).refused)
    return with_session(request, _to(HOME), token)


@signing_in.get("/invitation/{token}")
def invitation(token: str, request: Request) -> Response:
    """Where an invited person chooses a password; opening it spends nothing."""
    return _invitation(request, token)


@signing_in.post("/invitation/{token}")
async def taken(token: str, request: Request) -> Response:
    """Keeps the password."""
    request.app.state.lookups.admit(request)
    form, words = await form_of(request), _words(request)
    if not is_ours(request):
        return await run_in_threadpool(_invitation, request, token, words.foreign, 403)
    if form.get("password", "") != form.get("again", ""):
        return await run_in_threadpool(_invitation, request, token, words.differ, 422)
    try:
        await run_in_threadpool(doors_of(request).accounts.take_invitation, token, form.get("password", ""))
    except PasswordWeak as error:
        return await run_in_threadpool(_invitation, request, token, words.weak.format(fewest=error.fewest), 422)
    except InvitationSpent:
        return await run_in_threadpool(_invitation, request, token)
    return without_session(_to(f"{SIGN_IN}?told=opened"))


@signing_in.get("/authenticator")
def authenticator_form(request: Request) -> Response:
    """A fresh secret for an authenticator."""
    session = session_of(request)
    if session is None or not session.is_whole or session.account.has_authenticator:
        return _to(HOME)
    return _page(request, "panel_authenticator.html", session=session, new=doors_of(request).door.new_authenticator(session))


@signing_in.post("/authenticator")
async def authenticator(request: Request) -> Response:
    """Keeps the authenticator and shows the recovery codes, this once."""
    request.app.state.lookups.admit(request)
    form, door = await form_of(request), doors_of(request).door
    session = await run_in_threadpool(session_of, request)
    if session is None or not session.is_whole or session.account.has_authenticator:
        return _to(HOME)
    told = _words(request).foreign
    if is_guarded(request, session, form):
        try:
            token, recovery = await run_in_threadpool(door.set_authenticator, session, form.get("secret", ""), form.get("code", ""))
        except CodeWrong:
            told = _words(request).code_wrong
        else:
            return with_session(request, _page(request, "panel_recovery.html", recovery=recovery), token)
    return _page(request, "panel_authenticator.html", 422, session=session, new=door.new_authenticator(session), told=told)


@signing_in.post("/sign-out")
async def sign_out(request: Request) -> Response:
    """Ends the session."""
    form = await form_of(request)
    session = await run_in_threadpool(session_of, request)
    if session is not None:
        if not is_guarded(request, session, form):
            return _to(HOME)
        await run_in_threadpool(doors_of(request).sessions.close, session.token)
    return without_session(_to(f"{SIGN_IN}?told=out"))


def _door(session: Session | None) -> str | None:
    """Where somebody has to go first; None where nothing is missing."""
    if session is None:
        return SIGN_IN
    if not session.is_whole:
        return f"{HOME}/code"
    return _AUTHENTICATOR if session.account.lacks_authenticator else None


def _invitation(request: Request, token: str, told: str = "", status: int = 200) -> Response:
    try:
        invited = doors_of(request).accounts.invited(token)
    except InvitationSpent:
        return _page(request, "panel_invitation.html", 404, told=_words(request).invitation_spent)
    return _page(request, "panel_invitation.html", status, told=told, invited=invited, fewest=FEWEST)


def _words(request: Request) -> PanelSentences:
    return panel_sentences(chosen_language(request, request.query_params.get("lang", "")))


def _page(request: Request, template: str, status: int = 200, **facts: Any) -> Response:
    language = chosen_language(request, request.query_params.get("lang", ""))
    context: Mapping[str, Any] = {
        "words": page_sentences(language),
        "said": panel_sentences(language),
        "language": language,
        "told": "",
        **facts,
    }
    return without_trace(templates().TemplateResponse(request, template, dict(context), status_code=status))


def _to(address: str) -> Response:
    return without_trace(RedirectResponse(address, status_code=303))
