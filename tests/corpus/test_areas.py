"""Places that citizens name, as today's provinces and communes."""

from __future__ import annotations

import json
import time
import unicodedata
from collections import Counter
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.area_changes import AreaChange, read_area_changes
from corpus.area_data import REFORM, Territory, read_territory
from corpus.area_types import Unit, split_kind
from corpus.areas import Areas, Level, PlaceMatch
from corpus.text import fold
from corpus.types import Validity
from tests.shared import need_shared

HCMC, HANOI, TAY_NINH = "Thành phố Hồ Chí Minh", "Thành phố Hà Nội", "Tỉnh Tây Ninh"
DONG_NAI, BAC_NINH = "Thành phố Đồng Nai", "Thành phố Bắc Ninh"


@pytest.fixture(scope="module")
def territory() -> Territory:
    return read_territory()


@pytest.fixture(scope="module")
def areas(territory: Territory) -> Areas:
    return Areas(territory)


@pytest.fixture(scope="module")
def former(territory: Territory) -> list[Unit]:
    return [*territory.old_communes, *territory.old_districts, *territory.old_provinces]


def the_one(areas: Areas, text: str) -> PlaceMatch:
    found = areas.find(text)
    assert len(found) == 1, [match.text for match in found]
    return found[0]


@pytest.mark.parametrize(
    ("said", "found", "today", "why"),
    [
        ("phường Trúc Bạch", "phường Trúc Bạch", "Phường Ba Đình, " + HANOI, "former ward, kind word and marks"),
        ("Phường Trúc Bạch", "Phường Trúc Bạch", "Phường Ba Đình, " + HANOI, "kind word in capitals"),
        ("em ở phuong truc bach", "phuong truc bach", "Phường Ba Đình, " + HANOI, "typed without marks"),
        ("p. Trúc Bạch", "p. Trúc Bạch", "Phường Ba Đình, " + HANOI, "abbreviation with dot"),
        ("P.Trúc Bạch nhé", "P.Trúc Bạch", "Phường Ba Đình, " + HANOI, "no blank after the dot"),
        ("xa Tan Phu huyen Duc Hoa Long An", "xa Tan Phu huyen Duc Hoa Long An", "Xã Hiệp Hòa, " + TAY_NINH, "no marks, no comma"),
        (
            "tôi ở xã Tân Phú, huyện Đức Hòa, tỉnh Long An.",
            "xã Tân Phú, huyện Đức Hòa, tỉnh Long An",
            "Xã Hiệp Hòa, " + TAY_NINH,
            "three mentions are one place",
        ),
        ("xã Tân Phú thuộc huyện Đức Hòa", "xã Tân Phú thuộc huyện Đức Hòa", "Xã Hiệp Hòa, " + TAY_NINH, "joined by a word"),
        (
            "xã Tân Phú (huyện Đức Hòa cũ), Tây Ninh",
            "xã Tân Phú (huyện Đức Hòa cũ), Tây Ninh",
            "Xã Hiệp Hòa, " + TAY_NINH,
            "former district, province of today",
        ),
        ("XÃ TÂN PHÚ, HUYỆN ĐỨC HÒA", "XÃ TÂN PHÚ, HUYỆN ĐỨC HÒA", "Xã Hiệp Hòa, " + TAY_NINH, "capitals as on a form"),
        ("xã Tân Phú, huyện Đức Hoà", "xã Tân Phú, huyện Đức Hoà", "Xã Hiệp Hòa, " + TAY_NINH, "old tone placement"),
        ("P.14 Gò Vấp", "P.14 Gò Vấp", "Phường An Hội Tây, " + HCMC, "ward number, district without kind word"),
        ("phường 14 quận Gò Vấp", "phường 14 quận Gò Vấp", "Phường An Hội Tây, " + HCMC, "the same in full"),
        ("phường 5, quận 3", "phường 5, quận 3", "Phường Bàn Cờ, " + HCMC, "numbers on both levels"),
        ("Phường 05, Quận 3", "Phường 05, Quận 3", "Phường Bàn Cờ, " + HCMC, "number with a zero"),
        ("Q3 P5", "Q3 P5", "Phường Bàn Cờ, " + HCMC, "glued, larger one first"),
        ("p5 q3 tphcm", "p5 q3 tphcm", "Phường Bàn Cờ, " + HCMC, "as in a chat"),
        ("ở p. Hiệp Phú q9", "p. Hiệp Phú q9", "Phường Tăng Nhơn Phú, " + HCMC, "a district merged in 2020"),
        ("Trúc Bạch, Ba Đình, Hà Nội", "Trúc Bạch, Ba Đình, Hà Nội", "Phường Ba Đình, " + HANOI, "bare names beside their parents"),
        ("xã Bình Minh huyện Thanh Oai", "xã Bình Minh huyện Thanh Oai", "Xã Bình Minh, " + HANOI, "a frequent name narrowed"),
        ("Thị trấn Củ Chi - huyện Củ Chi", "Thị trấn Củ Chi - huyện Củ Chi", "Xã Tân An Hội, " + HCMC, "joined by a hyphen"),
        ("huyện Côn Đảo", "huyện Côn Đảo", "Đặc khu Côn Đảo, " + HCMC, "an island district that had no commune"),
        ("đặc khu Phú Quốc", "đặc khu Phú Quốc", "Đặc khu Phú Quốc, Tỉnh An Giang", "a kind that came with the reform"),
        ("xã Ea M'Droh", "xã Ea M'Droh", "Xã Ea M'Droh, Tỉnh Đắk Lắk", "apostrophe in the name"),
        ("xã Ea MDroh", "xã Ea MDroh", "Xã Ea M'Droh, Tỉnh Đắk Lắk", "apostrophe left away"),
        ("xã Hội An, huyện Chợ Mới", "xã Hội An, huyện Chợ Mới", "Xã Hội An, Tỉnh An Giang", "a name that begins like xã hội"),
        ("phường Nam Cát Tiên, Đồng Nai", "phường Nam Cát Tiên, Đồng Nai", "Xã Nam Cát Tiên, " + DONG_NAI, "another kind word"),
        ("xã Long Thành, Đồng Nai", "xã Long Thành, Đồng Nai", "Phường Long Thành, " + DONG_NAI, "a commune until April 2026"),
        ("phường Long Thành", "phường Long Thành", "Phường Long Thành, " + DONG_NAI, "what it has been since"),
        ("xa kep bac ninh", "xa kep bac ninh", "Phường Kép, " + BAC_NINH, "a commune until September 2026, without marks"),
        ("xã Bố Hạ, tỉnh Bắc Ninh", "xã Bố Hạ, tỉnh Bắc Ninh", "Phường Bố Hạ, " + BAC_NINH, "both names from before"),
        ("phường Bố Hạ, tp Bắc Ninh", "phường Bố Hạ, tp Bắc Ninh", "Phường Bố Hạ, " + BAC_NINH, "both names of today"),
        (
            "phường Đồng Xoài, tỉnh Đồng Nai",
            "phường Đồng Xoài, tỉnh Đồng Nai",
            "Phường Đồng Xoài, " + DONG_NAI,
            "a province that is a city",
        ),
        ("tỉnh Quảng Ninh", "tỉnh Quảng Ninh", "Thành phố Quảng Ninh", "its name until August 2026"),
        ("thành phố Bắc Ninh", "thành phố Bắc Ninh", BAC_NINH, "the city of today, not the one that was part of a province"),
        (
            "phường Suối Hoa, thành phố Bắc Ninh, tỉnh Bắc Ninh",
            "phường Suối Hoa, thành phố Bắc Ninh, tỉnh Bắc Ninh",
            "Phường Kinh Bắc, " + BAC_NINH,
            "in an address from before the reform the city lies in a province",
        ),
        ("tỉnh Bình Dương", "tỉnh Bình Dương", HCMC, "a former province"),
        ("quê ở Long An ạ", "Long An", TAY_NINH, "a former province alone"),
        ("o gia lai", "gia lai", "Tỉnh Gia Lai", "small letters after a word for place"),
        ("Sài Gòn", "Sài Gòn", HCMC, "the name people use"),
        ("làm ở tp hcm", "tp hcm", HCMC, "short form after short form"),
        ("TP.HCM", "TP.HCM", HCMC, "with a dot"),
        ("sg", "sg", HCMC, "two letters"),
        ("TP. Hồ Chí Minh", "TP. Hồ Chí Minh", HCMC, "dot and blank"),
        ("sống ở HN", "HN", HANOI, "HN in capitals"),
        ("thành phố Huế", "thành phố Huế", "Thành phố Huế", "a city that is a province"),
        ("Thừa Thiên - Huế", "Thừa Thiên - Huế", "Thành phố Huế", "its name until 2024"),
        ("thành phố trực thuộc trung ương Huế", "thành phố trực thuộc trung ương Huế", "Thành phố Huế", "the long kind word"),
        ("Kontum", "Kontum", "Tỉnh Quảng Ngãi", "written as one word"),
        ("Đắc Lắc", "Đắc Lắc", "Tỉnh Đắk Lắk", "older spelling"),
        ("dak lak", "dak lak", "Tỉnh Đắk Lắk", "no marks"),
        ("BR-VT", "BR-VT", HCMC, "letters of a double name"),
        ("Bà Rịa Vũng Tàu", "Bà Rịa Vũng Tàu", HCMC, "hyphen left away"),
        ("đánh nhau ở Hòa Bình", "Hòa Bình", "Tỉnh Phú Thọ", "peace in capitals is the province"),
        ("tinh hai duong", "tinh hai duong", "Thành phố Hải Phòng", "kind word without marks at the end of the text"),
    ],
)
def test_a_place_becomes_the_unit_of_today(areas: Areas, said: str, found: str, today: str, why: str) -> None:
    match = the_one(areas, said)
    assert (match.text, [area.full for area in match.today]) == (found, [today]), why
    assert said[match.start : match.end] == match.text


