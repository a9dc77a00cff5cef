"""Administrative units of Vietnam before and since 1 July 2025, read from the data files of the package vietnamadminunits.

What changed later is laid over them from the project's own table (corpus/area_changes.py).

Only files are read: the package itself is never imported, since its code needs pandas and asks a map service. Version 1.0.4 (MIT)
has the 34 provinces and 3,321 communes of Resolution 202/2025/QH15 and those of the Standing Committee that follow from it,
and the 63 provinces, 696 districts and 10,035 communes before.
"""

from __future__ import annotations

import importlib.util
import json
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple, TypeVar

from corpus.area_changes import AreaChange, read_area_changes
from corpus.area_types import Area, Level, Unit, split_kind
from corpus.area_words import keys_of, spelled_name
from corpus.errors import SourceUnreadable
from corpus.types import Validity

PACKAGE = "vietnamadminunits"
REFORM = date(2025, 7, 1)
_Row = TypeVar("_Row")
_ALWAYS, _SINCE, _UNTIL = Validity(), Validity(since=REFORM), Validity(until=REFORM)
# Commune columns are empty for the five island districts that had no commune.
_OLD_ROWS = """SELECT provinceCode, province, districtCode, district, ifnull(wardCode, ''), ifnull(ward, ''),
    provinceKey || '_' || districtKey || '_' || ifnull(wardKey, ''), ifnull(districtAlias, ''), ifnull(wardAlias, '')
    FROM admin_units_legacy"""
_TODAY_ROWS = "SELECT provinceCode, province, provinceKey, wardCode, ward, wardKey FROM admin_units"


class _Old(NamedTuple):
    """A row of the former communes; `path` is its name in the table of changes. A tuple, since there are ten thousand."""

    province_code: str
    province: str
    district_code: str
    district: str
    code: str
    name: str
    path: str
    district_aliases: str
    aliases: str


class _Today(NamedTuple):
    """A row of today's communes."""

    province_code: str
    province: str
    province_key: str
    code: str
    name: str
    key: str


@dataclass(frozen=True, slots=True)
class _Tables:
    old: list[_Old]
    today: list[_Today]
    became: dict[str, list[tuple[str, str]]]
    changed: dict[tuple[Level, str], AreaChange]


def read_territory() -> Territory:
    """All units as the installed package has them. Raises SourceUnreadable where it is absent or of another shape."""
    folder = data_folder()
    try:
        tables = _read(folder)
    except (OSError, sqlite3.Error, ValueError, KeyError, TypeError) as error:
        raise SourceUnreadable(PACKAGE, f"unexpected data: {error}") from error
    return Territory(tables)


def data_folder() -> Path:
    """Where the package's data files lie. Raises `SourceUnreadable`."""
    found = importlib.util.find_spec(PACKAGE)
    if found is None or not found.submodule_search_locations:
        raise SourceUnreadable(PACKAGE, "package not installed")
    return Path(found.submodule_search_locations[0]) / "data"


