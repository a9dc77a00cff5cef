"""Sentences of `dienhong chats …`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ParkedSentences:
    """One language. Placeholders are filled by `str.format`; `kinds` by what failed."""

    none: str
    kinds: Mapping[str, str]
    is_wanted: str
    retried: str
    unknown: str


VIETNAMESE = ParkedSentences(
    none="Không có tin nhắn nào bị gác lại.",
    kinds={"event": "chưa xử lý được", "update": "chưa đọc được"},
    is_wanted="đang chờ đọc lại",
    retried="Đã đưa {count} tin nhắn trở lại để xử lý. Tin chưa đọc được sẽ được đọc lại khi bot chạy.",
    unknown="Không có tin nhắn nào bị gác lại với mã {key}.",
)

ENGLISH = ParkedSentences(
    none="Nothing is parked.",
    kinds={"event": "could not be handled", "update": "could not be read"},
    is_wanted="waits to be read again",
    retried="{count} put back to be handled. What could not be read is read again while the bot runs.",
    unknown="Nothing is parked under the key {key}.",
)


def parked_sentences(language: str) -> ParkedSentences:
    """The sentences in English for "en", else in Vietnamese."""
    return ENGLISH if language == "en" else VIETNAMESE