@pytest.mark.parametrize(
    ("said", "found", "old"),
    [
        ("đăng ký tạm trú ở Đà Lạt", "Đà Lạt", "Thành phố Đà Lạt, Tỉnh Lâm Đồng"),
        ("Thủ Đức", "Thủ Đức", "Thành phố Thủ Đức, Thành phố Hồ Chí Minh"),
        ("o thu duc thi nop dau", "thu duc", "Thành phố Thủ Đức, Thành phố Hồ Chí Minh"),
        ("buon ma thuot", "buon ma thuot", "Thành phố Buôn Ma Thuột, Tỉnh Đắk Lắk"),
        ("lam ho chieu thu dau mot", "thu dau mot", "Thành phố Thủ Dầu Một, Tỉnh Bình Dương"),
        ("Vũng Tàu", "Vũng Tàu", "Thành phố Vũng Tàu, Tỉnh Bà Rịa - Vũng Tàu"),
        ("đi Hội An bằng xe gì", "Hội An", "Thành phố Hội An, Tỉnh Quảng Nam"),
        ("nhà tôi ở Gò Vấp", "Gò Vấp", "Quận Gò Vấp, Thành phố Hồ Chí Minh"),
        ("o go vap", "go vap", "Quận Gò Vấp, Thành phố Hồ Chí Minh"),
        ("ở Lạng Giang", "Lạng Giang", "Huyện Lạng Giang, Tỉnh Bắc Giang"),
        ("ở Vinh", "Vinh", "Thành phố Vinh, Tỉnh Nghệ An"),
        ("Đà Lạt, Lâm Đồng", "Đà Lạt, Lâm Đồng", "Thành phố Đà Lạt, Tỉnh Lâm Đồng"),
    ],
)
def test_a_former_city_or_district_is_known_by_its_bare_name(areas: Areas, said: str, found: str, old: str) -> None:
    match = the_one(areas, said)
    assert (match.text, match.old.full if match.old else None) == (found, old)
    assert len(match.today) > 1, "divided: all candidates"


