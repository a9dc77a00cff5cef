"""Personal data in letters: names, what is nobody's, and laws that hold for any text. All persons and numbers are invented."""

from __future__ import annotations

import time
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.feedback.privacy.personal_data import PersonalDataFinder, redacted
from assistant.feedback.types import PersonalDataType, PersonalSpan
from tests.assistant.feedback.privacy.found_in import finder, finder_without_places, found, touches
from tests.assistant.feedback.privacy.test_addresses import ADDRESSES
from tests.assistant.feedback.privacy.test_numbers import NUMBERS

_T = PersonalDataType

NAMES = [
    ("Tôi báo cho anh Đinh Mùi rồi", "Đinh Mùi"),
    ("Tôi tên là Đỗ Thị Kim Cúc, ngụ ấp trên.", "Đỗ Thị Kim Cúc"),
    ("Người làm đơn: Huỳnh Văn Tấn Phát.", "Huỳnh Văn Tấn Phát"),
    ("toi ten nguyen thi my linh, hoi thu tuc", "nguyen thi my linh"),
    ("mình là trương gia huy, mình phản ánh đèn đường hư", "trương gia huy"),
    ("E tên thảo, e ở trọ gần khu công nghiệp", "thảo"),
    ("PHẢN ÁNH ÔNG LÊ VĂN KHỞI LẤN CHIẾM LÒNG ĐƯỜNG", "LÊ VĂN KHỞI"),
    ("TÔI TÊN NGUYỄN THỊ SÁU ĐỀ NGHỊ XEM LẠI", "NGUYỄN THỊ SÁU"),
    ("ong pham van tho lan dat cua nha toi", "pham van tho"),
    ("Bác sĩ Ngô Quang Vinh hẹn tôi ra phòng khám riêng.", "Ngô Quang Vinh"),
    ("Ông Tám Dậu nhà kế bên nuôi heo hôi quá", "Tám Dậu"),
    ("bà hằng bên hội phụ nữ không phát quà", "hằng"),
    ("chú bảy sửa xe đầu hẻm bị mất trộm", "bảy"),
    ("Anh A Pủa bị cắt hộ nghèo", "A Pủa"),
    ("ông H'Răk Niê là trưởng buôn", "H'Răk Niê"),
    ("Đề nghị xem lại. Cao Xuân Trường, 0987 000 111.", "Cao Xuân Trường"),
    ("Trưởng thôn Hồ Thị Lượm không công khai quỹ", "Hồ Thị Lượm"),
    ("kế toán Nga rút quỹ của trường", "Nga"),
    ("em gái tôi Trần Ngọc Hà bị tai nạn", "Trần Ngọc Hà"),
    ("tôi là Tran Thi Bich, xin hỏi", "Tran Thi Bich"),
    ("NGƯỜI GỬI: THẠCH SÀ RƯƠNG", "THẠCH SÀ RƯƠNG"),
    ("mình là khánh vy, mình hỏi thủ tục", "khánh vy"),
    ("chỉ huy công trường Phúc Lùn ngồi quán", "Phúc Lùn"),
    ("GỌI TÔI THEO SỐ TRÊN, TĂNG VĂN MỚI!", "TĂNG VĂN MỚI"),
    ("BẮT NGAY ĐỨA TÊN HOÀN SẸO!", "HOÀN SẸO"),
    ("toi la Ngo Thi Bich Ha, o so 7 ngach 12", "Ngo Thi Bich Ha"),
    ("ê ad, thằng tí đen ở 46/3 lò siêu", "tí đen"),
    ("ÔNG TRỊNH ĐÌNH KHOÁI CẦM DAO", "TRỊNH ĐÌNH KHOÁI"),
]


@pytest.mark.parametrize(("text", "name"), NAMES)
def test_names_are_found_in_any_writing(text: str, name: str) -> None:
    assert touches(text, _T.NAME, name)


def test_the_title_before_a_name_is_no_part_of_it() -> None:
    assert found("Ông Phạm Đình Chuẩn lấn đất", _T.NAME) == ["Phạm Đình Chuẩn"]


