"""What a machine only thinks is no fact: persons settle it, persons look at what becomes public, and clocks go by what was settled."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from assistant.database import reading
from assistant.feedback.casework import Draft, Facts
from assistant.feedback.errors import InvariantBroken, MayNotAct, PersonalDataLeft, RecommendationNotFound
from assistant.feedback.reports.reported import reported_matters
from assistant.feedback.reports.session_report import ReportedMatter
from assistant.feedback.states import Role, State, Step
from assistant.feedback.tables import deadline, suggestion
from assistant.feedback.types import Field, Kind, Resolution
from assistant.feedback.wanted import Wanted
from assistant.insight.matters import Matter as Asked
from assistant.insight.matters import asked_matters
from assistant.interop.published import published_matters
from tests.assistant.feedback.office import FIRST, HUNG, LAN, MAI, MORNING, Office, person

TODAY = MORNING.date()
MIXED = "Đường trước nhà tôi hỏng. Đề nghị sửa luật đất đai."


def version(office: Office, number: int = 1) -> int:
    return office.recommendations.show(number, HUNG).matter.version


def step(office: Office, *steps: Step) -> None:
    for one in steps:
        office.recommendations.take(1, version(office), one)


def reported(office: Office) -> ReportedMatter:
    with reading(office.engine) as connection:
        (found,) = reported_matters(connection, TODAY, TODAY, lambda key: key)
    return found


def asked(office: Office, until: date = TODAY) -> Asked:
    with reading(office.engine) as connection:
        (found,) = asked_matters(connection, until, lambda key: key)
    return found


def clocks(office: Office) -> list[tuple[str, date, bool]]:
    with reading(office.engine) as connection:
        rows = connection.execute(select(deadline).where(deadline.c.rule != "NB_SCREEN").order_by(deadline.c.number)).all()
    return [(row.rule, row.started, row.met_on is not None) for row in rows]


def answered(office: Office, text: str = "Đã sửa đường.") -> None:
    step(office, Step(State.ROUTED, HUNG))
    office.casework.draft_answer(1, version(office), Draft(text, Resolution.SETTLED), HUNG)
    office.casework.approve_answer(1, version(office), MAI)


def published(office: Office) -> None:
    office.sent()
    step(office, Step(State.ACCEPTED, LAN))
    office.casework.settle(1, version(office), Facts(title="Đường hỏng", statement="Đề nghị sửa đường"), HUNG)
    answered(office)
    office.casework.confirm_redaction(1, version(office), {}, HUNG)
    office.casework.publish(1, version(office), MAI)


def public(office: Office) -> list[int]:
    with reading(office.engine) as connection:
        return [one.number for one in published_matters(connection, office.vault)]


def test_what_a_machine_thinks_is_counted_as_unknown_until_somebody_takes_it_up(office: Office) -> None:
    office.sent()
    matter = office.recommendations.show(1, HUNG).matter
    assert (matter.kind, matter.field, matter.settled) == ("report", "transport", ())
    assert (reported(office).kind, reported(office).field) == ("unknown", None)
    step(office, Step(State.ACCEPTED, LAN))
    assert office.recommendations.show(1, HUNG).matter.settled == ("field", "kind")
    assert (reported(office).kind, reported(office).field) == ("report", Field.TRANSPORT)


def test_what_one_person_settles_leaves_the_rest_to_the_machine(office: Office) -> None:
    office.sent()
    office.casework.settle(1, version(office), Facts(kind=Kind.RECOMMENDATION, title="Đường hỏng"), HUNG)
    assert office.recommendations.show(1, HUNG).matter.settled == ("kind",)
    assert (reported(office).kind, reported(office).field) == ("recommendation", None)


def test_nothing_is_taken_up_whose_kind_nobody_knows(office: Office) -> None:
    code = office.sent(MIXED)
    office.desk.splitting.split(1, version(office), code, [(0, 25), (26, len(MIXED))], LAN)
    with pytest.raises(InvariantBroken) as refused:
        office.recommendations.take(2, version(office, 2), Step(State.ACCEPTED, LAN))
    assert refused.value.name == "acceptance_needs_a_kind"


def test_what_is_settled_of_a_part_says_nothing_of_the_whole_letter(office: Office) -> None:
    code = office.sent(MIXED)
    office.desk.splitting.split(1, version(office), code, [(0, 25), (26, len(MIXED))], LAN)
    office.casework.settle(2, version(office, 2), Facts(kind=Kind.RECOMMENDATION, field=Field.LAND), HUNG)
    with reading(office.engine) as connection:
        judged = set(connection.execute(select(suggestion.c.is_accepted)).scalars())
    assert judged == {None}


def test_a_screener_releases_nothing(office: Office) -> None:
    code = office.sent()
    with pytest.raises(MayNotAct):
        office.casework.confirm_redaction(1, version(office), {code: "Đường hỏng"}, LAN)


@pytest.mark.parametrize("part", ["title", "statement", "answer", "text"])
def test_whatever_would_be_public_is_looked_through_for_personal_data(office: Office, part: str) -> None:
    told = "Gọi số 0912 345 678"
    code = office.sent()
    step(office, Step(State.ACCEPTED, LAN))
    facts = Facts(title=told if part == "title" else "Đường hỏng", statement=told if part == "statement" else "Sửa đường")
    office.casework.settle(1, version(office), facts, HUNG)
    answered(office, told if part == "answer" else "Đã sửa đường.")
    texts = {code: told if part == "text" else "Đường hỏng"}
    with pytest.raises(PersonalDataLeft) as refused:
        office.casework.confirm_redaction(1, version(office), texts, HUNG)
    assert refused.value.found == ((code if part == "text" else part, "phone"),)
    office.casework.confirm_redaction(1, version(office), texts, HUNG, despite_found=True)
    office.casework.publish(1, version(office), MAI)
    assert public(office) == [1]


def test_words_that_change_after_they_were_looked_at_must_be_looked_at_again(office: Office) -> None:
    office.sent()
    step(office, Step(State.ACCEPTED, LAN), Step(State.ROUTED, HUNG))
    office.casework.confirm_redaction(1, version(office), {}, HUNG)
    office.casework.draft_answer(1, version(office), Draft("Đã sửa", Resolution.SETTLED), HUNG)
    office.casework.approve_answer(1, version(office), MAI)
    with pytest.raises(InvariantBroken):
        office.casework.publish(1, version(office), MAI)


def test_what_is_public_is_hidden_while_its_new_words_were_not_looked_at(office: Office) -> None:
    published(office)
    assert public(office) == [1]
    office.casework.settle(1, version(office), Facts(statement="Gọi ông Nguyễn Văn Bình"), HUNG)
    assert public(office) == []
    office.casework.settle(1, version(office), Facts(statement="Đề nghị sửa đường"), HUNG)
    office.casework.confirm_redaction(1, version(office), {}, HUNG)
    assert public(office) == [1]


def test_what_was_published_stays_public_once_it_is_closed_and_until_it_is_reopened(office: Office) -> None:
    published(office)
    step(office, Step(State.CLOSED, MAI))
    assert public(office) == [1]
    step(office, Step(State.REOPEN_REQUESTED, person("an", Role.DEPUTY)))
    assert public(office) == [1]
    step(office, Step(State.REOPENED, HUNG))
    assert public(office) == []
    answered(office, "Sẽ sửa lại.")
    step(office, Step(State.CLOSED, MAI))
    assert public(office) == []


def test_what_is_reopened_has_a_clock_and_counts_as_open(office: Office) -> None:
    office.sent()
    step(office, Step(State.ACCEPTED, LAN))
    office.casework.settle(1, version(office), Facts(statement="Sửa đường", kind=Kind.RECOMMENDATION), HUNG)
    answered(office)
    assert (asked(office).answered_on, asked(office).is_open_on(TODAY)) == (TODAY, False)
    assert not reported(office).is_for_next_report
    office.clock.move(timedelta(days=10))
    later = office.clock().date()
    step(office, Step(State.CLOSED, MAI), Step(State.REOPEN_REQUESTED, person("an", Role.DEPUTY)), Step(State.REOPENED, HUNG))
    step(office, Step(State.ROUTED, HUNG))
    assert clocks(office) == [("NB_REPLY", TODAY, True), ("NB_REPLY", later, False)]
    again = asked(office, later)
    assert (again.answered_on, again.reopened_on, again.is_open_on(later), again.resolution) == (None, later, True, None)
    assert again.due is not None
    assert again.is_overdue_on(again.due + timedelta(days=1))
    assert reported(office).is_for_next_report
    assert asked(office, TODAY).answered_on == TODAY


def test_a_kind_settled_later_sets_the_clock_anew_from_its_first_day(office: Office) -> None:
    office.sent()
    step(office, Step(State.ACCEPTED, LAN))
    office.clock.move(timedelta(days=3))
    office.casework.settle(1, version(office), Facts(kind=Kind.VOTER_RECOMMENDATION), HUNG)
    assert clocks(office) == [("CT_49_1", TODAY, False)]
    (due,) = [one.due for one in office.desk.casefiles.open(1, HUNG).clocks if one.rule == "CT_49_1"]
    assert due == TODAY + timedelta(days=60)
    office.casework.settle(1, version(office), Facts(kind=Kind.REPORT), HUNG)
    assert clocks(office) == [("NB_REPLY", TODAY, False)]


def test_what_was_reopened_stays_hidden_when_it_is_closed_without_a_new_answer(office: Office) -> None:
    published(office)
    step(office, Step(State.REOPEN_REQUESTED, person("an", Role.DEPUTY)), Step(State.REOPENED, HUNG), Step(State.ROUTED, HUNG))
    office.casework.draft_answer(1, version(office), Draft("Đang xem lại", Resolution.BEING_STUDIED), HUNG)
    office.casework.approve_answer(1, version(office), MAI)
    step(office, Step(State.CLOSED, MAI))
    assert public(office) == []


def test_what_is_reopened_on_the_day_it_was_taken_up_has_its_clock_back(office: Office) -> None:
    published(office)
    step(office, Step(State.REOPEN_REQUESTED, person("an", Role.DEPUTY)), Step(State.REOPENED, HUNG), Step(State.ROUTED, HUNG))
    assert clocks(office) == [("NB_REPLY", TODAY, False)]


@pytest.mark.parametrize("text", ["Tôi tố cáo ông A nhận tiền", "Đường hỏng"], ids=["denunciation", "report"])
def test_what_was_withdrawn_before_it_was_read_is_read_by_nobody_in_the_open(office: Office, text: str) -> None:
    code = office.intake.submit(office.letter(text)).code
    office.own_data.withdraw(code)
    with pytest.raises(RecommendationNotFound):
        office.recommendations.show(1, HUNG)
    assert office.desk.queue.page(HUNG, Wanted()) == []
    office.understander.understand_waiting()
    seals = "tố cáo" in text
    assert [one.number for one in office.desk.queue.page(HUNG, Wanted())] == ([] if seals else [1])
    assert office.recommendations.show(1, FIRST if seals else HUNG).matter.is_sealed is seals
    assert office.own_data.status(code).state is State.WITHDRAWN


@pytest.mark.parametrize("act", ["draft", "approve", "publish", "refer"])
def test_an_act_on_what_is_sealed_is_refused_as_if_it_were_not_there(office: Office, act: str) -> None:
    office.sent("Tôi tố cáo ông A nhận tiền")
    acts = {
        "draft": lambda: office.casework.draft_answer(1, 2, Draft("x", Resolution.SETTLED), HUNG),
        "approve": lambda: office.casework.approve_answer(1, 2, MAI),
        "publish": lambda: office.casework.publish(1, 7, MAI),
        "refer": lambda: office.casework.refer(1, 2, "Sở Xây dựng", (), "", HUNG),
    }
    with pytest.raises(RecommendationNotFound):
        acts[act]()


def test_a_text_released_for_one_part_hides_the_other_until_it_is_looked_at_again(office: Office) -> None:
    code = office.sent(MIXED)
    office.desk.splitting.split(1, version(office), code, [(0, 25), (26, len(MIXED))], LAN)
    for number in (2, 3):
        office.casework.settle(number, version(office, number), Facts(kind=Kind.REPORT), HUNG)
        office.recommendations.take(number, version(office, number), Step(State.ACCEPTED, LAN))
    office.recommendations.take(2, version(office, 2), Step(State.ROUTED, HUNG))
    office.casework.draft_answer(2, version(office, 2), Draft("Đã sửa", Resolution.SETTLED), HUNG)
    office.casework.approve_answer(2, version(office, 2), MAI)
    office.casework.confirm_redaction(2, version(office, 2), {code: "Đường hỏng"}, HUNG)
    office.casework.publish(2, version(office, 2), MAI)
    assert public(office) == [2]
    office.casework.confirm_redaction(3, version(office, 3), {code: "Sửa luật"}, HUNG)
    assert public(office) == []


def test_what_is_merged_into_something_public_hides_it_until_it_is_looked_at_again(office: Office) -> None:
    published(office)
    code = office.sent("Đường hỏng, gọi 0912345678", sender="2")
    office.casework.confirm_redaction(2, version(office, 2), {code: "Gọi 0912345678"}, HUNG, despite_found=True)
    office.casework.merge(2, version(office, 2), 1, LAN)
    assert public(office) == []
    with pytest.raises(PersonalDataLeft) as refused:
        office.casework.confirm_redaction(1, version(office), {}, HUNG)
    assert refused.value.found == ((code, "phone"),)


def test_a_report_holds_nothing_written_of_a_letter_that_was_sealed_by_a_part(office: Office) -> None:
    code = office.sent(MIXED)
    office.casework.settle(1, version(office), Facts(title="Đường hỏng", statement="Sửa đường"), HUNG)
    office.desk.splitting.split(1, version(office), code, [(0, 25), (26, len(MIXED))], LAN)
    office.recommendations.take(3, version(office, 3), Step(State.SEALED, LAN))
    with reading(office.engine) as connection:
        assert reported_matters(connection, TODAY, TODAY, lambda key: key) == []