@pytest.mark.parametrize("said", ["quê Hà Tây", "dang ky khai sinh o ha tay", "tỉnh Hà Tây"])
def test_a_province_that_ended_before_the_tables_is_known(areas: Areas, said: str) -> None:
    assert [area.full for area in the_one(areas, said).today] == ["Thành phố Hà Nội"]


def test_a_place_typed_without_marks_is_found_in_a_text_begun_with_them(areas: Areas) -> None:
    match = the_one(areas, "đăng ký tạm trú o phuong 12 quan tan binh")
    assert match.old is not None
    assert match.old.full == "Phường 12, Quận Tân Bình, Thành phố Hồ Chí Minh"


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("", "nothing"),
        ("xin chào", "no place"),
        ("hòa bình thế giới", "peace"),
        ("Hòa Bình thế giới", "peace in capitals"),
        ("yeu hoa binh", "peace without marks"),
        ("bảo hiểm xã hội", "social insurance"),
        ("nhà ở xã hội an toàn", "social housing, safe: not xã Hội An"),
        ("bao hiem xa hoi an toan", "the same without marks"),
        ("phường hội", "guild"),
        ("huyện", "kind word alone"),
        ("lên xã hỏi, rồi lên huyện", "kind words alone"),
        ("phường", "kind word alone"),
        ("tỉnh", "kind word alone"),
        ("p", "one letter"),
        ("hn", "hn in small letters"),
        ("phương án phù hợp", "phương is not phường"),
        ("phuong an phu hop", "not phường An Phú"),
        ("danh gia lai dat", "đánh giá lại is not Gia Lai"),
        ("tinh gia lai tien dien", "tính giá lại is not tỉnh Gia Lai"),
        ("bao cao bang van ban", "báo cáo bằng is not Cao Bằng"),
        ("nha co hai phong ngu", "two rooms are not Hải Phòng"),
        ("dien bien vu viec", "diễn biến is not Điện Biên"),
        ("hai duong day dien", "two lines are not Hải Dương"),
        ("xe cao bằng nhà", "as tall as a house"),
        ("hải dương học", "oceanography"),
        ("vùng biển Thái Bình Dương", "neither Thái Bình nor Bình Dương"),
        ("đường Điện Biên Phủ", "a street"),
        ("số 10 phố Huế", "a street"),
        ("Nguyễn Thái Bình", "a person"),
        ("chị Nguyễn Thị Huế", "a person"),
        ("tư tưởng Hồ Chí Minh", "a person"),
        ("Đoàn TNCS Hồ Chí Minh", "a movement"),
        ("ăn huê lợi vườn dừa", "income, not Huế"),
        ("tại phường 5 ngày làm việc", "five days"),
        ("p5", "a ward number that could be anything"),
        ("Q1/2025", "a quarter of a year"),
        ("yeu xa hai nam", "far, for two years"),
        ("xã tư vấn", "a verb after the commune, not xã Tư"),
        ("Tân Phú", "a bare commune name"),
        ("Đông Anh", "a bare district name, and a person's"),
        ("ở Tân Phú", "two districts and many communes"),
        ("đường Đà Lạt", "a street"),
        ("công ty Hội An", "a firm"),
        ("anh Nguyễn Hội An", "a person"),
        ("ở Chu Văn An", "a ward, not the town Chũ"),
        ("bạn Tân An", "a person with the name of a city"),
        ("tam ky thi", "tạm kỳ thi, not Tam Kỳ"),
        ("di an com", "đi ăn cơm, not Dĩ An"),
        ("cam pha nha", "cấm phá nhà, not Cẩm Phả"),
        ("xã Không Có Thật", "no such commune"),
        ("nhà xa Tân Phú", "far, in a text with marks"),
    ],
)
def test_ordinary_words_are_no_place(areas: Areas, said: str, why: str) -> None:
    assert areas.find(said) == [], why


