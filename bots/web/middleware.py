"""What every request goes through: an id, a size limit, security headers, metrics and a log line of facts."""

from __future__ import annotations

import logging
import re
import time
import uuid
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException

log = logging.getLogger(__name__)

MAX_BODY_BYTES = 128 * 1024
_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Content-Security-Policy": "default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'",
}
Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]


class Guard:
    """Gives each request an id and each response its headers; counts bytes read and requests answered.

    HEAD is answered as GET is, without the body (RFC 9110, 9.3.2). `larger`: bytes that more is read of than of others, by path.
    """

    def __init__(self, app: App, metrics: Any, larger: Mapping[str, int] | None = None) -> None:
        self._app, self._metrics, self._larger = app, metrics, larger or {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        given = Headers(scope=scope).get("x-request-id", "")
        request_id = given if _REQUEST_ID.fullmatch(given) else uuid.uuid4().hex
        scope.setdefault("state", {})["request_id"] = request_id
        started, status, is_head = time.perf_counter(), 500, scope["method"] == "HEAD"
        # A copy: the server goes by its own when it writes the body.
        inner = {**scope, "method": "GET"} if is_head else scope

        async def sent(message: MutableMapping[str, Any]) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(scope=message)
                for name, value in {**_HEADERS, "X-Request-ID": request_id}.items():
                    headers.setdefault(name, value)
            elif is_head:
                message = {**message, "body": b""}
            await send(message)

        try:
            await self._app(inner, _counted(receive, self._larger.get(scope["path"], MAX_BODY_BYTES)), sent)
        finally:
            route = getattr(inner.get("route"), "path", "(none)")
            self._metrics.count(scope["method"], route, status, time.perf_counter() - started)
            log.info("request", extra={"method": scope["method"], "route": route, "status": status, "request_id": request_id})


def _counted(receive: Receive, most: int) -> Receive:
    read = 0

    async def received() -> MutableMapping[str, Any]:
        nonlocal read
        message = await receive()
        read += len(message.get("body", b""))
        if read > most:
            raise HTTPException(413)
        return message

    return received
