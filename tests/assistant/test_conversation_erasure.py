"""Conversations end: on a SQLite file and on PostgreSQL, what must go goes altogether, and what was counted stays."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import Engine, select

from assistant.database import metadata, reading
from assistant.dialogue.answer_feedback import AnswerFeedback
from assistant.dialogue.conversations import Conversations
from assistant.dialogue.errors import ConversationNotFound, TurnNotFound
from assistant.dialogue.types import Conversation, Expired, FeedbackKind, Turn
from tests.assistant.talker import ANSWER, MORNING, Clock, opened
from tests.databases import sqlite_url

SILENCE, RETENTION = timedelta(hours=24), timedelta(days=30)
MOMENT = timedelta(seconds=1)
LATE: dict[str, Callable[[Conversations, str], object]] = {
    "ask": lambda talks, talk: talks.ask(talk, "late", "hỏi", MORNING),
    "answer": lambda talks, talk: talks.answer(talk, 1, ANSWER),
    "remember": lambda talks, talk: talks.remember(talk, "place", "Huế"),
    "clarify": lambda talks, talk: talks.clarify(talk, "married", (), turn=1),
    "settle": lambda talks, talk: talks.settle(talk, "rồi", turn=2),
}


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    made = opened(database_url)
    yield made
    made.dispose()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def talks(engine: Engine, clock: Clock) -> Conversations:
    return Conversations(engine, clock, expires_after=SILENCE, retention=RETENTION)


@pytest.fixture
def talk(talks: Conversations) -> Conversation:
    return talks.start("web")


def ask(talks: Conversations, talk: Conversation, request: str = "r1", typed: str = "hỏi", at: datetime = MORNING) -> Turn:
    return talks.ask(talk.id, request, typed, at)


def everything(engine: Engine) -> str:
    """All rows of all tables as one text."""
    with reading(engine) as connection:
        return "\n".join(str(row) for table in metadata.sorted_tables for row in connection.execute(select(table)))


@pytest.mark.parametrize("call", LATE)
def test_nothing_is_written_into_a_deleted_conversation(talks: Conversations, talk: Conversation, call: str) -> None:
    ask(talks, talk)
    assert talks.delete(talk.id)
    with pytest.raises((ConversationNotFound, TurnNotFound)):
        LATE[call](talks, talk.id)
    assert (talks.find(talk.id), talks.history(talk.id), talks.pending(talk.id)) == (None, [], None)
    assert talks.unanswered(timedelta(0)) == []


def test_deleting_twice_or_something_unknown_does_nothing(talks: Conversations, talk: Conversation) -> None:
    assert [talks.delete(one) for one in (talk.id, talk.id, "unknown")] == [True, False, False]


def test_a_silent_conversation_can_be_deleted_too(talks: Conversations, talk: Conversation, clock: Clock) -> None:
    clock.forward(2 * SILENCE)
    assert talks.delete(talk.id)


def fill(talks: Conversations, notes: AnswerFeedback, talk: Conversation, mark: str) -> None:
    """Puts `mark` wherever a conversation holds text."""
    talks.remember(talk.id, "place", mark)
    for number in range(3):
        turn = ask(talks, talk, f"r{number}", typed=f"{mark} đã gõ {number}")
        talks.answer(talk.id, turn.number, replace(ANSWER, understood=f"{mark} đã hiểu", content=f'"{mark}"', procedure=mark))
        notes.add(f"{talk.id} {number}", FeedbackKind.UNCLEAR, note=f"{mark} không rõ", conversation=talk.id, turn=turn.number)
    ask(talks, talk, "left", typed=f"{mark} chưa trả lời")
    talks.clarify(talk.id, "married", (mark,), turn=1)
    talks.settle(talk.id, f"{mark} rồi", turn=2)


def test_deleting_removes_every_text_and_keeps_the_counts(engine: Engine, talks: Conversations) -> None:
    gone, stays = talks.current("telegram", "DAUVET1"), talks.current("telegram", "DAUVET2")
    notes = AnswerFeedback(engine, Clock())
    fill(talks, notes, gone, "DAUVET1")
    fill(talks, notes, stays, "DAUVET2")
    assert talks.delete(gone.id)
    assert "DAUVET1" not in everything(engine)
    assert [one.turns for one in talks.counts(date.min, date.max)] == [6]
    assert [(one.note == "", one.conversation) for one in notes.queue()] == [(True, None)] * 3 + [(False, stays.id)] * 3
    assert len(talks.history(stays.id)) == 3


def test_texts_go_when_the_retention_has_passed_and_counts_stay(engine: Engine, talks: Conversations, clock: Clock) -> None:
    old = talks.current("telegram", "DAUVET1")
    notes = AnswerFeedback(engine, clock)
    fill(talks, notes, old, "DAUVET1")
    clock.forward(RETENTION)
    recent = talks.start("web")
    fresh = ask(talks, recent, typed="DAUVET2", at=clock.now)
    assert talks.expire() == Expired()
    clock.forward(MOMENT)
    assert talks.expire() == Expired(turns=4, conversations=1, notes=3)
    assert "DAUVET1" not in everything(engine)
    assert [one.turns for one in talks.counts(date.min, date.max)] == [3]
    assert talks.unanswered(timedelta(0)) == [fresh]
    assert talks.expire() == Expired()


def test_numbers_go_on_in_a_conversation_whose_old_turns_are_gone(talks: Conversations, talk: Conversation, clock: Clock) -> None:
    for day in range(40):
        ask(talks, talk, f"r{day}", at=clock.now)
        clock.forward(SILENCE - MOMENT)
    assert talks.expire().turns == 10
    assert ask(talks, talk, "next", at=clock.now).number == 41
    assert talks.find(talk.id) is not None


# Traces in a SQLite file


def traces(folder: Path, marks: Iterable[str]) -> set[str]:
    contents = b"".join(path.read_bytes() for path in sorted(folder.iterdir()))
    return {mark for mark in marks if mark.encode() in contents}


def test_a_deleted_text_leaves_no_trace_in_the_files(tmp_path: Path) -> None:
    """Short texts of several conversations share pages of the file; where a page is put in order, copies stay behind in its gaps."""
    engine = opened(sqlite_url(tmp_path))
    talks, lengths = Conversations(engine, Clock()), Random(3)
    going: list[tuple[Conversation, list[str]]] = []
    gone: list[str] = []
    for number in range(260):
        if number % 6 == 0:
            going.append((talks.start("web"), []))
        talk, marks = lengths.choice(going[-12:])
        marks.append(f"DAUVET{number:04d}")
        text = marks[-1] + "x" * lengths.choice([0, 5, 30, 100, 400, 1500])
        turn = ask(talks, talk, marks[-1][-4:], text)
        talks.answer(talk.id, turn.number, replace(ANSWER, understood=text, content=text * lengths.choice([1, 2, 9])))
        if number % 10 == 9:
            talk, marks = going.pop(lengths.randrange(len(going)))
            talks.delete(talk.id)
            gone += marks
            assert traces(tmp_path, gone) == set()
    kept = [mark for _, marks in going for mark in marks]
    assert traces(tmp_path, kept) == set(kept)
    engine.dispose()


@pytest.mark.parametrize("end", ["delete", "expire"])
def test_no_kind_of_text_leaves_a_trace_in_the_files(tmp_path: Path, end: str) -> None:
    engine, clock = opened(sqlite_url(tmp_path)), Clock()
    talks, notes = Conversations(engine, clock), AnswerFeedback(engine, clock)
    talk = talks.current("telegram", "DAUVET")
    fill(talks, notes, talk, "DAUVET")
    assert traces(tmp_path, ["DAUVET"])
    if end == "delete":
        talks.delete(talk.id)
    else:
        clock.forward(RETENTION + MOMENT)
        talks.expire()
    assert traces(tmp_path, ["DAUVET"]) == set()
    engine.dispose()
