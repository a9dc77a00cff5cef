"""Photos, files, voices, places and contacts as the Bot API writes them."""

from __future__ import annotations

from tests.telegram.emulator.errors import Json
from tests.telegram.emulator.model import Attachment, StoredFile, User

_IMAGE_STARTS = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF8", b"BM", b"RIFF")


def is_image(content: bytes) -> bool:
    """Whether Telegram would take it for a picture."""
    return content.startswith(_IMAGE_STARTS)


def photo(small: StoredFile, large: StoredFile, album_id: str = "") -> Attachment:
    """A picture in two sizes, the larger last."""
    sizes = [{**small.json(), "width": 90, "height": 67}, {**large.json(), "width": 1280, "height": 960}]
    fields: Json = {"photo": sizes}
    if album_id:
        fields["media_group_id"] = album_id
    return Attachment("photo", fields, "[photo]", large)


def document(file: StoredFile) -> Attachment:
    """A file as it is."""
    fields = {**file.json(), "file_name": file.name, "mime_type": file.mime_type}
    return Attachment("document", {"document": fields}, f"[file {file.name}]", file)


def voice(file: StoredFile, seconds: int) -> Attachment:
    """A voice note."""
    fields = {**file.json(), "duration": seconds, "mime_type": file.mime_type}
    return Attachment("voice", {"voice": fields}, f"[voice note, {seconds} s]", file)


def sticker(file: StoredFile, emoji: str) -> Attachment:
    """A sticker: something bots must cope with though it says nothing."""
    fields = {**file.json(), "type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False, "emoji": emoji}
    return Attachment("sticker", {"sticker": fields}, f"[sticker {emoji}]", file)


def location(latitude: float, longitude: float) -> Attachment:
    """A place."""
    return Attachment(
        "location", {"location": {"latitude": latitude, "longitude": longitude}}, f"[location {latitude:.5f}, {longitude:.5f}]"
    )


def contact(phone: str, first_name: str, owner: User | None) -> Attachment:
    """A phone number, and whose it is where it is somebody's on Telegram."""
    fields: Json = {"phone_number": phone, "first_name": first_name}
    if owner:
        fields["user_id"] = owner.user_id
    return Attachment("contact", {"contact": fields}, f"[contact {first_name}]")
