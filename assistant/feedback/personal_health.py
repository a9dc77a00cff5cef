"""What a letter tells of the illness, injury or treatment of a person; general talk of diseases is no personal data."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence

from assistant.feedback.personal_text import Letter
from assistant.feedback.personal_words import any_of, plain, word_lists
from assistant.feedback.types import PersonalDataType, PersonalSpan

_LED_BY = r"(?:bị |bi |mắc bệnh |mắc |bệnh )?"
# "liệt sĩ", "mù chữ", "la liệt hàng", "thủng lốp"
_OTHER_MEANING = r"(?! (?:s[iĩỉỹỷ]|chữ|chu|hàng|hang|tai|lốp|cang)\b)"
_PERSON_AHEAD, _NEAR_AHEAD = 45, 18
_FOLLOWING = re.compile(r" (?:cua|cho) ")
_SURE_UNMARKED = frozenset({"hiv", "aids", "covid"})
_SENTENCE_END = re.compile(r"[.!?\n;]")


class HealthFinder:
    """Finds illnesses that are said of somebody."""

    def __init__(self, lists: Mapping[str, Sequence[str]]) -> None:
        """`lists` are those of data/personal-health.yaml."""
        self._unsure = frozenset(lists["unsure"]) | plain(lists["unsure"])
        self._before_general = re.compile(rf"\b(?:{any_of(lists['before_general'])})[ ]$")
        self._general = frozenset(lists["general"]) | plain(lists["general"])
        self._marked = _pattern(lists)
        unmarked = {key: sorted(plain(words)) for key, words in lists.items()}
        # Without marks words of one syllable are other words more often: "mu", "dai", "phong".
        unmarked["illnesses"] = [word for word in unmarked["illnesses"] if " " in word or word in _SURE_UNMARKED]
        self._unmarked = _pattern({**unmarked, "injuries": lists["injuries_unmarked"]})
        self._marked_persons = re.compile(rf"\b(?:{any_of(lists['persons'])})\b")
        self._unmarked_persons = re.compile(rf"\b(?:{any_of(plain(lists['persons']))})\b")

    @classmethod
    def load(cls) -> HealthFinder:
        """A finder with the words of this folder's data."""
        return cls(word_lists("health"))

    def find(self, letter: Letter, names: Sequence[PersonalSpan]) -> Iterator[PersonalSpan]:
        """The illnesses of persons, in order; `names` are the names found in the letter."""
        view, pattern = (letter.written.lower(), self._marked) if letter.is_marked else (letter.plain, self._unmarked)
        if len(view) != len(letter.plain):
            return
        ends = sorted(name.end for name in names)
        for match in pattern.finditer(view):
            if self._is_of_somebody(letter, view, match, ends):
                yield PersonalSpan(*match.span(), PersonalDataType.HEALTH)

    def _is_of_somebody(self, letter: Letter, view: str, match: re.Match[str], name_ends: Sequence[int]) -> bool:
        persons = self._marked_persons if letter.is_marked else self._unmarked_persons
        start = match.start()
        begin = max(0, start - _PERSON_AHEAD)
        ends = [found.end() for found in _SENTENCE_END.finditer(letter.plain, begin, start)]
        begin = ends[-1] if ends else begin
        if match["illness"] in self._unsure:
            is_bare = match.group() == match["illness"]
            if is_bare and not _FOLLOWING.match(letter.plain, match.end()) and self._before_general.search(letter.plain, begin, start):
                return False
        if match["illness"] in self._general:
            begin = max(begin, start - _NEAR_AHEAD)
        near = bisect_right(name_ends, start)
        is_named = near > 0 and name_ends[near - 1] >= begin
        # "trợ cấp khuyết tật của con tôi"
        follows = _FOLLOWING.match(letter.plain, match.end())
        if follows and persons.match(view, follows.end()):
            return True
        return is_named or persons.search(view, begin, start) is not None


def _pattern(lists: Mapping[str, Sequence[str]]) -> re.Pattern[str]:
    heads, tails = any_of(lists["illnesses"]), any_of(lists["after"])
    injury = rf"(?:{any_of(lists['injuries'])})(?: [\w%]+){{0,2}}? (?:{any_of(lists['parts'])})"
    head = rf"(?:{heads})(?!\w){_OTHER_MEANING}"
    return re.compile(rf"\b{_LED_BY}(?P<illness>{head}|{injury}(?!\w))(?: (?:{tails}|\d{{1,3}}%?)(?!\w))*")