@pytest.mark.parametrize(
    ("said", "expected", "why"),
    [
        ("bảo hiểm xã hội An Giang", ["An Giang"], "the province after xã hội"),
        ("BẢO HIỂM XÃ HỘI AN GIANG", ["AN GIANG"], "the same in capitals"),
        ("chuyển từ Cà Mau lên Sài Gòn", ["Cà Mau", "Sài Gòn"], "two places"),
        ("phường Trúc Bạch, phường Quán Thánh, quận Ba Đình", ["phường Trúc Bạch", "phường Quán Thánh, quận Ba Đình"], "one for two"),
        ("huyện Đức Hòa, Hà Nội", ["huyện Đức Hòa", "Hà Nội"], "a district of another province stays apart"),
        ("đường Điện Biên Phủ, quận Bình Thạnh", ["quận Bình Thạnh"], "the street is left out"),
        ("12 Nguyễn Trãi, Hà Nội", ["Hà Nội"], "a house number: not the ward Nguyễn Trãi"),
        ("mua nha da lat lam dong", ["da lat lam dong"], "the district before it tells that lam dong is the province"),
        ("may anh da nang lam dong phuc", [], "without one they are words"),
        ("Gửi tới UBND quận 3", ["quận 3"], "a former district"),
    ],
)
def test_each_place_is_a_match_of_its_own(areas: Areas, said: str, expected: list[str], why: str) -> None:
    assert [match.text for match in areas.find(said)] == expected, why


