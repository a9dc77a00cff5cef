"""Numbers, codes, mail addresses and dates of birth of persons. All are invented."""

from __future__ import annotations

import pytest

from assistant.feedback.types import PersonalDataType
from tests.assistant.feedback.privacy.found_in import finder, found

_T = PersonalDataType

NUMBERS = [
    ("sđt 0912.345.678", _T.PHONE, "0912.345.678"),
    ("gọi o9l2 345 678 nha", _T.PHONE, "o9l2 345 678"),
    ("e tên Tú, cccd oo6 2oo 118 39o", _T.NATIONAL_ID, "oo6 2oo 118 39o"),
    ("zalo +84.90.123.4567", _T.PHONE, "+84.90.123.4567"),
    ("số cũ 0169 123 4567 đã đổi", _T.PHONE, "0169 123 4567"),
    ("Gọi tôi số 0 9 0 1 2 3 4 5 6 7 nhé", _T.PHONE, "0 9 0 1 2 3 4 5 6 7"),
    ("số tôi không chín tám bảy một hai ba bốn năm sáu", _T.PHONE, "không chín tám bảy một hai ba bốn năm sáu"),
    ("sdt khong chin tam bay mot hai ba bon nam sau", _T.PHONE, "khong chin tam bay mot hai ba bon nam sau"),
    ("điện thoại bàn (028) 3822 1234", _T.PHONE, "(028) 3822 1234"),
    ("CCCD 001.199.012.345", _T.NATIONAL_ID, "001.199.012.345"),
    ("CMND cũ 272 345 678", _T.NATIONAL_ID, "272 345 678"),
    ("Nguyễn Văn Tèo, 014 156 003 799.", _T.NATIONAL_ID, "014 156 003 799"),
    ("stk 1903 6688 2201 99", _T.BANK_ACCOUNT, "1903 6688 2201 99"),
    ("vào tài khoản Agribank 6907 2050 18899 của tôi", _T.BANK_ACCOUNT, "Agribank 6907 2050 18899"),
    ("số tài khoản của bà kế toán trường ấy là 0321556677889", _T.BANK_ACCOUNT, "0321556677889"),
    ("stk không một hai ba bốn năm sáu bảy tám chín", _T.BANK_ACCOUNT, "không một hai ba bốn năm sáu bảy tám chín"),
    ("MST 0312.668.999", _T.TAX_CODE, "0312.668.999"),
    ("mã số thuế 3600447299-001", _T.TAX_CODE, "3600447299-001"),
    ("số BHXH 7916-224-099", _T.SOCIAL_INSURANCE_NO, "7916-224-099"),
    ("thẻ BHYT DN4 01 2208 664 199 bị khóa", _T.SOCIAL_INSURANCE_NO, "DN4 01 2208 664 199"),
    ("hộ chiếu C8812099 hết hạn", _T.PASSPORT, "C8812099"),
    ("passport số K 098 7699", _T.PASSPORT, "K 098 7699"),
    ("xe 51F-123.45 lấn làn", _T.PLATE, "51F-123.45"),
    ("biển 59 x1 12345", _T.PLATE, "59 x1 12345"),
    ("xe biển sáu hai pê một hai ba bốn năm chín", _T.PLATE, "sáu hai pê một hai ba bốn năm chín"),
    ("mail hoa.nguyen88@gmail.com nhé.", _T.EMAIL, "hoa.nguyen88@gmail.com"),
    ("điện thoại bố em là không chín một ba ba số không bảy hai năm", _T.PHONE, "không chín một ba ba số không bảy hai năm"),
    ("alo cho tôi qua số 0379 287 757", _T.PHONE, "0379 287 757"),
    ("xe biển số 43 A 556.O2 chạy ẩu", _T.PLATE, "43 A 556.O2"),
    ("xe đuôi 59X3 660.2l quẹt tôi", _T.PLATE, "59X3 660.2l"),
    ("taxi 30H 77 214 chặt chém", _T.PLATE, "30H 77 214"),
    ("xe sáu mốt a một hai ba chấm bốn năm", _T.PLATE, "sáu mốt a một hai ba chấm bốn năm"),
    ("hộ chiếu bê năm năm một hai tám không bảy", _T.PASSPORT, "bê năm năm một hai tám không bảy"),
    (
        "thẻ HN hai ba năm bảy hai bốn ba chín không bảy ba chín bảy",
        _T.SOCIAL_INSURANCE_NO,
        "HN hai ba năm bảy hai bốn ba chín không bảy ba chín bảy",
    ),
    ("Sổ BHXH số CH 0119 204 773 do tỉnh cấp", _T.SOCIAL_INSURANCE_NO, "CH 0119 204 773"),
    ("Em gửi 0123456789 (mã BHXH) nhờ kiểm tra", _T.SOCIAL_INSURANCE_NO, "0123456789"),
    ("thẻ cũ 320 771 845, ngân hàng hổng chịu", _T.NATIONAL_ID, "320 771 845"),
    ("mail là trang tran chín hai a còng gmail chấm com", _T.EMAIL, "trang tran chín hai a còng gmail chấm com"),
    ("gửi minhhai99 a móc gmail chấm com", _T.EMAIL, "minhhai99 a móc gmail chấm com"),
    ("Ngày sinh trên thẻ là 1986-04-12", _T.BIRTH_DATE, "1986-04-12"),
    ("Mẹ tui sanh 23/8 năm 1951", _T.BIRTH_DATE, "23/8 năm 1951"),
    ("con sinh 17th1 2014", _T.BIRTH_DATE, "17th1 2014"),
    ("Má tui sanh năm năm ba", _T.BIRTH_DATE, "năm năm ba"),
    ("sinh năm 1975", _T.BIRTH_DATE, "1975"),
    ("sn 82, quê ở xa", _T.BIRTH_DATE, "82"),
    ("sinh 12/3/80", _T.BIRTH_DATE, "12/3/80"),
    ("sinh ngày mùng 5 tháng 4 năm 1960", _T.BIRTH_DATE, "ngày mùng 5 tháng 4 năm 1960"),
    ("Con tôi Hà Gia Phú (12.05.2018) học lớp một", _T.BIRTH_DATE, "12.05.2018"),
]


