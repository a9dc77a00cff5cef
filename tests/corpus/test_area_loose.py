"""Places that citizens name without saying what they are."""

from __future__ import annotations

import time
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.area_data import Territory, read_territory
from corpus.area_types import split_kind
from corpus.areas import Areas
from corpus.text import fold


@pytest.fixture(scope="module")
def territory() -> Territory:
    return read_territory()


@pytest.fixture(scope="module")
def areas(territory: Territory) -> Areas:
    return Areas(territory)


@pytest.mark.parametrize(
    ("said", "found", "today"),
    [
        ("Đường qua Lạng Giang nát hết rồi", "Lạng Giang", "Phường Lạng Giang"),
        ("đoạn yên nghĩa rào tôn lấn vỉa hè", "yên nghĩa", "Phường Yên Nghĩa"),
        ("ĐOẠN YÊN NGHĨA RÀO TÔN LẤN VỈA HÈ", "YÊN NGHĨA", "Phường Yên Nghĩa"),
        ("lu quet vao ban muong tip, khong con gi an", "muong tip", "Xã Mường Típ"),
        ("Lũ quét vào bản Mường Típ", "Mường Típ", "Xã Mường Típ"),
        ("Ngoài Kim Long cây mọc nứt cả mái ngói", "Kim Long", "Phường Kim Long"),
        ("can bo truc khong nghe may, xa ea bung", "xa ea bung", "Xã Ea Bung"),
        ("cho nguoi don rac, xa trieu phong", "xa trieu phong", "Xã Triệu Phong"),
        ("sap nhap xong xa nam nen cach tru so 28 cay", "xa nam nen", "Xã Nậm Nèn"),
        ("benh vien da khoa tinh cao bang xep hang tu 4h sang", "tinh cao bang", "Tỉnh Cao Bằng"),
        ("Nhà tui dột nát. Hồ Thị Gái, A Lưới 3.", "A Lưới 3", "Xã A Lưới 3"),
        ("chú ơi ở bản liền chưa có điện", "bản liền", "Xã Bản Liền"),
        ("Phừơng Hố Nai đổ rác bừa", "Hố Nai", "Phường Hố Nai"),
        ("trường lê lợi hạc thành cổng hẹp", "hạc thành", "Phường Hạc Thành"),
        ("Xin sửa cầu treo ở Hà Giang 2 giúp dân", "Hà Giang 2", "Phường Hà Giang 2"),
        ("Trâu bò thả rông khắp Cư M'gar", "Cư M'gar", "Xã Cư M'gar"),
        ("cau tam hong mai chua ai sua, dong anh", "dong anh", "Xã Đông Anh"),
        ("tận Krông Bông chưa có cầu", "Krông Bông", "Xã Krông Bông"),
    ],
)
def test_a_bare_name_that_is_likelier_a_place_is_found(areas: Areas, said: str, found: str, today: str) -> None:
    matches = areas.find_loosely(said)
    assert [match.text for match in matches] == [found]
    assert today in [area.name for area in matches[0].today]


@pytest.mark.parametrize(
    "said",
    [
        "",
        "đường Trần Hưng Đạo ngập",
        "đường Yên Nghĩa ngập",
        "duong yen nghia ngap",
        "ông Nguyễn Văn Cừ nói vậy",
        "trường Lê Lợi thu quỹ",
        "chị Kim Long hàng xóm",
        "anh Trần Kim Long hàng xóm",
        "Ngô Kim Long xin trình bày",
        "công ty Kim Long nợ lương",
        "12 Nguyễn Trãi xây lố tầng",
        "trục Lý Thường Kiệt tối om",
        "Bác Hai hàng xóm té gãy cổ",
    ],
)
def test_streets_persons_and_firms_are_no_place(areas: Areas, said: str) -> None:
    assert areas.find_loosely(said) == []


@pytest.mark.parametrize(
    "said",
    [
        "gia đình tôi sống hòa bình với hàng xóm",
        "cả xóm thống nhất không đóng quỹ",
        "đề nghị xã tiếp tục đồng tâm hiệp lực",
        "thôn xa phải họp tại trung tâm",
        "lập biên bản liền tại chỗ",
        "nhà ba tầng, nêu ba điểm",
        "dời sang chợ mới cách hơn một cây số",
        "Uỷ ban Mặt trận Tổ quốc Việt Nam",
        "hỏi trên ad ơi",
        "de nghi xa xem lai hop dong va trung tam",
        "con toi di lam xa gia dinh",
        "bao hiem xa hoi an toan",
        "tai phuong 5 ngay lam viec",
        "toi hoi xa co dung khong",
        "BẢO VỆ AN NINH TRẬT TỰ",
    ],
)
def test_everyday_words_are_no_place(areas: Areas, said: str) -> None:
    assert areas.find_loosely(said) == []


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("tôi ở tân tiến mười năm rồi", ["tân tiến"]),
        ("bà con Tân Tiến chưa có nước", ["Tân Tiến"]),
        ("xã tân tiến chưa có nước", ["xã tân tiến"]),
        ("bà con rất tân tiến, chưa có nước", []),
    ],
)
def test_a_name_of_everyday_words_needs_a_sign_that_a_place_is_meant(areas: Areas, said: str, found: list[str]) -> None:
    assert [match.text for match in areas.find_loosely(said)] == found


