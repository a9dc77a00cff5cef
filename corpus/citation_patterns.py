"""Patterns of citations: lists of clauses and points, and titles of laws that are in no table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from corpus.text import fold, is_accented

# "khoản 1, 2 và khoản 3", "điểm a và b".
CLAUSES = r"khoan\s*(\d{1,3}[a-z]?\b(?:\s*(?:[,;]|va\b|hoac\b)\s*(?:khoan\s*)?\d{1,3}[a-z]?\b)*)"
POINTS = r"diem\s+([a-z]\d?\b(?:\s*(?:[,;]|va\b|hoac\b)\s*(?:diem\s+)?[a-z]\d?\b)*)"

# Words that are no part of a title, with marks.
_NO_TITLE = (
    r"(?:thì|là|cho(?! thuê)|có(?! yếu| quan)|không|được|bị|phải|phạt|nào|gì|sao|này|đó|ấy|theo|áp dụng|nếu|mà|nói|về|quy định|điều(?! ước)"
    r"|khoản|điểm|mới|cũ|hiện|ban hành|ra|như|thế nào|còn|cũng|trong|khi|lúc|vào|từ|trước|sau|năm|tháng|ngày|tôi|mình|bạn|xem|giúp"
    r"|với|ạ|nhé|nha|vậy|hay|hoặc|số|hỏi|đọc|ghi|bao nhiêu|mục|tại|và điều|và khoản)\b"
)
_PARTS = rf"(?:{CLAUSES}|{POINTS})\s*[,;]?\s*"
_PARTS_AFTER = re.compile(rf"(?:\s*[,;.]?\s*{_PARTS})*\s*[,;]?\s*(?:(?:cua|trong|theo|tai)\s+)?")
_PARTS_BEFORE = re.compile(rf"\s*[,;:]?\s*(?:{_PARTS})*$")


def titles_beside(article: re.Match[str], folded: str, shown: str) -> Iterator[tuple[int, int]]:
    """From where to where in `folded` a title stands next to `article`, behind it or in front; `shown` is the text as written."""
    is_marked = is_accented(shown) and len(shown.lower()) == len(folded)
    text, title = shown.lower() if is_marked else folded, _title(is_marked=is_marked)
    after, before = _PARTS_AFTER.match(folded, article.end()), _PARTS_BEFORE.search(folded, 0, article.start())
    behind = title.match(text, after.end()) if after else None
    if behind:
        yield behind.span()
    for match in title.finditer(text, 0, before.start() if before else 0):
        name = shown[match.start("first")]
        # Other words than a title may end before a comma ("cho luật sư thay, Điều 85"); a name is then known by its capital.
        if before and match.end() == before.start() and ("," not in before.group() or name.isupper()):
            yield match.span()


@cache
def _title(*, is_marked: bool) -> re.Pattern[str]:
    """Finds a title by the words that it may hold: in lower case with marks, or folded."""
    word = r"[^\W\d_]+" if is_marked else "[a-z]+"
    kind, others = r"(?<!pháp )\b(?:bộ luật|luật|pháp lệnh)\s+", rf"(?:\s*,?\s+(?!{_NO_TITLE}){word}){{0,11}}"
    pattern = rf"{kind}(?!{_NO_TITLE}|và\b|việt nam\b|sư\b|định\b|lệ\b)(?P<first>{word}){others}(?:\s+(?:năm\s+)?(?:19|20)\d\d\b)?"
    return re.compile(pattern if is_marked else fold(pattern).replace("(?p<", "(?P<"))
