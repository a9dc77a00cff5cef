"""Earlier submissions of the same matter: the same trouble at the same place, however it is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.feedback.suggesting.similar import LIKELY, Known, Similar, SimilarFinder, Usual, known
from assistant.feedback.suggesting.similar_words import Naming, terms_of, words_of
from eval.duplicates import measure_duplicates, usual_counts

DAY = date(2026, 11, 1)
MODEL = SimilarFinder.load()
# Directions of meaning: letters of one topic lie close, as the encoder has it (cosines of .8 and more for everything).
TOPICS = ("potholes", "power cuts", "fees", "smell")
HERE, ELSEWHERE = "commune:00013", "commune:22222"


def meaning(topic: str, own: int = 0) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    """Cosines as the encoder has them: .90 between letters of one topic, .83 between others."""
    vector = np.zeros(len(TOPICS) + 101, np.float32)
    vector[0], vector[1 + TOPICS.index(topic)], vector[1 + len(TOPICS) + own % 100] = 0.83**0.5, 0.07**0.5, 0.1**0.5
    return vector


def letter(number: int, text: str, topic: str, *areas: str, field: str | None = None, day: date = DAY) -> Known:
    return known(number, text, meaning(topic, number), areas, field, (), day)


POTHOLE = letter(1, "Ổ gà sâu trước cổng trường tiểu học Kim Đồng, phường Nam Định, hai em học sinh ngã tuần này.", "potholes")
OTHERS = (
    letter(2, "Xóm Bãi Giữa xã Hồng Phong ngày nào cũng mất điện từ 18 giờ đến 21 giờ.", "power cuts"),
    letter(3, "Lớp 3A trường tiểu học Lê Lợi thu 1,8 triệu quỹ phụ huynh.", "fees"),
    letter(4, "Trại lợn cuối thôn Phú Lễ xả thẳng phân ra mương, hôi không chịu được.", "smell"),
)


def finder(*letters: Known, is_bare: bool = False) -> SimilarFinder:
    made = SimilarFinder(MODEL.weights, Usual(0, {})) if is_bare else SimilarFinder.load()
    for one in letters:
        made.add(one)
    return made


def score(new: Known, earlier: Known) -> float:
    return next((one.score for one in finder(earlier, *OTHERS).find(new) if one.number == earlier.number), 0.0)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("ổ gà trước cổng trường kim đồng nam định sâu lắm, sáng nay mẹ em suýt ngã", "in small letters"),
        ("o ga truoc cong truong tieu hoc kim dong phuong nam dinh, hoc sinh nga hoai", "without marks"),
        ("CỔNG TRƯỜNG TIỂU HỌC KIM ĐỒNG PHƯỜNG NAM ĐỊNH Ổ GÀ TO NHƯ CÁI AO!!!", "shouted"),
    ],
)
def test_the_same_matter_is_likely_however_it_is_written(text: str, why: str) -> None:
    assert score(letter(9, text, "potholes"), POTHOLE) >= LIKELY, why


@pytest.mark.parametrize(
    ("text", "topic", "why"),
    [
        ("Ổ gà sâu trên đường liên xã Thạch Hà, xe máy ngã suốt.", "potholes", "the same trouble elsewhere"),
        ("Bếp ăn bán trú phường Nam Định thu tiền không có hóa đơn.", "fees", "another trouble in the same commune"),
        ("Phòng khám phường Nam Định bắt xét nghiệm ba lần.", "fees", "another trouble in the same commune"),
    ],
)
def test_another_matter_is_not_likely(text: str, topic: str, why: str) -> None:
    assert score(letter(9, text, topic), POTHOLE) < LIKELY, why


def test_another_commune_speaks_against_and_a_missing_place_does_not() -> None:
    here, text = replace(POTHOLE, areas=frozenset({HERE})), "ổ gà trước cổng trường tiểu học kim đồng"
    nowhere, there = letter(9, text, "potholes"), letter(9, text, "potholes", ELSEWHERE)
    assert score(nowhere, here) == score(nowhere, POTHOLE)
    assert score(there, here) < score(nowhere, here) <= score(letter(9, text, "potholes", HERE), here)


def test_a_place_that_may_be_the_same_is_not_another() -> None:
    text = "ổ gà trước cổng trường tiểu học kim đồng"
    unclear = letter(9, text, "potholes", HERE, ELSEWHERE, "commune:33333")
    assert score(unclear, replace(POTHOLE, areas=frozenset({HERE}))) >= score(unclear, POTHOLE)


def test_a_province_says_nothing_against_a_commune() -> None:
    text = "ổ gà trước cổng trường tiểu học kim đồng"
    here = replace(POTHOLE, areas=frozenset({HERE}))
    assert score(letter(9, text, "potholes", "province:37"), here) == score(letter(9, text, "potholes"), here)


def test_a_matter_of_long_ago_is_less_likely() -> None:
    text = "ổ gà trước cổng trường tiểu học kim đồng"
    scores = [score(letter(9, text, "potholes", day=DAY + timedelta(days=days)), POTHOLE) for days in (0, 60, 700)]
    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) == len(scores)


def test_a_common_field_and_a_common_provision_speak_for_it() -> None:
    new = letter(9, "ổ gà trước cổng trường tiểu học kim đồng", "potholes")
    plain = score(new, POTHOLE)
    earlier = replace(POTHOLE, field="transport", provisions=frozenset({"35/2024/QH15@5"}))
    assert score(replace(new, provisions=earlier.provisions), earlier) > plain
    assert score(replace(new, field="transport"), earlier) > plain > score(replace(new, field="health"), earlier)


def test_reasons_are_named() -> None:
    new = letter(9, "ổ gà trước cổng trường tiểu học kim đồng phường nam định", "potholes", HERE)
    earlier = replace(POTHOLE, areas=frozenset({HERE}), provisions=frozenset({"a"}))
    best = finder(earlier).find(replace(new, provisions=frozenset({"a"})))[0]
    assert best.why == ("text", "place", "time", "provision")
    late = finder(replace(earlier, areas=frozenset(), provisions=frozenset())).find(replace(new, day=DAY + timedelta(days=90)))[0]
    assert "time" not in late.why
    assert "provision" not in late.why


def test_a_submission_is_not_similar_to_itself() -> None:
    assert POTHOLE.number not in [one.number for one in finder(POTHOLE, *OTHERS).find(POTHOLE)]


def test_nothing_known_gives_nothing() -> None:
    assert finder().find(POTHOLE) == ()


@pytest.mark.parametrize("text", ["", "?!", "🙃"])
def test_a_text_without_words_is_like_nothing(text: str) -> None:
    assert finder(POTHOLE, letter(8, text, "fees")).find(letter(9, text, "fees")) == ()


def test_what_was_forgotten_is_not_found() -> None:
    made = finder(POTHOLE, *OTHERS)
    made.remove(POTHOLE.number)
    made.remove(12345)
    assert len(made) == len(OTHERS)
    assert POTHOLE.number not in [one.number for one in made.find(replace(POTHOLE, number=9))]


def test_adding_again_replaces() -> None:
    made = finder(POTHOLE, replace(OTHERS[0], number=POTHOLE.number))
    assert len(made) == 1
    assert made.find(replace(POTHOLE, number=9)) == finder(replace(OTHERS[0], number=1)).find(replace(POTHOLE, number=9))


def test_vectors_of_half_precision_do() -> None:
    half = replace(POTHOLE, vector=POTHOLE.vector.astype(np.float16))
    new = letter(9, "ổ gà trước cổng trường tiểu học kim đồng phường nam định", "potholes")
    assert score(new, half) == pytest.approx(score(new, POTHOLE), abs=0.01)


def test_a_rare_word_in_common_counts_more_than_a_usual_one() -> None:
    without_table = finder(is_bare=True)
    for number in range(10, 40):
        without_table.add(letter(number, f"đường hỏng {number}", "potholes"))
    without_table.add(letter(1, "đường hỏng dốc Cửa Rừng", "potholes"))
    assert without_table.find(letter(2, "đường hỏng cửa rừng", "potholes"))[0].number == 1


@pytest.mark.parametrize(
    ("text", "spots", "units"),
    [
        ("cá chết gần cầu Zét", {"cau zet", "zet"}, set()),
        ("tổ ba Minh Xuân", {"to ba", "ba", "ba minh", "minh", "minh xuan", "xuan"}, set()),
        ("chợ phường Nam Định", {"cho phuong", "phuong"}, {"phuong nam", "nam", "nam dinh", "dinh"}),
        ("nhà máy xả thải", set(), set()),
        ("nha may xa thai", set(), {"xa thai", "thai"}),
    ],
)
def test_what_follows_a_place_word_is_a_name(text: str, spots: set[str], units: set[str]) -> None:
    terms = list(terms_of(text))
    assert {term for term, naming in terms if naming is Naming.SPOT} == spots
    assert {term for term, naming in terms if naming is Naming.UNIT} == units


def test_spoken_numerals_are_figures() -> None:
    assert set(terms_of("tổ 3")) == set(terms_of("tổ ba"))


texts = st.text(st.sampled_from("aăâđeêioôơuưynmtcx ABX19,."), max_size=40)
lists = st.lists(st.tuples(texts, st.sampled_from(TOPICS), st.sets(st.sampled_from([HERE, ELSEWHERE, "province:01"]))), max_size=8)


def made_of(rows: list[tuple[str, str, set[str]]]) -> list[Known]:
    return [letter(number, text, topic, *areas) for number, (text, topic, areas) in enumerate(rows)]


@settings(max_examples=60, deadline=None)
@given(lists, texts, st.integers(1, 6))
def test_found_are_known_and_sorted_probabilities_at_most_as_many_as_wanted(
    rows: list[tuple[str, str, set[str]]], text: str, limit: int
) -> None:
    found = finder(*made_of(rows), is_bare=True).find(letter(99, text, "fees"), limit)
    assert len({one.number for one in found}) == len(found) <= limit
    assert {one.number for one in found} <= set(range(len(rows)))
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
    assert all(0 <= one.score <= 1 for one in found)


@settings(max_examples=60, deadline=None)
@given(lists, texts, st.integers(0, 1000))
def test_what_came_and_went_and_in_which_order_changes_nothing(rows: list[tuple[str, str, set[str]]], text: str, seed: int) -> None:
    known_ones = made_of(rows)
    shuffled = [known_ones[place] for place in np.random.default_rng(seed).permutation(len(known_ones))]
    gone = [replace(one, number=one.number + 100) for one in reversed(known_ones)]
    busy = finder(*gone[:3], *shuffled, *gone[3:], is_bare=True)
    for one in gone:
        busy.remove(one.number)
    new = letter(999, text, "fees")
    assert rounded(busy.find(new)) == rounded(finder(*known_ones, is_bare=True).find(new))


def rounded(found: tuple[Similar, ...]) -> list[tuple[float, int]]:
    # The last digits of a product depend on the rows beside it.
    return sorted((round(one.score, 4), one.number) for one in found if round(one.score, 4) > round(found[-1].score, 4))


@given(texts)
def test_words_rise_and_are_all_there(text: str) -> None:
    words = words_of(text)
    assert np.all(np.diff(words.numbers.astype(np.int64)) > 0)
    assert len(words.numbers) == len(words.naming) == len({term for term, _ in terms_of(text)})


# Measuring


def test_figures_count_members_found_and_pairs_suggested() -> None:
    other = replace(letter(7, "ổ gà trước cổng trường tiểu học kim đồng phường nam định", "potholes"), number=1)
    letters = [replace(POTHOLE, number=0), other, OTHERS[0], replace(OTHERS[2], number=3)]
    report = measure_duplicates(letters, ["d01", "d01", None, None], SimilarFinder.load())
    assert (report.n, report.letters, report.recall_at_5, report.members_at_5) == (2, 4, 1.0, 1.0)
    assert (report.precision, report.pair_recall) == (1.0, 1.0)


def test_usual_words_are_those_of_many_texts() -> None:
    assert usual_counts([*["đường hỏng đường"] * 8, "cầu hỏng"]) == {"duong": 8, "duong hong": 8, "hong": 9, "hong duong": 8}
