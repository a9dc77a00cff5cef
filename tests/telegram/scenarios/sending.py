"""Conversations in which citizens send what they have to say."""

from __future__ import annotations

from datetime import timedelta

from assistant.feedback.types import Kind
from tests.assistant.chats.photos import photo_of_a_place, tells_a_place
from tests.telegram.scenarios.steps import SHARE_PLACE, agrees, sends, skips
from tests.telegram.scenarios.talk import Talk

LIGHTS = "Đèn đường ngõ 12 thôn Đông hỏng cả tháng nay, tối đi lại rất nguy hiểm, đề nghị sửa"
BILL = "Tôi góp ý dự thảo Luật Nhà ở sửa đổi: đề nghị kéo dài thời hạn vay mua nhà ở xã hội lên 35 năm"


def report_with_photo(talk: Talk) -> None:
    """A report with a photo and the place where the phone is; the photo loses what it tells of the place."""
    lan = talk.person("Lan")
    lan.starts()
    lan.reads(buttons=("Gửi phản ánh, kiến nghị",))
    lan.taps("Gửi phản ánh, kiến nghị")
    lan.reads("viết nội dung", buttons=("Thôi, không làm nữa",))
    lan.sends_photo(photo_of_a_place(), "Ổ gà to trước cổng chợ, xe máy ngã liên tục. Gọi tôi số 0912345678")
    lan.reads("ở đâu", buttons=(SHARE_PLACE, "Bỏ qua, không ghi nơi"))
    lan.sends_location(21.0205, 105.8010)
    lan.reads("gần", buttons=("Phường Láng, Thành phố Hà Nội",))
    lan.taps("Phường Láng, Thành phố Hà Nội")
    lan.reads("họ tên", "số điện thoại", buttons=("Không để lại, đi tiếp",))
    lan.says("Nguyễn Thị Lan, 0912 345 678")
    code = agrees(lan, "Ổ gà to", "Phường Láng", "Nguyễn Thị Lan", "Khi công khai")
    (sent,) = talk.officers.opened(code).submissions
    assert "Phường Láng" in (sent.text or "")
    (photo,) = talk.officers.files_of(code)
    assert not tells_a_place(photo)


def recommendation_on_bill(talk: Talk) -> None:
    """What somebody thinks of a bill becomes a recommendation and, once answered, public."""
    hai = talk.person("Hai")
    hai.says(BILL)
    offered = hai.reads("kiến nghị", "chưa được chuyển đi")
    assert offered.labels == ("Gửi kiến nghị này",)
    hai.taps("Gửi kiến nghị này")
    # A bill is nowhere: no place is asked for.
    skips(hai, "files", "contact")
    code = agrees(hai, "35 năm")
    talk.officers.answers(code, "Ban soạn thảo tiếp thu ý kiến và bổ sung vào dự thảo Luật Nhà ở.", Kind.RECOMMENDATION)
    hai.reads("trả lời", "Ban soạn thảo tiếp thu")
    talk.officers.publishes(code, "Kéo dài thời hạn vay mua nhà ở xã hội", BILL)
    hai.reads("công khai")


def same_wish(talk: Talk) -> None:
    """Somebody about to send what is public already joins it with one tap, before more is asked."""
    hoa, binh = talk.person("Hòa"), talk.person("Bình")
    talk.shows(hoa)
    code = sends(binh, LIGHTS, "where", "files", "contact")
    talk.officers.answers(code, "Ủy ban nhân dân xã đã giao đơn vị chiếu sáng sửa xong 6 bóng đèn.")
    talk.officers.publishes(code, "Sửa đèn đường ngõ 12 thôn Đông", LIGHTS)
    binh.reads("công khai")
    hoa.says("/gui")
    hoa.reads("viết nội dung")
    hoa.says("Đèn đường ngõ 12 thôn Đông hỏng cả tháng nay, buổi tối đi lại nguy hiểm lắm, đề nghị sửa giúp")
    skips(hoa, "where")
    hoa.reads("tương tự", buttons=("Tôi cũng vậy: Sửa đèn đường ngõ 12 thôn Đông", "Vẫn gửi ý kiến của tôi"))
    hoa.taps("Tôi cũng vậy: Sửa đèn đường ngõ 12 thôn Đông")
    hoa.reads("cùng ý", buttons=("Không, thế là đủ",))
    hoa.taps("Không, thế là đủ")
    hoa.reads("cùng ý", "không gửi")
    assert talk.officers.supporters(code) == 1