def test_siblings_share_the_district_that_follows(areas: Areas) -> None:
    found = areas.find("phường 1, phường 2, phường 3, quận 3")
    assert [[area.name for area in match.today] for match in found] == [["Phường Bàn Cờ"]] * 3


def test_a_divided_commune_gives_all_its_successors(areas: Areas) -> None:
    match = the_one(areas, "phường Cống Vị, quận Ba Đình")
    assert [area.name for area in match.today] == ["Phường Ngọc Hà", "Phường Giảng Võ"]


def test_an_ambiguous_name_gives_candidates_of_the_whole_country(areas: Areas) -> None:
    match = the_one(areas, "xã Tân Phú")
    assert len(match.today) > 10
    assert {area.parent for area in match.today} >= {"80", "40", "75"}
    assert match.old is None


def test_a_province_narrows_an_ambiguous_name(areas: Areas) -> None:
    match = the_one(areas, "xã Tân Phú, Long An")
    assert {area.parent for area in match.today} == {"80"}
    assert len(match.today) < 5


def test_thanh_pho_is_not_cut_for_a_longer_name(areas: Areas) -> None:
    match = the_one(areas, "xa tan an thanh pho hai phong")
    assert {area.parent for area in match.today} == {"31"}


def test_a_former_district_gives_the_communes_formed_from_it(areas: Areas) -> None:
    match = the_one(areas, "tp thu duc")
    assert match.old is not None
    assert (match.old.full, match.old.level) == ("Thành phố Thủ Đức, Thành phố Hồ Chí Minh", Level.DISTRICT)
    assert len(match.today) == 12
    assert {area.parent for area in match.today} == {"79"}


def test_the_namesake_of_today_comes_first(areas: Areas) -> None:
    match = the_one(areas, "phường Ngọc Hà, Hà Nội")
    assert [area.name for area in match.today] == ["Phường Ngọc Hà", "Phường Ba Đình"]
    assert match.old is None


def test_a_unit_that_ended_is_told_with_its_last_day(areas: Areas) -> None:
    match = the_one(areas, "tỉnh Bình Dương")
    assert match.old is not None
    assert match.old.validity.until == REFORM
    assert match.old.parent == "79"


def test_a_unit_that_outlived_the_reform_is_not_called_old(areas: Areas) -> None:
    match = the_one(areas, "thành phố Hà Nội")
    assert match.old is None
    assert match.today[0].validity.since is None


@pytest.mark.parametrize("change", read_area_changes(), ids=lambda change: change.code)
def test_a_unit_that_got_another_kind_is_found_by_both_names(areas: Areas, change: AreaChange) -> None:
    area = areas.province(change.code) if change.level is Level.PROVINCE else areas.commune(change.code)
    assert area is not None
    assert (area.name, area.validity.since) == (change.new, change.since)
    # Another ward of today's Đồng Nai was called Tân Phú before the reform: what it became follows.
    assert [the_one(areas, said).today[0] for said in (change.full, fold(change.full), area.full)] == [area] * 3


def test_a_name_that_ended_after_the_reform_is_told_with_its_last_day(areas: Areas) -> None:
    match = the_one(areas, "xã Long Thành, Đồng Nai")
    assert match.old is not None
    assert (match.old.full, match.old.validity) == ("Xã Long Thành, Tỉnh Đồng Nai", Validity(REFORM, date(2026, 4, 30)))


def test_a_province_that_outlived_the_reform_ends_with_its_later_change(territory: Territory) -> None:
    ends = {unit.area.name: unit.area.validity.until for unit in territory.old_provinces}
    assert (ends["Tỉnh Quảng Ninh"], ends["Tỉnh Bắc Giang"], ends["Tỉnh Cao Bằng"]) == (date(2026, 9, 1), REFORM, None)


def test_kinds_of_units_are_as_many_as_the_catalogue_of_october_2026_counts(territory: Territory) -> None:
    provinces = Counter(unit.kind for unit in territory.provinces)
    communes = Counter(split_kind(area.name)[0] for area in territory.communes)
    assert provinces == {"Thành phố": 9, "Tỉnh": 25}
    assert communes == {"Phường": 709, "Xã": 2599, "Đặc khu": 13}


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_places_are_those_of_the_text_as_it_came(areas: Areas, form: str) -> None:
    said = unicodedata.normalize("NFC" if form == "NFC" else "NFD", "Tôi ở phường Trúc Bạch, quận Ba Đình nhé")
    match = the_one(areas, said)
    assert said[match.start : match.end] == match.text
    assert unicodedata.normalize("NFC", match.text) == "phường Trúc Bạch, quận Ba Đình"


