"""Conversations, on a SQLite file and on PostgreSQL: who is talked to, what was asked and answered, what is asked back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import count

import pytest
from sqlalchemy import Engine

from assistant.dialogue.conversations import Conversations, random_id
from assistant.dialogue.errors import ConversationNotFound, TurnNotFound
from assistant.dialogue.types import Conversation, DailyCount, Turn, TurnAnswer, TurnState
from tests.assistant.talker import ANSWER, MORNING, Clock, opened

SILENCE = timedelta(hours=24)
MOMENT = timedelta(seconds=1)
KEY = "keyed-hash-of-a-chat"


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
    numbers = count(1)
    return Conversations(engine, clock, lambda: f"id-{next(numbers)}", SILENCE)


@pytest.fixture
def talk(talks: Conversations) -> Conversation:
    return talks.start("web")


def ask(talks: Conversations, talk: Conversation, request: str = "r1", typed: str = "tha tau luc may gio", at: datetime = MORNING) -> Turn:
    return talks.ask(talk.id, request, typed, at)


# Opening


def test_an_id_cannot_be_guessed_and_fits_a_url() -> None:
    ids = {random_id() for _ in range(1000)}
    assert len(ids) == 1000
    assert all(len(one) == 22 and one.replace("-", "").replace("_", "").isalnum() for one in ids)


def test_a_conversation_is_found_by_its_id_only(talks: Conversations, talk: Conversation) -> None:
    assert talks.find(talk.id) == Conversation("id-1", "web", MORNING, MORNING, {})
    assert talks.find("id-2") is None


def test_a_chat_goes_on_where_it_was(talks: Conversations) -> None:
    first = talks.current("telegram", KEY)
    assert talks.current("telegram", KEY) == first
    assert talks.current("zalo", KEY).id != first.id
    assert talks.current("telegram", "another").id != first.id


def test_starting_again_leaves_the_old_conversation_behind(talks: Conversations) -> None:
    old = talks.current("telegram", KEY)
    fresh = talks.start("telegram", KEY)
    assert talks.current("telegram", KEY).id == fresh.id != old.id
    assert talks.find(old.id) is not None


def test_a_conversation_ends_after_a_day_of_silence(talks: Conversations, clock: Clock) -> None:
    talk = talks.current("telegram", KEY)
    clock.forward(SILENCE - MOMENT)
    ask(talks, talk, at=clock.now)
    clock.forward(SILENCE - MOMENT)
    assert talks.current("telegram", KEY).id == talk.id
    clock.forward(MOMENT)
    assert talks.find(talk.id) is None
    with pytest.raises(ConversationNotFound):
        ask(talks, talk, "r2", at=clock.now)
    with pytest.raises(ConversationNotFound):
        talks.remember(talk.id, "place", "Huế")
    assert talks.current("telegram", KEY).id != talk.id


def test_only_asking_breaks_the_silence(talks: Conversations, talk: Conversation, clock: Clock) -> None:
    turn = ask(talks, talk)
    clock.forward(SILENCE - MOMENT)
    talks.answer(talk.id, turn.number, ANSWER)
    talks.remember(talk.id, "place", "Huế")
    clock.forward(MOMENT)
    assert talks.find(talk.id) is None


def test_facts_are_remembered_replaced_and_forgotten(talks: Conversations, talk: Conversation) -> None:
    talks.remember(talk.id, "place", "Huế")
    talks.remember(talk.id, "language", "vi")
    told = talks.remember(talk.id, "place", "Đà Nẵng")
    assert told == talks.find(talk.id)
    assert (told.place, told.language, dict(told.facts)) == ("Đà Nẵng", "vi", {"place": "Đà Nẵng", "language": "vi"})
    assert talks.remember(talk.id, "place", None).place is None


# Asking and answering


def test_a_question_is_kept_as_typed(talks: Conversations, talk: Conversation) -> None:
    turn = ask(talks, talk, typed="  tha tau\nluc may gio?? ")
    assert turn == Turn(talk.id, 1, "r1", MORNING, "  tha tau\nluc may gio?? ")
    assert turn.state is TurnState.ASKED
    assert talks.history(talk.id) == []


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("a\x00b", "a\ufffdb"),  # PostgreSQL holds no NUL
        ("a\ud800b", "a?b"),  # half of a surrogate pair is no character
        ("", ""),
        ("👩‍👩‍👧 điều 5\u0301", "👩‍👩‍👧 điều 5\u0301"),
    ],
)
def test_anything_can_be_typed(talks: Conversations, talk: Conversation, typed: str, kept: str) -> None:
    assert ask(talks, talk, typed=typed).typed == kept


def test_a_repeated_request_is_the_same_turn(talks: Conversations, talk: Conversation, clock: Clock) -> None:
    first = ask(talks, talk)
    assert ask(talks, talk, typed="khác") == first
    answered = talks.answer(talk.id, first.number, ANSWER)
    clock.forward(SILENCE)  # also where nothing fresh may be asked any more
    assert ask(talks, talk) == answered


def test_a_request_id_counts_within_its_conversation(talks: Conversations, talk: Conversation) -> None:
    other = talks.start("web")
    assert (ask(talks, talk).number, ask(talks, talk, "r2").number, ask(talks, other, "r2").number) == (1, 2, 1)


@pytest.mark.parametrize("answer", [ANSWER, replace(ANSWER, follows=True, route=None, provisions=(), procedure="Cấp phép thả tàu")])
def test_an_answer_comes_back_as_it_was_given(talks: Conversations, talk: Conversation, clock: Clock, answer: TurnAnswer) -> None:
    turn = ask(talks, talk)
    clock.forward(MOMENT)
    answered = talks.answer(talk.id, turn.number, answer)
    assert answered == replace(turn, answer=answer, answered_at=clock.now)
    assert talks.history(talk.id) == [answered]


def test_the_first_answer_stays(talks: Conversations, talk: Conversation, clock: Clock) -> None:
    turn = ask(talks, talk)
    first = talks.answer(talk.id, turn.number, ANSWER)
    clock.forward(MOMENT)
    assert talks.answer(talk.id, turn.number, replace(ANSWER, content="{}", outcome="no_source")) == first
    assert [one.turns for one in talks.counts(date.min, date.max)] == [1]


def test_nothing_is_answered_that_was_not_asked(talks: Conversations, talk: Conversation) -> None:
    with pytest.raises(TurnNotFound) as missing:
        talks.answer(talk.id, 7, ANSWER)
    assert (missing.value.conversation, missing.value.number) == (talk.id, 7)


def test_history_holds_the_last_answered_turns_oldest_first(talks: Conversations, talk: Conversation) -> None:
    turns = [ask(talks, talk, f"r{number}") for number in range(9)]
    for turn in turns[:8]:
        talks.answer(talk.id, turn.number, ANSWER)
    assert [turn.number for turn in talks.history(talk.id)] == [3, 4, 5, 6, 7, 8]
    assert [turn.number for turn in talks.history(talk.id, last=2)] == [7, 8]
    assert [turn.number for turn in talks.history(talk.id, last=2, before=5)] == [3, 4]


def test_turns_are_told_answered_or_not(talks: Conversations, talk: Conversation) -> None:
    first, second = ask(talks, talk, "r1"), ask(talks, talk, "r2")
    answered = talks.answer(talk.id, second.number, ANSWER)
    assert talks.turns(talk.id) == [first, answered]
    assert talks.turns(talk.id, last=1) == [answered]


def test_turns_left_without_an_answer_are_found_again(talks: Conversations, talk: Conversation, clock: Clock) -> None:
    early, answered, late = (ask(talks, talk, f"r{minute}", at=MORNING + timedelta(minutes=minute)) for minute in range(3))
    talks.answer(talk.id, answered.number, ANSWER)
    clock.forward(timedelta(minutes=2))
    assert talks.unanswered(timedelta(0)) == [early, late]
    assert talks.unanswered(timedelta(minutes=1)) == [early]
    assert talks.unanswered(timedelta(minutes=3)) == []


def test_answers_are_counted_by_the_day_in_vietnam(talks: Conversations, talk: Conversation) -> None:
    evening = datetime(2026, 11, 2, 16, 59, tzinfo=UTC)
    for number, (at, outcome) in enumerate([(evening, "answered"), (evening, "answered"), (evening + timedelta(minutes=1), "no_source")]):
        turn = ask(talks, talk, f"r{number}", at=at)
        talks.answer(talk.id, turn.number, replace(ANSWER, outcome=outcome, route=None if number == 2 else "legal"))
    first, second = date(2026, 11, 2), date(2026, 11, 3)
    assert talks.counts(first, second) == [DailyCount(first, "web", "legal", "answered", 2), DailyCount(second, "web", "", "no_source", 1)]
    assert talks.counts(second, second) == [DailyCount(second, "web", "", "no_source", 1)]


# Questions back


def test_a_question_back_waits_for_its_reply(talks: Conversations, talk: Conversation, clock: Clock) -> None:
    turn = ask(talks, talk)
    asked = talks.clarify(talk.id, "married", ["rồi", "chưa"], turn=turn.number)
    assert asked is not None
    assert asked == talks.pending(talk.id)
    assert (asked.what, asked.options, asked.turn) == ("married", ("rồi", "chưa"), 1)
    clock.forward(MOMENT)
    assert talks.replied_to(talk.id, turn=2) == asked
    settled = talks.settle(talk.id, "rồi", turn=2)
    assert settled == replace(asked, reply="rồi", settled_at=clock.now, settled_by=2)
    assert talks.pending(talk.id) is None
    assert talks.settle(talk.id, "chưa", turn=3) is None


def test_a_reply_said_again_is_the_same_reply(talks: Conversations, talk: Conversation, clock: Clock) -> None:
    talks.clarify(talk.id, "married", ["rồi", "chưa"], turn=1)
    settled = talks.settle(talk.id, "rồi", turn=2)
    clock.forward(MOMENT)
    assert talks.settle(talk.id, "chưa", turn=2) == talks.replied_to(talk.id, turn=2) == settled


def test_the_turn_that_asks_back_is_no_reply_to_it(talks: Conversations, talk: Conversation) -> None:
    asked = talks.clarify(talk.id, "married", ["rồi", "chưa"], turn=2)
    assert [talks.settle(talk.id, None, turn=turn) for turn in (1, 2)] == [None, None]
    assert talks.pending(talk.id) == asked


def test_one_question_back_at_a_time_and_none_twice(talks: Conversations, talk: Conversation) -> None:
    assert talks.clarify(talk.id, "married", (), turn=1)
    assert talks.clarify(talk.id, "citizen", (), turn=1) is None
    assert talks.clarify(talk.id, "married", (), turn=2) is None
    talks.settle(talk.id, None, turn=2)
    assert talks.clarify(talk.id, "married", (), turn=1) is None
    assert talks.clarify(talk.id, "citizen", (), turn=2)
    assert talks.clarify(talks.start("web").id, "married", (), turn=1)


def test_a_question_back_that_a_crash_kept_from_the_citizen_can_be_said_again(talks: Conversations, talk: Conversation) -> None:
    asked = talks.clarify(talk.id, "married", ["rồi"], turn=1)
    assert talks.clarify(talk.id, "married", ["rồi"], turn=1) == asked
