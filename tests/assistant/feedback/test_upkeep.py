"""The daily round: each reminder once, and what its sender no longer answers is closed and told."""

from __future__ import annotations

from datetime import timedelta

from assistant.feedback.queue import Matter
from assistant.feedback.states import Role, State, Step
from assistant.feedback.upkeep import DailyUpkeep
from assistant.feedback.wanted import Wanted
from tests.assistant.feedback.office import CHAT, HUNG, LAN, MAI, Office, ScriptedChannel, person


def upkeep(office: Office) -> DailyUpkeep:
    return DailyUpkeep(office.engine, office.vault, office.clock, office.recommendations)


def only(office: Office) -> Matter:
    (matter,) = office.queue.page(HUNG, Wanted())
    return matter


def test_who_was_asked_in_vain_is_told_that_it_is_closed(office: Office) -> None:
    code = office.sent()
    office.recommendations.take(1, only(office).version, Step(State.NEEDS_INFO, LAN))
    assert upkeep(office).run().closed == ()
    office.clock.move(timedelta(days=40))
    assert upkeep(office).run().closed == (1,)
    assert upkeep(office).run().closed == ()
    assert office.own_data.status(code).state is State.CLOSED
    channel = ScriptedChannel()
    office.outbox().deliver_due({CHAT: channel})
    assert [one.facts.get("state") for one in channel.arrived.values()][-1] == "closed"


def test_a_reminder_comes_once_a_day_however_often_it_is_asked_for(office: Office) -> None:
    office.sent()
    office.clock.move(timedelta(days=1))
    assert len(upkeep(office).run().near) == 1
    assert upkeep(office).run().near == ()


def test_an_answer_in_time_stops_the_round(office: Office) -> None:
    office.sent()
    office.recommendations.take(1, only(office).version, Step(State.ANSWERED_DIRECT, LAN))
    office.clock.move(timedelta(days=90))
    assert upkeep(office).run().near == ()


def test_what_is_due_can_be_looked_up_by_those_who_may_see_it(office: Office) -> None:
    office.sent()
    office.sent("Tôi tố cáo ông A")
    office.clock.move(timedelta(days=1))
    (due,) = office.desk.due.within(7, HUNG)
    assert (due.recommendation, due.rule, due.is_overdue) == (1, "NB_SCREEN", False)
    assert office.desk.due.within(0, HUNG) == []
    assert office.desk.due.within(400, MAI) == [due]
    assert office.desk.due.within(400, person("nga", Role.AUDITOR)) == []
    office.clock.move(timedelta(days=30))
    assert [(one.rule, one.is_overdue) for one in office.desk.due.within(0, HUNG)] == [("NB_SCREEN", True)]
