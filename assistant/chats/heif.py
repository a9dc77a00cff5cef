"""HEIC and AVIF pictures without what a camera writes into them, found by the boxes of the file (ISO/IEC 14496-12, 23008-12)."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.chats.boxes import FULL_BOX, MOST, Box, Reader, boxes, empty
from assistant.chats.errors import FileRefused

# What a picture is drawn from; a program may put anything else beside it.
_DRAWN = frozenset({b"ftyp", b"meta", b"mdat"})
# Items that are no picture: Exif, and XMP as a media type of its own.
_TELLING = frozenset({b"Exif", b"mime"})
_IN_FILE, _IN_IDAT = 0, 1
# Where the TIFF header stands, the header, and a directory without entries: some programs refuse a picture whose Exif is none.
_EMPTY_EXIF = bytes(4) + b"MM\x00\x2a\x00\x00\x00\x08" + bytes(6)


def without_metadata(content: bytes) -> bytes:
    """The same picture with nothing in place of its Exif, its XMP and foreign boxes; size and places stay.

    Raises `FileRefused` where boxes make no sense.
    """
    around = list(boxes(content, 0, len(content)))
    meta = next((one for one in around if one.kind == b"meta"), None)
    if meta is None:
        raise FileRefused("broken")
    inner = {one.kind: one for one in boxes(content, meta.start + FULL_BOX, meta.end)}
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
    for box in around:
        if box.kind not in _DRAWN:
            empty(cleaned, box)
    return bytes(cleaned)


def _telling_items(content: bytes, iinf: Box) -> frozenset[int]:
    reader = Reader(content, iinf.start)
    version = reader.number(1)
    reader.at = iinf.start + FULL_BOX
    reader.number(2 if version == 0 else 4)
    found = set()
    for entry in boxes(content, reader.at, iinf.end):
        fields = Reader(content, entry.start)
        version = fields.number(1)
        fields.at = entry.start + FULL_BOX
        item = fields.number(2 if version == 2 else 4)
        fields.number(2)
        if version not in (2, 3):
            raise FileRefused("broken")
        if fields.number(4).to_bytes(4, "big") in _TELLING:
            found.add(item)
    return frozenset(found)


def _places(content: bytes, iloc: Box, idat: Box | None) -> Iterator[tuple[int, int, int]]:
    """Item, first and last byte of each piece of each item."""
    reader = Reader(content, iloc.start)
    version = reader.number(1)
    reader.at = iloc.start + FULL_BOX
    sizes = reader.number(2)
    pieces = 0
    offset_size, length_size, base_size, index_size = (sizes >> shift & 15 for shift in (12, 8, 4, 0))
    items = reader.number(2 if version < 2 else 4)
    if items > MOST:
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
            if pieces > MOST:
                raise FileRefused("broken")
            # No length: all from there on.
            yield item, start, start + length if length else max(start, len(content))
