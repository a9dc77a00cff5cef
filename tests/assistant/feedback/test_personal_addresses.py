"""Addresses of persons, and the places that are nobody's address. All are invented."""

from __future__ import annotations

import pytest

from assistant.feedback.types import PersonalDataType
from tests.assistant.feedback.personal_found import found, touches

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
    ("xin gửi giấy mời về 27 hàng bột", "27 hàng bột"),
    ("Gia đình tôi được giao lô 24 khu tái định cư Đồng Mít", "lô 24 khu tái định cư"),
    ("cháy ở hẻm 45/3 đường Lê Lai, cứu", "hẻm 45/3"),
    ("trú số nhà 44, tiểu khu 9", "số nhà 44, tiểu khu 9"),
]


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


def test_the_commune_after_an_address_stays_readable() -> None:
    assert found("Tôi ở số 16 tổ 4, phường Kỳ Sơn.", _T.ADDRESS) == ["số 16 tổ 4"]


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
