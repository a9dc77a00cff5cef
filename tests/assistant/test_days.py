"""The day a question means, as people write it."""

from __future__ import annotations

import json
import unicodedata
from datetime import date
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.understanding.days import apart_from_days, apart_from_impossible_day, day_meant
from corpus.text import fold

ASKED = date(2026, 11, 22)
_SETS = Path(__file__).parents[2] / "eval" / "data"

# What is asked, the day it means (None: the day of asking), and why the case is here.
CASES = (
    ("năm 2020 thử việc mấy ngày?", "2020-12-31", "a year alone is its last day"),
    ("Năm 2026 thử việc mấy ngày?", "2026-11-22", "the running year is today"),
    ("năm 2027 lễ 2/9 nghỉ mấy ngày", "2027-12-31", "a year to come is allowed"),
    ("hồi 2020 nghỉ phép được mấy ngày", "2020-12-31", "no word for year"),
    ("năm 2019 thì sao?", "2019-12-31", "a follow-up"),
    ("2019 thì sao", "2019-12-31", "a bare year that is asked about"),
    ("còn 2019 thì sao", "2019-12-31", "a bare year after còn"),
    ("tháng 3 năm 2021 thử việc trả bao nhiêu", "2021-03-31", "a month is its last day"),
    ("tháng 2/2024 thử việc trả bao nhiêu", "2024-02-29", "a leap year"),
    ("5/2017 mượn xe làm hư thì sao", "2017-05-31", "month and year with a stroke"),
    ("tháng ba năm 2021 thử việc thế nào", "2021-03-31", "a month in words"),
    ("tháng sáu năm ngoái luật cho mấy ngày", "2025-06-30", "a month of last year, in words"),
    ("t7/2023 lương cơ sở bao nhiêu", "2023-07-31", "a month shortened"),
    ("quý 2 năm 2021 đóng mức nào", "2021-06-30", "a quarter is its last day"),
    ("ngày 5 tháng 2 năm 2017 luật phạt bao nhiêu", "2017-02-05", "a day in words"),
    ("5/2/2017 luật phạt bao nhiêu", "2017-02-05", "day before month"),
    ("ngày 5-2-2017 phạt bao nhiêu", "2017-02-05", "hyphens"),
    ("hôm 5.2.2017 phạt bao nhiêu", "2017-02-05", "points"),
    ("2017-02-05 phạt bao nhiêu", "2017-02-05", "as machines write"),
    ("5/2 năm 2017 luật phạt bao nhiêu", "2017-02-05", "the year apart"),
    ("ngày 5/2/17 luật phạt bao nhiêu", "2017-02-05", "two digits of the year"),
    ("ngày 01 tháng 7 năm ngoái luật phạt bao nhiêu", "2025-07-01", "a day of last year"),
    ("trước 1/7/2025 đăng ký xe ở đâu", "2025-06-30", "before a day is the day before"),
    ("truoc ngay 1 thang 7 nam 2025 dang ky xe o dau", "2025-06-30", "the same without marks"),
    ("trước năm 2021 nghỉ việc báo trước mấy ngày", "2020-12-31", "before a year is before its first day"),
    ("trước tháng 7/2025 thì nộp ở đâu", "2025-06-30", "before a month"),
    ("từ 1/7/2024 lương cơ sở là bao nhiêu", "2024-07-01", "from a day is that day"),
    ("Lương cơ sở từ 1/7/2024 là bao nhiêu", "2024-07-01", "from a day, in the middle"),
    ("kể từ ngày 01/01/2021 nghỉ phép mấy ngày", "2021-01-01", "from a day, formally"),
    ("Từ năm 2024 nghỉ phép mấy ngày", "2024-01-01", "from a year is its first day"),
    ("sau 1/1/2018 15 tuổi có bị xử không", "2018-01-01", "after a day is that day"),
    ("sau năm 2020 được nghỉ mấy ngày", "2021-01-01", "after a year is the day after it"),
    ("đầu năm 2024 luật cho mấy ngày", "2024-01-01", "the beginning of a year"),
    ("giữa năm 2022 luật cho mấy ngày", "2022-06-30", "the middle of a year"),
    ("cuối năm 2020 luật cho mấy ngày", "2020-12-31", "the end of a year"),
    ("đầu tháng 7/2025 nộp ở huyện hay xã", "2025-07-01", "the beginning of a month"),
    ("năm ngoái được nghỉ tết mấy ngày", "2025-12-31", "last year"),
    ("nam ngoai duoc nghi tet may ngay", "2025-12-31", "last year without marks"),
    ("Năm kia được nghỉ tết mấy ngày", "2024-12-31", "the year before last"),
    ("Năm trước được nghỉ tết mấy ngày", "2025-12-31", "last year, otherwise"),
    ("cuối năm ngoái luật cho mấy ngày", "2025-12-31", "the end of last year"),
    ("cách đây 3 năm lãi tối đa bao nhiêu", "2023-11-22", "the same day then"),
    ("cách nay khoảng mười năm lãi tối đa bao nhiêu", "2016-11-22", "a number in words, about"),
    ("cách đây nửa năm lãi tối đa bao nhiêu", "2026-05-22", "half a year"),
    ("cách đây 2 tuần lãi tối đa bao nhiêu", "2026-11-08", "weeks"),
    ("6 năm trước luật cho cắt lương không", "2020-11-22", "years ago"),
    ("hai năm về trước luật cho cắt lương không", "2024-11-22", "years ago, otherwise"),
    ("ngày đó là 5/2/2017, luật lúc đó phạt bao nhiêu, giờ tôi mới hỏi", "2017-02-05", "the law of then, although asked now"),
    ("Luật năm 2018 phạt bao nhiêu, giờ tôi mới biết", "2018-12-31", "the law of a year without title speaks of the time"),
    ("Vụ việc xảy ra ngày 5/2/2017. Nó giật túi của tôi rồi chạy mất. Bị mấy năm tù?", "2017-02-05", "the day of the deed"),
    ("In 2020, how long was probation?", "2020-12-31", "English year"),
    ("What was the limit before 1 July 2025?", "2025-06-30", "English day"),
    ("What was the limit on July 1st, 2025?", "2025-07-01", "American day"),
    ("Back in March 2021 what was probation pay?", "2021-03-31", "English month"),
    ("last year, what was the limit?", "2025-12-31", "English last year"),
    ("three years ago, what was the limit?", "2023-11-22", "English years ago"),
    ("since 2021 how many days of leave?", "2021-01-01", "English from"),
    ("Hiện nay nghỉ phép mấy ngày?", None, "now"),
    ("bây giờ nghỉ phép mấy ngày?", None, "now"),
    ("nghỉ phép mấy ngày?", None, "nothing said"),
    ("", None, "nothing at all"),
    ("Luật 45/2019 cho thử việc bao lâu", None, "a shortened number of a document"),
    ("Điều 36 Luật số 45/2019/QH14 nói gì", None, "a number of a document"),
    ("Nghị định 12/2022/NĐ-CP phạt bao nhiêu", None, "a decree, whose number might be a month"),
    ("nghi dinh 12/2022 phat bao nhieu", None, "the same, shortened"),
    ("NĐ 10/2020 phạt bao nhiêu", None, "the same, abbreviated"),
    ("công văn số 5/2017 nói gì", None, "a letter's number"),
    ("nhà tôi số 12/3/2019 đường Lê Lợi thì nộp ở đâu", None, "an address"),
    ("Bộ luật Dân sự 2015 cho lãi bao nhiêu", None, "a year in a title"),
    ("BLLĐ 2019 cho thử việc bao lâu", None, "a year after an abbreviation"),
    ("luật đất đai năm 2024 cấp sổ thế nào", None, "a title with the word year"),
    ("luat bao hiem xa hoi 2014 cho rut mot lan khong", None, "xã hội is no word for time"),
    ("Luật Hôn nhân và gia đình năm 2014 cho mang thai hộ không", None, "a long title"),
    ("Luật Thi hành án dân sự 2008 quy định gì", None, "thi hành is no end of a title"),
    ("Bộ luật Hình sự 2015 sửa đổi năm 2017 phạt sao", None, "the year of an amendment"),
    ("Hiến pháp 2013 nói gì về nhà ở", None, "the Constitution"),
    ("Under the 2015 Civil Code, how long?", None, "English title"),
    ("Labour Code 2019, article 35", None, "English title, year last"),
    ("bị 2 năm tù có được án treo không", None, "a sentence's length"),
    ("hợp đồng 12 tháng thì nghỉ báo trước mấy ngày", None, "a contract's length"),
    ("nghỉ phép 12 ngày đã hết thì sao", None, "days of leave"),
    ("phải báo 1 tháng trước hả", None, "how early, not when"),
    ("làm đủ 2 năm trước khi nghỉ thì sao", None, "before doing something"),
    ("mấy năm trước có đóng tiền", None, "nobody knows how many years"),
    ("13 tuổi lấy xe máy đi có sao không", None, "an age"),
    ("phạt 2020 đồng hay 2.020.000 đồng", None, "an amount"),
    ("gọi 0912 2019 20 hay 1900 2020 vậy", None, "a phone number"),
    ("con sinh năm 2010 bán xe được không", None, "a birth year"),
    ("tôi sn 1990 đi nghĩa vụ không", None, "a birth year shortened"),
    ("sinh ngày 5/2/1990 thì mấy tuổi về hưu", None, "a birthday"),
    ("I was born in 1990, when can I retire", None, "an English birth year"),
    ("hợp đồng ký năm 2019, giờ muốn nghỉ thì báo trước mấy ngày", None, "a past fact, asked now"),
    ("hop dong ky nam 2019 bay gio muon nghi thi bao truoc may ngay", None, "the same without marks"),
    ("làm từ năm 2018 tới nay thì trợ cấp mấy tháng", None, "until now"),
    ("em làm từ 2018, bị cho nghỉ được mấy tháng lương", None, "work that goes on"),
    ("chồng liệt từ năm ngoái có được chia không", None, "a state that goes on"),
    ("đánh người cách đây sáu năm có còn bị khởi tố không", None, "still"),
    ("Năm 2018 em cho vay 60 triệu. Chị hứa mãi không trả. Kiện được không vậy ạ?", None, "a story's day"),
    ("hợp đồng từ 1/1/2025 đến 31/12/2027 thì sao", None, "a range that holds today"),
    ("31/2/2020 luật phạt bao nhiêu", None, "no such day"),
    ("ngày 30 tháng 2 năm 2020 luật phạt bao nhiêu", None, "no such day in words"),
    ("tháng 13/2020 luật phạt bao nhiêu", None, "no such month"),
    ("năm 1930 luật phạt bao nhiêu", None, "before the State"),
    ("năm 2099 luật phạt bao nhiêu", None, "too far ahead"),
    ("cách đây 900 năm luật phạt bao nhiêu", None, "before the calendar's use"),
    ("Việt Nam ngoài ra còn luật nào", None, "a country, no year"),
)


