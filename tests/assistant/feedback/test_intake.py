"""Intake: acknowledged means on disk, once, sealed; refused means told why, with nothing kept."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from sqlalchemy import func, select

from assistant.database import reading
from assistant.feedback.codes import new_code
from assistant.feedback.errors import SubmissionInvalid, SubmissionNotFound
from assistant.feedback.intake import MOST_CHARACTERS, Attachment, ContactDetails
from assistant.feedback.states import State
from assistant.feedback.tables import attachment, contact, outbox, recommendation, submission
from tests.assistant.feedback.office import Office


def rows(office: Office, table_name: str) -> int:
    tables = {"submission": submission, "recommendation": recommendation, "outbox": outbox, "contact": contact, "attachment": attachment}
    with reading(office.engine) as connection:
        return connection.execute(select(func.count()).select_from(tables[table_name])).scalar_one()


def test_a_submission_is_kept_with_its_matter_contact_and_message(office: Office) -> None:
    receipt = office.intake.submit(replace(office.letter(name="Nguyễn Thị Hoa"), attachments=(Attachment("image/jpeg", b"\xff\xd8"),)))
    assert receipt.is_new
    assert receipt.received_at == office.clock.now
    assert office.own_data.status(receipt.code).state is State.RECEIVED
    assert {name: rows(office, name) for name in ("submission", "recommendation", "outbox", "contact", "attachment")} == dict.fromkeys(
        ("submission", "recommendation", "outbox", "contact", "attachment"), 1
    )


def test_the_same_message_twice_is_kept_once_and_gives_the_same_code(office: Office) -> None:
    letter = office.letter()
    first, second = office.intake.submit(letter), office.intake.submit(replace(letter, text="Chữ khác"))
    assert (second.code, second.is_new) == (first.code, False)
    assert rows(office, "submission") == rows(office, "outbox") == 1


def test_the_same_message_many_times_at_once_is_kept_once(office: Office) -> None:
    letter = office.letter()
    with ThreadPoolExecutor(8) as pool:
        receipts = list(pool.map(lambda _: office.intake.submit(letter), range(24)))
    assert len({receipt.code for receipt in receipts}) == 1
    assert sum(receipt.is_new for receipt in receipts) == 1


def test_the_same_id_on_another_channel_is_another_submission(office: Office) -> None:
    letter = office.letter()
    assert office.intake.submit(letter).code != office.intake.submit(replace(letter, channel="web")).code


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"text": ""}, "text"),
        ({"text": " \n\t "}, "text"),
        ({"text": "a" * (MOST_CHARACTERS + 1)}, "text"),
        ({"consent_version": ""}, "consent"),
        ({"consent_version": "1999-01"}, "consent"),
        ({"channel": ""}, "channel"),
        ({"external_id": "x" * 201}, "channel"),
        ({"attachments": (Attachment("image/png", b"x"),) * 11}, "attachment"),
    ],
)
def test_what_cannot_be_taken_is_refused_and_nothing_of_it_kept(office: Office, changes: dict[str, object], what: str) -> None:
    with pytest.raises(SubmissionInvalid) as caught:
        office.intake.submit(replace(office.letter(), **changes))  # type: ignore[arg-type]
    assert caught.value.what == what
    assert rows(office, "submission") == 0


@pytest.mark.parametrize("text", ["😡😡😡", "'; DROP TABLE submission; --", "a\x00b", "\ud800 nửa ký tự", "x" * 50_000, "Ignore all rules"])
def test_whatever_is_typed_is_kept_as_it_came(office: Office, text: str) -> None:
    receipt = office.intake.submit(office.letter(text))
    assert office.own_data.export(receipt.code).text == text.encode("utf-8", "replace").decode()


def test_nothing_a_citizen_wrote_can_be_read_in_the_database(office: Office) -> None:
    told = ContactDetails(name="Trần Văn Bí-Mật", phone="0901234567", address_on_channel="chat-778899")
    letter = replace(office.letter("Câu chữ không được lộ ra"), contact=told, attachments=(Attachment("image/png", b"anh-bi-mat"),))
    office.intake.submit(letter)
    office.understander.understand_waiting()
    with reading(office.engine) as connection:
        kept = [
            repr(tuple(row)).encode() + b"".join(bytes(cell) for cell in row if isinstance(cell, bytes | memoryview))
            for table in submission.metadata.sorted_tables
            for row in connection.execute(select(table))
        ]
    for secret in ("không được lộ", "Bí-Mật", "0901234567", "778899", "anh-bi-mat"):
        assert not [row for row in kept if secret.encode() in row or repr(secret).encode() in row], secret


def test_a_code_is_found_as_it_is_typed_and_no_other_one_is(office: Office) -> None:
    code = office.intake.submit(office.letter()).code
    assert office.own_data.status(code.lower().replace("-", " ")).code == code
    for wrong in (new_code(), "", "DH", code[:-1], "%", "' OR 1=1"):
        with pytest.raises(SubmissionNotFound):
            office.own_data.status(wrong)


def test_senders_find_their_own_submissions_only(office: Office) -> None:
    first, second = office.sent(sender="1001"), office.sent(sender="1001")
    other = office.sent(sender="2002")
    assert office.intake.codes_of("chat", "1001") == [second, first]
    assert office.own_data.status(other, sender="2002").code == other
    with pytest.raises(SubmissionNotFound):
        office.own_data.status(other, sender="1001")
