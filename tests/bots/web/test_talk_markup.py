"""What is said in a chat as it stands in a page."""

from __future__ import annotations

import pytest

from bots.web.talk_markup import shown

THEODOI = '<button class="command" name="say" value="/theodoi">/theodoi</button>'


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("<b>Mã</b>\n<code>DH-1</code>", "<b>Mã</b>\n<code>DH-1</code>"),
        # A quotation is a block by itself.
        ("Nội dung\n<blockquote>a\nb</blockquote>\n\nHết", "Nội dung<blockquote>a\nb</blockquote>Hết"),
        ('<a href="https://vbpl.vn/?a=1&amp;b=2">Luật</a>', '<a href="https://vbpl.vn/?a=1&amp;b=2" rel="noreferrer">Luật</a>'),
        # Addresses that run something lead nowhere, and tags that nobody may write are no tags.
        ('<a href="javascript:alert(1)">Luật</a>', "Luật"),
        ('<img src=x onerror="alert(1)">ảnh<script>a</script>', "ảnha"),
        ('<b onclick="alert(1)">a</b>', "<b>a</b>"),
        ("a &lt; b &amp; c", "a &lt; b &amp; c"),
        # What was left open ends with the text, what was not opened ends nothing.
        ("<b>a<i>b", "<b>a<i>b</i></b>"),
        ("a</b></div>", "a"),
        ("xin bấm /theodoi", f"xin bấm {THEODOI}"),
        ("/theodoi – xem", f"{THEODOI} – xem"),
        # Dates, halves, addresses and what is quoted are no commands.
        ("và/hoặc 1/2/2026 https://a.vn/gui", "và/hoặc 1/2/2026 https://a.vn/gui"),
        ("<blockquote>/gui</blockquote><code>/gui</code>", "<blockquote>/gui</blockquote><code>/gui</code>"),
    ],
)
def test_the_tags_of_chats_stand_and_commands_can_be_tapped(text: str, written: str) -> None:
    assert shown(text, has_commands=True) == written


def test_what_a_person_typed_is_no_command_to_be_tapped_again() -> None:
    assert shown("/theodoi", has_commands=False) == "/theodoi"
