"""Comparisons parted into their sides: the cases are messages as people write them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.understanding.sides import sides_of

ASKED_ON = date(2026, 11, 22)
THEN, REFORM = date(2022, 12, 31), date(2025, 6, 30)

# (message, name of one side, name of the other, what is asked of both)
THINGS = [
    ("điều 35 và điều 36 bộ luật lao động khác nhau thế nào", "điều 35 bộ luật lao động", "điều 36 bộ luật lao động", ""),
    ("dieu 34 va 35 blld khac nhau gi", "dieu 34 blld", "dieu 35 blld", ""),
    ("Điều 100 với điều 101 luật đất đai khác nhau ra sao", "Điều 100 luật đất đai", "điều 101 luật đất đai", ""),
    ("khoan 1 va khoan 2 dieu 36 khac cho nao", "khoan 1 dieu 36", "khoan 2 dieu 36", ""),
    ("Đặt điều 38 cạnh điều 39 xem khác nhau ra sao", "điều 38", "điều 39", ""),
    ("dieu 134 blhs 2015 so voi dieu 104 blhs 1999", "dieu 134 blhs 2015", "dieu 104 blhs 1999", ""),
    ("điều 24 luật lao động và điều 25 luật lao động", "điều 24 luật lao động", "điều 25 luật lao động", ""),
    ("kết hôn với ly thân khác gì", "kết hôn", "ly thân", ""),
    ("ket hon voi ly than khac gi", "ket hon", "ly than", ""),
    ("ly hôn thuận tình khác đơn phương chỗ nào", "ly hôn thuận tình", "ly hôn đơn phương", ""),
    ("Ly hôn thuận tình và đơn phương khác gì về án phí", "Ly hôn thuận tình", "Ly hôn đơn phương", "án phí"),
    ("tạm trú với thường trú", "tạm trú", "thường trú", ""),
    ("tam tru voi thuong tru khac gi", "tam tru", "thuong tru", ""),
    ("tam giu tam giam khac nhau sao", "tam giu", "tam giam", ""),
    ("lltp số 1 số 2 khác chỗ nào z", "lltp số 1", "lltp số 2", ""),
    ("tố cáo với khiếu nại khác nhau thế nào", "tố cáo", "khiếu nại", ""),
    ("tiền án vơi tiền sự khac gi nhau", "tiền án", "tiền sự", ""),
    ("sổ đỏ và sổ hồng khác nhau chỗ nào", "sổ đỏ", "sổ hồng", ""),
    ("Bảo hiểm tự nguyện và bắt buộc khác nhau thế nào", "Bảo hiểm tự nguyện", "Bảo hiểm bắt buộc", ""),
    ("Phiếu lý lịch tư pháp số 1 và số 2 khác gì nhau", "Phiếu lý lịch tư pháp số 1", "Phiếu lý lịch tư pháp số 2", ""),
    ("Lương tối thiểu vùng 2 với vùng 3 chênh nhau", "Lương tối thiểu vùng 2", "Lương tối thiểu vùng 3", ""),
    ("vay có kỳ hạn và không kỳ hạn khác gì", "vay có kỳ hạn", "vay không kỳ hạn", ""),
    (
        "Hợp đồng xác định thời hạn với không xác định, nghỉ việc thì báo trước khác nhau mấy ngày",
        "Hợp đồng xác định thời hạn",
        "Hợp đồng không xác định thời hạn",
        "nghỉ việc thì báo trước mấy ngày",
    ),
    ("công chứng và chứng thực khác nhau điểm nào về giá trị pháp lý", "công chứng", "chứng thực", "giá trị pháp lý"),
    ("thu viec va hoc viec khac nhau the nao", "thu viec", "hoc viec", ""),
    ("giay uy quyen voi hop dong uy quyen khac nhau j", "giay uy quyen", "hop dong uy quyen", ""),
    ("mở công ty hay hộ kinh doanh, khác nhau thế nào", "mở công ty", "hộ kinh doanh", ""),
    ("Hợp tác xã và tổ hợp tác khác nhau ra sao về trách nhiệm", "Hợp tác xã", "tổ hợp tác", "trách nhiệm"),
    ("Trộm cắp, cướp giật và cướp tài sản khác nhau ở điểm nào", "cướp giật", "cướp tài sản", ""),
    ("CMND, CCCD, thẻ căn cước khác nhau gì", "CCCD", "thẻ căn cước", ""),
    ("Xử phạt hành chính khác xử lý hình sự thế nào", "Xử phạt hành chính", "xử lý hình sự", ""),
    ("dntn voi cty tnhh 1tv khac cho nao", "dntn", "cty tnhh 1tv", ""),
    ("dat o va dat vuon khac gi nhau", "dat o", "dat vuon", ""),
    ("Làm di chúc hay tặng cho con luôn, hai cách khác nhau thế nào", "Làm di chúc", "tặng cho con luôn", ""),
    ("án treo với cải tạo không giam giữ cái nào nặng hơn", "án treo", "cải tạo không giam giữ", "nặng"),
    ("Hợp đồng thời vụ và hợp đồng một năm, quyền lợi bên nào hơn", "Hợp đồng thời vụ", "hợp đồng một năm", "quyền lợi"),
    ("luật hôn nhân và gia đình với luật hộ tịch khác gì", "luật hôn nhân và gia đình", "luật hộ tịch", ""),
    ("What is the difference between tạm trú and thường trú?", "tạm trú", "thường trú", ""),
    ("Luật Đất đai 2024 có gì khác bản 2013 về khung giá", "Luật Đất đai 2013", "Luật Đất đai 2024", "khung giá"),
    ("BLDS 2005 khác BLDS 2015 chỗ nào về thời hiệu thừa kế", "BLDS 2005", "BLDS 2015", "thời hiệu thừa kế"),
    ("thu viec luat 2012 va 2019 khac nhau cho nao", "luat 2012", "luat 2019", "thu viec"),
]

# (message, what is asked at both times, the earlier day, None where nobody names it)
TIMES = [
    ("trước 1/7/2025 làm sổ đỏ ở đâu, giờ làm ở đâu", "làm sổ đỏ ở đâu", REFORM),
    ("truoc 1/7/2025 lam so do o dau, gio lam o dau", "lam so do o dau", REFORM),
    ("Quy định chuyển tuyến BHYT trước và sau 1/1/2025 thay đổi gì", "Quy định chuyển tuyến BHYT", date(2024, 12, 31)),
    ("thẫm quyền cấp sổ đo trước va sau 1/7/2025", "thẫm quyền cấp sổ đo", REFORM),
    ("tuổi nghỉ hưu 2022 và 2026 khác nhau mấy tháng", "tuổi nghỉ hưu mấy tháng", THEN),
    ("thời gian thử việc năm 2022 và bây giờ khác gì", "thời gian thử việc", THEN),
    ("lỗi k đội nón hồi 2022 vs giờ tăng mấy lần", "lỗi k đội nón tăng mấy lần", THEN),
    ("muc huong bhyt trai tuyen truoc 2023 voi bay gio", "muc huong bhyt trai tuyen", THEN),
    ("tháng 12/2022 và hiện nay quy định về thử việc khác gì", "quy định về thử việc", THEN),
    ("thang 12 nam 2022 va bay gio nghi phep khac gi", "nghi phep", THEN),
    ("thử việc ngày 31/12/2022 so với hiện nay khác gì", "thử việc", THEN),
    ("trước 1/7/2025 với giờ làm sổ đỏ ở đâu khác gì", "làm sổ đỏ ở đâu", REFORM),
    ("hồi tháng 12/2022 thử việc bao lâu, giờ bao lâu", "thử việc bao lâu", THEN),
    ("luật cũ và luật mới khác gì về thời gian thử việc", "thời gian thử việc", None),
    ("nhap khau sai gon luat cu voi luat moi khac nhau ntn", "nhap khau sai gon", None),
    ("Nghị định cũ và nghị định mới về phạt đánh bạc khác gì", "phạt đánh bạc", None),
    ("Quăng rác ra đường hồi trước phạt nhiêu mà giờ phạt nhiêu", "Quăng rác ra đường phạt nhiêu", None),
    ("trước đây và bây giờ đăng ký khai sinh ở đâu", "đăng ký khai sinh ở đâu", None),
    ("Hồi trước xin giấy đất ở huyện, chừ ở xã, khác chi nhau", "xin giấy đất ở huyện", REFORM),
    ("Hồi còn huyện với giờ hổng còn huyện thì chuyện đất đai đổi ra sao dạ", "chuyện đất đai", REFORM),
]

NOTHING_COMPARED = [
    "đăng ký kết hôn với người nước ngoài cần giấy tờ gì",
    "Trẻ dưới 6 tuổi khám ở bệnh viện tỉnh khác có được hưởng 100% không?",
    "nguoi xui giuc nguoi khac tu tu bi toi gi",
    "xây lấn 20cm sang đất người khác bị xử lý ra sao",
    "Muốn đề nghị lắp gờ giảm tốc thì làm đơn gửi cơ quan nào",
    "Mua đất giấy tay năm 2005 giờ có được công nhận không",
    "Điều 35 Bộ luật Lao động quy định gì?",
    "quyền và nghĩa vụ của người lao động",
    "khieu nai o dau",
    "",
]


@pytest.mark.parametrize(("text", "one", "other", "asked"), THINGS, ids=[row[0][:40] for row in THINGS])
def test_two_things_are_named_in_full_and_asked_the_same(text: str, one: str, other: str, asked: str) -> None:
    sides = sides_of(text, ASKED_ON)
    assert sides is not None
    assert (sides.first.name, sides.second.name, sides.of_times) == (one, other, False)
    assert (sides.first.question, sides.second.question) == (f"{one} {asked}".strip(), f"{other} {asked}".strip())


@pytest.mark.parametrize(("text", "asked", "day"), TIMES, ids=[row[0][:40] for row in TIMES])
def test_one_thing_at_two_times_is_asked_for_both_days(text: str, asked: str, day: date | None) -> None:
    sides = sides_of(text, ASKED_ON)
    assert sides is not None
    assert sides.of_times
    assert (sides.first.question, sides.second.question) == (asked, asked)
    assert (sides.first.day, sides.first.is_earlier, sides.second.day) == (day, day is None, None)


@pytest.mark.parametrize("text", NOTHING_COMPARED)
def test_what_compares_nothing_has_no_sides(text: str) -> None:
    assert sides_of(text, ASKED_ON) is None


def test_a_long_story_is_not_parted() -> None:
    assert sides_of("tôi kể chuyện nhà tôi " * 12 + "tạm trú với thường trú khác gì", ASKED_ON) is None


def test_the_earlier_of_two_times_comes_first_however_they_are_written() -> None:
    sides = sides_of("tuổi nghỉ hưu 2026 và 2022 khác nhau mấy tháng", ASKED_ON)
    assert sides is not None
    assert (sides.first.day, sides.second.day) == (THEN, None)


@given(st.text(max_size=200) | st.lists(st.sampled_from("điều 35 và với khác trước 2020 giờ luật cũ mới , ? nhau".split())).map(" ".join))
def test_any_text_has_two_named_questions_or_no_sides(text: str) -> None:
    sides = sides_of(text, ASKED_ON)
    assert sides is None or (sides.first.question.strip() and sides.second.question.strip())


def test_two_days_are_compared_the_earlier_first() -> None:
    sides = sides_of("ngày 1/1/2021 và ngày 31/12/2020 thử việc khác gì", ASKED_ON)
    assert sides is not None
    assert (sides.first.day, sides.second.day, sides.first.question) == (date(2020, 12, 31), date(2021, 1, 1), "thử việc")


def test_a_day_that_no_calendar_has_is_no_side() -> None:
    sides = sides_of("31/2/2021 và nay thử việc khác gì", ASKED_ON)
    assert sides is None or not sides.of_times
