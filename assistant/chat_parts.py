"""Chats of a deployment, wired: the parts that a conversation needs, over the desks of one service."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.chats.desk import ChatDesk
from assistant.chats.keeping_files import FileKeeper
from assistant.chats.letterbox import ChatLetterbox
from assistant.chats.parts import ChatParts, Feedback
from assistant.chats.public_matters import PublishedMatters
from assistant.chats.scanning import Clamd
from assistant.chats.types import Files, Words
from assistant.feedback.answers.surveys import SurveyDesk
from assistant.feedback.privacy.personal_data import PersonalDataFinder, redacted
from corpus.area_points import AreaPoints
from corpus.areas import Areas
from corpus.errors import SourceUnreadable

if TYPE_CHECKING:
    from assistant.app import Assistant
    from assistant.chats.parts import Transcriber
    from assistant.dialogue.answer_feedback import AnswerFeedback
    from assistant.feedback.desk import FeedbackDesk
    from embeddings.encoder import Encoder


@dataclass(frozen=True, slots=True)
class FoundData:
    """Takes out what the finder of personal data finds."""

    finder: PersonalDataFinder

    def redacted(self, text: str) -> str:
        """The text as others would read it."""
        return redacted(text, self.finder.find(text))


@dataclass(frozen=True, slots=True)
class Tables:
    """What is read once and takes a second: units, where they lie, and the finder of personal data, which knows them too."""

    areas: Areas | None
    points: AreaPoints | None
    finder: PersonalDataFinder

    @classmethod
    def load(cls) -> Tables:
        """As installed; without the tables of units no place is recognised."""
        try:
            areas, points = Areas.load(), AreaPoints.load()
        except SourceUnreadable:
            return cls(None, None, PersonalDataFinder(None))
        return cls(areas, points, PersonalDataFinder(areas))


@dataclass(frozen=True, slots=True)
class ChatService:
    """The desk of chats, and the channel that messages of the recommendation database go through."""

    desk: ChatDesk
    letterbox: ChatLetterbox


def open_chats(
    assistant: Assistant,
    answer_feedback: AnswerFeedback,
    feedback: FeedbackDesk,
    *,
    channel: str,
    words: Words,
    files: Files,
    worker: str,
    encoder: Encoder | None = None,
    clamd: str = "",
    transcriber: Transcriber | None = None,
    tables: Tables | None = None,
) -> ChatService:
    """Chats of a channel over these desks, as the worker of this name sees them."""
    known = tables or Tables.load()
    desks = Feedback(
        intake=feedback.intake,
        own_data=feedback.own_data,
        surveys=SurveyDesk(feedback.engine, feedback.vault, feedback.clock, feedback.intake, feedback.recommendations, feedback.own_data),
        messages=feedback.messages,
        machine=feedback.recommendations.machine,
        consents=feedback.consents,
        deadlines=feedback.recommendations.deadlines,
    )
    parts = ChatParts(
        assistant=assistant,
        answer_feedback=answer_feedback,
        feedback=desks,
        words=words,
        files=FileKeeper(feedback.engine, feedback.vault, feedback.clock, files, Clamd(clamd) if clamd else None),
        redactor=FoundData(known.finder),
        public=PublishedMatters(feedback.engine, feedback.vault, feedback.casework, feedback.clock, encoder, known.areas),
        clock=feedback.clock,
        areas=known.areas,
        points=known.points,
        transcriber=transcriber,
    )
    desk = ChatDesk(feedback.engine, feedback.vault, feedback.clock, worker, parts, channel)
    letterbox = ChatLetterbox(feedback.engine, feedback.vault, desk.mailbox, words, desks.machine)
    return ChatService(desk, letterbox)
