"""The people of the emulator, and their chats as transcripts."""

from __future__ import annotations

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, ReplyKeyboardMarkup, ReplyKeyboardRemove
from telegram.constants import ParseMode

from tests.telegram.bot_thread import calling, running
from tests.telegram.emulator import Emulator
from tests.telegram.emulator.rich_text import Entity, RichText
from tests.telegram.emulator.transcript import as_markdown, escaped
from tests.telegram.sample_bot import equip

TRANSCRIPT = r"""# Khai sinh

**Lan**:
>
> /start PA-000001

**Diên Hồng**:
>
> **Xin chào** (PA-000001)
>
> `[ Hỏi thủ tục ]`
>
> `[ Gửi số của tôi ]`

**Lan**:
>
> khai sinh \*gấp\*\
> cho con

**Diên Hồng**:
>
> Bạn viết: _khai sinh \*gấp\*_\
> _cho con_
>
> `[ ☐ Tờ khai ]`
>
> `[ ☐ Giấy chứng sinh ]`
>
> `[ Bỏ ]`

*Lan taps* `[ ☐ Tờ khai ]`

**Diên Hồng** (changes the message to):
>
> Bạn viết: _khai sinh \*gấp\*_\
> _cho con_
>
> `[ ☑ Tờ khai ]`
>
> `[ ☐ Giấy chứng sinh ]`
>
> `[ Bỏ ]`

*Lan taps* `[ Bỏ ]`

*Lan is shown:* Đã xoá

**Diên Hồng** (takes the message away):
>
> Bạn viết: _khai sinh \*gấp\*_\
> _cho con_
>
> `[ ☑ Tờ khai ]`
>
> `[ ☐ Giấy chứng sinh ]`
>
> `[ Bỏ ]`

**Lan**:
>
> \[voice note, 3 s\]

**Diên Hồng**:
>
> \[file lai.bin\]\
> 4 byte

*Lan blocks the bot*
"""


@pytest.mark.parametrize("by_webhook", [False, True], ids=["polling", "webhook"])
def test_a_transcript_is_the_same_in_every_run(by_webhook: bool) -> None:
    with Emulator() as telegram, running(telegram, equip, by_webhook=by_webhook):
        lan = telegram.person("Lan")
        lan.starts("PA-X7K2Q9")
        lan.wait_for(1)
        lan.says("khai sinh *gấp*\ncho con")
        lan.wait_for(1)
        lan.taps("☐ Tờ khai")
        lan.wait_for(1)
        lan.taps("Bỏ")
        lan.wait_for_notice()
        telegram.wait_until(lambda: len(lan.messages) == 3)
        lan.sends_voice(b"OggS")
        lan.wait_for(1)
        lan.blocks_bot()
        assert telegram.transcript(lan, "Khai sinh", {"PA-X7K2Q9": "PA-000001"}) == TRANSCRIPT


MARKDOWN = (
    (RichText("a b", (Entity("bold", 0, 1),)), "**a** b"),
    (RichText("ab", (Entity("bold", 0, 2), Entity("italic", 1, 1))), "**a_b_**"),
    (RichText("luật", (Entity("text_link", 0, 4, url="https://vbpl.vn/"),)), "[luật](https://vbpl.vn/)"),
    # A quotation of two lines after a line of its own; the picture counts two units.
    (RichText("😀\na\nb\nc", (Entity("blockquote", 3, 3),)), "😀\n> a\n> b\nc"),
    (RichText("1. a", ()), "1\\. a"),
    (RichText("- a", ()), "\\- a"),
)


@pytest.mark.parametrize(("rich", "markdown"), MARKDOWN)
def test_formatting_in_a_transcript(rich: RichText, markdown: str) -> None:
    assert as_markdown(rich) == markdown


def test_what_markdown_would_take_for_its_own_is_escaped() -> None:
    assert escaped("# [a](b) <i> `c` *d* _e_") == r"\# \[a\](b) \<i\> \`c\` \*d\* \_e\_"