def test_there_are_34_provinces_and_3321_communes(areas: Areas, territory: Territory) -> None:
    assert len(territory.provinces) == 34
    assert sum(len(areas.communes_of(province.area.code)) for province in territory.provinces) == 3321


def test_every_province_of_today_is_found_by_its_name(areas: Areas, territory: Territory) -> None:
    assert [the_one(areas, province.area.full).today for province in territory.provinces] == [(unit.area,) for unit in territory.provinces]


def test_units_are_found_by_code(areas: Areas) -> None:
    province, commune = areas.province("01"), areas.commune("00004")
    assert province is not None
    assert commune is not None
    assert (province.full, commune.full) == (HANOI, "Phường Ba Đình, " + HANOI)
    assert commune in areas.communes_of("01")
    assert (areas.province("99"), areas.commune("x"), areas.communes_of("99")) == (None, None, ())


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_every_commune_of_today_is_among_its_own_candidates(areas: Areas, territory: Territory, data: st.DataObject) -> None:
    area = data.draw(st.sampled_from(territory.communes))
    said = data.draw(st.sampled_from([area.full, fold(area.full), area.full.upper(), unicodedata.normalize("NFD", area.full)]))
    match = the_one(areas, said)
    assert area in match.today
    assert match.text == said


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_every_former_unit_becomes_units_of_today(areas: Areas, former: list[Unit], data: st.DataObject) -> None:
    unit = data.draw(st.sampled_from(former))
    match = the_one(areas, unit.area.full)
    assert unit.today
    assert set(unit.today) <= set(match.today)


def test_no_former_commune_is_lost(territory: Territory) -> None:
    assert len(territory.old_communes) == 10035
    assert [unit.area.full for unit in territory.old_communes if not unit.today] == []


@settings(max_examples=200, deadline=None)
@given(text=st.text(alphabet="aăâđêôơưhộòa ầnTPpqx.,-35 \n\u0301\u0323'/", max_size=60))
def test_any_text_gives_matches_that_lie_in_it_in_order(areas: Areas, text: str) -> None:
    found = areas.find(text)
    assert all(text[match.start : match.end] == match.text and match.today for match in found)
    assert all(before.end <= after.start for before, after in pairwise(found))


@pytest.mark.parametrize(
    "piece", ["p.5 ", "tp ", "xã hội an giang ", "phường ", "Tân Phú ", "a", "-", "quận 3, phường 5, ", "\u0301", "(" * 9 + "xã "]
)
def test_fifty_thousand_letters_take_time_in_proportion(areas: Areas, piece: str) -> None:
    short, long = (piece * (size // len(piece)) for size in (5_000, 50_000))
    areas.find(short)
    seconds = [_seconds(areas, text) for text in (short, long)]
    # Ten times the text: a quadratic search would take a hundred times as long.
    assert seconds[1] < 30 * seconds[0] + 0.5


def _seconds(areas: Areas, text: str) -> float:
    start = time.process_time()
    areas.find(text)
    return time.process_time() - start


@pytest.mark.shared_data
def test_communes_become_what_the_independent_table_of_changes_says(territory: Territory) -> None:
    provinces = json.loads((need_shared("areas") / "splits.json").read_text(encoding="utf-8"))["data"]
    told = {row["level3_id"]: {part["new_id"] for part in row["splits"]} for province in provinces for row in province["level3s"]}
    # Both name xã Ia Mơ of Gia Lai, under the code that it had before and the one after.
    same_unit = {"23938": "23737"}
    read = {unit.area.code: {same_unit.get(area.code, area.code) for area in unit.today} for unit in territory.old_communes}
    shared = told.keys() & read.keys()
    assert len(shared) == 10035
    assert sum(told[code] == read[code] for code in shared) >= 9982
    assert sum(not told[code] & read[code] for code in shared) <= 6


def test_a_unit_of_before_the_reform_is_found_by_its_code(areas: Areas, former: list[Unit]) -> None:
    some = former[::997]
    assert {areas.former(unit.area.level, unit.area.code) for unit in some} == {unit.area for unit in some}
    assert areas.former(Level.DISTRICT, "999999") is None
