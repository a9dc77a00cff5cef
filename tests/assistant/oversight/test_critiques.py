"""Social critique: an opinion on a draft, and what the drafting body made of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from assistant.feedback.errors import RecommendationNotFound
from assistant.feedback.types import AdminLevel
from assistant.oversight.errors import OversightChanged, OversightForbidden, OversightNotFound, OversightRefused
from assistant.oversight.register import OversightRegister
from assistant.oversight.types import CritiqueResult
from tests.assistant.feedback.office import HUNG, MAI, Office
from tests.assistant.oversight.planned import AUDITOR, DEPUTY, DRAFT, SENT, TODAY, WANTED, sealed, taken_in

OPINION, RESPONSE = "Mức thu cao so với thu nhập của hộ nghèo", "Đã giảm 30% cho hộ nghèo"


def sent(register: OversightRegister) -> int:
    """The number of a critique whose opinion was sent, at version 2."""
    number = register.critiques.add(DRAFT, HUNG)
    register.critiques.give_opinion(number, 1, OPINION, SENT, HUNG)
    return number


def test_a_critique_is_told_from_draft_to_response(office: Office, register: OversightRegister) -> None:
    ground = taken_in(office)
    number = register.critiques.add(replace(DRAFT, grounds=(ground,)), HUNG)
    assert register.critiques.show(number, DEPUTY).opinion is None
    register.critiques.give_opinion(number, 1, OPINION, SENT, HUNG)
    wanted = register.recommendations.in_critique(number, WANTED, HUNG)
    register.critiques.respond(number, 2, CritiqueResult.PARTLY, RESPONSE, TODAY, MAI)
    told = register.critiques.show(number, DEPUTY)
    assert (told.opinion, told.response, told.grounds, told.recommendations) == (OPINION, RESPONSE, (ground,), (wanted,))
    assert (told.critique.result, told.critique.opinion_on, told.critique.responded_on) == (CritiqueResult.PARTLY, SENT, TODAY)
    due = [one for one in register.follow_ups_due(date(2026, 7, 1), HUNG) if one.recommendation == wanted]
    assert [(one.critique, one.programme) for one in due] == [(number, None)]


@pytest.mark.parametrize(
    ("changes", "part"),
    [
        ({"draft_title": ""}, "title"),
        ({"drafter": " "}, "drafter"),
        ({"issuer": ""}, "issuer"),
        ({"draft_number": "x" * 101}, "draft_number"),
    ],
)
def test_a_draft_has_a_title_a_drafter_and_an_issuer(register: OversightRegister, changes: dict[str, Any], part: str) -> None:
    with pytest.raises(OversightRefused) as refused:
        register.critiques.add(replace(DRAFT, **changes), HUNG)
    assert refused.value.what == part


def test_nothing_sealed_is_joined_to_a_draft(office: Office, register: OversightRegister) -> None:
    before = register.critiques.page(HUNG)
    with pytest.raises(RecommendationNotFound):
        register.critiques.add(replace(DRAFT, grounds=(sealed(office),)), HUNG)
    assert register.critiques.page(HUNG) == before


def test_no_answer_comes_before_the_opinion(register: OversightRegister) -> None:
    number = register.critiques.add(DRAFT, HUNG)
    with pytest.raises(OversightRefused):
        register.critiques.respond(number, 1, CritiqueResult.TAKEN_IN, RESPONSE, TODAY, HUNG)
    with pytest.raises(OversightRefused):
        register.recommendations.in_critique(number, WANTED, HUNG)


@pytest.mark.parametrize("result", list(CritiqueResult))
def test_an_answer_has_a_text_and_its_lack_has_none(register: OversightRegister, result: CritiqueResult) -> None:
    number = sent(register)
    wrong = RESPONSE if result is CritiqueResult.NO_ANSWER else " "
    with pytest.raises(OversightRefused):
        register.critiques.respond(number, 2, result, wrong, TODAY, HUNG)
    register.critiques.respond(number, 2, result, "" if result is CritiqueResult.NO_ANSWER else RESPONSE, TODAY, HUNG)
    assert register.critiques.show(number, AUDITOR).critique.result is result


def test_a_late_answer_takes_the_place_of_none_and_of_nothing_else(register: OversightRegister) -> None:
    number = sent(register)
    register.critiques.respond(number, 2, CritiqueResult.NO_ANSWER, "", TODAY, HUNG)
    register.critiques.respond(number, 3, CritiqueResult.EXPLAINED, RESPONSE, TODAY, HUNG)
    with pytest.raises(OversightRefused):
        register.critiques.respond(number, 4, CritiqueResult.TAKEN_IN, RESPONSE, TODAY, HUNG)
    with pytest.raises(OversightRefused):
        register.critiques.give_opinion(number, 4, "khác", TODAY, HUNG)


def test_days_lie_where_they_can(register: OversightRegister) -> None:
    number = sent(register)
    for day in (SENT - timedelta(1), TODAY + timedelta(1)):
        with pytest.raises(OversightRefused):
            register.critiques.respond(number, 2, CritiqueResult.TAKEN_IN, RESPONSE, day, HUNG)


def test_of_two_who_answer_the_same_the_second_is_told(register: OversightRegister) -> None:
    number = sent(register)
    with pytest.raises(OversightChanged):
        register.critiques.give_opinion(number, 1, "khác", SENT, MAI)


def test_lists_are_narrowed_and_deputies_only_read(register: OversightRegister) -> None:
    first = register.critiques.add(DRAFT, HUNG)
    second = register.critiques.add(replace(DRAFT, level=AdminLevel.CENTRAL), HUNG)
    assert [one.number for one in register.critiques.page(DEPUTY, level=AdminLevel.CENTRAL)] == [second]
    assert [one.number for one in register.critiques.page(DEPUTY, after=first)] == [second]
    with pytest.raises(OversightForbidden):
        register.critiques.add(DRAFT, DEPUTY)
    with pytest.raises(OversightNotFound):
        register.critiques.show(99, DEPUTY)
