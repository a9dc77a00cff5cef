"""Boxes that pictures, films and recordings are made of (ISO/IEC 14496-12), and the numbers in them."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.chats.errors import FileRefused

# Version and flags, which many boxes begin with.
FULL_BOX = 4
# Telephones write some sixty boxes or items; a file can be made that names millions.
MOST = 10_000


@dataclass(frozen=True, slots=True)
class Box:
    """A box: it begins at `at`, and its content goes from `start` until `end`."""

    kind: bytes
    at: int
    start: int
    end: int


class Reader:
    """Numbers of a file, one after the other. Raises `FileRefused` where it ends too early."""

    def __init__(self, content: bytes | bytearray, at: int) -> None:
        self._content, self.at = content, at

    def number(self, size: int) -> int:
        """The next `size` bytes as a number; 0 where that is none."""
        if self.at + size > len(self._content):
            raise FileRefused("broken")
        read = int.from_bytes(self._content[self.at : self.at + size], "big")
        self.at += size
        return read


def boxes(content: bytes | bytearray, start: int, end: int) -> Iterator[Box]:
    """The boxes from `start` until `end`, one behind the other. Raises `FileRefused` where they make no sense."""
    for _ in range(MOST):
        if start + 8 > end:
            return
        size, kind = struct.unpack_from(">I4s", content, start)
        head = 8
        if size == 1:
            size, head = Reader(content, start + 8).number(8), 16
        elif size == 0:
            size = end - start
        if size < head or start + size > end:
            raise FileRefused("broken")
        yield Box(kind, start, start + head, start + size)
        start += size
    raise FileRefused("broken")


def empty(content: bytearray, box: Box) -> None:
    """Leaves an empty space where the box was, so that everything else stays at its place."""
    content[box.at + 4 : box.at + 8] = b"free"
    content[box.start : box.end] = bytes(box.end - box.start)
