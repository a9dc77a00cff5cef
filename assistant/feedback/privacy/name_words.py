"""What a word can be in the name of a person: family name, given name, or a word that comes before or after one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.feedback.privacy.text import Letter
from assistant.feedback.privacy.words import plain, spelled, word_lists

_ROLE_LONGEST = 4
_ANNOUNCEMENT_LONGEST = 4
# "duong" without marks is a street more often than an aunt's husband, "cau" a bridge, "ban" a hamlet, "bon" four.
_NO_TITLES_UNMARKED = frozenset({"duong", "cau", "ban", "bon"})
# "hẻm 218 Hồ Văn Huê", "ở 41 Lê Thánh Tôn", "36/4 Nguyễn Trung Trực".
_HOUSE_NUMBER = re.compile(
    r"(?:\b(?:ngo|ngach|hem|kiet|so|so nha|nha|o|tai|sn|to|duong|tuyen|truoc|cay atm|quan) \d{1,4}[a-z]{0,2}(?:/\d{1,4}[a-z]?)*"
    r"|\b\d{1,4}[a-z]?(?:/\d{1,4}[a-z]?)+)"
    r"(?: (?:duong|pho))? $"
)
_NUMBER_AHEAD = 26
_THI_VAN = frozenset({"thị", "văn"})


@dataclass(frozen=True, slots=True)
class Spelling:
    """The lists in one spelling: with marks, or without for letters typed so."""

    families: frozenset[str]
    certain_families: frozenset[str]
    minority_families: frozenset[str]
    minority_middles: frozenset[str]
    gender_middles: frozenset[str]
    given: frozenset[str]
    everyday: frozenset[str]
    birth_orders: frozenset[str]
    titles: frozenset[str]
    weak_titles: frozenset[str]
    not_persons: frozenset[str]
    places_before: frozenset[str]
    not_names: frozenset[str]
    compounds: frozenset[str]
    roles: frozenset[str]
    stops: frozenset[str]
    soft_bodies: frozenset[str]
    place_prepositions: frozenset[str]
    bodies: frozenset[str]
    after_given: frozenset[str]
    counted: frozenset[str]
    sure_orders: frozenset[str]
    after_titles: frozenset[str]
    several: frozenset[str]
    before_anh: frozenset[str]
    subjects: frozenset[str]
    teachers: frozenset[str]
    unmarked_given: frozenset[str]
    everyday_pairs: frozenset[str]
    is_marked: bool

    def share(self, form: str) -> float:
        """How surely a syllable is one of a name: 0 unknown, less than 1 an everyday word too."""
        if form not in self.given:
            # A name typed without marks in a letter that has them: "tên nguyen van hung".
            return 1.0 if "'" in form else 0.3 * (form in self.unmarked_given)
        if form in self.stops:
            return 0.35
        # Without marks nearly every syllable is an everyday word too, so that says less.
        return (0.5 if self.is_marked else 0.7) if form in self.everyday else 1.0

    def leads_to_place(self, before: str, pair: str) -> bool:
        """Whether what follows this word, or these two, is a street, a place or a body."""
        return before in self.not_persons or pair in self.not_persons or before in self.places_before or pair in self.places_before


@dataclass(frozen=True, slots=True)
class NameWords:
    """The lists by which names are known; announcements are without marks."""

    marked: Spelling
    unmarked: Spelling
    announcements: frozenset[str]
    announcing: frozenset[str]

    @classmethod
    def load(cls) -> NameWords:
        """The lists of this folder's data."""
        lists = word_lists("names")
        announcements = plain(lists["announcements"])
        last_words = frozenset(phrase.rsplit(" ", 1)[-1] for phrase in announcements)
        return cls(marked=_marked(lists), unmarked=_unmarked(lists), announcements=announcements, announcing=last_words)

    def spelling(self, letter: Letter) -> Spelling:
        """The lists as this letter is spelled."""
        return self.marked if letter.is_marked else self.unmarked

    def is_stop(self, letter: Letter, index: int) -> bool:
        """Whether a word is an everyday one and no part of a name: in lower case most everyday words are none."""
        return letter.forms[index] in self.spelling(letter).stops

    def role_ends(self, letter: Letter, first: int) -> bool:
        """Whether the name of an office stands right before word `first`, or before a body between: "chủ nhiệm HTX", "cán bộ dự án"."""
        if not first:
            return False
        spelling = self.spelling(letter)
        if _ends_with(letter, first, spelling.roles):
            return True
        if letter.forms[first - 1] not in _last_words(spelling.soft_bodies):
            return False
        last, pair = forms_before(letter, first)
        if last in spelling.soft_bodies or pair in spelling.soft_bodies:
            first -= 2 if pair in spelling.soft_bodies else 1
            return _ends_with(letter, first, spelling.roles)
        return False

    def role_before(self, letter: Letter, first: int, reach: int) -> bool:
        """Whether the name of an office ends at most `reach` words before word `first`, nothing but blanks between."""
        end = first
        while end > max(0, first - reach) and letter.runs_on(end - 1):
            if self.role_ends(letter, end):
                return True
            end -= 1
        return False

    def announced(self, letter: Letter, first: int) -> bool:
        """Whether words right before word `first` say that a name follows: "tên tôi là", "người gửi:"."""
        if first == 0 or letter.words[first - 1].plain not in self.announcing:
            return False
        if not letter.joins[first - 1] and letter.gap(first - 1).strip() not in (":", "-"):
            return False
        start, phrase = first - 1, letter.words[first - 1].plain
        while phrase not in self.announcements:
            start -= 1
            if start < max(0, first - _ANNOUNCEMENT_LONGEST) or not letter.joins[start]:
                return False
            phrase = f"{letter.words[start].plain} {phrase}"
        return True


