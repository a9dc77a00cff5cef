"""What a file is, by its first bytes; names and what a channel says of it are not believed."""

from __future__ import annotations

from collections.abc import Sequence

# Media type, and what stands at which place of the file; a file is the first kind of which all stand.
_KINDS: Sequence[tuple[str, Sequence[tuple[int, bytes]]]] = (
    ("image/jpeg", ((0, b"\xff\xd8\xff"),)),
    ("image/png", ((0, b"\x89PNG\r\n\x1a\n"),)),
    ("image/webp", ((0, b"RIFF"), (8, b"WEBP"))),
    ("image/heic", ((4, b"ftyphei"),)),
    ("image/heic", ((4, b"ftypmif1"),)),
    ("image/avif", ((4, b"ftypavif"),)),
    ("application/pdf", ((0, b"%PDF-"),)),
    ("audio/ogg", ((0, b"OggS"),)),
    ("audio/mpeg", ((0, b"ID3"),)),
    ("audio/mpeg", ((0, b"\xff\xfb"),)),
    ("audio/wav", ((0, b"RIFF"), (8, b"WAVE"))),
    ("audio/mp4", ((4, b"ftypM4A"),)),
    ("video/mp4", ((4, b"ftyp"),)),
)
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Names of what lies within ([MS-CFB], [MS-DOC]): the text of a Word file of before 2007, and its macros.
_OLD_WORD, _MACROS = "WordDocument".encode("utf-16-le"), "_VBA_PROJECT".encode("utf-16-le")
_OFFICE = b"PK\x03\x04"
_WITHIN = ((b"word/", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),)


def media_type(content: bytes) -> str | None:
    """The media type of a picture, recording, film, PDF, Word file without macros or plain text; None for anything else."""
    for kind, marks in _KINDS:
        if all(content[start : start + len(mark)] == mark for start, mark in marks):
            return kind
    if content.startswith(_OLD_OFFICE):
        return "application/msword" if _OLD_WORD in content and _MACROS not in content else None
    if content.startswith(_OFFICE):
        return next((kind for folder, kind in _WITHIN if folder in content and b"vbaProject" not in content), None)
    return "text/plain" if _is_text(content) else None


def _is_text(content: bytes) -> bool:
    try:
        written = content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return bool(written.strip()) and all(letter >= " " or letter in "\t\r\n\f" for letter in written)
