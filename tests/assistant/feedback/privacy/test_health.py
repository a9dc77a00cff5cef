"""Illness and injury of persons, told apart from general talk of diseases. All persons are invented."""

from __future__ import annotations

import pytest

from assistant.feedback.types import PersonalDataType
from tests.assistant.feedback.privacy.found_in import found, touches

_T = PersonalDataType


@pytest.mark.parametrize(
    ("text", "illness"),
    [
        ("Cháu Đàm Gia Bảo bị bệnh tim bẩm sinh", "bệnh tim bẩm sinh"),
        ("TÔI MÙ MỘT MẮT, LÀM THUÊ NUÔI 3 CON", "MÙ MỘT MẮT"),
        ("me em bi cao huyet ap va tieu duong tuyp 2", "tieu duong tuyp 2"),
        ("xác nhận khuyết tật cho con mình", "khuyết tật"),
        ("con toi co giat sot cao", "co giat"),
        ("Mẹ tôi bị tai biến liệt nửa người", "tai biến liệt nửa người"),
        ("tôi ung thư gan giai đoạn 3", "ung thư gan"),
        ("chau nha toi bi tu ky", "tu ky"),
        ("chồng tôi bị gãy chân trái khi làm việc", "gãy chân trái"),
    ],
)
def test_illnesses_of_somebody_are_found(text: str, illness: str) -> None:
    assert touches(text, _T.HEALTH, illness)


@pytest.mark.parametrize(
    "text",
    [
        "Đàn lợn nhà tôi bị viêm phổi chết hàng loạt",
        "Dân xóm tôi lo bị ung thư vì nhà máy xả thải",
        "Con đường bụi mù trời, tôi không đi nổi",
        "mẹ ghẻ tranh chấp đất với tôi",
        "tram y te cua toi thieu thuoc tieu duong va huyet ap",
        "Tôi thấy một người bất tỉnh trên đường",
        "Con nghiện tụ tập ở gầm cầu nhà tôi",
        "cau sat tren duong tinh nha toi rung, ho ga mat nap",
        "Tỉnh nên có chính sách cho người khuyết tật",
        "Tổ dân phố phòng chống sốt xuất huyết",
        "gia đình liệt sĩ",
    ],
)
def test_general_talk_of_illness_is_no_personal_data(text: str) -> None:
    assert found(text, _T.HEALTH) == []


def test_illnesses_that_stand_together_are_one_finding() -> None:
    assert found("mẹ tôi bị suy tim, tiểu đường và cao huyết áp", _T.HEALTH) == ["bị suy tim, tiểu đường và cao huyết áp"]
