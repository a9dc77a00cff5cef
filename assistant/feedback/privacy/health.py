"""What a letter tells of the illness, injury or treatment of a person; general talk of diseases is no personal data."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.feedback.privacy.text import Letter
from assistant.feedback.privacy.words import any_of, plain, word_lists
from assistant.feedback.types import PersonalDataType, PersonalSpan

_LED_BY = r"(?:bị |bi |mắc bệnh |mắc |bệnh )?"
# "liệt sĩ", "mù chữ", "la liệt hàng", "thủng lốp", "bụi mù trời"
_OTHER_MEANING = r"(?! (?:s[iĩỉỹỷ]|chữ|chu|hàng|hang|tai|lốp|cang|trời|mịt|tịt|quáng|mờ|đường|công nghệ|lộn|lẫn|vấn|van)\b)"
_PERSON_AHEAD, _NEAR_AHEAD = 70, 18
_NOT_ILL_AHEAD, _WORD_AHEAD = 24, 12
_FOLLOWING = re.compile(r" (?:cua|cho) ")
_SURE_UNMARKED = frozenset({"hiv", "aids", "covid"})
# "đường tỉnh", "hố ga" and others without marks.
_OTHER_UNMARKED = frozenset({"duong tinh", "ho ga", "dau mat", "benh ly", "tac mach", "so mat", "ca man", "bi tat", "bao tu", "can thi"})
_LAST_WORD = re.compile(r"\w+ $")
_SENTENCE_END = re.compile(r"[.!?\n;]")
# What may stand between two illnesses of one person: ", ", " và ", " rồi ".
_BETWEEN = re.compile(r"(?:,? (?:va|voi|roi|kem|them|dang|con|lai|bi|hai|ca|ra|nen|phai)){0,2},? ")


@dataclass(frozen=True, slots=True)
class _View:
    """A letter in the spelling of its patterns, with marks in small letters or without."""

    letter: Letter
    text: str
    is_marked: bool


class HealthFinder:
    """Finds illnesses that are said of somebody."""

    def __init__(self, lists: Mapping[str, Sequence[str]]) -> None:
        """`lists` are those of data/personal-health.yaml."""
        self._unsure = frozenset(lists["unsure"]) | plain(lists["unsure"])
        self._before_general = re.compile(rf"\b(?:{any_of(lists['before_general'])})[ ]$")
        self._general = frozenset(lists["general"]) | plain(lists["general"])
        self._acute = frozenset(lists["acute"]) | plain(lists["acute"])
        self._pattern = {True: _pattern(lists), False: _pattern(_without_marks(lists))}
        self._persons, self._family = _words(lists["persons"]), _words(lists["family"])
        self._strangers = _words(lists["strangers"])
        self._other_words = frozenset(lists["other_words"]) | plain(lists["other_words"])
        # "đàn lợn nhà tôi bị", but not "chó cắn con tôi".
        self._animals = {
            True: re.compile(
                rf"\b(?:{any_of(lists['animals'])})(?: (?:nhà|của|làng|xóm|giống|tôi|tui|em|e|mình|nuôi|dân|con)){{0,3}} (?:bị )?$"
            ),
            False: re.compile(rf"\b(?:{_ANIMALS_UNMARKED})(?: (?:nha|cua|lang|xom|giong|toi|tui|em|e|minh|nuoi|dan)){{0,3}} (?:bi )?$"),
        }
        self._not_ill = {
            True: re.compile(rf"\b(?:{any_of(lists['not_ill'])}) $"),
            # "chua" without marks is "chưa" too, "tri" and "de" are other words.
            False: re.compile(rf"\b(?:{any_of(plain(word for word in lists['not_ill'] if ' ' in word) | _NOT_ILL_UNMARKED)}) $"),
        }

    @classmethod
    def load(cls) -> HealthFinder:
        """A finder with the words of this folder's data."""
        return cls(word_lists("health"))

    def find(self, letter: Letter, names: Sequence[PersonalSpan]) -> Iterator[PersonalSpan]:
        """The illnesses of persons, in order; `names` are the names found in the letter. Illnesses that stand together are one."""
        view = _View(letter, letter.written.lower() if letter.is_marked else letter.plain, letter.is_marked)
        if len(view.text) != len(letter.plain):
            return
        ends = sorted(name.end for name in names)
        found: PersonalSpan | None = None
        for match in self._pattern[letter.is_marked].finditer(view.text):
            if found and _BETWEEN.fullmatch(letter.plain, found.end, match.start()):
                found = PersonalSpan(found.start, match.end(), found.type)
                continue
            if self._is_of_somebody(view, match, ends):
                yield from [found] if found else []
                found = PersonalSpan(*match.span(), PersonalDataType.HEALTH)
        yield from [found] if found else []

    def _is_of_somebody(self, view: _View, match: re.Match[str], name_ends: Sequence[int]) -> bool:
        plain_text, start, illness = view.letter.plain, match.start(), match["illness"]
        sentence = _sentence_start(plain_text, start)
        if self._is_other(view, match, sentence):
            return False
        follows = _FOLLOWING.match(plain_text, match.end())
        # "trợ cấp khuyết tật của con tôi"
        if follows and self._persons[view.is_marked].match(view.text, follows.end()):
            return True
        begin = max(sentence, start - _NEAR_AHEAD) if illness in self._general else sentence
        near = bisect_right(name_ends, start)
        if near > 0 and name_ends[near - 1] >= begin:
            return True
        persons = self._family if illness in self._acute else self._persons
        if illness in self._acute and self._strangers[view.is_marked].search(view.text, sentence, start):
            return False
        return persons[view.is_marked].search(view.text, begin, start) is not None

    def _is_other(self, view: _View, match: re.Match[str], sentence: int) -> bool:
        """Whether the illness is an animal's, feared or cured, or the word another."""
        start, illness = match.start(), match["illness"]
        plain_text = view.letter.plain
        word = _LAST_WORD.search(view.text, max(0, start - _WORD_AHEAD), start)
        if word and f"{word.group()}{illness}" in self._other_words:
            return True
        begin = max(sentence, start - _NOT_ILL_AHEAD)
        if self._not_ill[view.is_marked].search(view.text, begin, start) or self._animals[view.is_marked].search(view.text, begin, start):
            return True
        is_bare = illness in self._unsure and match.group() == illness
        if not is_bare or _FOLLOWING.match(plain_text, match.end()):
            return False
        return self._before_general.search(plain_text, sentence, start) is not None


