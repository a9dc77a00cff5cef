"""The records of bodies: who is added, renamed, ended; each act is one transaction, written into the audit trail."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Engine, insert, update

from assistant.database import reading, wait_for, writing
from assistant.feedback.audit import AuditTrail
from assistant.feedback.bodies_book import AREA, BodyBook, BodyRecord, name_key, read_book
from assistant.feedback.bodies_errors import BodiesNotYours, BodyInvalid, BodyNotFound, Part
from assistant.feedback.bodies_tables import body
from assistant.feedback.states import Actor, Role
from assistant.feedback.suggesting.competence import CompetenceTable
from assistant.feedback.types import AdminLevel
from assistant.feedback.vault import Vault
from corpus.text import folded_syllables

_KEY = re.compile(r"[a-z0-9]+([.-][a-z0-9]+)*")
_UNIT = re.compile(r"(commune|province):[0-9]{2,5}")
# Between the bodies of one name: "Sở A (điện), Sở B (nước) hoặc Sở C"; a comma elsewhere belongs to a name.
_BETWEEN = re.compile(r"\([^()]*\),?| hoặc ")
# As wide as their columns.
_LONGEST_KEY, _LONGEST = 55, 200
_MOST_SUCCESSORS = 20
_SEEDER = "system"


@dataclass(frozen=True, slots=True)
class NewBody:
    """A body to be kept. `name` with "{area}": such bodies of every area of the level, which then is not the central one."""

    key: str
    name: str
    level: AdminLevel
    name_en: str | None = None
    area: str | None = None
    valid_from: date | None = None
    contact: str | None = None


class Bodies:
    """The bodies of one database."""

    def __init__(self, engine: Engine, vault: Vault, clock: Callable[[], datetime]) -> None:
        self._engine, self._clock = engine, clock
        self._audit = AuditTrail(vault)

    def book(self) -> BodyBook:
        """All records as they are."""
        with reading(self._engine) as connection:
            return read_book(connection)

    def as_of(self, day: date, level: AdminLevel | None = None) -> list[BodyRecord]:
        """Every body as it was on `day`, by key; only those of `level` where it is given."""
        return [one for one in self.book().standing(day) if level in (None, one.level)]

    def resolve(self, key: str, day: date) -> tuple[BodyRecord, ...]:
        """Who stands for the body on `day`; several candidates where it was divided, none where nobody does. Raises `BodyNotFound`."""
        book = self.book()
        if not book.of(key):
            raise BodyNotFound(key)
        return book.resolve(key, day)

    def seed(self) -> int:
        """Adds the bodies of data/competence.yaml whose keys nobody has; how many. Changes nothing that is there."""
        wanted = list(seeds(CompetenceTable.load().names))
        if not _missing(self.book(), wanted):
            return 0
        with writing(self._engine) as connection:
            wait_for(connection, "bodies")
            missing = _missing(read_book(connection), wanted)
            for one in missing:
                connection.execute(insert(body).values(_values(one)))
            if missing:
                self._audit.add(connection, _SEEDER, "bodies_seeded", "bodies", self._clock(), {"bodies": len(missing)})
        return len(missing)

    def add(self, new: NewBody, actor: Actor) -> None:
        """Keeps a body. Raises `BodyInvalid` and `BodiesNotYours`."""
        _admit(actor)
        _check(new)
        with writing(self._engine) as connection:
            wait_for(connection, "bodies")
            book = read_book(connection)
            if book.of(new.key):
                raise BodyInvalid(new.key, "key_taken")
            _refuse_twins(book, new.key, new.name, new.area, new.level)
            connection.execute(insert(body).values(_values(new)))
            self._tell(connection, actor, "body_added", new.key, {"name": new.name, "from": _iso(new.valid_from)})

    def rename(self, key: str, name: str, since: date, actor: Actor, name_en: str | None = None) -> None:
        """Gives it another name from the day `since` on; the one before is kept with its days.

        Raises `BodyNotFound`, `BodyInvalid` and `BodiesNotYours`.
        """
        _admit(actor)
        with writing(self._engine) as connection:
            wait_for(connection, "bodies")
            book = read_book(connection)
            last = _open(book, key, since)
            new = NewBody(key, name, last.level, name_en, last.area, since, last.contact)
            _check(new)
            if (AREA in name) != last.is_kind or name == last.name:
                raise BodyInvalid(key, "name")
            _refuse_twins(book, key, name, last.area, last.level)
            self._close(connection, key, since, ())
            connection.execute(insert(body).values(_values(new)))
            self._tell(connection, actor, "body_renamed", key, {"name": name, "before": last.name, "from": _iso(since)})

    def end(self, key: str, on: date, successors: Sequence[str], actor: Actor) -> None:
        """Ends it: `on` is the first day on which it does not stand any more. Several `successors` where it is divided.

        Raises `BodyNotFound`, `BodiesNotYours`, and `BodyInvalid`, also where a successor is itself followed by this body.
        """
        _admit(actor)
        with writing(self._engine) as connection:
            wait_for(connection, "bodies")
            book = read_book(connection)
            last = _open(book, key, on)
            _check_successors(book, last, successors)
            self._close(connection, key, on, successors)
            self._tell(connection, actor, "body_ended", key, {"on": _iso(on), "successors": ", ".join(successors)})

    def _close(self, connection: Connection, key: str, day: date, successors: Sequence[str]) -> None:
        standing = (body.c.key == key) & body.c.valid_to.is_(None)
        connection.execute(update(body).where(standing).values(valid_to=day, successors=list(successors)))

    def _tell(self, connection: Connection, actor: Actor, action: str, key: str, facts: dict[str, str | None]) -> None:
        self._audit.add(connection, actor.id, action, f"body:{key}", self._clock(), facts)


def seeds(names: Iterable[tuple[AdminLevel, str]]) -> Iterator[NewBody]:
    """The bodies that names of data/competence.yaml hold, each once: "Sở A {area} (điện) hoặc Sở B {area} (nước)" holds two."""
    seen: set[str] = set()
    for level, name in names:
        for part in _BETWEEN.split(name):
            one = " ".join(part.split())
            key = f"{level}.{'-'.join(folded_syllables(one.replace(AREA, '')))}"
            if one and key not in seen:
                seen.add(key)
                yield NewBody(key, one, level)


def _missing(book: BodyBook, wanted: Iterable[NewBody]) -> list[NewBody]:
    return [one for one in wanted if not book.of(one.key)]


def _values(new: NewBody) -> dict[str, Any]:
    same = {name: getattr(new, name) for name in ("key", "name", "name_en", "area", "valid_from", "contact")}
    return {**same, "level": new.level.value, "successors": []}


def _admit(actor: Actor) -> None:
    if Role.UNIT_ADMIN not in actor.roles:
        raise BodiesNotYours


def _check(new: NewBody) -> None:
    is_kind = AREA in new.name
    holds: dict[Part, bool] = {
        "key": len(new.key) <= _LONGEST_KEY and bool(_KEY.fullmatch(new.key)),
        "name": all(0 < len(name.strip()) <= _LONGEST for name in (new.name, new.name_en) if name is not None)
        and not (is_kind and new.level is AdminLevel.CENTRAL),
        "area": new.area is None or (not is_kind and _lies(new.area, new.level)),
        "contact": new.contact is None or 0 < len(new.contact.strip()) <= _LONGEST,
    }
    for part, is_kept in holds.items():
        if not is_kept:
            raise BodyInvalid(new.key, part)


def _lies(area: str, level: AdminLevel) -> bool:
    """Whether it is the key of a unit of that level."""
    return bool(_UNIT.fullmatch(area)) and area.startswith(f"{level}:")


def _refuse_twins(book: BodyBook, key: str, name: str, area: str | None, level: AdminLevel) -> None:
    """Two that stand under one name for one area could not be told apart, nor could those of all areas by a name without a place."""
    if area and any(name_key(one.name.replace(AREA, "")) == name_key(name) for one in book.records if one.is_kind):
        raise BodyInvalid(key, "name_general")
    same = (one for one in book.records if one.valid_to is None and one.key != key and (one.area, one.level) == (area, level))
    if any(name_key(one.name) == name_key(name) for one in same):
        raise BodyInvalid(key, "name_taken")


def _open(book: BodyBook, key: str, day: date) -> BodyRecord:
    """The record under which it stands and that can be closed on `day`."""
    rows = book.of(key)
    if not rows:
        raise BodyNotFound(key)
    if rows[-1].valid_to is not None:
        raise BodyInvalid(key, "ended")
    if rows[-1].valid_from is not None and day <= rows[-1].valid_from:
        raise BodyInvalid(key, "day")
    return rows[-1]


def _check_successors(book: BodyBook, last: BodyRecord, successors: Sequence[str]) -> None:
    if len(set(successors)) != len(successors) or len(successors) > _MOST_SUCCESSORS:
        raise BodyInvalid(last.key, "successor")
    for one in successors:
        rows = book.of(one)
        if not rows:
            raise BodyNotFound(one)
        # A body of one place is followed by one of a place; of which, a name for all places would not say.
        if rows[-1].is_kind != last.is_kind:
            raise BodyInvalid(last.key, "successor")
        if last.key in _followers(book, one):
            raise BodyInvalid(last.key, "cycle")


def _followers(book: BodyBook, key: str) -> set[str]:
    """The body and all that follow it, on any day."""
    known: set[str] = set()
    waiting = [key]
    while waiting:
        one = waiting.pop()
        if one not in known:
            known.add(one)
            waiting += [successor for row in book.of(one) for successor in row.successors]
    return known


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
