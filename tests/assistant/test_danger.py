"""Emergency numbers stand only over messages that tell of danger to somebody."""

from __future__ import annotations

import pytest

from assistant.understanding.danger import is_danger_told, is_somebody_beaten
from assistant.understanding.router import Router
from assistant.understanding.routes import Route


@pytest.fixture(scope="module")
def router() -> Router:
    return Router.load()


@pytest.mark.parametrize(
    "text", ["hàng xóm đánh con hoài", "chong danh toi", "ông nội xâm hại cháu", "nó nhốt mẹ trong phòng", "bố hay đánh đập con"]
)
def test_somebody_beaten_is_in_danger_whatever_the_router_makes_of_it(router: Router, text: str) -> None:
    routed = router.route(text, None)
    assert is_somebody_beaten(text)
    assert Route.EMERGENCY in (routed.route, *routed.review)


@pytest.mark.parametrize(
    "text",
    ["đánh con đề", "đêm qua mơ thấy rắn thì đánh con gì", "chồng đánh vợ bị phạt bao nhiêu", "đánh thuế con lợn", "thẻ bhyt cho con"],
)
def test_games_and_questions_of_penalties_tell_of_nobody_beaten(text: str) -> None:
    assert not is_somebody_beaten(text)


@pytest.mark.parametrize(
    "text", ["trẻ em dưới 6 tuổi làm thẻ bhyt", "nhập học lớp 1", "điều kiện kết hôn", "đăng ký xe mới", "giải thể công ty"]
)
def test_plain_questions_are_not_flagged(router: Router, text: str) -> None:
    assert not is_danger_told(text, 0.15)
    assert Route.EMERGENCY not in router.route(text, None).review


def test_what_the_router_is_rather_sure_of_needs_no_words_of_danger() -> None:
    assert is_danger_told("chân cẳng thế này thì chịu", 0.25)
