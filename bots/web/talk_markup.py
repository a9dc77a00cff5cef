"""What is said in a chat as it stands in a page: the few tags of chats and nothing else; commands can be tapped."""

from __future__ import annotations

import re
from html import escape
from html.parser import HTMLParser

from markupsafe import Markup

_TAGS = frozenset({"b", "i", "code", "blockquote"})
# Around a quotation, which is a block by itself, a line break would leave an empty line.
_AROUND_BLOCK = re.compile(r"\s*(</?blockquote>)\s*")
_COMMAND = re.compile(r"(?<![\w/:.])/[a-z]{2,12}(?![\w/])")
_WEB = re.compile(r"https?://[^\s\"<>]+")


def shown(text: str, *, has_commands: bool) -> Markup:
    """The markup of a chat as HTML, without other tags; where it `has_commands`, these are submit buttons named `say`."""
    reader = _Reader(has_commands=has_commands)
    reader.feed(_AROUND_BLOCK.sub(r"\1", text.strip()))
    reader.close()
    return Markup("".join((*reader.written, *(f"</{tag}>" for tag in reversed(reader.open)))))  # noqa: S704 - made of escaped text here


class _Reader(HTMLParser):
    def __init__(self, *, has_commands: bool) -> None:
        super().__init__(convert_charrefs=True)
        self._has_commands = has_commands
        self.written: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        address = dict(attrs).get("href") or ""
        if tag in _TAGS:
            self.written.append(f"<{tag}>")
            self.open.append(tag)
        elif tag == "a" and _WEB.fullmatch(address):
            self.written.append(f'<a href="{escape(address)}" rel="noreferrer">')
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self.open and self.open[-1] == tag:
            self.written.append(f"</{self.open.pop()}>")

    def handle_data(self, data: str) -> None:
        # What is quoted, a code and the words of a link are nobody's commands.
        is_prose = self._has_commands and not {"blockquote", "code", "a"} & set(self.open)
        self.written.append(_COMMAND.sub(_tappable, escape(data)) if is_prose else escape(data))


def _tappable(command: re.Match[str]) -> str:
    return f'<button class="command" name="say" value="{command.group()}">{command.group()}</button>'
