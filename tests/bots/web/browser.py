"""A real browser, and a real server for it."""

from __future__ import annotations

import os
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, sync_playwright

from bots.web.app import create_app
from bots.web.service import WebService

_NAMES = ("chromium", "chromium-browser", "google-chrome")
_PATIENCE_S = 10.0


def need_chromium() -> str:
    """The path of Chromium. Without one the test fails where it must run (continuous integration), else it is skipped aloud."""
    found = next(filter(None, map(shutil.which, _NAMES)), None)
    if found:
        return found
    if os.environ.get("DIENHONG_NEED_BROWSER") == "1" or os.environ.get("CI") in ("1", "true"):
        pytest.fail("No Chromium on this machine, and the pages must be tried in one: install the package chromium")
    pytest.skip("Chromium absent: the pages were not tried in a browser")


@contextmanager
def launched() -> Iterator[Browser]:
    """A browser without a window."""
    path = need_chromium()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path)
        yield browser
        browser.close()


class Server:
    """A server at an address of its own that can go away and come back."""

    def __init__(self, service: WebService, *, per_minute: int = 100_000) -> None:
        self._service, self._per_minute = service, per_minute
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self._port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self._port}"

    def start(self) -> None:
        """Listens when it returns."""
        app = create_app(self._service, per_minute_address=self._per_minute)
        config = uvicorn.Config(app, port=self._port, log_config=None, access_log=False, timeout_graceful_shutdown=1)
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run)
        self._thread.start()
        deadline = time.monotonic() + _PATIENCE_S
        while not self._server.started:
            assert time.monotonic() < deadline, "the server does not start"
            time.sleep(0.01)

    def stop(self) -> None:
        """Nobody listens when it returns; harmless where nobody does."""
        self._server.should_exit = True
        self._thread.join(_PATIENCE_S)
        assert not self._thread.is_alive()


@contextmanager
def serving(service: WebService, *, per_minute: int = 100_000) -> Iterator[Server]:
    """A server that listens."""
    server = Server(service, per_minute=per_minute)
    server.start()
    yield server
    server.stop()


def ask(page: Page, question: str) -> None:
    """Types a question and sends it."""
    page.fill("#question", question)
    page.click("#ask button")


def overflow(page: Page) -> int:
    """How many pixels of the page lie beyond the right edge of the window."""
    pixels: int = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return pixels
