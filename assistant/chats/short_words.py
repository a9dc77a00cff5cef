"""What people type in place of tapping: a bare yes or no, with or without marks."""

from __future__ import annotations

import re

from corpus.text import fold

_NO = frozenset(
    fold(one)
    for one in (
        "không",
        "ko",
        "k",
        "không có",
        "ko có",
        "hông",
        "hong",
        "không cần",
        "không ạ",
        "dạ không",
        "không để lại",
        "bỏ qua",
        "không biết",
        "không muốn",
        "không rõ",
        "không nhớ",
        "ẩn danh",
        "giấu tên",
        "không có ảnh",
        "không có gì",
        "hết",
        "hết rồi",
        "xong",
        "xong rồi",
        "đủ rồi",
        "thế thôi",
        "vậy thôi",
        "thôi",
        "đi tiếp",
        "tiếp",
        "tiếp tục",
        "done",
        "anonymous",
        "no",
        "none",
        "skip",
    )
)
_AGREED = frozenset(
    fold(one)
    for one in (
        *("đồng ý", "tôi đồng ý", "đồng ý gửi", "đồng ý và gửi", "gửi", "gửi đi", "gửi luôn", "gửi giúp", "gửi dùm", "ok", "oke", "okie"),
        *("có", "vâng", "dạ", "ừ", "đúng", "đúng rồi", "được", "yes", "agree", "send"),
    )
)


_WORD = re.compile(r"[a-z0-9]+")
_BEFORE = frozenset(("da", "vang", "thua", "a", "u", "uh", "xin", "em", "toi", "minh", "con", "chau"))
_BEHIND = frozenset(("a", "nhe", "nha", "nghe", "di", "em", "anh", "chi", "ban", "thoi", "dau", "luon", "giup", "dum", "roi", "ha", "nhen"))


def says_no(text: str) -> bool:
    """Whether it is nothing but a no to what was asked."""
    return _bare(text) in _NO


def agrees(text: str) -> bool:
    """Whether it is nothing but a yes to what was asked."""
    return _bare(text) in _AGREED


def _bare(text: str) -> str:
    """The words without the courtesy around them: "dạ đồng ý ạ" is "đồng ý", and "dạ" alone stays."""
    words = _WORD.findall(fold(text).lower())
    while len(words) > 1 and words[0] in _BEFORE:
        words = words[1:]
    while len(words) > 1 and words[-1] in _BEHIND:
        words = words[:-1]
    return " ".join(words)
