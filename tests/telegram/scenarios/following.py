"""Conversations in which citizens follow what they have sent."""

from __future__ import annotations

from datetime import timedelta

from tests.telegram.scenarios.steps import agrees, sends, skips
from tests.telegram.scenarios.talk import Talk

ROAD = "Đường liên thôn xã Đông Anh hỏng từ lâu, mưa xuống là ngập, đề nghị sửa"
ANSWER = "Ủy ban nhân dân xã đã vá xong mặt đường liên thôn ngày 20/11/2026."


def status_by_code(talk: Talk) -> None:
    """How it stands, by the button, by the command, by typing the code, by a link; somebody else may look but not take it back."""
    lan, cuc = talk.person("Lan"), talk.person("Cúc")
    lan.says("/theodoi")
    lan.reads("mã")
    code = sends(lan, ROAD, "files", "contact")
    lan.taps("Xem ý kiến này đến đâu")
    lan.reads(code, "Đang sàng lọc", "23/11/2026", buttons=("Nhắn bổ sung", "Rút ý kiến này"))
    lan.says("/theodoi")
    lan.reads(buttons=(code,))
    lan.says(code.lower().replace("-", " "))
    lan.reads(code, "Đang sàng lọc")
    lan.starts(code)
    lan.reads(code, "Đang sàng lọc")
    lan.says("/theodoi DH-22222-22222-2")
    lan.reads("không tìm thấy")
    cuc.starts(code)
    cuc.reads(code, "Đang sàng lọc", never=("Đường liên thôn",))
    assert cuc.replies[-1].labels == ()
    lan.starts(code)
    lan.reads(buttons=("Rút ý kiến này",))
    lan.taps("Rút ý kiến này")
    lan.reads("chắc", buttons=("Có, rút ý kiến này", "Không rút"))
    lan.taps("Có, rút ý kiến này")
    lan.reads("Đã rút", code)


def officer_asks_back(talk: Talk) -> None:
    """An officer asks; the citizen answers in the chat, and the matter goes back to be looked at."""
    lan = talk.person("Lan")
    code = sends(lan, ROAD, "files", "contact")
    talk.officers.asks_back(code, "Đoạn hỏng dài khoảng bao nhiêu mét, ở trước nhà ai ạ?")
    lan.reads("bổ sung", "bao nhiêu mét", code, buttons=("Trả lời cán bộ",))
    lan.taps("Trả lời cán bộ")
    lan.reads("bổ sung", code)
    lan.says("Khoảng 50 mét, từ nhà văn hóa đến cầu")
    lan.reads("Đã bổ sung", code)
    assert talk.officers.messages_of(code)[-1] == "Khoảng 50 mét, từ nhà văn hóa đến cầu"
    talk.officers.writes(code, "Cảm ơn bà, xã sẽ đến khảo sát trong tuần này.")
    lan.reads("khảo sát", buttons=("Trả lời cán bộ",))


def survey_and_reopen(talk: Talk) -> None:
    """After the answer the citizen is asked whether it helped; not satisfied, they ask to have it looked at again."""
    lan = talk.person("Lan")
    code = sends(lan, ROAD, "files", "contact")
    talk.officers.answers(code, ANSWER)
    lan.reads("trả lời", "vá xong mặt đường", buttons=("Xem ý kiến này đến đâu",))
    talk.passes(timedelta(days=1), "Một ngày")
    talk.officers.asks_whether_it_helped()
    survey = lan.reads("thấy câu trả lời thế nào")
    lan.taps(survey.labels[-1])
    lan.reads("cảm ơn", buttons=("Đề nghị xem xét lại", "Bỏ qua"))
    lan.says("Vá được ba hôm, mưa lại hỏng như cũ")
    lan.reads("cảm ơn")
    lan.taps("Đề nghị xem xét lại")
    lan.reads("đề nghị xem xét lại", code)
    talk.officers.reopens(code)
    lan.reads("mở lại", code)


def edit_within_ten_minutes(talk: Talk) -> None:
    """An edited message changes the draft; soon after sending it is a note for the officers, later it is neither."""
    lan = talk.person("Lan")
    lan.says("/gui")
    lan.reads("viết nội dung")
    written = lan.says(ROAD)
    lan.reads("ảnh", buttons=("Không có, đi tiếp",))
    lan.edits(written, f"{ROAD} trước Tết")
    lan.reads("Đã sửa")
    lan.taps("Không có, đi tiếp")
    skips(lan, "contact")
    code = agrees(lan, "trước Tết")
    lan.edits(written, f"{ROAD} trước ngày 30/12")
    lan.reads("bổ sung", code)
    assert talk.officers.messages_of(code) == [f"{ROAD} trước ngày 30/12"]
    talk.passes(timedelta(minutes=11), "Mười một phút")
    lan.edits(written, "Thôi không cần nữa")
    lan.reads(code, "không sửa được", buttons=("Nhắn bổ sung",))
    assert len(talk.officers.messages_of(code)) == 1


def delete_my_data(talk: Talk) -> None:
    """Everything of oneself is deleted: the talk, and what was sent."""
    lan = talk.person("Lan")
    code = sends(lan, ROAD, "files", "contact")
    lan.says("/xoadulieu")
    lan.reads("xóa gì", "1", "không lấy lại được", buttons=("Chỉ xóa cuộc trò chuyện", "Xóa tất cả", "Thôi, không làm nữa"))
    lan.taps("Xóa tất cả")
    lan.reads("Đã xóa", "mọi ý kiến")
    lan.says(f"/theodoi {code}")
    lan.reads("không tìm thấy")
    assert talk.officers.texts() == []
