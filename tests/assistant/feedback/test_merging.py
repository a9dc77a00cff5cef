"""Matters that are followed together: what a merge made is undone exactly, what ends or is reopened leads along what follows it."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import select

from assistant.database import reading
from assistant.feedback.casework import Draft, Facts
from assistant.feedback.errors import ActInvalid, CannotJoin, TransitionNotAllowed
from assistant.feedback.queue import Matter
from assistant.feedback.reports.reported import reported_matters
from assistant.feedback.states import Role, State, Step
from assistant.feedback.tables import link
from assistant.feedback.types import Resolution
from assistant.insight.letters import period_letters
from corpus.days import VIETNAM
from tests.assistant.feedback.office import CHAT, FIRST, HUNG, LAN, MAI, Office, ScriptedChannel, person

ROAD, LAW = "Đường trước nhà tôi hỏng.", "Đề nghị sửa luật đất đai."
MIXED = f"{ROAD} {LAW}"
PARTS = ((0, len(ROAD)), (len(ROAD) + 1, len(MIXED)))
DEPUTY = person("binh", Role.DEPUTY)


def matter(office: Office, number: int = 1) -> Matter:
    return office.recommendations.show(number, HUNG).matter


def step(office: Office, number: int, *steps: Step) -> None:
    for one in steps:
        office.recommendations.take(number, matter(office, number).version, one)


def merge(office: Office, number: int, into: int) -> None:
    actor = HUNG if matter(office, number).state is State.ACCEPTED else LAN
    office.casework.merge(number, matter(office, number).version, into, actor)


def unmerge(office: Office, number: int, to: State = State.SCREENING) -> None:
    office.casework.unmerge(number, matter(office, number).version, to, HUNG)


def split(office: Office, sender: str = "1") -> str:
    code = office.sent(MIXED, sender)
    number = matter_of(office, code)
    office.desk.splitting.split(number, matter(office, number).version, code, PARTS, LAN)
    return code


def matter_of(office: Office, code: str) -> int:
    with reading(office.engine) as connection:
        sent = office.intake.find(connection, code).number
        primary = (link.c.submission == sent) & (link.c.kind == "primary")
        return int(connection.execute(select(link.c.recommendation).where(primary)).scalar_one())


def states(office: Office, *numbers: int) -> list[State]:
    return [State(matter(office, number).state) for number in numbers]


def texts(office: Office, number: int) -> list[str | None]:
    return [one.text for one in office.recommendations.show(number, HUNG).submissions]


def to_answered(office: Office, number: int = 1) -> None:
    step(office, number, Step(State.ACCEPTED, LAN), Step(State.ROUTED, HUNG))
    draft = Draft("Đã vá đường ngày 20/11.", Resolution.SETTLED)
    office.casework.draft_answer(number, matter(office, number).version, draft, HUNG)
    office.casework.approve_answer(number, matter(office, number).version, MAI)


def published_matter(office: Office, number: int = 1) -> None:
    to_answered(office, number)
    office.casework.confirm_redaction(number, matter(office, number).version, {}, HUNG)
    office.casework.publish(number, matter(office, number).version, MAI)


def told(office: Office, *codes: str) -> Counter[tuple[object, str | None]]:
    """What the senders of these have been told of states since this was last asked, with the words."""
    channel = ScriptedChannel()
    office.outbox().deliver_due({CHAT: channel})
    return Counter((one.facts["state"], one.text) for one in channel.arrived.values() if one.what == "state" and one.facts["code"] in codes)


def due(office: Office, number: int) -> dict[str, bool]:
    """The clocks that run for it, and whether they stand still."""
    return {one.rule: one.is_paused for one in office.desk.casefiles.open(number, HUNG).clocks if one.met_on is None}


def test_undoing_a_merge_leaves_what_other_merges_made(office: Office) -> None:
    split(office)
    for sender in ("2", "3"):
        office.sent("Đường xã tôi cũng hỏng", sender)
    merge(office, 2, 4)
    merge(office, 3, 5)
    unmerge(office, 2)
    assert (texts(office, 4), texts(office, 5)) == (["Đường xã tôi cũng hỏng"], ["Đường xã tôi cũng hỏng", LAW])
    assert states(office, 2, 3) == [State.SCREENING, State.LINKED]


def test_undoing_a_merge_further_down_reaches_through_those_above(office: Office) -> None:
    for sender in ("1", "2", "3"):
        office.sent(sender=sender)
    merge(office, 3, 2)
    merge(office, 2, 1)
    assert matter(office, 1).submissions == 3
    unmerge(office, 3)
    assert [matter(office, number).submissions for number in (1, 2, 3)] == [2, 1, 1]
    unmerge(office, 2)
    assert [matter(office, number).submissions for number in (1, 2, 3)] == [1, 1, 1]


def test_the_case_file_tells_whose_merge_made_a_link(office: Office) -> None:
    office.sent(sender="1")
    office.sent(sender="2")
    merge(office, 2, 1)
    unmerge(office, 2)
    lineage = [(one.kind, one.merged_from, one.undone_by) for one in office.desk.casefiles.open(1, HUNG).joined]
    assert lineage == [("primary", None, None), ("duplicate", 2, "hung")]


def test_a_part_hands_over_its_words_alone(office: Office) -> None:
    code = split(office)
    office.sent("Đường xã tôi cũng hỏng", "2")
    merge(office, 2, 4)
    assert texts(office, 4) == ["Đường xã tôi cũng hỏng", ROAD]
    step(office, 4, Step(State.ACCEPTED, LAN))
    assert office.own_data.status(code).state is State.SCREENING


def test_what_was_released_of_the_message_is_not_shown_with_a_part_of_it(office: Office) -> None:
    code = split(office)
    office.sent("Đường xã tôi cũng hỏng", "2")
    office.casework.confirm_redaction(1, matter(office, 1).version, {code: MIXED}, HUNG)
    merge(office, 2, 4)
    with pytest.raises(ActInvalid):
        office.casework.confirm_redaction(4, matter(office, 4).version, {code: "khác"}, HUNG)
    assert office.own_data.status(code).public_text == MIXED


def test_a_part_that_comes_back_to_its_message_counts_its_sender_once(office: Office) -> None:
    code = split(office)
    merge(office, 2, 1)
    step(office, 1, Step(State.ACCEPTED, LAN))
    assert (matter(office, 1).submissions, texts(office, 1)) == (1, [MIXED])
    with reading(office.engine) as connection:
        (reported,) = [
            one
            for one in reported_matters(connection, office.clock.now.date(), office.clock.now.date(), lambda _area: None)
            if one.number == 1
        ]
    assert reported.submissions == 1
    assert sum(told(office, code)[state, None] for state in ("accepted",)) == 1
    unmerge(office, 2)
    assert (texts(office, 2), texts(office, 1)) == ([ROAD], [MIXED])


@pytest.mark.parametrize("end", [State.CLOSED, State.ANSWERED_DIRECT, State.GUIDED_OUT, State.REJECTED])
def test_what_ends_ends_for_all_that_follow_it(office: Office, end: State) -> None:
    codes = [office.sent(sender=sender) for sender in ("1", "2", "3")]
    merge(office, 3, 2)
    merge(office, 2, 1)
    if end is State.CLOSED:
        to_answered(office)
        step(office, 1, Step(State.CLOSED, MAI))
    elif end is State.REJECTED:
        office.recommendations.claim(1, matter(office).version, LAN)
        step(office, 1, Step(State.REJECTED, HUNG, "spam"))
    else:
        step(office, 1, Step(end, LAN))
    assert states(office, 1, 2, 3) == [end, State.CLOSED, State.CLOSED]
    assert {office.own_data.status(code).state for code in codes} == {end}
    assert all(due(office, number) == {} for number in (1, 2, 3))


def test_all_senders_are_told_the_answer_and_the_end_once(office: Office) -> None:
    first, second = office.sent(sender="1"), office.sent(sender="2")
    merge(office, 2, 1)
    to_answered(office)
    step(office, 1, Step(State.CLOSED, MAI))
    heard = told(office, first, second)
    assert heard == {("linked", None): 1, ("accepted", None): 2, ("answered", "Đã vá đường ngày 20/11."): 2, ("closed", None): 2}


def test_who_comes_after_the_answer_is_told_it_with_the_merge(office: Office) -> None:
    office.sent(sender="1")
    to_answered(office)
    late = office.sent(sender="2")
    merge(office, 2, 1)
    step(office, 1, Step(State.CLOSED, MAI))
    assert told(office, late) == {("linked", "Đã vá đường ngày 20/11."): 1, ("closed", None): 1}
    assert [one.text for one in office.desk.messages.of_citizen(late)] == ["Đã vá đường ngày 20/11."]


def test_what_was_reopened_is_followed_again_and_can_be_parted(office: Office) -> None:
    office.sent(sender="1")
    second = office.sent(sender="2")
    merge(office, 2, 1)
    to_answered(office)
    step(office, 1, Step(State.CLOSED, MAI))
    office.own_data.ask_again(second)
    assert states(office, 1, 2) == [State.REOPEN_REQUESTED, State.CLOSED]
    step(office, 1, Step(State.REOPENED, HUNG))
    assert states(office, 1, 2) == [State.REOPENED, State.LINKED]
    unmerge(office, 2, State.ACCEPTED)
    assert (office.own_data.status(second).state, matter(office, 1).submissions) == (State.ACCEPTED, 1)


def test_what_a_deputy_asks_to_review_goes_by_itself(office: Office) -> None:
    office.sent(sender="1")
    second = office.sent(sender="2")
    merge(office, 2, 1)
    to_answered(office)
    step(office, 1, Step(State.CLOSED, MAI))
    step(office, 2, Step(State.REOPEN_REQUESTED, DEPUTY))
    assert (office.own_data.status(second).state, matter(office, 1).submissions) == (State.REOPEN_REQUESTED, 1)
    step(office, 1, Step(State.REOPEN_REQUESTED, DEPUTY), Step(State.REOPENED, HUNG))
    assert states(office, 2) == [State.REOPEN_REQUESTED]


def test_nothing_is_merged_with_what_follows_another(office: Office) -> None:
    for sender in ("1", "2", "3"):
        office.sent(sender=sender)
    merge(office, 2, 1)
    for number, into in ((3, 2), (1, 2)):
        with pytest.raises(CannotJoin):
            merge(office, number, into)


def test_deadlines_stand_still_while_another_one_runs(office: Office) -> None:
    office.sent(sender="1")
    office.sent(sender="2")
    step(office, 1, Step(State.ACCEPTED, LAN))
    step(office, 2, Step(State.ACCEPTED, LAN))
    merge(office, 2, 1)
    assert (due(office, 2), due(office, 1)) == ({"NB_REPLY": True}, {"NB_REPLY": False})
    office.clock.move(timedelta(days=200))
    assert [one.recommendation for one in office.desk.due.within(0, HUNG)] == [1]
    assert 2 not in [one.recommendation for one in office.desk.upkeep.run().near]


def test_the_days_that_were_left_are_left_when_it_is_parted(office: Office) -> None:
    office.sent()
    office.sent(sender="2")
    office.clock.move(timedelta(days=1))
    merge(office, 2, 1)
    office.clock.move(timedelta(days=100))
    unmerge(office, 2)
    left = {one.recommendation: one.days_left for one in office.desk.due.within(400, HUNG) if one.rule == "NB_SCREEN"}
    assert left[1] < 0
    # The day of the merge and the day of the parting use up nothing, as with any pause.
    (clock,) = [one for one in office.desk.casefiles.open(2, HUNG).clocks if one.rule == "NB_SCREEN"]
    assert clock.due is not None
    assert (clock.is_paused, clock.due > office.clock.now.astimezone(VIETNAM).date()) == (False, True)


def test_what_was_merged_counts_with_its_target_also_when_both_have_ended(office: Office) -> None:
    office.sent(sender="1")
    office.sent(sender="2")
    merge(office, 2, 1)
    to_answered(office)
    step(office, 1, Step(State.CLOSED, MAI))
    today = office.clock.now.astimezone(VIETNAM).date()
    with reading(office.engine) as connection:
        assert [one.number for one in reported_matters(connection, today, today, lambda _area: None)] == [1]
        assert list(period_letters(connection, office.vault, today, today).submissions.values()) == [(1, 2)]


def test_who_withdraws_takes_the_matter_opened_for_it_along(office: Office) -> None:
    office.sent(sender="1")
    second = office.sent(sender="2")
    merge(office, 2, 1)
    assert office.own_data.withdraw(second).state is State.WITHDRAWN
    assert (states(office, 1, 2), matter(office, 1).submissions) == ([State.SCREENING, State.WITHDRAWN], 1)
    with pytest.raises(TransitionNotAllowed):
        unmerge(office, 2)


def test_who_withdraws_leaves_what_others_sent_for_a_part(office: Office) -> None:
    code = split(office)
    office.sent("Đường xã tôi cũng hỏng", "2")
    merge(office, 4, 2)
    office.own_data.withdraw(code)
    assert states(office, 1, 2, 3, 4) == [State.WITHDRAWN, State.SCREENING, State.WITHDRAWN, State.LINKED]
    assert texts(office, 2) == ["Đường xã tôi cũng hỏng"]


def test_nobody_works_on_what_its_sender_took_back(office: Office) -> None:
    code = office.sent()
    office.own_data.withdraw(code)
    version = matter(office).version
    with pytest.raises(TransitionNotAllowed):
        office.casework.settle(1, version, Facts(title="Đường hỏng"), HUNG)
    with pytest.raises(TransitionNotAllowed):
        office.casework.confirm_redaction(1, version, {code: "Đường hỏng"}, HUNG)
    assert matter(office).version == version


def test_a_letter_sealed_since_is_not_handed_over(office: Office) -> None:
    split(office)
    office.sent("Đường xã tôi cũng hỏng", "2")
    step(office, 2, Step(State.SEALED, LAN))
    merge(office, 1, 4)
    assert texts(office, 4) == ["Đường xã tôi cũng hỏng"]
    with reading(office.engine) as connection:
        live = connection.execute(select(link.c.recommendation).where((link.c.submission == 1) & link.c.undone_at.is_(None)))
        assert 4 not in live.scalars().all()
    assert office.recommendations.show(2, FIRST).submissions[0].text == ROAD
