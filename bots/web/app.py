"""The web application: interface, pages, health and metrics."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager, suppress
from importlib.resources import files
from pathlib import Path

from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.middleware.cors import CORSMiddleware
from fastapi.staticfiles import StaticFiles
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.routing import BaseRoute, Match

from assistant.feedback.states import Role
from assistant.interop.catalogue import OpenDataTerms
from bots.web.answer_feedback_api import answer_queue
from bots.web.api import api
from bots.web.casework_api import casework, support
from bots.web.database_problems import add_database_problems
from bots.web.feedback_problems import add_feedback_problems
from bots.web.insight_api import add_insight_problems, insight
from bots.web.limits import Callers, RateLimiter
from bots.web.metrics import Metrics
from bots.web.middleware import MAX_BODY_BYTES, Guard
from bots.web.open311 import add_open311
from bots.web.open311_said import Open311Terms
from bots.web.open_data import add_open_data
from bots.web.openapi import openapi
from bots.web.oversight_api import add_oversight_problems, oversight
from bots.web.pages import pages
from bots.web.problems import Problem, problem_response
from bots.web.recommendations_api import recommendations
from bots.web.senders_api import senders
from bots.web.sending_pages import sending
from bots.web.sent_files import LARGER
from bots.web.service import WebService
from bots.web.streaming import Streams
from bots.web.submissions_api import handing_in, submissions
from bots.web.survey_pages import surveying
from bots.web.tracking_pages import tracking
from bots.web.units import Units

_DESCRIPTION = "Ask Vietnamese law and get the exact clause."
# What runs as long as the application does.
Beside = Callable[[FastAPI], AbstractAsyncContextManager[None]]
_HOUR_S, _SOON_S = 3_600.0, 1.0
_RESTS = 3.0
_KINDS = {404: "not-found", 405: "method-not-allowed", 413: "too-large"}
# Methods that a route may take; HEAD is taken wherever GET is.
_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


def create_app(
    service: WebService | None,
    *,
    keys: Mapping[str, str] | None = None,
    per_minute_address: int = 60,
    per_minute_key: int = 6_000,
    origins: tuple[str, ...] = (),
    staff: Mapping[str, Iterable[Role]] | None = None,
    staff_bodies: Mapping[str, Iterable[str]] | None = None,
    lookups_per_minute: int = 20,
    wrong_keys_per_minute: int = 30,
    files_per_minute: int = 12,
    expire_every_s: float = _HOUR_S,
    open_data: OpenDataTerms | None = None,
    open311: Open311Terms | None = None,
    beside: Beside | None = None,
    routers: Sequence[APIRouter] = (),
    larger: Mapping[str, int] | None = None,
) -> FastAPI:
    """The application over `service`; None answers "getting ready" until `app.state.service` is set.

    `keys`: names of machine clients with the SHA-256 of their keys; `staff`: the roles of those who work on recommendations, by the names
    of their keys; `staff_bodies`: keys of the bodies that liaisons speak for, likewise. `lookups_per_minute`: of tracking codes, from one
    address without a key; `wrong_keys_per_minute`: keys that nobody has, likewise;
    `files_per_minute`: submissions with files, likewise. `origins`: web sites whose pages may call the
    interface. While it runs, what citizens send is read as it comes, texts past their retention are removed at the start and then every
    `expire_every_s`, and `beside` runs, which `routers` may belong to. `larger`: the most bytes of a request, by path, where it is
    more than elsewhere.
    """

    lifespan = _expiring(expire_every_s, beside or _nothing)
    app = FastAPI(title="Diên Hồng", version="1", description=_DESCRIPTION, docs_url=None, redoc_url=None, lifespan=lifespan)
    app.state.service = service
    app.state.streams = Streams()
    app.state.metrics = Metrics()
    by_key, wrong = RateLimiter(per_minute_key, time.monotonic), RateLimiter(wrong_keys_per_minute, time.monotonic)
    app.state.callers = Callers(keys or {}, RateLimiter(per_minute_address, time.monotonic), by_key, wrong)
    app.state.staff = {name: frozenset(roles) for name, roles in (staff or {}).items()}
    app.state.staff_bodies = {name: frozenset(keys_of_bodies) for name, keys_of_bodies in (staff_bodies or {}).items()}
    app.state.files = RateLimiter(files_per_minute, time.monotonic)
    app.state.larger = {**LARGER, **(larger or {})}
    lookups = RateLimiter(lookups_per_minute, time.monotonic)
    app.state.lookups = Callers(keys or {}, lookups, RateLimiter(per_minute_key, time.monotonic), wrong)
    for router in (api, answer_queue, handing_in, submissions, recommendations, casework, senders, support, oversight, insight, *routers):
        app.include_router(router)
    app.include_router(pages)
    app.include_router(sending)
    app.include_router(tracking)
    app.include_router(surveying)
    app.mount("/static", StaticFiles(directory=Path(str(files("bots") / "web" / "static"))), name="static")
    _add_health(app)
    _add_problems(app)
    add_feedback_problems(app)
    add_oversight_problems(app)
    add_insight_problems(app)
    add_database_problems(app)
    _add_exchange(app, open_data or OpenDataTerms(), open311 or Open311Terms())
    if origins:
        app.add_middleware(CORSMiddleware, allow_origins=list(origins), allow_methods=["GET", "POST", "DELETE"], allow_headers=["*"])
    app.add_middleware(Guard, metrics=app.state.metrics, larger=app.state.larger)
    app.openapi = lambda: openapi(app)  # type: ignore[method-assign]
    return app


def together(*all_of: Beside) -> Beside:
    """All of these at once."""

    @asynccontextmanager
    async def beside(app: FastAPI) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            for one in all_of:
                await stack.enter_async_context(one(app))
            yield

    return beside


@asynccontextmanager
async def _nothing(_app: FastAPI) -> AsyncIterator[None]:
    yield


def _expiring(every_s: float, beside: Beside) -> Beside:
    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        stopping = asyncio.Event()
        upkeep = [
            asyncio.create_task(_expire_again_and_again(app, stopping, every_s)),
            asyncio.create_task(_understand_again_and_again(app, stopping)),
            asyncio.create_task(_tell_again_and_again(app, stopping)),
        ]
        async with beside(app):
            yield
        stopping.set()
        # What is under way is finished: the database is closed after this.
        await asyncio.gather(*upkeep)

    return lifespan


def _add_exchange(app: FastAPI, open_data: OpenDataTerms, open311: Open311Terms) -> None:
    units = Units()
    add_open311(app, open311, units)
    add_open_data(app, open_data, units, time.monotonic)


async def _expire_again_and_again(app: FastAPI, stopping: asyncio.Event, every_s: float) -> None:
    while not stopping.is_set():
        service = app.state.service
        if service is not None:
            await run_in_threadpool(service.expire)
        with suppress(TimeoutError):
            await asyncio.wait_for(stopping.wait(), every_s if service is not None else _SOON_S)


async def _understand_again_and_again(app: FastAPI, stopping: asyncio.Event) -> None:
    while not stopping.is_set():
        service, began = app.state.service, time.monotonic()
        has_more = service is not None and await run_in_threadpool(service.understand)
        # Who sends does not wait for the reader: while many do, it rests longer than it reads, and makes up for it later.
        rest_s = _SOON_S if not has_more else _RESTS * (time.monotonic() - began) if service.rush.is_on else 0.0
        with suppress(TimeoutError):
            await asyncio.wait_for(stopping.wait(), rest_s)


async def _tell_again_and_again(app: FastAPI, stopping: asyncio.Event) -> None:
    while not stopping.is_set():
        if app.state.service is not None:
            await run_in_threadpool(app.state.service.tell)
        with suppress(TimeoutError):
            await asyncio.wait_for(stopping.wait(), _SOON_S)


def _add_health(app: FastAPI) -> None:
    @app.get("/healthz", include_in_schema=False)
    def healthz() -> dict[str, str]:
        return {"status": "ok"}

    @app.get("/readyz", include_in_schema=False)
    def readyz(request: Request) -> dict[str, str]:
        if request.app.state.service is None:
            raise Problem("unavailable", headers={"Retry-After": "30"})
        return {"status": "ok"}

    @app.get("/metrics", include_in_schema=False)
    def metrics(request: Request) -> Response:
        parked = request.app.state.service and request.app.state.service.parked()
        # Without an answer the last one stands.
        if parked is not None:
            request.app.state.metrics.park(parked)
        return Response(request.app.state.metrics.text(), media_type="text/plain; version=0.0.4")


def _add_problems(app: FastAPI) -> None:
    @app.exception_handler(Problem)
    def problem(request: Request, error: Problem) -> Response:
        return problem_response(request, error)

    @app.exception_handler(RequestValidationError)
    def invalid(request: Request, error: RequestValidationError) -> Response:
        # What was sent stays out: it is somebody's words.
        errors = [{"field": ".".join(map(str, one["loc"])), "reason": one["type"]} for one in error.errors()]
        return problem_response(request, Problem("invalid"), errors)

    @app.exception_handler(HTTPException)
    def http(request: Request, error: HTTPException) -> Response:
        kind = _KINDS.get(error.status_code, "invalid" if error.status_code < 500 else "unexpected")
        limit = request.app.state.larger.get(request.url.path, MAX_BODY_BYTES)
        headers = {"Allow": _allowed(request)} if error.status_code == 405 else error.headers
        return problem_response(request, Problem(kind, headers=headers, limit=limit))

    @app.exception_handler(Exception)
    def unexpected(request: Request, _: Exception) -> Response:
        return problem_response(request, Problem("unexpected"))


def _allowed(request: Request) -> str:
    """Every method that this address takes; the framework names those of the first route alone."""
    found = [method for method in _METHODS if any(_takes(route, request, method) for route in request.app.routes)]
    return ", ".join([*found, *(["HEAD"] if "GET" in found else [])])


def _takes(route: BaseRoute, request: Request, method: str) -> bool:
    return route.matches({**request.scope, "method": method})[0] is Match.FULL
