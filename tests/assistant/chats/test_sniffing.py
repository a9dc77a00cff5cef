"""What a file is, is told by its first bytes."""

from __future__ import annotations

import pytest

from assistant.chats.sniffing import media_type

OLD = bytes.fromhex("D0CF11E0A1B11AE1") + bytes(504)
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def name(of: str) -> bytes:
    """A name of a directory of an old Office file."""
    return of.encode("utf-16-le")


@pytest.mark.parametrize(
    ("why", "content", "kind"),
    [
        ("a letter of an old Word", OLD + name("WordDocument"), "application/msword"),
        ("an old Word with macros", OLD + name("WordDocument") + name("_VBA_PROJECT"), None),
        ("an old Excel", OLD + name("Workbook"), None),
        ("an installer, which begins alike", OLD, None),
        ("a letter of Word", b"PK\x03\x04" + b"word/document.xml", DOCX),
        ("Word with macros", b"PK\x03\x04" + b"word/document.xml word/vbaProject.bin", None),
        ("any other archive", b"PK\x03\x04" + b"xl/workbook.xml", None),
    ],
)
def test_word_files_without_macros_are_taken(why: str, content: bytes, kind: str | None) -> None:
    assert media_type(content) == kind, why
