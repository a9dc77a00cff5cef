"""Messages that are nothing but a name, or nothing at all: over all the guides' own names, without any search."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.understand import Wording
from assistant.understanding.short_words import GuideNames, ShortWords, wants_erased
from corpus.sources.guides import load_guides
from corpus.text import fold
from corpus.types import Procedure

WORDS = ShortWords.load()
AROUND = ("{}", "{} ở đâu", "thủ tục {}", "làm thủ tục {} cần giấy tờ gì ạ", "cho tôi hỏi {} như thế nào", "{} ở")


@cache
def guides() -> tuple[Procedure, ...]:
    return load_guides().procedures


@cache
def names() -> GuideNames:
    return GuideNames(guides(), WORDS, Wording.load().spelled_out)


def found(text: str) -> list[str]:
    return [guide.id for guide in names().find(text)]


@pytest.mark.parametrize("around", AROUND)
def test_every_guide_is_found_by_everything_it_is_called(around: str) -> None:
    missed = [
        (form, guide.id)
        for guide in guides()
        for form in (guide.name, *guide.also_called)
        for text in (around.format(form), fold(around.format(form)), around.format(form).upper())
        if guide.id not in found(text)
    ]
    assert missed == []


@pytest.mark.parametrize(
    ("text", "guide"),
    [
        ("khai tử", "dang-ky-khai-tu"),
        ("tach ho", "tach-ho"),
        ("hộ chiếu", "cap-ho-chieu-pho-thong"),
        ("lý lịch tư pháp số 2", "cap-phieu-ly-lich-tu-phap"),
        ("xóa đăng ký thường trú", "xoa-dang-ky-thuong-tru"),
        ("đăng ký thường trú", "dang-ky-thuong-tru"),
        ("gia hạn tạm trú", "dang-ky-tam-tru"),
        ("hồ sơ nghỉ hưu", "huong-luong-huu"),
    ],
)
def test_the_guide_that_is_meant_comes_first(text: str, guide: str) -> None:
    assert found(text)[:1] == [guide]


def test_guides_of_one_name_are_all_given() -> None:
    assert set(found("gia hạn tạm trú ở đâu")) == {"dang-ky-tam-tru", "gia-han-tam-tru-cho-nguoi-nuoc-ngoai"}


@pytest.mark.parametrize(
    "text",
    [
        "hủy đăng ký kết hôn",
        "chấm dứt giám hộ",
        "đăng ký kết hôn có bị phạt không",
        "nghỉ sinh bao lâu",
        "doanh nghiệp",
        "nghĩa vụ",
        "chết",
        "ly hôn nộp ở đâu",
        "xin chào",
        "",
    ],
)
def test_more_than_a_name_and_what_is_no_name_finds_no_guide(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "text", ["không", "nộp ở đâu", "o dau", "bao nhiêu tiền", "cho em hỏi", "thủ tục", "có được không", "how much", "Không?"]
)
def test_words_that_ask_or_answer_have_no_matter(text: str) -> None:
    assert WORDS.has_no_matter(text)


@pytest.mark.parametrize(
    "text", ["tách hộ", "mất sổ đỏ", "mày là ai", "ok", "cảm ơn", "👍", "", "thử việc bao lâu", "được lắm", "mấy giờ rồi"]
)
def test_a_matter_or_small_talk_is_not_empty(text: str) -> None:
    assert not WORDS.has_no_matter(text)


@pytest.mark.parametrize(
    ("text", "guide", "turns"),
    [
        ("đăng ký thường trú khi mua nhà", "xoa-dang-ky-thuong-tru", True),
        ("cắt khẩu cho người đã mất", "xoa-dang-ky-thuong-tru", False),
        ("hưởng trợ cấp thất nghiệp", "uy-quyen-linh-thay-bao-hiem-xa-hoi", True),
        ("lãnh lương hưu giùm mẹ", "uy-quyen-linh-thay-bao-hiem-xa-hoi", False),
        ("đơn phương ly hôn nộp ở đâu", "dang-ky-ket-hon", True),
        ("hủy đăng ký kết hôn", "dang-ky-ket-hon", True),
        ("tôi đã ly hôn mấy năm rồi giờ muốn cưới lại thì nộp giấy gì", "dang-ky-ket-hon", False),
        ("đăng ký kết hôn ở đâu", "dang-ky-ket-hon", False),
    ],
)
def test_a_guide_of_another_act_is_not_meant(text: str, guide: str, turns: bool) -> None:
    known = {one.id: one for one in guides()}
    assert WORDS.turns_from(text, known[guide]) is turns


@pytest.mark.parametrize(
    ("text", "erases"),
    [
        ("xoá cuộc trò chuyện", True),
        ("Xóa cuộc trò chuyện này giúp tôi", True),
        ("xoa het tin nhan", True),
        ("delete this conversation", True),
        ("xóa án tích", False),
        ("xóa đăng ký thường trú", False),
        ("cuộc trò chuyện", False),
        ("ai được xóa tin nhắn của tôi", False),
    ],
)
def test_a_wish_to_delete_the_conversation_is_told_from_a_question(text: str, erases: bool) -> None:
    assert wants_erased(text) is erases


@given(st.text(max_size=60))
def test_any_text_can_be_looked_up(text: str) -> None:
    assert len(set(found(text))) == len(found(text))
    assert WORDS.has_no_matter(text) in (True, False)