def mixed_message(talk: Talk) -> None:
    """A question and a report in one message: the question is answered, and the report is one tap away."""
    tam = talk.person("Tám")
    tam.says("Phản ánh đèn đường thôn Đông hỏng cả tháng nay chưa ai sửa. Với lại cho tôi hỏi thử việc tối đa bao lâu?")
    tam.reads("Điều 25", "Bộ luật Lao động", "còn nêu việc này", "chưa được chuyển đi", buttons=("Xem thêm", "Gửi phản ánh này"))
    tam.taps("Gửi phản ánh này")
    skips(tam, "where", "files", "contact")
    code = agrees(tam, "đèn đường")
    (sent,) = talk.officers.opened(code).submissions
    assert "thử việc" not in (sent.text or "")


def denunciation(talk: Talk) -> None:
    """A denunciation is guided to where it must be made; sent all the same by a button, it lies under the seal and is nowhere public."""
    an = talk.person("An")
    words = "Tôi tố cáo ông Lê Văn Tí, cán bộ địa chính, nhận hối lộ 50 triệu khi làm sổ đỏ"
    an.says(words)
    an.reads("chưa phải là tố cáo", "Luật Tố cáo", buttons=("Giấy tờ cần có", "Nộp ở đâu?"))
    an.reads("không phải là đơn tố cáo", "Điều 22", "Điều 23", "Điều 8", "bảo mật", buttons=("Vẫn gửi ý kiến của tôi",))
    assert len(an.replies) == 2
    an.taps("Vẫn gửi ý kiến của tôi")
    skips(an, "where", "files")
    code = agrees(an, words)
    an.reads("lưu bảo mật", code, never=("khi công khai",))
    assert talk.officers.has_sealed(code)
    an.says(f"/theodoi {code}")
    an.reads(code, never=("Lê Văn Tí", "hối lộ"))
    assert [page for page in talk.public_pages() if "Lê Văn Tí" in page or "hối lộ" in page or code in page] == []


def emergency(talk: Talk) -> None:
    """Who is in danger reads the numbers to call before anything else, also in the middle of a report."""
    yen = talk.person("Yến")
    yen.says("Cháy nhà ở ngõ 5, còn người mắc kẹt bên trong, cứu với")
    assert yen.reads("114", "113", "115", "không có người trực").text.startswith("Nếu có người đang gặp nguy hiểm")
    yen.says("/gui")
    yen.reads("viết nội dung")
    yen.says("chay to qua, nguoi ket trong nha")
    yen.reads("114", buttons=("Viết tiếp", "Thôi, không làm nữa"), never=("ở đâu",))
    yen.says("/huy")
    yen.reads("Không có gì được gửi đi")


def draft_after_days(talk: Talk) -> None:
    """A report that was left half-written is taken up again three days later."""
    khoa = talk.person("Khoa")
    khoa.says("/gui")
    khoa.reads("viết nội dung")
    khoa.says(LIGHTS)
    khoa.reads("ở đâu", buttons=(SHARE_PLACE,))
    khoa.says("thôn Đông, xã Đông Anh, Hà Nội")
    khoa.reads("ảnh", buttons=("Không có, đi tiếp",))
    talk.passes(timedelta(days=3), "Ba ngày")
    khoa.starts()
    khoa.reads(buttons=("Gửi phản ánh, kiến nghị",))
    khoa.taps("Gửi phản ánh, kiến nghị")
    khoa.reads("viết dở", "Đèn đường ngõ 12", buttons=("Viết tiếp", "Viết lại từ đầu"))
    khoa.taps("Viết tiếp")
    skips(khoa, "files", "contact")
    agrees(khoa, "Đèn đường ngõ 12", "xã Đông Anh")


def voice_without_engine(talk: Talk) -> None:
    """A voice note where nothing listens goes along, and a line of text is asked for; one word answers what else is asked."""
    ty = talk.person("Tý")
    ty.sends_voice(b"OggS" + bytes(200))
    ty.reads("giữ ghi âm", "chưa nghe được", "viết thêm", buttons=("Thôi, không làm nữa",))
    ty.says("Loa phường mở quá to từ 5 giờ sáng")
    ty.reads("ở đâu", buttons=(SHARE_PLACE,))
    ty.says("khong")
    ty.reads("số điện thoại")
    ty.says("Không ạ")
    ty.reads("xem lại", "Loa phường", "Số tệp", buttons=("Đồng ý và gửi",), never=("không ạ",))
    ty.says("đồng ý")
    ty.reads("bấm", "Đồng ý và gửi")
    ty.taps("Đồng ý và gửi")
    code = ty.reads_code()
    (voice,) = talk.officers.files_of(code)
    assert voice.startswith(b"OggS")
