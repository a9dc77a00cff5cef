"""Sentences about webhooks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assistant.webhooks.errors import WebhookInvalid, WebhookNotFound


@dataclass(frozen=True, slots=True)
class WebhookSentences:
    """One language. Placeholders are filled by `str.format`."""

    added: str
    none: str
    ended: str
    sent: str
    refused: Mapping[str, str]
    not_found: str


VIETNAMESE = WebhookSentences(
    added="Đã thêm nơi nhận số {number}. Khoá để bên nhận kiểm tra chữ ký (chỉ hiện một lần này):\n{secret}",
    none="Chưa có nơi nhận nào.",
    ended="Đã thôi gửi cho nơi nhận số {number}.",
    sent="Đã gửi {count} thông báo.",
    refused={
        "url": "Chưa thêm được: địa chỉ phải bắt đầu bằng https:// hoặc http://, tối đa 2.000 ký tự.",
        "name": "Chưa thêm được: tên trống, quá dài hoặc đã có nơi nhận dùng tên này.",
        "secret": "Chưa thêm được: khoá phải có dạng whsec_… với 24 đến 64 byte.",
    },
    not_found="Không có nơi nhận số {number} đang hoạt động. Xem: dienhong webhook list.",
)
ENGLISH = WebhookSentences(
    added="Webhook {number} is added. The secret with which its receiver checks signatures (shown this once):\n{secret}",
    none="There are no webhooks.",
    ended="Webhook {number} is told nothing more.",
    sent="{count} notices arrived.",
    refused={
        "url": "Not added: the address must begin with https:// or http://, in at most 2,000 characters.",
        "name": "Not added: the name is empty, too long, or taken.",
        "secret": "Not added: a secret has the form whsec_… of 24 to 64 bytes.",
    },
    not_found="There is no webhook {number} that is told anything. See: dienhong webhook list.",
)


def webhook_sentences(language: str) -> WebhookSentences:
    """The sentences of `vi` or `en`."""
    return ENGLISH if language == "en" else VIETNAMESE


def explain(error: Exception, language: str) -> str | None:
    """What happened and what to do, in `vi` or `en`; None for an error of something else."""
    told = webhook_sentences(language)
    if isinstance(error, WebhookInvalid):
        return told.refused[error.what]
    return told.not_found.format(number=error.number) if isinstance(error, WebhookNotFound) else None
