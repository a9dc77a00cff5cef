"""The register from a plan to the last round, on each engine: kept, sealed, written down, and nothing of what is sealed in proposals."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

from sqlalchemy import LargeBinary, select

from assistant.all_tables import metadata
from assistant.database import reading
from assistant.feedback.keeping import verify_audit
from assistant.feedback.seal_places import place_of
from assistant.feedback.states import State, Step
from assistant.oversight.errors import OversightError
from assistant.oversight.proposal_desk import Acceptance, Period
from assistant.oversight.register import OversightRegister
from assistant.oversight.types import CritiqueResult, Position, ProgrammeForm, ProgrammeStatus, Reply
from corpus.days import VIETNAM
from tests.assistant.feedback.office import HUNG, MAI, Office
from tests.assistant.oversight.planned import DRAFT, PLAN, SENT, TODAY, WANTED, taken_in

PERIOD = Period(TODAY, TODAY, TODAY)
ACCEPTED = Acceptance(2027, "Ủy ban MTTQ Việt Nam xã A Mú Sung", "Giám sát việc sửa đường liên thôn", ProgrammeForm.COMMUNITY_BOARDS)


def test_what_people_send_becomes_a_topic_a_plan_and_is_followed_up(own_office: Office) -> None:
    register = OversightRegister(own_office.engine, own_office.vault, own_office.clock)
    records = tuple(taken_in(own_office, f"Đường hỏng, chỗ thứ {sender}", sender=str(sender)) for sender in range(5))
    desk = register.proposals(lambda _key: None)
    (topic,) = desk.propose(PERIOD, MAI).topics
    assert (topic.key, topic.people, topic.records, topic.unsettled) == ("transport.commune.commune:03010", 5, records, 5)
    number = desk.accept(topic.key, PERIOD, ACCEPTED, MAI)
    assert register.programmes.show(number, HUNG).grounds == records
    assert desk.propose(PERIOD, MAI).topics[0].programmes == (number,)
    register.programmes.move(number, 1, ProgrammeStatus.RUNNING, HUNG)
    wanted = register.recommendations.after_supervision(number, WANTED, HUNG)
    register.recommendations.follow_up(wanted, 1, TODAY, "Đã gọi điện", HUNG)
    register.recommendations.answer(wanted, 2, Reply(Position.ACCEPTED, "Xong trước 30/6/2027", TODAY), HUNG)
    assert [one.round for one in register.follow_ups_due(date(2027, 5, 24), HUNG)] == [2]
    verify_audit(own_office.engine, own_office.vault)
    # What is sealed later is no ground any more, and fewer than five are told of nowhere.
    version = own_office.recommendations.show(records[0], HUNG).matter.version
    own_office.recommendations.take(records[0], version, Step(State.SEALED, HUNG))
    assert register.programmes.show(number, HUNG).grounds == records[1:]
    assert desk.propose(PERIOD, MAI).topics == ()


def test_no_table_holds_what_was_written_and_a_new_key_reaches_all_of_it(own_office: Office) -> None:
    register = OversightRegister(own_office.engine, own_office.vault, own_office.clock)
    plan = register.programmes.add(PLAN, HUNG)
    register.programmes.move(plan, 1, ProgrammeStatus.RUNNING, HUNG)
    wanted = register.recommendations.after_supervision(plan, WANTED, HUNG)
    register.recommendations.follow_up(wanted, 1, TODAY, "Đã gọi điện", HUNG)
    register.recommendations.answer(wanted, 2, Reply(Position.PARTLY, "Đang xem xét", TODAY), HUNG)
    register.programmes.move(plan, 2, ProgrammeStatus.CANCELLED, HUNG, "hết căn cứ")
    critique = register.critiques.add(DRAFT, HUNG)
    register.critiques.give_opinion(critique, 1, "Mức thu cao", SENT, HUNG)
    register.critiques.respond(critique, 2, CritiqueResult.EXPLAINED, "Đã giải trình", TODAY, HUNG)
    opened = set()
    tables = (one for one in metadata.sorted_tables if one.name.startswith("oversight_"))
    sealed = [column for table in tables for column in table.columns if isinstance(column.type, LargeBinary)]
    with reading(own_office.engine) as connection:
        for column in sealed:
            for row in connection.execute(select(column.table).where(column.is_not(None))).all():
                value = getattr(row, column.name)
                text = own_office.vault.open(value, place_of(column.info)(row))
                assert text.encode() not in value
                opened.add(text)
    assert opened == {"hết căn cứ", "Mức thu cao", "Đã giải trình", WANTED.text, "Đang xem xét", "Đã gọi điện"}


def test_moments_in_any_zone_open_again(own_office: Office) -> None:
    register = OversightRegister(own_office.engine, own_office.vault, lambda: own_office.clock().astimezone(VIETNAM))
    plan = register.programmes.add(PLAN, HUNG)
    register.programmes.move(plan, 1, ProgrammeStatus.RUNNING, HUNG)
    number = register.recommendations.after_supervision(plan, WANTED, HUNG)
    assert register.recommendations.show(number, HUNG).text == WANTED.text


def test_of_several_at_once_one_plans_the_topic_and_one_moves_it(own_office: Office) -> None:
    register = OversightRegister(own_office.engine, own_office.vault, own_office.clock)

    def attempt(act: Callable[[], int]) -> str:
        try:
            act()
        except OversightError as error:
            return type(error).__name__
        return "done"

    def outcomes(act: Callable[[], int]) -> list[str]:
        with ThreadPoolExecutor(4) as people:
            return sorted(people.map(attempt, [act] * 4))

    plan = replace(PLAN, topic="transport.central")
    assert outcomes(lambda: register.programmes.add(plan, HUNG)) == ["TopicTaken"] * 3 + ["done"]
    (planned,) = register.programmes.page(HUNG)
    moved = outcomes(lambda: register.programmes.move(planned.number, 1, ProgrammeStatus.RUNNING, HUNG))
    assert moved == ["OversightChanged"] * 3 + ["done"]
    verify_audit(own_office.engine, own_office.vault)
