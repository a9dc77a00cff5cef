"""What citizens may do with what they sent: it works to the end, and what is erased is gone from the file."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from assistant.database import reading, writing
from assistant.feedback.errors import SubmissionNotFound, TransitionNotAllowed
from assistant.feedback.guidance import Guidance
from assistant.feedback.messages_tables import message
from assistant.feedback.states import State, Step
from assistant.feedback.tables import contact, outbox, recommendation, submission, suggestion
from assistant.feedback.wanted import Wanted
from assistant.interop.labels import suggest
from assistant.interop.rows import Label
from tests.assistant.feedback.office import CHAT, FIRST, HUNG, LAN, SECOND, Office, ScriptedChannel, open_office
from tests.databases import sqlite_url


def test_status_follows_the_matter(office: Office) -> None:
    code = office.sent()
    status = office.own_data.status(code)
    assert (status.state, status.can_withdraw, status.can_ask_again) == (State.SCREENING, True, False)
    office.recommendations.take(1, office.queue.page(LAN, Wanted())[0].version, Step(State.ANSWERED_DIRECT, LAN))
    status = office.own_data.status(code)
    assert (status.state, status.can_withdraw, status.can_ask_again) == (State.ANSWERED_DIRECT, False, True)
    assert office.own_data.ask_again(code).state is State.REOPEN_REQUESTED


def test_what_is_withdrawn_stays_withdrawn(office: Office) -> None:
    code = office.sent()
    assert office.own_data.withdraw(code).state is State.WITHDRAWN
    assert office.own_data.withdraw(code).state is State.WITHDRAWN
    assert [delivery["what"] for delivery in _queued(office)] == ["received", "state"]


def test_who_withdraws_in_their_own_chat_reads_it_there_and_is_not_told_again(office: Office) -> None:
    code = office.sent(sender="1001")
    assert office.own_data.withdraw(code, sender="1001").state is State.WITHDRAWN
    assert [delivery["what"] for delivery in _queued(office)] == ["received"]


def test_nobody_withdraws_for_another(office: Office) -> None:
    code = office.sent(sender="1001")
    for forbidden in (office.own_data.withdraw, office.own_data.export, office.own_data.erase, office.own_data.ask_again):
        with pytest.raises(SubmissionNotFound):
            forbidden(code, sender="2002")


def test_what_is_closed_cannot_be_withdrawn(office: Office) -> None:
    code = office.sent()
    office.recommendations.take(1, office.queue.page(LAN, Wanted())[0].version, Step(State.GUIDED_OUT, LAN))
    with pytest.raises(TransitionNotAllowed):
        office.own_data.withdraw(code)


def test_what_is_withdrawn_before_it_was_read_is_still_read_for_what_must_be_sealed(office: Office) -> None:
    code = office.intake.submit(office.letter()).code
    office.own_data.withdraw(code)
    assert office.understander.understand_waiting() == 1


def test_a_copy_holds_everything_the_sender_gave(office: Office) -> None:
    receipt = office.intake.submit(office.letter("Cầu hỏng", name="Lê Thị Sáu"))
    office.understander.understand_waiting()
    copy = office.own_data.export(receipt.code)
    assert copy.text == "Cầu hỏng"
    assert copy.contact is not None
    assert copy.contact.name == "Lê Thị Sáu"
    assert [state for state, _ in copy.history] == ["screening"]


def looks(office: Office, code: str) -> tuple[object, ...]:
    """All that the copy of a submission tells of how it stands."""
    copy = office.own_data.export(code)
    status = copy.status
    return status.state, status.since, status.can_withdraw, status.can_ask_again, status.public_text, copy.history, copy.messages


def led(office: Office, number: int, *steps: Step) -> None:
    for step in steps:
        version = office.desk.queue.page(step.actor, Wanted(after=number - 1), limit=1)[0].version
        office.recommendations.take(number, version, step)


def test_what_is_sealed_looks_like_what_is_being_screened(office: Office) -> None:
    plain, sealed = office.sent(sender="1"), office.sent("Tôi tố cáo ông A nhận tiền", "2")
    assert looks(office, sealed) == looks(office, plain)
    assert office.own_data.status(sealed).state is State.SCREENING


def test_before_it_was_read_what_will_be_sealed_looks_like_any_other(office: Office) -> None:
    plain, sealed = (office.intake.submit(office.letter(text)).code for text in ("Đường hỏng", "Tôi tố cáo ông A nhận tiền"))
    assert looks(office, sealed) == looks(office, plain)


@pytest.mark.parametrize("ways", [(), (State.ACCEPTED,), (State.ACCEPTED, State.ROUTED)])
def test_what_is_sealed_later_looks_as_it_did_before(office: Office, ways: tuple[State, ...]) -> None:
    plain, sealed = office.sent(sender="1"), office.sent(sender="2")
    for number in (1, 2):
        led(office, number, *(Step(to, HUNG) for to in ways))
    office.clock.move(timedelta(days=1))
    led(office, 2, Step(State.SEALED, HUNG if ways else LAN))
    assert looks(office, sealed) == looks(office, plain)


def test_what_waited_for_its_sender_looks_as_if_they_had_answered(office: Office) -> None:
    code = office.sent()
    led(office, 1, Step(State.NEEDS_INFO, LAN))
    office.clock.move(timedelta(days=1))
    led(office, 1, Step(State.SEALED, LAN))
    assert [state for state, _ in office.own_data.export(code).history] == ["screening", "needs_info", "screening"]
    assert office.own_data.status(code).since == office.clock.now


def test_what_was_joined_to_something_sealed_looks_as_it_did_before(office: Office) -> None:
    office.sent(sender="1")
    code = office.sent(sender="2")
    office.casework.merge(2, office.recommendations.show(2, HUNG).matter.version, 1, LAN)
    led(office, 1, Step(State.ACCEPTED, HUNG))
    before = looks(office, code)
    office.clock.move(timedelta(days=1))
    led(office, 1, Step(State.SEALED, HUNG))
    assert looks(office, code) == before


def test_after_the_seal_was_taken_off_nothing_tells_that_there_was_one(office: Office) -> None:
    code = office.sent("Tôi tố cáo ổ gà trước nhà")
    before = looks(office, code)
    office.clock.move(timedelta(days=1))
    led(office, 1, Step(State.SCREENING, FIRST, "nhầm"), Step(State.SCREENING, SECOND, "nhầm"))
    assert looks(office, code) == before


def test_since_is_the_day_of_the_state_and_not_of_the_last_act(office: Office) -> None:
    code = office.sent()
    came = office.clock.now
    office.clock.move(timedelta(days=1))
    office.recommendations.claim(1, office.recommendations.show(1, LAN).matter.version, LAN)
    assert office.own_data.status(code).since == came
    office.own_data.withdraw(code)
    assert office.own_data.status(code).since == office.clock.now


@pytest.mark.parametrize(("act", "allowed"), [("withdraw", ()), ("ask_again", (State.WITHDRAWN,))])
def test_what_is_sealed_is_refused_without_a_word_of_the_seal(office: Office, act: str, allowed: tuple[State, ...]) -> None:
    code = office.sent("Tôi tố cáo ông A nhận tiền")
    with pytest.raises(TransitionNotAllowed) as refused:
        getattr(office.own_data, act)(code)
    assert (refused.value.frm, refused.value.allowed) == (State.SCREENING, allowed)
    assert office.recommendations.show(1, FIRST).matter.state is State.SEALED


@pytest.mark.parametrize("sender", ["1001", ""])
def test_guidance_is_kept_for_every_sender_and_found_by_the_code(office: Office, sender: str) -> None:
    code = office.sent("Tôi tố cáo ông A nhận tiền", sender)
    assert office.own_data.status(code).guidance == (Guidance.DENUNCIATION,)
    assert office.desk.messages.of_citizen(code) == ()
    assert office.desk.messages.thread(1, FIRST) == ()


def test_what_a_channel_told_at_once_is_kept_and_the_rest_added(office: Office) -> None:
    urgent = replace(office.letter("Cứu, tôi tố cáo ông A"), guidance=(Guidance.EMERGENCY,))
    code = office.intake.submit(urgent).code
    assert office.own_data.status(code).guidance == (Guidance.EMERGENCY,)
    office.understander.understand_waiting()
    assert office.own_data.export(code).status.guidance == (Guidance.EMERGENCY, Guidance.DENUNCIATION)


def test_a_plain_report_or_what_nobody_could_read_gets_no_guidance(office: Office) -> None:
    plain, unread = office.sent(), office.intake.submit(office.letter("Câu này làm hỏng máy")).code
    for _ in range(3):
        office.understander.understand_waiting()
        office.clock.move(timedelta(minutes=6))
    assert [office.own_data.status(code).guidance for code in (plain, unread)] == [(), ()]


def test_guidance_is_erased_with_the_rest(office: Office) -> None:
    code = office.sent("Tôi tố cáo ông A nhận tiền")
    office.own_data.erase(code)
    with reading(office.engine) as connection:
        assert [row.text for row in connection.execute(select(message))] == [None]


def test_after_an_erasure_nothing_written_remains(office: Office) -> None:
    code = office.sent()
    office.own_data.erase(code)
    with pytest.raises(SubmissionNotFound):
        office.own_data.status(code)
    assert office.intake.codes_of(CHAT, "1001") == []
    with reading(office.engine) as connection:
        (row,) = connection.execute(select(submission)).all()
        assert (row.text, row.sender_key, row.public_text) == (None, None, None)
        assert connection.execute(select(contact)).all() == []
        assert connection.execute(select(recommendation.c.state)).scalar_one() == State.WITHDRAWN
    channel = ScriptedChannel()
    office.outbox().deliver_due({CHAT: channel})


def test_after_an_erasure_no_machine_knows_where_it_was(office: Office) -> None:
    code = office.sent()
    told = ("place", "place_then", "area", "area_then", "body")
    with writing(office.engine) as connection:
        suggest(connection, 1, [Label(task, "Xã Đông Anh") for task in told], "words-1", office.clock.now)
    office.own_data.erase(code)
    with reading(office.engine) as connection:
        assert set(connection.execute(select(suggestion.c.task)).scalars()) == {"kind", "field"}


def test_an_erased_text_is_gone_from_the_file(tmp_path: Path) -> None:
    with open_office(sqlite_url(tmp_path)) as office:
        code = office.sent()
        with reading(office.engine) as connection:
            sealed = connection.execute(select(submission.c.text)).scalar_one()
        office.own_data.erase(code)
        files = [path.read_bytes() for path in tmp_path.iterdir()]
    assert files
    assert not any(sealed in content for content in files)


def _queued(office: Office) -> list[dict[str, object]]:
    with reading(office.engine) as connection:
        return [dict(row._mapping) for row in connection.execute(select(outbox).order_by(outbox.c.number))]
