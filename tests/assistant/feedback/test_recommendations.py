"""Matters: seen by those who may, changed by one person at a time, sealed ones by two officers."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from assistant.database import reading
from assistant.feedback.audit import AuditHead
from assistant.feedback.casework import Draft
from assistant.feedback.errors import ChangedMeanwhile, InvariantBroken, NeedsItsAct, RecommendationNotFound, RoleNotAllowed
from assistant.feedback.queue import Matter
from assistant.feedback.states import Actor, Role, State, Step
from assistant.feedback.types import Resolution
from assistant.feedback.wanted import Wanted
from tests.assistant.feedback.office import CHAT, FIRST, HUNG, LAN, MAI, SECOND, Office, ScriptedChannel, person

PEOPLE: dict[Role, Actor] = {role: person(role.value, role) for role in Role if role not in {Role.SYSTEM, Role.CITIZEN}}
READERS = {Role.SCREENER, Role.REVIEWER, Role.APPROVER, Role.UNIT_ADMIN}


def only(office: Office, actor: Actor) -> Matter:
    (matter,) = office.queue.page(actor, Wanted())
    return matter


def walk(office: Office, *steps: Step) -> Matter:
    for step in steps:
        matter = office.recommendations.show(1, HUNG).matter
        office.recommendations.take(1, matter.version, step)
    return office.recommendations.show(1, HUNG).matter


@pytest.mark.parametrize("role", list(PEOPLE))
def test_plain_matters_are_read_by_those_who_work_on_them(office: Office, role: Role) -> None:
    office.sent()
    assert len(office.queue.page(PEOPLE[role], Wanted())) == (1 if role in READERS else 0)


@pytest.mark.parametrize("role", list(PEOPLE))
def test_sealed_matters_are_read_by_sealed_officers_only(office: Office, role: Role) -> None:
    office.sent("Tôi tố cáo ông A nhận tiền")
    seen = office.queue.page(PEOPLE[role], Wanted())
    if role is Role.SEALED_OFFICER:
        assert office.recommendations.show(seen[0].number, PEOPLE[role]).submissions[0].text == "Tôi tố cáo ông A nhận tiền"
        return
    assert seen == []
    with pytest.raises(RecommendationNotFound):
        office.recommendations.show(1, PEOPLE[role])


def test_nobody_reads_what_no_machine_has_looked_at(office: Office) -> None:
    office.intake.submit(office.letter("Tôi tố cáo ông A"))
    assert all(office.queue.page(actor, Wanted()) == [] for actor in PEOPLE.values())


def test_reading_a_sealed_matter_is_written_down(office: Office) -> None:
    office.sent("Tôi tố cáo ông A nhận tiền")
    before = _head(office).number
    office.recommendations.show(1, FIRST)
    assert _head(office).number == before + 1


def test_the_machine_notes_nothing_of_a_sealed_matter_where_others_count(office: Office) -> None:
    office.sent("Tôi tố cáo ông A nhận tiền")
    matter = only(office, FIRST)
    assert (matter.kind, matter.field, matter.level, matter.state) == (None, None, None, State.SEALED)


def test_the_whole_way_to_a_published_answer_tells_the_sender_each_time(office: Office) -> None:
    office.sent()
    walk(office, Step(State.ACCEPTED, LAN), Step(State.ROUTED, HUNG))
    office.casework.refer(1, only(office, HUNG).version, "Sở Xây dựng", (), "", HUNG)
    office.casework.draft_answer(1, only(office, HUNG).version, Draft("Đã sửa.", Resolution.SETTLED), HUNG)
    office.casework.approve_answer(1, only(office, HUNG).version, MAI)
    channel = ScriptedChannel()
    office.outbox().deliver_due({CHAT: channel})
    assert [one.facts.get("state") for one in channel.arrived.values()] == [None, "accepted", "forwarded", "answered"]


@pytest.mark.parametrize("to", [State.LINKED, State.FORWARDED, State.ANSWER_REVIEW])
def test_a_state_that_stands_for_an_act_is_not_reached_without_it(office: Office, to: State) -> None:
    office.sent()
    if to is not State.LINKED:
        walk(office, Step(State.ACCEPTED, LAN), Step(State.ROUTED, HUNG))
    with pytest.raises(NeedsItsAct):
        walk(office, Step(to, LAN if to is State.LINKED else HUNG))


def test_a_rejection_takes_two_people(office: Office) -> None:
    office.sent()
    both = person("hai vai", Role.SCREENER, Role.REVIEWER)
    office.recommendations.claim(1, only(office, both).version, both)
    with pytest.raises(InvariantBroken):
        walk(office, Step(State.REJECTED, both, "spam"))
    assert walk(office, Step(State.REJECTED, HUNG, "spam")).state is State.REJECTED


def test_nobody_acts_beyond_their_role(office: Office) -> None:
    office.sent()
    with pytest.raises(RoleNotAllowed):
        walk(office, Step(State.ACCEPTED, MAI))
    assert only(office, LAN).state is State.SCREENING


def test_of_two_who_change_the_same_version_one_is_told(office: Office) -> None:
    office.sent()
    version = only(office, LAN).version

    def accept(_: int) -> str:
        try:
            office.recommendations.take(1, version, Step(State.ACCEPTED, LAN))
        except ChangedMeanwhile:
            return "told"
        return "done"

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(accept, range(4))) == ["done", "told", "told", "told"]


def test_unsealing_takes_two_officers_who_want_the_same(office: Office) -> None:
    office.sent("Tôi tố cáo ông A nhận tiền")
    version = only(office, FIRST).version
    office.recommendations.take(1, version, Step(State.SCREENING, FIRST, "máy nhận nhầm"))
    assert only(office, FIRST).state is State.SEALED
    with pytest.raises(InvariantBroken):
        office.recommendations.take(1, version + 1, Step(State.SCREENING, FIRST, "máy nhận nhầm"))
    office.recommendations.take(1, version + 1, Step(State.SCREENING, SECOND, "máy nhận nhầm"))
    assert only(office, LAN).state is State.SCREENING
    assert office.recommendations.show(1, LAN).submissions[0].text == "Tôi tố cáo ông A nhận tiền"


def test_lists_go_on_where_they_ended_and_keep_to_what_was_wanted(office: Office) -> None:
    for _ in range(7):
        office.sent()
    first = office.queue.page(LAN, Wanted(), limit=4)
    rest = office.queue.page(LAN, Wanted(after=first[-1].number), limit=4)
    assert [matter.number for matter in (*first, *rest)] == list(range(1, 8))
    assert len(office.queue.page(LAN, Wanted(states=(State.SCREENING,), fields=("transport",)))) == 7
    assert office.queue.page(LAN, Wanted(states=(State.ACCEPTED,))) == []
    assert office.queue.page(LAN, Wanted(fields=("health",))) == []


def _head(office: Office) -> AuditHead:
    with reading(office.engine) as connection:
        return office.audit.verify(connection)
