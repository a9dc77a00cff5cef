"""The chat of the pages for tests: a real server with it, and a person who uses it with nothing but forms."""

from __future__ import annotations

import socket
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import uvicorn
from selectolax.lexbor import LexborHTMLParser, LexborNode

from assistant.app import Assistant
from assistant.chat_parts import Tables
from assistant.dialogue.answer_feedback import AnswerFeedback
from assistant.dialogue.conversations import Conversations
from assistant.responder import Responder, Routing
from assistant.settings import Settings
from bots.web.app import create_app
from bots.web.service import WebService
from bots.web.talk_channel import TalkTimes, web_chats_beside
from bots.web.talk_pages import LARGER, talking
from tests.assistant.feedback.office import Office
from tests.assistant.toy_law import toy_answerer, toy_store

TIMES = TalkTimes(letters_every_s=0.2, patience_s=10.0, files_per_minute=600, looks_per_minute=100_000)
_PATIENCE_S = 15.0


@dataclass
class House:
    """An office, the service over it with the invented little law, and where it listens."""

    office: Office
    service: WebService
    url: str


@contextmanager
def house_of(office: Office, folder: Path, tables: Tables, router: Routing, *, per_minute: int = 100_000) -> Iterator[House]:
    """The service with its chat while it listens."""
    (folder / "law").mkdir()
    with toy_store(folder / "law") as store:
        responder = Responder(toy_answerer(store), router)
        assistant = Assistant(responder, Conversations(office.engine, office.clock), office.clock)
        told = AnswerFeedback(office.engine, office.clock)
        service = WebService(assistant, told, office.desk, store, time.monotonic, office.understander)
        with serving_chats(service, tables, per_minute=per_minute) as url:
            yield House(office, service, url)


@contextmanager
def serving_chats(service: WebService, tables: Tables, *, per_minute: int = 100_000) -> Iterator[str]:
    """Where the service listens, with its chat."""
    beside = web_chats_beside(Settings(_env_file=None), service, tables=tables, times=TIMES)  # type: ignore[call-arg]  # a field of the library
    app = create_app(service, per_minute_address=per_minute, beside=beside, routers=[talking], larger=LARGER)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = uvicorn.Server(uvicorn.Config(app, log_config=None, access_log=False, timeout_graceful_shutdown=1))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        deadline = time.monotonic() + _PATIENCE_S
        while not (server.started and getattr(app.state, "web_chats", None)):
            assert time.monotonic() < deadline, "the server does not start"
            time.sleep(0.01)
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(_PATIENCE_S)
            assert not thread.is_alive()


@dataclass(frozen=True)
class Shown:
    """One line of the page."""

    is_own: bool
    name: str
    text: str
    buttons: tuple[tuple[str, str, str], ...] = ()

    @property
    def labels(self) -> list[str]:
        return [label for _, _, label in self.buttons]


@dataclass
class Visitor:
    """Somebody whose browser runs no scripts."""

    browser: httpx.Client
    page: str = ""
    read: int = 0
    forms: dict[str, str] = field(default_factory=dict)

    def opens(self, address: str = "/chat") -> httpx.Response:
        return self._shown(self.browser.get(address))

    def says(self, text: str, **more: str) -> list[Shown]:
        return self.sends({"say": text, **more})

    def taps(self, label: str) -> list[Shown]:
        """Taps the newest button with this label."""
        line, name, value = next(
            (line, name, value) for line in reversed(self.lines) for name, value, shown in line.buttons if shown == label
        )
        return self.sends({name: value, "line": line.name if line.name.isdigit() else ""})

    def attaches(self, content: bytes, caption: str = "") -> list[Shown]:
        return self.sends({"say": caption}, {"file": ("ảnh của tôi.jpg", content, "image/jpeg")})

    def sends(self, fields: dict[str, str], files: dict[str, tuple[str, bytes, str]] | None = None) -> list[Shown]:
        """What is said to it."""
        self.posts(fields, files)
        return self.told[self.read :] if len(self.told) > self.read else self.told

    def posts(self, fields: dict[str, str], files: dict[str, tuple[str, bytes, str]] | None = None) -> httpx.Response:
        self.read = len(self.told)
        return self._shown(self.browser.post("/chat", data={**self.forms, **fields}, files=files))

    def hears(self, words: str) -> str:
        """Waits until these words are said, by loading the page again and again; the text that they are in."""
        deadline = time.monotonic() + _PATIENCE_S
        while time.monotonic() < deadline:
            self.opens()
            found = next((line.text for line in self.told if words in line.text), "")
            if found:
                return found
            time.sleep(0.05)
        raise AssertionError(f"{words!r} is not said: {[line.text for line in self.told]}")

    @property
    def lines(self) -> list[Shown]:
        return lines_of(self.page)

    @property
    def told(self) -> list[Shown]:
        return [line for line in self.lines if not line.is_own]

    def _shown(self, response: httpx.Response) -> httpx.Response:
        self.page = response.text
        hidden = LexborHTMLParser(self.page).css("#compose input[type=hidden]")
        self.forms = {str(one.attributes["name"]): one.attributes["value"] or "" for one in hidden}
        return response


@contextmanager
def visiting(url: str, language: str = "vi") -> Iterator[Visitor]:
    """A browser of its own at the chat."""
    with httpx.Client(base_url=url, headers={"Accept-Language": language}, follow_redirects=True, timeout=30.0) as browser:
        visitor = Visitor(browser)
        visitor.opens()
        yield visitor


def lines_of(page: str) -> list[Shown]:
    """The lines of a page or of a part of it that can be seen, in order."""
    return [_line(node) for node in LexborHTMLParser(page).css(".line") if "hidden" not in node.attributes]


def plain(text: str) -> str:
    """A text with blanks and breaks as one."""
    return " ".join(text.split())


def fresh_token() -> str:
    return uuid.uuid4().hex


def _line(node: LexborNode) -> Shown:
    said = node.css_first(".said")
    buttons = tuple((str(one.attributes["name"]), one.attributes["value"] or "", plain(one.text())) for one in node.css("button[name]"))
    is_own = "own" in (node.attributes["class"] or "").split()
    return Shown(is_own, (node.attributes["id"] or "").removeprefix("line-"), plain(said.text()) if said else "", buttons)
