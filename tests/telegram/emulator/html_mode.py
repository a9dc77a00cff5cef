"""Telegram's HTML parse mode: which tags there are, and what it refuses.

https://core.telegram.org/bots/api#html-style; the refusals follow `parse_html` in TDLib's MessageEntity.cpp.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from tests.telegram.emulator.errors import ApiError, bad_request
from tests.telegram.emulator.rich_text import Entity, RichText, units

_KINDS = {
    "a": "text_link",
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "span": "spoiler",
    "tg-spoiler": "spoiler",
    "tg-emoji": "custom_emoji",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
}
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_REFERENCE = re.compile(r"&(?:#x([0-9a-fA-F]{1,6})|#(\d{1,7})|([a-zA-Z]+));?")
_ATTRIBUTE = r"[^\s=>]+(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[A-Za-z0-9.-]+(?=[\s>])))?"
_START_TAG = re.compile(rf"<([^\s>]*)((?:\s+{_ATTRIBUTE})*)\s*>")
_ATTRIBUTES = re.compile(r"([^\s=>]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([A-Za-z0-9.-]+)))?")
_END_TAG = re.compile(r"</([^\s>]*)\s*>")
_ADDRESS = re.compile(r"(?:(?:https?|tg|ton|tonsite)://\S+|(?:mailto|tel):\S+|[\w-]+(?:\.[\w-]+)+(?:[/?#]\S*)?)", re.IGNORECASE)


def read_html(source: str) -> RichText:
    """The text and spans that an HTML message shows.

    Raises ApiError as Telegram does: a tag it does not know, a tag not closed or closed in the wrong order.
    """
    return _Reader(source).read()


def refused(reason: str) -> ApiError:
    """The formatting cannot be read."""
    return bad_request(f"can't parse entities: {reason}")


@dataclass(frozen=True, slots=True)
class _Open:
    name: str
    attributes: dict[str, str]
    offset: int


class _Reader:
    def __init__(self, source: str) -> None:
        self._source = source
        self._at = 0
        self._text = ""
        self._length = 0
        self._open: list[_Open] = []
        self._entities: list[Entity] = []

    def read(self) -> RichText:
        while self._at < len(self._source):
            if self._source.startswith("</", self._at):
                self._end_tag()
            elif self._source[self._at] == "<":
                self._start_tag()
            else:
                self._characters()
        if self._open:
            raise refused(f'Can\'t find end tag corresponding to start tag "{self._open[-1].name}"')
        # The language of code is for a block only.
        spans = [replace(one, language="") if one.kind == "code" else one for one in self._entities]
        return RichText(self._text, tuple(sorted(spans, key=lambda one: (one.offset, -one.length))))

    def _characters(self) -> None:
        reference = _REFERENCE.match(self._source, self._at)
        character = _character(reference) if reference else ""
        if reference and character:
            self._add(character, reference.end())
            return
        # A reference it does not know stays as it is written.
        end = min((place for place in (self._source.find(mark, self._at + 1) for mark in "<&") if place >= 0), default=len(self._source))
        self._add(self._source[self._at : end], end)

    def _add(self, text: str, at: int) -> None:
        self._text += text
        self._length += units(text)
        self._at = at

    def _place(self) -> str:
        return f"at byte offset {len(self._source[: self._at].encode())}"

    def _start_tag(self) -> None:
        name = re.split(r"[\s>]", self._source[self._at + 1 :], maxsplit=1)[0].lower()
        if ">" not in self._source[self._at :]:
            raise refused(f"Unclosed start tag {self._place()}")
        if name not in _KINDS:
            raise refused(f'Unsupported start tag "{name}" {self._place()}')
        match = _START_TAG.match(self._source, self._at)
        if not match:
            raise refused(f'Unclosed start tag "{name}" {self._place()}')
        attributes = _attributes(match.group(2))
        if name == "span" and attributes.get("class") != "tg-spoiler":
            raise refused(f'Tag "span" must have class "tg-spoiler" {self._place()}')
        self._open.append(_Open(name, attributes, self._length))
        self._at = match.end()

    def _end_tag(self) -> None:
        if not self._open:
            raise refused(f"Unexpected end tag {self._place()}")
        match = _END_TAG.match(self._source, self._at)
        if not match:
            raise refused(f"Unclosed end tag {self._place()}")
        tag, name = self._open[-1], match.group(1).lower()
        if name and name != tag.name:
            raise refused(f'Unmatched end tag {self._place()}, expected "</{tag.name}>", found "</{name}>"')
        self._open.pop()
        self._at = match.end()
        if self._length > tag.offset:
            self._close(tag)

    def _close(self, tag: _Open) -> None:
        entity = Entity(_KINDS[tag.name], tag.offset, self._length - tag.offset)
        if tag.name == "a":
            self._link(tag, entity)
        elif tag.name == "tg-emoji":
            self._emoji(tag, entity)
        elif tag.name == "pre":
            self._block(entity)
        elif tag.name == "blockquote" and "expandable" in tag.attributes:
            self._entities.append(Entity("expandable_blockquote", entity.offset, entity.length))
        else:
            language = tag.attributes.get("class", "").removeprefix("language-") if tag.name == "code" else ""
            self._entities.append(Entity(entity.kind, entity.offset, entity.length, language=language))

    def _link(self, tag: _Open, entity: Entity) -> None:
        shown = self._text.encode("utf-16-le")[entity.offset * 2 :].decode("utf-16-le")
        url = tag.attributes.get("href") or shown
        # An address that is none loses its link, the text stays.
        if _ADDRESS.fullmatch(url):
            full = url if re.match(r"[a-z]+:", url, re.IGNORECASE) else f"http://{url}/"
            self._entities.append(Entity("text_link", entity.offset, entity.length, url=full))

    def _emoji(self, tag: _Open, entity: Entity) -> None:
        emoji_id = tag.attributes.get("emoji-id", "")
        if not emoji_id.isdigit():
            raise refused("Invalid custom emoji identifier specified")
        self._entities.append(Entity("custom_emoji", entity.offset, entity.length, emoji_id=emoji_id))

    def _block(self, entity: Entity) -> None:
        inner = self._entities[-1] if self._entities else None
        if inner and inner.kind == "code" and inner.language and (inner.offset, inner.length) == (entity.offset, entity.length):
            self._entities[-1] = Entity("pre", entity.offset, entity.length, language=inner.language)
            return
        self._entities.append(entity)


def _character(reference: re.Match[str]) -> str:
    hexadecimal, decimal, name = reference.groups()
    if name:
        return _NAMED.get(name, "")
    code = int(hexadecimal, 16) if hexadecimal else int(decimal)
    return chr(code) if 0 < code < 0x10FFFF else ""


def _attributes(source: str) -> dict[str, str]:
    found = {}
    for name, double, single, bare in _ATTRIBUTES.findall(source):
        value = _REFERENCE.sub(lambda one: _character(one) or one.group(), double or single or bare)
        found[name.lower()] = value
    return found
