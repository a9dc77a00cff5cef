"""Films and recordings of MP4 and QuickTime with picture and sound only: nothing of where, when and with what they were taken.

Boxes are those of ISO/IEC 14496-12 and of QuickTime. Telephones write the place into `udta` or `meta`, dash cameras into boxes and tracks
of their own; so what a player needs is kept, and everything else is emptied in place.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from assistant.chats.boxes import FULL_BOX, MOST, Box, Reader, boxes, empty
from assistant.chats.errors import FileRefused

_FILE = b""
# What a player needs, by the box that it lies in.
_PLAYED: Mapping[bytes, frozenset[bytes]] = {
    _FILE: frozenset((b"ftyp", b"styp", b"sidx", b"moov", b"moof", b"mdat")),
    b"moov": frozenset((b"mvhd", b"trak", b"mvex")),
    b"trak": frozenset((b"tkhd", b"edts", b"tapt", b"mdia")),
    b"mdia": frozenset((b"mdhd", b"hdlr", b"elng", b"minf")),
    b"minf": frozenset((b"vmhd", b"smhd", b"hdlr", b"dinf", b"stbl")),
    b"stbl": frozenset(b"stsd stts ctts cslg stss stps stsc stsz stz2 stco co64 sdtp sgpd sbgp".split()),
    b"moof": frozenset((b"mfhd", b"traf")),
    b"traf": frozenset((b"tfhd", b"tfdt", b"trun", b"sgpd", b"sbgp")),
}
_SEEN_AND_HEARD = frozenset((b"vide", b"soun"))
# They begin with the moments of making and changing, of 4 bytes each, in version 1 of 8.
_DATED = frozenset((b"mvhd", b"tkhd", b"mdhd"))
# Of a handler its kind stays; behind it is a name, which may be that of a camera.
_KIND_OF_HANDLER, _NAME_OF_HANDLER = 8, 24


def without_telling(content: bytes) -> bytes:
    """The same film, as long as before, with emptiness in place of all that is neither picture nor sound. Raises `FileRefused`."""
    cleaned, top = bytearray(content), list(boxes(content, 0, len(content)))
    tracks = [track for moov in top if moov.kind == b"moov" for track in _inside(content, moov, b"trak")]
    others = [track for track in tracks if _handler(content, track) not in _SEEN_AND_HEARD]
    # Which samples of a film in pieces belong to another track is not looked for: telephones write no such films.
    if len(others) == len(tracks) or (others and any(one.kind == b"moof" for one in top)):
        raise FileRefused("broken")
    room = len(content)
    for start, end in (samples for track in others for samples in _samples(content, track)):
        room -= end - start
        if room < 0 or not any(one.kind == b"mdat" and one.start <= start and end <= one.end for one in top):
            raise FileRefused("broken")
        cleaned[start:end] = bytes(end - start)
    for track in others:
        empty(cleaned, track)
    _keep_what_is_played(cleaned, _FILE, 0, len(cleaned))
    return bytes(cleaned)


def _inside(content: bytes, box: Box, kind: bytes) -> list[Box]:
    return [one for one in boxes(content, box.start, box.end) if one.kind == kind]


def _at(content: bytes, box: Box, *path: bytes) -> Box:
    for kind in path:
        found = _inside(content, box, kind)
        if len(found) != 1:
            raise FileRefused("broken")
        box = found[0]
    return box


def _handler(content: bytes, track: Box) -> bytes:
    handler = _at(content, track, b"mdia", b"hdlr")
    return content[handler.start + _KIND_OF_HANDLER : min(handler.start + _KIND_OF_HANDLER + 4, handler.end)]


def _samples(content: bytes, track: Box) -> Iterator[tuple[int, int]]:
    """First and last byte of each chunk of samples of a track."""
    table = _at(content, track, b"mdia", b"minf", b"stbl")
    width = 8 if _inside(content, table, b"co64") else 4
    offsets = _rows(content, _at(content, table, b"co64" if width == 8 else b"stco"), width)
    runs = _rows(content, _at(content, table, b"stsc"), 4, 4, 4)
    sizes, taken = _sizes(content, _at(content, table, b"stsz")), 0
    for chunk, (start,) in enumerate(offsets, start=1):
        while len(runs) > 1 and runs[1][0] <= chunk:
            del runs[0]
        count = runs[0][1] if runs else 0
        yield start, start + sum(sizes[taken : taken + count])
        taken += count


def _rows(content: bytes, table: Box, *widths: int) -> list[tuple[int, ...]]:
    reader = Reader(content, table.start + FULL_BOX)
    rows = reader.number(4)
    if rows > MOST:
        raise FileRefused("broken")
    return [tuple(reader.number(width) for width in widths) for _ in range(rows)]


def _sizes(content: bytes, table: Box) -> list[int]:
    reader = Reader(content, table.start + FULL_BOX)
    common, samples = reader.number(4), reader.number(4)
    if samples > MOST:
        raise FileRefused("broken")
    return [common or reader.number(4) for _ in range(samples)]


def _keep_what_is_played(cleaned: bytearray, around: bytes, start: int, end: int) -> None:
    for box in list(boxes(cleaned, start, end)):
        if box.kind not in _PLAYED[around]:
            empty(cleaned, box)
        elif box.kind in _PLAYED:
            _keep_what_is_played(cleaned, box.kind, box.start, box.end)
        elif box.kind in _DATED:
            first = box.start + FULL_BOX
            last = min(box.end, first + (16 if cleaned[box.start : box.start + 1] == b"\x01" else 8))
            cleaned[first:last] = bytes(max(0, last - first))
        elif box.kind == b"hdlr":
            name = min(box.end, box.start + _NAME_OF_HANDLER)
            cleaned[name : box.end] = bytes(box.end - name)
