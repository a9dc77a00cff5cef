"""What every file goes through that a person sends, whatever the way it came by."""

from __future__ import annotations

from typing import Protocol

from assistant.chats.errors import FileRefused
from assistant.chats.pictures import cleaned
from assistant.chats.sniffing import media_type

# What the Bot API lets a bot download.
MOST_BYTES = 20_000_000


class VirusScan(Protocol):
    """Looks for malicious software."""

    def is_clean(self, content: bytes) -> bool:
        """Whether nothing was found. Raises `FileNotHad` where that could not be looked for."""


def checked(content: bytes, scan: VirusScan | None) -> tuple[str, bytes]:
    """Media type by its first bytes, and content without what tells where a picture was taken. Raises `FileRefused` and `FileNotHad`."""
    if len(content) > MOST_BYTES:
        raise FileRefused("too_big")
    kind = media_type(content)
    if kind is None:
        raise FileRefused("kind")
    if scan and not scan.is_clean(content):
        raise FileRefused("infected")
    return kind, cleaned(kind, content)
