"""Telegram's updates as events: what somebody did, and what is passed over."""

from __future__ import annotations

from typing import Any

import pytest
from telegram import Update, User

from assistant.chats.types import Event, EventKind, FileAtChannel, FileKind
from bots.telegram.updates import event_of

Json = dict[str, Any]
ME = User(7_000_000_001, "Diên Hồng", is_bot=True, username="dienhong_bot")
LAN: Json = {"id": 100000001, "first_name": "Lan", "is_bot": False, "language_code": "vi"}
BOT: Json = ME.to_dict()
PRIVATE: Json = {"id": 100000001, "type": "private", "first_name": "Lan"}
GROUP: Json = {"id": -1001000000001, "type": "supergroup", "title": "Tổ dân phố 5"}


def message(chat: Json = PRIVATE, /, **content: Any) -> Json:
    return {"message_id": 11, "date": 1795395600, "chat": chat, "from": LAN, **content}


def event(update: Json) -> Event | None:
    whole = Update.de_json({"update_id": 500000001, **update}, None)
    return event_of(whole, ME)


def heard(kind: EventKind, text: str = "", **more: Any) -> Event:
    return Event("telegram", "500000001", "100000001", kind, text, "11", is_language_guessed=True, **more)


def mention(offset: int, length: int = 13) -> Json:
    return {"type": "mention", "offset": offset, "length": length}


def command(length: int) -> Json:
    return {"type": "bot_command", "offset": 0, "length": length}


def file(number: int = 1, **more: Any) -> Json:
    return {"file_id": f"file-{number}", "file_unique_id": f"unique-{number}", "file_size": 1_000 * number, **more}


PHOTO = [file(1, width=90, height=60), file(3, width=900, height=600), file(2, width=320, height=200)]
PLACE = {"latitude": 21.0278, "longitude": 105.8342}


@pytest.mark.parametrize(
    ("why", "content", "expected"),
    [
        ("typed words", {"text": "Làm khai sinh ở đâu?"}, heard(EventKind.TEXT, "Làm khai sinh ở đâu?")),
        ("a command", {"text": "/start q_khai_sinh", "entities": [command(6)]}, heard(EventKind.TEXT, "/start q_khai_sinh")),
        (
            "the largest of a photo's sizes, with its caption",
            {"photo": PHOTO, "caption": "Ổ gà"},
            heard(EventKind.FILE, "Ổ gà", file=FileAtChannel(FileKind.PHOTO, "file-3", 3_000)),
        ),
        ("a voice note", {"voice": file(duration=3)}, heard(EventKind.FILE, file=FileAtChannel(FileKind.VOICE, "file-1", 1_000))),
        ("a recording", {"audio": file(duration=3)}, heard(EventKind.FILE, file=FileAtChannel(FileKind.VOICE, "file-1", 1_000))),
        (
            "a file whose size is not told",
            {"document": {"file_id": "file-1", "file_unique_id": "unique-1"}, "caption": "Đơn"},
            heard(EventKind.FILE, "Đơn", file=FileAtChannel(FileKind.DOCUMENT, "file-1")),
        ),
        ("a place", {"location": PLACE}, heard(EventKind.PLACE, point=(21.0278, 105.8342))),
        (
            "a place with a name",
            {"location": PLACE, "venue": {"location": PLACE, "title": "Chợ", "address": "Hà Nội"}},
            heard(EventKind.PLACE, point=(21.0278, 105.8342)),
        ),
        (
            "one's own number, by some programs without the sign",
            {"contact": {"phone_number": "84900000000", "first_name": "Lan", "user_id": 100000001}},
            heard(EventKind.CONTACT, "+84900000000"),
        ),
        (
            "somebody else's number",
            {"contact": {"phone_number": "+84911111111", "first_name": "Hùng", "user_id": 5}},
            heard(EventKind.UNSUPPORTED),
        ),
        (
            "the number of somebody without Telegram",
            {"contact": {"phone_number": "113", "first_name": "Công an"}},
            heard(EventKind.UNSUPPORTED),
        ),
        (
            "a moving picture, which comes as a document too",
            {"animation": file(2, width=1, height=1, duration=1), "document": file()},
            heard(EventKind.FILE, file=FileAtChannel(FileKind.DOCUMENT, "file-2", 2_000)),
        ),
        (
            "a film with its words",
            {"video": file(width=1, height=1, duration=1), "caption": "Nước ngập"},
            heard(EventKind.FILE, "Nước ngập", file=FileAtChannel(FileKind.DOCUMENT, "file-1", 1_000)),
        ),
        (
            "a round film",
            {"video_note": file(length=1, duration=1)},
            heard(EventKind.FILE, file=FileAtChannel(FileKind.DOCUMENT, "file-1", 1_000)),
        ),
        (
            "a picture of an album",
            {"photo": PHOTO, "media_group_id": "13000000001"},
            heard(EventKind.FILE, file=FileAtChannel(FileKind.PHOTO, "file-3", 3_000), album="13000000001"),
        ),
        (
            "a sticker",
            {"sticker": file(type="regular", width=1, height=1, is_animated=False, is_video=False)},
            heard(EventKind.UNSUPPORTED),
        ),
        ("a die", {"dice": {"emoji": "🎲", "value": 3}}, heard(EventKind.UNSUPPORTED)),
        ("something that the library does not know yet", {"hologram": {"file_id": "file-1"}}, heard(EventKind.UNSUPPORTED)),
        ("a notice that something was pinned", {"pinned_message": message(text="cũ")}, None),
        ("a notice that messages delete themselves", {"message_auto_delete_timer_changed": {"message_auto_delete_time": 86400}}, None),
    ],
)
def test_what_somebody_sends(why: str, content: Json, expected: Event | None) -> None:
    assert event({"message": message(**content)}) == expected, why


