"""Random walks of merges, partings, splits, links and their undoing: the links always tell who carries what, and undoing leads back."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from random import Random
from typing import Any

import pytest
from sqlalchemy import Row, select

from assistant.database import reading
from assistant.feedback.errors import FeedbackError
from assistant.feedback.linking import LinkKind, NewLink
from assistant.feedback.states import State, Step
from assistant.feedback.tables import link, merge, merged_link, recommendation, submission
from assistant.feedback.wanted import Wanted
from tests.assistant.feedback.office import HUNG, LAN, MAI, Office
from tests.assistant.feedback.test_merging import MIXED, PARTS

_ENDED = ("closed", "rejected", "guided_out", "answered_direct", "withdrawn")
_CARRY = ("primary", "part", "duplicate")
_STEPS = 50


class Walk:
    """One walk over one database; what it does is chosen by the seed alone."""

    def __init__(self, office: Office, seed: int) -> None:
        self.office, self.rng = office, Random(seed)
        self.codes = [office.sent(MIXED, str(number)) for number in range(5)]
        self.made: list[tuple[int, int]] = []

    def numbers(self) -> list[int]:
        return [one.number for one in self.office.desk.queue.page(HUNG, Wanted(), limit=200)]

    def version(self, number: int) -> int:
        return self.office.recommendations.show(number, HUNG).matter.version

    def merge(self) -> None:
        number, into = self.rng.choice(self.numbers()), self.rng.choice(self.numbers())
        before = self.office.recommendations.show(number, HUNG).matter.state
        live = live_links(self.office)
        self.office.casework.merge(number, self.version(number), into, LAN if before == State.SCREENING else HUNG)
        if self.rng.random() < 0.5:
            check(self.office)
            self.office.casework.unmerge(number, self.version(number), State(before), HUNG)
            assert live_links(self.office) == live
            assert self.office.recommendations.show(number, HUNG).matter.state == before

    def unmerge(self) -> None:
        number = self.rng.choice(self.numbers())
        self.office.casework.unmerge(number, self.version(number), self.rng.choice((State.SCREENING, State.ACCEPTED)), HUNG)

    def split(self) -> None:
        number, code = self.rng.choice(self.numbers()), self.rng.choice(self.codes)
        if len(self.numbers()) < 14:
            self.office.desk.splitting.split(number, self.version(number), code, PARTS, LAN)

    def link(self) -> None:
        number, kind = self.rng.choice(self.numbers()), self.rng.choice(tuple(LinkKind))
        by_code = NewLink(kind, "cùng việc", code=self.rng.choice(self.codes))
        new = by_code if self.rng.random() < 0.5 else NewLink(kind, "cùng việc", matter=self.rng.choice(self.numbers()))
        live = live_links(self.office)
        made = self.office.desk.linking.link(number, self.version(number), new, HUNG)
        if self.rng.random() < 0.7:
            self.made += [(number, one) for one in made]
            return
        check(self.office)
        for one in made:
            self.office.desk.linking.unlink(number, self.version(number), one, HUNG)
        assert live_links(self.office) == live

    def unlink(self) -> None:
        if self.made:
            number, made = self.rng.choice(self.made)
            self.office.desk.linking.unlink(number, self.version(number), made, HUNG)

    def step(self) -> None:
        number = self.rng.choice(self.numbers())
        actor = self.rng.choice((LAN, HUNG, MAI))
        following = self.office.recommendations.show(number, actor).next_states
        to = self.rng.choice([one for one in following if one is not State.SEALED] or [State.SCREENING])
        self.office.recommendations.take(number, self.version(number), Step(to, actor))

    def leave(self) -> None:
        code, draw = self.rng.choice(self.codes), self.rng.random()
        if draw < 0.06:
            self.office.own_data.withdraw(code)
        elif draw < 0.96:
            self.office.own_data.ask_again(code)
        else:
            number = self.rng.choice(self.numbers())
            self.office.recommendations.take(number, self.version(number), Step(State.SEALED, self.rng.choice((LAN, HUNG))))

    def go(self) -> int:
        done = 0
        for _ in range(_STEPS):
            act = self.rng.choice(
                (self.merge, self.merge, self.unmerge, self.split, self.link, self.unlink, self.step, self.step, self.leave)
            )
            if not self.numbers():
                break
            try:
                act()
                done += 1
            except FeedbackError:
                pass
            check(self.office)
        return done


def live_links(office: Office) -> set[tuple[object, ...]]:
    """Who is linked to what and how, without the numbers of the links."""
    with reading(office.engine) as connection:
        rows = connection.execute(select(link).where(link.c.undone_at.is_(None)))
        return {(row.submission, row.recommendation, row.kind, row.first, row.last) for row in rows}


@dataclass(frozen=True)
class Tables:
    """The tables as they stand, links and merges only those that were not undone."""

    sent: dict[int, Row[Any]]
    matters: dict[int, Row[Any]]
    links: list[Row[Any]]
    merges: list[Row[Any]]
    made: dict[int, set[int]]

    def of(self, number: int) -> list[Row[Any]]:
        """The links to what is carried by a recommendation and is not sealed."""
        return [
            row for row in self.links if row.recommendation == number and row.kind in _CARRY and not self.sent[row.submission].is_sealed
        ]

    def targets(self) -> dict[int, int]:
        return {row.recommendation: row.target for row in self.merges}


def read(office: Office) -> Tables:
    with reading(office.engine) as connection:
        made: dict[int, set[int]] = defaultdict(set)
        for row in connection.execute(select(merged_link)):
            made[row.merge].add(row.link)
        return Tables(
            sent={row.number: row for row in connection.execute(select(submission))},
            matters={row.number: row for row in connection.execute(select(recommendation))},
            links=list(connection.execute(select(link).where(link.c.undone_at.is_(None)).order_by(link.c.number))),
            merges=list(connection.execute(select(merge).where(merge.c.undone_at.is_(None)))),
            made=made,
        )


def check(office: Office) -> None:
    """What always holds, told from the tables and not from the code under test."""
    tables = read(office)
    for row in tables.links:
        # What is sealed hangs on nothing open but by the letter's own first link, which shows nothing.
        is_crossing = tables.sent[row.submission].is_sealed != tables.matters[row.recommendation].is_sealed
        assert not is_crossing or row.kind == "primary"
    homes_hold(tables)
    merges_hold(tables)
    for one in office.desk.queue.page(HUNG, Wanted(), limit=200):
        carried = {row.submission for row in tables.of(one.number)}
        assert one.submissions == office.recommendations.show(one.number, HUNG).matter.submissions == len(carried)
        told = office.desk.linking.support(one.number, HUNG)
        assert [sum(told.supporters.values()), sum(told.opponents.values())] == people(tables, one.number, carried)


def homes_hold(tables: Tables) -> None:
    """Whoever has not taken a letter back has one matter that it was sent for, and one at the end of the merges from there."""
    targets = tables.targets()
    for number, one in tables.sent.items():
        mine = [row for row in tables.links if row.submission == number]
        primary = [row.recommendation for row in mine if row.kind == "primary"]
        assert len(primary) == 1 or (one.withdrawn_at is not None and not primary)
        if one.withdrawn_at is None and not one.is_sealed:
            way, end = {primary[0]}, primary[0]
            while end in targets:
                way.add(end := targets[end])
            assert {row.recommendation for row in mine if row.kind in ("primary", "duplicate") and row.first is None} == way


def merges_hold(tables: Tables) -> None:
    """What follows another is as open as that, and its merge made just the links for what it carries itself."""
    targets = tables.targets()
    assert len(targets) == len(tables.merges)
    for row in tables.merges:
        frm, into = tables.matters[row.recommendation].state, tables.matters[row.target].state
        assert frm in (("linked", "closed") if into == "reopen_requested" else ("closed",) if into in _ENDED else ("linked",))
        handed = {spanned(one) for one in tables.of(row.target) if one.number in tables.made[row.number]}
        assert handed == {spanned(one) for one in tables.of(row.recommendation)}
    assert {number for number, row in tables.matters.items() if row.state == "linked"} <= targets.keys()


def people(tables: Tables, number: int, carried: set[int]) -> list[int]:
    """How many people are for it and against it by the live links."""
    tree = {number}
    while more := {frm for frm, into in tables.targets().items() if into in tree} - tree:
        tree |= more
    newest: dict[str, str] = {}
    for row in tables.links:
        is_open = not tables.sent[row.submission].is_sealed and tables.sent[row.submission].withdrawn_at is None
        again = row.recommendation == number and row.kind == "duplicate"
        said = row.recommendation in tree and row.kind in ("supports", "opposes") and row.submission not in carried
        if is_open and (again or said):
            newest[tables.sent[row.submission].sender_key] = row.kind
    for row in tables.of(number):
        if row.kind != "duplicate":
            newest.pop(tables.sent[row.submission].sender_key, None)
    against = list(newest.values()).count("opposes")
    return [len(newest) - against, against]


def spanned(row: Row[Any]) -> tuple[int, int | None, int | None]:
    return row.submission, row.first, row.last


@pytest.mark.parametrize("seed", range(4))
def test_links_always_tell_who_carries_what(office: Office, seed: int) -> None:
    assert Walk(office, seed).go() > _STEPS // 6
