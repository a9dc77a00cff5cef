"""The HTTP server that the bot's library talks to."""

from __future__ import annotations

import contextlib
import json
import socket
import threading
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import unquote, urlsplit

from tests.telegram.emulator.errors import ApiError, too_many_requests
from tests.telegram.emulator.faults import Faults, LostAfter, LostBefore, ServerError, Slow, TooMany
from tests.telegram.emulator.methods import METHODS
from tests.telegram.emulator.request import Request, read_request
from tests.telegram.emulator.world import Call, World

# The name of downloads among the methods, for faults and the list of calls.
DOWNLOAD = "download"


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back over the wire; status 0 means that nothing does and the connection breaks."""

    status: int
    body: bytes = b""
    content_type: str = "application/json"


_BROKEN = Answer(0)


class ApiServer(ThreadingHTTPServer):
    """Answers on a free port of this machine; `calls` holds what was called, in the order it was answered."""

    daemon_threads = True
    request_queue_size = 512

    def __init__(self, world: World, faults: Faults, token: str) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.world = world
        self.faults = faults
        self.token = token
        self.calls: list[Call] = []
        self._lines: set[socket.socket] = set()
        self._lock = threading.Lock()

    def answer(self, path: str, request: Request) -> Answer:
        """What a call of a method, or a download, gets."""
        match unquote(path).lstrip("/").split("/", 2):
            case [bot, method] if bot.startswith("bot"):
                return self._checked(bot.removeprefix("bot"), method, request)
            case ["file", bot, place] if bot.startswith("bot"):
                return self._checked(bot.removeprefix("bot"), DOWNLOAD, Request({"file_path": place}))
        return _failed(ApiError(404, "Not Found"))

    def _checked(self, token: str, method: str, request: Request) -> Answer:
        if token != self.token:
            return _failed(ApiError(401, "Unauthorized"))
        fault = self.faults.take(method)
        if fault is None or isinstance(fault, LostAfter | Slow):
            if isinstance(fault, Slow) and not fault.is_done_first:
                self._wait(fault.seconds)
            done = self._done(method, request)
            if isinstance(fault, Slow) and fault.is_done_first:
                self._wait(fault.seconds)
            answer = _BROKEN if isinstance(fault, LostAfter) else done
            self._note(Call(method, request.arguments, answer.status, is_done=done.status == 200))
            return answer
        answer = _faulty(fault)
        self._note(Call(method, request.arguments, answer.status, is_done=False))
        return answer

    def _done(self, method: str, request: Request) -> Answer:
        if method == DOWNLOAD:
            return self._file(request.text("file_path"))
        carry_out = METHODS.get(method.lower())
        if carry_out is None:
            return _failed(ApiError(404, "Not Found: method not found"))
        try:
            with self.world.changed:
                result = carry_out(self.world, request)
        except ApiError as refusal:
            return _failed(refusal)
        return Answer(200, json.dumps({"ok": True, "result": result}).encode())

    def _file(self, place: str) -> Answer:
        with self.world.changed:
            file = next((one for one in self.world.files.values() if one.path == place), None)
        return Answer(200, file.content, "application/octet-stream") if file else _failed(ApiError(404, "Not Found"))

    def _wait(self, seconds: float) -> None:
        self.world.wait_until(lambda: self.world.is_stopped, seconds)

    def _note(self, call: Call) -> None:
        with self.world.changed:
            self.calls.append(call)
            self.world.notify()

    # Connections

    def opened(self, line: socket.socket) -> None:
        """A client came."""
        with self._lock:
            self._lines.add(line)

    def closed(self, line: socket.socket) -> None:
        """A client went."""
        with self._lock:
            self._lines.discard(line)

    def break_lines(self) -> None:
        """Hang up on all clients."""
        with self._lock:
            for line in self._lines:
                with contextlib.suppress(OSError):
                    line.shutdown(socket.SHUT_RDWR)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that is gone is nothing to speak of; `Any` as socketserver has it."""


def _failed(refusal: ApiError) -> Answer:
    return Answer(refusal.code, json.dumps(refusal.body()).encode())


def _faulty(fault: TooMany | ServerError | LostBefore) -> Answer:
    match fault:
        case TooMany(retry_after_s):
            return _failed(too_many_requests(retry_after_s))
        case ServerError(status, True):
            return Answer(status, f"<html><h1>{status}</h1></html>".encode(), "text/html")
        case ServerError(status, _):
            names = {500: "Internal Server Error", 502: "Bad Gateway", 503: "Service Unavailable", 504: "Gateway Timeout"}
            return _failed(ApiError(status, names.get(status, "Internal Server Error")))
    return _BROKEN


class _Handler(BaseHTTPRequestHandler):
    server: ApiServer
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1

    def setup(self) -> None:
        super().setup()
        self.server.opened(self.connection)

    def finish(self) -> None:
        self.server.closed(self.connection)
        with contextlib.suppress(OSError):
            super().finish()

    def do_GET(self) -> None:
        self._serve()

    def do_POST(self) -> None:
        self._serve()

    def _serve(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(length)
        if len(body) < length:
            # Whoever called was killed in the middle: Telegram never sees such a call whole.
            self.close_connection = True
            return
        url = urlsplit(self.path)
        try:
            request = read_request(url.query, self.headers.get("Content-Type") or "", body)
        except ValueError:
            self._send(_failed(ApiError(400, "Bad Request: can't parse the request")))
            return
        self._send(self.server.answer(url.path, request))

    def _send(self, answer: Answer) -> None:
        if not answer.status:
            self.close_connection = True
            with contextlib.suppress(OSError):
                self.connection.shutdown(socket.SHUT_RDWR)
            return
        with contextlib.suppress(OSError):
            self.send_response(answer.status)
            self.send_header("Content-Type", answer.content_type)
            self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            self.wfile.write(answer.body)
            self.wfile.flush()

    def log_message(self, *args: object) -> None:
        """The list of calls says more."""
