"""What may be done to messages, in which chats, and for how long; asked by the library's own methods."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, Message, ReplyKeyboardMarkup
from telegram.error import BadRequest, Forbidden, NetworkError, TelegramError

from tests.telegram.bot_thread import calling, refuses
from tests.telegram.emulator import DOWNLOAD, Emulator, Person, SetClock

PNG = b"\x89PNG\r\n\x1a\n"


@pytest.fixture(scope="module")
def clock() -> SetClock:
    return SetClock()


@pytest.fixture(scope="module")
def telegram(clock: SetClock) -> Iterator[Emulator]:
    with Emulator(clock=clock) as emulator:
        yield emulator


@pytest.fixture(scope="module")
def lan(telegram: Emulator) -> Person:
    person = telegram.person("Lan")
    person.starts()
    return person


def test_editing_to_the_same_is_refused_and_to_something_else_is_not(telegram: Emulator, lan: Person) -> None:
    async def talk(bot: Bot) -> None:
        one, other = (InlineKeyboardMarkup.from_button(InlineKeyboardButton("b", callback_data=data)) for data in "xy")
        message = await bot.send_message(lan.chat_id, "<b>một</b> hai", "HTML", reply_markup=one)
        for text, markup in (("<b>một</b> hai", one), (" <strong>một</strong> hai ", one)):
            with pytest.raises(BadRequest, match="Message is not modified: specified new message content and reply markup"):
                await message.edit_text(text, "HTML", reply_markup=markup)
        with pytest.raises(BadRequest, match="not modified"):
            await message.edit_reply_markup(one)
        await message.edit_text("một hai", reply_markup=one)
        await message.edit_reply_markup(other)
        changed = await message.edit_text("một hai")
        assert isinstance(changed, Message)
        assert changed.reply_markup is None

    calling(telegram, talk)


def test_a_message_with_a_keyboard_of_the_phone_cannot_be_edited(telegram: Emulator, lan: Person) -> None:
    async def talk(bot: Bot) -> None:
        message = await bot.send_message(lan.chat_id, "chọn", reply_markup=ReplyKeyboardMarkup([["a"]]))
        with refuses(BadRequest, "Message can't be edited"):
            await message.edit_text("khác")

    calling(telegram, talk)


def test_a_caption_and_a_text_are_edited_by_different_methods(telegram: Emulator, lan: Person) -> None:
    async def talk(bot: Bot) -> None:
        photo = await bot.send_photo(lan.chat_id, PNG, caption="ổ gà")
        with refuses(BadRequest, "There is no text in the message to edit"):
            await photo.edit_text("hố ga")
        await photo.edit_caption("hố ga")
        with refuses(BadRequest, "Message caption is too long"):
            await photo.edit_caption("a" * 1025)
        again = await bot.send_photo(lan.chat_id, photo.photo[-1].file_id)
        assert again.photo == photo.photo

    calling(telegram, talk)
    assert "hố ga" in [message.text for message in lan.messages]


def test_files_must_be_what_they_are_sent_as(telegram: Emulator, lan: Person) -> None:
    async def talk(bot: Bot) -> None:
        with refuses(BadRequest, "Image_process_failed"):
            await bot.send_photo(lan.chat_id, b"no picture")
        with refuses(BadRequest, "File must be non-empty"):
            await bot.send_document(lan.chat_id, b"")
        with pytest.raises(NetworkError, match="Request Entity Too Large"):
            await bot.send_photo(lan.chat_id, PNG + bytes(10 * 1024 * 1024))

    calling(telegram, talk)


def test_a_file_over_20_megabytes_cannot_be_fetched(telegram: Emulator, lan: Person) -> None:
    lan.sends_document(b"a", "to.zip", size=20 * 1024 * 1024 + 1)

    async def talk(bot: Bot) -> None:
        updates = await bot.get_updates()
        assert updates[-1].message
        assert updates[-1].message.document
        with refuses(BadRequest, "File is too big"):
            await updates[-1].message.document.get_file()

    calling(telegram, talk)
    assert not telegram.calls_of(DOWNLOAD)


def test_a_bot_cannot_write_first(telegram: Emulator) -> None:
    stranger = telegram.person("Người lạ")

    async def talk(bot: Bot) -> None:
        with refuses(BadRequest, "Chat not found"):
            await bot.send_message(stranger.chat_id, "a")
        stranger.says("xin chào")
        await bot.send_message(stranger.chat_id, "a")

    calling(telegram, talk)


def test_who_blocks_the_bot_is_not_reached_until_starting_it_again(telegram: Emulator) -> None:
    thu = telegram.person("Thu")
    thu.starts()
    thu.blocks_bot()

    async def talk(bot: Bot) -> None:
        for call in (bot.send_message(thu.chat_id, "a"), bot.send_chat_action(thu.chat_id, "typing"), bot.send_location(thu.chat_id, 1, 2)):
            with refuses(Forbidden, "Forbidden: bot was blocked by the user"):
                await call

        thu.starts()
        await bot.send_message(thu.chat_id, "a")

    calling(telegram, talk)


def test_who_blocks_the_bot_cannot_write_to_it(telegram: Emulator) -> None:
    thu = telegram.person("Thu")
    thu.starts()
    thu.blocks_bot()
    with pytest.raises(AssertionError, match="Thu has blocked the bot"):
        thu.says("a")


def test_a_bot_that_left_a_group_or_was_thrown_out_of_it_may_not_write_there(telegram: Emulator, lan: Person) -> None:
    group = telegram.group("Tổ 5", lan)

    async def talk(bot: Bot) -> None:
        assert (await bot.get_chat(group.chat_id)).title == "Tổ 5"
        assert await bot.leave_chat(group.chat_id)
        with pytest.raises(Forbidden, match="not a member of the supergroup chat"):
            await bot.send_message(group.chat_id, "a")
        group.adds_bot()
        await bot.send_message(group.chat_id, "a")
        group.removes_bot()
        with pytest.raises(Forbidden, match="was kicked from the supergroup chat"):
            await bot.send_message(group.chat_id, "a")

    calling(telegram, talk)


def test_a_tap_can_be_answered_for_a_short_time_only(telegram: Emulator, clock: SetClock, lan: Person) -> None:
    async def talk(bot: Bot) -> None:
        await bot.send_message(
            lan.chat_id, "a", reply_markup=InlineKeyboardMarkup.from_button(InlineKeyboardButton("Tôi", callback_data="x"))
        )
        lan.taps("Tôi")
        lan.taps("Tôi")
        first, second = [update.callback_query for update in await bot.get_updates(allowed_updates=[]) if update.callback_query]
        clock.advance(timedelta(seconds=15))
        await first.answer("còn kịp")
        clock.advance(timedelta(seconds=1))
        with refuses(BadRequest, "Query is too old and response timeout expired or query id is invalid"):
            await second.answer()

    calling(telegram, talk)
    assert lan.unanswered_taps == 1


def test_a_message_can_be_deleted_for_two_days(telegram: Emulator, clock: SetClock, lan: Person) -> None:
    async def talk(bot: Bot) -> None:
        kept = await bot.send_message(lan.chat_id, "cũ")
        clock.advance(timedelta(hours=49))
        with pytest.raises(BadRequest, match="can't be deleted"):
            await kept.delete()
        fresh = await bot.send_message(lan.chat_id, "mới")
        assert await fresh.delete()

    calling(telegram, talk)
    assert lan.messages[-1].text == "cũ"


def test_the_menu_of_commands_is_kept_by_language(telegram: Emulator) -> None:
    async def talk(bot: Bot) -> None:
        await bot.set_my_commands([("huongdan", "Hướng dẫn")])
        await bot.set_my_commands([("huongdan", "Help")], language_code="en")
        assert [one.description for one in await bot.get_my_commands()] == ["Hướng dẫn"]
        await bot.delete_my_commands(language_code="en")
        assert list(await bot.get_my_commands(language_code="en")) == []

    calling(telegram, talk)


def test_every_refusal_is_an_error_of_the_library(telegram: Emulator, lan: Person) -> None:
    async def talk(bot: Bot) -> None:
        with refuses(TelegramError, 'Can\'t parse entities: unsupported start tag "p" at byte offset 8'):
            await bot.send_message(lan.chat_id, "Điều <p>1</p>", "HTML")

    calling(telegram, talk)