def test_all_names_of_a_list_are_found() -> None:
    assert found("Đại diện: Tạ Đình Hùng, Cao Xuân Trường, Bùi Thị Na.", _T.NAME) == ["Tạ Đình Hùng", "Cao Xuân Trường", "Bùi Thị Na"]


NOT_NAMES = [
    "Sửa đường trước Tết Đinh Mùi 2027",
    "Từ năm Canh Dần đến giờ chưa xong",
    "Đường Lê Lợi đoạn qua chợ ngập",
    "Hẻm 218 Hồ Văn Huê bị đào lên",
    "duong nguyen van cu doan qua cho bi ngap",
    "nha truong ky luat hoc sinh khong bao phu huynh",
    "pham vi thi cong rong lam anh huong den ho dan",
    "trieu cuong len nuoc tran vao nha",
    "Đồng bào Cơ Tu và Vân Kiều cần học nghề",
    "thầy Sử phải dạy thay",
    "Các anh biên phòng giúp dân gặt lúa",
    "tạm ngừng 6 thang thi bao o dau",
    "chủ tịch xã không tiếp dân",
    "Trường THPT Lê Quý Đôn thu tiền sai",
    "đường Nguyễn Văn Linh kẹt xe mỗi chiều",
    "cầu Trần Thị Lý hư đèn",
    "Bệnh viện Nguyễn Tri Phương quá tải",
    "xã Tân Phú, huyện Đức Hòa, tỉnh Long An",
    "ông bà tổ tiên để lại đất, anh chị em đều biết",
    "cô giáo và thầy giáo đều tốt",
    "công ty TNHH Hoàng Long xả thải",
    "Cử tri kiến nghị Quốc hội sửa luật",
    "bác sĩ trạm y tế nghỉ hưu rồi",
    "KÍNH ĐỀ NGHỊ CHỦ TỊCH TỈNH XEM XÉT",
    "Siêu thị ở 168 Nguyễn Đình Chiểu bán rau úa",
    "Kẹt xe ở hẻm 115 Lê Văn Sỹ",
    "Trường cấp hai Nguyễn Hàm Ninh dột mái",
    "Trường Trung học phổ thông Chu Văn Thịnh thu tiền",
    "Đường Thùy Vân với chợ Xóm Lưới",
    "mot lan duong Nguyen Van Linh day rac",
    "bi cat tu thang bay, len xa hoi",
    "cong ty TNHH May mac Thinh Phat no luong",
    "Bà mẹ Việt Nam anh hùng",
    "duong be tong, ho tro 60 trieu lam nha",
    "Truong Le Hong Phong doi dien cong vien",
    "ra den xa Van Ho thi het xang",
    "Tôi là nhân viên giao hàng",
]


@pytest.mark.parametrize("text", NOT_NAMES)
def test_offices_streets_places_and_bodies_are_no_names(text: str) -> None:
    assert found(text, _T.NAME) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("TRƯỞNG PHÒNG LÊ QUANG TUẤN ANH BÁN BẢN ĐỒ", "LÊ QUANG TUẤN ANH"),
        ("Ông Ba Lợi bên chính sách", "Ba Lợi"),
        ("t tên ngọc anh, t bị lừa", "ngọc anh"),
    ],
)
def test_names_are_found_whole(text: str, name: str) -> None:
    assert found(text, _T.NAME) == [name]


IMPERSONAL = [
    "Nghị định số 123/2020/NĐ-CP quy định hóa đơn",
    "Quyết định 1234/QĐ-UBND ngày 12/3/2024",
    "tiền điện 1.234.567 đồng, thu thêm 300.000 đồng một người",
    "gọi tổng đài 19001234 không ai nghe",
    "mã hồ sơ 000.00.12.H29-240101-0001",
    "tuyến xe buýt 150 bỏ bến lúc 15h30",
    "diện tích 1250 m2, thửa 123, tờ bản đồ số 45",
    "sinh viên năm 2024 được vay vốn",
    "từ ngày 12/3/2024 đến 15/4/2024",
    "ấp 4 và thôn 6 mất điện, ngõ 75 ngập",
    "Quầy số 3 phục vụ chậm",
    "",
    "😀👍🏽🇻🇳",
]