@pytest.mark.parametrize(
    ("code", "language"), [("vi", "vi"), ("en", "en"), ("en-GB", "en"), ("EN", "en"), ("fr", "vi"), ("eng", "vi"), (None, "vi")]
)
def test_english_is_spoken_with_whoever_has_it_set_and_vietnamese_with_all_others(code: str | None, language: str) -> None:
    said = event({"message": {**message(text="hello"), "from": {**LAN, "language_code": code}}})
    assert said
    assert said.language == language


@pytest.mark.parametrize(
    ("why", "content", "expected"),
    [
        ("changed words", {"text": "sửa"}, heard(EventKind.EDIT, "sửa")),
        ("a changed caption", {"photo": PHOTO, "caption": "sửa"}, heard(EventKind.EDIT, "sửa")),
        ("a caption that was taken away", {"photo": PHOTO}, heard(EventKind.EDIT, "")),
        ("a live location that moved", {"location": PLACE}, None),
    ],
)
def test_what_somebody_changes(why: str, content: Json, expected: Event | None) -> None:
    assert event({"edited_message": message(**content)}) == expected, why


def tap(chat: Json = PRIVATE, **content: Any) -> Json:
    return {"callback_query": {"id": "1", "from": LAN, "chat_instance": "1", "message": message(chat, text="?"), **content}}


@pytest.mark.parametrize(
    ("why", "update", "expected"),
    [
        ("a button", tap(data="papers:3:1f"), heard(EventKind.BUTTON, "papers:3:1f")),
        (
            "a button of a message too old to be seen",
            tap(data="more:3", message={"message_id": 11, "chat": PRIVATE, "date": 0}),
            heard(EventKind.BUTTON, "more:3"),
        ),
        ("a button in a group", tap(GROUP, data="more:3"), None),
        ("a game", tap(game_short_name="x"), None),
    ],
)
def test_what_somebody_taps(why: str, update: Json, expected: Event | None) -> None:
    assert event(update) == expected, why


def standing(status: str, chat: Json = PRIVATE) -> Json:
    member, more = {"user": BOT, "status": "member"}, {"until_date": 0} if status == "kicked" else {}
    changed = {
        "chat": chat,
        "from": LAN,
        "date": 1795395600,
        "old_chat_member": member,
        "new_chat_member": {**member, "status": status, **more},
    }
    return {"my_chat_member": changed}


