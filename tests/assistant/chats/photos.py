"""Photos for tests, drawn here."""

from __future__ import annotations

from io import BytesIO

from PIL import Image

_GPS = 0x8825


def exif_of_a_place() -> Image.Exif:
    """What a camera writes in Hà Nội."""
    exif = Image.Exif()
    exif[_GPS] = {1: "N", 2: (21.0, 1.0, 40.0), 3: "E", 4: (105.0, 50.0, 10.0)}
    return exif


def photo_of_a_place() -> bytes:
    """A picture that tells in its EXIF data where it was taken."""
    written = BytesIO()
    Image.new("RGB", (64, 48), (90, 120, 60)).save(written, "JPEG", exif=exif_of_a_place())
    return written.getvalue()


def tells_a_place(content: bytes) -> bool:
    """Whether a picture tells where it was taken."""
    with Image.open(BytesIO(content)) as picture:
        return bool(picture.getexif().get_ifd(_GPS))
