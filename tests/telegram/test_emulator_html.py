"""Telegram's HTML as the emulator reads it."""

from __future__ import annotations

import html

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.telegram.emulator.errors import ApiError
from tests.telegram.emulator.html_mode import read_html
from tests.telegram.emulator.rich_text import Entity, RichText, chunks, part, trimmed, units, with_found

READ = (
    ("không có gì", "không có gì", ()),
    ("<b>a</b><i>b</i>", "ab", (Entity("bold", 0, 1), Entity("italic", 1, 1))),
    (
        "<strong>a</strong><em>b</em><ins>c</ins><del>d</del>",
        "abcd",
        tuple(map(Entity, ("bold", "italic", "underline", "strikethrough"), range(4), [1] * 4)),
    ),
    # Offsets are in UTF-16 units: the picture counts two.
    ("😀<b>Đ</b>", "😀Đ", (Entity("bold", 2, 1),)),
    ("<b>a<i>b</i></b>", "ab", (Entity("bold", 0, 2), Entity("italic", 1, 1))),
    ("<B>a</b >", "a", (Entity("bold", 0, 1),)),
    ("a<b></b>", "a", ()),
    # Only four names are known; the others stay as they are written.
    ("&lt;b&gt; &amp; &quot; &nbsp; &laquo; &#273; &#x111; & a", '<b> & " &nbsp; &laquo; đ đ & a', ()),
    ('<a href="https://vbpl.vn/?a=1&amp;b=2">luật</a>', "luật", (Entity("text_link", 0, 4, url="https://vbpl.vn/?a=1&b=2"),)),
    ("<a>vbpl.vn</a>", "vbpl.vn", (Entity("text_link", 0, 7, url="http://vbpl.vn/"),)),
    # A link that leads nowhere is dropped without a word.
    ('<a href="không">x</a>', "x", ()),
    ("<blockquote>a</blockquote>", "a", (Entity("blockquote", 0, 1),)),
    ("<blockquote expandable>a</blockquote>", "a", (Entity("expandable_blockquote", 0, 1),)),
    ('<span class="tg-spoiler">a</span>', "a", (Entity("spoiler", 0, 1),)),
    ("<tg-emoji emoji-id='5368324170671202286'>👍</tg-emoji>", "👍", (Entity("custom_emoji", 0, 2, emoji_id="5368324170671202286"),)),
    ('<code class="language-sql">a</code>', "a", (Entity("code", 0, 1),)),
    ('<pre><code class="language-sql">a</code></pre>', "a", (Entity("pre", 0, 1, language="sql"),)),
)
REFUSED = (
    ("<p>a</p>", 'Unsupported start tag "p" at byte offset 0'),
    # In bytes, not characters.
    ("Đ <br>", 'Unsupported start tag "br" at byte offset 3'),
    ("1 < 2 > 1", 'Unsupported start tag "" at byte offset 2'),
    ("1 < 2", "Unclosed start tag at byte offset 2"),
    ("<b>a", 'Can\'t find end tag corresponding to start tag "b"'),
    ("a</b>", "Unexpected end tag at byte offset 1"),
    ("<b>a</b", "Unclosed end tag at byte offset 4"),
    ("<b><i>a</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
    ("<b", "Unclosed start tag at byte offset 0"),
    ('<a href="x>a</a>', 'Unclosed start tag "a" at byte offset 0'),
    ("<span>a</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ("<tg-emoji>a</tg-emoji>", "Invalid custom emoji identifier specified"),
)


@pytest.mark.parametrize(("source", "text", "entities"), READ)
def test_html_shows_as(source: str, text: str, entities: tuple[Entity, ...]) -> None:
    assert read_html(source) == RichText(text, entities)


@pytest.mark.parametrize(("source", "reason"), REFUSED)
def test_html_is_refused_with(source: str, reason: str) -> None:
    with pytest.raises(ApiError) as refusal:
        read_html(source)
    assert refusal.value.body() == {"ok": False, "error_code": 400, "description": f"Bad Request: can't parse entities: {reason}"}


@settings(max_examples=50)
@given(st.text())
def test_escaped_text_shows_as_it_was(text: str) -> None:
    assert read_html(html.escape(text, quote=False)) == RichText(text)


@settings(max_examples=50)
@given(st.lists(st.tuples(st.sampled_from(["b", "i", "u", "s", "code"]), st.text(min_size=1))))
def test_spans_cover_what_was_between_their_tags(pieces: list[tuple[str, str]]) -> None:
    rich = read_html("".join(f"<{tag}>{html.escape(text)}</{tag}>" for tag, text in pieces).replace("&#x27;", "'"))
    assert [part(rich.text, one.offset, one.length) for one in rich.entities] == [text for _, text in pieces]


def test_spans_move_with_the_white_space_that_goes() -> None:
    assert trimmed(RichText(" \nab ", (Entity("bold", 0, 3), Entity("italic", 3, 2), Entity("code", 0, 2)))) == RichText(
        "ab", (Entity("bold", 0, 1), Entity("italic", 1, 1))
    )


FOUND: tuple[tuple[str, list[tuple[str, str]]], ...] = (
    ("/start abc", [("bot_command", "/start")]),
    ("xem /theodoi@dienhong_bot nhé", [("bot_command", "/theodoi@dienhong_bot")]),
    ("@dienhong_bot thủ tục?", [("mention", "@dienhong_bot")]),
    ("a@b.vn và https://vbpl.vn/x.", [("email", "a@b.vn"), ("url", "https://vbpl.vn/x.")]),
    # A number of a decree, a date and a fraction are no commands.
    ("123/2015/NĐ-CP ngày 1/7, 1/2", []),
)


@pytest.mark.parametrize(("text", "found"), FOUND)
def test_commands_mentions_and_addresses_are_found_in_plain_text(text: str, found: list[tuple[str, str]]) -> None:
    entities = with_found(RichText(text)).entities
    assert [(one.kind, part(text, one.offset, one.length)) for one in entities] == found


@settings(max_examples=50)
@given(st.text(max_size=300), st.integers(min_value=2, max_value=20))
def test_a_long_text_goes_in_pieces_that_fit_and_lose_nothing(text: str, limit: int) -> None:
    pieces = chunks(text, limit)
    assert "".join(pieces) == text
    assert all(units(piece) <= limit for piece in pieces)