_TOLD_APART = frozenset({"gender_middles", "is_marked", "unmarked_given", "everyday_pairs"})


def _marked(lists: Mapping[str, Sequence[str]]) -> Spelling:
    words = {name: spelled(lists[name]) for name in Spelling.__dataclass_fields__ if name not in _TOLD_APART}
    unmarked_given = plain(lists["given"]) - words["given"] - plain(lists["stops"])
    # "thi" and "van" are no words of a letter with marks, "thì" and "vẫn" are.
    return Spelling(
        gender_middles=_THI_VAN | plain(_THI_VAN), unmarked_given=unmarked_given, everyday_pairs=frozenset(), is_marked=True, **words
    )


def _unmarked(lists: Mapping[str, Sequence[str]]) -> Spelling:
    words = {name: plain(lists[name]) for name in Spelling.__dataclass_fields__ if name not in _TOLD_APART}
    words["stops"] -= plain(_THI_VAN) | plain(lists["names_unmarked"])
    # "chau" may be Châu and cháu: a title does not keep a name away.
    words["titles"] -= _NO_TITLES_UNMARKED
    words["not_persons"] -= words["titles"]
    words["certain_families"] = plain(lists["certain_unmarked"])
    words["weak_titles"] = plain(lists["weak_unmarked"])
    words["everyday"] |= words["given"] & words["stops"]
    pairs = frozenset(lists["everyday_pairs"])
    return Spelling(gender_middles=plain(_THI_VAN), unmarked_given=frozenset(), everyday_pairs=pairs, is_marked=False, **words)


def follows_house_number(letter: Letter, first: int) -> bool:
    """Whether the number of a house or alley stands right before word `first`: the street is no person."""
    start = letter.words[first].start
    return _HOUSE_NUMBER.search(letter.plain, max(0, start - _NUMBER_AHEAD), start) is not None


def phrases_before(letter: Letter, first: int, longest: int) -> Iterator[str]:
    """The one, two and up to `longest` words right before word `first`, as this letter spells them."""
    start = first - 1
    while start >= max(0, first - longest) and letter.joins[start]:
        yield " ".join(letter.forms[start:first])
        start -= 1


@lru_cache(maxsize=64)
def _last_words(phrases: frozenset[str]) -> frozenset[str]:
    return frozenset(phrase.rsplit(" ", 1)[-1] for phrase in phrases)


def _ends_with(letter: Letter, first: int, phrases: frozenset[str]) -> bool:
    # Few words end a phrase at all.
    if not first or letter.forms[first - 1] not in _last_words(phrases):
        return False
    return any(phrase in phrases for phrase in phrases_before(letter, first, _ROLE_LONGEST))


def forms_before(letter: Letter, first: int) -> tuple[str, str]:
    """The word and the two words right before word `first`, as this letter spells them; "" where there are none."""
    if not first or not letter.joins[first - 1]:
        return "", ""
    last = letter.forms[first - 1]
    if first == 1 or not letter.joins[first - 2]:
        return last, ""
    return last, f"{letter.forms[first - 2]} {last}"
