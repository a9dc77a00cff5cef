"""Programmes of supervision: what the law allows, who may write, nothing sealed as a ground, nobody overwrites another."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from assistant.database import reading
from assistant.feedback.errors import RecommendationNotFound
from assistant.feedback.keeping import verify_audit
from assistant.feedback.states import Actor, Role, State, Step
from assistant.feedback.tables import audit_event
from assistant.feedback.types import AdminLevel
from assistant.oversight.errors import (
    OversightChanged,
    OversightForbidden,
    OversightMoveNotAllowed,
    OversightNotFound,
    OversightRefused,
    TopicTaken,
)
from assistant.oversight.register import OversightRegister
from assistant.oversight.tables import programme
from assistant.oversight.types import NewProgramme, ProgrammeForm, ProgrammeStatus, Subject
from tests.assistant.feedback.office import HUNG, LAN, MAI, Office, person
from tests.assistant.oversight.planned import AUDITOR, CITIZEN, DEPUTY, PLAN, running, sealed, taken_in


def test_a_programme_is_told_as_it_was_planned(office: Office, register: OversightRegister) -> None:
    ground = taken_in(office)
    number = register.programmes.add(replace(PLAN, grounds=(ground, ground)), HUNG)
    opened = register.programmes.show(number, DEPUTY)
    assert (opened.programme.title, opened.programme.form, opened.programme.status) == (PLAN.title, PLAN.form, ProgrammeStatus.PLANNED)
    assert (opened.subjects, opened.grounds, opened.recommendations) == (PLAN.subjects, (ground,), ())


@pytest.mark.parametrize(
    ("changes", "part"),
    [
        ({"year": 2015}, "year"),
        ({"holder": " "}, "holder"),
        ({"title": ""}, "title"),
        ({"starts_on": date(2027, 2, 1), "ends_on": date(2027, 1, 1)}, "period"),
        # The boards are of the commune (art 27.3).
        ({"form": ProgrammeForm.COMMUNITY_BOARDS}, "boards_of_commune"),
        ({"subjects": (Subject(""),)}, "subject"),
        ({"subjects": (Subject("Sở Y tế", "x" * 30),)}, "area"),
    ],
)
def test_what_the_law_or_the_form_does_not_allow_is_not_planned(register: OversightRegister, changes: dict[str, Any], part: str) -> None:
    before = register.programmes.page(HUNG)
    with pytest.raises(OversightRefused) as refused:
        register.programmes.add(replace(PLAN, **changes), HUNG)
    assert refused.value.what == part
    assert register.programmes.page(HUNG) == before


def test_boards_of_the_commune_supervise_in_the_commune(register: OversightRegister) -> None:
    number = register.programmes.add(replace(PLAN, level=AdminLevel.COMMUNE, form=ProgrammeForm.COMMUNITY_BOARDS), HUNG)
    assert register.programmes.show(number, AUDITOR).programme.form is ProgrammeForm.COMMUNITY_BOARDS


def test_what_is_sealed_is_no_ground_neither_then_nor_later(office: Office, register: OversightRegister) -> None:
    before = register.programmes.page(HUNG)
    for missing in (sealed(office), 99):
        with pytest.raises(RecommendationNotFound):
            register.programmes.add(replace(PLAN, grounds=(missing,)), HUNG)
    assert register.programmes.page(HUNG) == before
    ground = taken_in(office)
    number = register.programmes.add(replace(PLAN, grounds=(ground,)), HUNG)
    version = office.recommendations.show(ground, HUNG).matter.version
    office.recommendations.take(ground, version, Step(State.SEALED, HUNG))
    assert register.programmes.show(number, HUNG).grounds == ()


@pytest.mark.parametrize("actor", [DEPUTY, AUDITOR, CITIZEN, LAN])
def test_only_those_in_charge_write(register: OversightRegister, actor: Actor) -> None:
    number = register.programmes.add(PLAN, MAI)
    with pytest.raises(OversightForbidden):
        register.programmes.add(PLAN, actor)
    with pytest.raises(OversightForbidden):
        register.programmes.move(number, 1, ProgrammeStatus.RUNNING, actor)
    assert register.programmes.show(number, HUNG).programme.status is ProgrammeStatus.PLANNED


def test_citizens_and_screeners_do_not_read(register: OversightRegister) -> None:
    for actor in (CITIZEN, LAN, person("officer", Role.SEALED_OFFICER)):
        with pytest.raises(OversightForbidden):
            register.programmes.page(actor)


WAYS = {
    ProgrammeStatus.PLANNED: {ProgrammeStatus.RUNNING, ProgrammeStatus.CANCELLED},
    ProgrammeStatus.RUNNING: {ProgrammeStatus.ENDED, ProgrammeStatus.CANCELLED},
}


def test_a_programme_is_planned_runs_and_ends_or_is_cancelled(register: OversightRegister) -> None:
    for frm in ProgrammeStatus:
        for to in ProgrammeStatus:
            number = register.programmes.add(PLAN, HUNG)
            version = 1
            for step in {"running": ("running",), "ended": ("running", "ended"), "cancelled": ("cancelled",)}.get(frm, ()):
                version = register.programmes.move(number, version, ProgrammeStatus(step), HUNG, "hết căn cứ")
            if to in WAYS.get(frm, set()):
                assert register.programmes.move(number, version, to, HUNG, "hết căn cứ") == version + 1
                continue
            with pytest.raises(OversightMoveNotAllowed) as refused:
                register.programmes.move(number, version, to, HUNG, "hết căn cứ")
            assert set(refused.value.allowed) == WAYS.get(frm, set())


def test_cancelling_says_why_and_nobody_reads_it_in_the_table(register: OversightRegister, office: Office) -> None:
    number = register.programmes.add(PLAN, HUNG)
    with pytest.raises(OversightRefused):
        register.programmes.move(number, 1, ProgrammeStatus.CANCELLED, HUNG)
    register.programmes.move(number, 1, ProgrammeStatus.CANCELLED, HUNG, "trùng với đoàn của Hội đồng nhân dân")
    assert register.programmes.show(number, HUNG).reason == "trùng với đoàn của Hội đồng nhân dân"
    with reading(office.engine) as connection:
        kept = connection.execute(select(programme.c.reason).where(programme.c.number == number)).scalar_one()
    assert "trùng".encode() not in kept


def test_of_two_who_change_the_same_the_second_is_told(register: OversightRegister) -> None:
    number = running(register)
    with pytest.raises(OversightChanged) as told:
        register.programmes.move(number, 1, ProgrammeStatus.CANCELLED, MAI, "trùng")
    assert told.value.version == 2


def test_bodies_and_grounds_come_on_top(office: Office, register: OversightRegister) -> None:
    number = running(register)
    ground = taken_in(office)
    assert register.programmes.extend(number, 2, (Subject("Ủy ban nhân dân xã A Mú Sung"),), (ground,), HUNG) == 3
    opened = register.programmes.show(number, HUNG)
    assert ([one.body for one in opened.subjects], opened.grounds) == (["Sở Xây dựng", "Ủy ban nhân dân xã A Mú Sung"], (ground,))
    register.programmes.move(number, 3, ProgrammeStatus.ENDED, HUNG)
    with pytest.raises(OversightRefused):
        register.programmes.extend(number, 4, (), (ground,), HUNG)


def test_lists_are_narrowed_and_paged(register: OversightRegister) -> None:
    year = 2040
    plans: list[NewProgramme] = [replace(PLAN, year=year), replace(PLAN, year=year, level=AdminLevel.COMMUNE), replace(PLAN, year=year)]
    first, second, third = (register.programmes.add(plan, HUNG) for plan in plans)
    register.programmes.move(third, 1, ProgrammeStatus.RUNNING, HUNG)

    def numbers(**wanted: Any) -> list[int]:
        return [one.number for one in register.programmes.page(HUNG, year=year, **wanted)]

    assert (numbers(limit=2), numbers(after=first)) == ([first, second], [second, third])
    assert (numbers(level=AdminLevel.COMMUNE), numbers(status=ProgrammeStatus.RUNNING)) == ([second], [third])


def test_a_topic_is_planned_once_a_year(register: OversightRegister) -> None:
    plan = replace(PLAN, topic="transport.central")
    number = register.programmes.add(plan, HUNG)
    with pytest.raises(TopicTaken) as taken:
        register.programmes.add(plan, MAI)
    assert taken.value.number == number
    register.programmes.add(replace(plan, year=2028), MAI)
    register.programmes.move(number, 1, ProgrammeStatus.CANCELLED, HUNG, "trùng")
    register.programmes.add(plan, MAI)


def test_every_act_is_written_down_and_holds(office: Office, register: OversightRegister) -> None:
    number = running(register)
    with pytest.raises(OversightNotFound):
        register.programmes.show(99, HUNG)
    with reading(office.engine) as connection:
        acts = connection.execute(select(audit_event.c.action).where(audit_event.c.record == f"oversight_programme:{number}")).scalars()
        assert list(acts) == ["oversight_planned", "oversight_moved"]
    verify_audit(office.engine, office.vault)
