"""Greetings and thanks: told from questions, returned in kind, and never a topic."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.answering.types import Understood
from assistant.dialogue.courtesy import courtesy_returned, is_courtesy


@pytest.mark.parametrize(
    "text",
    [
        "cảm ơn bạn",
        "Cảm ơn!",
        "dạ em cảm ơn nhiều ạ",
        "ok",
        "OK cảm ơn nha",
        "ok cam on nha",
        "vâng ạ",
        "hello",
        "Hi there",
        "thank you very much",
        "xin chào",
        "good morning",
        "được rồi, cảm ơn bạn nhé",
    ],
)
def test_greetings_thanks_and_assent_ask_nothing(text: str) -> None:
    assert is_courtesy(text)


@pytest.mark.parametrize(
    "text",
    ["cảm ơn, cho hỏi làm hộ chiếu", "con tôi", "không", "chào bạn, thử việc bao lâu", "tôi", "ly hôn", "hello world law", "", "rất nhiều"],
)
def test_whatever_says_more_is_no_courtesy(text: str) -> None:
    assert not is_courtesy(text)


@pytest.mark.parametrize(
    ("text", "basis", "language"),
    [
        ("hello", "small_talk", "en"),
        ("hi em", "small_talk", "vi"),
        ("xin chào", "small_talk", "vi"),
        ("thank you", "thanks", "en"),
        ("thanks bạn", "thanks", "vi"),
        ("chào, cảm ơn bạn", "thanks", "vi"),
        ("ok", "thanks", "vi"),
        ("ok thanks", "thanks", "en"),
    ],
)
def test_a_courtesy_is_returned_in_kind_and_in_its_language(text: str, basis: str, language: str) -> None:
    answer = courtesy_returned(Understood(text, "đã sửa dấu", "vi", date(2026, 11, 22)))
    assert (answer.basis, answer.question.language, answer.question.restored) == (basis, language, text)
