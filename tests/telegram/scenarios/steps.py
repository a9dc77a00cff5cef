"""Parts that several conversations share."""

from __future__ import annotations

from bots.chat.wording import chat_sentences
from tests.telegram.scenarios.talk import Citizen

# On the keyboard of the phone, which comes in a message of its own.
SHARE_PLACE = chat_sentences("vi").labels["point"]


def skips(citizen: Citizen, *steps: str) -> None:
    """Leaves these steps of a report out, one after the other."""
    for step in steps:
        words, button, besides = {
            "where": ("ở đâu", "Bỏ qua, không ghi nơi", (SHARE_PLACE,)),
            "files": ("ảnh", "Không có, đi tiếp", ()),
            "contact": ("số điện thoại", "Không để lại, đi tiếp", ()),
        }[step]
        citizen.reads(words, buttons=(button, *besides))
        citizen.taps(button)


def agrees(citizen: Citizen, *words: str) -> str:
    """Looks through what would be sent, in which these words stand, and sends it; the tracking code."""
    citizen.reads("xem lại", *words, buttons=("Đồng ý và gửi", "Viết lại nội dung", "Thôi, không làm nữa"))
    citizen.taps("Đồng ý và gửi")
    return citizen.reads_code()


def sends(citizen: Citizen, text: str, *steps: str) -> str:
    """Writes and sends a report, leaving these steps out; the tracking code."""
    citizen.says("/gui")
    citizen.reads("viết nội dung")
    citizen.says(text)
    skips(citizen, *steps)
    return agrees(citizen, text)
