"""The words and numbers with which parts of addresses are written: "ngõ 12/3", "phog 405", "số mười hai", "kiêt 15"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Self

from assistant.feedback.privacy.text import Letter
from assistant.feedback.privacy.words import any_of, plain, slips, spelled, word_lists
from corpus.text import modern_tones

_FIGURE_WORD = (
    r"(?:mot|hai|ba|bon|tu|nam|lam|nham|sau|bay|tam|chin|muoi|tram|linh|le|xet|xec|xuyet|xuyec|suyet|suyec|sec|set|xoet|tren|gach)"
)
# "không" is a figure where another follows.
_NUMBER_WORD = rf"(?:{_FIGURE_WORD}|khong(?= {_FIGURE_WORD}(?!\w)))"
# "căn bê một hai", "ka một chín sáu xẹt mười hai"
_SPOKEN_LETTER = r"(?:a|be|xe|de|e|ep|ge|hat|i|ka|ca|pe|te|ve|ich|em mo|en no)"
# "sáu mươi hai bê hẻm ba trăm"
_LETTER_BEHIND = r"(?: (?:a|be|xe|de|bis|ter)(?= (?:hem|ngo|ngach|kiet|duong|pho|to|ap|khu)(?!\w)| ?[,.]| ?$))?"
# "số nhà hai năm nay chưa có", "nhà một người": what is counted is no number of a house.
_COUNTED = (
    r"(?! (?:nam|nay|lan|nguoi|tang|ho|thang|ngay|tuan|can|con|dua|chau|trieu|nghin|ngan|me|vo|phia|chuc|tac|met|cai|phan|phong|bua|dem)"
    r"(?!\w))"
)
# "phòng 20 người nằm 50", "sạp bốn mươi phần trăm"
_COUNTED_FIGURES = r"(?! (?:nguoi|thang|phan tram|met|tang|trieu|nghin|ngay|tuan|gio|hoc sinh)(?!\w))"
_NUMBER = (
    r"(?:(?:\d{1,4}(?:[a-z]{1,2}\d{0,2})?(?:[/\-.][a-z]{0,2}\d{1,4}[a-z]{0,2}){0,5}(?: ?(?:bis|ter))?(?![\d/]|\.\d)"
    r"|[a-z]{1,3}-?\d{1,4}[a-z]{0,2}(?:[.\-/][a-z]{0,2}\d{1,4}[a-z]?){0,3}|[a-z]\.\d{3,4})(?!\w)"
    rf"{_COUNTED_FIGURES}|(?:{_SPOKEN_LETTER} ){{0,2}}{_NUMBER_WORD}(?: {_NUMBER_WORD}){{0,7}}{_LETTER_BEHIND}(?!\w){_COUNTED})"
)
# "ở" without its mark is no letter of a row.
_LETTER_OR_NUMBER = rf"(?:{_NUMBER}|[a-np-z](?!\w)|[ivx]{{1,4}}(?!\w))"
# "ki-ốt" is written with a dash, a blank or neither.
_PARTED = r"(?:[ .:]{1,2}|(?=\d))"


class PartWords:
    """Reads the words for parts and the numbers after them."""

    def __init__(self, lists: Mapping[str, Sequence[str]]) -> None:
        """`lists` are those of data/personal-addresses.yaml.

        `house` and `place` have the groups "kind" and "value"; a place may have no value."""
        mistyped = spelled(lists["misspelled"])
        self._kinds = {True: spelled(lists["houses"]) | mistyped, False: spelled(lists["places"]) | mistyped}
        self._loose, self._not_loose = plain(lists["loose"]), spelled(lists["not_loose"])
        houses, places = plain(lists["houses"]), plain(lists["places"])
        self._slips = slips(houses | places)
        house_words = any_of({*houses, *slips(houses)}).replace("\\ ", "[ -]")
        place_words = any_of({*places, *slips(places)})
        self.house = re.compile(rf"\b(?P<kind>{house_words}){_PARTED}(?P<value>{_LETTER_OR_NUMBER})")
        self.place = re.compile(rf"\b(?P<kind>{place_words}){_PARTED}(?:so )?(?P<value>{_LETTER_OR_NUMBER})?")

    @classmethod
    def load(cls) -> Self:
        """With the words of this folder's data."""
        return cls(word_lists("addresses"))

    def kind(self, match: re.Match[str]) -> str:
        """The kind of a part, as it is rightly written."""
        return self._slips.get(match["kind"], match["kind"])

    def is_kind(self, letter: Letter, match: re.Match[str]) -> bool:
        """Whether the written word is the one meant and no other that loses the difference without its marks: "chợ", not "cho"."""
        kind, written = match["kind"], modern_tones(letter.written[slice(*match.span("kind"))].lower().replace("-", " "))
        if not letter.is_marked or kind in self._slips or written in self._kinds[match.re is self.house]:
            return True
        # Wrong marks: "kiêt 15", "đưòng số 3", "khu phô 2".
        return written not in self._not_loose and (kind in self._loose or " " in kind)