def _day(text: str) -> str | None:
    meant = day_meant(text, ASKED)
    return meant.day.isoformat() if meant else None


@pytest.mark.parametrize(("text", "day", "why"), CASES, ids=[case[2] for case in CASES])
def test_question_means_the_law_of_the_day_it_names(text: str, day: str | None, why: str) -> None:
    assert _day(text) == day, why


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_unicode_form_changes_no_day(form: Literal["NFC", "NFD"]) -> None:
    for text, day, why in CASES:
        assert _day(unicodedata.normalize(form, text)) == day, why


def test_most_days_are_read_without_marks() -> None:
    same = [_day(fold(text)) == day for text, day, _ in CASES]
    assert sum(same) >= 0.97 * len(same)


def test_days_of_the_temporal_set_are_read() -> None:
    lines = [json.loads(line) for line in (_SETS / "temporal.jsonl").read_text(encoding="utf-8").splitlines()]
    right = 0
    for line in lines:
        asked_on = date.fromisoformat(line["asked_on"])
        meant = day_meant(line["text"], asked_on)
        right += (meant.day if meant else asked_on).isoformat() == line["as_of"]
    assert right >= 0.95 * len(lines)


@pytest.mark.parametrize("name", ["everyday-dev", "everyday-test"])
def test_everyday_questions_mean_today(name: str) -> None:
    texts = [json.loads(line)["text"] for line in (_SETS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [text for text in texts if day_meant(text, ASKED)] == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Thế trước ngày 1/7/2025 thì sao", "trước ngày 1/7/2025"),
        ("hồi năm 2020 luật cho mấy ngày", "hồi năm 2020"),
        ("luật từ đầu năm 2024 cho mấy ngày", "từ đầu năm 2024"),
        ("in 2020, what was it", "in 2020"),
    ],
)
def test_words_that_say_the_day_are_kept_as_written(text: str, words: str) -> None:
    meant = day_meant(text, ASKED)
    assert meant
    assert meant.words == words


