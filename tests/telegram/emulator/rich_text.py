"""Text with formatting, counted as Telegram counts it: in UTF-16 code units."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from tests.telegram.emulator.errors import Json

# What the server finds by itself in plain text; only what bots depend on. https://core.telegram.org/bots/api#messageentity
_FOUND = re.compile(
    r"(?P<url>https?://[^\s<>\"]+)"
    r"|(?P<email>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)"
    r"|(?<![\w/@])(?P<bot_command>/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?)(?![\w/])"
    r"|(?<![\w@])(?P<mention>@[A-Za-z0-9_]{3,32})\b"
    r"|(?<![\w#])(?P<hashtag>#\w*[^\W\d]\w*)"
)


@dataclass(frozen=True, slots=True)
class Entity:
    """A formatted span; `offset` and `length` in UTF-16 code units, `kind` as in the Bot API."""

    kind: str
    offset: int
    length: int
    url: str = ""
    language: str = ""
    emoji_id: str = ""

    @property
    def end(self) -> int:
        return self.offset + self.length

    def json(self) -> Json:
        """A MessageEntity."""
        named = {"url": self.url, "language": self.language, "custom_emoji_id": self.emoji_id}
        return {"type": self.kind, "offset": self.offset, "length": self.length, **{name: value for name, value in named.items() if value}}


@dataclass(frozen=True, slots=True)
class RichText:
    """Plain text and its formatted spans."""

    text: str = ""
    entities: tuple[Entity, ...] = ()


def units(text: str) -> int:
    """The length in UTF-16 code units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def part(text: str, offset: int, length: int) -> str:
    """The span of the text at an offset in UTF-16 code units."""
    return text.encode("utf-16-le", "surrogatepass")[offset * 2 : (offset + length) * 2].decode("utf-16-le", "replace")


def trimmed(rich: RichText) -> RichText:
    """Without white space around it, the spans moved and cut along with it."""
    body = rich.text.strip()
    start = units(rich.text) - units(rich.text.lstrip())
    end = start + units(body)
    return RichText(body, tuple(_clipped(rich.entities, start, end)))


def _clipped(entities: Sequence[Entity], start: int, end: int) -> Iterator[Entity]:
    for entity in entities:
        offset, last = max(entity.offset, start), min(entity.end, end)
        if offset < last:
            yield replace(entity, offset=offset - start, length=last - offset)


def with_found(rich: RichText) -> RichText:
    """With the addresses, commands and mentions that the server finds by itself."""
    found = [entity for entity in _found(rich.text) if not any(_overlap(entity, other) for other in rich.entities)]
    return RichText(rich.text, tuple(sorted((*rich.entities, *found), key=lambda one: (one.offset, -one.length))))


def _found(text: str) -> Iterator[Entity]:
    for match in _FOUND.finditer(text):
        yield Entity(match.lastgroup or "", units(text[: match.start()]), units(match.group()))


def _overlap(one: Entity, other: Entity) -> bool:
    return one.offset < other.end and other.offset < one.end


def chunks(text: str, limit: int) -> list[str]:
    """The text in pieces of at most so many UTF-16 code units, as a phone sends what is too long for one message."""
    pieces: list[str] = [""]
    length = 0
    for character in text:
        width = units(character)
        if length + width > limit:
            pieces.append("")
            length = 0
        pieces[-1] += character
        length += width
    return pieces
