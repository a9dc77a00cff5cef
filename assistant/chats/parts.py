"""What the conversation of a chat needs of the rest of the program."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from assistant.app import Assistant
from assistant.chats.chats import ChatState
from assistant.chats.keeping_files import FileKeeper
from assistant.chats.types import Event, Said, Words
from assistant.dialogue.answer_feedback import AnswerFeedback
from assistant.feedback.answers.surveys import SurveyDesk
from assistant.feedback.consent import Consents
from assistant.feedback.intake import Intake
from assistant.feedback.messages import MessageDesk
from assistant.feedback.own_data import OwnDataDesk
from assistant.feedback.states import StateMachine
from assistant.feedback.timing.running_deadlines import RunningDeadlines
from corpus.area_points import AreaPoints
from corpus.areas import Areas


@dataclass(frozen=True, slots=True)
class PublicMatter:
    """A published recommendation that is like what somebody is about to send."""

    number: int
    title: str


class PublicMatters(Protocol):
    """Published recommendations, to be found and joined."""

    def like(self, text: str, limit: int) -> Sequence[PublicMatter]:
        """Those of likely the same matter, the nearest first."""

    def support(self, number: int, supporter: str) -> bool:
        """Counts somebody as wishing the same, once; false where it is not public any more."""


class Redactor(Protocol):
    """Takes personal data out of a text."""

    def redacted(self, text: str) -> str:
        """The text as others would read it."""


class Transcriber(Protocol):
    """Writes down what is said in a voice message."""

    def transcribe(self, sound: bytes) -> str | None:
        """Its words, or None where nothing could be made out."""


@dataclass(frozen=True, slots=True)
class Feedback:
    """The desks of the recommendation database that a citizen reaches by chat."""

    intake: Intake
    own_data: OwnDataDesk
    surveys: SurveyDesk
    messages: MessageDesk
    machine: StateMachine
    consents: Consents
    deadlines: RunningDeadlines


@dataclass(frozen=True, slots=True)
class ChatParts:
    """The parts; `areas` is None where no tables of units are installed, `transcriber` where no engine is configured."""

    assistant: Assistant
    answer_feedback: AnswerFeedback
    feedback: Feedback
    words: Words
    files: FileKeeper
    redactor: Redactor
    public: PublicMatters
    clock: Callable[[], datetime]
    areas: Areas | None = None
    points: AreaPoints | None = None
    transcriber: Transcriber | None = None


@dataclass(frozen=True, slots=True)
class Heard:
    """An event in the chat that it belongs to, as that stands. `about`: the code of the submission whose message it answers, if any."""

    event: Event
    state: ChatState
    about: str = ""

    @property
    def request_id(self) -> str:
        """Names what this event leads to: handled twice it is one."""
        return f"{self.event.channel}:{self.event.external_id}"


@dataclass(frozen=True, slots=True)
class Reply:
    """How the chat stands afterwards, and what is said. `forgets`: what could not be handled before is deleted, too."""

    state: ChatState
    said: tuple[Said, ...] = ()
    forgets: bool = False
