"""What the panel's pages need to know who is there, and how a browser keeps a session."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hmac import compare_digest
from urllib.parse import parse_qs

from fastapi import Request, Response

from assistant.accounts.accounts import Accounts
from assistant.accounts.sessions import Session, Sessions
from assistant.accounts.signing_in import SigningIn
from assistant.feedback.desk import FeedbackDesk
from bots.web.same_site import is_ours

HOME = "/panel"
_COOKIE = "dienhong_panel"
_MOST_FIELDS = 100
_NO_STORE = {"Cache-Control": "no-store"}


@dataclass(frozen=True, slots=True)
class PanelDoors:
    """Accounts, sessions, and how to sign in."""

    accounts: Accounts
    sessions: Sessions
    door: SigningIn

    @classmethod
    def of(cls, desk: FeedbackDesk) -> PanelDoors:
        """Those of the desk's database."""
        sessions = Sessions(desk.engine, desk.vault, desk.clock)
        return cls(Accounts(desk.engine, desk.vault, desk.clock), sessions, SigningIn(desk.engine, desk.vault, desk.clock, sessions))


def doors_of(request: Request) -> PanelDoors:
    """The doors of the application."""
    doors: PanelDoors = request.app.state.panel
    return doors


def session_of(request: Request) -> Session | None:
    """The session of this browser, if it stands; also one that still lacks its code."""
    token = request.cookies.get(_COOKIE, "")
    return doors_of(request).sessions.find(token) if token else None


def with_session(request: Request, response: Response, token: str) -> Response:
    """Lets the browser keep a session until it is closed."""
    is_secure = request.url.scheme == "https"
    response.set_cookie(_COOKIE, token, path=HOME, httponly=True, samesite="lax", secure=is_secure)
    return without_trace(response)


def without_session(response: Response) -> Response:
    """Lets the browser forget its session."""
    response.delete_cookie(_COOKIE, path=HOME, httponly=True, samesite="lax")
    return without_trace(response)


def without_trace(response: Response) -> Response:
    """Nothing of the panel is kept by browsers or on the way."""
    response.headers.update(_NO_STORE)
    return response


async def form_of(request: Request) -> Mapping[str, str]:
    """The fields of a form, each once."""
    fields = parse_qs((await request.body()).decode("utf-8", "replace"), max_num_fields=_MOST_FIELDS)
    return {name: values[0] for name, values in fields.items()}


def is_guarded(request: Request, session: Session, form: Mapping[str, str]) -> bool:
    """Whether a form was made for this session."""
    return is_ours(request) and compare_digest(form.get("guard", "").encode(), session.guard.encode())