def test_all_units_of_a_name_are_candidates(areas: Areas) -> None:
    (match,) = areas.find_loosely("Nước máy ở Tân Phú đục ngầu")
    assert {area.parent for area in match.today} >= {"79", "75", "80"}


def test_an_ambiguous_commune_keeps_its_namesakes_of_other_kinds(areas: Areas) -> None:
    (strict,), (loose,) = areas.find("cảm ơn xã Hương Trà nhiều"), areas.find_loosely("cảm ơn xã Hương Trà nhiều")
    assert strict.text == loose.text
    assert set(strict.today) < set(loose.today)
    assert "46" in {area.parent for area in loose.today}


def test_a_bare_name_lies_in_the_bare_name_that_follows(areas: Areas) -> None:
    (match,) = areas.find_loosely("rào tôn ở Phú Lương, Hà Đông")
    assert match.text == "Phú Lương, Hà Đông"
    assert {area.parent for area in match.today} == {"01"}


def test_a_longer_name_takes_nothing_from_the_place_that_follows(areas: Areas) -> None:
    assert [match.text for match in areas.find_loosely("từ Bắc Ninh Hòa Bình lên")] == ["Bắc Ninh", "Hòa Bình"]


@pytest.mark.parametrize("said", ["Yên Nghĩa", "yên nghĩa", "đoạn Yên Nghĩa rào tôn", "ở Yên Nghĩa", "bai chay"])
def test_the_strict_search_stays_strict(areas: Areas, said: str) -> None:
    assert areas.find(said) == []


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_places_are_those_of_the_text_as_it_came(areas: Areas, form: str) -> None:
    said = unicodedata.normalize("NFC" if form == "NFC" else "NFD", "Rào tôn đoạn Yên Nghĩa nhé")
    (match,) = areas.find_loosely(said)
    assert said[match.start : match.end] == match.text
    assert unicodedata.normalize("NFC", match.text) == "Yên Nghĩa"


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_every_commune_of_two_syllables_is_found_by_its_bare_name_after_a_preposition(
    areas: Areas, territory: Territory, data: st.DataObject
) -> None:
    area = data.draw(st.sampled_from([area for area in territory.communes if len(area.name.split()) > 2]))
    bare = split_kind(area.name)[1]
    matches = areas.find_loosely(f"Mấy hộ ở {bare} chưa có nước sạch")
    assert len(matches) == 1
    assert bare in matches[0].text
    # A name that a province bears too means the province first.
    assert area in matches[0].today or area.parent in {other.code for other in matches[0].today} or areas.find(bare)


@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_what_the_strict_search_finds_is_found(areas: Areas, territory: Territory, data: st.DataObject) -> None:
    names = data.draw(st.lists(st.sampled_from([area.full for area in territory.communes[::37]]), min_size=1, max_size=3))
    text = data.draw(st.sampled_from([". ", " và ", ", ", " "])).join(names)
    text = data.draw(st.sampled_from([text, text.lower(), fold(text), text.upper()]))
    loose = areas.find_loosely(text)
    for match in areas.find(text):
        assert any(other.start <= match.start and match.end <= other.end for other in loose)


@settings(max_examples=200, deadline=None)
@given(text=st.text(alphabet="aăâđêôơưhộòa ầnTPpqx.,-35 \n\u0301\u0323'/", max_size=60))
def test_any_text_gives_matches_that_lie_in_it_in_order(areas: Areas, text: str) -> None:
    found = areas.find_loosely(text)
    assert all(text[match.start : match.end] == match.text and match.today for match in found)
    assert all(before.end <= after.start for before, after in pairwise(found))


@pytest.mark.parametrize("piece", ["Lạng Giang ", "yen nghia ", "xa tan phu ", "ở trung tâm tân ", "xa ", "a", "Tân Phú "])
def test_fifty_thousand_letters_take_time_in_proportion(areas: Areas, piece: str) -> None:
    short, long = (piece * (size // len(piece)) for size in (5_000, 50_000))
    areas.find_loosely(short)
    seconds = [_seconds(areas, text) for text in (short, long)]
    # Ten times the text: a quadratic search would take a hundred times as long.
    assert seconds[1] < 30 * seconds[0] + 0.5


def _seconds(areas: Areas, text: str) -> float:
    start = time.process_time()
    areas.find_loosely(text)
    return time.process_time() - start
