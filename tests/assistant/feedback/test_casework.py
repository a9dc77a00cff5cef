"""What reviewers do: facts settled are labels, joins can be undone, answers pass a second person, support is counted once."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from assistant.database import reading
from assistant.feedback.casework import Draft, Facts
from assistant.feedback.errors import (
    ActInvalid,
    CannotJoin,
    ChangedMeanwhile,
    DenunciationInTheOpen,
    InvariantBroken,
    NothingDrafted,
    RecommendationNotFound,
)
from assistant.feedback.intake import NewSubmission
from assistant.feedback.queue import Matter
from assistant.feedback.states import Actor, Role, State, Step
from assistant.feedback.support import Standing
from assistant.feedback.tables import audit_event, link, suggestion
from assistant.feedback.types import Field, Kind, Resolution
from assistant.feedback.wanted import Wanted
from tests.assistant.feedback.office import CHAT, FIRST, HUNG, LAN, MAI, SECOND, Office, ScriptedChannel, person


def matter(office: Office, number: int = 1) -> Matter:
    return office.recommendations.show(number, HUNG).matter


def step(office: Office, number: int, *steps: Step) -> None:
    for one in steps:
        office.recommendations.take(number, matter(office, number).version, one)


def test_what_a_person_settles_is_kept_and_judges_the_machine(office: Office) -> None:
    office.sent()
    version = office.casework.settle(1, matter(office).version, Facts(field=Field.ENVIRONMENT, title="Đường hỏng"), HUNG)
    assert (matter(office).version, matter(office).field, matter(office).title) == (version, "environment", "Đường hỏng")
    with reading(office.engine) as connection:
        rows = {row.task: row for row in connection.execute(select(suggestion))}
    assert (rows["field"].is_accepted, rows["field"].decided_by, rows["kind"].is_accepted) == (False, "hung", None)


def test_nobody_settles_what_somebody_else_has_just_changed(office: Office) -> None:
    office.sent()
    version = matter(office).version
    office.casework.settle(1, version, Facts(title="một"), HUNG)
    with pytest.raises(ChangedMeanwhile):
        office.casework.settle(1, version, Facts(title="hai"), LAN)


def test_nobody_settles_what_they_may_not_see(office: Office) -> None:
    office.sent("Tôi tố cáo ông A")
    with pytest.raises(RecommendationNotFound):
        office.casework.settle(1, 2, Facts(title="một"), HUNG)


def test_what_is_joined_is_followed_by_all_its_senders_and_can_be_parted_again(office: Office) -> None:
    first, second = office.sent(sender="1"), office.sent(sender="2")
    office.casework.merge(2, matter(office, 2).version, 1, LAN)
    step(office, 1, Step(State.ACCEPTED, LAN))
    assert {office.own_data.status(code).state for code in (first, second)} == {State.ACCEPTED}
    assert matter(office).submissions == 2
    office.casework.unmerge(2, matter(office, 2).version, State.SCREENING, HUNG)
    assert (office.own_data.status(first).state, office.own_data.status(second).state) == (State.ACCEPTED, State.SCREENING)
    with reading(office.engine) as connection:
        lineage = [(row.submission, row.recommendation, row.undone_by) for row in connection.execute(select(link).order_by(link.c.number))]
    assert lineage == [(1, 1, None), (2, 2, None), (2, 1, "hung")]


def test_one_of_several_senders_withdraws_alone(office: Office) -> None:
    first, second = office.sent(sender="1"), office.sent(sender="2")
    office.casework.merge(2, matter(office, 2).version, 1, LAN)
    assert office.own_data.withdraw(second).state is State.WITHDRAWN
    assert office.own_data.status(first).state is State.SCREENING
    assert matter(office).submissions == 1


@pytest.mark.parametrize("into", ["itself", "sealed", "closed"])
def test_what_must_not_be_joined_is_not(office: Office, into: str) -> None:
    office.sent()
    office.sent("Tôi tố cáo ông A" if into == "sealed" else "Cầu hỏng")
    if into == "closed":
        step(office, 2, Step(State.ANSWERED_DIRECT, LAN))
    with pytest.raises((CannotJoin, RecommendationNotFound)):
        office.casework.merge(1, matter(office).version, 1 if into == "itself" else 2, LAN)
    assert matter(office).state is State.SCREENING


def to_review(office: Office) -> None:
    office.sent()
    step(office, 1, Step(State.ACCEPTED, LAN), Step(State.ROUTED, HUNG))
    office.casework.draft_answer(1, matter(office).version, Draft("Đã sửa đường ngày 20/11.", Resolution.SETTLED), HUNG)


def test_an_answer_reaches_its_sender_when_another_person_approved_it(office: Office) -> None:
    to_review(office)
    channel = ScriptedChannel()
    office.outbox().deliver_due({CHAT: channel})
    assert "Đã sửa đường ngày 20/11." not in {delivery.text for delivery in channel.arrived.values()}
    office.casework.approve_answer(1, matter(office).version, MAI)
    office.outbox().deliver_due({CHAT: channel})
    assert [delivery.text for delivery in channel.arrived.values()][-1] == "Đã sửa đường ngày 20/11."


def test_nobody_approves_their_own_answer(office: Office) -> None:
    office.sent()
    both = type(HUNG)("hai vai", HUNG.roles | MAI.roles)
    step(office, 1, Step(State.ACCEPTED, LAN), Step(State.ROUTED, HUNG))
    office.casework.draft_answer(1, matter(office).version, Draft("Trả lời", Resolution.EXPLAINED), both)
    with pytest.raises(InvariantBroken):
        office.casework.approve_answer(1, matter(office).version, both)
    assert matter(office).state is State.ANSWER_REVIEW


def test_only_what_was_redacted_is_published(office: Office) -> None:
    to_review(office)
    office.casework.approve_answer(1, matter(office).version, MAI)
    with pytest.raises(InvariantBroken):
        office.casework.publish(1, matter(office).version, MAI)
    code = office.recommendations.show(1, HUNG).submissions[0].code
    office.casework.confirm_redaction(1, matter(office).version, {code: "Đường trước nhà [họ tên] hỏng"}, HUNG)
    office.casework.publish(1, matter(office).version, MAI)
    assert office.own_data.status(code).public_text == "Đường trước nhà [họ tên] hỏng"


def test_a_referral_tells_the_senders_where_it_went(office: Office) -> None:
    office.sent()
    step(office, 1, Step(State.ACCEPTED, LAN), Step(State.ROUTED, HUNG))
    office.casework.refer(1, matter(office).version, "Sở Xây dựng", (), "nhờ trả lời trong 10 ngày", HUNG)
    assert matter(office).state is State.FORWARDED


def published(office: Office) -> None:
    to_review(office)
    office.casework.approve_answer(1, matter(office).version, MAI)
    office.casework.confirm_redaction(1, matter(office).version, {}, HUNG)
    office.casework.publish(1, matter(office).version, MAI)


def test_support_is_counted_once_a_person_and_apart_by_standing(office: Office) -> None:
    published(office)
    for supporter, standing in (
        ("a", Standing.ANONYMOUS),
        ("a", Standing.VERIFIED),
        ("b", Standing.UNVERIFIED),
        ("b", Standing.UNVERIFIED),
    ):
        office.casework.give_support(1, supporter, standing)
    assert office.casework.supporters(1) == {Standing.VERIFIED: 1, Standing.UNVERIFIED: 1, Standing.ANONYMOUS: 0}
    with reading(office.engine) as connection:
        told = connection.execute(select(audit_event.c.actor, audit_event.c.facts).where(audit_event.c.action == "supported")).all()
    assert [(row.actor, row.facts.split('"')[3]) for row in told] == [
        ("citizen", standing) for standing in ("anonymous", "verified", "unverified")
    ]


def test_sealing_later_keeps_what_was_public_from_being_shown(office: Office) -> None:
    code = office.sent()
    office.casework.confirm_redaction(1, matter(office).version, {code: "Đường hỏng"}, HUNG)
    step(office, 1, Step(State.ACCEPTED, LAN), Step(State.SEALED, HUNG))
    assert office.own_data.status(code).public_text is None
    assert office.queue.page(HUNG, Wanted()) == []
    for officer in (FIRST, SECOND):
        (sealed,) = office.queue.page(officer, Wanted())
        office.recommendations.take(1, sealed.version, Step(State.SCREENING, officer, "máy nhận nhầm"))
    assert office.own_data.status(code).public_text is None


def test_what_is_not_public_is_not_supported(office: Office) -> None:
    office.sent()
    for number in (1, 2):
        with pytest.raises(RecommendationNotFound):
            office.casework.give_support(number, "a", Standing.VERIFIED)


@pytest.mark.parametrize(
    "facts", [Facts(area="xã Tân Lập"), Facts(body="S" * 201), Facts(body=" "), Facts(statement="a" * 20_001)], ids=str
)
def test_what_cannot_be_kept_is_not_settled(office: Office, facts: Facts) -> None:
    office.sent()
    with pytest.raises(ActInvalid):
        office.casework.settle(1, matter(office).version, facts, HUNG)


def test_a_person_seals_a_denunciation_instead_of_naming_it_one(office: Office) -> None:
    office.sent()
    with pytest.raises(DenunciationInTheOpen):
        office.casework.settle(1, matter(office).version, Facts(kind=Kind.DENUNCIATION), HUNG)


def test_words_are_released_for_submissions_of_the_matter_only(office: Office) -> None:
    office.sent()
    other = office.sent("Cầu hỏng")
    with pytest.raises(ActInvalid):
        office.casework.confirm_redaction(1, matter(office).version, {other: "Cầu hỏng"}, HUNG)
    assert office.own_data.status(other).public_text is None


def test_no_answer_is_approved_where_none_was_drafted(office: Office) -> None:
    office.sent()
    with pytest.raises(NothingDrafted):
        office.casework.approve_answer(1, matter(office).version, MAI)


def test_the_case_file_tells_everything_that_was_done(office: Office) -> None:
    published(office)
    file = office.desk.casefiles.open(1, HUNG)
    assert [taken.to for taken in file.steps] == ["screening", "accepted", "routed", "answer_review", "answered", "published"]
    (answer,) = file.answers
    assert (answer.text, answer.approved_by, answer.published_at) == ("Đã sửa đường ngày 20/11.", "mai", office.clock.now)
    assert {clock.rule: clock.met_on is not None for clock in file.clocks} == {"NB_SCREEN": True, "NB_REPLY": True}
    assert [(one.task, one.value) for one in file.opinions] == [("field", "transport"), ("kind", "report")]
    assert [(one.kind, one.made_by) for one in file.joined] == [("primary", "citizen")]


def test_the_case_file_tells_the_notes_to_steps_and_referrals(office: Office) -> None:
    office.sent()
    office.recommendations.take(1, matter(office).version, Step(State.ACCEPTED, LAN), "rõ địa điểm")
    step(office, 1, Step(State.ROUTED, HUNG))
    office.casework.refer(1, matter(office).version, "Sở Xây dựng", (), "nhờ trả lời sớm", HUNG)
    file = office.desk.casefiles.open(1, HUNG)
    assert [taken.note for taken in file.steps] == [None, "rõ địa điểm", None, None]
    assert [(one.body, one.note) for one in file.referrals] == [("Sở Xây dựng", "nhờ trả lời sớm")]


def test_a_sealed_case_file_is_for_its_officers_and_each_look_is_written_down(office: Office) -> None:
    office.sent("Tôi tố cáo ông A")
    with pytest.raises(RecommendationNotFound):
        office.desk.casefiles.open(1, HUNG)
    with reading(office.engine) as connection:
        before = office.audit.verify(connection).number
    office.desk.casefiles.open(1, FIRST)
    with reading(office.engine) as connection:
        assert office.audit.verify(connection).number == before + 1


def test_what_is_sealed_after_it_was_joined_is_seen_through_no_other_matter(office: Office) -> None:
    office.sent(sender="1")
    secret = office.sent("Đường hỏng vì ông B ăn bớt", sender="2")
    office.casework.merge(2, matter(office, 2).version, 1, LAN)
    step(office, 2, Step(State.SEALED, HUNG))
    opened = office.recommendations.show(1, HUNG)
    assert [sent.code == secret for sent in opened.submissions] == [False]
    assert (opened.matter.submissions, office.queue.page(HUNG, Wanted())[0].submissions) == (1, 1)
    file = office.desk.casefiles.open(1, HUNG)
    assert secret not in str(file)
    assert {one.submission for one in file.opinions} == {1}


def test_what_was_joined_to_a_matter_that_is_sealed_is_seen_nowhere(office: Office) -> None:
    office.sent(sender="1")
    secret = office.sent("Đường hỏng vì ông B ăn bớt", sender="2")
    office.casework.merge(2, matter(office, 2).version, 1, LAN)
    step(office, 1, Step(State.ACCEPTED, LAN), Step(State.SEALED, HUNG))
    with pytest.raises(RecommendationNotFound):
        office.recommendations.show(2, HUNG)
    assert 2 not in [one.number for one in office.queue.page(HUNG, Wanted())]
    opened = office.recommendations.show(2, FIRST)
    assert (opened.matter.state, opened.matter.title, [one.code for one in opened.submissions]) == (State.SEALED, None, [secret])


def test_what_was_joined_to_what_was_joined_is_sealed_too_with_what_people_wrote_of_it(office: Office) -> None:
    for number in range(1, 4):
        office.sent(f"Đường số {number} hỏng", str(number))
        office.casework.settle(number, matter(office, number).version, Facts(title=f"Ông {number} ăn bớt"), HUNG)
    office.casework.merge(3, matter(office, 3).version, 2, LAN)
    office.casework.merge(2, matter(office, 2).version, 1, LAN)
    step(office, 1, Step(State.ACCEPTED, LAN), Step(State.SEALED, HUNG))
    assert office.queue.page(HUNG, Wanted()) == []
    assert [office.recommendations.show(number, FIRST).matter.title for number in (1, 2, 3)] == [None] * 3


@pytest.mark.parametrize("actor", [LAN, HUNG, MAI, person("nga", Role.AUDITOR)])
def test_what_nobody_has_read_and_what_is_sealed_is_moved_by_nobody_who_cannot_see_it(office: Office, actor: Actor) -> None:
    office.intake.submit(office.letter("Tôi tố cáo ông B"))
    for _ in range(2):
        for version in (1, 2):
            for to in (State.SCREENING, State.ACCEPTED, State.SEALED):
                with pytest.raises(RecommendationNotFound):
                    office.recommendations.take(1, version, Step(to, actor, "lý do"))
        office.understander.understand_waiting()
    assert office.recommendations.show(1, FIRST).matter.is_sealed


def test_who_sent_without_an_address_finds_the_answer_by_the_code(office: Office) -> None:
    code = office.intake.submit(NewSubmission("web", "a", "Đường hỏng", office.desk.consents.current.version)).code
    office.understander.understand_waiting()
    step(office, 1, Step(State.ACCEPTED, LAN), Step(State.ROUTED, HUNG))
    office.casework.draft_answer(1, matter(office).version, Draft("Đã vá đường.", Resolution.SETTLED), HUNG)
    assert not office.desk.messages.of_citizen(code)
    office.casework.approve_answer(1, matter(office).version, MAI)
    assert [one.text for one in office.desk.messages.of_citizen(code)] == ["Đã vá đường."]


def test_a_supporter_who_is_known_is_not_made_unknown(office: Office) -> None:
    published(office)
    for standing in (Standing.UNVERIFIED, Standing.VERIFIED, Standing.ANONYMOUS):
        office.casework.give_support(1, "lan", standing)
    assert office.casework.supporters(1) == {Standing.VERIFIED: 1, Standing.UNVERIFIED: 0, Standing.ANONYMOUS: 0}


def test_what_two_officers_unseal_is_read_again_for_its_field(office: Office) -> None:
    office.sent("Tôi tố cáo ổ gà trước nhà")
    with reading(office.engine) as connection:
        assert set(connection.execute(select(suggestion.c.task)).scalars()) == {"kind"}
    for version, officer in ((2, FIRST), (3, SECOND)):
        office.recommendations.take(1, version, Step(State.SCREENING, officer, "phản ánh đường hỏng"))
    office.understander.understand_waiting()
    assert (matter(office).state, matter(office).field) == (State.SCREENING, "transport")
