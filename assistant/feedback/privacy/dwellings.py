"""Dwellings that have no number: "nhà trọ cô Bảy", "phòng trong cùng", "sát đình làng"; they are parts of an address, none alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from assistant.feedback.privacy.homes import Surroundings
from assistant.feedback.privacy.parts import Part
from assistant.feedback.privacy.text import Letter
from assistant.feedback.privacy.words import any_of, plain, spelled
from assistant.feedback.types import PersonalSpan
from corpus.text import modern_tones

_AHEAD = 40
# What a landmark is followed by: "đối diện chợ Bến, số 7", "sát đình làng, xóm Nam".
_THEN = (
    r"(?=,? (?:nha )?so (?:nha )?\d|,? (?:to|ap|thon|xom|khom|kp|khu pho|hem|ngo|kiet) (?:so )?\d"
    r"|, (?:ap|thon|xom|khom|ban|buon|lang) \w)"
)
_TITLE = r"(?:cua )?(?:ba|ong|co|chu|anh|chi|bac|di|me|mu|o|cau|mo|thim|ba chu|chu nha)?"


class Dwellings:
    """Finds dwellings by their landlord, by where they stand in their row, or by what is near."""

    def __init__(self, lists: Mapping[str, Sequence[str]], surroundings: Surroundings) -> None:
        """`lists` are those of data/personal-addresses.yaml."""
        rented = any_of(lists["rented"])
        self._landlord = re.compile(rf"(?:\b(?:{rented})|(?<=\btro )nha|(?<=\bthue )nha)(?: {_TITLE})? $")
        self._corner = re.compile(rf"\b(?:{any_of(lists['dwellings'])}) (?:{any_of(lists['corners'])})(?!\w)")
        near = any_of(plain(lists["landmarks"]))
        self._landmark = re.compile(rf"\b(?P<kind>{near})(?: \w+){{1,5}}?(?<! duong)(?<! pho)(?<! khu){_THEN}")
        self._landmarks = spelled(lists["landmarks"])
        self._around = surroundings

    def read(self, letter: Letter, names: Sequence[PersonalSpan]) -> Iterator[Part]:
        """The dwellings; the landlord's name, one of `names`, belongs to it."""
        for name in names:
            match = self._landlord.search(letter.plain, max(0, name.start - _AHEAD), name.start)
            if match:
                yield Part(match.start(), name.end, "nha tro", is_house=False, has_number=False)
        for match in self._corner.finditer(letter.plain):
            yield Part(*match.span(), "goc", is_house=False, has_number=False)
        ends = frozenset(name.end for name in names)
        for match in self._landmark.finditer(letter.plain):
            if self._is_landmark(letter, match) and self._around.is_home(letter, match.start(), ends):
                yield Part(*match.span(), "landmark", is_house=False, has_number=False)

    def _is_landmark(self, letter: Letter, match: re.Match[str]) -> bool:
        # "ông Sáu Cảnh, số 7" is no "sau cảnh".
        return not letter.is_marked or modern_tones(letter.written[slice(*match.span("kind"))].lower()) in self._landmarks
