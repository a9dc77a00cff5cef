"""Which body stood under which name on which day, and who stands for it today: the records of bodies, read once and asked often."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, select

from assistant.feedback.bodies_tables import body
from assistant.feedback.types import AdminLevel
from corpus.area_types import split_kind
from corpus.text import modern_tones, squeeze

AREA = "{area}"
# What stands in place of `AREA` begins with one of these.
_KINDS = {
    AdminLevel.COMMUNE: frozenset({"Xã", "Phường", "Thị trấn", "Đặc khu"}),
    AdminLevel.PROVINCE: frozenset({"Tỉnh", "Thành phố"}),
    AdminLevel.CENTRAL: frozenset[str](),
}
_ASIDE = re.compile(r"\([^()]*\)")


@dataclass(frozen=True, slots=True)
class BodyRecord:
    """A body under one of its names, from `valid_from` until the day before `valid_to`; None: as far as anybody knows.

    `name` may hold "{area}": it then stands for such bodies of every area of its level. `successors` are keys, of its last name only.
    """

    key: str
    name: str
    name_en: str | None
    level: AdminLevel
    area: str | None
    valid_from: date | None
    valid_to: date | None
    successors: tuple[str, ...]
    contact: str | None

    @property
    def is_kind(self) -> bool:
        """Whether it stands for a body in every area."""
        return AREA in self.name

    def stands_on(self, day: date) -> bool:
        """Whether the body had this name on `day`."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day < self.valid_to)


@dataclass(frozen=True, slots=True)
class ShownBody:
    """A body as it was written, and what it is called today.

    `until`: the first day on which it was not called so any more; None while it is, or where nobody knows the name. `names` are then the
    names of today: several where it was divided, none where nobody follows.
    """

    written: str
    until: date | None = None
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Held:
    record: BodyRecord
    # What stood in place of `AREA`.
    area: str = ""

    def filled(self, name: str) -> str:
        return name.replace(AREA, self.area)


class BodyBook:
    """All records of one moment."""

    def __init__(self, records: Iterable[BodyRecord]) -> None:
        self.records = tuple(sorted(records, key=lambda one: (one.key, one.valid_from or date.min)))
        self._by_key: dict[str, list[BodyRecord]] = defaultdict(list)
        self._by_name: dict[str, list[BodyRecord]] = defaultdict(list)
        for one in self.records:
            self._by_key[one.key].append(one)
            self._by_name[name_key(one.name)].append(one)
        self._kinds = [one for one in self.records if one.is_kind]

    def of(self, key: str) -> tuple[BodyRecord, ...]:
        """The body under each of its names, the oldest first; none where nobody has this key."""
        return tuple(self._by_key.get(key, ()))

    def standing(self, day: date) -> list[BodyRecord]:
        """Every body as it was on `day`, by key."""
        return [one for one in self.records if one.stands_on(day)]

    def resolve(self, key: str, day: date) -> tuple[BodyRecord, ...]:
        """Who stood for the body on `day`: itself, or who followed it. Several where it was divided, none where nobody did."""
        found: list[BodyRecord] = []
        seen: set[str] = set()
        waiting = [key]
        while waiting:
            one = waiting.pop(0)
            rows = () if one in seen else self.of(one)
            seen.add(one)
            found += [row for row in rows if row.stands_on(day)]
            if rows and rows[-1].valid_to is not None and rows[-1].valid_to <= day:
                waiting += rows[-1].successors
        return tuple(found)

    def with_predecessors(self, keys: Iterable[str]) -> frozenset[str]:
        """These bodies and all that they followed; bodies of a kind and unknown keys are left out."""
        known = {key for key in keys if any(not row.is_kind for row in self.of(key))}
        while more := {one.key for one in self.records if not known.isdisjoint(one.successors)} - known:
            known |= more
        return frozenset(known)

    def shown(self, written: str, day: date, today: date) -> ShownBody:
        """The body that was named `written` on `day`, with its names of `today`."""
        held = self._held(written, day)
        if len({one.record.key for one in held}) != 1 or any(one.record.stands_on(today) for one in held):
            return ShownBody(written)
        last = max(held, key=lambda one: one.record.valid_to or date.max)
        until = last.record.valid_to
        if until is None or until > today:
            return ShownBody(written)
        return ShownBody(written, until, tuple(last.filled(one.name) for one in self.resolve(last.record.key, today)))

    def counted_as(self, written: str, day: date, last: date) -> str:
        """The name under which statistics count a body that was named `written` on `day`: the one that stood for it on `last`.

        Where it was divided, where nobody follows it and where nobody knows it, it is counted as it was written.
        """
        names = self.shown(written, day, last).names
        return names[0] if len(names) == 1 else written

    def is_one_of(self, keys: frozenset[str], written: str, day: date, areas: Sequence[str | None]) -> bool:
        """Whether who was named `written` on `day`, in a matter of one of `areas`, is surely one of the bodies `keys`."""
        held = {one.record.key: one.record for one in self._held(written, day) if not one.record.is_kind}
        meant = {key for key, record in held.items() if self._can_be_in(record, areas, day)}
        return bool(meant) and meant <= keys

    def may_be_one_of(self, keys: frozenset[str], written: str) -> bool:
        """Whether any of the bodies `keys` ever had this name."""
        return any(one.key in keys for one in self._by_name.get(name_key(written), ()))

    def _can_be_in(self, record: BodyRecord, areas: Sequence[str | None], day: date) -> bool:
        """Many communes have one name, so their bodies are told apart by where the matter is; other names are unique in the country."""
        if record.level is not AdminLevel.COMMUNE or record.area is None:
            return True
        return not {record.area, *(one.area for one in self.resolve(record.key, day))}.isdisjoint(areas)

    def _held(self, written: str, day: date) -> list[_Held]:
        """Who had the name: on that day if anybody, else ever; a body of its own before one of a kind."""
        name = name_key(written)
        found = [_Held(one) for one in self._by_name.get(name, ())] or [
            _Held(one, area) for one in self._kinds if (area := _area_within(one, _plain(written)))
        ]
        return [one for one in found if one.record.stands_on(day)] or found


def name_key(name: str) -> str:
    """A name as it is compared: without what is said aside in brackets, blanks, case or the place of tone marks."""
    return modern_tones(_plain(name)).casefold()


def read_book(connection: Connection) -> BodyBook:
    """The records as they are."""
    return BodyBook(_record(row) for row in connection.execute(select(body)))


def book_of(connection: Connection, rows: Sequence[Row[Any]]) -> BodyBook:
    """The records as they are, read only where any of these rows has a `body`."""
    return read_book(connection) if any(row.body for row in rows) else BodyBook(())


def _plain(name: str) -> str:
    return " ".join(squeeze(_ASIDE.sub(" ", name)).split())


def _area_within(kind: BodyRecord, name: str) -> str:
    """The area of which `name` is such a body; empty where it is none."""
    before, _, after = (name_key(part) for part in _plain(kind.name).partition(AREA))
    compared = name_key(name)
    if not (compared.startswith(f"{before} ") and compared.endswith(after)):
        return ""
    area = name[len(before) + 1 : len(name) - len(after)].strip()
    word, _ = split_kind(area)
    return area if word in _KINDS[kind.level] else ""


def _record(row: Row[Any]) -> BodyRecord:
    same = {name: getattr(row, name) for name in ("key", "name", "name_en", "area", "valid_from", "valid_to", "contact")}
    return BodyRecord(**same, level=AdminLevel(row.level), successors=tuple(row.successors))