# "bo", "ca" and "cho" without marks are other words more often.
_ANIMALS_UNMARKED = "heo|lon|vit|trau|tom|meo|gia suc|gia cam|dan bo|con bo|dan ga|con cho"
_NOT_ILL_UNMARKED = frozenset({"phong", "chong", "do", "nguy co", "khoa", "benh vien", "vien", "bv", "trung tam", "dich", "ko", "khong"})


def _words(words: Sequence[str]) -> dict[bool, re.Pattern[str]]:
    """A pattern for any of `words` with marks, and one without."""
    return {True: re.compile(rf"\b(?:{any_of(words)})\b"), False: re.compile(rf"\b(?:{any_of(plain(words))})\b")}


def _sentence_start(text: str, start: int) -> int:
    """Where the sentence of place `start` begins, but not far before it."""
    begin = max(0, start - _PERSON_AHEAD)
    ends = [found.end() for found in _SENTENCE_END.finditer(text, begin, start)]
    return ends[-1] if ends else begin


def _without_marks(lists: Mapping[str, Sequence[str]]) -> dict[str, Sequence[str]]:
    unmarked: dict[str, Sequence[str]] = {key: sorted(plain(words)) for key, words in lists.items()}
    # Without marks words of one syllable are other words more often: "mu", "dai", "phong".
    unmarked["illnesses"] = [
        word for word in unmarked["illnesses"] if (" " in word or word in _SURE_UNMARKED) and word not in _OTHER_UNMARKED
    ]
    unmarked["injuries"] = lists["injuries_unmarked"]
    return unmarked


def _pattern(lists: Mapping[str, Sequence[str]]) -> re.Pattern[str]:
    heads, tails = any_of(lists["illnesses"]), any_of(lists["after"])
    injury = rf"(?:{any_of(lists['injuries'])})(?: [\w%]+){{0,2}}? (?:{any_of(lists['parts'])})"
    head = rf"(?:{heads})(?!\w){_OTHER_MEANING}"
    return re.compile(rf"\b{_LED_BY}(?P<illness>{head}|{injury}(?!\w))(?: (?:{tails}|\d{{1,3}}%?)(?!\w))*")
