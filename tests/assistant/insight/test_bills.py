"""Bills: a machine suggests, a person decides, and only what a person decided comes into the pack."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import insert, update

from assistant.database import writing
from assistant.feedback.errors import RecommendationNotFound
from assistant.feedback.tables import recommendation, submission, suggestion
from assistant.feedback.types import NAMED_SCORE
from assistant.insight.bills import Bill, BillDesk, title_score
from assistant.insight.errors import BillExists, BillNotFound, NotForThisRole
from assistant.insight.figures import Period
from assistant.insight.reports import Asked, ReportDesk, ReportKind
from tests.assistant.feedback.office import HUNG, LAN, Office
from tests.assistant.insight.made import Made, provinces, put

DAY = date(2026, 11, 20)
LAND = Bill("32/2026/L", "Luật Đất đai (sửa đổi)", changes=("31/2024/QH15",))


@pytest.mark.parametrize(
    ("title", "text", "is_likely"),
    [
        pytest.param("Luật Đất đai (sửa đổi)", "Tôi góp ý về luật đất đai", True, id="the telling words stand there"),
        pytest.param("Luật Đất đai (sửa đổi)", "gop y luat dat dai", True, id="without marks"),
        pytest.param("Luật Đất đai (sửa đổi)", "Đất nhà tôi bị lấn", False, id="half of a word is none"),
        pytest.param("Luật Đất đai (sửa đổi)", "Luật sửa đổi một số điều", False, id="words of every title tell nothing"),
        pytest.param("Luật Bảo vệ môi trường", "cần bảo vệ nguồn nước và môi trường sống", False, id="syllables far from each other"),
        pytest.param("Luật Giao thông đường bộ", "luật về giao thông đường bộ chưa rõ", True, id="a longer title"),
        pytest.param("Luật", "Luật", False, id="a title that tells nothing"),
    ],
)
def test_a_text_is_about_a_bill_by_the_words_of_its_title(title: str, text: str, is_likely: bool) -> None:
    assert (title_score(title, text) >= 0.5) is is_likely


def desk_of(office: Office) -> BillDesk:
    return BillDesk(office.engine, office.vault, office.clock)


def filled(office: Office) -> BillDesk:
    texts = ("Góp ý dự thảo luật đất đai", "Đường hỏng", "Điều này chưa rõ", "Bí mật về luật đất đai")
    quotes = ((), (), ("31/2024/QH15@79.1",), ())
    rows = [Made(DAY, text=text, statement="Nêu ý kiến", provisions=quote) for text, quote in zip(texts, quotes, strict=True)]
    put(office, rows)
    with writing(office.engine) as connection:
        connection.execute(update(recommendation).where(recommendation.c.number == 4).values(is_sealed=True, state="sealed"))
        connection.execute(update(submission).where(submission.c.number == 4).values(is_sealed=True))
    desk = desk_of(office)
    desk.add(LAND, HUNG)
    return desk


def test_letters_that_quote_or_name_what_a_bill_changes_are_suggested_once(office: Office) -> None:
    desk = filled(office)
    assert (desk.suggest(LAND.number, HUNG), desk.suggest(LAND.number, HUNG)) == (2, 0)
    assert [(one.recommendation, one.ground, one.is_accepted) for one in desk.links(LAND.number, HUNG)] == [
        (3, "provision", None),
        (1, "title", None),
    ]


def test_provisions_that_a_machine_read_in_letters_or_found_for_them_count(office: Office) -> None:
    texts = ("Nêu ý kiến một", "Nêu ý kiến hai", "Nêu ý kiến ba", "Nêu ý kiến bốn", "Nêu ý kiến năm", "Nêu ý kiến sáu")
    put(office, [Made(DAY, text=text, statement="Nêu ý kiến") for text in texts])
    read = [
        (1, "31/2024/QH15@82.1", NAMED_SCORE, None),
        (2, "31/2024/QH15@82", 0.9, None),
        (3, "31/2024/QH15@82", 0.55, None),
        (4, "45/2019/QH14@36", NAMED_SCORE, None),
        (5, "31/2024/QH15@82", NAMED_SCORE, None),
        (6, "31/2024/QH15@82", NAMED_SCORE, False),
    ]
    opinion = {"task": "provision", "rank": 0, "model": "m", "evidence": [], "made_at": office.clock()}
    with writing(office.engine) as connection:
        rows = [
            {**opinion, "submission": one, "value": value, "score": score, "is_accepted": accepted} for one, value, score, accepted in read
        ]
        connection.execute(insert(suggestion), rows)
        connection.execute(update(submission).where(submission.c.number == 5).values(is_sealed=True))
        connection.execute(update(recommendation).where(recommendation.c.number == 5).values(is_sealed=True, state="sealed"))
    desk = desk_of(office)
    desk.add(LAND, HUNG)
    assert desk.suggest(LAND.number, HUNG) == 2
    assert [(one.recommendation, one.ground) for one in desk.links(LAND.number, HUNG)] == [(1, "provision"), (2, "provision")]
    assert desk.links(LAND.number, HUNG)[1].score == pytest.approx(0.72)


def test_only_what_a_person_decided_comes_into_the_pack(office: Office) -> None:
    desk = filled(office)
    desk.suggest(LAND.number, HUNG)
    desk.decide(LAND.number, 1, is_about=False, actor=HUNG)
    desk.decide(LAND.number, 2, is_about=True, actor=HUNG)
    reports = ReportDesk(office.engine, office.vault, office.clock, provinces())
    figures = reports.count(Asked(ReportKind.BILL, Period(DAY - timedelta(9), DAY), LAND.number)).figures
    assert [one.number for one in figures.quoted["foremost"]] == [2]
    assert {one.recommendation: one.is_accepted for one in desk.links(LAND.number, HUNG)} == {1: False, 2: True, 3: None}


def test_what_cannot_be_is_said(one_office: Office) -> None:
    desk = filled(one_office)
    with pytest.raises(BillExists):
        desk.add(LAND, HUNG)
    with pytest.raises(BillNotFound):
        desk.find("99")
    with pytest.raises(RecommendationNotFound):
        desk.decide(LAND.number, 4, is_about=True, actor=HUNG)
    with pytest.raises(NotForThisRole):
        desk.suggest(LAND.number, LAN)
    assert [one.number for one in desk.bills()] == [LAND.number]
