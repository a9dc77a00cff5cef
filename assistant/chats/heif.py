"""HEIC and AVIF pictures without what a camera writes into them, found by the boxes of the file (ISO/IEC 14496-12, 23008-12)."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.chats.errors import FileRefused

_FULL_BOX = 4
# Telephones write some sixty items; a file can be made that names millions.
_MOST = 10_000
# Items that are no picture: Exif, and XMP as a media type of its own.
_TELLING = frozenset({b"Exif", b"mime"})
_IN_FILE, _IN_IDAT = 0, 1
# Where the TIFF header stands, the header, and a directory without entries: some programs refuse a picture whose Exif is none.
_EMPTY_EXIF = bytes(4) + b"MM\x00\x2a\x00\x00\x00\x08" + bytes(6)


@dataclass(frozen=True, slots=True)
class _Box:
    """A box: its content goes from `start` until `end`."""

    kind: bytes
    start: int
    end: int


class _Reader:
    """Numbers of a file, one after the other. Raises `FileRefused` where it ends too early."""

    def __init__(self, content: bytes, at: int) -> None:
        self._content, self.at = content, at

    def number(self, size: int) -> int:
        """The next `size` bytes as a number; 0 where that is none."""
        if self.at + size > len(self._content):
            raise FileRefused("broken")
        read = int.from_bytes(self._content[self.at : self.at + size], "big")
        self.at += size
        return read


def without_metadata(content: bytes) -> bytes:
    """The same picture with nothing in place of its Exif and XMP; size and places stay. Raises `FileRefused` where boxes make no sense."""
    meta = next((one for one in _boxes(content, 0, len(content)) if one.kind == b"meta"), None)
    if meta is None:
        raise FileRefused("broken")
    inner = {one.kind: one for one in _boxes(content, meta.start + _FULL_BOX, meta.end)}
    if b"iinf" not in inner or b"iloc" not in inner:
        raise FileRefused("broken")
    telling = _telling_items(content, inner[b"iinf"])
    cleaned, room = bytearray(content), len(content)
    for item, start, end in _places(content, inner[b"iloc"], inner.get(b"idat")):
        if item in telling:
            room -= end - start
            if end > len(content) or room < 0:
                raise FileRefused("broken")
            cleaned[start:end] = _EMPTY_EXIF.ljust(end - start, b"\0")[: end - start]
    return bytes(cleaned)


def _boxes(content: bytes, start: int, end: int) -> Iterator[_Box]:
    for _ in range(_MOST):
        if start + 8 > end:
            return
        size, kind = struct.unpack_from(">I4s", content, start)
        head = 8
        if size == 1:
            size, head = _Reader(content, start + 8).number(8), 16
        elif size == 0:
            size = end - start
        if size < head or start + size > end:
            raise FileRefused("broken")
        yield _Box(kind, start + head, start + size)
        start += size
    raise FileRefused("broken")


def _telling_items(content: bytes, iinf: _Box) -> frozenset[int]:
    reader = _Reader(content, iinf.start)
    version = reader.number(1)
    reader.at = iinf.start + _FULL_BOX
    reader.number(2 if version == 0 else 4)
    found = set()
    for entry in _boxes(content, reader.at, iinf.end):
        fields = _Reader(content, entry.start)
        version = fields.number(1)
        fields.at = entry.start + _FULL_BOX
        item = fields.number(2 if version == 2 else 4)
        fields.number(2)
        if version not in (2, 3):
            raise FileRefused("broken")
        if fields.number(4).to_bytes(4, "big") in _TELLING:
            found.add(item)
    return frozenset(found)


def _places(content: bytes, iloc: _Box, idat: _Box | None) -> Iterator[tuple[int, int, int]]:
    """Item, first and last byte of each piece of each item."""
    reader = _Reader(content, iloc.start)
    version = reader.number(1)
    reader.at = iloc.start + _FULL_BOX
    sizes = reader.number(2)
    pieces = 0
    offset_size, length_size, base_size, index_size = (sizes >> shift & 15 for shift in (12, 8, 4, 0))
    items = reader.number(2 if version < 2 else 4)
    if items > _MOST:
        raise FileRefused("broken")
    for _ in range(items):
        item = reader.number(2 if version < 2 else 4)
        way = reader.number(2) & 15 if version else _IN_FILE
        reader.number(2)
        base = reader.number(base_size)
        if way not in (_IN_FILE, _IN_IDAT) or (way == _IN_IDAT and idat is None):
            raise FileRefused("broken")
        base += idat.start if way == _IN_IDAT and idat else 0
        for _ in range(reader.number(2)):
            reader.number(index_size if version else 0)
            start, length = base + reader.number(offset_size), reader.number(length_size)
            pieces += 1
            if pieces > _MOST:
                raise FileRefused("broken")
            # No length: all from there on.
            yield item, start, start + length if length else max(start, len(content))
