"""Mixed messages: each part is followed by itself, nothing is lost, and the sender's wishes reach every part."""

from __future__ import annotations

import pytest

from assistant.feedback.casework import Facts
from assistant.feedback.errors import ActInvalid, ChangedMeanwhile, RecommendationNotFound
from assistant.feedback.splitting import Span
from assistant.feedback.states import State, Step
from assistant.feedback.types import Kind
from tests.assistant.feedback.office import FIRST, HUNG, LAN, Office

ROAD, LAW = "Đường trước nhà tôi hỏng.", "Đề nghị sửa luật đất đai."
MIXED = f"{ROAD} {LAW}"
PARTS: tuple[Span, ...] = ((0, len(ROAD)), (len(ROAD) + 1, len(MIXED)))


def version(office: Office, number: int = 1) -> int:
    return office.recommendations.show(number, HUNG).matter.version


def split(office: Office, parts: tuple[Span, ...] = PARTS) -> str:
    code = office.sent(MIXED)
    assert office.desk.splitting.split(1, version(office), code, parts, LAN) == (2, 3)
    return code


def test_each_part_is_followed_by_itself_with_its_own_words(office: Office) -> None:
    code = split(office)
    shown = [office.recommendations.show(number, HUNG) for number in (1, 2, 3)]
    assert [one.submissions[0].text for one in shown] == [MIXED, ROAD, LAW]
    assert [(one.matter.state, one.submissions[0].link) for one in shown[1:]] == [(State.SCREENING, "part")] * 2
    office.casework.settle(3, version(office, 3), Facts(kind=Kind.RECOMMENDATION), LAN)
    office.recommendations.take(3, version(office, 3), Step(State.ACCEPTED, LAN))
    assert office.own_data.status(code).state is State.SCREENING


@pytest.mark.parametrize("end", ["withdraw", "erase"])
def test_what_the_sender_takes_back_is_taken_back_in_every_part(office: Office, end: str) -> None:
    code = split(office)
    getattr(office.own_data, end)(code)
    shown = [office.recommendations.show(number, HUNG) for number in (1, 2, 3)]
    assert [one.matter.state for one in shown] == [State.WITHDRAWN] * 3
    if end == "erase":
        assert [one.submissions[0].text for one in shown] == [None] * 3


def test_a_part_that_is_sealed_seals_the_message_and_all_its_parts_words(office: Office) -> None:
    split(office)
    office.recommendations.take(2, version(office, 2), Step(State.SEALED, LAN))
    assert [office.recommendations.show(number, HUNG).submissions for number in (1, 3)] == [(), ()]
    assert office.recommendations.show(2, FIRST).submissions[0].text == ROAD


@pytest.mark.parametrize(
    "parts", [(), ((0, 0),), ((5, 3),), ((-1, 4),), ((0, len(MIXED) + 1),), ((0, 9), (8, 12)), ((0, 1),) * 11], ids=str
)
def test_parts_that_are_none_are_refused(office: Office, parts: tuple[Span, ...]) -> None:
    code = office.sent(MIXED)
    with pytest.raises(ActInvalid):
        office.desk.splitting.split(1, version(office), code, parts, LAN)
    assert office.recommendations.show(1, HUNG).matter.version == 2


def test_only_what_belongs_to_the_matter_as_it_was_read_is_split(office: Office) -> None:
    office.sent(MIXED)
    other, sealed = office.sent("Cầu hỏng"), office.sent("Tôi tố cáo ông A")
    with pytest.raises(ActInvalid):
        office.desk.splitting.split(1, version(office), other, PARTS, LAN)
    with pytest.raises(ChangedMeanwhile):
        office.desk.splitting.split(1, 1, other, PARTS, LAN)
    with pytest.raises(RecommendationNotFound):
        office.desk.splitting.split(3, 2, sealed, PARTS, LAN)
    with pytest.raises(ActInvalid):
        office.desk.splitting.split(3, 2, sealed, PARTS, FIRST)
