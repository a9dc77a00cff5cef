"""What citizens may do with what they sent: it works to the end, and what is erased is gone from the file."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from assistant.database import reading
from assistant.feedback.errors import SubmissionNotFound, TransitionNotAllowed
from assistant.feedback.states import State, Step
from assistant.feedback.tables import contact, outbox, recommendation, submission
from assistant.feedback.wanted import Wanted
from tests.assistant.feedback.office import CHAT, FIRST, LAN, Office, ScriptedChannel, open_office
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


def test_withdrawing_before_it_was_read_stops_the_reading(office: Office) -> None:
    code = office.intake.submit(office.letter()).code
    office.own_data.withdraw(code)
    assert office.understander.understand_waiting() == 0


def test_a_copy_holds_everything_the_sender_gave(office: Office) -> None:
    receipt = office.intake.submit(office.letter("Cầu hỏng", name="Lê Thị Sáu"))
    office.understander.understand_waiting()
    copy = office.own_data.export(receipt.code)
    assert copy.text == "Cầu hỏng"
    assert copy.contact is not None
    assert copy.contact.name == "Lê Thị Sáu"
    assert [state for state, _ in copy.history] == ["screening"]


def test_the_sealed_lane_cannot_be_seen_from_outside(office: Office) -> None:
    code = office.sent("Tôi tố cáo ông A nhận tiền")
    status = office.own_data.status(code)
    assert (status.state, status.since, status.can_withdraw) == (State.RECEIVED, status.received_at, False)
    assert office.own_data.export(code).history == ()


@pytest.mark.parametrize("act", ["withdraw", "ask_again"])
def test_what_is_sealed_is_refused_without_a_word_of_the_seal(office: Office, act: str) -> None:
    code = office.sent("Tôi tố cáo ông A nhận tiền")
    with pytest.raises(TransitionNotAllowed) as refused:
        getattr(office.own_data, act)(code)
    assert (refused.value.frm, refused.value.allowed) == (State.RECEIVED, ())
    assert office.recommendations.show(1, FIRST).matter.state is State.SEALED


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