@pytest.mark.parametrize(
    ("text", "rest", "words"),
    [
        ("Hồi năm 2020 nghỉ phép mấy ngày?", "nghỉ phép mấy ngày?", "Hồi năm 2020"),
        ("Hiện nay nghỉ phép mấy ngày?", "nghỉ phép mấy ngày?", ""),
        ("Bộ luật Dân sự 2015 cho lãi bao nhiêu", "Bộ luật Dân sự 2015 cho lãi bao nhiêu", ""),
        ("lãi trước 1/7/2025 bao nhiêu", "lãi bao nhiêu", "trước 1/7/2025"),
    ],
)
def test_question_can_be_freed_of_its_day(text: str, rest: str, words: str) -> None:
    assert apart_from_days(text) == (rest, words)


_PIECES = st.sampled_from(
    "năm nam ngày tháng trước từ 2019 31/2/2020 29/2/2023 0/0/2020 cách đây 999 nửa luật quý iv giờ May 2020-13-45 cuối đầu ngoái kia "
    "years ago 5 / - Ðiều İ sinh đến in .".split()
)


@given(text=st.one_of(st.text(), st.lists(_PIECES, max_size=9).map(" ".join)), asked_on=st.dates(date(1980, 1, 1), date(2200, 1, 1)))
def test_any_text_gives_a_day_within_bounds_or_none(text: str, asked_on: date) -> None:
    meant = day_meant(text, asked_on)
    assert meant is None or (date(1945, 1, 1) <= meant.day and meant.day.year <= asked_on.year + 10)
    apart_from_days(text)


