"""How surely law must answer a story before it is quoted: less surely where the story asks for it."""

from __future__ import annotations

import pytest

from assistant.understanding.routes import Route, surely_law


@pytest.mark.parametrize(
    ("tells", "asks"),
    [
        ("Ông Tí nhận hối lộ 50 triệu", "Ông Tí nhận hối lộ 50 triệu thì sao?"),
        ("cán bộ địa chính cầm 30 triệu", "can bo dia chinh cam 30 trieu, khung hinh phat cua nguoi nhan tien"),
        ("nó cầm đầu đua xe", "nó cầm đầu đua xe thì đi tù mấy năm"),
    ],
)
def test_a_story_that_asks_what_the_law_says_needs_less(tells: str, asks: str) -> None:
    told, asked = surely_law(Route.DENUNCIATION, tells), surely_law(Route.DENUNCIATION, asks)
    assert told is not None
    assert asked is not None
    assert asked < told


def test_a_question_asks_for_law_anyway() -> None:
    assert surely_law(Route.LEGAL_QUESTION, "Bị phạt bao nhiêu?") is None
    assert surely_law(None, "Bị phạt bao nhiêu?") is None


@pytest.mark.parametrize(
    "text", ["Tôi tố cáo ông Tí nhận hối lộ 50 triệu", "toi muon to cao ong Ti", "Nay tố giác nhóm trộm chó", "I accuse Mr. Ti"]
)
def test_who_makes_a_denunciation_is_given_no_law_instead(text: str) -> None:
    assert surely_law(Route.DENUNCIATION, text) is None


def test_who_asks_how_a_denunciation_ends_is() -> None:
    assert surely_law(Route.DENUNCIATION, "Tôi tố cáo ông Tí thì ông ấy đi tù mấy năm?") is not None
