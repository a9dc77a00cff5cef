"""Notes of officers: for each other only, sealed, and kept under the seal for good where they were written under it."""

from __future__ import annotations

import pytest
from sqlalchemy import select, update

from assistant.database import reading, writing
from assistant.feedback.answers.notes import MOST_CHARACTERS, NoteInvalid, Notes
from assistant.feedback.answers.tables import internal_note
from assistant.feedback.errors import RecommendationNotFound, SealBroken
from assistant.feedback.states import Role, State, Step
from assistant.feedback.tables import audit_event
from tests.assistant.feedback.office import FIRST, HUNG, LAN, SECOND, Office, person

WORDS = "Đã gọi cho tổ dân phố, chờ họ xác nhận"


def notes(office: Office) -> Notes:
    return Notes(office.engine, office.vault, office.clock, office.recommendations)


def actions(office: Office) -> list[tuple[str, str]]:
    with reading(office.engine) as connection:
        rows = connection.execute(select(audit_event).order_by(audit_event.c.number)).all()
        office.audit.verify(connection)
    return [(row.actor, row.action) for row in rows]


def unsealed(office: Office, number: int) -> None:
    """Two officers lead it out of the seal."""
    for officer in (FIRST, SECOND):
        version = office.recommendations.show(number, officer).matter.version
        office.recommendations.take(number, version, Step(State.SCREENING, officer, "không phải tố cáo"))


def test_notes_are_listed_with_author_and_time_in_the_order_written(office: Office) -> None:
    office.sent()
    notes(office).add(1, f"  {WORDS}\n", HUNG)
    notes(office).add(1, "Đồng ý", LAN)
    found = notes(office).of(1, LAN)
    assert [(one.author, one.text, one.is_sealed) for one in found] == [("hung", WORDS, False), ("lan", "Đồng ý", False)]
    assert {one.written_at for one in found} == {office.clock.now}
    assert [action for action in actions(office) if "note" in action[1]] == [("hung", "noted"), ("lan", "noted")]


def test_a_note_cannot_be_read_in_the_database_nor_moved_to_another_recommendation(office: Office) -> None:
    office.sent()
    office.sent()
    notes(office).add(1, WORDS, HUNG)
    with writing(office.engine) as connection:
        (row,) = connection.execute(select(internal_note)).all()
        connection.execute(update(internal_note).values(recommendation=2))
    assert WORDS.encode() not in row.text
    with pytest.raises(SealBroken):
        notes(office).of(2, HUNG)


@pytest.mark.parametrize("text", ["", " \n", "x" * (MOST_CHARACTERS + 1)])
def test_an_empty_or_endless_note_is_refused(office: Office, text: str) -> None:
    office.sent()
    with pytest.raises(NoteInvalid):
        notes(office).add(1, text, HUNG)


@pytest.mark.parametrize("role", [Role.CITIZEN, Role.DEPUTY, Role.AUDITOR, Role.AGENCY_LIAISON, Role.SEALED_OFFICER])
def test_who_may_not_see_a_recommendation_neither_notes_nor_reads_notes(office: Office, role: Role) -> None:
    office.sent()
    other = person("other", role)
    with pytest.raises(RecommendationNotFound):
        notes(office).add(1, WORDS, other)
    with pytest.raises(RecommendationNotFound):
        notes(office).of(1, other)


def test_reading_notes_of_a_sealed_one_is_written_down(office: Office) -> None:
    office.sent("Tôi tố cáo ông A nhận tiền")
    with pytest.raises(RecommendationNotFound):
        notes(office).of(1, HUNG)
    notes(office).add(1, WORDS, FIRST)
    assert [one.text for one in notes(office).of(1, SECOND)] == [WORDS]
    assert actions(office)[-1] == ("officer-2", "read_sealed_notes")


def test_what_was_noted_under_the_seal_stays_there_when_it_is_lifted(office: Office) -> None:
    office.sent("Tôi tố cáo ông A nhận tiền")
    notes(office).add(1, "Người gửi lo bị trả thù", FIRST)
    unsealed(office, 1)
    notes(office).add(1, WORDS, HUNG)
    assert [one.text for one in notes(office).of(1, HUNG)] == [WORDS]
    both = person("both", Role.REVIEWER, Role.SEALED_OFFICER)
    assert len(notes(office).of(1, both)) == 2
    assert actions(office)[-1] == ("both", "read_sealed_notes")