@pytest.mark.parametrize(
    ("text", "rest", "day"),
    [
        ("ngày 31/2/2021 nghỉ phép mấy ngày", "nghỉ phép mấy ngày", "31/2/2021"),
        ("nghỉ phép mấy ngày vào ngày 29-02-2023?", "nghỉ phép mấy ngày ?", "29-02-2023"),
        ("ngay 31 thang 4 nam 2020 thu viec may ngay", "thu viec may ngay", "31 thang 4 nam 2020"),
        ("trước 32/1/2020 luật phạt bao nhiêu", "luật phạt bao nhiêu", "32/1/2020"),
        ("ngày 30/2 nghỉ có lương không", "nghỉ có lương không", "30/2"),
        ("31/13/2021 phạt bao nhiêu", "phạt bao nhiêu", "31/13/2021"),
        ("on 31 June 2020 how long is probation", "how long is probation", "31 June 2020"),
        ("ngày 29/2/2024 nghỉ phép mấy ngày", None, ""),  # there is one
        ("ngày 29/2 nghỉ phép mấy ngày", None, ""),
        ("nhà số 31/2/2021 đường Lê Lợi", None, ""),
        ("nghị định 45/2020/NĐ-CP", None, ""),
        ("làm 24/24 ngày 8 tiếng", None, ""),
        ("lương 3/4 tháng", None, ""),
        ("", None, ""),
    ],
)
def test_a_day_that_no_calendar_has_is_known(text: str, rest: str | None, day: str) -> None:
    assert apart_from_impossible_day(text) == (text if rest is None else rest, day)
