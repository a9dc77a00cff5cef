"""What people type in place of tapping: a bare yes or no, with or without marks."""

from __future__ import annotations

from corpus.text import fold

_NO = frozenset(
    fold(one)
    for one in (
        "không",
        "ko",
        "k",
        "không có",
        "ko có",
        "không cần",
        "không ạ",
        "dạ không",
        "không để lại",
        "bỏ qua",
        "không biết",
        "no",
        "none",
        "skip",
    )
)
_AGREED = frozenset(
    fold(one)
    for one in ("đồng ý", "tôi đồng ý", "đồng ý gửi", "đồng ý và gửi", "gửi", "gửi đi", "ok", "oke", "có", "vâng", "yes", "agree", "send")
)


def says_no(text: str) -> bool:
    """Whether it is nothing but a no to what was asked."""
    return _bare(text) in _NO


def agrees(text: str) -> bool:
    """Whether it is nothing but a yes to what was asked."""
    return _bare(text) in _AGREED


def _bare(text: str) -> str:
    return " ".join(fold(text).lower().strip(" .,!?…").split())
