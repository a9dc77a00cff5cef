"""Several processes share a conversation, and one of them is killed: nothing that was acknowledged is lost."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import Engine

from assistant.dialogue.conversations import Conversations
from tests.assistant.talker import ANSWER, Clock, finished, opened, process


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    made = opened(database_url)
    yield made
    made.dispose()


@pytest.fixture
def talks(engine: Engine) -> Conversations:
    return Conversations(engine, Clock())


def test_one_process_asks_and_another_answers(talks: Conversations, database_url: str) -> None:
    talk = talks.start("web").id
    assert finished(process("ask", database_url, talk, "r1")) == ["1"]
    assert [turn.request_id for turn in talks.unanswered(timedelta(0))] == ["r1"]
    assert finished(process("answer", database_url, talk, "1")) == ["1"]
    assert [(turn.typed, turn.answer) for turn in talks.history(talk)] == [("hỏi từ nơi khác", ANSWER)]
    assert finished(process("ask", database_url, talk, "r2")) == ["2"]


def test_many_askers_at_once_get_numbers_without_gaps(talks: Conversations, database_url: str) -> None:
    talk = talks.start("web").id
    crowds = [process("crowd", database_url, talk, name, "8", "5") for name in ("a", "b")]
    numbers = [int(number) for crowd in crowds for number in finished(crowd)]
    assert sorted(numbers) == list(range(1, 81))
    assert len({turn.request_id for turn in talks.unanswered(timedelta(0))}) == 80


def test_the_same_request_from_two_processes_is_one_turn(talks: Conversations, database_url: str) -> None:
    talk = talks.start("web").id
    # The same names, so the same request ids, from both.
    crowds = [process("crowd", database_url, talk, "a", "4", "5") for _ in range(2)]
    one, other = (sorted(map(int, finished(crowd))) for crowd in crowds)
    assert one == other == list(range(1, 21))


@pytest.mark.parametrize("acknowledged", [1, 25])
def test_a_killed_process_loses_no_question_that_it_acknowledged(talks: Conversations, database_url: str, acknowledged: int) -> None:
    talk = talks.start("web").id
    doomed = process("forever", database_url, talk)
    assert doomed.stdout
    heard = [int(doomed.stdout.readline()) for _ in range(acknowledged)]
    doomed.kill()
    doomed.communicate(timeout=60)
    left = talks.unanswered(timedelta(0))
    assert heard == list(range(1, acknowledged + 1))
    # It may have got further than it was heard to say.
    assert [turn.number for turn in left] == list(range(1, len(left) + 1))
    assert len(left) >= acknowledged
    assert all((turn.request_id, turn.typed) == (f"request {turn.number - 1}", f"câu hỏi {turn.number - 1}") for turn in left)
    for turn in left:
        talks.answer(talk, turn.number, ANSWER)
    assert talks.unanswered(timedelta(0)) == []


def test_two_threads_that_open_one_chat_get_one_conversation(talks: Conversations) -> None:
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(lambda _: talks.current("telegram", "key").id, range(32)))) == 1
