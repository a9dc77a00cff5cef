"""Keys are exchanged without loss, wherever it is cut short; contacts go when their time is over."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, LargeBinary, select

from assistant.all_tables import metadata
from assistant.database import open_database, reading
from assistant.feedback.errors import SealBroken
from assistant.feedback.intake import Attachment
from assistant.feedback.keeping import drop_old_keys, purge_contacts, rotate_keys, verify_audit
from assistant.feedback.seal_places import place_of
from assistant.feedback.states import State, Step
from assistant.feedback.tables import contact, submission
from assistant.feedback.vault import KeyFile
from assistant.feedback.wanted import Wanted
from tests.assistant.feedback.office import CHAT, LAN, Office, ScriptedChannel


@pytest.fixture
def file(tmp_path: Path) -> KeyFile:
    return KeyFile(tmp_path / "keys" / "feedback.keys")


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    made = open_database(database_url)
    metadata.create_all(made)
    yield made
    made.dispose()


def filled(engine: Engine, file: KeyFile) -> tuple[Office, str]:
    """An office with one of everything that is sealed, and the code of its submission."""
    office = Office(engine, file.load_or_make())
    letter = replace(
        office.letter("Cầu hỏng", name="Lê Thị Sáu"), attachments=(Attachment("image/png", b"anh"), Attachment("image/png", b"b"))
    )
    code = office.intake.submit(letter).code
    office.understander.understand_waiting()
    (matter,) = office.queue.page(LAN, Wanted())
    office.recommendations.take(1, matter.version, Step(State.ACCEPTED, LAN), note="đã gọi điện hỏi lại")
    return office, code


def test_once_the_old_keys_are_dropped_everything_opens_with_the_new_one_alone(engine: Engine, file: KeyFile) -> None:
    old, code = filled(engine, file)
    assert rotate_keys(engine, file, old.clock) == 6
    assert drop_old_keys(engine, file, old.clock) == 0
    keys = file.load_or_make()
    assert len(keys.sealing) == 1
    renewed = Office(engine, keys)
    copy = renewed.own_data.export(code)
    assert copy.contact is not None
    assert (copy.text, copy.contact.name) == ("Cầu hỏng", "Lê Thị Sáu")
    assert renewed.own_data.status(code, sender="1001").code == code
    assert verify_audit(engine, renewed.vault).number > 0
    with pytest.raises(SealBroken):
        old.own_data.export(code)


def test_what_a_service_takes_in_with_the_key_it_began_with_is_not_lost(engine: Engine, file: KeyFile) -> None:
    running, _ = filled(engine, file)
    rotate_keys(engine, file, running.clock)
    late = running.intake.submit(running.letter("Đèn tắt", "1002")).code
    assert Office(engine, file.load_or_make()).own_data.export(late).text == "Đèn tắt"
    rotate_keys(engine, file, running.clock)
    later = running.intake.submit(running.letter("Cống nghẹt", "1003")).code
    assert drop_old_keys(engine, file, running.clock) > 0
    renewed = Office(engine, file.load_or_make())
    assert [renewed.own_data.export(code).text for code in (late, later)] == ["Đèn tắt", "Cống nghẹt"]


def test_a_rotation_that_was_cut_short_is_made_up_for(engine: Engine, file: KeyFile) -> None:
    office, code = filled(engine, file)
    file.save(file.load_or_make().with_new())
    assert Office(engine, file.load_or_make()).own_data.export(code).text == "Cầu hỏng"
    assert rotate_keys(engine, file, office.clock) == 6
    assert len(file.load_or_make().sealing) == 3
    drop_old_keys(engine, file, office.clock)
    assert Office(engine, file.load_or_make()).own_data.export(code).text == "Cầu hỏng"


@pytest.mark.parametrize("act", [rotate_keys, drop_old_keys])
def test_a_damaged_value_stops_before_a_key_is_lost(
    engine: Engine, file: KeyFile, act: Callable[[Engine, KeyFile, Callable[[], datetime]], int]
) -> None:
    office, _ = filled(engine, file)
    file.save(file.load_or_make().with_new())
    keys = file.load_or_make().sealing
    with engine.begin() as connection:
        connection.execute(contact.update().values(details=b"xxxx" + bytes(30)))
    with pytest.raises(SealBroken):
        act(engine, file, office.clock)
    assert set(keys) <= set(file.load_or_make().sealing)


def test_contacts_go_after_their_retention_and_their_messages_are_not_tried(office: Office) -> None:
    code = office.sent()
    assert purge_contacts(office.engine, office.vault, office.clock.now) == 0
    office.clock.move(timedelta(days=366))
    assert purge_contacts(office.engine, office.vault, office.clock.now) == 1
    with reading(office.engine) as connection:
        assert connection.execute(select(contact)).all() == []
        assert connection.execute(select(submission.c.sender_key)).scalar_one() is None
    assert office.own_data.export(code).contact is None
    assert office.intake.codes_of(CHAT, "1001") == []
    assert verify_audit(office.engine, office.vault).number == 5
    office.outbox().deliver_due({CHAT: ScriptedChannel()})


def test_every_binary_column_names_the_place_it_is_sealed_for() -> None:
    binary = [column for table in metadata.sorted_tables for column in table.columns if isinstance(column.type, LargeBinary)]
    assert len(binary) >= 9
    for column in binary:
        assert callable(place_of(column.info)), f"{column} would be lost when keys are exchanged"
        assert len(column.table.primary_key.columns) == 1
