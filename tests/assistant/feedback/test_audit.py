"""The audit trail: whatever is changed or taken out breaks the chain at that place."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from assistant.database import reading, writing
from assistant.feedback.audit import AuditTrail
from assistant.feedback.errors import AuditBroken
from assistant.feedback.tables import audit_event, recommendation
from assistant.feedback.vault import Vault, fresh_keys
from tests.assistant.feedback.office import Office

EVENTS = 9


@pytest.fixture
def written(office: Office) -> Office:
    for _ in range(3):
        office.sent()
    return office


def test_an_untouched_chain_holds(written: Office) -> None:
    with reading(written.engine) as connection:
        assert written.audit.verify(connection).number == EVENTS


def test_events_hold_no_words_of_citizens(written: Office) -> None:
    with reading(written.engine) as connection:
        told = " ".join(connection.execute(select(audit_event.c.facts)).scalars())
    assert "Đường" not in told


@pytest.mark.parametrize("column", ["actor", "action", "record", "facts", "hash"])
def test_a_changed_event_breaks_the_chain(written: Office, column: str) -> None:
    with writing(written.engine) as connection:
        connection.execute(update(audit_event).where(audit_event.c.number == 4).values({column: "khác"}))
    with reading(written.engine) as connection, pytest.raises(AuditBroken) as caught:
        written.audit.verify(connection)
    assert caught.value.number == 4


@pytest.mark.parametrize("gone", [1, 5, EVENTS - 1])
def test_an_event_taken_out_breaks_the_chain(written: Office, gone: int) -> None:
    with writing(written.engine) as connection:
        connection.execute(delete(audit_event).where(audit_event.c.number == gone))
    with reading(written.engine) as connection, pytest.raises(AuditBroken) as caught:
        written.audit.verify(connection)
    assert caught.value.number == gone


def test_without_the_keys_nobody_can_write_a_chain_that_holds(written: Office) -> None:
    forger = AuditTrail(Vault(fresh_keys()))
    with writing(written.engine) as connection:
        forger.add(connection, "lan", "read_sealed", "recommendation:1", written.clock.now)
    with reading(written.engine) as connection, pytest.raises(AuditBroken):
        written.audit.verify(connection)


def test_what_was_cut_off_at_the_end_shows_against_a_head_kept_elsewhere(written: Office) -> None:
    with reading(written.engine) as connection:
        kept = written.audit.verify(connection)
    with writing(written.engine) as connection:
        connection.execute(delete(audit_event).where(audit_event.c.number == EVENTS))
    with reading(written.engine) as connection:
        assert written.audit.verify(connection) != kept


def fail_after_an_event(office: Office) -> None:
    with writing(office.engine) as connection:
        office.audit.add(connection, "lan", "moved", "recommendation:1", office.clock.now)
        connection.execute(
            insert(audit_event).values(number=1, at=office.clock.now, actor="a", action="b", record="c", facts="{}", hash="d")
        )


def test_an_event_of_a_transaction_that_failed_is_not_there(written: Office) -> None:
    with pytest.raises(IntegrityError):
        fail_after_an_event(written)
    with reading(written.engine) as connection:
        assert written.audit.verify(connection).number == EVENTS


def test_an_event_put_in_by_hand_breaks_the_chain(written: Office) -> None:
    forged = {"number": EVENTS + 1, "at": written.clock.now, "actor": "lan", "action": "moved", "record": "recommendation:1", "facts": "{}"}
    with writing(written.engine) as connection:
        connection.execute(insert(audit_event).values(**forged, hash="0" * 64))
    with reading(written.engine) as connection, pytest.raises(AuditBroken):
        written.audit.verify(connection)


def test_two_officers_who_each_touch_what_the_other_wrote_down_do_not_block_each_other(office: Office) -> None:
    for _ in range(2):
        office.sent()
    both_wrote = Barrier(2, timeout=20)

    def touch(mine: int, other: int) -> None:
        with writing(office.engine) as connection:
            office.audit.add(connection, "lan", "looked", f"recommendation:{mine}", office.clock.now)
            if office.engine.dialect.name == "postgresql":
                # SQLite lets one in at a time.
                connection.execute(update(recommendation).where(recommendation.c.number == mine).values(owner="lan"))
                both_wrote.wait()
            office.audit.add(connection, "lan", "touched", f"recommendation:{other}", office.clock.now)

    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(touch, 1, 2), pool.submit(touch, 2, 1)]:
            done.result(timeout=60)
    with reading(office.engine) as connection:
        assert office.audit.verify(connection).number == 6 + 4
        told = [row.record for row in connection.execute(select(audit_event).where(audit_event.c.number > 6)).all()]
    assert told in (
        [f"recommendation:{number}" for number in (1, 2, 2, 1)],
        [f"recommendation:{number}" for number in (2, 1, 1, 2)],
    )
