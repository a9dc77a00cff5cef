"""Pictures keep their points and nothing that tells where they were taken, whatever their format."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image

from assistant.chats.checking_files import checked
from assistant.chats.errors import FileRefused
from tests.assistant.chats.photos import exif_of_a_place, tells_a_place

XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf/>GPSLatitude 21,1.66N</x:xmpmeta>'


def photo(name: str) -> bytes:
    """A picture of this format that tells in its Exif data and in XMP where it was taken."""
    picture, written = Image.new("RGB", (64, 48), (90, 120, 60)), BytesIO()
    picture.save(written, name, exif=exif_of_a_place(), xmp=XMP)
    return written.getvalue()


def as_heic(content: bytes) -> bytes:
    """The same boxes under the name that telephones give: what lies in them is not looked at."""
    return content.replace(b"ftypavif", b"ftypheic", 1)


@pytest.mark.parametrize(("name", "kind"), [("JPEG", "image/jpeg"), ("WEBP", "image/webp"), ("PNG", "image/png"), ("AVIF", "image/avif")])
def test_a_picture_tells_no_place_and_still_opens(name: str, kind: str) -> None:
    content = photo(name)
    assert tells_a_place(content)
    found, cleaned = checked(content, None)
    assert (found, tells_a_place(cleaned), b"GPSLatitude" in cleaned) == (kind, False, False)
    with Image.open(BytesIO(cleaned)) as picture:
        assert picture.size == (64, 48)
        picture.load()


def test_a_picture_of_a_telephone_tells_no_place() -> None:
    content = as_heic(photo("AVIF"))
    kind, cleaned = checked(content, None)
    assert (kind, len(cleaned), cleaned == content) == ("image/heic", len(content), False)
    assert b"GPSLatitude" not in cleaned
    assert not tells_a_place(cleaned.replace(b"ftypheic", b"ftypavif", 1))


def test_boxes_that_make_no_sense_are_refused() -> None:
    content = as_heic(photo("AVIF"))
    for broken in (content[:60], content[: content.index(b"mdat") - 40], b"\x00\x00\x00\x18ftypheic" + bytes(40)):
        with pytest.raises(FileRefused) as refused:
            checked(broken, None)
        assert refused.value.reason == "broken"


def test_a_file_that_names_items_without_end_is_refused_at_once() -> None:
    def box(kind: bytes, content: bytes) -> bytes:
        return (len(content) + 8).to_bytes(4, "big") + kind + content

    item = b"\x00\x01" + b"\x00\x00" + b"\xff\xff"
    iloc = box(b"iloc", bytes(4) + bytes(2) + b"\x27\x00" + item * 9984)
    iinf = box(b"iinf", bytes(4) + b"\x00\x01" + box(b"infe", b"\x02\x00\x00\x00\x00\x01\x00\x00Exif\x00"))
    for meta in (iinf + iloc, iinf + box(b"iloc", bytes(4) + bytes(2) + b"\x00\x02" + item * 2), box(b"free", b"") * 20_000):
        with pytest.raises(FileRefused):
            checked(box(b"ftyp", b"heic" + bytes(8)) + box(b"meta", bytes(4) + meta), None)


def test_no_byte_of_the_boxes_makes_it_fail_otherwise() -> None:
    content = as_heic(photo("AVIF"))
    for at in range(12, min(len(content), 600)):
        for value in (0, 1, 255):
            try:
                checked(content[:at] + bytes([value]) + content[at + 1 :], None)
            except FileRefused as error:
                assert error.reason in {"broken", "kind"}  # noqa: PT017 - most of them are still pictures


def test_what_lies_beside_a_picture_of_a_telephone_goes() -> None:
    content = as_heic(photo("AVIF"))
    beside = (8 + len(XMP)).to_bytes(4, "big") + b"uuid" + XMP
    _, cleaned = checked(content + beside, None)
    assert b"GPSLatitude" not in cleaned
    assert len(cleaned) == len(content + beside)
