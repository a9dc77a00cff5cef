"""Feedback on answers, on a SQLite file and on PostgreSQL: kept once, queued in order, short."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from sqlalchemy import Engine

from assistant.dialogue.answer_feedback import MAX_NOTE_CHARS, AnswerFeedback
from assistant.dialogue.conversations import Conversations
from assistant.dialogue.errors import FeedbackNotFound, NoteTooLong
from assistant.dialogue.types import Feedback, FeedbackKind, FeedbackState
from corpus.ids import ProvisionId
from tests.assistant.talker import MORNING, Clock, opened

POINT = ProvisionId("901/2020/QH14", "8", "2", "đ")


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    made = opened(database_url)
    yield made
    made.dispose()


@pytest.fixture
def feedback(engine: Engine) -> AnswerFeedback:
    return AnswerFeedback(engine, Clock())


def test_feedback_comes_back_as_it_was_given(engine: Engine, feedback: AnswerFeedback) -> None:
    talks = Conversations(engine, Clock())
    talk = talks.start("web")
    turn = talks.ask(talk.id, "r1", "hỏi", MORNING)
    kept = feedback.add("f1", FeedbackKind.WRONG_ARTICLE, note="Sai điều", provision=POINT, conversation=talk.id, turn=turn.number)
    wanted = Feedback(kept.id, FeedbackKind.WRONG_ARTICLE, "Sai điều", MORNING, FeedbackState.OPEN, POINT, talk.id, 1)
    assert kept == wanted
    assert feedback.queue() == [wanted]


@pytest.mark.parametrize("kind", FeedbackKind)
def test_feedback_needs_no_conversation(feedback: AnswerFeedback, kind: FeedbackKind) -> None:
    kept = feedback.add("f1", kind)
    assert (kept.kind, kept.note, kept.provision, kept.conversation, kept.turn) == (kind, "", None, None, None)


@pytest.mark.parametrize(
    ("conversation", "turn"),
    [
        ("unknown", 1),
        ("unknown", None),  # half a link is none
        (None, 1),
    ],
)
def test_an_answer_that_is_not_kept_is_not_linked(feedback: AnswerFeedback, conversation: str | None, turn: int | None) -> None:
    kept = feedback.add("f1", FeedbackKind.UNCLEAR, conversation=conversation, turn=turn)
    assert (kept.conversation, kept.turn) == (None, None)


def test_a_repeated_request_is_kept_once(feedback: AnswerFeedback) -> None:
    first = feedback.add("f1", FeedbackKind.UNCLEAR, note="một")
    assert feedback.add("f1", FeedbackKind.OTHER, note="hai") == first
    with ThreadPoolExecutor(8) as pool:
        assert len({one.id for one in pool.map(lambda _: feedback.add("f2", FeedbackKind.OTHER), range(16))}) == 1
    assert len(feedback.queue()) == 2


def test_a_note_has_its_limit(feedback: AnswerFeedback) -> None:
    assert len(feedback.add("f1", FeedbackKind.OTHER, note="đ" * MAX_NOTE_CHARS).note) == MAX_NOTE_CHARS
    with pytest.raises(NoteTooLong) as refused:
        feedback.add("f2", FeedbackKind.OTHER, note="đ" * (MAX_NOTE_CHARS + 1))
    assert (refused.value.length, refused.value.limit) == (2_001, 2_000)
    assert len(feedback.queue()) == 1


def test_the_queue_is_read_page_by_page(feedback: AnswerFeedback) -> None:
    ids = [feedback.add(f"f{number}", FeedbackKind.OTHER).id for number in range(5)]
    first = feedback.queue(limit=2)
    second = feedback.queue(after_id=first[-1].id, limit=2)
    third = feedback.queue(after_id=second[-1].id, limit=2)
    assert [one.id for page in (first, second, third) for one in page] == ids == sorted(ids)


def test_what_was_looked_at_leaves_the_queue(feedback: AnswerFeedback) -> None:
    first, second = (feedback.add(request, FeedbackKind.OTHER) for request in ("f1", "f2"))
    done = feedback.finish(first.id)
    assert done == replace(first, state=FeedbackState.DONE)
    assert (feedback.queue(), feedback.queue(FeedbackState.DONE)) == ([second], [done])
    assert feedback.finish(first.id) == done


def test_unknown_feedback_cannot_be_finished(feedback: AnswerFeedback) -> None:
    with pytest.raises(FeedbackNotFound) as missing:
        feedback.finish(99)
    assert missing.value.feedback == 99
