"""How senders may be reached: read for a purpose by those who deal with them, always written down, and no longer than it is kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from assistant.database import reading
from assistant.feedback.contacts import MOST_CHARACTERS_OF_PURPOSE, ContactStanding, SenderContact
from assistant.feedback.errors import ActInvalid, MayNotReadContact, RecommendationNotFound
from assistant.feedback.intake import ContactDetails
from assistant.feedback.keeping import purge_contacts, verify_audit
from assistant.feedback.states import Actor, Role
from assistant.feedback.tables import audit_event
from bots.law.answer_gate import notes_of
from tests.assistant.feedback.office import FIRST, HUNG, LAN, MAI, Office, person

PURPOSE = "Gọi hỏi rõ đoạn đường hỏng"
DETAILS = ContactDetails("Lê Thị Sáu", "0912345678", "sau@example.vn", "Thôn Hạ", "1001")
ADMIN = person("tú", Role.UNIT_ADMIN)


def sent(office: Office, text: str = "Đường trước nhà tôi hỏng từ lâu", details: ContactDetails = DETAILS) -> str:
    code = office.intake.submit(replace(office.letter(text), contact=details)).code
    office.understander.understand_waiting()
    return code


def claimed(office: Office, number: int = 1, actor: Actor = LAN) -> None:
    office.recommendations.claim(number, office.recommendations.show(number, actor).matter.version, actor)


def read(office: Office, actor: Actor = LAN, number: int = 1, code: str | None = None) -> SenderContact:
    return office.desk.contacts.read(number, PURPOSE, actor, code)


def events(office: Office) -> list[tuple[str, str, str, str]]:
    with reading(office.engine) as connection:
        rows = connection.execute(select(audit_event).order_by(audit_event.c.number))
        return [(row.actor, row.action, row.record, row.facts) for row in rows]


@pytest.mark.parametrize("actor", [LAN, HUNG, ADMIN])
def test_who_owns_a_matter_or_answers_for_the_unit_reads_how_to_reach_its_sender(office: Office, actor: Actor) -> None:
    code = sent(office)
    claimed(office, actor=LAN if actor is ADMIN else actor)
    told = read(office, actor)
    assert told == SenderContact(code, ContactStanding.TOLD, "Lê Thị Sáu", "0912345678", "sau@example.vn", "Thôn Hạ")
    assert "0912345678" not in repr(told)
    assert events(office)[-1] == (actor.id, "read_contact", "recommendation:1", '{"note": 1, "sealed": false, "submission": 1}')
    assert [(one.author, one.text) for one in notes_of(office.desk).of(1, MAI)] == [(actor.id, PURPOSE)]
    assert "Gọi" not in str(events(office))
    verify_audit(office.engine, office.vault)


@pytest.mark.parametrize("actor", [HUNG, MAI, person("lan", Role.APPROVER), replace(LAN, id="khác")])
def test_who_does_not_deal_with_the_sender_is_refused(office: Office, actor: Actor) -> None:
    sent(office)
    claimed(office)
    before = events(office)
    with pytest.raises(MayNotReadContact):
        read(office, actor)
    assert events(office) == before


@pytest.mark.parametrize("role", [Role.DEPUTY, Role.AUDITOR, Role.AGENCY_LIAISON, Role.SEALED_OFFICER])
def test_who_may_not_see_a_matter_learns_nothing_of_its_sender(office: Office, role: Role) -> None:
    sent(office)
    with pytest.raises(RecommendationNotFound):
        read(office, person("dung", role))


def test_under_the_seal_its_officers_alone_read_it(office: Office) -> None:
    sent(office, "Tôi tố cáo ông Ba")
    for actor in (LAN, HUNG, ADMIN):
        with pytest.raises(RecommendationNotFound):
            read(office, actor)
    assert read(office, FIRST).phone == "0912345678"
    assert events(office)[-1] == ("officer-1", "read_contact", "recommendation:1", '{"note": 1, "sealed": true, "submission": 1}')


@pytest.mark.parametrize("purpose", ["", " \n", "a" * (MOST_CHARACTERS_OF_PURPOSE + 1)])
def test_nothing_is_read_without_a_purpose(office: Office, purpose: str) -> None:
    sent(office)
    claimed(office)
    before = events(office)
    with pytest.raises(ActInvalid) as refused:
        office.desk.contacts.read(1, purpose, LAN)
    assert (refused.value.what, events(office)) == ("purpose", before)


def test_of_several_senders_one_is_named(office: Office) -> None:
    first, second = sent(office), sent(office, "Đường hỏng nữa", replace(DETAILS, name="Trần Văn Tám"))
    stranger = sent(office, "Tôi tố cáo ông Ba")
    claimed(office)
    office.casework.merge(2, office.recommendations.show(2, LAN).matter.version, 1, LAN)
    with pytest.raises(ActInvalid) as refused:
        read(office)
    assert refused.value.what == "sender"
    assert read(office, code=second.lower().replace("-", "")).name == "Trần Văn Tám"
    assert read(office, code=first).name == "Lê Thị Sáu"
    for code in (stranger, "DH-22222-22222-2", ""):
        with pytest.raises(ActInvalid) as refused:
            read(office, code=code)
        assert refused.value.what == "code"


@pytest.mark.parametrize(
    ("details", "standing"),
    [(ContactDetails(), ContactStanding.ANONYMOUS), (ContactDetails(address_on_channel="1001"), ContactStanding.ON_CHANNEL)],
)
def test_that_nothing_was_told_is_said(office: Office, details: ContactDetails, standing: ContactStanding) -> None:
    code = sent(office, details=details)
    claimed(office)
    assert read(office) == SenderContact(code, standing)
    assert events(office)[-1][1] == "read_contact"


@pytest.mark.parametrize("is_purged", [False, True])
def test_past_its_retention_nothing_is_read(office: Office, is_purged: bool) -> None:
    sent(office)
    claimed(office)
    office.clock.move(timedelta(days=366))
    if is_purged:
        assert purge_contacts(office.engine, office.vault, office.clock()) == 1
    assert read(office).standing is ContactStanding.EXPIRED
    assert read(office).phone == ""


def test_who_took_it_back_or_had_it_erased_is_not_reached(office: Office) -> None:
    gone, erased = sent(office), sent(office, "Cầu hỏng")
    claimed(office, 1)
    claimed(office, 2)
    office.own_data.withdraw(gone)
    office.own_data.erase(erased)
    assert read(office, number=1) == SenderContact(gone, ContactStanding.WITHDRAWN)
    assert read(office, number=2) == SenderContact(erased, ContactStanding.ERASED)
