"""A real HTTP server that speaks the wire format of streamed chat completions, and misbehaves when told to."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

# How long a stalled or endless reply goes on at most, should the test end before.
_PATIENCE_S = 20.0

Reply = Callable[[dict[str, Any]], str]


class ChatServer(ThreadingHTTPServer):
    """On a free port; `faults` are done in turn, one for each request, then `reply` is made of the request's user message.

    `requests` holds the bodies of chat requests, `elsewhere` the paths of all others.
    """

    daemon_threads = True

    def __init__(self, reply: Reply) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.reply = reply
        self.faults: list[str] = []
        self.requests: list[dict[str, Any]] = []
        self.keys: list[str | None] = []
        self.elsewhere: list[str] = []
        self.ended = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/v1"


@contextmanager
def running_server(reply: Reply) -> Iterator[ChatServer]:
    """The server while it runs."""
    with ChatServer(reply) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server
        finally:
            server.ended.set()
            server.shutdown()
            thread.join()


class _Handler(BaseHTTPRequestHandler):
    server: ChatServer

    def do_GET(self) -> None:
        self.server.elsewhere.append(self.path)
        self._send(404, "{}")

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if not self.path.endswith("/chat/completions"):
            self.server.elsewhere.append(self.path)
            self._send(404, "{}")
            return
        request = json.loads(body)
        self.server.requests.append(request)
        self.server.keys.append(self.headers.get("Authorization"))
        fault = self.server.faults.pop(0) if self.server.faults else ""
        # A client that waits no longer is the point of half the faults.
        try:
            self._answer(request, fault)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def _answer(self, request: dict[str, Any], fault: str) -> None:
        if fault.startswith("HTTP "):
            _, status, *wait = fault.split()
            self._send(int(status), json.dumps({"error": {"message": f"cannot take {request['messages']}"}}), wait)
        elif fault == "hang up":
            self.close_connection = True
        elif fault == "stall":
            self.server.ended.wait(_PATIENCE_S)
        elif fault == "html":
            self._send(200, "<html>Welcome to nginx</html>")
        else:
            self._stream(self.server.reply(request), fault)

    def _stream(self, text: str, fault: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        self.close_connection = True
        parts = [text[place : place + 40] for place in range(0, len(text), 40)]
        if fault == "cut":
            parts = parts[: max(1, len(parts) // 2)]
        for part in parts:
            self._event({"role": "assistant", "content": part})
        if fault == "endless":
            self._endless()
        elif fault == "drip":
            self._drip()
        elif fault == "stall inside":
            self.server.ended.wait(_PATIENCE_S)
        elif fault == "broken json":
            self.wfile.write(b"data: {broken\n\n")
        elif fault not in ("cut", "no reason"):
            self._end("length" if fault == "length" else "stop", without_usage=fault == "no usage")

    def _event(self, delta: dict[str, str], reason: str | None = None) -> None:
        choice = {"index": 0, "delta": delta, "finish_reason": reason}
        self._write({"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "m", "choices": [choice]})

    def _end(self, reason: str, *, without_usage: bool) -> None:
        self._event({}, reason)
        if not without_usage:
            usage = {"prompt_tokens": 111, "completion_tokens": 22, "total_tokens": 133}
            self._write({"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "m", "choices": [], "usage": usage})
        self.wfile.write(b"data: [DONE]\n\n")

    def _endless(self) -> None:
        ends_at = time.monotonic() + _PATIENCE_S
        while time.monotonic() < ends_at and not self.server.ended.is_set():
            self._event({"content": "và "})
            time.sleep(0.01)

    def _drip(self) -> None:
        """Bytes that never make an event."""
        ends_at = time.monotonic() + _PATIENCE_S
        while time.monotonic() < ends_at and not self.server.ended.is_set():
            self.wfile.write(b":")
            self.wfile.flush()
            time.sleep(0.02)

    def _write(self, event: dict[str, Any]) -> None:
        self.wfile.write(f"data: {json.dumps(event)}\n\n".encode())
        self.wfile.flush()

    def _send(self, status: int, body: str, wait: list[str] | None = None) -> None:
        content = body.encode()
        self.send_response(status)
        for seconds in wait or []:
            self.send_header("Retry-After", seconds)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        pass
