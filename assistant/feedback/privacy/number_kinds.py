"""What a number is: by the words before it, by its shape, and by what the whole letter is about."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.feedback.privacy.text import Letter
from assistant.feedback.privacy.words import any_of, word_lists
from assistant.feedback.types import PersonalDataType, PersonalSpan

_AHEAD, _FAR_AHEAD = 45, 110
_BANK_AHEAD = 25
_MATTER_REACH = 300
_MOBILE = re.compile(r"0[35789]\d{8}|(?:\+?84)0?[35789]\d{8}|01[2689]\d{8}")
_FIXED = re.compile(r"02\d{8,9}|(?:\+?84)2\d{8,9}")
# Numbers of services, which are nobody's.
_SERVICE = re.compile(r"1[89]00\d{4,6}")
# Codes of provinces in identity numbers run from 001 to 096; the fourth figure tells century and sex.
_IDENTITY = re.compile(r"0(?:0[1-9]|[1-8]\d|9[0-6])[0-3]\d{8}")
# "Sổ số CH 0119 204 773"; "BH" and "XH" name the insurance.
_CARD_LETTERS, _CARD_AHEAD = re.compile(r"(?<!\w)(?!BH|XH|YT|SO|TK)[A-Z]{2}[ .\-]?$"), 4
_CALLS_AFTER = re.compile(r"[ ]?\([ ]?|[ ,]{1,2}(?:do )?(?:la|chinh la) (?:cai )?|[ ](?:tren|trong) (?:the )?")
_BREAK = re.compile(r"[.,;!?\n]")
_CALLED = ("phone", "national_id", "bank_account", "tax_code", "social_insurance_no", "passport")
# Lengths that a number of this kind may have, mistyped ones with them.
_LENGTHS = {
    PersonalDataType.PHONE: range(7, 13),
    PersonalDataType.NATIONAL_ID: range(8, 14),
    PersonalDataType.BANK_ACCOUNT: range(6, 20),
    PersonalDataType.TAX_CODE: range(9, 15),
    PersonalDataType.SOCIAL_INSURANCE_NO: range(8, 16),
    PersonalDataType.PASSPORT: range(6, 10),
}
_TEN, _TAX_BRANCH, _LONG = 10, 13, 14
# Lengths of the numbers that have a shape, and of what is added to a matter's distance if it says little.
_SHAPED = range(9, 14)
_WEAK_MATTERS, _WEAK = frozenset({"cong ty", "cty", "doanh nghiep"}), 80


@dataclass(frozen=True, slots=True)
class Cue:
    """What the words before a number call it.

    `type` is None for "số" and "mã số", which leave it open, and for what tells of nobody (`is_nobody`); `is_close`: no sign parts the
    words from the number.
    """

    type: PersonalDataType | None
    is_nobody: bool
    is_close: bool


class NumberKinds:
    """Tells what numbers are."""

    def __init__(self, lists: Mapping[str, Sequence[str]]) -> None:
        """`lists` are those of data/personal-numbers.yaml."""
        banks = any_of(lists["banks"])
        self._words = {word: name for name in (*_CALLED, "none", "any") for word in lists[name]}
        self._banks = frozenset(lists["banks"])
        self._cue = re.compile(rf"\b(?=(?:{any_of([*self._words, *self._banks])})\b)")
        longest = max(word.count(" ") for word in [*self._words, *self._banks]) + 1
        self._phrase = re.compile(rf"\w+(?: \w+){{0,{longest - 1}}}")
        self._bank_before = re.compile(rf"\b(?:{banks})(?: bank)?[ :]{{1,3}}$")
        self._bank_after = re.compile(rf" (?:{banks})\b")
        self._at_bank = re.compile(
            rf"(?:[ (\-–]{{1,3}}(?:(?:tai|o|cua|mo tai|mo o|thuoc) )?|,[ ]?(?:(?:tai|o|cua|mo tai|mo o|thuoc) |(?!ngan |nh )))"
            rf"(?:ngan hang|nh|{banks})\b"
        )
        self._units = re.compile(rf"[ ]?(?:{any_of(lists['units'])})\b(?! hang)|[ ]?%")
        self._matter = re.compile(
            rf"\b(?:(?P<social_insurance_no>{any_of(lists['insurance_matter'])})"
            rf"|(?P<tax_code>{any_of(lists['tax_matter'])})|(?P<bank_account>{any_of(lists['bank_matter'])}))\b"
        )

    @classmethod
    def load(cls) -> NumberKinds:
        """With the words of this folder's data."""
        return cls(word_lists("numbers"))

    def cue_before(self, letter: Letter, start: int, free: int = 0) -> Cue | None:
        """The last words before place `start`, but not before `free`, that say what number follows."""
        found = self._last_words(letter, max(free, start - _AHEAD), start)
        if found is None or found[0] == "any":
            # "số tài khoản của bà trưởng phòng … là": far words count within their sentence.
            far = self._last_words(letter, max(free, start - _FAR_AHEAD), start)
            if far and far[0] == "bank_account" and not _BREAK.search(letter.plain, far[1], start):
                found = far
        if found is None:
            return None
        name, stop = found
        is_close = not _BREAK.search(letter.plain, stop, start)
        return Cue(PersonalDataType(name) if name in _CALLED else None, name == "none", is_close)

    def _cue_after(self, letter: Letter, end: int) -> Cue | None:
        """What the words after a number call it: "0123456789 (mã BHXH)", "… là số tài khoản của tôi"."""
        link = _CALLS_AFTER.match(letter.plain, end)
        name = self._longest(letter, link.end(), link.end() + _AHEAD)[0] if link else ""
        return Cue(PersonalDataType(name), is_nobody=False, is_close=True) if name in _CALLED else None

    def _last_words(self, letter: Letter, begin: int, start: int) -> tuple[str, int] | None:
        last: tuple[str, int] | None = None
        end = 0
        for match in self._cue.finditer(letter.plain, begin, start):
            # Of two readings that begin at one place the longer is meant: "mã số thuế", not "mã số".
            name, stop = self._longest(letter, match.start(), start)
            if match.start() < end or not name:
                continue
            end = stop
            if name == "any" and _is_book(letter, match.start(), stop, start):
                name = "social_insurance_no"
            # "số" says least: it must not hide "số tài khoản là số".
            if last is None or name != "any":
                last = (name, stop)
        return last

    def _longest(self, letter: Letter, begin: int, limit: int) -> tuple[str, int]:
        phrase = self._phrase.match(letter.plain, begin, limit)
        words = phrase.group().split(" ") if phrase else []
        for size in range(len(words), 0, -1):
            text = " ".join(words[:size])
            name = self._words.get(text) or ("bank_account" if text in self._banks else "")
            if name:
                return name, begin + len(text)
        return "", begin

    def kind_of(self, letter: Letter, digits: str, end: int, cue: Cue | None) -> PersonalDataType | None:
        """What a number of these digits ending at place `end` is; None if it is nobody's."""
        if cue is None or (cue.type is None and not cue.is_nobody):
            cue = self._cue_after(letter, end) or cue
        shape = self.by_shape(digits)
        if shape is None and (self._is_amount(letter, end) or _SERVICE.fullmatch(digits)):
            return None
        if self._at_bank.match(letter.plain, end) and not _MOBILE.fullmatch(digits):
            return PersonalDataType.BANK_ACCOUNT
        if cue and cue.type and len(digits) in _LENGTHS[cue.type] and (cue.is_close or shape is None):
            return shape or cue.type if cue.type is PersonalDataType.PHONE else cue.type
        if cue and cue.is_nobody and cue.is_close and shape is not PersonalDataType.PHONE:
            return None
        return shape or self._by_matter(letter, digits, end, is_called=cue is not None and not cue.is_nobody)

    def _is_amount(self, letter: Letter, end: int) -> bool:
        unit = self._units.match(letter.plain, end)
        # "đóng" is no unit, "đồng" is.
        return unit is not None and not (unit.group().strip() == "dong" and "đóng" in letter.written[end : unit.end()].lower())

    @staticmethod
    def by_shape(digits: str) -> PersonalDataType | None:
        """What these digits are whatever stands around them; None if that leaves it open."""
        if len(digits) not in _SHAPED:
            return None
        if _MOBILE.fullmatch(digits) or _FIXED.fullmatch(digits):
            return PersonalDataType.PHONE
        return PersonalDataType.NATIONAL_ID if _IDENTITY.fullmatch(digits) else None

    def _by_matter(self, letter: Letter, digits: str, end: int, *, is_called: bool) -> PersonalDataType | None:
        """What a number without shape is by its length and by what the letter is about; short ones only where something announces them."""
        if len(digits) == _TEN:
            return self._nearest_matter(letter, end) or PersonalDataType.SOCIAL_INSURANCE_NO
        if len(digits) == _TAX_BRANCH:
            matter = self._nearest_matter(letter, end)
            return PersonalDataType.BANK_ACCOUNT if matter is PersonalDataType.BANK_ACCOUNT else PersonalDataType.TAX_CODE
        if len(digits) >= _LONG:
            return PersonalDataType.BANK_ACCOUNT
        if len(digits) in (11, 12) or (len(digits) == 9 and is_called):
            return PersonalDataType.PHONE if len(digits) == 11 and digits[0] == "0" else PersonalDataType.NATIONAL_ID
        return None

    def _nearest_matter(self, letter: Letter, end: int) -> PersonalDataType | None:
        """What the words nearest to place `end` within a few sentences are about."""
        begin = max(0, end - _MATTER_REACH)
        matters = self._matter.finditer(letter.plain, begin, end + _MATTER_REACH)
        # A firm is named in letters on insurance as often as in those on taxes.
        found = [(abs(match.end() - end) + _WEAK * (match.group() in _WEAK_MATTERS), match.lastgroup) for match in matters]
        name = min(found, default=(0, None))[1]
        return PersonalDataType(name) if name else None

    def is_bank(self, word: str) -> bool:
        """Whether a word without marks is the name of a bank."""
        return word in self._banks

    def whole(self, letter: Letter, span: PersonalSpan) -> PersonalSpan:
        """An account number with the name of its bank, an insurance number with its letters; any other number as it is."""
        if span.type is PersonalDataType.SOCIAL_INSURANCE_NO:
            letters = _CARD_LETTERS.search(letter.written, max(0, span.start - _CARD_AHEAD), span.start)
            return PersonalSpan(letters.start() if letters else span.start, span.end, span.type)
        if span.type is not PersonalDataType.BANK_ACCOUNT:
            return span
        before = self._bank_before.search(letter.plain, max(0, span.start - _BANK_AHEAD), span.start)
        after = self._bank_after.match(letter.plain, span.end)
        return PersonalSpan(before.start() if before else span.start, after.end() if after else span.end, span.type)


def _is_book(letter: Letter, begin: int, stop: int, start: int) -> bool:
    """Whether "ma so" or "so" right before place `start` is "mã sổ" or "sổ" as it is written: the book of the insurance."""
    is_close = not letter.plain[stop:start].strip(" :")
    return is_close and letter.is_marked and "sổ" in letter.written[begin:stop].lower()
