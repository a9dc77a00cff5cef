"""A small bot that uses every part of the Bot API the emulator offers."""

from __future__ import annotations

import html
from typing import Any

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, KeyboardButton, Message, ReplyKeyboardMarkup, Update
from telegram.ext import CallbackQueryHandler, CommandHandler, ContextTypes, MessageHandler, filters

from tests.telegram.bot_thread import Built

Context = ContextTypes.DEFAULT_TYPE
MENU = ReplyKeyboardMarkup([["Hỏi thủ tục"], [KeyboardButton("Gửi số của tôi", request_contact=True)]], resize_keyboard=True)
CHECKLIST = ("Tờ khai", "Giấy chứng sinh")


def equip(application: Built) -> None:
    """Give the bot what it can do."""
    application.add_handler(CommandHandler("start", start))
    application.add_handler(CallbackQueryHandler(tapped))
    application.add_handler(MessageHandler(filters.UpdateType.EDITED_MESSAGE, edited))
    application.add_handler(MessageHandler(filters.PHOTO | filters.VOICE | filters.Document.ALL, got_file))
    application.add_handler(MessageHandler(filters.LOCATION, got_place))
    application.add_handler(MessageHandler(filters.CONTACT, got_contact))
    application.add_handler(MessageHandler(filters.TEXT & ~filters.COMMAND, told))


async def start(update: Update, context: Context) -> None:
    """Greet, with the payload of the link."""
    payload = f" ({context.args[0]})" if context.args else ""
    await _message(update).reply_html(f"<b>Xin chào</b>{payload}", reply_markup=MENU)


async def told(update: Update, context: Context) -> None:
    """Say it again, with papers to tick."""
    message = _message(update)
    await context.bot.send_chat_action(message.chat_id, "typing")
    await message.reply_html(f"Bạn viết: <i>{html.escape(message.text or '')}</i>", reply_markup=_checklist(set()), do_quote=True)


async def tapped(update: Update, context: Context) -> None:
    """Tick a paper, or take the message away."""
    query = update.callback_query
    assert query
    if query.data == "away":
        await query.answer("Đã xoá")
        await query.delete_message()
        return
    await query.answer()
    await query.edit_message_reply_markup(_checklist({int(query.data or 0)}))


async def edited(update: Update, context: Context) -> None:
    """Note the change."""
    await _message(update).reply_text(f"Đã sửa thành: {_message(update).text}")


async def got_file(update: Update, context: Context) -> None:
    """Fetch the file, send it back as a document."""
    message = _message(update)
    sent: Any = message.photo[-1] if message.photo else message.voice or message.document
    content = bytes(await (await sent.get_file()).download_as_bytearray())
    await message.reply_document(content, filename="lai.bin", caption=f"{len(content)} byte")


async def got_place(update: Update, context: Context) -> None:
    """Send the place back."""
    place = _message(update).location
    assert place
    await _message(update).reply_location(place.latitude, place.longitude)


async def got_contact(update: Update, context: Context) -> None:
    """Say the number."""
    contact = _message(update).contact
    assert contact
    await _message(update).reply_text(contact.phone_number)


def _checklist(ticked: set[int]) -> InlineKeyboardMarkup:
    papers = [
        [InlineKeyboardButton(f"{'☑' if number in ticked else '☐'} {paper}", callback_data=str(number))]
        for number, paper in enumerate(CHECKLIST)
    ]
    return InlineKeyboardMarkup([*papers, [InlineKeyboardButton("Bỏ", callback_data="away")]])


def _message(update: Update) -> Message:
    assert update.effective_message
    return update.effective_message
