"""Films for tests, put together here box by box as telephones and dash cameras write them."""

from __future__ import annotations

PLACE = b"+21.0278+105.8342/"
PICTURE, SOUND, JOURNEY = b"picture " * 8, b"sound " * 8, PLACE * 4


def box(kind: bytes, *content: bytes) -> bytes:
    whole = b"".join(content)
    return (len(whole) + 8).to_bytes(4, "big") + kind + whole


def number(value: int, size: int = 4) -> bytes:
    return value.to_bytes(size, "big")


def full(kind: bytes, *content: bytes) -> bytes:
    return box(kind, bytes(4), *content)


def track(handler: bytes, start: int, samples: bytes, *beside: bytes) -> bytes:
    """A track whose samples lie in two chunks from `start` on: of two samples, and of one."""
    size = len(samples) // 3
    table = box(
        b"stbl",
        full(b"stsd", number(0)),
        full(b"stsc", number(2), number(1), number(2), number(1), number(2), number(1), number(1)),
        full(b"stsz", number(0), number(3), number(size), number(size), number(len(samples) - 2 * size)),
        full(b"stco", number(2), number(start), number(start + 2 * size)),
    )
    dated = full(b"mdhd", number(3_900_000_000), number(3_900_000_000), bytes(12))
    named = full(b"hdlr", bytes(4), handler, bytes(12), b"GoPro MET\0")
    return box(b"trak", full(b"tkhd", number(3_900_000_000), bytes(76)), box(b"mdia", dated, named, box(b"minf", table)), *beside)


def film(brand: bytes = b"qt  ", *tracks: bytes) -> bytes:
    """A film that tells where it was taken in all the ways known: at its end, of its tracks, in a track and in boxes of their own."""
    lying = box(b"mdat", PICTURE, SOUND, JOURNEY)
    head = box(b"ftyp", brand, bytes(8))
    first = len(head) + 8
    told = box(b"udta", box(b"\xa9xyz", b"\x00\x12\x15\xc7", PLACE)), full(b"meta", PLACE), box(b"uuid", bytes(16), PLACE)
    made = tracks or (
        track(b"vide", first, PICTURE, *told),
        track(b"soun", first + len(PICTURE), SOUND),
        track(b"mebx", first + len(PICTURE + SOUND), JOURNEY),
    )
    moov = box(b"moov", full(b"mvhd", number(3_900_000_000), bytes(92)), *made, *told, box(b"gps ", PLACE))
    return b"".join((head, lying, moov, box(b"free", b"freeGPS ", PLACE), *told))
