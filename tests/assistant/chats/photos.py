"""Photos for tests, drawn here."""

from __future__ import annotations

from io import BytesIO

from PIL import Image

_GPS = 0x8825


def photo_of_a_place() -> bytes:
    """A picture that tells in its EXIF data where it was taken."""
    picture = Image.new("RGB", (64, 48), (90, 120, 60))
    exif = picture.getexif()
    exif[_GPS] = {1: "N", 2: (21.0, 1.0, 40.0), 3: "E", 4: (105.0, 50.0, 10.0)}
    written = BytesIO()
    picture.save(written, "JPEG", exif=exif)
    return written.getvalue()


def tells_a_place(content: bytes) -> bool:
    """Whether a picture tells where it was taken."""
    with Image.open(BytesIO(content)) as picture:
        return bool(picture.getexif().get_ifd(_GPS))
