"""Sentences about what a sender and the officers write to each other, in Vietnamese and English."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MessagesSentences:
    """One language; `{…}` are filled in."""

    nobody: str
    told: str
    added: str
    added_before: str
    awaited: str
    title: str
    from_officer: str
    from_sender: str
    files: str
    erased: str
    write: str
    send: str
    kept: str
    refused: str


VIETNAMESE = MessagesSentences(
    nobody="Chưa gửi được: không còn người gửi nào của hồ sơ {number} để nhắn, vì ý kiến đã được rút hoặc xoá.",
    told="Đã nhắn. Hồ sơ {number} nay là bản {version}. Người gửi: {senders}; được nhắn ngay qua kênh của mình: {reached}.",
    added="Đã ghi thêm vào ý kiến {code}.",
    added_before="Nội dung này đã được ghi vào ý kiến {code} trước đó.",
    awaited="Đã ghi thêm vào ý kiến {code}. Ý kiến được xem xét tiếp.",
    title="Trao đổi",
    from_officer="Cán bộ",
    from_sender="Bạn",
    files="tệp kèm theo: {count}",
    erased="(đã xoá)",
    write="Trả lời hoặc bổ sung",
    send="Gửi thêm",
    kept="Đã ghi nội dung bạn gửi thêm.",
    refused="Chưa gửi được: hãy viết từ 1 đến 100.000 ký tự.",
)
ENGLISH = MessagesSentences(
    nobody="Not sent: nobody who sent something for recommendation {number} is left; it was withdrawn or deleted.",
    told="Sent. Recommendation {number} is now at version {version}. Senders: {senders}; told at once on their channel: {reached}.",
    added="Added to {code}.",
    added_before="This had been added to {code} before.",
    awaited="Added to {code}. It is being looked at again.",
    title="Messages",
    from_officer="Officer",
    from_sender="You",
    files="files: {count}",
    erased="(deleted)",
    write="Answer or add something",
    send="Send",
    kept="What you added was kept.",
    refused="Not sent: write 1 to 100,000 characters.",
)


def messages_sentences(language: str) -> MessagesSentences:
    """The sentences of `vi` or `en`."""
    return ENGLISH if language == "en" else VIETNAMESE
