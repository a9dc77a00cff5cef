"""Addresses of persons, and the places that are nobody's address. All are invented."""

from __future__ import annotations

import pytest

from assistant.feedback.types import PersonalDataType
from tests.assistant.feedback.privacy.found_in import found, touches

_T = PersonalDataType

ADDRESSES = [
    ("Tôi ở số 45 Lê Lợi, phường Vĩnh Ninh", "số 45 Lê Lợi"),
    ("nhà tôi 123/4 Nguyễn Văn Cừ, phường 2", "123/4 Nguyễn Văn Cừ"),
    ("Tôi ngụ tại tổ 5, ấp Bình Hòa, xã Mỹ Lợi", "tổ 5, ấp Bình Hòa"),
    ("nha toi o so 12 ngo 5 duong nguyen trai", "so 12 ngo 5 duong"),
    ("ở căn 1205 chung cư HH2", "căn 1205"),
    ("ĐỊA CHỈ: SỐ 18 ĐƯỜNG LÝ THƯỜNG KIỆT, PHƯỜNG 7", "SỐ 18 ĐƯỜNG LÝ THƯỜNG KIỆT"),
    ("tui ở hẻm 102/7 Tôn Đản", "hẻm 102/7"),
    ("nhà số mười hai ngõ ba đây", "số mười hai ngõ ba"),
    ("Nhà 42B hẻm Ao Làng tháo nước", "42B hẻm Ao Làng"),
    ("NHÀ TÔI 18/5/3 TRẦN QUANG DIỆU MẤT NƯỚC", "18/5/3 TRẦN QUANG DIỆU"),
    ("nhà e 30/1A ng thượng hiền cống vỡ", "30/1A ng thượng hiền"),
    ("de nghi kiem tra nha 37 tran binh trong", "37 tran binh trong"),
    ("le thi no, 45 hoang dieu, hoi thu tuc", "45 hoang dieu"),
    ("e ở tổ 3 kp5, nước yếu", "tổ 3 kp5"),
    ("Tôi là Ngô Văn Kỳ, xóm 8, thôn Đồng Nhân", "xóm 8, thôn Đồng Nhân"),
    ("Chủ hộ căn A-1507 tháp Sao Mai nuôi chó", "căn A-1507 tháp Sao Mai"),
    ("e thuê phòng 502 toà HH2C", "phòng 502 toà HH2C"),
    ("toi o p305 c8 tap the Giang Vo", "p305 c8 tap the Giang Vo"),
    ("Nhà tui đối diện cây xăng, số 203, ồn lắm", "đối diện cây xăng, số 203"),
    ("Ông Ba ở liền kề 09, lô LK3", "liền kề 09, lô LK3"),
    ("tôi ở một trăm hai mươi xuyệc bảy đường Chợ Cũ", "một trăm hai mươi xuyệc bảy đường Chợ Cũ"),
    ("tôi ở hẻm bốn lăm xuyệc ba đường Chợ Cũ", "hẻm bốn lăm xuyệc ba đường Chợ Cũ"),
    ("Quán net 215 bis Lê Lợi mở xuyên đêm", "215 bis Lê Lợi"),
    ("Tôi sống ở chung cư A2 phòng 1204", "chung cư A2 phòng 1204"),
    ("Nhà tui trong hẻm 218/9 Hồ Văn Huê", "hẻm 218/9 Hồ Văn Huê"),
    ("Tôi ỡ hẻm 9/27 đưởng Phạm Thế Hiễn", "hẻm 9/27 đưởng Phạm Thế Hiễn"),
    ("Gia dình tôi ở tổ 11 khu phô 2", "tổ 11 khu phô 2"),
    ("Tui ở đối diện trạm y tế ấp 5", "đối diện trạm y tế ấp 5"),
    ("nhà em sn 29 duong Le Hoan", "sn 29 duong Le Hoan"),
    ("em ở hai trăm mười bốn trần hưng đạo", "hai trăm mười bốn trần hưng đạo"),
    ("dạ tôi ở phòng ba trăm lẻ bảy mái dột lắm", "phòng ba trăm lẻ bảy"),
    ("Gia đình tôi được giao lô 24 khu tái định cư Đồng Mít", "lô 24 khu tái định cư"),
    ("cháy ở hẻm 45/3 đường Lê Lai, cứu", "hẻm 45/3"),
    ("trú số nhà 44, tiểu khu 9", "số nhà 44, tiểu khu 9"),
    ("tui ở ki ốt P.1108 tòa N5", "P.1108 tòa N5"),
    ("nhà tôi ka ba hai sáu xẹt bốn đường Hàn Thuyên", "ka ba hai sáu xẹt bốn đường Hàn Thuyên"),
    ("BIỆT THỰ SỐ 6 ĐƯỜNG HOA MAI ĐÓNG TIỀN ĐỦ", "BIỆT THỰ SỐ 6 ĐƯỜNG HOA MAI"),
    ("tôi ở căn bê một hai tòa xê", "căn bê một hai tòa"),
    ("em ở phog 405 dãy C", "phog 405 dãy C"),
    ("Ba tôi ở kiêt 15 đừơng Lê Lai", "kiêt 15 đừơng Lê Lai"),
    ("nhà bà Tư Lác ở số 9 ấp Chợ", "số 9 ấp Chợ"),
    ("bố mẹ em ở nhà B7 tập thể Cơ khí", "nhà B7"),
]

