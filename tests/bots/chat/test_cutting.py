"""Text in Telegram's HTML, cut into messages."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bots.chat.cutting import LONGEST_TEXT, cut, label_within, shown_text, units
from tests.telegram.emulator.html_mode import read_html
from tests.telegram.emulator.rich_text import part

WORDS = st.text(alphabet="aăâbđ&<>\"'.;,1áộ🙂", min_size=1, max_size=8)
TEXTS = st.lists(WORDS, min_size=1, max_size=12).map(lambda words: escape(" ".join(words), quote=False))
OPENED = ("b", "i", "code", "blockquote", 'a href="https://example.org/?a=1&amp;b=2"')


def joined(parts: Sequence[str], between: str) -> str:
    return between.join(parts)


def tagged(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    wrapped = st.builds(lambda tag, text: f"<{tag}>{text}</{tag.split()[0]}>", st.sampled_from(OPENED), inner)
    return wrapped | st.builds(joined, st.lists(inner, min_size=1, max_size=4), st.sampled_from([" ", "\n", "\n\n", "\n  \n", ". "]))


MARKUP = st.recursive(TEXTS, tagged, max_leaves=12)


def formatted(markup: str) -> list[tuple[str, frozenset[str]]]:
    """Each character that is no blank with the formats that it has, as Telegram reads them."""
    rich = read_html(markup)
    found, place = [], 0
    for character in rich.text:
        kinds = frozenset(one.kind for one in rich.entities if one.offset <= place < one.end)
        if not character.isspace():
            found.append((character, kinds))
        place += units(character)
    return found


@given(MARKUP, st.integers(2, 60))
@settings(max_examples=200, deadline=None)
def test_the_pieces_are_the_whole_with_its_formats_and_each_fits_and_is_valid(markup: str, limit: int) -> None:
    pieces = cut(markup, limit)
    assert all(0 < units(read_html(piece).text) <= limit for piece in pieces)
    assert [one for piece in pieces for one in formatted(piece)] == formatted(markup)


@given(MARKUP)
@settings(max_examples=100, deadline=None)
def test_words_stay_whole(markup: str) -> None:
    pieces = cut(markup, 60)
    assert [word for piece in pieces for word in read_html(piece).text.split()] == read_html(markup).text.split()


@given(MARKUP)
@settings(max_examples=50, deadline=None)
def test_what_fits_is_one_message_and_shows_what_telegram_shows(markup: str) -> None:
    assert [shown_text(piece) for piece in cut(markup, 100_000)] == [read_html(markup).text.strip()]


@pytest.mark.parametrize(
    ("text", "limit", "expected"),
    [
        ("Đoạn một.\n\nĐoạn hai dài hơn.", 22, ["Đoạn một.", "Đoạn hai dài hơn."]),
        ("a) Điểm một;\nb) Điểm hai; hết", 24, ["a) Điểm một;", "b) Điểm hai; hết"]),
        ("Câu thứ nhất. Câu thứ hai", 20, ["Câu thứ nhất.", "Câu thứ hai"]),
        ("Theo khoản 1. Người lao động", 20, ["Theo khoản 1. Người", "lao động"]),  # the number of a clause ends no sentence
        ("Một hai ba bốn", 8, ["Một hai", "ba bốn"]),
        ("<b>Một hai ba bốn</b>", 8, ["<b>Một hai</b>", "<b>ba bốn</b>"]),
        ("x" * 10, 4, ["xxxx", "xxxx", "xx"]),
        ("🙂" * 3, 4, ["🙂🙂", "🙂"]),  # each is two units
        ("&amp;" * 3, 2, ["&amp;&amp;", "&amp;"]),
        ("e\u0301" * 2, 3, ["e\u0301", "e\u0301"]),  # a mark is not parted from its letter
        ("", 5, []),
        ("  \n ", 5, []),
    ],
)
def test_a_text_is_cut_at_the_best_border(text: str, limit: int, expected: list[str]) -> None:
    assert cut(text, limit) == expected


def test_an_early_border_does_not_leave_a_message_nearly_empty() -> None:
    assert units(cut("Mở đầu.\n\n" + "từ " * 2_000)[0]) > LONGEST_TEXT // 2


def test_a_link_goes_on_in_the_next_piece() -> None:
    first, second = cut('<a href="https://example.org/">một hai ba bốn</a>', 8)
    assert {entity.url for piece in (first, second) for entity in read_html(piece).entities} == {"https://example.org/"}
    assert part(read_html(second).text, 0, 6) == "ba bốn"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Xem thêm", "Xem thêm"),
        ("Một  hai\nba", "Một hai ba"),
        ("Một hai ba bốn năm", "Một hai ba…"),
        ("Một hai – ba bốn năm", "Một hai…"),
        ("Một hai ba, bốn", "Một hai ba…"),
        ("x" * 20, "x" * 10 + "…"),
    ],
)
def test_a_label_is_cut_after_a_whole_word(text: str, expected: str) -> None:
    assert label_within(text, 11) == expected