@pytest.mark.parametrize("text", IMPERSONAL)
def test_what_tells_of_nobody_is_left_alone(text: str) -> None:
    assert finder().find(text) == ()


def test_redaction_says_in_vietnamese_what_stood_there() -> None:
    text = "Tôi là Vũ Khánh Lụa, sđt 0912 345 678."
    assert redacted(text, finder().find(text)) == "Tôi là [họ tên], sđt [số điện thoại]."


def test_redaction_without_spans_changes_nothing() -> None:
    assert redacted("Đèn đường hư.", ()) == "Đèn đường hư."


@pytest.mark.parametrize(("text", "name"), NAMES)
def test_names_are_found_without_the_table_of_places(text: str, name: str) -> None:
    start = text.index(name)
    spans = finder_without_places().find(text)
    assert any(span.type is _T.NAME and span.start < start + len(name) and start < span.end for span in spans)


@pytest.mark.parametrize("text", [*(text for text, _ in NAMES), *(text for text, _, _ in NUMBERS), *(text for text, _ in ADDRESSES)])
def test_decomposed_text_gives_the_same_findings_at_its_own_places(text: str) -> None:
    composed, decomposed = unicodedata.normalize("NFC", text), unicodedata.normalize("NFD", text)
    here = [(span.type, composed[span.start : span.end]) for span in finder().find(composed)]
    there = [(span.type, unicodedata.normalize("NFC", decomposed[span.start : span.end])) for span in finder().find(decomposed)]
    assert here == there


_PIECES = st.sampled_from(
    "Tôi là |Nguyễn Văn Hòa|tran thi be| |, |. |\n|sđt |0912 345 678|0912|345678|stk |số |12/3/80|sinh |xe |51F-123.45|@|gmail.com|a.b|"
    "số 5 ngõ 3|ung thư|mẹ tôi |ÔNG |LÊ THỊ LÀI|H'Blen|không chín |😀|e\u0301|\u0301|đ|ﬃ|İ".split("|")
)
_TEXTS = st.one_of(st.lists(_PIECES, max_size=25).map("".join), st.text(max_size=80))


@given(_TEXTS)
@settings(max_examples=100, deadline=None)
def test_spans_lie_within_the_text_in_order_and_apart(text: str) -> None:
    spans = finder().find(text)
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(before.end <= after.start for before, after in pairwise(spans))


@given(_TEXTS)
@settings(max_examples=50, deadline=None)
def test_redaction_keeps_everything_outside_the_spans_and_nothing_inside(text: str) -> None:
    spans = finder().find(text)
    public = redacted(text, spans)
    outside = [text[before.end : after.start] for before, after in pairwise(spans)]
    assert public.count("[") >= len(spans)
    assert all(part in public for part in outside)
    marked = redacted(text, [PersonalSpan(span.start, span.end, span.type) for span in spans])
    assert marked == public


@pytest.mark.parametrize(
    "text",
    [
        "1" * 50_000,
        "1 2 " * 12_500,
        "0912 345 678 " * 3_800,
        "a" * 50_000,
        "@" * 50_000,
        "a.b@" * 12_500,
        "nguyen thi " * 4_500,
        "e\u0301" * 25_000,
        "ông bà bị ung thư gan, " * 2_000,
        "ba số không " * 4_000,
        "từ số 1 đến số 2 " * 3_000,
        "1/2/3/4/" * 6_000,
    ],
)
def test_no_text_of_50_kilobytes_takes_long(text: str) -> None:
    # Half a second on a free machine; a generous bound for a busy one. A pattern that goes astray takes minutes.
    before = time.process_time()
    finder().find(text)
    assert time.process_time() - before < 2


def test_a_finding_does_not_depend_on_what_was_read_before() -> None:
    text = "Tôi tên Lê Thị Mận, 0987 654 321"
    assert PersonalDataFinder.load().find(text) == finder().find(text)