def _read(folder: Path) -> _Tables:
    address = f"{(folder / 'dataset.db').as_uri()}?mode=ro&immutable=1"
    with closing(sqlite3.connect(address, uri=True)) as base:
        old = [_Old._make(row) for row in base.execute(_OLD_ROWS)]
        today = [_Today._make(row) for row in base.execute(_TODAY_ROWS)]
    changes = json.loads((folder / "converter_2025.json").read_text(encoding="utf-8"))
    became: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for province, communes in changes["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for commune, sources in communes.items():
            for source in sources:
                became[source].append((province, commune))
    for province, divided in changes["DICT_PROVINCE_WARD_DIVIDED"].items():
        for source, parts in divided.items():
            became[source].extend((province, part["newWardKey"]) for part in parts)
    changed = {(change.level, change.code): change for change in read_area_changes()}
    return _Tables(old, [_renamed(row, changed) for row in today], became, changed)


def _renamed(row: _Today, changed: dict[tuple[Level, str], AreaChange]) -> _Today:
    """The row with the names of today. Its keys stay: by them the table of changes of 2025 finds it."""
    province, commune = changed.get((Level.PROVINCE, row.province_code)), changed.get((Level.COMMUNE, row.code))
    return row._replace(province=province.new if province else row.province, name=commune.new if commune else row.name)


class Territory:
    """All units: today's provinces and communes, those before, and districts and communes by the key of their bare name.

    `keys` has the keys of all names of districts and communes, earlier merged ones with and without their kind.
    """

    def __init__(self, tables: _Tables) -> None:
        self._tables = tables
        rows = {(row.province_key, row.key): row for row in tables.today}
        self._parts = {row.path: [rows[target] for target in tables.became[row.path]] for row in tables.old}
        self._sources: dict[str, list[_Old]] = defaultdict(list)
        self._old_names: dict[str, set[str]] = defaultdict(set)
        for row in tables.old:
            for part in self._parts[row.path]:
                self._sources[part.code].append(row)
                self._old_names[part.province_code].add(row.province)
        self._provinces = {code: self._province(row) for code, row in {row.province_code: row for row in tables.today}.items()}
        self._communes = {row.code: self._commune(row) for row in tables.today}
        self._districts = _grouped(tables.old)
        self._named = _by_key(self._communes.values(), lambda area: area.name)
        self._named_districts = _by_key(self._districts.values(), lambda rows: rows[0].district)
        self._old_named = _by_key((row for row in tables.old if row.name), lambda row: row.name)
        self._merged = _by_alias(tables.old, lambda row: row.aliases)
        self._merged_districts = _by_alias(self._districts.values(), lambda rows: rows[0].district_aliases)
        self._earlier = _by_key((one for one in tables.changed.values() if one.level is Level.COMMUNE), lambda change: change.old)
        self._made: dict[str, Unit] = {}
        self.keys = frozenset(key for named in self._indexes() for key in named)

    def _indexes(self) -> tuple[Collection[str], ...]:
        return self._named, self._named_districts, self._old_named, self._merged, self._merged_districts

    @property
    def provinces(self) -> tuple[Unit, ...]:
        """Today's provinces, by code."""
        return tuple(_unit(area, "P" + area.code, frozenset(), (area,)) for area in _by_code(self._provinces.values()))

    @property
    def communes(self) -> tuple[Area, ...]:
        """Today's communes, by code."""
        return _by_code(self._communes.values())

    @property
    def old_provinces(self) -> tuple[Unit, ...]:
        """The provinces before the reform, by code."""
        rows = {row.province_code: row for row in self._tables.old}
        return tuple(self._old_province(code, rows[code]) for code in sorted(rows))

    @property
    def old_districts(self) -> tuple[Unit, ...]:
        """The districts before the reform; made when asked for, since a start must not wait for them."""
        return tuple(self._old_district(rows) for rows in self._districts.values())

    @property
    def old_communes(self) -> tuple[Unit, ...]:
        """The communes before the reform; made when asked for, like districts."""
        return tuple(self._old_commune(row) for row in self._tables.old if row.name)

    def communes_named(self, key: str) -> list[Unit]:
        """Today's communes whose bare name has this key."""
        return [self._once("C" + area.code, self._today_unit, area) for area in self._named.get(key, ())]

    def districts_named(self, key: str) -> list[Unit]:
        """The former districts whose bare name has this key."""
        return [self._district(rows) for rows in self._named_districts.get(key, ())]

    def merged_districts_named(self, key: str) -> list[Unit]:
        """The former districts into which one of this name was merged earlier; the key begins with that of the kind ("quan9")."""
        return [self._district(rows) for rows in self._merged_districts.get(key, ())]

    def old_communes_named(self, key: str) -> list[Unit]:
        """The communes before the reform whose bare name has this key."""
        return [self._once(row.path, self._old_commune, row) for row in self._old_named.get(key, ())]

    def renamed_communes_named(self, key: str) -> list[Unit]:
        """What communes of today were called from the reform until they changed, where that bare name has this key."""
        return [self._once("e" + change.code, self._earlier_commune, change) for change in self._earlier.get(key, ())]

    def merged_communes_named(self, key: str) -> list[Unit]:
        """The communes into which one of this name was merged before the reform; the key begins with that of the kind."""
        return [self._once(row.path, self._old_commune, row) for row in self._merged.get(key, ())]

    def _district(self, rows: list[_Old]) -> Unit:
        return self._once("d" + rows[0].district_code, self._old_district, rows)

    def _once(self, name: str, make: Callable[[_Row], Unit], row: _Row) -> Unit:
        # Making the sixty wards 5 anew for each mention of one takes seconds on a long text.
        return self._made.get(name) or self._made.setdefault(name, make(row))

    def _province(self, row: _Today) -> Area:
        lasting = self._old_names[row.province_code] == {row.province}
        since = self._since(Level.PROVINCE, row.province_code, lasting=lasting)
        return Area(row.province_code, row.province, row.province, Level.PROVINCE, None, since)

    def _commune(self, row: _Today) -> Area:
        sources = self._sources[row.code]
        lasting = len(sources) == 1 and sources[0].name == row.name and len(self._parts[sources[0].path]) == 1
        since = self._since(Level.COMMUNE, row.code, lasting=lasting)
        return Area(row.code, row.name, f"{row.name}, {row.province}", Level.COMMUNE, row.province_code, since)

    def _since(self, level: Level, code: str, *, lasting: bool) -> Validity:
        change = self._tables.changed.get((level, code))
        if change:
            return Validity(since=change.since)
        return _ALWAYS if lasting else _SINCE

    def _today_unit(self, area: Area) -> Unit:
        return _unit(area, "C" + area.code, self._around(area), (area,))

    def _earlier_commune(self, change: AreaChange) -> Unit:
        today = self._communes[change.code]
        area = Area(change.code, change.old, change.full, Level.COMMUNE, today.parent, Validity(REFORM, change.since))
        return _unit(area, "e" + change.code, self._around(today), (today,))

    def _around(self, area: Area) -> frozenset[str]:
        sources = self._sources[area.code]
        before = {f"p{row.province_code}" for row in sources} | {f"d{row.district_code}" for row in sources}
        return frozenset({f"P{area.parent}"} | before)

    def _old_province(self, code: str, row: _Old) -> Unit:
        today = self._province_today(row)
        change = self._tables.changed.get((Level.PROVINCE, today.code))
        until = Validity(until=change.since) if change and change.old == row.province else _until(lasting=row.province == today.name)
        area = Area(code, row.province, row.province, Level.PROVINCE, today.code, until)
        return _unit(area, "p" + code, frozenset({"P" + today.code}), (today,))

    def _old_district(self, rows: list[_Old]) -> Unit:
        first = rows[0]
        code = first.district_code
        parts = {part.code: self._communes[part.code] for row in rows for part in self._parts[row.path]}
        province = self._province_today(first).code
        area = Area(code, first.district, f"{first.district}, {first.province}", Level.DISTRICT, province, _UNTIL)
        within = frozenset({"P" + province, "p" + first.province_code})
        return _unit(area, "d" + code, within, _by_code(parts.values()))

    def _old_commune(self, row: _Old) -> Unit:
        parts = _by_code(self._communes[part.code] for part in self._parts[row.path])
        province = self._province_today(row).code
        lasting = len(parts) == 1 and parts[0].name == row.name and parts[0].validity.since is None
        full = f"{row.name}, {row.district}, {row.province}"
        area = Area(row.code, row.name, full, Level.COMMUNE, province, _until(lasting=lasting))
        within = frozenset({"P" + province, "p" + row.province_code, "d" + row.district_code})
        return _unit(area, "c" + row.code, within, parts)

    def _province_today(self, row: _Old) -> Area:
        return self._provinces[self._parts[row.path][0].province_code]


def _unit(area: Area, tag: str, within: frozenset[str], today: tuple[Area, ...]) -> Unit:
    kind, bare = split_kind(area.name)
    return Unit(area, kind, bare, spelled_name(bare), tag, within, today)


def _by_key(rows: Iterable[_Row], name: Callable[[_Row], str]) -> dict[str, list[_Row]]:
    known = list(rows)
    named: dict[str, list[_Row]] = defaultdict(list)
    for key, row in zip(keys_of([name(row) for row in known]), known, strict=True):
        named[key].append(row)
    return named


def _by_alias(rows: Iterable[_Row], aliases: Callable[[_Row], str]) -> dict[str, list[_Row]]:
    named: dict[str, list[_Row]] = defaultdict(list)
    for row in rows:
        written = aliases(row)
        for alias in json.loads(written) if written else ():
            named[alias.replace("y", "i")].append(row)
    return named


def _grouped(rows: Iterable[_Old]) -> dict[str, list[_Old]]:
    groups: dict[str, list[_Old]] = defaultdict(list)
    for row in rows:
        groups[row.district_code].append(row)
    return groups


def _by_code(areas: Iterable[Area]) -> tuple[Area, ...]:
    return tuple(sorted(areas, key=lambda area: area.code))


def _until(*, lasting: bool) -> Validity:
    return _ALWAYS if lasting else _UNTIL
