"""Methods by which the bot sends. https://core.telegram.org/bots/api#available-methods"""

from __future__ import annotations

from tests.telegram.emulator import attachments
from tests.telegram.emulator.checks import caption_text, message_text, open_chat, replied_to
from tests.telegram.emulator.errors import ApiError, Json, bad_request
from tests.telegram.emulator.markup import read_markup
from tests.telegram.emulator.model import Attachment, StoredFile
from tests.telegram.emulator.request import Request, Upload
from tests.telegram.emulator.rich_text import RichText
from tests.telegram.emulator.world import Draft, World

MAX_PHOTO_BYTES = 10 * 1024 * 1024
MAX_FILE_BYTES = 50 * 1024 * 1024
_ACTIONS = {
    "typing",
    "upload_photo",
    "record_video",
    "upload_video",
    "record_voice",
    "upload_voice",
    "record_audio",
    "upload_audio",
    "upload_document",
    "choose_sticker",
    "find_location",
    "record_video_note",
    "upload_video_note",
    "cancel",
}


def send_message(world: World, request: Request) -> Json:
    """A text."""
    return _sent(world, request, message_text(request))


def send_photo(world: World, request: Request) -> Json:
    """A picture: one uploaded, or one Telegram has already."""
    stored = _stored(world, request, "photo", MAX_PHOTO_BYTES)
    if not attachments.is_image(stored.content):
        raise bad_request("IMAGE_PROCESS_FAILED")
    return _sent(world, request, caption_text(request), attachments.photo(stored, stored))


def send_document(world: World, request: Request) -> Json:
    """A file: one uploaded, or one Telegram has already."""
    stored = _stored(world, request, "document", MAX_FILE_BYTES)
    return _sent(world, request, caption_text(request), attachments.document(stored))


def send_location(world: World, request: Request) -> Json:
    """A place."""
    place = attachments.location(request.coordinate("latitude"), request.coordinate("longitude"))
    return _sent(world, request, RichText(), place)


def send_chat_action(world: World, request: Request) -> bool:
    """The bot is seen at work."""
    if request.text("action") not in _ACTIONS:
        raise bad_request("wrong parameter action in request")
    open_chat(world, request)
    return True


def _sent(world: World, request: Request, body: RichText, attachment: Attachment | None = None) -> Json:
    markup = read_markup(request.text("reply_markup"))
    chat = open_chat(world, request)
    return world.post(chat, world.bot, Draft(body, attachment, markup, replied_to(chat, request))).json()


def _stored(world: World, request: Request, kind: str, most_bytes: int) -> StoredFile:
    written = request.text(kind)
    upload = request.uploads.get(written.removeprefix("attach://") if written.startswith("attach://") else kind)
    if upload:
        return _kept(world, upload, kind, most_bytes)
    if not written:
        raise bad_request(f"there is no {kind} in the request")
    if written not in world.files:
        raise bad_request("wrong file identifier/HTTP URL specified")
    return world.files[written]


def _kept(world: World, upload: Upload, kind: str, most_bytes: int) -> StoredFile:
    if not upload.content:
        raise bad_request("file must be non-empty")
    if len(upload.content) > most_bytes:
        raise ApiError(413, "Request Entity Too Large")
    return world.store(upload.content, f"{kind}s", upload.name, upload.mime_type)
