"""Sentences about files that came along and how senders may be reached, in Vietnamese and English."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assistant.feedback.contacts import ContactStanding


@dataclass(frozen=True, slots=True)
class SendersSentences:
    """One language; `{…}` are filled in."""

    no_files: str
    file_line: str
    file_written: str
    file_there: str
    file_not_found: str
    file_erased: str
    not_owner: str
    claimed: str
    standing: Mapping[ContactStanding, str]
    parts: Mapping[str, str]


VIETNAMESE = SendersSentences(
    no_files="Hồ sơ {number} không có tệp kèm theo.",
    file_line="{id}  {code}  {kind}  {size} byte",
    file_written="Đã ghi tệp vào {file}. Tệp có thể chứa thông tin cá nhân: chỉ dùng để giải quyết hồ sơ, xong thì xoá.",
    file_there="Chưa ghi: đã có {file}. Hãy chọn tên khác.",
    file_not_found="Hồ sơ {number} không có tệp {attachment}. Hãy mở lại danh sách tệp của hồ sơ.",
    file_erased="Tệp {attachment} không còn: người gửi đã yêu cầu xoá.",
    not_owner="Chỉ cán bộ đang phụ trách hồ sơ {number} hoặc quản trị đơn vị được xem thông tin liên lạc. Hãy nhận hồ sơ trước.",
    claimed="Đã nhận hồ sơ {number}, nay là bản {version}.",
    standing={
        ContactStanding.TOLD: "Chỉ dùng thông tin này cho mục đích đã nêu. Việc xem đã được ghi vào nhật ký.",
        ContactStanding.ON_CHANNEL: "Người gửi không để lại tên, số điện thoại hay địa chỉ. Có thể nhắn cho người gửi qua hệ thống.",
        ContactStanding.ANONYMOUS: "Người gửi không để lại thông tin liên lạc.",
        ContactStanding.EXPIRED: "Thông tin liên lạc đã hết thời hạn lưu giữ, không còn xem được.",
        ContactStanding.WITHDRAWN: "Người gửi đã rút ý kiến nên thông tin liên lạc không được xem nữa.",
        ContactStanding.ERASED: "Người gửi đã yêu cầu xoá; thông tin liên lạc không còn.",
    },
    parts={"name": "Họ và tên", "phone": "Số điện thoại", "email": "Thư điện tử", "address": "Địa chỉ"},
)
ENGLISH = SendersSentences(
    no_files="Recommendation {number} has no files.",
    file_line="{id}  {code}  {kind}  {size} bytes",
    file_written="The file is in {file}. It may tell of people: use it for this matter only, and delete it afterwards.",
    file_there="Not written: {file} is there already. Choose another name.",
    file_not_found="Recommendation {number} has no file {attachment}. Open its list of files again.",
    file_erased="File {attachment} is gone: its sender had it deleted.",
    not_owner="Only the officer who owns recommendation {number}, or a unit administrator, may read contact details. Take it over first.",
    claimed="Recommendation {number} is yours, now version {version}.",
    standing={
        ContactStanding.TOLD: "Use this for the stated purpose only. That it was read is in the audit trail.",
        ContactStanding.ON_CHANNEL: "The sender left no name, telephone or address. The system can write to them.",
        ContactStanding.ANONYMOUS: "The sender left no contact details.",
        ContactStanding.EXPIRED: "The contact details are past their retention and can no longer be read.",
        ContactStanding.WITHDRAWN: "The sender took it back, so the contact details are no longer shown.",
        ContactStanding.ERASED: "The sender had it deleted; the contact details are gone.",
    },
    parts={"name": "Full name", "phone": "Telephone", "email": "E-mail", "address": "Address"},
)


def senders_sentences(language: str) -> SendersSentences:
    """The sentences of `vi` or `en`."""
    return ENGLISH if language == "en" else VIETNAMESE
