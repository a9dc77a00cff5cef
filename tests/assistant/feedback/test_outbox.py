"""The outbox: every message arrives once, whatever happens to channel and workers."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta

import pytest

from assistant.feedback.leases import LEASE
from assistant.feedback.outbox import Delivery, Undeliverable
from tests.assistant.feedback.office import CHAT, Office, ScriptedChannel


class DyingChannel(ScriptedChannel):
    """Takes the message and dies before anybody hears of it."""

    def deliver(self, delivery: Delivery) -> None:
        super().deliver(delivery)
        raise KeyboardInterrupt


def test_the_receipt_arrives_once_with_its_code(office: Office) -> None:
    code, channel = office.intake.submit(office.letter()).code, ScriptedChannel()
    assert office.outbox().deliver_due({CHAT: channel}) == 1
    assert office.outbox().deliver_due({CHAT: channel}) == 0
    (delivery,) = channel.arrived.values()
    assert (delivery.what, delivery.facts) == ("received", {"code": code})
    assert office.outbox().counts() == {"delivered": 1}


def test_a_message_refused_for_now_is_tried_again_later_and_later(office: Office) -> None:
    office.intake.submit(office.letter())
    channel = ScriptedChannel(refusals=[Undeliverable(), Undeliverable()])
    assert office.outbox().deliver_due({CHAT: channel}) == 0
    assert office.outbox().deliver_due({CHAT: channel}) == 0
    assert channel.tries == 1
    office.clock.move(timedelta(seconds=15))
    office.outbox().deliver_due({CHAT: channel})
    office.clock.move(timedelta(seconds=15))
    office.outbox().deliver_due({CHAT: channel})
    assert channel.tries == 2
    office.clock.move(timedelta(seconds=15))
    assert office.outbox().deliver_due({CHAT: channel}) == 1


def test_a_message_refused_for_good_is_given_up_and_stays_counted(office: Office) -> None:
    office.intake.submit(office.letter())
    office.outbox().deliver_due({CHAT: ScriptedChannel(refusals=[Undeliverable(is_final=True)])})
    assert office.outbox().counts() == {"given_up": 1}


def test_a_message_that_never_arrives_is_given_up_in_the_end(office: Office) -> None:
    office.intake.submit(office.letter())
    channel = ScriptedChannel(refusals=[Undeliverable() for _ in range(50)])
    for _ in range(50):
        office.outbox().deliver_due({CHAT: channel})
        office.clock.move(timedelta(hours=7))
    assert office.outbox().counts() == {"given_up": 1}
    assert channel.tries == 14


def test_what_a_dead_worker_had_taken_is_sent_by_another_with_the_same_key(office: Office) -> None:
    office.intake.submit(office.letter())
    dying, living = DyingChannel(), ScriptedChannel()
    with pytest.raises(KeyboardInterrupt):
        office.outbox("dead").deliver_due({CHAT: dying})
    assert office.outbox("other").deliver_due({CHAT: living}) == 0
    office.clock.move(LEASE)
    assert office.outbox("other").deliver_due({CHAT: living}) == 1
    assert living.arrived.keys() == dying.arrived.keys()


def test_a_message_that_ends_its_worker_each_time_holds_up_nobody_and_is_given_up(office: Office) -> None:
    codes = [office.intake.submit(office.letter()).code for _ in range(4)]

    class Breaking(ScriptedChannel):
        def deliver(self, delivery: Delivery) -> None:
            if delivery.facts["code"] == codes[1]:
                raise KeyboardInterrupt
            super().deliver(delivery)

    channel = Breaking()
    for _ in range(40):
        with suppress(KeyboardInterrupt):
            office.outbox().deliver_due({CHAT: channel})
        office.clock.move(LEASE)
    assert {one.facts["code"] for one in channel.arrived.values()} == {codes[0], codes[2], codes[3]}
    assert office.outbox().counts() == {"delivered": 3, "given_up": 1}


def test_a_worker_whose_lease_ran_out_no_longer_speaks_for_the_message(office: Office) -> None:
    office.intake.submit(office.letter())

    class Slow(ScriptedChannel):
        def deliver(self, delivery: Delivery) -> None:
            office.clock.move(LEASE)
            office.outbox("quick").deliver_due({CHAT: ScriptedChannel(refusals=[Undeliverable(is_final=True)])})
            super().deliver(delivery)

    office.outbox("slow").deliver_due({CHAT: Slow()})
    assert office.outbox().counts() == {"given_up": 1}


def test_messages_of_other_channels_wait_for_theirs(office: Office) -> None:
    office.intake.submit(office.letter())
    assert office.outbox().deliver_due({"web": ScriptedChannel()}) == 0
    assert office.outbox().counts() == {"waiting": 1}
