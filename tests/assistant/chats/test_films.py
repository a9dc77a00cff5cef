"""Films and recordings keep picture and sound and nothing that tells where and when they were taken."""

from __future__ import annotations

import pytest

from assistant.chats.checking_files import checked
from assistant.chats.errors import FileRefused
from tests.assistant.chats.films import JOURNEY, PICTURE, PLACE, SOUND, box, film, full, number, track

MOMENT = number(3_900_000_000)


@pytest.mark.parametrize(
    ("brand", "kind"), [(b"qt  ", "video/mp4"), (b"isom", "video/mp4"), (b"3gp4", "video/mp4"), (b"M4A ", "audio/mp4")]
)
def test_a_film_tells_no_place_no_moment_and_no_camera(brand: bytes, kind: str) -> None:
    content = film(brand)
    assert all(told in content for told in (PLACE, MOMENT, b"GoPro", b"freeGPS"))
    found, cleaned = checked(content, None)
    assert (found, len(cleaned)) == (kind, len(content))
    assert not [told for told in (PLACE, MOMENT, b"GoPro", b"freeGPS", JOURNEY) if told in cleaned]


def test_picture_and_sound_stay_where_they_are() -> None:
    content = film()
    _, cleaned = checked(content, None)
    for samples in (PICTURE, SOUND):
        assert cleaned.index(samples) == content.index(samples)
    assert cleaned.count(b"trak") == 2
    for kept in (b"ftyp", b"mvhd", b"stco", b"stsd"):
        assert cleaned.index(kept) == content.index(kept)


def test_cleaned_again_it_is_the_same() -> None:
    _, once = checked(film(), None)
    assert checked(once, None) == ("video/mp4", once)


@pytest.mark.parametrize(
    ("why", "content"),
    [
        ("neither picture nor sound", film(b"qt  ", track(b"mebx", 100, JOURNEY))),
        ("no film at all", box(b"ftyp", b"isom", bytes(8)) + box(b"mdat", PLACE)),
        ("cut off", film()[:-30]),
        ("samples of a journey outside of what lies there", film(b"qt  ", track(b"vide", 28, PICTURE), track(b"mebx", 10**6, JOURNEY))),
        ("samples of a journey in the tables", film(b"qt  ", track(b"vide", 28, PICTURE), track(b"mebx", 4, JOURNEY))),
        ("a journey in a film in pieces", film() + box(b"moof", full(b"mfhd", number(1)))),
        ("a track without a handler", film(b"qt  ", box(b"trak", box(b"mdia")))),
    ],
)
def test_a_film_that_makes_no_sense_is_refused(why: str, content: bytes) -> None:
    with pytest.raises(FileRefused) as refused:
        checked(content, None)
    assert refused.value.reason == "broken", why


def test_tables_without_end_are_refused_at_once() -> None:
    for table in (b"stsz", b"stco", b"stsc"):
        content = film()
        at = content.rindex(table) + 8 + (4 if table == b"stsz" else 0)
        with pytest.raises(FileRefused):
            checked(content[:at] + b"\xff\xff\xff\xff" + content[at + 4 :], None)


def test_no_byte_of_the_boxes_makes_it_fail_otherwise() -> None:
    content = film()
    for at in range(8, len(content)):
        for value in (0, 1, 255):
            try:
                checked(content[:at] + bytes([value]) + content[at + 1 :], None)
            except FileRefused as error:
                assert error.reason in {"broken", "kind"}  # noqa: PT017 - most of them are still films
