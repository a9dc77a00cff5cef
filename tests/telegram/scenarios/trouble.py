"""Conversations that something comes in between of."""

from __future__ import annotations

from tests.telegram.emulator import LostAfter, LostBefore, ServerError, TooMany
from tests.telegram.scenarios.following import ANSWER, ROAD
from tests.telegram.scenarios.steps import sends
from tests.telegram.scenarios.talk import Talk


def blocked_user(talk: Talk) -> None:
    """Who blocks the bot gets nothing more, and finds everything as it stands when they come back."""
    lan = talk.person("Lan")
    code = sends(lan, ROAD, "files", "contact")
    lan.blocks_bot()
    talk.settles()
    before = len(talk.telegram.calls_of("sendMessage"))
    talk.officers.answers(code, ANSWER)
    talk.settles()
    assert len(talk.telegram.calls_of("sendMessage")) == before
    lan.starts()
    lan.reads("máy", buttons=("Tra cứu hồ sơ",))
    lan.taps("Tra cứu hồ sơ")
    lan.reads(buttons=(code,))
    lan.taps(code)
    lan.reads("Đã trả lời", code)


def network_trouble(talk: Talk) -> None:
    """Telegram says it is too much, is down, hangs up before and after: each answer arrives, twice only where nobody could know."""
    lan = talk.person("Lan")
    faults, method = talk.telegram.faults, "sendMessage"
    for fault, question in (
        (TooMany(1), "Thử việc tối đa bao lâu?"),
        (ServerError(502, is_html=True), "Lương thử việc tối thiểu bằng bao nhiêu?"),
        (LostBefore(), "Người lao động nghỉ việc phải báo trước mấy ngày?"),
    ):
        faults.next(method, fault)
        lan.says(question)
        lan.reads("Bộ luật Lao động")
        assert len(lan.replies) == 1
    talk.telegram.deliver_twice()
    lan.says("Đăng ký khai sinh ở đâu?")
    lan.reads("khai sinh")
    assert len(lan.replies) == 1
    faults.next(method, LostAfter())
    lan.says("/nguoithat")
    lan.reads("cán bộ")
    assert len(lan.replies) <= 2
    assert len({one.text for one in lan.replies}) == 1
