"""Files that came along: opened by those who work on the matter, each time written down, and nothing out of the seal."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from sqlalchemy import select

from assistant.database import reading
from assistant.feedback.attachments import AttachedFile
from assistant.feedback.errors import AttachmentErased, AttachmentNotFound, RecommendationNotFound
from assistant.feedback.intake import Attachment
from assistant.feedback.states import Actor, Role, State, Step
from assistant.feedback.tables import audit_event
from tests.assistant.feedback.office import FIRST, HUNG, LAN, MAI, Office, person

PHOTO, PAPER = Attachment("image/jpeg", b"\xff\xd8\xff photo"), Attachment("application/pdf", b"%PDF-1.7 paper")


def sent(office: Office, text: str = "Đường trước nhà tôi hỏng từ lâu", *files: Attachment, sender: str = "1001") -> str:
    code = office.intake.submit(replace(office.letter(text, sender), attachments=files or (PHOTO, PAPER))).code
    understood(office)
    return code


def understood(office: Office) -> None:
    while office.understander.understand_waiting():
        pass


def listed(office: Office, number: int = 1, actor: Actor = HUNG) -> list[str]:
    return [one.id for one in office.desk.attachments.of(number, actor)]


def events(office: Office) -> list[tuple[str, str, str, str]]:
    with reading(office.engine) as connection:
        rows = connection.execute(select(audit_event).order_by(audit_event.c.number))
        return [(row.actor, row.action, row.record, row.facts) for row in rows]


def version(office: Office, number: int, actor: Actor = HUNG) -> int:
    return office.recommendations.show(number, actor).matter.version


def test_the_same_letter_twice_at_once_is_kept_once_with_its_files(office: Office) -> None:
    letter = replace(office.letter(), attachments=(PHOTO, PAPER))
    with ThreadPoolExecutor(4) as pool:
        codes = {receipt.code for receipt in pool.map(office.intake.submit_from_anybody, [letter] * 4)}
    understood(office)
    assert (len(codes), listed(office)) == (1, ["1-1", "1-2"])


@pytest.mark.parametrize("actor", [LAN, HUNG, MAI, person("tú", Role.UNIT_ADMIN)])
def test_who_works_on_a_matter_opens_its_files_and_that_is_written_down(office: Office, actor: Actor) -> None:
    code = sent(office)
    files = office.desk.casefiles.open(1, actor).attachments
    assert files == (AttachedFile("1-1", code, "image/jpeg", len(PHOTO.content)), AttachedFile("1-2", code, "application/pdf", 14))
    opened = office.desk.attachments.open(1, "1-2", actor)
    assert (opened.file, opened.content) == (files[1], PAPER.content)
    assert events(office)[-1] == (actor.id, "attachment_opened", "recommendation:1", '{"attachment": "1-2"}')


@pytest.mark.parametrize("role", [Role.DEPUTY, Role.AUDITOR, Role.AGENCY_LIAISON, Role.CITIZEN, Role.SYSTEM, Role.SEALED_OFFICER])
def test_nobody_else_learns_that_there_is_a_file(office: Office, role: Role) -> None:
    sent(office)
    before = events(office)
    with pytest.raises(RecommendationNotFound):
        listed(office, 1, person("dung", role))
    with pytest.raises(RecommendationNotFound):
        opened(office, 1, "1-1", person("dung", role))
    assert events(office) == before


def opened(office: Office, number: int, attachment: str, actor: Actor = HUNG) -> bytes:
    return office.desk.attachments.open(number, attachment, actor).content


def test_files_of_a_sealed_matter_are_opened_by_sealed_officers_alone(office: Office) -> None:
    sent(office, "Tôi tố cáo ông Ba")
    for actor in (LAN, HUNG, MAI, person("tú", Role.UNIT_ADMIN)):
        with pytest.raises(RecommendationNotFound):
            listed(office, 1, actor)
        with pytest.raises(RecommendationNotFound):
            opened(office, 1, "1-1", actor)
    assert listed(office, 1, FIRST) == ["1-1", "1-2"]
    assert opened(office, 1, "1-1", FIRST) == PHOTO.content
    assert events(office)[-2:] == [
        ("officer-1", "read_sealed", "recommendation:1", "{}"),
        ("officer-1", "read_sealed", "recommendation:1", '{"attachment": "1-1"}'),
    ]


def test_files_of_what_was_joined_are_opened_with_the_matter_they_were_joined_to(office: Office) -> None:
    sent(office)
    sent(office, "Đường hỏng nữa", PAPER, sender="2")
    office.casework.merge(2, version(office, 2), 1, LAN)
    assert listed(office) == ["1-1", "1-2", "2-1"]
    assert opened(office, 1, "2-1") == opened(office, 2, "2-1") == PAPER.content
    office.casework.unmerge(2, version(office, 2), State.SCREENING, HUNG)
    with pytest.raises(AttachmentNotFound):
        opened(office, 1, "2-1")


def test_a_file_of_another_matter_is_not_opened_with_this_one(office: Office) -> None:
    sent(office)
    sent(office, "Tôi tố cáo ông Ba", sender="2")
    for attachment in ("2-1", "1-3", "1-0", "x", "", "1-1 "):
        with pytest.raises(AttachmentNotFound):
            opened(office, 1, attachment)


def test_a_file_that_its_sender_had_erased_is_told_as_such(office: Office) -> None:
    code = sent(office)
    sent(office, "Đường hỏng nữa", PAPER, sender="2")
    office.casework.merge(1, version(office, 1), 2, LAN)
    office.own_data.erase(code)
    assert listed(office, 2) == ["2-1"]
    with pytest.raises(AttachmentErased):
        opened(office, 2, "1-1")


def test_files_that_came_later_wait_until_a_machine_has_looked_at_their_words(office: Office) -> None:
    code = sent(office)
    office.desk.messages.add(code, "Thêm ảnh", "a", attachments=(PAPER,))
    assert listed(office) == ["1-1", "1-2"]
    with pytest.raises(AttachmentNotFound):
        opened(office, 1, "1-3")
    understood(office)
    office.desk.messages.add(code, "", "b", attachments=(PHOTO, PHOTO))
    assert listed(office) == ["1-1", "1-2", "1-3"]
    understood(office)
    assert listed(office) == ["1-1", "1-2", "1-3", "1-4", "1-5"]


def test_files_that_came_with_a_denunciation_are_sealed_with_it(office: Office) -> None:
    code = sent(office)
    office.recommendations.take(1, version(office, 1), Step(State.ACCEPTED, LAN))
    office.desk.messages.add(code, "Tôi tố cáo ông Ba", "a", attachments=(PAPER,))
    understood(office)
    with pytest.raises(RecommendationNotFound):
        listed(office)
    assert listed(office, 1, FIRST) == ["1-1", "1-2", "1-3"]
