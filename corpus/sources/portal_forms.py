"""Where the name of a paper ends and the file name of its form begins, in a cell glued together by the portal."""

from __future__ import annotations

import re
from itertools import pairwise

_EXTENSION = re.compile(
    r"\.(?:docx?|docm|dotx|pdf|xlsx?|xlsm|rar|zip|rtf|odt|jpe?g|png|html?|xml|txt|pptx?)(?=[^\s,;.)]|$)",
    re.IGNORECASE,
)
# How file names of forms begin; a name of a paper uses these words only after a blank.
_FIRST_WORDS = re.compile(
    r"(?:\d{1,3}[.\-_ ]{1,3})?(?:mẫu|mau|mãu|mus?|phụ lục|phu luc|phl|pl|tờ khai|to khai|tokhai|đơn|don|giấy|giay|văn bản|van ban|vb|biểu"
    r"|bieu|bm|báo cáo|bao cao|bc|phiếu|phieu|danh sách|danh sach|ds|bản|ban|bảng|bang|tờ trình|to trinh|đề án|đề cương|biên bản|thông báo"
    r"|hồ sơ|phương án|nội dung|quyết định|công văn|[a-z]{2}\d)",
    re.IGNORECASE,
)
# Codes of offices and documents that end a name in capitals ("…/TT-BNNMTMẫu số 28.docx").
_CAPITAL_END = re.compile(r"[-/](?:CP|TTg|NHNN|B[A-ZĐ]{2,9}|VPCP|UBND|HĐND)$|QH1\d$|\b[IVX]{1,5}[ABC]?$")
_SENTENCE_END = re.compile(r"(?:[^\W\d_A-ZĐ]|[)”\"]|/\d{4}|[-/][A-ZĐ0-9]+)\.+$")


def name_and_form(cell: str) -> tuple[str, str | None, bool]:
    """The name, the file names of the forms joined by "; " (None without one), and whether their border is certain.

    Without a certain border the whole cell is the name and there is no form.
    """
    extensions = list(_EXTENSION.finditer(cell.rstrip()))
    if not extensions or extensions[-1].end() < len(cell.rstrip()):
        return cell, None, True
    border = _border(cell[: extensions[0].start()])
    if border is None:
        return cell, None, False
    forms = [cell[start:end].strip() for start, end in pairwise([border, *(extension.end() for extension in extensions)])]
    return cell[:border], "; ".join(forms), True


def _border(text: str) -> int | None:
    """Where the file name begins at the end of `text`; None where several places are as likely."""
    glued = [place for place in range(1, len(text)) if _is_glued(text, place)]
    named = [place for place in glued if _FIRST_WORDS.match(text, place)]
    strong = [place for place in named if not (text[place - 1].islower() and text[place].islower())]
    for places in (strong, named, glued):
        # Further changes of letters within one word ("1.MuCT01banhnhkmtheo") belong to the file name.
        if places and not any(sign.isspace() for sign in text[places[0] : places[-1]]):
            return places[0]
    return None


def _is_glued(text: str, place: int) -> bool:
    """Whether two cells may meet before `place`: no blank, and a change of letters that running text does not have."""
    before, after = text[place - 1], text[place]
    if before.isspace() or after.isspace() or before in "(/_-–“\"'‘&+" or after in ".,;:)/_-–”\"'":
        return False
    if before in ";:,)”!…":
        return True
    if before == ".":
        return _after_full_stop(text, place)
    if before.islower() and after.isdigit():
        return text[place - 2 : place - 1].isalpha()
    if before.islower():
        return after.isupper() or _long_word_starts(text, place)
    if before.isdigit():
        return after.isupper() and text[place + 1 : place + 2].isalpha()
    return before.isupper() and _CAPITAL_END.search(text[:place]) is not None and _FIRST_WORDS.match(text, place) is not None


def _after_full_stop(text: str, place: int) -> bool:
    # "36.2025.TT", "VII.MẪU", "16.Giấy" and "www.gov" are one cell; "Chính phủ.Mẫu", "25/01/2026.Mau" and "TT-NHNN.PL" are two.
    starts_a_word = not text[place].islower() or _FIRST_WORDS.match(text, place) is not None
    return starts_a_word and _SENTENCE_END.search(text[:place]) is not None


def _long_word_starts(text: str, place: int) -> bool:
    # A lower-case start glued to a lower-case end ("quy địnhvăn bản") counts only where it cannot end a syllable.
    match = _FIRST_WORDS.match(text, place)
    return match is not None and len(match[0]) >= 3 and any(ord(sign) > 0x7F for sign in match[0])