@pytest.mark.parametrize(("text", "kind", "number"), NUMBERS)
def test_numbers_are_found_whole_and_with_their_kind(text: str, kind: PersonalDataType, number: str) -> None:
    assert found(text, kind) == [number]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("sđt 0366123456", _T.PHONE),
        ("mã số thuế 0366123456", _T.TAX_CODE),
        ("số sổ bảo hiểm 0366123456", _T.SOCIAL_INSURANCE_NO),
        ("stk 0366123456", _T.BANK_ACCOUNT),
    ],
)
def test_the_words_before_a_number_of_ten_digits_decide_its_kind(text: str, kind: PersonalDataType) -> None:
    assert found(text, kind) == ["0366123456"]


@pytest.mark.parametrize(
    ("text", "kind", "part"),
    [
        ("Ba tui sanh năm bốn tám, chưa có chế độ", _T.BIRTH_DATE, "năm bốn tám"),
        ("tôi sinh ngày mười hai tháng năm năm bảy chín muốn đổi", _T.BIRTH_DATE, "ngày mười hai tháng năm năm bảy chín"),
        ("bố tôi sinh năm năm mươi sáu đi bộ đội", _T.BIRTH_DATE, "năm năm mươi sáu"),
        ("Trên khai sinh ghi 8/3/1962 là sai", _T.BIRTH_DATE, "8/3/1962"),
        ("Cha tui sinh mồng 5 tháng 5 năm Bính Thân", _T.BIRTH_DATE, "mồng 5 tháng 5 năm Bính Thân"),
        ("e sn 12/05/2k3 lm cccd", _T.BIRTH_DATE, "12/05/2k3"),
        ("tôi tuổi 1960 chưa có lương", _T.BIRTH_DATE, "1960"),
        ("Ngày sinh trên thẻ sai, ngày sinh: 1986-04-12", _T.BIRTH_DATE, "1986-04-12"),
        ("Mất chiếc xe 66 - P1 203.88", _T.PLATE, "66 - P1 203.88"),
        ("Máy kéo 69MĐ1-000.24 chạy đường cấm", _T.PLATE, "69MĐ1-000.24"),
        ("Ghe số AG-12345 hút cát", _T.PLATE, "AG-12345"),
        ("xe ba mươi a hai bốn năm sáu bảy chặn ngõ", _T.PLATE, "ba mươi a hai bốn năm sáu bảy"),
        ("đọc mã sổ không hai không tám một một bảy sáu sáu ba", _T.SOCIAL_INSURANCE_NO, "không hai không tám một một bảy sáu sáu ba"),
        ("thai sản, mã số 7415229901, công ty không nộp", _T.SOCIAL_INSURANCE_NO, "7415229901"),
        ("số hồ sơ hưu 5296 003 118 bị trả trễ", _T.SOCIAL_INSURANCE_NO, "5296 003 118"),
    ],
)
def test_numbers_and_dates_in_everyday_writing_are_found_whole(text: str, kind: PersonalDataType, part: str) -> None:
    assert found(text, kind) == [part]


@pytest.mark.parametrize(
    "text",
    [
        "Tỷ lệ sinh năm 2024 giảm",
        "sn 15 ngõ 7 phố Nối",
        "họp 21th9 2024",
        "nộp giấy ra viện sinh con từ tháng 5",
        "đê bốn bảy chín một hai ba",
        "đo năm 2004 do xã ký",
        "đường làm từ năm 1998",
    ],
)
def test_what_sounds_like_a_birth_or_a_plate_is_left_alone(text: str) -> None:
    assert not [span for span in finder().find(text) if span.type in (_T.BIRTH_DATE, _T.PLATE)]


def test_a_full_stop_before_another_sentence_makes_no_mail_address() -> None:
    assert found("bản đồ chưa công bố. Một bản khác thì có", _T.EMAIL) == []
