"""The unit of a matter as it was at the time: the older one that a letter names, else the one of the day it came in."""

from __future__ import annotations

from functools import cache

import pytest
from sqlalchemy import select

from assistant.database import reading
from assistant.feedback.casework import Facts
from assistant.feedback.privacy.personal_data import PersonalDataFinder
from assistant.feedback.states import State, Step
from assistant.feedback.suggesting.classify import Classifier
from assistant.feedback.suggesting.competence import CompetenceTable
from assistant.feedback.suggesting.reading import MachineReader
from assistant.feedback.tables import recommendation, suggestion
from assistant.feedback.wanted import Wanted
from corpus.areas import Areas, Level
from tests.assistant.feedback.office import HUNG, LAN, Office

BA_DINH = "commune:00004"
ROAD = "Đường liên thôn {} hỏng nặng từ tháng ba, đề nghị sửa"
# Became part of one commune of today.
OLD_COMMUNE = ROAD.format("xã Tự Nhiên, huyện Thường Tín, Hà Nội")
# Was divided among several.
OLD_DISTRICT = ROAD.format("huyện Thường Tín, Hà Nội")
TODAY = ROAD.format("phường Ba Đình, Hà Nội")


@cache
def areas() -> Areas:
    return Areas.load()


@cache
def reader() -> MachineReader:
    return MachineReader(None, Classifier.load(), PersonalDataFinder(None), CompetenceTable.load(), areas())


def sent(office: Office, text: str) -> str:
    code = office.intake.submit(office.letter(text)).code
    office.desk.understander(reader()).understand_waiting()
    return code


def row(office: Office) -> tuple[str | None, str | None]:
    """What the first recommendation has as its area and as that of the time."""
    with reading(office.engine) as connection:
        found = connection.execute(select(recommendation).where(recommendation.c.number == 1)).one()
    return found.area, found.area_then


def name(key: str | None) -> str | None:
    """The full name of a unit before the reform."""
    _, level, code = (key or "::").split(":")
    unit = areas().former(Level(level), code)
    return unit.full if unit else None


def test_an_older_unit_that_is_named_is_kept_beside_the_one_of_today(office: Office) -> None:
    sent(office, OLD_COMMUNE)
    area, then = row(office)
    assert area is not None
    assert area.startswith("commune:")
    assert name(then) == "Xã Tự Nhiên, Huyện Thường Tín, Thành phố Hà Nội"


def test_a_unit_of_today_was_the_same_on_the_day_it_came_in(office: Office) -> None:
    sent(office, TODAY)
    assert row(office) == (BA_DINH, BA_DINH)


def test_what_was_divided_is_known_as_it_was_though_not_as_it_is(office: Office) -> None:
    sent(office, OLD_DISTRICT)
    area, then = row(office)
    assert (area, name(then)) == (None, "Huyện Thường Tín, Thành phố Hà Nội")


def test_who_settles_on_a_part_of_what_was_named_keeps_what_it_was(office: Office) -> None:
    sent(office, OLD_DISTRICT)
    part = next(one for one in candidates(office) if one.startswith("commune:"))
    office.casework.settle(1, version(office), Facts(area=part), HUNG)
    area, then = row(office)
    assert (area, name(then)) == (part, "Huyện Thường Tín, Thành phố Hà Nội")


@pytest.mark.parametrize("text", [OLD_DISTRICT, TODAY], ids=["an older unit was named", "a unit of today was named"])
def test_who_settles_on_another_place_settles_what_it_was(office: Office, text: str) -> None:
    sent(office, text)
    office.casework.settle(1, version(office), Facts(area="province:96"), HUNG)
    assert row(office) == ("province:96", "province:96")


def test_facts_without_a_place_leave_it(office: Office) -> None:
    sent(office, OLD_COMMUNE)
    before = row(office)
    office.casework.settle(1, version(office), Facts(title="Đường liên thôn"), HUNG)
    assert row(office) == before


def test_sealing_takes_it_away(office: Office) -> None:
    sent(office, OLD_COMMUNE)
    office.recommendations.take(1, version(office), Step(State.ACCEPTED, LAN))
    office.recommendations.take(1, version(office), Step(State.SEALED, HUNG))
    assert row(office) == (None, None)


def test_what_may_be_a_denunciation_has_none(office: Office) -> None:
    sent(office, "Tôi tố cáo ông Nguyễn Văn A, chủ tịch xã Tự Nhiên, huyện Thường Tín, Hà Nội nhận hối lộ 50 triệu đồng của nhà thầu")
    assert row(office) == (None, None)


def test_erasing_leaves_no_more_than_the_unit_of_today(office: Office) -> None:
    code = sent(office, OLD_COMMUNE)
    area, _ = row(office)
    office.own_data.erase(code)
    assert row(office) == (area, None)
    with reading(office.engine) as connection:
        tasks = set(connection.execute(select(suggestion.c.task)).scalars())
    assert tasks.isdisjoint({"place", "place_then", "area_then"})


def test_what_others_wrote_of_it_keeps_what_it_was(office: Office) -> None:
    code = sent(office, OLD_COMMUNE)
    sent(office, OLD_COMMUNE)
    then = row(office)[1]
    office.casework.merge(2, version(office, 2), 1, LAN)
    office.own_data.erase(code)
    assert row(office)[1] == then


def test_lists_and_case_files_show_it(office: Office) -> None:
    sent(office, OLD_COMMUNE)
    (matter,) = office.desk.queue.page(LAN, Wanted())
    file = office.desk.casefiles.open(1, HUNG)
    assert (matter.area, matter.area_then) == (file.area, file.area_then) == row(office)


def candidates(office: Office) -> list[str]:
    with reading(office.engine) as connection:
        return list(connection.execute(select(suggestion.c.value).where(suggestion.c.task == "place")).scalars())


def version(office: Office, number: int = 1) -> int:
    return next(one.version for one in office.desk.queue.page(LAN, Wanted()) if one.number == number)
