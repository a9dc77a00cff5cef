"""What the words of a message alone tell of its kind."""

from __future__ import annotations

import pytest

from assistant.chats.kinds import Mixed, is_of_law, mixed_in


@pytest.mark.parametrize(
    ("text", "question", "matter", "kind"),
    [
        (
            "Phản ánh đèn đường thôn Đông hỏng cả tháng nay chưa ai sửa. Với lại cho tôi hỏi thử việc tối đa bao lâu?",
            "cho tôi hỏi thử việc tối đa bao lâu?",
            "Phản ánh đèn đường thôn Đông hỏng cả tháng nay chưa ai sửa.",
            "report",
        ),
        (
            "Rác ngõ 5 cả tuần không ai dọn. Xin hỏi làm căn cước cho cháu 10 tuổi cần giấy tờ gì ạ",
            "Xin hỏi làm căn cước cho cháu 10 tuổi cần giấy tờ gì ạ",
            "Rác ngõ 5 cả tuần không ai dọn.",
            "report",
        ),
        (
            "cho toi hoi lam can cuoc can giay to gi, ngoai ra duong thon 3 ngap nuoc ca thang nay chua ai sua",
            "cho toi hoi lam can cuoc can giay to gi",
            "duong thon 3 ngap nuoc ca thang nay chua ai sua",
            "report",
        ),
        (
            "Thử việc tối đa bao lâu? Nhân tiện tôi kiến nghị giảm thuế thu nhập cá nhân cho người nuôi con nhỏ",
            "Thử việc tối đa bao lâu?",
            "tôi kiến nghị giảm thuế thu nhập cá nhân cho người nuôi con nhỏ",
            "recommendation",
        ),
    ],
    ids=["report-first", "question-last", "no-marks", "recommendation"],
)
def test_a_question_and_a_matter_in_one_message_are_told_apart(text: str, question: str, matter: str, kind: str) -> None:
    assert mixed_in(text) == Mixed(question, matter, kind)


@pytest.mark.parametrize(
    "text",
    [
        "Thử việc tối đa bao lâu?",
        "Đèn đường ngõ 12 thôn Đông hỏng cả tháng nay, tối đi lại rất nguy hiểm, đề nghị sửa",
        "Đường trước chợ có hố sâu, theo Luật Giao thông thì ai chịu trách nhiệm? Đề nghị sửa gấp",
        "Tôi tố cáo ông Lê Văn Tí nhận hối lộ 50 triệu khi làm sổ đỏ. Cho tôi hỏi thử việc tối đa bao lâu?",
        "Cháy nhà ở ngõ 5, còn người mắc kẹt bên trong, cứu với. Cho tôi hỏi gọi số nào?",
        "Cảm ơn cán bộ. Cho hỏi nộp hồ sơ đất đai ở đâu?",
        "",
    ],
    ids=["question", "report", "one-matter", "denunciation", "emergency", "thanks", "empty"],
)
def test_what_is_one_thing_or_delicate_stays_whole(text: str) -> None:
    assert mixed_in(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "Tôi góp ý dự thảo Luật Nhà ở sửa đổi: đề nghị kéo dài thời hạn vay mua nhà ở xã hội lên 35 năm",
        "Đề nghị tăng lương hưu cho người già",
        "Đề nghị Quốc hội sửa Luật Bảo hiểm y tế để người trên 70 tuổi được miễn viện phí",
        "Kiến nghị giảm thuế thu nhập cá nhân cho người nuôi con nhỏ",
        "kien nghi bo quy dinh bat buoc cong chung hop dong tang cho nha dat giua cha me va con",
    ],
)
def test_a_wish_for_another_law_is_nowhere(text: str) -> None:
    assert is_of_law(text)


@pytest.mark.parametrize(
    "text",
    [
        "Đèn đường ngõ 12 thôn Đông hỏng cả tháng nay, tối đi lại rất nguy hiểm, đề nghị sửa",
        "Kiến nghị xây thêm trường mầm non ở phường",
        "Đường trước chợ có hố sâu, theo Luật Giao thông thì ai chịu trách nhiệm? Đề nghị sửa gấp",
        "Rác không ai thu gom từ hôm kia",
        "Tôi phản ánh đường trước chợ có hố sâu, xe ngã nhiều lần",
        "Loa phường mở quá to từ 5 giờ sáng",
        "",
    ],
)
def test_what_happened_or_is_wished_for_somewhere_has_a_place(text: str) -> None:
    assert not is_of_law(text)
