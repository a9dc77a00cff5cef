"""What a terminal says to messages of a conversation."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.app import Asked, Assistant
from assistant.database import open_database, upgrade
from assistant.dialogue.conversations import Conversations
from assistant.responder import Responder
from bots.law.asking import reply
from bots.law.dialogue_wording import dialogue_sentences
from bots.wording import ENGLISH, VIETNAMESE, Sentences, language_code
from tests.assistant.toy_law import toy_answerer, toy_store
from tests.bots.web.conftest import Clock, RouterByWords
from tests.databases import sqlite_url

UNSURE = "không rõ chuyện gì"


@pytest.fixture
def assistant(tmp_path: Path) -> Iterator[Assistant]:
    (tmp_path / "application").mkdir()
    engine = open_database(sqlite_url(tmp_path / "application"))
    upgrade(engine)
    with toy_store(tmp_path) as store:
        yield Assistant(Responder(toy_answerer(store), RouterByWords()), Conversations(engine, Clock()), Clock())
    engine.dispose()


def said(assistant: Assistant, *lines: str, words: Sentences = VIETNAMESE) -> list[str]:
    """What is said to each of `lines` of one conversation."""
    conversation = assistant.conversations.start("terminal").id
    return [reply(assistant, Asked(conversation, str(number), line), words) for number, line in enumerate(lines)]


@pytest.mark.parametrize("words", [VIETNAMESE, ENGLISH], ids=["vi", "en"])
def test_the_readings_of_an_unsure_message_are_numbered_and_it_is_said_that_a_number_chooses(
    assistant: Assistant, words: Sentences
) -> None:
    named = dialogue_sentences(language_code(words))
    (unsure,) = said(assistant, UNSURE, words=words)
    readings = [named.routes[route] for route in ("report", "legal_question", "complaint")]
    numbered = [f"  {number}. {reading}" for number, reading in enumerate(readings, start=1)]
    assert unsure.splitlines() == [named.basis["unsure"], *numbered, words.choose_by_number]


@pytest.mark.parametrize("number", ["1", " 1 ", "1.", "1)"])
def test_a_number_chooses_a_reading(assistant: Assistant, number: str) -> None:
    _, chosen = said(assistant, UNSURE, number)
    assert dialogue_sentences("vi").basis["report"] in chosen
    assert VIETNAMESE.choose_by_number not in chosen


@pytest.mark.parametrize("number", ["0", "9", "9" * 5000])
def test_a_number_that_no_reading_has_is_told_so_and_the_question_still_waits(assistant: Assistant, number: str) -> None:
    _, wrong, chosen = said(assistant, UNSURE, number, "1")
    assert wrong == VIETNAMESE.choose_by_number
    assert dialogue_sentences("vi").basis["report"] in chosen


def test_no_number_is_asked_for_where_there_is_nothing_to_choose(assistant: Assistant) -> None:
    law, number = said(assistant, "Trẻ em thả tàu giấy từ mấy giờ?", "1")
    assert VIETNAMESE.choose_by_number not in law
    assert number == VIETNAMESE.no_words
