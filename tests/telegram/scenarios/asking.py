"""Conversations in which citizens ask."""

from __future__ import annotations

from tests.telegram.scenarios.steps import SHARE_PLACE, skips
from tests.telegram.scenarios.talk import Talk


def question_with_marks(talk: Talk) -> None:
    """A question with all marks; the rest of the answer; what was wrong with it."""
    lan = talk.person("Lan")
    lan.starts()
    lan.reads("máy", "phản ánh", "xóa", buttons=("Hỏi thủ tục, pháp luật", "Gửi phản ánh, kiến nghị", "Tra cứu hồ sơ"))
    lan.taps("Hỏi thủ tục, pháp luật")
    lan.reads("ví dụ")
    lan.says("Thử việc tối đa bao lâu?")
    lan.reads("Điều 25", "180 ngày", "60 ngày", "30 ngày", "06 ngày", buttons=("Xem thêm", "Sai/Thiếu"), never=("Tôi hiểu là",))
    lan.taps("Xem thêm")
    lan.reads("liên quan")
    lan.taps("Sai/Thiếu")
    lan.reads("sai", "thiếu", buttons=("Trả lời còn thiếu", "Khó hiểu"))
    lan.taps("Khó hiểu")
    lan.reads("ghi nhận", buttons=("Bỏ qua",))
    lan.says("Nên nói luôn là công nhân thì bao nhiêu ngày")
    lan.reads("cảm ơn")


def question_without_marks(talk: Talk) -> None:
    """A question without marks is read as it was meant, and the reading is shown."""
    ba = talk.person("Ba")
    ba.says("thu viec toi da bao lau")
    ba.reads("Tôi hiểu là", "thử việc tối đa", "Điều 25", "Bộ luật Lao động")
    ba.taps("Không phải ý tôi")
    ba.reads("thử việc tối đa", "gõ lại")
    ba.says("nghi viec phai bao truoc may ngay")
    ba.reads("nghỉ việc phải báo trước mấy ngày", "Điều 35", "45 ngày", "30 ngày", never=("thử việc tối đa",))


def question_in_dialect(talk: Talk) -> None:
    """A question in the words of the south; it comes by a link from a web page."""
    tu = talk.person("Tư")
    tu.starts("q_Công_ty_hổng_chịu_trả_lương_đúng_hạn_thì_sao_vậy")
    tu.reads("trả lương", "Bộ luật Lao động", "Điều")
    tu.says("Tui mần giấy khai sanh cho sắp nhỏ cần giấy tờ chi?")
    tu.reads("khai sinh", buttons=("Giấy tờ cần có", "Nộp ở đâu?"))


def question_in_english(talk: Talk) -> None:
    """A question in English, by somebody whose phone speaks English; the law is quoted as it is."""
    john = talk.person("John", language="en")
    john.starts()
    john.reads("machine", buttons=("Ask about procedures, the law",))
    john.says("How long is the probation period?")
    john.reads("Under", "Điều 25", "Bộ luật Lao động", "180 ngày", buttons=("Show more", "Not what I meant"))


def procedure_checklist(talk: Talk) -> None:
    """A procedure: what was asked back, its papers ticked off one by one, where they are handed in."""
    mai = talk.person("Mai")
    mai.says("Đăng ký kết hôn cần giấy tờ gì?")
    mai.reads("Đăng ký kết hôn", "người nước ngoài", buttons=("Giấy tờ cần có", "Nộp ở đâu?"))
    mai.taps("Công dân Việt Nam ở trong nước")
    mai.reads("Đăng ký kết hôn", "phí", buttons=("Giấy tờ cần có", "Nộp ở đâu?"))
    mai.taps("Giấy tờ cần có")
    listed = mai.reads("Đã có 0 trên", "tờ khai")
    for number, label in enumerate(listed.labels[:2], start=1):
        mai.taps(label)
        ticked = mai.reads(f"Đã có {number} trên")
        assert ticked.message_id == listed.message_id
        assert [one.startswith("Đã có") for one in ticked.labels].count(True) == number
    mai.taps("Nộp ở đâu?")
    mai.reads("Ủy ban nhân dân", "xã")