def test_waiting_in_vain_fails_with_the_chat_as_it_stands() -> None:
    with Emulator() as telegram:
        lan = telegram.person("Lan")
        lan.says("có ai không?")
        with pytest.raises(AssertionError, match=r"Lan has not got 1 message\(s\) within 0.05 s. The chat:\n  Lan: có ai không\?"):
            lan.wait_for(1, within=0.05)
        with pytest.raises(AssertionError, match="Lan was shown no notice"):
            lan.wait_for_notice(within=0.05)
        lan.hears_nothing(within=0.05)


def test_hearing_something_where_nothing_should_come_fails() -> None:
    with Emulator() as telegram, running(telegram, equip):
        lan = telegram.person("Lan")
        lan.says("xin chào")
        with pytest.raises(AssertionError, match=r"Lan should have heard nothing.*\n.*\n.*Bạn viết: xin chào"):
            lan.hears_nothing(within=5)


def test_a_long_text_goes_as_several_messages() -> None:
    with Emulator() as telegram:
        lan = telegram.person("Lan")
        last = lan.says("a" * 4096 + "b" * 5)
        assert [len(message.text) for message in lan.messages] == [4096, 5]
        assert last.text == "b" * 5


def test_only_own_messages_can_be_changed_by_a_person() -> None:
    with Emulator() as telegram:
        lan = telegram.person("Lan")
        lan.starts()
        calling(telegram, lambda bot: bot.send_message(lan.chat_id, "a"))
        with pytest.raises(AssertionError, match="can edit own messages only"):
            lan.edits(lan.messages[-1], "b")


def test_a_keyboard_stays_until_it_is_used_once_or_taken_away() -> None:
    with Emulator() as telegram:
        lan = telegram.person("Lan")
        lan.starts()

        async def talk(bot: Bot) -> None:
            shown = []
            await bot.send_message(lan.chat_id, "a", reply_markup=ReplyKeyboardMarkup([["Có", "Không"]]))
            await bot.send_message(lan.chat_id, "b")
            lan.taps("Có")
            shown.append(lan.keyboard)
            await bot.send_message(lan.chat_id, "c", reply_markup=ReplyKeyboardRemove())
            shown.append(lan.keyboard)
            await bot.send_message(lan.chat_id, "d", reply_markup=ReplyKeyboardMarkup([["Một lần"]], one_time_keyboard=True))
            lan.taps("Một lần")
            shown.append(lan.keyboard)
            assert shown == [(("Có", "Không"),), (), ()]

        calling(telegram, talk)


def test_a_link_to_the_bot_starts_it_and_other_links_are_opened() -> None:
    links = {"Theo dõi": "https://t.me/dienhong_bot?start=PA-1", "Toàn văn": "https://vbpl.vn/1"}
    with Emulator() as telegram:
        lan = telegram.person("Lan")
        lan.starts()

        async def talk(bot: Bot) -> None:
            buttons = InlineKeyboardMarkup.from_column([InlineKeyboardButton(label, url=url) for label, url in links.items()])
            await bot.send_message(lan.chat_id, "Luật <a href='https://vbpl.vn/2'>Đất đai</a>", ParseMode.HTML, reply_markup=buttons)

        calling(telegram, talk)
        lan.taps("Theo dõi")
        assert lan.messages[-1].text == "/start PA-1"
        lan.taps("Toàn văn")
        told = telegram.transcript(lan, "Liên kết")
    assert "Luật [Đất đai](https://vbpl.vn/2)" in told
    assert told.endswith("*Lan opens https://vbpl.vn/1*\n")


def test_ids_and_dates_are_the_same_in_every_run() -> None:
    def whole_chat() -> object:
        with Emulator() as telegram:
            lan, minh = telegram.person("Lan"), telegram.person("Minh")
            lan.sends_photo(b"\x89PNG\r\n\x1a\n")
            minh.says("a")
            telegram.group("Tổ 5", lan, minh)
            return calling(telegram, _all_updates)

    assert whole_chat() == whole_chat()


async def _all_updates(bot: Bot) -> list[str]:
    return [update.to_json() for update in await bot.get_updates()]
