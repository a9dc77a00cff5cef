"""What senders are told at once, as the shipped router reads their words."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.feedback.guidance import Guidance
from assistant.first_guidance import first_guidance
from assistant.responder import Responder
from assistant.understanding.router import Router
from tests.assistant.toy_law import toy_answerer, toy_store

REPORT = "Đèn đường ngõ 12 thôn Đông hỏng cả tháng nay, tối đi lại rất nguy hiểm. "
URGENT = "Cháy nhà rồi, còn người kẹt trong nhà, cứu với!"


@pytest.mark.parametrize(
    ("text", "told", "why"),
    [
        (URGENT, (Guidance.EMERGENCY,), "a life in danger"),
        ("chay nha roi con nguoi ket trong nha cuu voi", (Guidance.EMERGENCY,), "the same without marks"),
        ("ông hàng xóm đánh vợ suốt đêm, chị ấy kêu cứu", (Guidance.EMERGENCY,), "violence told by a neighbour"),
        ("Tôi tố cáo ông A, chủ tịch xã, nhận hối lộ 50 triệu để cấp sổ đỏ", (Guidance.DENUNCIATION,), "a violation and who did it"),
        ("Tôi khiếu nại quyết định thu hồi đất số 12 của Ủy ban nhân dân xã", (Guidance.COMPLAINT,), "one's own right"),
        (REPORT, (), "a situation, though it says dangerous"),
        (f"{REPORT * 40}{URGENT} {REPORT * 40}", (Guidance.EMERGENCY,), "in the middle of a long letter"),
        ("", (), "nothing but files"),
    ],
)
def test_words_alone_show_what_is_needed_besides(tmp_path: Path, text: str, told: tuple[Guidance, ...], why: str) -> None:
    with toy_store(tmp_path) as store:
        assert first_guidance(text, Responder(toy_answerer(store), Router.load())) == told, why