# A hamlet is a home where one person lives; its commune goes with it.
HOMES_IN_HAMLETS = [
    ("Nhà em ở thôn Lạc Hòa, xã Cẩm Bình", "thôn Lạc Hòa"),
    ("Nhà em ở thôn An Xá, xã Cẩm Bình", "thôn An Xá"),
    ("toi o ap 5, xa Khanh Tien", "ap 5"),
    ("ba mẹ e ở ấp cái đôi, xã khánh tiến", "ấp cái đôi"),
    ("bố em là giáo viên, bố ở bản huổi cáy xã mường lạn", "bản huổi cáy"),
    ("Bà Hồ Thị Lựu, xóm 7, đội Tiền Phong, xã Nghĩa Lâm, là thân nhân liệt sĩ", "xóm 7, đội Tiền Phong"),
    ("NHÀ CHÚ BẢY LÁC Ở TỔ 9 ẤP TRÀ CÚ, XÃ LONG SƠN BỊ CHÁY", "TỔ 9 ẤP TRÀ CÚ"),
    ("Tôi sinh năm 1960, ở thôn Đoài, xã Tam Hưng", "thôn Đoài"),
    ("Vợ chồng tôi cất nhà từ năm 2003 tại tổ 7, ấp Bình An, xã Mỹ Lộc", "tổ 7, ấp Bình An"),
    ("Vợ chồng em mới chuyển về ấp 3, xã Tân Hội được hai tháng", "ấp 3"),
    ("Hộ khẩu của tôi ghi là xóm 5, xã Nghi Tân", "xóm 5"),
    ("Bà cụ neo đơn ở khóm 2, phường 5", "khóm 2"),
    ("em gọi từ bản Nà Lừa, xã Tú Sơn", "bản Nà Lừa"),
    ("Cháu Hà Gia Hân 7 tuổi, thôn Lạc Hòa, xã Cẩm Bình", "thôn Lạc Hòa"),
    ("Tôi là nông dân thôn 4, xã Ea Hồ", "thôn 4"),
    ("Nhà ông Quảng sát đình làng, xóm Nam, thôn Dương Hòa, xã Phú An", "sát đình làng, xóm Nam, thôn Dương Hòa"),
]


@pytest.mark.parametrize(("text", "address"), HOMES_IN_HAMLETS)
def test_a_hamlet_is_hidden_where_one_person_lives(text: str, address: str) -> None:
    (hidden,) = found(text, _T.ADDRESS)
    assert hidden.startswith(address)


@pytest.mark.parametrize(
    "text",
    [
        "Các hộ dân thôn Nà Lùng, xã Cao Lộc thiếu nước",
        "Bà con ở bản Co Mạ, xã Co Tòng xin điện",
        "Chúng tôi là các hộ ở khóm Bờ Đê, phường Mỹ An",
        "Trại lợn hơn 600 con ở cuối thôn Phú Lễ, xã Yên Thành",
        "Nhà văn hóa thôn Trung, xã Yên Dương bỏ hoang",
        "tai thon 4, xa Ea Tul co diem khai thac cat trai phep",
        "Ông Trịnh ở tổ 2 xây lấn ra ngõ",
        "thôn tôi ở xã Hòa Sơn chưa có điện",
        "cam on Uy ban nhan dan xa da hoan thanh",
        "Trụ sở toà án khu vực mới đặt cách xã Bản Hồ 74 km",
        "Có vụ cháy ở nhà kho ấp 2, xã Đức Hòa",
        "Đường liên thôn từ thôn 5 đi thôn 6 xã Hòa Sơn lầy lội",
        "Tôi giữ bản phô tô mọi giấy tờ",
        "con tôi học ở ấp 3, xã Tân Hội",
    ],
)
def test_a_hamlet_of_many_stays_readable(text: str) -> None:
    assert found(text, _T.ADDRESS) == []


