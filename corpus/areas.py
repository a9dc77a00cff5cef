"""Places that citizens name, as today's provinces and communes: "xa Tan Phu huyen Duc Hoa Long An", "P.14 Gò Vấp", "tp thu duc".

Since 1 July 2025 Vietnam has 34 provinces and 3,321 communes and no district (Resolution 202/2025/QH15), and since 2026 some of them
are called cities and wards (corpus/data/area-changes-2026.yaml); people go on naming what they grew up with. Where a unit was divided,
or where many have the name, all candidates are given: the caller asks back.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from corpus.area_data import Territory, read_territory
from corpus.area_loose import LooseFinder
from corpus.area_loose_words import EverydayNames
from corpus.area_mentions import Mention, MentionFinder, are_joined
from corpus.area_names import Gazetteer
from corpus.area_types import Area, Level, PlaceMatch, Unit
from corpus.area_words import Message, read_message

__all__ = ["Area", "Areas", "Level", "PlaceMatch"]

_FROM_THE_TOP = (Level.PROVINCE, Level.DISTRICT, Level.COMMUNE)


class Areas:
    """Today's provinces and communes, and the places that a text names."""

    def __init__(self, territory: Territory) -> None:
        self._territory = territory
        self._provinces = {unit.area.code: unit.area for unit in territory.provinces}
        self._communes = {area.code: area for area in territory.communes}
        names = Gazetteer(territory)
        everyday = EverydayNames.load()
        self._finder = MentionFinder(names, everyday)
        self._loose = LooseFinder(names, everyday)

    @classmethod
    def load(cls) -> Areas:
        """The units of the installed data; takes a fifth of a second, so keep it. Raises SourceUnreadable."""
        return cls(read_territory())

    def province(self, code: str) -> Area | None:
        """Today's province of this code."""
        return self._provinces.get(code)

    def commune(self, code: str) -> Area | None:
        """Today's commune of this code."""
        return self._communes.get(code)

    def former(self, level: Level, code: str) -> Area | None:
        """The unit of before 1 July 2025 with this code; goes through all of its level."""
        known = {
            Level.PROVINCE: lambda: self._territory.old_provinces,
            Level.DISTRICT: lambda: self._territory.old_districts,
            Level.COMMUNE: lambda: self._territory.old_communes,
        }
        return next((unit.area for unit in known[level]() if unit.area.code == code), None)

    def communes_of(self, province_code: str) -> tuple[Area, ...]:
        """Today's communes of a province by code, none for a code that is no province."""
        return tuple(area for area in self._communes.values() if area.parent == province_code)

    def find(self, text: str) -> list[PlaceMatch]:
        """The places that `text` names, in order; mentions that belong together are one match. Places are those of `text` as it came."""
        message = read_message(text)
        return _matches_of(message, self._finder.find(message))

    def find_loosely(self, text: str) -> list[PlaceMatch]:
        """What `find` gives and, besides, bare names that are likelier a place than anything else: "đoạn Yên Nghĩa", "muong tip".

        For suggestions to a person who knows better, never for an answer. A name that many units have gives all of them.
        """
        message = read_message(text)
        mentions = self._finder.find(message)
        sure = _matches_of(message, mentions)
        return _matches_of(message, self._loose.add(message, mentions, sure))


def _matches_of(message: Message, mentions: Iterable[Mention]) -> list[PlaceMatch]:
    return [match for run in _runs(message, mentions) for match in _matches(message, run)]


def _runs(message: Message, mentions: Iterable[Mention]) -> list[list[Mention]]:
    """Mentions that follow one another with nothing but a comma or "thuộc" between."""
    runs: list[list[Mention]] = []
    for mention in mentions:
        if runs and are_joined(message, runs[-1][-1].end, mention.first):
            runs[-1].append(mention)
        else:
            runs.append([mention])
    return runs


