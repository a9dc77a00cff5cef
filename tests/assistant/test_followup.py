"""Messages that follow from the turns before, and those that open a topic."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.dialogue.followup import PastTurn, as_followup
from assistant.understanding.days import day_meant
from corpus.ids import ProvisionId
from corpus.text import fold

LABOUR, CIVIL = "45/2019/QH14", "91/2015/QH13"
_NAMES = {LABOUR: "Bộ luật Lao động số 45/2019/QH14", CIVIL: "Bộ luật Dân sự số 91/2015/QH13"}
DISMISSED = PastTurn("Công ty cho tôi nghỉ việc vì không đạt chỉ tiêu thì có được không?", (ProvisionId(LABOUR, "36", "1", "a"),))
LEAVE = PastTurn("Ông ngoại tôi mất thì tôi được nghỉ mấy ngày?", (ProvisionId(LABOUR, "115", "2"),))
DEPOSIT = PastTurn("Tôi đặt cọc mua đất, bên bán đổi ý thì đền bao nhiêu?", (ProvisionId(CIVIL, "328"),))
BIRTH = PastTurn("Con tôi sinh tháng trước, đi khai sinh thì cần mang gì?", procedure="Đăng ký khai sinh")


def _rewritten(text: str, *before: PastTurn) -> str | None:
    return as_followup(text, before, name_of=_NAMES.__getitem__)


@pytest.mark.parametrize(
    ("text", "expected", "why"),
    [
        ("khoản 2 nói gì?", "khoản 2 Điều 36 Bộ luật Lao động số 45/2019/QH14 nói gì?", "a clause of the article cited"),
        ("còn khoản 3?", "khoản 3 Điều 36 Bộ luật Lao động số 45/2019/QH14 nói gì?", "a clause and nothing else"),
        ("khoản 3 của điều đó viết gì", "khoản 3 Điều 36 Bộ luật Lao động số 45/2019/QH14 viết gì", "of that article"),
        ("khoan 3 cua no", "khoản 3 Điều 36 Bộ luật Lao động số 45/2019/QH14 nói gì?", "without marks"),
        ("điểm b thì sao", "điểm b khoản 1 Điều 36 Bộ luật Lao động số 45/2019/QH14 nói gì?", "a point of the clause cited"),
        ("điểm đ khoản 2", "điểm đ khoản 2 Điều 36 Bộ luật Lao động số 45/2019/QH14 nói gì?", "đ is no d"),
        ("điều tiếp theo nói gì?", "Điều 37 Bộ luật Lao động số 45/2019/QH14 nói gì?", "the next article"),
        ("điều kế tiếp nữa?", "Điều 37 Bộ luật Lao động số 45/2019/QH14 nói gì?", "the next article, otherwise"),
        ("điều liền trước thì sao?", "Điều 35 Bộ luật Lao động số 45/2019/QH14 nói gì?", "the article before"),
        ("điều 98 nói gì?", "Điều 98 Bộ luật Lao động số 45/2019/QH14 nói gì?", "an article of the same law"),
        ("khoản 1 điều 40 nói gì", "khoản 1 Điều 40 Bộ luật Lao động số 45/2019/QH14 nói gì", "a clause of another article"),
        ("điều đó quy định ở luật nào?", "Điều 36 Bộ luật Lao động số 45/2019/QH14 nói gì?", "which law says so"),
        ("dieu luat do so may", "Điều 36 Bộ luật Lao động số 45/2019/QH14 nói gì?", "which article says so"),
    ],
)
def test_provision_is_taken_from_the_last_citation(text: str, expected: str, why: str) -> None:
    assert _rewritten(text, DISMISSED) == expected, why


def test_provision_is_named_by_number_where_nobody_knows_its_name() -> None:
    assert as_followup("khoản 2 nói gì?", [DISMISSED]) == "khoản 2 Điều 36 văn bản số 45/2019/QH14 nói gì?"


def test_provision_of_an_earlier_turn_counts_where_the_last_cites_none() -> None:
    assert (
        _rewritten("khoản 2 nói gì?", DISMISSED, PastTurn("Cảm ơn", follows=True))
        == "khoản 2 Điều 36 Bộ luật Lao động số 45/2019/QH14 nói gì?"
    )


def test_first_article_has_none_before_it() -> None:
    rewritten = _rewritten("điều liền trước thì sao?", PastTurn("Điều 1?", (ProvisionId(CIVIL, "1"),)))
    assert rewritten is None or "Điều 0" not in rewritten


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("mất bao nhiêu tiền?", "Đăng ký khai sinh: mất bao nhiêu tiền?"),
        ("rồi nộp ở đâu?", "Đăng ký khai sinh: nộp ở đâu?"),
        ("bao lâu có kết quả?", "Đăng ký khai sinh: bao lâu có kết quả?"),
        ("can giay to gi", "Đăng ký khai sinh: can giay to gi"),
        ("lệ phí bao nhiêu ạ?", "Đăng ký khai sinh: lệ phí bao nhiêu ạ?"),
    ],
)
def test_fee_time_place_and_papers_are_asked_of_the_guide_given(text: str, expected: str) -> None:
    assert _rewritten(text, BIRTH) == expected


@pytest.mark.parametrize(
    ("text", "before", "expected", "why"),
    [
        ("còn ba mẹ chồng thì sao ạ", LEAVE, "ba mẹ chồng thì tôi được nghỉ mấy ngày?", "the same of somebody else"),
        (
            "nếu em đang mang thai thì sao?",
            DISMISSED,
            "Công ty cho tôi nghỉ việc vì không đạt chỉ tiêu, nếu em đang mang thai thì có được không?",
            "the same with one fact more",
        ),
        (
            "thế phải báo trước mấy ngày?",
            DISMISSED,
            "Công ty cho tôi nghỉ việc vì không đạt chỉ tiêu — phải báo trước mấy ngày?",
            "something else of the same case",
        ),
        (
            "họ không trả lương thì làm sao?",
            DISMISSED,
            "Công ty cho tôi nghỉ việc vì không đạt chỉ tiêu — họ không trả lương thì làm sao?",
            "a pronoun",
        ),
        ("à nhầm, bà ngoại chứ không phải ông ngoại", LEAVE, "bà ngoại tôi mất thì tôi được nghỉ mấy ngày?", "a word put right"),
        (
            "không, ý em là nghỉ cưới",
            LEAVE,
            "nghỉ cưới — Ông ngoại tôi mất thì tôi được nghỉ mấy ngày?",
            "a correction that names nothing wrong",
        ),
    ],
)
def test_question_of_two_turns_can_be_understood_alone(text: str, before: PastTurn, expected: str, why: str) -> None:
    assert _rewritten(text, before) == expected, why


@pytest.mark.parametrize("text", ["thế năm 2019 thì sao?", "lúc đó là năm 2019 thì sao?", "the nam 2019 thi sao"])
def test_another_day_is_asked_of_the_same_question(text: str) -> None:
    rewritten = _rewritten(text, PastTurn("Hồi năm 2022 đặt cọc mua đất, bên bán đổi ý thì đền bao nhiêu?"))
    assert rewritten
    assert "đặt cọc" in rewritten
    assert "2022" not in rewritten
    meant = day_meant(rewritten, date(2026, 11, 22))
    assert meant
    assert meant.day == date(2019, 12, 31)


def test_follow_ups_of_follow_ups_keep_the_topic() -> None:
    second = PastTurn("Công ty cho tôi nghỉ việc vì không đạt chỉ tiêu — phải báo trước mấy ngày?", follows=True)
    rewritten = _rewritten("rồi mấy bữa họ trả lương?", DISMISSED, second)
    assert rewritten == "Công ty cho tôi nghỉ việc vì không đạt chỉ tiêu — mấy bữa họ trả lương?"


def test_going_back_takes_up_the_earlier_topic() -> None:
    rewritten = _rewritten("Quay lại chuyện đặt cọc lúc nãy, tôi đổi ý thì sao?", DEPOSIT, BIRTH)
    assert rewritten
    assert rewritten.startswith("Tôi đặt cọc mua đất")


def test_english_follow_up_is_joined() -> None:
    before = PastTurn("I handed in my notice last week. Can I take it back?")
    assert (
        _rewritten("what if my boss says no?", before) == "I handed in my notice last week. Can I take it back — what if my boss says no?"
    )


@pytest.mark.parametrize(
    ("text", "before"),
    [
        ("À mà cho hỏi thêm, làm lại thẻ căn cước bị mất thì đến đâu nộp?", DISMISSED),
        ("cho em hoi cai khac, dang ky tam tru o phong tro can giay to gi", DISMISSED),
        ("Còn chuyện này nữa, thằng con tui làm mất biển số xe thì xin lại ở đâu?", DISMISSED),
        ("Đổi chủ đề chút: hàng xóm cứ xả nước thải tràn qua sân nhà tôi, luật bắt họ làm gì?", LEAVE),
        ("Con trai tôi 14 tuổi tự đi mua điện thoại 10 triệu, tôi đòi trả lại cửa hàng được không?", DISMISSED),
        ("Làm hộ chiếu mất mấy ngày?", DISMISSED),
        ("Điều 654 Bộ luật Dân sự nói gì?", DISMISSED),
        ("Khoản 2 Điều 35 Bộ luật Lao động quy định thế nào?", DEPOSIT),
        ("Cảm ơn bạn nhiều nhé!", BIRTH),
        ("Hàng xóm bịt lối đi duy nhất ra đường, nhà tôi bị vây kín thì đòi mở lối được không?", BIRTH),
        ("vay nang lai 20 phan tram mot thang co bi di tu khong a", BIRTH),
        ("ho chieu het han thi xin cap lai o cho nao", LEAVE),
        ("Tôi nợ khoản 3 triệu tiền điện thoại trả góp, công ty tài chính gọi điện chửi bới cả nhà thì kiện ở đâu?", DEPOSIT),
    ],
)
def test_new_topic_stands_alone(text: str, before: PastTurn) -> None:
    assert _rewritten(text, before) is None


def test_first_message_follows_nothing() -> None:
    assert as_followup("thế còn con riêng thì sao?", []) is None


def test_empty_message_follows_nothing() -> None:
    assert as_followup("  ", [DISMISSED]) is None


def test_unicode_form_and_line_breaks_change_nothing() -> None:
    text = "thế còn\nba mẹ chồng thì sao ạ"
    assert _rewritten(unicodedata.normalize("NFD", text), LEAVE) == _rewritten(text.replace("\n", " "), LEAVE)


@pytest.mark.parametrize("text", ["nếu em đang mang thai thì sao?", "thế còn bà ngoại thì sao", "vậy nộp ở đâu", "việc đó mất mấy ngày"])
def test_follow_ups_are_told_without_marks(text: str) -> None:
    assert _rewritten(fold(text), BIRTH) is not None


_TEXTS = st.one_of(
    st.text(max_size=80),
    st.lists(
        st.sampled_from(
            ["khoản", "điều", "2", "trước", "tiếp theo", "thì sao", "nếu", "còn", "nó", "không", "ý em là", "năm 2019", "điểm đ"]
        ),
        max_size=8,
    ).map(" ".join),
)
_TURNS = st.lists(
    st.builds(
        PastTurn,
        asked=_TEXTS,
        provisions=st.sampled_from([(), (ProvisionId(LABOUR),), (ProvisionId(LABOUR, "36", "1", "a"),), (ProvisionId("1/2020/X", "pl1"),)]),
        procedure=st.sampled_from([None, "Đăng ký khai sinh"]),
        follows=st.booleans(),
    ),
    max_size=4,
)


@given(text=_TEXTS, before=_TURNS)
def test_any_dialogue_gives_a_question_or_none(text: str, before: Sequence[PastTurn]) -> None:
    rewritten = as_followup(text, before)
    assert rewritten is None or rewritten.strip()