@pytest.mark.parametrize(
    "text",
    [
        "trường mầm non ánh dương ở số bốn mươi đường lê quý đôn",
        "truong mam non anh duong o so bon muoi duong le quy don",
        "trg thcs lê anh xuân số 211 phan anh bắt mua đồng phục",
        "Trường Tiểu học Phan Chu Trinh, số 40 đường Hoàng Diệu, tan học lúc 16 giờ",
        "Bãi xe nằm cạnh Trường Tiểu học Tân Sơn, số 20 đường Cống Lở",
        "Công ty tôi ở lô B7 khu công nghiệp Việt Hương",
        "Bảo hiểm xã hội cơ sở 2 tại 164 phố Huế luôn đông",
        "mua 10 tang 2 nha oi",
    ],
)
def test_offices_schools_and_works_may_have_their_addresses_read(text: str) -> None:
    assert found(text, _T.ADDRESS) == []
    assert found(text, _T.NAME) == []


def test_a_home_near_an_office_is_no_office() -> None:
    assert found("Nhà tôi cạnh trường Hoa Sen, số 5 ngõ 7", _T.ADDRESS) == ["cạnh trường Hoa Sen, số 5 ngõ 7"]


def test_the_landlord_belongs_to_the_address() -> None:
    text = "Tôi đang thuê ở nhà trọ cô Bảy, dãy 2 phòng 5, đường Thuận An 16"
    (hidden,) = found(text, _T.ADDRESS)
    assert hidden.startswith("nhà trọ cô Bảy, dãy 2 phòng 5")
    assert found(text, _T.NAME) == []


@pytest.mark.parametrize(("text", "address"), ADDRESSES)
def test_addresses_are_found_with_and_without_marks(text: str, address: str) -> None:
    assert touches(text, _T.ADDRESS, address)


@pytest.mark.parametrize(
    "text",
    [
        "Ngõ 12/5 đường Lạch Tray tối om vì đèn hỏng.",
        "Đề nghị lắp gương cầu tại đầu hẻm 45/3 đường số 6.",
        "Tổ 5 ấp Bàu Sen chưa có nước sạch.",
        "Trước số nhà 27 đường Bà Triệu có hố ga mất nắp.",
        "Đường Lê Lợi đoạn từ số 12 đến số 40 vỉa hè bị đào.",
        "Đoạn từ nhà số 3 đến nhà số 30 đường Lý Thái Tổ chưa có cống.",
        "cây atm 120 trần phú nuốt thẻ",
        "Công ty bao bì ở lô 7 khu công nghiệp Tân Hương xả khói.",
        "Km 12 quốc lộ 1A có ổ gà sâu.",
        "xã có 12 đường liên thôn hư",
        "gọi số 115 đường dây nóng không ai nghe",
        "Cử tri 6 bản vùng biên kiến nghị mở đường",
        "bản trên cao, đường đất mưa trơn, tôi ở bản trên cao, đường đất mưa trơn",
        "goi 115 ban may mai, den cho may hem cut",
        "can 2 ban sao, phong 20 nguoi nam 50",
        "lấy của mấy nhà trong ấp mỗi nhà hai chục triệu",
        "Trụ sở UBND phường ở số 12 đường Trần Phú đóng cửa giờ trưa.",
        "Bưu điện số 7 Nguyễn Trãi có nhận hồ sơ không?",
        "Km 37+500 quốc lộ 32 có ổ gà.",
        "Cây số 9 đường Hồ Chí Minh có khúc cua nguy hiểm.",
        "Chờ cấp số nhà hai năm nay chưa xong.",
        "Có 2 thanh niên đánh nhau trước chợ.",
        "lltp số 1 số 2 khác chỗ nào",
        "Chung cư Bình An block B mất nước.",
        "Tuyến 12 Nguyễn Trãi hay bỏ chuyến.",
    ],
)
def test_public_places_are_no_addresses(text: str) -> None:
    assert found(text, _T.ADDRESS) == []


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("nhà em ở kiệt năm mươi sáu xuyệt hai đường lý thái tổ cống trào", "kiệt năm mươi sáu xuyệt hai đường lý thái tổ"),
        ("cháu ở đội bảy thôn thượng số nhà mười lăm", "đội bảy thôn thượng số nhà mười lăm"),
        ("Tôi ở nhà số 3 cạnh chợ Bến, khói bay vào", "nhà số 3 cạnh chợ Bến"),
        ("Tôi thuê phòng số 9 dảy trọ 144/2 đường Lê Văn Lương", "phòng số 9 dảy trọ 144/2 đường Lê Văn Lương"),
    ],
)
def test_addresses_are_found_whole(text: str, address: str) -> None:
    assert found(text, _T.ADDRESS) == [address]
