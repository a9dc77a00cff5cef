"""Where somebody lives: house, room, alley, street and hamlet that stand together; the commune after them is no personal data.

A stretch of a street, an alley that floods or a quarter without water is a place, nobody's address: hiding it would hide the matter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import dropwhile

from assistant.feedback.privacy.address_parts import AddressParts
from assistant.feedback.privacy.dwellings import Dwellings
from assistant.feedback.privacy.homes import Surroundings
from assistant.feedback.privacy.offices import Offices
from assistant.feedback.privacy.parts import ALLEYS, BUILDINGS, STREETS, Part
from assistant.feedback.privacy.residents import Residents
from assistant.feedback.privacy.text import Letter
from assistant.feedback.privacy.words import word_lists
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
_LETTERED_NUMBER = re.compile(r"\d[a-z]|[a-z]\d")
_NAMED_AFTER_PERSONS = STREETS | ALLEYS | {"so nha"}
# A row or a lot of land is a whole neighbourhood unless somebody lives there.
_BLOCKS = frozenset({"lo", "lo dat", "lo so", "day", "nen", "nen so", "lo lk", "lk", "lien ke"})


class AddressFinder:
    """Finds addresses by the words for their parts."""

    def __init__(
        self, parts: AddressParts, surroundings: Surroundings, residents: Residents, dwellings: Dwellings, offices: Offices
    ) -> None:
        self._parts = parts
        self._around = surroundings
        self._residents = residents
        self._dwellings = dwellings
        self._offices = offices

    @classmethod
    def load(cls) -> AddressFinder:
        """A finder with the words of this folder's data."""
        lists = word_lists("addresses")
        surroundings = Surroundings(lists)
        offices = Offices(lists, word_lists("names")["certain_families"])
        return cls(AddressParts(lists, surroundings), surroundings, Residents(lists), Dwellings(lists, surroundings), offices)

    def parts(self, letter: Letter, names: Sequence[PersonalSpan] = ()) -> list[Part]:
        """What may be parts of addresses, by where they begin, the longer first; `names` are those of persons."""
        parts = [*self._parts.read(letter, names), *self._dwellings.read(letter, names)]
        return sorted(parts, key=lambda part: (part.start, -part.end))

    def find(self, letter: Letter, parts: Sequence[Part], names: Sequence[PersonalSpan] = ()) -> Iterator[PersonalSpan]:
        """The addresses among `parts`, in order; one right after one of `names` is somebody's."""
        ends = frozenset(name.end for name in names)
        for run in _runs(letter, parts):
            told = self._told(letter, run, ends)
            if told:
                start, end = told[0].start, told[-1].end
                yield PersonalSpan(start, self._landmark_end(letter, start, end, ends), PersonalDataType.ADDRESS)

    def _told(self, letter: Letter, run: Sequence[Part], ends: frozenset[int]) -> Sequence[Part]:
        """What of a run of parts tells where somebody lives; empty if nothing does."""
        is_lived_in = self._is_lived_in(letter, run, ends)
        # What may be another word begins an address only where somebody lives.
        sure = run if is_lived_in else list(dropwhile(lambda part: part.is_doubtful, run))
        if not sure or self._offices.has(letter, sure[0].start, sure[-1].end):
            return []
        return sure if is_lived_in or self._tells(letter, sure, ends) else []

    def _is_lived_in(self, letter: Letter, run: Sequence[Part], ends: frozenset[int]) -> bool:
        start, end = run[0].start, run[-1].end
        hamlets = sum(self._residents.is_hamlet(part.kind) for part in run)
        # One hamlet needs its commune, of two one lies in the other.
        if not hamlets or (hamlets == 1 and not self._residents.has_commune(letter, end)):
            return False
        around = self._around
        is_named = around.is_after_name(letter, start, ends) or around.is_of_somebody(letter, start)
        # What may be another word needs more: "tôi giữ bản phô tô".
        is_named = is_named or (not run[0].is_doubtful and around.is_of_person(letter, start, ends))
        return self._residents.lives_in(letter, start, is_after_name=is_named)

    def _landmark_end(self, letter: Letter, start: int, end: int, ends: frozenset[int]) -> int:
        """The end of what a home is next to, "…, cạnh chợ Bến", after the parts from `start` to `end`; `end` if nothing is said."""
        near = _NEXT_TO.match(letter.plain, end)
        return near.end() if near and self._around.is_surely_home(letter, start, end, ends) else end

    def _is_room(self, letter: Letter, house: Part, ends: frozenset[int]) -> bool:
        """Whether a house number that stands alone is where somebody lives."""
        if house.kind == "nha" and _has_letter(letter, house):
            return self._around.is_surely_home(letter, house.start, house.end, ends)
        return house.kind in _ROOMS and self._around.is_home(letter, house.start, ends)

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
            return self._is_room(letter, houses[0], ends)
        is_fine = is_of_more or run[0].kind in ALLEYS or run[0].kind in _BLOCKS
        if not is_fine or all(part.kind in BUILDINGS for part in run):
            return False
        return is_surely_home or self._is_homely(letter, run, ends, is_of_more=is_of_more)

    def _is_homely(self, letter: Letter, run: Sequence[Part], ends: frozenset[int], *, is_of_more: bool) -> bool:
        """Whether two hamlets, or an alley, are somebody's home and no whole neighbourhood, by words further off."""
        if is_of_more and self._around.is_of_person(letter, run[0].start, ends):
            return True
        return run[0].kind in ALLEYS and self._around.is_fine_alley(letter, run[0].start, run[0].end, ends)


def _has_letter(letter: Letter, part: Part) -> bool:
    # "nhà 17B", "nhà B7"
    return _LETTERED_NUMBER.search(letter.plain, part.start, part.end) is not None


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
        run.append(part)
    if run:
        yield run


def not_streets(names: Iterable[PersonalSpan], parts: Sequence[Part]) -> list[PersonalSpan]:
    """The `names` that are none of streets: of "hẻm 115 Lê Văn Sỹ" the street is no person, whoever lives there."""
    streets = [part for part in parts if part.kind in _NAMED_AFTER_PERSONS]
    return [name for name in names if not any(part.start < name.start < part.end for part in streets)]
