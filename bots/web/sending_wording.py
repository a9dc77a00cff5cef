"""Sentences of the pages for sending something and following it, in Vietnamese and English."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SendingSentences:
    """One language; `{…}` are filled in."""

    offer: str
    title: str
    text: str
    grounds: str
    name: str
    phone: str
    optional: str
    notice: str
    agree: str
    send: str
    not_agreed: str
    empty: str
    sent_title: str
    sent: str
    keep: str
    track: str
    track_title: str
    code: str
    look: str
    not_found: str
    state: str
    received: str
    withdraw: str
    withdrawn: str
    not_possible: str


VIETNAMESE = SendingSentences(
    offer="Gửi thành ý kiến",
    title="Gửi ý kiến, kiến nghị",
    text="Nội dung",
    grounds="Gửi kèm điều luật",
    name="Họ và tên",
    phone="Số điện thoại",
    optional="không bắt buộc",
    notice="Điều cần biết trước khi gửi",
    agree="Tôi đã đọc và đồng ý gửi",
    send="Gửi",
    not_agreed="Chưa gửi. Bạn cần đánh dấu đồng ý thì mới gửi được; nội dung vẫn còn nguyên.",
    empty="Chưa gửi. Bạn hãy viết nội dung, tối đa 100.000 ký tự.",
    sent_title="Đã tiếp nhận",
    sent="Ý kiến của bạn đã được tiếp nhận. Mã theo dõi:",
    keep="Hãy ghi lại mã này. Có mã, bạn xem được kết quả, rút ý kiến hoặc yêu cầu xoá; mất mã thì không ai tra lại được.",
    track="Theo dõi ý kiến đã gửi",
    track_title="Theo dõi ý kiến",
    code="Mã theo dõi",
    look="Xem",
    not_found="Không tìm thấy ý kiến với mã này. Bạn hãy kiểm tra lại từng chữ.",
    state="Tình trạng",
    received="Tiếp nhận lúc",
    withdraw="Rút ý kiến này",
    withdrawn="Đã rút ý kiến.",
    not_possible="Ý kiến này không còn rút được.",
)
ENGLISH = SendingSentences(
    offer="Send this as an opinion",
    title="Send an opinion or recommendation",
    text="Text",
    grounds="Sent along: provisions",
    name="Full name",
    phone="Telephone",
    optional="optional",
    notice="What to know before sending",
    agree="I have read this and agree to send",
    send="Send",
    not_agreed="Nothing was sent. Please tick that you agree; your text is still there.",
    empty="Nothing was sent. Please write something, at most 100,000 characters.",
    sent_title="Received",
    sent="Your opinion was received. Tracking code:",
    keep="Please write this code down. With it you can follow, withdraw or delete what you sent; without it nobody can look it up.",
    track="Follow what you sent",
    track_title="Follow a submission",
    code="Tracking code",
    look="Show",
    not_found="Nothing was found under this code. Please check each character.",
    state="State",
    received="Received",
    withdraw="Withdraw it",
    withdrawn="It is withdrawn.",
    not_possible="It can no longer be withdrawn.",
)


def sending_sentences(language: str) -> SendingSentences:
    """The sentences of `vi` or `en`."""
    return ENGLISH if language == "en" else VIETNAMESE
