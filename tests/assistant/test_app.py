"""The front door for channels, on a SQLite file and on PostgreSQL: what a restart or a killed process leaves is taken up again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from sqlalchemy import Engine

from assistant.answering.answerer import Answerer
from assistant.answering.types import Answer
from assistant.app import Asked, Assistant
from assistant.dialogue.conversations import Conversations
from assistant.dialogue.types import Turn, TurnState
from assistant.responder import Message, Responder
from assistant.understanding.routes import Route
from tests.assistant.talker import Clock, ToyRouter, opened, process
from tests.assistant.toy_law import toy_answerer, toy_store

HOURS, ADULTS, UNCLEAR = "Trẻ em thả tàu giấy từ mấy giờ?", "thế còn người lớn thì sao?", "không rõ chuyện gì"


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    made = opened(database_url)
    yield made
    made.dispose()


@pytest.fixture
def talks(engine: Engine) -> Conversations:
    return Conversations(engine, Clock())


@pytest.fixture(scope="module")
def answerer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Answerer]:
    with toy_store(tmp_path_factory.mktemp("law")) as store:
        yield toy_answerer(store)


class Listening(Responder):
    """Answers as ever and keeps the messages that it was given."""

    def __init__(self, answerer: Answerer) -> None:
        super().__init__(answerer, ToyRouter())
        self.heard: list[Message] = []

    def respond(self, message: Message) -> Answer:
        self.heard.append(message)
        return super().respond(message)


@dataclass
class Desk:
    """The assistant of one process."""

    talks: Conversations
    responder: Listening

    def ask(self, asked: Asked) -> Turn:
        return Assistant(self.responder, self.talks, Clock()).ask(asked, lambda answer: answer.outcome.value)

    @property
    def last(self) -> Message:
        return self.responder.heard[-1]


@pytest.fixture
def desk(talks: Conversations, answerer: Answerer) -> Desk:
    return Desk(talks, Listening(answerer))


@pytest.fixture
def talk(talks: Conversations) -> str:
    return talks.start("web").id


def killed_over(database_url: str, folder: Path, talk: str, *texts: str, choice: str = "") -> None:
    """Another process answers messages of a conversation and is killed in the middle of the last."""
    doomed = process("stuck", database_url, talk, str(folder), choice, *texts)
    assert doomed.stdout
    assert doomed.stdout.readline()
    doomed.kill()
    doomed.communicate(timeout=60)


def test_a_restart_knows_which_questions_followed_from_others(desk: Desk, talks: Conversations, answerer: Answerer, talk: str) -> None:
    for number, text in enumerate((HOURS, ADULTS), 1):
        desk.ask(Asked(talk, f"r{number}", text))
    restarted = Desk(talks, Listening(answerer))
    restarted.ask(Asked(talk, "r3", "thế còn ban đêm?"))
    assert [past.follows for past in restarted.last.before] == [False, True]


def test_what_a_killed_process_left_is_answered_when_it_is_sent_again(desk: Desk, talk: str, database_url: str, tmp_path: Path) -> None:
    killed_over(database_url, tmp_path, talk, HOURS)
    assert [turn.state for turn in desk.talks.turns(talk)] == [TurnState.ASKED]
    turn = desk.ask(Asked(talk, "r1", HOURS))
    assert turn.answer
    assert (turn.number, turn.typed, turn.answer.outcome) == (1, HOURS, "answered")
    assert desk.talks.turns(talk) == [turn] == [desk.ask(Asked(talk, "r1", HOURS))]
    assert len(desk.responder.heard) == 1


def test_nothing_is_answered_at_a_start_by_itself(desk: Desk, talk: str, database_url: str, tmp_path: Path) -> None:
    killed_over(database_url, tmp_path, talk, HOURS)
    desk.ask(Asked(talk, "r2", ADULTS))
    assert [turn.state for turn in desk.talks.turns(talk)] == [TurnState.ASKED, TurnState.ANSWERED]


def test_a_reply_that_a_killed_process_heard_still_answers_the_question_behind(
    desk: Desk, talk: str, database_url: str, tmp_path: Path
) -> None:
    killed_over(database_url, tmp_path, talk, UNCLEAR, "Hỏi về luật", choice="legal_question")
    desk.ask(Asked(talk, "r2", "Hỏi về luật", choice=Route.LEGAL_QUESTION))
    assert (desk.last.text, desk.last.meant) == (UNCLEAR, Route.LEGAL_QUESTION)


def test_a_question_back_that_a_killed_process_did_not_say_is_said(desk: Desk, talk: str, database_url: str, tmp_path: Path) -> None:
    killed_over(database_url, tmp_path, talk, UNCLEAR)
    asked = desk.talks.pending(talk)
    assert asked
    answered = desk.ask(Asked(talk, "r1", UNCLEAR)).answer
    assert answered
    assert answered.outcome == "needs_clarification"
    assert desk.talks.pending(talk) == asked


def test_a_turn_sent_again_hears_the_turns_before_it_only(desk: Desk, talk: str) -> None:
    desk.ask(Asked(talk, "r1", HOURS))
    desk.talks.ask(talk, "r2", ADULTS, Clock()())
    desk.ask(Asked(talk, "r3", "Làm bẩn ao hồ phạt bao nhiêu?"))
    desk.ask(Asked(talk, "r2", ADULTS))
    assert [past.asked for past in desk.last.before] == [HOURS]


def test_what_is_sent_again_is_what_was_kept_the_first_time(desk: Desk, talk: str) -> None:
    desk.talks.ask(talk, "r1", HOURS, Clock()())
    assert desk.ask(Asked(talk, "r1", "khác hẳn")).typed == desk.last.text == HOURS


def test_a_reply_settles_the_question_back(desk: Desk, talk: str) -> None:
    desk.ask(Asked(talk, "r1", UNCLEAR))
    asked = desk.talks.pending(talk)
    assert asked
    desk.ask(Asked(talk, "r2", "Hỏi về luật", choice=Route.LEGAL_QUESTION))
    settled = desk.talks.replied_to(talk, turn=2)
    assert settled == replace(asked, reply="legal_question", settled_by=2, settled_at=Clock()())
    # The message itself is answered now: it is none of the turns before it.
    assert (desk.last.text, desk.last.before) == (UNCLEAR, ())
