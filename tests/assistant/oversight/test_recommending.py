"""What the Front recommended to bodies: answered, followed up every six months until it is settled, sealed in the tables."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from assistant.oversight.errors import (
    OversightChanged,
    OversightForbidden,
    OversightMoveNotAllowed,
    OversightNotFound,
    OversightRefused,
)
from assistant.oversight.register import OversightRegister
from assistant.oversight.rounds import Round
from assistant.oversight.types import SETTLED, DueKind, Position, ProgrammeStatus, Reply
from tests.assistant.feedback.office import HUNG, MAI
from tests.assistant.oversight.planned import AUDITOR, DEPUTY, PLAN, SENT, TODAY, WANTED, recommended, running

ANSWER = "Đã bố trí vốn, xong trước 30/6/2027"


def reply(position: Position, on: date = TODAY) -> Reply:
    return Reply(position, ANSWER, on)


def test_a_recommendation_is_told_with_its_answers_and_rounds(register: OversightRegister) -> None:
    number = recommended(register)
    version = register.recommendations.follow_up(number, 1, date(2026, 7, 2), "Chưa thấy trả lời, đã gọi điện", HUNG)
    register.recommendations.answer(number, version, reply(Position.ACCEPTED), MAI)
    told = register.recommendations.show(number, DEPUTY)
    assert (told.text, told.to_body, told.status, told.version) == (WANTED.text, WANTED.to_body, Position.ACCEPTED, 3)
    assert [(one.position, one.text) for one in told.replies] == [(Position.ACCEPTED, ANSWER)]
    assert [(one.held_on, one.status) for one in told.follow_ups] == [(date(2026, 7, 2), Position.OPEN)]
    assert told.next_round == Round(1, date(2026, 11, 23))
    assert register.programmes.show(told.programme or 0, DEPUTY).recommendations == (number,)


def test_nothing_is_recommended_before_the_supervision_runs(register: OversightRegister) -> None:
    planned = register.programmes.add(PLAN, HUNG)
    with pytest.raises(OversightRefused):
        register.recommendations.after_supervision(planned, WANTED, HUNG)
    with pytest.raises(OversightNotFound):
        register.recommendations.after_supervision(99, WANTED, HUNG)


@pytest.mark.parametrize(
    ("changes", "part"),
    [
        ({"text": " "}, "text"),
        ({"text": "a" * 20_001}, "text"),
        ({"to_body": ""}, "to_body"),
        ({"sent_on": TODAY + timedelta(1)}, "sent_on"),
        # Before the Front's law of 2015 was in force.
        ({"sent_on": date(2015, 12, 31)}, "sent_on"),
        ({"answer_by": SENT}, "answer_by"),
    ],
)
def test_what_cannot_have_been_sent_is_not_kept(register: OversightRegister, changes: dict[str, Any], part: str) -> None:
    with pytest.raises(OversightRefused) as refused:
        register.recommendations.after_supervision(running(register), replace(WANTED, **changes), HUNG)
    assert refused.value.what == part


def test_an_answer_lies_between_the_sending_and_today(register: OversightRegister) -> None:
    number = recommended(register)
    for day in (SENT - timedelta(1), TODAY + timedelta(1)):
        with pytest.raises(OversightRefused):
            register.recommendations.answer(number, 1, reply(Position.ACCEPTED, day), HUNG)
        with pytest.raises(OversightRefused):
            register.recommendations.follow_up(number, 1, day, "chưa xong", HUNG)


def test_a_body_may_change_its_mind_until_it_is_carried_out(register: OversightRegister) -> None:
    number = recommended(register)
    for version, position in enumerate((Position.REFUSED, Position.PARTLY, Position.CARRIED_OUT), start=1):
        register.recommendations.answer(number, version, reply(position), HUNG)
    with pytest.raises(OversightMoveNotAllowed) as over:
        register.recommendations.answer(number, 4, reply(Position.REFUSED), HUNG)
    assert over.value.allowed == ()
    told = register.recommendations.show(number, HUNG)
    assert ([one.position for one in told.replies], told.next_round) == ([Position.REFUSED, Position.PARTLY, Position.CARRIED_OUT], None)


def test_nobody_answers_that_nothing_was_answered(register: OversightRegister) -> None:
    with pytest.raises(OversightMoveNotAllowed):
        register.recommendations.answer(recommended(register), 1, reply(Position.OPEN), HUNG)


def due(register: OversightRegister, number: int, day: date) -> list[tuple[DueKind, int | None]]:
    return [(one.kind, one.round) for one in register.follow_ups_due(day, AUDITOR) if one.recommendation == number]


@pytest.mark.parametrize("position", list(Position))
def test_rounds_go_on_until_it_is_settled(register: OversightRegister, position: Position) -> None:
    number = recommended(register, answer_by=None)
    if position is not Position.OPEN:
        register.recommendations.answer(number, 1, reply(position), HUNG)
    assert due(register, number, date(2026, 11, 23)) == ([] if position in SETTLED else [(DueKind.ROUND, 1)])


def test_what_is_due_is_told_from_its_day_until_somebody_looked(register: OversightRegister) -> None:
    number = recommended(register)
    assert due(register, number, date(2026, 6, 30)) == []
    assert due(register, number, date(2026, 7, 1)) == [(DueKind.ANSWER, None)]
    assert due(register, number, date(2027, 1, 5)) == [(DueKind.ANSWER, None), (DueKind.ROUND, 1)]
    version = register.recommendations.answer(number, 1, reply(Position.ANSWERED), HUNG)
    register.recommendations.follow_up(number, version, TODAY, "Đã làm việc, chưa có lộ trình", HUNG)
    assert due(register, number, date(2027, 5, 23)) == []
    assert due(register, number, date(2027, 5, 24)) == [(DueKind.ROUND, 2)]


def test_a_cancelled_programme_is_not_followed_up(register: OversightRegister) -> None:
    number = recommended(register)
    programme = register.recommendations.show(number, HUNG).programme or 0
    register.programmes.move(programme, 2, ProgrammeStatus.CANCELLED, HUNG, "hết căn cứ")
    assert due(register, number, date(2030, 1, 1)) == []
    assert register.recommendations.show(number, HUNG).next_round is None


def test_what_is_settled_needs_no_looking_after(register: OversightRegister) -> None:
    number = recommended(register)
    version = register.recommendations.answer(number, 1, reply(Position.CARRIED_OUT), HUNG)
    with pytest.raises(OversightRefused):
        register.recommendations.follow_up(number, version, TODAY, "vẫn vậy", HUNG)


def test_of_two_who_answer_the_same_the_second_is_told(register: OversightRegister) -> None:
    number = recommended(register)
    register.recommendations.answer(number, 1, reply(Position.ACCEPTED), HUNG)
    with pytest.raises(OversightChanged):
        register.recommendations.answer(number, 1, reply(Position.REFUSED), MAI)
    with pytest.raises(OversightChanged):
        register.recommendations.follow_up(number, 1, TODAY, "chưa xong", MAI)


def test_deputies_and_auditors_only_read(register: OversightRegister) -> None:
    number = recommended(register)
    for actor in (DEPUTY, AUDITOR):
        assert register.recommendations.show(number, actor).number == number
        with pytest.raises(OversightForbidden):
            register.recommendations.answer(number, 1, reply(Position.ACCEPTED), actor)
