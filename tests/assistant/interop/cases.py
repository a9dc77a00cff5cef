"""Matters brought as far as tests of what leaves the house need them."""

from __future__ import annotations

from assistant.feedback.casework import Draft, Facts
from assistant.feedback.states import State, Step
from assistant.feedback.types import AdminLevel, Field, Kind, Resolution
from assistant.feedback.wanted import Wanted
from tests.assistant.feedback.office import HUNG, LAN, MAI, Office

HANOI_COMMUNE = "commune:00454"


def version(office: Office, number: int) -> int:
    return office.recommendations.show(number, HUNG).matter.version


def number_of(office: Office) -> int:
    """The number of the newest matter that reviewers see."""
    return office.queue.page(HUNG, Wanted())[-1].number


def accepted(office: Office, text: str, field: Field = Field.TRANSPORT, kind: Kind = Kind.REPORT) -> int:
    """The number of a matter that was taken in, with its facts settled."""
    office.sent(text)
    number = number_of(office)
    facts = Facts(kind, field, AdminLevel.COMMUNE, HANOI_COMMUNE, title="Sửa cầu Đá", statement="Đề nghị sửa cầu Đá ở thôn Hạ")
    office.casework.settle(number, version(office, number), facts, HUNG)
    office.recommendations.take(number, version(office, number), Step(State.ACCEPTED, LAN))
    return number


def answered(office: Office, text: str, field: Field = Field.TRANSPORT, told: str = "Sẽ sửa trong quý I.") -> int:
    """The number of a matter with an approved answer."""
    number = accepted(office, text, field)
    office.recommendations.take(number, version(office, number), Step(State.ROUTED, HUNG))
    office.casework.draft_answer(number, version(office, number), Draft(told, Resolution.BEING_STUDIED), HUNG)
    office.casework.approve_answer(number, version(office, number), MAI)
    return number


def published(office: Office, text: str, public: str, field: Field = Field.TRANSPORT, told: str = "Sẽ sửa trong quý I.") -> int:
    """The number of a matter that everybody may read: `public` in place of `text`, and the answer `told`."""
    number = answered(office, text, field, told)
    code = office.recommendations.show(number, HUNG).submissions[0].code
    office.casework.confirm_redaction(number, version(office, number), {code: public}, HUNG)
    office.casework.publish(number, version(office, number), MAI)
    return number