@pytest.mark.parametrize(
    ("why", "update", "is_blocked"),
    [
        ("somebody blocks the bot", standing("kicked"), True),
        ("somebody takes it back, and is heard of when they write", standing("member"), False),
        ("the bot is thrown out of a group", standing("kicked", GROUP), False),
    ],
)
def test_whether_somebody_wants_to_hear_nothing_more(why: str, update: Json, is_blocked: bool) -> None:
    assert (event(update) == Event("telegram", "500000001", "100000001", EventKind.BLOCKED)) == is_blocked, why
    assert is_blocked or event(update) is None


def answering(sender: Json, **more: Any) -> Json:
    return {"reply_to_message": {**message(GROUP, text="trước"), "from": sender, **more}}


@pytest.mark.parametrize(
    ("why", "content", "words"),
    [
        ("mentioned at the beginning", {"text": "@dienhong_bot, tuổi kết hôn?", "entities": [mention(0)]}, "tuổi kết hôn?"),
        ("mentioned in capitals", {"text": "@DienHong_Bot tuổi kết hôn?", "entities": [mention(0)]}, "tuổi kết hôn?"),
        ("mentioned behind a letter of two units", {"text": "😀 hỏi @dienhong_bot nhé", "entities": [mention(7)]}, "😀 hỏi  nhé"),
        (
            "mentioned by its name",
            {"text": "Diên Hồng ơi", "entities": [{"type": "text_mention", "offset": 0, "length": 9, "user": BOT}]},
            "ơi",
        ),
        ("mentioned below a photo", {"photo": PHOTO, "caption": "@dienhong_bot đây là gì", "caption_entities": [mention(0)]}, "đây là gì"),
        ("answered", {"text": "còn lệ phí?", **answering(BOT)}, "còn lệ phí?"),
        ("a command with its name", {"text": "/start@dienhong_bot", "entities": [command(19)]}, "/start@dienhong_bot"),
        ("not mentioned", {"text": "trưa nay ăn gì"}, None),
        ("mentioned with nothing to say", {"text": "@dienhong_bot", "entities": [mention(0)]}, None),
        ("another one mentioned", {"text": "@dienhong_but tuổi?", "entities": [mention(0)]}, None),
        ("its name typed in a longer one", {"text": "@dienhong_bot2 hỏi", "entities": [mention(0, 14)]}, None),
        ("another person answered", {"text": "ừ", **answering(LAN)}, None),
        ("a topic that the bot opened", {"text": "ừ", **answering(BOT, forum_topic_created={"name": "Hỏi", "icon_color": 1})}, None),
        ("a command without a name", {"text": "/start", "entities": [command(6)]}, None),
        ("a command for another bot, as an answer", {"text": "/start@other_bot", "entities": [command(16)], **answering(BOT)}, None),
        ("a photo as an answer", {"photo": PHOTO, **answering(BOT)}, None),
    ],
)
def test_in_a_group_only_what_is_meant_for_the_bot_is_heard(why: str, content: Json, words: str | None) -> None:
    said = event({"message": message(GROUP, **content)})
    expected = Event("telegram", "500000001", "-1001000000001", EventKind.TEXT, words or "", "11", is_group=True, is_language_guessed=True)
    assert said == (None if words is None else expected), why


@pytest.mark.parametrize(
    ("why", "update"),
    [
        ("a change in a group", {"edited_message": message(GROUP, text="@dienhong_bot hỏi", entities=[mention(0)])}),
        ("a channel", {"message": message({"id": -1001, "type": "channel", "title": "Tin"}, text="tin")}),
        ("a post of a channel", {"channel_post": message({"id": -1001, "type": "channel", "title": "Tin"}, text="tin")}),
        ("an update of a kind that is not known", {"telepathy": {"from": LAN}}),
    ],
)
def test_what_is_passed_over(why: str, update: Json) -> None:
    assert event(update) is None, why
