"""Open data over HTTP: the catalogue and its files, made anew every few minutes at most."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock

from fastapi import APIRouter, Depends, FastAPI, Request, Response

from assistant.interop.catalogue import CATALOGUE, OpenDataTerms, OpenFile
from assistant.interop.open_data import OpenData, open_data
from bots.web.api import Service, admitted
from bots.web.problems import Problem
from bots.web.service import WebService
from bots.web.units import Units

# As long may something that is public no more be read here.
_KEPT_S = 300.0

open_data_pages = APIRouter(prefix="/open-data", dependencies=[Depends(admitted)], include_in_schema=False)


class OpenDataShelf:
    """The files as they were made last; one request makes them."""

    def __init__(self, terms: OpenDataTerms, units: Units, clock: Callable[[], float]) -> None:
        self._terms, self._units, self._clock = terms, units, clock
        self._lock = Lock()
        self._made: tuple[float, OpenData] | None = None

    def file(self, service: WebService, name: str) -> OpenFile | None:
        """The file of this name, or None."""
        return self._current(service).file(name)

    def _current(self, service: WebService) -> OpenData:
        before = self._made
        # Whoever comes while they are made anew has the last ones; only where there are none yet everybody waits.
        if before is not None and (self._is_fresh(before) or not self._lock.acquire(blocking=False)):
            return before[1]
        if before is None:
            self._lock.acquire()
        try:
            if self._made is None or not self._is_fresh(self._made):
                self._made = (self._clock(), open_data(service.feedback, self._units.areas(), self._terms))
            return self._made[1]
        finally:
            self._lock.release()

    def _is_fresh(self, made: tuple[float, OpenData]) -> bool:
        return self._clock() - made[0] < _KEPT_S


def add_open_data(app: FastAPI, terms: OpenDataTerms, units: Units, clock: Callable[[], float]) -> None:
    """Lets the application serve open data; `clock` in seconds."""
    app.state.open_data = OpenDataShelf(terms, units, clock)
    app.include_router(open_data_pages)


@open_data_pages.get("/")
def listed(request: Request, service: Service) -> Response:
    """The catalogue."""
    return _file(request, service, CATALOGUE)


@open_data_pages.get("/{name}")
def file(name: str, request: Request, service: Service) -> Response:
    """A file of the catalogue. Answers 304 to a matching `If-None-Match`."""
    return _file(request, service, name)


def _file(request: Request, service: WebService, name: str) -> Response:
    shelf: OpenDataShelf = request.app.state.open_data
    found = shelf.file(service, name)
    if found is None:
        raise Problem("not-found")
    headers = {
        "ETag": f'"{found.digest[:32]}"',
        "Cache-Control": f"public, max-age={_KEPT_S:.0f}",
        # Whoever calls may be any page of the web: there is nothing here that is not for everybody.
        "Access-Control-Allow-Origin": "*",
    }
    if headers["ETag"] in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(found.content, media_type=found.media_type, headers=headers)
