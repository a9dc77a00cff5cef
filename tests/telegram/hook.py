"""A webhook that writes down what is posted to it, and refuses what it is told to."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from tests.telegram.emulator.webhook import SECRET_HEADER

_PATIENCE_S = 5.0


@dataclass(frozen=True, slots=True)
class Post:
    """An update as it was posted."""

    text: str
    secret: str | None
    content_type: str | None


class Hook(ThreadingHTTPServer):
    """`posts` holds all posts, refused ones included."""

    daemon_threads = True

    def __init__(self, port: int) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.posts: list[Post] = []
        self._refusals: dict[str, list[int]] = {}
        self._came = threading.Condition()

    @property
    def port(self) -> int:
        return self.server_port

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook"

    def refuse(self, text: str, status: int, times: int) -> None:
        """Answer the next posts of this text by this status."""
        self._refusals[text] = [status] * times

    def take(self, post: Post) -> int:
        """The status of the answer."""
        with self._came:
            self.posts.append(post)
            self._came.notify_all()
            refusals = self._refusals.get(post.text)
            return refusals.pop() if refusals else 200

    def wait_for(self, count: int) -> Sequence[Post]:
        """The posts, once there are so many."""
        with self._came:
            assert self._came.wait_for(lambda: len(self.posts) >= count, _PATIENCE_S), self.posts
            return tuple(self.posts)


@contextmanager
def open_hook(port: int = 0) -> Iterator[Hook]:
    """The webhook while it is open."""
    with Hook(port) as hook:
        thread = threading.Thread(target=hook.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield hook
        finally:
            hook.shutdown()
            thread.join()


class _Handler(BaseHTTPRequestHandler):
    server: Hook

    def do_POST(self) -> None:
        update = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        post = Post(update["message"]["text"], self.headers.get(SECRET_HEADER), self.headers.get("Content-Type"))
        self.send_response(self.server.take(post))
        self.end_headers()

    def log_message(self, *args: object) -> None:
        """The posts say more."""
