"""Running text of the portal: absent values, steps, results."""

from __future__ import annotations

import re

from corpus.text import fold, nfc, squeeze

_ABSENT = {"", "khong co thong tin", "-", "--"}
_LONGEST_ABSENT = 100
# Zero-width and private-use signs (bullets of a symbol font) that mean nothing once copied out of a word processor.
_NOISE = re.compile(r"[\u00ad\u200b-\u200f\ufeff\ue000-\uf8ff]")
_BULLET = r"(?:[-–+*•·]\s*|[a-zđ]\d?\)\s*|\d{1,2}[.)]\s*)?"
_STEP = re.compile(rf"(?:^|(?<=\n))[ \t\u00a0]*{_BULLET}Bước\s*(\d{{1,3}})(?:\s*[:.)–-]+\s*|\s+)")
_INLINE_STEP = re.compile(rf"(?<=\S)\s+{_BULLET}Bước\s*(\d{{1,3}})\s*([:.])\s*(?=\S)")
_LEAD = re.compile(r"(?:[\d.]+\s*)?trình tự thực hiện\s*:?", re.IGNORECASE)
_LINE_BULLET = re.compile(r"[ \t\u00a0]*(?:([a-zđ]\d?\))|(\d{1,2}(?:\.\d+)*[.)])|([-–+*•·]))[ \t\u00a0]*")
_RESULT_CODE = re.compile(r"Mã:\s*(?:[A-Z0-9.\-]*\d|[A-Z]+(?=$|\n))")
_AFTER_RESULT = re.compile(r"Từ khóa(?:Không có thông tin|.*?)Mô tả.*", re.DOTALL)


def readable(text: str) -> str:
    """`text` in NFC without signs that cannot be seen."""
    return _NOISE.sub("", nfc(text))


def absent(text: str) -> bool:
    """Whether a cell holds nothing, or only the portal's words for nothing."""
    bare = text.strip()
    return len(bare) < _LONGEST_ABSENT and fold(squeeze(bare)).strip(" .") in _ABSENT


def stated(text: str) -> str | None:
    """`text` with single blanks, None where it is absent."""
    return None if absent(text) else squeeze(text)


def steps(text: str) -> tuple[str, ...]:
    """The steps in order, without "Bước 1:" and list signs; what stands before the first is a step of its own."""
    if absent(text):
        return ()
    starts = _step_starts(text)
    pieces = _by_bullets(text) if not starts else [text[: starts[0][0]]]
    ends = [start for start, _ in starts[1:]] + [len(text)]
    pieces += [text[after:end] for (_, after), end in zip(starts, ends if starts else (), strict=True)]
    return tuple(step for piece in pieces if (step := squeeze(piece)) and not _LEAD.fullmatch(step))


def results(text: str) -> str:
    """What the citizen gets, one result a line, without the portal's codes and search form."""
    pieces = _RESULT_CODE.split(_AFTER_RESULT.sub("", text))
    return "\n".join(piece for raw in pieces if (piece := stated(raw)))


def _step_starts(text: str) -> list[tuple[int, int]]:
    """Where the marks of the steps start and end."""
    marks = {match.start(): match for match in _STEP.finditer(text) if _names_a_step(text, match)}
    expected = 0
    for match in sorted((*_INLINE_STEP.finditer(text), *marks.values()), key=lambda found: found.start()):
        number = int(match[1])
        if match.start() in marks or (number in (1, expected + 1) and _begins_inline(text, match, expected)):
            marks.setdefault(match.start(), match)
            expected = number
    return [(match.start(), match.end()) for _, match in sorted(marks.items())]


def _names_a_step(text: str, match: re.Match[str]) -> bool:
    # "Bước 3 Duyệt hồ sơ" is a step, a line that goes on "Bước 3 nêu trên" is none.
    punctuated = not match[0].rstrip()[-1:].isdigit()
    return punctuated or text[match.end() : match.end() + 1].isupper()


def _begins_inline(text: str, match: re.Match[str], expected: int) -> bool:
    # Inside a line a step stands behind the end of a sentence, has a list sign or a colon; "quay lại Bước 2." is none.
    after_sentence = text[match.start() - 1] in ".;:)"
    return expected == 0 or after_sentence or match[2] == ":" or not match[0].lstrip().startswith("Bước")


def _by_bullets(text: str) -> list[str]:
    """Lines grouped under the list sign of the first line; dashes are dropped, letters and numbers are kept."""
    lines = [line for line in text.splitlines() if line.strip()]
    outer = _sign(lines[0]) if lines else None
    pieces: list[str] = []
    for line in lines:
        if pieces and _sign(line) != outer:
            pieces[-1] += f"\n{line}"
            continue
        pieces.append(_LINE_BULLET.sub("", line, count=1) if outer == "-" else line)
    return pieces


def _sign(line: str) -> str | None:
    match = _LINE_BULLET.match(line)
    if match is None:
        return None
    letter, number, sign = match.group(1, 2, 3)
    return "a" if letter else "1" if number else "-" if sign in ("-", "–") else str(sign)
