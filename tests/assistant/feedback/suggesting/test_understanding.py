"""Understanding in the background: nothing is lost, nothing is done twice, and what may be a denunciation is sealed."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from assistant.database import reading
from assistant.feedback.states import State
from assistant.feedback.tables import outbox, submission, suggestion
from assistant.feedback.wanted import Wanted
from tests.assistant.feedback.office import CHAT, FIRST, LAN, Office, ScriptedChannel

AFTER_LEASE = timedelta(minutes=6)


def test_what_came_in_goes_before_a_screener_with_suggestions(office: Office) -> None:
    office.sent()
    (matter,) = office.queue.page(LAN, Wanted())
    assert (matter.state, matter.kind, matter.field) == (State.SCREENING, "report", "transport")
    with reading(office.engine) as connection:
        rows = connection.execute(select(suggestion).order_by(suggestion.c.number)).all()
    assert [(row.task, row.rank, row.value, row.model, row.is_accepted) for row in rows] == [
        ("kind", 0, "report", "words-1", None),
        ("field", 0, "transport", "words-1", None),
    ]


def test_a_denunciation_is_sealed_and_its_sender_guided(office: Office) -> None:
    office.sent("Tôi tố cáo ông A nhận tiền")
    channel = ScriptedChannel()
    office.outbox().deliver_due({CHAT: channel})
    assert [(one.what, one.facts.get("guidance")) for one in channel.arrived.values()] == [("received", None), ("guidance", "denunciation")]


def test_what_its_sender_was_promised_to_be_sealed_is_sealed_whatever_a_machine_reads(office: Office) -> None:
    office.intake.submit(replace(office.letter(), is_secret=True))
    assert office.understander.understand_waiting() == 1
    assert office.queue.page(LAN, Wanted()) == []
    (matter,) = office.queue.page(FIRST, Wanted())
    assert (matter.state, matter.kind, matter.field) == (State.SEALED, None, None)
    with reading(office.engine) as connection:
        assert set(connection.execute(select(suggestion.c.task)).scalars()) == {"kind"}


def test_several_workers_understand_each_submission_once(office: Office) -> None:
    for _ in range(12):
        office.intake.submit(office.letter())
    with ThreadPoolExecutor(4) as pool:
        taken = list(pool.map(lambda _: office.understander.understand_waiting(limit=4), range(8)))
    assert sum(taken) == 12
    with reading(office.engine) as connection:
        assert office.audit.verify(connection).number == 12 + 12 * 2
    assert len(office.queue.page(LAN, Wanted())) == 12


def test_a_text_that_breaks_the_reader_does_not_stop_those_behind_it(office: Office) -> None:
    office.intake.submit(office.letter("Câu này làm hỏng máy"))
    office.intake.submit(office.letter())
    assert office.understander.understand_waiting() == 2
    assert len(office.queue.page(LAN, Wanted())) == 1


def test_what_nobody_could_look_at_is_sealed_in_the_end(office: Office) -> None:
    office.intake.submit(office.letter("Câu này làm hỏng máy"))
    for _ in range(3):
        assert office.queue.page(FIRST, Wanted()) == []
        assert office.understander.understand_waiting() == 1
        office.clock.move(AFTER_LEASE)
    assert office.understander.understand_waiting() == 0
    (matter,) = office.queue.page(FIRST, Wanted())
    assert matter.state is State.SEALED
    with reading(office.engine) as connection:
        assert connection.execute(select(outbox.c.what)).scalars().all() == ["received"]


def test_a_text_that_ends_the_process_each_time_is_sealed_unread(office: Office) -> None:
    office.intake.submit(office.letter("Câu này làm sập máy"))
    for _ in range(3):
        with pytest.raises(KeyboardInterrupt):
            office.understander.understand_waiting()
        office.clock.move(AFTER_LEASE)
    assert office.understander.understand_waiting() == 1
    (matter,) = office.queue.page(FIRST, Wanted())
    assert matter.state is State.SEALED


def test_a_text_that_ends_the_process_takes_nobody_behind_it_along(office: Office) -> None:
    texts = ("Đường hỏng", "Câu này làm sập máy", "Cầu gãy", "Đèn tắt", "Cống tắc")
    for text in texts:
        office.intake.submit(office.letter(text))
    for _ in range(3):
        with pytest.raises(KeyboardInterrupt):
            office.understander.understand_waiting()
        office.clock.move(AFTER_LEASE)
    assert office.understander.understand_waiting() == len(texts) - 1
    assert len(office.queue.page(LAN, Wanted())) == len(texts) - 1
    assert len(office.queue.page(FIRST, Wanted())) == 1


def test_what_was_erased_is_not_read(office: Office) -> None:
    code = office.intake.submit(office.letter()).code
    office.own_data.erase(code)
    assert office.understander.understand_waiting() == 0
    with reading(office.engine) as connection:
        assert connection.execute(select(submission.c.understood_at)).scalar_one() is None
        assert connection.execute(select(suggestion)).all() == []