def _matches(message: Message, run: Sequence[Mention]) -> list[PlaceMatch]:
    found: list[PlaceMatch] = []
    after: list[Mention] = []
    for group, units in reversed(_groups(run)):
        # "phường Trúc Bạch, phường Quán Thánh, quận Ba Đình": the first lies in that district too, if it can.
        above = [mention for mention in after if all(_is_above(mention, member) for member in group)]
        units = _below(group, units, above)
        if units:
            found.append(_match(message, group, units))
        after = [*group, *above]
    return found[::-1]


def _below(group: Sequence[Mention], units: tuple[Unit, ...], above: Sequence[Mention]) -> tuple[Unit, ...]:
    """What a group is when a larger place follows; what does not lie in it stays only if it needs no parent to be sure."""
    is_weak = len(group) == 1 and group[0].is_weak
    if not above:
        return () if is_weak else units
    is_sure = not is_weak and (len(group) > 1 or len(units) == 1 or len(_today(units)) == 1)
    return _narrowed([*group, *above]) or (units if is_sure else ())


def _groups(run: Sequence[Mention]) -> list[tuple[Sequence[Mention], tuple[Unit, ...]]]:
    groups: list[tuple[Sequence[Mention], tuple[Unit, ...]]] = []
    index = 0
    while index < len(run):
        groups.append(_group(run[index : index + len(_FROM_THE_TOP)]))
        index += len(groups[-1][0])
    return groups


def _group(run: Sequence[Mention]) -> tuple[Sequence[Mention], tuple[Unit, ...]]:
    """The longest beginning of a run whose members lie in one another, with the candidates for the smallest of them."""
    distinct = _distinct(run)
    for size in range(len(distinct), 1, -1):
        units = _narrowed(run[:size])
        if units:
            return run[:size], units
    if [mention.level for mention in distinct] == [Level.COMMUNE, Level.DISTRICT, Level.PROVINCE]:
        # A mistaken district must not hide what commune and province say.
        units = _narrowed([distinct[0], distinct[2]])
        if units:
            return distinct, units
    return run[:1], _narrowed(run[:1])


def _distinct(run: Sequence[Mention]) -> list[Mention]:
    """The beginning of a run up to where a level comes back."""
    levels: list[Level] = []
    for mention in run:
        if mention.level in levels:
            break
        levels.append(mention.level)
    return list(run[: len(levels)])


def _narrowed(group: Sequence[Mention]) -> tuple[Unit, ...]:
    """Candidates for the smallest place of a group that lie in one of each larger place; none if nothing does."""
    parents: list[frozenset[str]] = []
    units: tuple[Unit, ...] = ()
    has_district = False
    for mention in sorted(group, key=lambda member: _FROM_THE_TOP.index(member.level)):
        units = _inside(mention, parents, prefers_old=has_district)
        parents.append(frozenset(unit.tag for unit in units))
        has_district = has_district or mention.level is Level.DISTRICT
    return units


def _inside(mention: Mention, parents: Sequence[frozenset[str]], *, prefers_old: bool) -> tuple[Unit, ...]:
    for tier in mention.tiers:
        units = tuple(unit for unit in tier if all(unit.within & tags for tags in parents))
        # Who names a district gives an address from before the reform.
        before = tuple(unit for unit in units if unit.tag.startswith("c")) if prefers_old else ()
        if units:
            return before or units
    return ()


def _is_above(larger: Mention, smaller: Mention) -> bool:
    return _FROM_THE_TOP.index(larger.level) < _FROM_THE_TOP.index(smaller.level)


def _match(message: Message, group: Sequence[Mention], units: tuple[Unit, ...]) -> PlaceMatch:
    start, end = message.words[group[0].first].start, message.words[group[-1].end - 1].end
    old = units[0].area if len(units) == 1 and units[0].is_gone else None
    return PlaceMatch(message.text[start:end], start, end, old, _today(units))


def _today(units: Iterable[Unit]) -> tuple[Area, ...]:
    """What the units are today, those that bear the name first, then by code."""
    known = tuple(units)
    namesakes = {unit.area.code: unit.area for unit in known if unit.tag.startswith(("C", "P"))}
    others = {area.code: area for unit in known for area in unit.today if area.code not in namesakes}
    return tuple(areas[code] for areas in (namesakes, others) for code in sorted(areas))
