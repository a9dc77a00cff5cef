"""Pictures, films and recordings without what a camera writes into them: where and when they were taken, and with what."""

from __future__ import annotations

from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

from assistant.chats.errors import FileRefused
from assistant.chats.films import without_telling
from assistant.chats.heif import without_metadata

_FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}
# What nothing here draws.
_IN_BOXES = frozenset({"image/heic", "image/avif"})
_PLAYED = frozenset({"video/mp4", "audio/mp4"})
# A file of a few kilobytes can hold a picture that fills the memory.
_MOST_PIXELS = 60_000_000


def cleaned(kind: str, content: bytes) -> bytes:
    """A picture drawn anew from its points, upright, with nothing else of the file; of HEIC and AVIF the same points without Exif and XMP,
    of films and recordings of MP4 the same picture and sound.

    Other kinds are left as they are. Raises `FileRefused`.
    """
    if kind in _IN_BOXES:
        return without_metadata(content)
    if kind in _PLAYED:
        return without_telling(content)
    name = _FORMATS.get(kind)
    if name is None:
        return content
    try:
        with Image.open(BytesIO(content), formats=[name]) as picture:
            if picture.width * picture.height > _MOST_PIXELS:
                raise FileRefused("too_big")
            upright = ImageOps.exif_transpose(picture)
            bare = Image.new(upright.mode, upright.size)
            bare.putdata(list(upright.getdata())) if upright.mode == "P" else bare.paste(upright)
            if upright.mode == "P" and upright.palette:
                bare.putpalette(upright.getpalette() or [])
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise FileRefused("broken") from error
    written = BytesIO()
    bare.save(written, name, **({"quality": 90} if name != "PNG" else {}))
    return written.getvalue()
