"""What can go wrong when tables are exchanged with other programs."""

from __future__ import annotations

from enum import StrEnum

from assistant.feedback.errors import FeedbackError


class FileFault(StrEnum):
    """Why a whole file cannot be taken."""

    UNKNOWN_FORMAT = "unknown_format"
    NOT_UTF8 = "not_utf8"
    BROKEN = "broken"
    TOO_LARGE = "too_large"
    TOO_MANY_ROWS = "too_many_rows"
    NO_HEADER = "no_header"
    NO_TEXT_COLUMN = "no_text_column"
    COLUMN_TWICE = "column_twice"
    UNSAFE = "unsafe"


class TableUnreadable(FeedbackError):
    """A file of which nothing can be taken. `row`: up to where it could be read, 0 where that says nothing; `detail`: a name or number."""

    def __init__(self, fault: FileFault, row: int = 0, detail: str = "") -> None:
        self.fault, self.row, self.detail = fault, row, detail
        super().__init__(f"{fault} at row {row}: {detail}")


class BadChannelName(FeedbackError):
    """A portal must be named by 1 to 30 small letters, digits, dots and hyphens."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(f"not a name of a portal: {name!r}")


class ConsentNotConfirmed(FeedbackError):
    """Nobody has confirmed that the portal's senders had agreed to have their words passed on."""

    def __init__(self) -> None:
        super().__init__("nobody confirmed the portal's consent")
