"""Where somebody lives: house, room, alley, street and hamlet that stand together; the commune after them is no personal data.

A stretch of a street, an alley that floods or a quarter without water is a place, nobody's address: hiding it would hide the matter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.feedback.personal_address_parts import ALLEYS, BUILDINGS, STREETS, AddressParts, Part
from assistant.feedback.personal_homes import Surroundings
from assistant.feedback.personal_text import Letter
from assistant.feedback.personal_words import word_lists
from assistant.feedback.types import PersonalDataType, PersonalSpan

_GAP = re.compile(r"[ ]?[,\-–(]?[ ]?(?:o |thuoc |tai |tren |trong |cua |[a-z]{1,2}\d{1,3} )?")
_NEXT_TO = re.compile(r",? (?:canh|doi dien|ke ben|ke|sat|sau lung|cuoi|dau) \w+(?: \w+){0,3}(?= ?[,.;)\n]| ?$)")
# Kinds that with their number and a word for a home before them are an address alone.
_ROOMS = frozenset(
    {
        "so",
        "so nha",
        "nha so",
        "can",
        "can ho",
        "can so",
        "phong",
        "phong so",
        "phong tro",
        "phong tro so",
        "p",
        "kiot",
        "kios",
        "sap",
        "lk",
    }
)
_SURE_HOUSES = frozenset({"nha so", "so nha", "can ho so", "phong tro so", "nha tro so", "sn", "s/n"})
# A row or a lot of land is a whole neighbourhood unless somebody lives there.
_BLOCKS = frozenset({"lo", "lo dat", "lo so", "day", "nen", "nen so", "lo lk", "lk", "lien ke"})


class AddressFinder:
    """Finds addresses by the words for their parts."""

    def __init__(self, parts: AddressParts, surroundings: Surroundings) -> None:
        self._parts = parts
        self._around = surroundings

    @classmethod
    def load(cls) -> AddressFinder:
        """A finder with the words of this folder's data."""
        lists = word_lists("addresses")
        surroundings = Surroundings(lists)
        return cls(AddressParts(lists, surroundings), surroundings)

    def find(self, letter: Letter, names: Sequence[PersonalSpan] = ()) -> Iterator[PersonalSpan]:
        """The addresses, in order; one right after one of `names` is somebody's."""
        ends = frozenset(name.end for name in names)
        for run in _runs(letter, self._parts.read(letter, ends)):
            start, end = run[0].start, run[-1].end
            if self._tells(letter, run, ends) and not self._around.is_office(letter, start):
                yield PersonalSpan(start, self._landmark_end(letter, start, end, ends), PersonalDataType.ADDRESS)

    def _landmark_end(self, letter: Letter, start: int, end: int, ends: frozenset[int]) -> int:
        """The end of what a home is next to, "…, cạnh chợ Bến", after the parts from `start` to `end`; `end` if nothing is said."""
        near = _NEXT_TO.match(letter.plain, end)
        return near.end() if near and self._around.is_surely_home(letter, start, end, ends) else end

    def _tells(self, letter: Letter, run: Sequence[Part], ends: frozenset[int]) -> bool:
        """Whether parts that stand together tell where somebody lives."""
        start, end = run[0].start, run[-1].end
        if not any(part.has_number for part in run) or (len(run) > 1 and all(part.kind == "so" for part in run)):
            return False
        # "căn 2 bản photo": what may be another word does not make an address.
        is_of_more = sum(not part.is_doubtful or part.kind in STREETS for part in run) > 1
        houses = [part for part in run if part.is_house and not _is_block(letter, part)]
        is_surely_home = self._around.is_surely_home(letter, start, end, ends)
        if houses and not is_surely_home and self._around.is_spot(letter, start, end):
            return False
        if houses and (is_of_more or houses[0].kind in _SURE_HOUSES):
            return True
        if houses:
            return houses[0].kind in _ROOMS and self._around.is_home(letter, start, ends)
        # Two hamlets, or an alley, say where a whole neighbourhood is unless somebody lives there.
        is_fine = is_of_more or run[0].kind in ALLEYS or run[0].kind in _BLOCKS
        is_homely = is_surely_home or (run[0].kind in ALLEYS and self._around.is_fine_alley(letter, start, run[0].end, ends))
        return is_homely and is_fine and not all(part.kind in BUILDINGS for part in run)


def _is_block(letter: Letter, part: Part) -> bool:
    # "lô B2-17" and "lô 24" are one plot, "lô C3" is a row of them.
    written = letter.plain[part.start : part.end]
    return part.kind in _BLOCKS and not set("-/") & set(written) and (part.kind == "day" or not written.split()[-1].isdecimal())


def _runs(letter: Letter, parts: Sequence[Part]) -> Iterator[list[Part]]:
    """Parts with next to nothing between."""
    run: list[Part] = []
    for part in parts:
        if run and part.start < run[-1].end:
            continue
        if run and not _GAP.fullmatch(letter.plain, run[-1].end, part.start):
            yield run
            run = []
        if run or not part.is_doubtful:
            run.append(part)
    if run:
        yield run
