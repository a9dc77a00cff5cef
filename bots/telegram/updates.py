"""Telegram's updates as events of a chat."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from telegram import CallbackQuery, ChatMemberUpdated, Message, MessageEntity, Update, User
from telegram.constants import ChatMemberStatus, ChatType, MessageAttachmentType, MessageType

from assistant.chats.types import Event, EventKind, FileAtChannel, FileKind

CHANNEL = "telegram"
# The kinds of updates that lead to events; Telegram keeps the others to itself.
WANTED = ("message", "edited_message", "callback_query", "my_chat_member")
# They are numbers of some twenty digits.
_LONGEST_ALBUM = 30
_GROUPS = (ChatType.GROUP, ChatType.SUPERGROUP)
# What a chat says of itself, e.g. that something was pinned: nobody waits for an answer to it.
_NO_NOTICES = {*(one.value for one in MessageAttachmentType), "text", "checklist", "effect_id", "reply_to_story", "sender_boost_count"}
_NOTICES = tuple(sorted({one.value for one in MessageType} - _NO_NOTICES))


def event_of(update: Update, me: User) -> Event | None:
    """What somebody did, or None where the bot (`me`) has nothing to say to it."""
    if update.callback_query:
        return _tapped(update, update.callback_query)
    if update.my_chat_member:
        return _standing(update, update.my_chat_member)
    message = update.message or update.edited_message
    if message is None:
        return None
    if message.chat.type in _GROUPS:
        return _said_in_group(update, message, me) if update.message else None
    if message.chat.type != ChatType.PRIVATE:
        return None
    return _said(update, message) if update.message else _edited(update, message)


def chat_of(update: Mapping[str, Any]) -> str:
    """The address of the chat that an update is from, as it came over the wire; empty where nothing in it tells."""
    for kind in WANTED:
        held = update.get(kind)
        told = (held.get("message") if kind == "callback_query" else held) if isinstance(held, dict) else None
        place = told.get("chat") if isinstance(told, dict) else None
        number = place.get("id") if isinstance(place, dict) else None
        if isinstance(number, int):
            return str(number)
    return ""


def _tapped(update: Update, tap: CallbackQuery) -> Event | None:
    if tap.message is None or tap.data is None or tap.message.chat.type != ChatType.PRIVATE:
        return None
    return Event(
        CHANNEL,
        str(update.update_id),
        str(tap.message.chat.id),
        EventKind.BUTTON,
        tap.data,
        str(tap.message.message_id),
        language=_language(tap.from_user),
        is_language_guessed=True,
    )


def _standing(update: Update, change: ChatMemberUpdated) -> Event | None:
    """Blocking the bot; whoever unblocks it is heard of by what they write."""
    if change.chat.type != ChatType.PRIVATE or change.new_chat_member.status != ChatMemberStatus.BANNED:
        return None
    return Event(CHANNEL, str(update.update_id), str(change.chat.id), EventKind.BLOCKED, language=_language(change.from_user))


def _said(update: Update, message: Message) -> Event | None:
    if message.text is not None:
        return _event(update, message, EventKind.TEXT, message.text)
    if file := _file(message):
        return _event(update, message, EventKind.FILE, message.caption or "", file=file)
    if message.location:
        return _event(update, message, EventKind.PLACE, point=(message.location.latitude, message.location.longitude))
    if message.contact and message.from_user and message.contact.user_id == message.from_user.id:
        # One's own number comes in its international form, by some programs without the sign.
        return _event(update, message, EventKind.CONTACT, f"+{message.contact.phone_number.lstrip('+')}")
    if any(getattr(message, notice, None) for notice in _NOTICES):
        return None
    return _event(update, message, EventKind.UNSUPPORTED)


def _edited(update: Update, message: Message) -> Event | None:
    """Changed words; a live location that moved is none."""
    if message.text is None and _file(message) is None:
        return None
    return _event(update, message, EventKind.EDIT, message.caption or "" if message.text is None else message.text)


def _said_in_group(update: Update, message: Message, me: User) -> Event | None:
    text = message.text or message.caption or ""
    entities = message.entities or message.caption_entities
    mentions = [one for one in entities if _mentions(message, one, me)]
    commands = [_part(text, one).lower() for one in entities if one.type == MessageEntity.BOT_COMMAND and one.offset == 0]
    if any("@" in command and not command.endswith(_name(me)) for command in commands):
        return None
    is_commanded = any(command.endswith(_name(me)) for command in commands)
    words = _without(text, mentions).strip(" \n,:;")
    if not words or not (mentions or is_commanded or _answers(message, me)):
        return None
    return _event(update, message, EventKind.TEXT, words, is_group=True)


def _mentions(message: Message, entity: MessageEntity, me: User) -> bool:
    if entity.type == MessageEntity.TEXT_MENTION:
        return entity.user is not None and entity.user.id == me.id
    return entity.type == MessageEntity.MENTION and _part(message.text or message.caption or "", entity).lower() == _name(me)


def _answers(message: Message, me: User) -> bool:
    before = message.reply_to_message
    # In a forum whatever is said in a topic "answers" the message that opened it.
    return before is not None and before.from_user is not None and before.from_user.id == me.id and not before.forum_topic_created


def _file(message: Message) -> FileAtChannel | None:
    if message.photo:
        largest = max(message.photo, key=lambda one: one.width * one.height)
        return FileAtChannel(FileKind.PHOTO, largest.file_id, largest.file_size)
    if sound := message.voice or message.audio:
        return FileAtChannel(FileKind.VOICE, sound.file_id, sound.file_size)
    # A moving picture comes as a document too, for old programs.
    if file := message.animation or message.video or message.video_note or message.document:
        return FileAtChannel(FileKind.DOCUMENT, file.file_id, file.file_size)
    return None


def _event(
    update: Update,
    message: Message,
    kind: EventKind,
    text: str = "",
    *,
    file: FileAtChannel | None = None,
    point: tuple[float, float] | None = None,
    is_group: bool = False,
) -> Event:
    number, address, language = str(update.update_id), str(message.chat.id), _language(message.from_user)
    before = message.reply_to_message
    answers = str(before.message_id) if before and not is_group else ""
    album, own = (message.media_group_id or "")[:_LONGEST_ALBUM], str(message.message_id)
    return Event(CHANNEL, number, address, kind, text, own, file, point, language, is_group, answers, album, is_language_guessed=True)


def _language(person: User | None) -> str:
    code = (person.language_code if person else None) or ""
    return "en" if code.lower().partition("-")[0] == "en" else "vi"


def _name(me: User) -> str:
    return f"@{me.username or ''}".lower()


def _part(text: str, entity: MessageEntity) -> str:
    # Telegram counts in UTF-16 units.
    return text.encode("utf-16-le")[2 * entity.offset : 2 * (entity.offset + entity.length)].decode("utf-16-le")


def _without(text: str, entities: Iterable[MessageEntity]) -> str:
    units = text.encode("utf-16-le")
    for one in sorted(entities, key=lambda entity: entity.offset, reverse=True):
        units = units[: 2 * one.offset] + units[2 * (one.offset + one.length) :]
    return units.decode("utf-16-le")
