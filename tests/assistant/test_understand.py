"""What a question is before anything is looked up: cleaned, judged, spelled out."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.understand import MAX_QUESTION_CHARS, Flaw, Wording, calmed, cleaned, flaw_of, unasked_words

WORDING = Wording.load()


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("  nghỉ   việc \t có sao không ", "nghỉ việc có sao không"),  # blanks
        ("nghỉ việc\r\ncó sao không\n\n", "nghỉ việc có sao không"),  # a message of several lines
        ("nghỉ\x00việc\x1b", "nghỉ việc"),  # control characters of a terminal
        ("\u202enghỉ việc\u202c", "nghỉ việc"),  # direction marks that would turn the line around
        ("nghỉ\u2028việc\u0085ngay", "nghỉ việc ngay"),  # line breaks of other alphabets
        ("\ufeffnghỉ việc", "nghỉ việc"),  # a byte order mark of a pasted file
        (unicodedata.normalize("NFD", "nghỉ việc"), "nghỉ việc"),  # typed on a Mac
        ("\u00d0i\u1ec1u 36", "Điều 36"),  # Icelandic Eth
        ("nghỉ \udcff\ud800 việc", "nghỉ việc"),  # bytes that are no UTF-8, as the shell hands them over
        ("", ""),
        (" \n\t\u00a0\u200b ", ""),
    ],
)
def test_question_is_one_clean_line(typed: str, expected: str) -> None:
    assert cleaned(typed) == expected


@given(st.text(st.characters()))
def test_cleaning_twice_is_cleaning_once_and_can_be_printed(typed: str) -> None:
    once = cleaned(typed)
    assert cleaned(once) == once
    assert "\n" not in once
    once.encode("utf-8")


@pytest.mark.parametrize(
    ("typed", "flaw"),
    [
        ("", Flaw.EMPTY),
        ("   \n ", Flaw.EMPTY),
        ("\x00\u202e", Flaw.EMPTY),
        ("🙂🙂", Flaw.NO_WORDS),  # only emoji
        ("???!!!…", Flaw.NO_WORDS),  # only punctuation
        ("12345", Flaw.NO_WORDS),  # a number asks nothing
        ("a", Flaw.NO_WORDS),  # a slip of the finger
        ("a" * 20_000, Flaw.TOO_LONG),
        ("a " * (MAX_QUESTION_CHARS // 2) + "b", Flaw.TOO_LONG),
        ("a" * MAX_QUESTION_CHARS, None),
        ("ly hôn", None),
        ("thuế?", None),
        ("离婚", None),  # letters of any alphabet
    ],
)
def test_flaw_of_a_question(typed: str, flaw: Flaw | None) -> None:
    assert flaw_of(cleaned(typed)) == flaw


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("cty ko trả lương", "công ty không trả lương"),
        ("Cty Ko trả lương", "công ty không trả lương"),  # capital at the start of a sentence
        ("CTY KO", "CTY KO"),  # capitals may be a name
        ("mk nghỉ lm dc k?", "mình nghỉ làm được không?"),
        ("hđlđ 12 tháng", "hợp đồng lao động 12 tháng"),
        ("12h đêm", "12h đêm"),  # an hour, not a word
        ("15 k", "15 không"),  # one letter alone is chat
        ("Điều 5 khoản 2", "Điều 5 khoản 2"),
        ("45/2019/QH14", "45/2019/QH14"),
        ("145/2020/NĐ-CP", "145/2020/NĐ-CP"),
        ("ctyko", "ctyko"),  # whole words only
    ],
)
def test_chat_spelling_is_written_out(typed: str, expected: str) -> None:
    assert WORDING.spelled_out(typed) == expected


@pytest.mark.parametrize("text", ["Nhân viên nghỉ việc phải báo trước bao nhiêu ngày?", "Can I quit without notice?"])
def test_plain_spelling_is_left_alone(text: str) -> None:
    assert WORDING.spelled_out(text) == text


def test_spelling_out_twice_is_spelling_out_once() -> None:
    text = "cty ko tra luong cho nv, bhxh cx ko dong, gio lm j"
    assert WORDING.spelled_out(WORDING.spelled_out(text)) == WORDING.spelled_out(text)


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("thủ tục ly hôn", True),
        ("thu tuc ly hon", True),  # without marks
        ("HỒ SƠ gồm gì", True),
        ("làm hộ chiếu online", True),
        ("đăng ký kết hôn cần giấy tờ gì", True),
        ("lệ phí trước bạ", True),
        ("bị phạt bao nhiêu năm tù", False),
        ("nghỉ việc có được trợ cấp không", False),
        ("onlines", False),  # whole words only
        ("", False),
    ],
)
def test_words_that_ask_for_a_procedure(question: str, asks: bool) -> None:
    assert WORDING.asks_for_procedure(question) is asks


@pytest.mark.parametrize(
    ("name", "question", "unasked"),
    [
        ("Đăng ký kết hôn", "dang ky ket hon o dau", 0),
        ("Đăng ký kết hôn với người nước ngoài", "đăng ký kết hôn ở đâu", 4),
        ("", "gì cũng được", 0),
        ("Tách hộ", "", 2),
    ],
)
def test_words_of_a_name_that_nobody_asked_for(name: str, question: str, unasked: int) -> None:
    assert unasked_words(name, question) == unasked


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("THỬ VIỆC TỐI ĐA BAO LÂU", "thử việc tối đa bao lâu"),
        ("Thử Việc Tối Đa Bao Lâu?", "thử việc tối đa bao lâu?"),
        ("ĐIỀU 35 BLLĐ 45/2019/QH14", "điều 35 bllđ 45/2019/qh14"),
        ("Điều 123 BLHS", "Điều 123 BLHS"),
        ("BHXH", "BHXH"),
        ("Đăng ký tạm trú ở Thủ Đức", "Đăng ký tạm trú ở Thủ Đức"),
        ("thử việc", "thử việc"),
        ("60 ngày", "60 ngày"),
    ],
)
def test_shouting_is_calmed_and_names_stay(text: str, expected: str) -> None:
    assert calmed(text) == expected
    assert calmed(calmed(text)) == expected
