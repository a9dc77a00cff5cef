"""Answers made in several processes are those made here, and no message is lost with a process."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from assistant.answering.types import Answer, Outcome
from assistant.processes import AnsweringProcesses
from assistant.responder import Responder
from embeddings.encoder import Vectors
from embeddings.errors import ModelUnavailable
from tests.assistant.answering_elsewhere import DEADLY, asked, boats, nothing
from tests.assistant.talker import ToyRouter
from tests.assistant.toy_law import THEMES, toy_answerer, toy_store

QUESTIONS = (
    "Trẻ em thả tàu giấy từ mấy giờ?",
    "tha tau giay ban ao ho bi phat bao nhieu",
    "Điều 8 Bộ luật Tàu giấy",
    "không rõ là gì",
    "",
    "thủ tục đăng ký tên tàu giấy",
)
_PATIENCE_S = 60.0


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("law")


@pytest.fixture(scope="module")
def here(folder: Path) -> Iterator[Responder]:
    with toy_store(folder) as store:
        yield Responder(toy_answerer(store, THEMES), ToyRouter())


@pytest.fixture
def elsewhere(here: Responder, folder: Path) -> Iterator[AnsweringProcesses]:
    processes = AnsweringProcesses(here, THEMES, partial(boats, folder), 2, clock=lambda: 0.0)
    wait_until(lambda: processes.ready == 2)
    yield processes
    processes.close()


def wait_until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + _PATIENCE_S
    while not holds():
        assert time.monotonic() < deadline, "it never came about"
        time.sleep(0.02)


def timeless(answer: Answer) -> Answer:
    return replace(answer, timings_ms={})


def test_answers_from_elsewhere_are_those_from_here(here: Responder, elsewhere: AnsweringProcesses) -> None:
    for text in QUESTIONS:
        assert timeless(elsewhere.respond(asked(text))) == timeless(here.respond(asked(text))), text


def test_many_askers_at_once_each_get_their_own_answer(here: Responder, elsewhere: AnsweringProcesses) -> None:
    texts = [QUESTIONS[number % len(QUESTIONS)] for number in range(60)]
    with ThreadPoolExecutor(12) as pool:
        answers = list(pool.map(lambda text: elsewhere.respond(asked(text)), texts))
    assert [timeless(answer) for answer in answers] == [timeless(here.respond(asked(text))) for text in texts]


def test_a_message_survives_the_process_that_died_over_it(here: Responder, elsewhere: AnsweringProcesses) -> None:
    assert timeless(elsewhere.respond(asked(DEADLY))) == timeless(here.respond(asked(DEADLY)))
    wait_until(lambda: elsewhere.ready == 2)
    assert elsewhere.respond(asked(QUESTIONS[0])).outcome is Outcome.ANSWERED


def test_every_process_may_die_while_all_are_asked(here: Responder, elsewhere: AnsweringProcesses) -> None:
    texts = [DEADLY, QUESTIONS[0], QUESTIONS[1]] * 6
    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda text: elsewhere.respond(asked(text)), texts))
    assert [timeless(answer) for answer in answers] == [timeless(here.respond(asked(text))) for text in texts]


class NoVectors:
    """Makes vectors of passages, and fails over those of questions."""

    name, dimension = THEMES.name, THEMES.dimension

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        return THEMES.encode_passages(texts)

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        raise ModelUnavailable("elsewhere", f"{len(texts)} texts")


def test_a_process_that_waits_for_vectors_in_vain_is_replaced(here: Responder, folder: Path) -> None:
    processes = AnsweringProcesses(here, NoVectors(), partial(boats, folder), 1)
    try:
        for _ in range(2):
            wait_until(lambda: processes.ready == 1)
            with pytest.raises(ModelUnavailable):
                processes.respond(asked("Hồi tháng 3 năm 2022 trẻ em thả tàu giấy từ mấy giờ?"))
        wait_until(lambda: processes.ready == 1)
        assert processes.respond(asked(QUESTIONS[0])).outcome is Outcome.ANSWERED
    finally:
        processes.close()


def test_without_a_process_that_starts_it_is_answered_here(here: Responder, folder: Path) -> None:
    processes = AnsweringProcesses(here, THEMES, partial(nothing, folder), 2)
    try:
        assert processes.respond(asked(QUESTIONS[0])).outcome is Outcome.ANSWERED
        wait_until(lambda: processes.started == 0)
        assert processes.respond(asked(QUESTIONS[0])).outcome is Outcome.ANSWERED
    finally:
        processes.close()


def test_the_time_told_includes_reading_here_and_answering_there(here: Responder, folder: Path) -> None:
    ticks = iter(range(1_000))
    processes = AnsweringProcesses(here, THEMES, partial(boats, folder), 1, clock=lambda: float(next(ticks)))
    try:
        wait_until(lambda: processes.ready == 1)
        told = processes.respond(asked(QUESTIONS[0])).timings_ms
        assert told["understand"] == 1_000.0
        assert told["total"] > told["understand"]
        assert "find" in told
    finally:
        processes.close()


def test_closing_ends_every_process(here: Responder, folder: Path) -> None:
    processes = AnsweringProcesses(here, THEMES, partial(boats, folder), 2)
    wait_until(lambda: processes.ready == 2)
    processes.close()
    assert processes.ready == 0
    assert processes.respond(asked(QUESTIONS[0])).outcome is Outcome.ANSWERED
