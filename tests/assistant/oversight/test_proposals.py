"""Proposals: five people at least, nothing sealed, ranked by what is told, and each record in one topic or left out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.feedback.casework import Draft, Facts
from assistant.feedback.states import State, Step
from assistant.feedback.types import AdminLevel, Field, Kind, Resolution
from assistant.oversight.errors import OversightForbidden, OversightNotFound, OversightRefused, TopicTaken
from assistant.oversight.proposal_desk import Acceptance, Period, ProposalDesk
from assistant.oversight.proposals import FEWEST_PEOPLE, Proposal, Proposals, TopicRecord, proposed
from assistant.oversight.register import OversightRegister
from assistant.oversight.types import ProgrammeForm, ProgrammeGround, Subject
from tests.assistant.feedback.office import HUNG, LAN, MAI, Office
from tests.assistant.oversight.planned import AUDITOR, DEPUTY, TODAY, taken_in

PROVINCE = {"commune:00001": "province:01", "commune:00002": "province:01", "province:01": "province:01"}.get
RECORDS = st.lists(
    st.builds(
        TopicRecord,
        number=st.integers(1, 10**6),
        field=st.none() | st.sampled_from([Field.LAND, Field.HEALTH, Field.OTHER]),
        level=st.none() | st.sampled_from(AdminLevel),
        area=st.none() | st.sampled_from(["commune:00001", "commune:00002", "province:01", "commune:99999"]),
        people=st.frozensets(st.sampled_from("abcdefghij")),
        is_repeated=st.booleans(),
        is_overdue=st.booleans(),
        is_unsettled=st.booleans(),
    ),
    max_size=12,
    unique_by=lambda record: record.number,
)
ONE = TopicRecord(1, Field.LAND, AdminLevel.COMMUNE, "commune:00001", frozenset("abcde"), False, False, False)


def topics(*records: TopicRecord) -> list[Proposal]:
    return list(proposed(records, PROVINCE).topics)


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({}, "land.commune.commune:00001"),
        ({"area": "province:01"}, "land.commune.province:01"),
        ({"level": AdminLevel.PROVINCE}, "land.province.province:01"),
        ({"level": AdminLevel.CENTRAL}, "land.central"),
        ({"level": AdminLevel.CENTRAL, "area": None}, "land.central"),
        # Nobody can supervise what has no field, level or place.
        ({"field": Field.OTHER}, None),
        ({"field": None}, None),
        ({"level": None}, None),
        ({"area": None}, None),
        ({"level": AdminLevel.PROVINCE, "area": "commune:99999"}, None),
        # Four are told of nowhere.
        ({"people": frozenset("abcd")}, None),
    ],
)
def test_a_topic_is_a_field_a_level_and_a_place(changes: dict[str, object], key: str | None) -> None:
    assert [one.key for one in topics(replace(ONE, **changes))] == ([key] if key else [])  # type: ignore[arg-type]  # any field of it


def test_one_person_with_five_records_is_one_person() -> None:
    assert topics(*(replace(ONE, number=number, people=frozenset("a")) for number in range(1, 6))) == []


def test_people_count_before_anything_else_and_troubles_raise_a_topic() -> None:
    elsewhere = replace(ONE, number=2, area="commune:00002")
    assert [one.area for one in topics(ONE, replace(elsewhere, people=frozenset("abcdef")))] == ["commune:00002", "commune:00001"]
    for troubled in (replace(elsewhere, is_repeated=True), replace(elsewhere, is_overdue=True), replace(elsewhere, is_unsettled=True)):
        assert [one.area for one in topics(ONE, troubled)] == ["commune:00002", "commune:00001"]


@settings(max_examples=40)
@given(RECORDS)
def test_every_record_is_in_one_topic_or_left_out_or_of_too_few(records: list[TopicRecord]) -> None:
    found: Proposals = proposed(records, PROVINCE)
    told = [number for one in found.topics for number in one.records]
    assert len(told) == len(set(told))
    assert found.left_out + len(told) <= len(records)
    for one in found.topics:
        members = [record for record in records if record.number in one.records]
        assert one.people == len(frozenset[str]().union(*(record.people for record in members))) >= FEWEST_PEOPLE
        assert one.people <= one.score <= 4 * one.people
        assert max(one.repeated, one.overdue, one.unsettled) <= len(one.records)


@settings(max_examples=40)
@given(RECORDS, st.randoms())
def test_the_order_of_the_records_changes_nothing(records: list[TopicRecord], chance: object) -> None:
    mixed = list(records)
    chance.shuffle(mixed)  # type: ignore[attr-defined]  # hypothesis hands in a Random
    assert proposed(mixed, PROVINCE) == proposed(records, PROVINCE)


PERIOD = Period(TODAY, TODAY, TODAY)
ACCEPTANCE = Acceptance(2027, "Ban Thường trực", "Giám sát giao thông", ProgrammeForm.DELEGATION, (Subject("Sở Xây dựng"),))


def desk(register: OversightRegister) -> ProposalDesk:
    return register.proposals(lambda key: "province:15" if key.startswith("commune:03") else None)


def answered(office: Office, number: int, resolution: Resolution) -> None:
    """Answers a recommendation that was taken in."""

    def version() -> int:
        return office.recommendations.show(number, HUNG).matter.version

    office.recommendations.take(number, version(), Step(State.ROUTED, HUNG))
    office.casework.draft_answer(number, version(), Draft("Sẽ sửa trong năm 2027.", resolution), HUNG)
    office.casework.approve_answer(number, version(), MAI)


@pytest.fixture(scope="module")
def group(office: Office) -> tuple[int, ...]:
    """Five recommendations of five people to the province: one settled, one sent again after its answer, three without an answer."""
    numbers = tuple(taken_in(office, f"Cầu số {one} hỏng", str(one), "commune:03010", AdminLevel.PROVINCE) for one in range(5))
    answered(office, numbers[0], Resolution.SETTLED)
    answered(office, numbers[1], Resolution.BEING_STUDIED)
    code = office.recommendations.show(numbers[1], HUNG).submissions[0].code
    office.own_data.ask_again(code, "1")
    # Neither a withdrawn one, nor what nobody has taken in, nor a sixth person's praise, nor a denunciation.
    office.own_data.withdraw(office.sent("Cầu số 7 hỏng", "7"), "7")
    office.sent("Cầu số 8 hỏng", "8")
    praise = taken_in(office, "Cảm ơn đã sửa cầu", "9", "commune:03010", AdminLevel.PROVINCE)
    office.casework.settle(praise, office.recommendations.show(praise, HUNG).matter.version, Facts(kind=Kind.PRAISE), HUNG)
    office.sent("Tôi tố cáo ông A ở cầu số 5", "6")
    return numbers


def test_a_proposal_shows_its_numbers_and_the_records_they_rest_on(register: OversightRegister, group: tuple[int, ...]) -> None:
    (topic,) = desk(register).propose(PERIOD, DEPUTY).topics
    assert (topic.key, topic.people, topic.records) == ("transport.province.province:15", 5, group)
    assert (topic.repeated, topic.overdue, topic.unsettled) == (1, 0, 4)


def test_answers_are_overdue_once_their_deadline_is_over(register: OversightRegister, group: tuple[int, ...]) -> None:
    (topic,) = desk(register).propose(replace(PERIOD, today=TODAY + timedelta(365)), AUDITOR).topics
    # Of the five two were answered in time.
    assert (topic.records, topic.overdue) == (group, 3)


def test_another_period_has_other_topics(register: OversightRegister, group: tuple[int, ...]) -> None:
    later = Period(TODAY + timedelta(1), TODAY + timedelta(9), TODAY)
    assert group
    assert desk(register).propose(later, HUNG) == Proposals((), 0)


def test_a_topic_that_a_person_accepts_is_planned_with_its_grounds(register: OversightRegister, group: tuple[int, ...]) -> None:
    key = "transport.province.province:15"
    with pytest.raises(OversightForbidden):
        desk(register).accept(key, PERIOD, ACCEPTANCE, DEPUTY)
    number = desk(register).accept(key, PERIOD, ACCEPTANCE, HUNG)
    opened = register.programmes.show(number, DEPUTY)
    assert (opened.grounds, opened.subjects, opened.programme.topic) == (group, ACCEPTANCE.subjects, key)
    assert (opened.programme.ground, opened.programme.level) == (ProgrammeGround.PETITIONS, AdminLevel.PROVINCE)
    assert desk(register).propose(PERIOD, HUNG).topics[0].programmes == (number,)
    with pytest.raises(TopicTaken):
        desk(register).accept(key, PERIOD, ACCEPTANCE, MAI)


def test_nobody_accepts_what_is_not_proposed(register: OversightRegister) -> None:
    with pytest.raises(OversightNotFound):
        desk(register).accept("land.central", PERIOD, ACCEPTANCE, HUNG)
    with pytest.raises(OversightForbidden):
        desk(register).propose(PERIOD, LAN)


def test_an_accepted_plan_is_checked_like_any_other(register: OversightRegister, group: tuple[int, ...]) -> None:
    assert group
    taken = register.programmes.page(HUNG)
    early = replace(ACCEPTANCE, starts_on=date(2027, 3, 1), ends_on=date(2027, 2, 1))
    with pytest.raises(OversightRefused):
        desk(register).accept("transport.province.province:15", PERIOD, early, HUNG)
    assert register.programmes.page(HUNG) == taken
