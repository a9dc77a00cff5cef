"""Programmes, critiques and recommendations for tests of the register, over one office."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from assistant.feedback.casework import Facts
from assistant.feedback.states import Role, State, Step
from assistant.feedback.types import AdminLevel, Field, Kind
from assistant.feedback.wanted import Wanted
from assistant.oversight.register import OversightRegister
from assistant.oversight.types import (
    CritiqueForm,
    CritiqueGround,
    NewCritique,
    NewProgramme,
    NewRecommendation,
    ProgrammeForm,
    ProgrammeGround,
    ProgrammeStatus,
    Subject,
)
from tests.assistant.feedback.office import FIRST, HUNG, LAN, Office, person

# The office's clock stands on this day.
TODAY = date(2026, 11, 22)
SENT = date(2026, 5, 22)
DEPUTY, AUDITOR, CITIZEN = person("deputy", Role.DEPUTY), person("auditor", Role.AUDITOR), person("citizen", Role.CITIZEN)
BOARD = "Ủy ban MTTQ Việt Nam tỉnh Lào Cai"
PLAN = NewProgramme(
    2027,
    AdminLevel.PROVINCE,
    BOARD,
    "Giám sát việc sửa chữa đường liên xã",
    ProgrammeForm.DELEGATION,
    ProgrammeGround.PETITIONS,
    (Subject("Sở Xây dựng", "province:15"),),
)
DRAFT = NewCritique(
    AdminLevel.PROVINCE,
    BOARD,
    "Dự thảo Nghị quyết về mức thu phí vệ sinh",
    "Sở Tài chính",
    "Hội đồng nhân dân tỉnh",
    CritiqueForm.CONFERENCE,
    CritiqueGround.AGENCY_REQUEST,
    "Tờ trình 12/TTr",
)
WANTED = NewRecommendation("Đề nghị sửa xong cầu trước mùa mưa", "Ủy ban nhân dân tỉnh", SENT, date(2026, 7, 1))


def running(register: OversightRegister, plan: NewProgramme = PLAN) -> int:
    """The number of a programme that runs, at version 2."""
    number = register.programmes.add(plan, HUNG)
    register.programmes.move(number, 1, ProgrammeStatus.RUNNING, HUNG)
    return number


def recommended(register: OversightRegister, sent_on: date = SENT, answer_by: date | None = WANTED.answer_by) -> int:
    """The number of a recommendation that was sent after supervision, at version 1."""
    return register.recommendations.after_supervision(running(register), replace(WANTED, sent_on=sent_on, answer_by=answer_by), HUNG)


def taken_in(
    office: Office, text: str = "Đường hỏng", sender: str = "1", area: str | None = "commune:03010", level: AdminLevel = AdminLevel.COMMUNE
) -> int:
    """The number of a citizen's recommendation about transport that was taken in."""
    office.sent(text, sender)
    number = office.queue.page(HUNG, Wanted(), limit=200)[-1].number
    facts = Facts(kind=Kind.RECOMMENDATION, field=Field.TRANSPORT, level=level, area=area)
    version = office.casework.settle(number, office.recommendations.show(number, HUNG).matter.version, facts, HUNG)
    office.recommendations.take(number, version, Step(State.ACCEPTED, LAN))
    return number


def sealed(office: Office) -> int:
    """The number of a denunciation."""
    office.sent("Tôi tố cáo ông A")
    return office.queue.page(FIRST, Wanted(), limit=200)[-1].number
