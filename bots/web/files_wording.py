"""Sentences about files that are sent along, in Vietnamese and English."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FilesSentences:
    """One language; `{…}` are filled in."""

    label: str
    hint: str
    again: str
    refused: Mapping[str, str]


VIETNAMESE = FilesSentences(
    label="Ảnh, ghi âm hoặc tệp gửi kèm",
    hint="Tối đa 10 tệp, tổng cộng 20 MB. Nhận ảnh JPG, PNG, WEBP, tệp PDF, Word (.doc, .docx), văn bản (.txt), ghi âm và video MP4. "
    "Thông tin về nơi chụp trong ảnh được xoá trước khi lưu.",
    again="Các tệp đã chọn không còn, vì trang được mở lại. Bạn hãy chọn lại tệp trước khi gửi.",
    refused={
        "too_many": "Chưa gửi: có quá 10 tệp. Bạn hãy bỏ bớt; nội dung đã viết vẫn còn nguyên.",
        "too_big": "Chưa gửi: các tệp nặng quá 20 MB. Bạn hãy bỏ bớt tệp hoặc gửi ảnh nhỏ hơn; nội dung đã viết vẫn còn nguyên.",
        "kind": "Chưa gửi: hệ thống không nhận loại tệp «{name}». Bạn hãy gửi ảnh, ghi âm, tệp PDF hoặc Word; nội dung đã viết vẫn còn nguyên.",
        "broken": "Chưa gửi: không mở được ảnh «{name}». Bạn hãy chụp lại hoặc chọn ảnh khác; nội dung đã viết vẫn còn nguyên.",
        "infected": "Chưa gửi: tệp «{name}» có thể chứa mã độc. Bạn hãy bỏ tệp này; nội dung đã viết vẫn còn nguyên.",
        "unchecked": "Chưa gửi: lúc này chưa kiểm tra được tệp. Bạn hãy gửi lại sau ít phút, hoặc gửi không kèm tệp.",
        "encoding": "Chưa gửi: tệp «{name}» chưa đúng mã base64.",
        "unreadable": "Chưa gửi: trình duyệt gửi lên chưa đủ. Bạn hãy kiểm tra nội dung rồi gửi lại.",
        "wait": "Chưa gửi: có quá nhiều tệp được gửi từ địa chỉ của bạn. Bạn hãy đợi {seconds} giây rồi gửi lại, hoặc gửi không kèm tệp.",
    },
)
ENGLISH = FilesSentences(
    label="Photos, recordings or files",
    hint="At most 10 files, 20 MB together. JPG, PNG and WEBP pictures, PDF, Word (.doc, .docx), text (.txt), recordings and MP4 films are taken. "
    "Where a picture was taken is removed from it before it is kept.",
    again="The files that you chose are gone, as the page was opened again. Please choose them once more before sending.",
    refused={
        "too_many": "Nothing was sent: there are more than 10 files. Please leave some out; your text is still there.",
        "too_big": "Nothing was sent: the files are larger than 20 MB. Please leave some out or send smaller pictures; your text is still there.",
        "kind": "Nothing was sent: files such as “{name}” are not taken. Please send pictures, recordings, PDF or Word files; your text is still there.",
        "broken": "Nothing was sent: the picture “{name}” could not be opened. Please take or choose another one; your text is still there.",
        "infected": "Nothing was sent: “{name}” may hold malicious software. Please leave it out; your text is still there.",
        "unchecked": "Nothing was sent: files cannot be checked at the moment. Try again in a few minutes, or send without files.",
        "encoding": "Nothing was sent: “{name}” is not base64.",
        "unreadable": "Nothing was sent: what the browser sent is not complete. Please check your text and send it again.",
        "wait": "Nothing was sent: too many files come from your address. Wait {seconds} seconds and send again, or send without files.",
    },
)


def files_sentences(language: str) -> FilesSentences:
    """The sentences of `vi` or `en`."""
    return ENGLISH if language == "en" else VIETNAMESE