def follow_ups(talk: Talk) -> None:
    """What is asked next is understood from what was asked before."""
    nam = talk.person("Nam")
    nam.says("Người lao động nghỉ việc phải báo trước mấy ngày?")
    nam.reads("Điều 35", "Bộ luật Lao động", "45 ngày")
    nam.says("thế còn hợp đồng không thời hạn thì sao?")
    nam.reads("Tôi hiểu là", "hợp đồng không thời hạn", "45 ngày")
    nam.says("Lương thử việc tối thiểu bằng bao nhiêu?")
    nam.reads("Điều 26", "85%")


def language_switch(talk: Talk) -> None:
    """A greeting in English on a phone that speaks Vietnamese; then from Vietnamese to English and back."""
    linh = talk.person("Linh")
    linh.says("Hello")
    linh.reads("machine", buttons=("Ask about procedures, the law", "Tiếng Việt"), never=("máy",))
    linh.says("/ngonngu")
    linh.reads("tiếng nào", "language", buttons=("Tiếng Việt", "English"))
    linh.taps("English")
    linh.reads("English", buttons=("Follow what you sent",))
    linh.says("/help")
    linh.reads("/address", "/delete", "113", never=("ông/bà", "/diachi"))
    linh.says("/language")
    linh.reads(buttons=("Tiếng Việt",))
    linh.taps("Tiếng Việt")
    linh.reads("tiếng Việt", buttons=("Tra cứu hồ sơ",))


def commune_old_and_new(talk: Talk) -> None:
    """One's commune by its old name, by its new one, by where the phone is; it serves where something is reported."""
    sau = talk.person("Sáu")
    sau.says("/diachi phường Láng Thượng")
    sau.reads(buttons=("Phường Láng, Thành phố Hà Nội",))
    sau.taps("Phường Láng, Thành phố Hà Nội")
    sau.reads("Đã ghi", "Phường Láng")
    sau.says("/diachi")
    sau.reads("Phường Láng", buttons=("Xóa nơi ở đã ghi", SHARE_PLACE))
    sau.sends_location(21.0362, 105.8342)
    sau.reads("gần", buttons=("Phường Ba Đình, Thành phố Hà Nội",))
    sau.taps("Phường Ba Đình, Thành phố Hà Nội")
    sau.reads("Đã ghi", "Ba Đình")
    sau.says("/diachi Xứ Thần Tiên")
    sau.reads("không tìm thấy", "gõ lại")
    sau.says("phường Ba Đình, Hà Nội")
    sau.reads(buttons=("Phường Ba Đình, Thành phố Hà Nội",))
    sau.taps("Phường Ba Đình, Thành phố Hà Nội")
    sau.reads("Đã ghi")
    sau.says("/gui")
    sau.reads("viết nội dung")
    sau.says("Rác không ai thu gom từ hôm kia")
    sau.reads("ở đâu", buttons=("Ở nơi tôi đã ghi", SHARE_PLACE))
    sau.taps("Ở nơi tôi đã ghi")
    skips(sau, "files", "contact")
    sau.reads("xem lại", "Phường Ba Đình")


def group_mention(talk: Talk) -> None:
    """In a group the bot answers those who mention it, and takes nothing in that should be sent privately."""
    hoa, tam = talk.person("Hoa"), talk.person("Tám")
    group = talk.telegram.group("Tổ dân phố 5", hoa, tam)
    hoa, tam = hoa.within(group), tam.within(group)
    hoa.says("Chào cả nhà, tối nay họp tổ dân phố nhé")
    hoa.hears_nothing()
    tam.says("@dienhong_bot thử việc tối đa bao lâu?")
    tam.reads("Điều 25", "Bộ luật Lao động")
    assert tam.replies[-1].buttons == ()
    hoa.says("/gui@dienhong_bot")
    hoa.reads("nhắn riêng")
    talk.shows(group)
