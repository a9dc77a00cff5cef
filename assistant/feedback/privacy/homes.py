"""What stands around an address: whether somebody lives there, or whether it is an office, a stop, or a spot on a road."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from assistant.feedback.privacy.dwellers import Dwellers
from assistant.feedback.privacy.text import Letter
from assistant.feedback.privacy.words import any_of

_HOME_AHEAD, _NOT_HOUSE_AHEAD, _RANGE_AHEAD, _SOMEBODY_AHEAD = 34, 15, 30, 45
_NUMBER = r"(?:(?:so|nha) ){0,2}\d{1,4}[a-z]?"
# "từ số 12 đến số 40": a stretch of a street.
_RANGE_FROM = re.compile(rf"\btu {_NUMBER}(?: (?:duong|pho|ngo|hem)(?: \w+){{0,4}}?)? (?:den|toi)[ ]$")
_RANGE_TO = re.compile(r"(?: \w+){0,4}? (?:den|toi) (?:(?:so|nha|tan) ){0,2}\d")
_PERSON = (
    r"(?:toi|tui|tao|tau|minh|mik|mk|em|e|con|chau|nha|gia dinh|ba|me|ma|bo|ong|co|chu|anh|chi|bac|di|ho|nguoi"
    r"|nguoi ta|chu ho|gd|vo|chong|ck|vk|noi|ngoai|mot minh"
    r"|tam|nho|ket|mac ket|nhot|be|ban|cu|dan|tro|hien|dang|song|cu ngu|sinh song|quan|thue|cho|noi)"
)
_IN = r"(?:tai|trong|dau|cuoi|giua|ngay|tren|ben|duoi|so|khuc)"
_LIVES = re.compile(
    rf"\b{_PERSON}(?: (?:toi|tui|em|minh|e|hien|dang|con|nay|hien nay|hien tai|dang song)){{0,3}} o(?: {_IN}){{0,2}}[ :,]{{0,2}}$"
)
# "72 tuổi, ở tổ 5, ấp Bình Hòa"
_AFTER_COMMA = re.compile(rf"[,;(\-–] ?(?:hien |dang |nay |nha )?o(?: {_IN})?[ :]{{1,2}}$")
_HOUSE_BEFORE = re.compile(
    rf"\b(?:nha|quan|tiem|tro)(?: (?:toi|tui|tao|minh|em|e|con|chau|me|ba|bo|ma|cua|ong|minh|mk))*(?: nam)?(?: {_IN}){{0,2}}[ :,]{{0,2}}$"
)
_NO_THINGS = frozenset({"cậu", "của", "trú"})
# Where an alley begins is a place for all.
_MOUTH = re.compile(r"\b(?:dau|cuoi|doan|khuc|giua|vao|ra|nga ba|trong|truoc)[ ]$|(?:^|[.!?\n][ ]?)(?:o|tai) $")
# "nhà chú Bảy Lác ở …", "hộ bà Sen tại …"
_OF_SOMEBODY = re.compile(
    r"\b(?:nha|ho|gia dinh|vo chong|con) (?:ong|ba|anh|chi|chu|bac|co|di|cau|mo|thim|cu|thay|me|ma|mu|o)(?: \w+){1,4}?"
    r",? (?:hien )?(?:o|tai|tru|ngu|tru tai|nam o)(?: (?:cuoi|dau|giua|trong|tan|so))? $"
)
_TOLD_AFTER = re.compile(
    r"[ ,.\-–(]{1,3}(?:nha (?:toi|tui|em|e|minh|con|chau|me|bo|tao)|(?:toi|tui|em|minh|chau|con) o|(?:la )?(?:noi o|nha) cua)\b"
    r"(?! (?:gan|canh|doi dien|ben kia))"
)
_NAME_AHEAD = 16
_AFTER_NAME = re.compile(
    r"[ ,(;:\-–]{0,3}(?:hien |dang |nha )?(?:(?:o|tru|ngu|song) )?"
    r"(?:(?:o|tai)(?: (?:cuoi|dau|giua|trong|sau|sat|gan|mep|ria|tan|ngay|so))? )?"
)


class Surroundings:
    """Reads what stands around an address."""

    def __init__(self, lists: Mapping[str, Sequence[str]]) -> None:
        """`lists` are those of data/personal-addresses.yaml."""
        after = any_of(lists["after_homes"])
        self._home = re.compile(rf"\b(?!tru so )(?:{any_of(lists['homes'])}|{any_of(lists['sure_homes'])})(?: (?:{after}))*[ :,]{{0,2}}$")
        self._sure_home = re.compile(rf"\b(?!tru so )(?:{any_of(lists['sure_homes'])})(?: (?:{after}))*[ :,]{{0,2}}$")
        self._dwellers = Dwellers(lists)
        self._not_house = re.compile(rf"\b(?<!cua )(?:{any_of(lists['not_houses'])})[ ]?$")
        self._spot = re.compile(rf"\b(?:{any_of(lists['spots'])})(?: (?:cua|cong|cua nha|cong nha|nha|mat|hien))?[ ]$")

    def is_home(self, letter: Letter, start: int, ends: frozenset[int]) -> bool:
        """Whether a word for a home, or the end of a name (in `ends`), stands right before place `start`."""
        return self.is_after_name(letter, start, ends) or self._home.search(letter.plain, max(0, start - _HOME_AHEAD), start) is not None

    def is_surely_home(self, letter: Letter, start: int, end: int, ends: frozenset[int]) -> bool:
        """The same for what may be a mere spot: "tại" and "ở" are said of holes in roads too, "nhà tôi ở" and "trú tại" are not."""
        if self.is_after_name(letter, start, ends) or _TOLD_AFTER.match(letter.plain, end):
            return True
        begin = max(0, start - _HOME_AHEAD)
        return any(
            pattern.search(letter.plain, begin, start) for pattern in (self._sure_home, _LIVES, _AFTER_COMMA, _HOUSE_BEFORE)
        ) or self.is_of_somebody(letter, start)

    @staticmethod
    def is_of_somebody(letter: Letter, start: int) -> bool:
        """Whether "nhà ông …" stands before place `start`, though the name is none that is known."""
        return _OF_SOMEBODY.search(letter.plain, max(0, start - _SOMEBODY_AHEAD), start) is not None

    def is_of_person(self, letter: Letter, start: int, ends: frozenset[int]) -> bool:
        """Whether the words before place `start` lead to one person or a home, further off than the others look."""
        return self._dwellers.are_told(letter, start, ends)

    def is_fine_alley(self, letter: Letter, start: int, end: int, ends: frozenset[int]) -> bool:
        """Whether an alley tells a house nearly: "đang ở ngách 81/4", not "tại đầu hẻm 45/3"."""
        if "/" not in letter.plain[start:end] or _MOUTH.search(letter.plain, max(0, start - _NOT_HOUSE_AHEAD), start):
            return False
        # At the head of a sentence an alley is what the sentence is about.
        return letter.plain[max(0, start - 2) : start].strip(" .!?\n;") != "" or self.is_home(letter, start, ends)

    def is_no_house(self, letter: Letter, start: int) -> bool:
        """Whether the number at place `start` counts something else: "cột đèn số 14"."""
        match = self._not_house.search(letter.plain, max(0, start - _NOT_HOUSE_AHEAD), start)
        # "nhà cậu số mười hai" is no bridge.
        return match is not None and letter.written[slice(*match.span())].strip().lower() not in _NO_THINGS

    def is_spot(self, letter: Letter, start: int, end: int) -> bool:
        """Whether a house only tells where in the street something is: "trước số nhà 27 …", "từ số 12 đến số 40"."""
        if _RANGE_FROM.search(letter.plain, max(0, start - _RANGE_AHEAD), start) or (
            letter.plain.endswith("tu ", 0, start) and _RANGE_TO.match(letter.plain, end)
        ):
            return True
        return self._spot.search(letter.plain, max(0, start - _NOT_HOUSE_AHEAD), start) is not None

    @staticmethod
    def is_after_name(letter: Letter, start: int, ends: frozenset[int]) -> bool:
        """Whether place `start` stands right after a name that ends at one of `ends`, but for "ở"."""
        # "…, Lê Văn Tám, tổ 4 ấp Hạ": what follows a name is where that person lives.
        near = range(max(0, start - _NAME_AHEAD), start)
        return any(end in ends and _AFTER_NAME.fullmatch(letter.plain, end, start) for end in near)
