"""A database that cannot do it just now, e.g. because the disk is full or it is being restarted, as problem details."""

from __future__ import annotations

import logging

from fastapi import FastAPI, Request, Response
from sqlalchemy import exc

from bots.web.problems import Problem, problem_response

log = logging.getLogger(__name__)

# In seconds; a restart of PostgreSQL takes about as long.
_SOON = "5"


def add_database_problems(app: FastAPI) -> None:
    """Lets the application answer with 503 what may go well when it is sent again."""
    for kind in (exc.OperationalError, exc.TimeoutError):
        app.exception_handler(kind)(_answered)


async def _answered(request: Request, error: Exception) -> Response:
    # The driver's words may quote what somebody wrote.
    log.error("database_failed", extra={"kind": type(getattr(error, "orig", error)).__name__})
    return problem_response(request, Problem("unavailable", headers={"Retry-After": _SOON}))
