"""Contact details as JSON, and the names and media types that files go out with."""

from __future__ import annotations

from dataclasses import asdict

from assistant.feedback.attachments import AttachedFile
from assistant.feedback.contacts import SenderContact
from bots.feedback.senders_wording import senders_sentences

# What goes out under its own media type; everything else as bytes that no program opens by itself.
SERVED = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/webp": "webp",
    "image/heic": "heic",
    "image/avif": "avif",
    "application/pdf": "pdf",
    "audio/ogg": "ogg",
    "audio/mpeg": "mp3",
    "audio/wav": "wav",
    "audio/mp4": "m4a",
    "video/mp4": "mp4",
    "application/msword": "doc",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "text/plain": "txt",
}
BYTES = "application/octet-stream"


def served_kind(file: AttachedFile) -> str:
    """The media type that a file goes out with."""
    return file.kind if file.kind in SERVED else BYTES


def served_name(number: int, file: AttachedFile) -> str:
    """What a file of recommendation `number` is called outside; nothing of its sender."""
    return f"ho-so-{number}-tep-{file.id}.{SERVED.get(file.kind, 'bin')}"


def contact_json(contact: SenderContact, language: str) -> dict[str, object]:
    """How a sender may be reached; `detail` says in words what there is of it."""
    return {**asdict(contact), "detail": senders_sentences(language).standing[contact.standing]}
