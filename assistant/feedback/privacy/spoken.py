"""Numbers written in words as people dictate them: "không chín tám bảy …", "sáu hai pê một …"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.feedback.privacy.codes import CARD_LETTERS
from assistant.feedback.privacy.number_kinds import NumberKinds
from assistant.feedback.privacy.text import Letter
from assistant.feedback.privacy.words import any_of, plain
from assistant.feedback.types import PersonalDataType, PersonalSpan

_FIGURES = {
    "không": "0", "hông": "0", "một": "1", "mốt": "1", "hai": "2", "ba": "3", "bốn": "4", "tư": "4", "năm": "5", "lăm": "5", "nhăm": "5",
    "sáu": "6", "bảy": "7", "bẩy": "7", "tám": "8", "chín": "9", "linh": "", "lẻ": "", "mười": "1", "mươi": "", "trăm": "", "rưỡi": "",
}  # fmt: skip
_UNMARKED = {
    "khong": "0", "hong": "0", "mot": "1", "hai": "2", "ba": "3", "bon": "4", "tu": "4", "nam": "5", "lam": "5", "sau": "6", "bay": "7",
    "tam": "8", "chin": "9", "linh": "", "le": "", "muoi": "1"
}  # fmt: skip
_SPOKEN_LETTERS = frozenset(
    "a bê bờ b xê cờ c dê dờ d đê đờ đ e ép f gờ giê g hát hắt h ca k lờ en l em m nờ n "
    " pê pờ p rờ r ét s tê tờ t u vê vờ v ích xờ x dét z".split()
)
_SPOKEN_UNMARKED = plain(_SPOKEN_LETTERS)
# "ba số không" is 000.
_TIMES = "×"
_JOINTS = {"số": _TIMES, "so": _TIMES, "con": _TIMES, "chấm": ".", "cham": ".", "gạch": ".", "gach": "."}
_REPEATED = re.compile(rf"([2-5]){_TIMES}(\d)")
# Letters before the figures of a passport or of an insurance card: "hộ chiếu bê năm năm …", "thẻ HN hai ba …".
_LETTERS_BEFORE = {
    PersonalDataType.PASSPORT: re.compile(r"\b(?:[bceknp]|be|xe|ca|no|pe|en) $"),
    PersonalDataType.SOCIAL_INSURANCE_NO: re.compile(rf"\b(?!tk)(?:{CARD_LETTERS}) $"),
}
_CARD_FIGURES, _TEN = 13, 10
_TOKEN = re.compile(r"[^\W_]+")
_JOIN = re.compile(r"[ ,.\-–]{1,3}")
_FEWEST_WORDS = 7
# Most letters have no number in words: one search for words in a row is ten times as fast as reading each.
_ANY = any_of(plain([*_FIGURES, *_UNMARKED, *_SPOKEN_LETTERS, *_JOINTS]))
_IN_A_ROW = re.compile(
    rf"(?<![^\W_])(?:{_ANY}|\d{{1,2}})(?![^\W_])(?:[ ,.\-–]{{1,3}}(?:{_ANY}|\d{{1,2}})(?![^\W_])){{{_FEWEST_WORDS - 2},}}"
)
_PLATE_CUE = re.compile(r"\b(?:bien|bks|xe)(?: \w+){0,3}[ :]{0,2}$")


def spoken_numbers(letter: Letter, kinds: NumberKinds) -> Iterator[PersonalSpan]:
    """The numbers and plates of persons that are written in words, in order."""
    runs = (run for row in _IN_A_ROW.finditer(letter.plain) for run in _runs(letter, *row.span()))
    for run in runs:
        digits = _REPEATED.sub(lambda match: match[2] * int(match[1]), "".join(figures for _, _, figures in run if figures != "."))
        start, end = run[0][0], run[-1][1]
        if any(figures.isalpha() for _, _, figures in run):
            if _is_plate(letter, run):
                yield PersonalSpan(start, end, PersonalDataType.PLATE)
        elif len(run) >= _FEWEST_WORDS and (kind := _kind(letter, kinds, digits, start, end)):
            yield kinds.whole(letter, PersonalSpan(start - _letters_before(letter, start, kind), end, kind))


def _letters_before(letter: Letter, start: int, kind: PersonalDataType) -> int:
    """How many characters before place `start` are letters of the number."""
    pattern = _LETTERS_BEFORE.get(kind)
    letters = pattern.search(letter.plain, max(0, start - 3), start) if pattern else None
    return len(letters.group()) if letters else 0


def _kind(letter: Letter, kinds: NumberKinds, digits: str, start: int, end: int) -> PersonalDataType | None:
    if len(digits) == _CARD_FIGURES and _letters_before(letter, start, PersonalDataType.SOCIAL_INSURANCE_NO):
        return PersonalDataType.SOCIAL_INSURANCE_NO
    cue = kinds.cue_before(letter, start)
    # People begin anew when they dictate: "số tôi không chín không … không chín không hai bốn …".
    if cue and cue.type is PersonalDataType.PHONE and len(digits) >= _TEN:
        return PersonalDataType.PHONE
    kind = kinds.kind_of(letter, digits, end, cue)
    if kind is None and len(digits) in range(9, 12) and digits[0] == "0":
        return PersonalDataType.PHONE
    return kind


def _is_plate(letter: Letter, run: list[tuple[int, int, str]]) -> bool:
    figures = "".join(_part(letter, run, index) for index in range(len(run))).replace(".", "")
    return re.fullmatch(r"\d{2}[a-z]{1,2}\d{4,6}", figures) is not None and (
        _PLATE_CUE.search(letter.plain, max(0, run[0][0] - 40), run[0][0]) is not None or len(figures) >= 8
    )


def _part(letter: Letter, run: list[tuple[int, int, str]], index: int) -> str:
    """What word `index` stands for; "mươi" and "mười" before a letter are tens without ones: "ba mươi a", "mười một bê"."""
    start, end, figures = run[index]
    is_before_letter = index + 1 < len(run) and run[index + 1][2].isalpha()
    return figures + "0" if is_before_letter and letter.plain[start:end] == "muoi" else figures


def _runs(letter: Letter, begin: int, stop: int) -> Iterator[list[tuple[int, int, str]]]:
    """Runs from place `begin` to `stop` of words for figures and spoken letters between, as (start, end, what they stand for)."""
    run: list[tuple[int, int, str]] = []
    for match in _TOKEN.finditer(letter.written, begin, stop):
        if run and not _JOIN.fullmatch(letter.plain, run[-1][1], match.start()):
            yield from _ended(run)
            run = []
        figures = _figures(letter, match, run)
        if figures is None:
            yield from _ended(run)
            run = []
        else:
            run.append((*match.span(), figures))
    yield from _ended(run)


def _ended(run: list[tuple[int, int, str]]) -> Iterator[list[tuple[int, int, str]]]:
    while run and run[-1][2] in _JOINTS.values():
        run = run[:-1]
    spoken = sum(1 for _, _, figures in run if figures.isdigit())
    # Words stand in it: a run of figures alone is read elsewhere.
    if spoken >= _FEWEST_WORDS - 1 and any(end - start > 2 or figures.isalpha() for start, end, figures in run):
        yield run


def _figures(letter: Letter, match: re.Match[str], run: list[tuple[int, int, str]]) -> str | None:
    token = match.group().lower()
    figures = _FIGURES.get(token, _UNMARKED.get(token)) if letter.is_marked else _UNMARKED.get(token, _FIGURES.get(token))
    if figures is not None:
        return figures
    if token.isdecimal() and len(token) <= 2:
        return token
    if run and token in _JOINTS:
        return _JOINTS[token]
    is_letter = token in _SPOKEN_LETTERS or (not letter.is_marked and token in _SPOKEN_UNMARKED)
    return letter.plain[match.start()] if len(run) in (2, 3, 4) and is_letter else None
