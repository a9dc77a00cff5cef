"""What officers do about what citizens sent, while these talk with the bot."""

from __future__ import annotations

from sqlalchemy import exists, select

from assistant.chats.tables import chat_event, chat_message
from assistant.database import reading
from assistant.feedback.casework import Draft, Facts
from assistant.feedback.desk import FeedbackDesk
from assistant.feedback.leases import WAITING
from assistant.feedback.queue import Matter
from assistant.feedback.recommendations import LinkedSubmission, OpenedMatter
from assistant.feedback.seal_places import attachment_place
from assistant.feedback.states import Actor, State, Step
from assistant.feedback.tables import attachment, outbox, submission
from assistant.feedback.types import Field, Kind, Resolution
from assistant.feedback.wanted import Wanted
from bots.feedback.surveying import surveys_of
from tests.assistant.feedback.office import FIRST, HUNG, LAN, MAI


class Officers:
    """A screener, a reviewer and an approver of one office, and the officers of what is sealed."""

    def __init__(self, desk: FeedbackDesk) -> None:
        self.desk = desk

    def matter(self, code: str, actor: Actor = HUNG) -> Matter:
        """The recommendation that what was sent under this code belongs to."""
        return self.opened(code, actor).matter

    def opened(self, code: str, actor: Actor = HUNG) -> OpenedMatter:
        """The same with the words of its senders."""
        shown = (self.desk.recommendations.show(one.number, actor) for one in self.desk.queue.page(actor, Wanted()))
        return next(one for one in shown if code in [sent.code for sent in one.submissions])

    def has_sealed(self, code: str) -> bool:
        """Whether it lies under the seal: nobody sees it but the officers of what is sealed."""
        return code not in [one.code for one in self._all_sent()] and self.matter(code, FIRST).is_sealed

    def texts(self) -> list[str]:
        """The words of everything that was sent and is neither sealed nor erased."""
        return [one.text for one in self._all_sent() if one.text]

    def files_of(self, code: str) -> list[bytes]:
        """The contents of the files that came along."""
        files = select(attachment).join(submission, submission.c.number == attachment.c.submission).where(submission.c.code == code)
        with reading(self.desk.engine) as connection:
            rows = connection.execute(files.order_by(attachment.c.order)).all()
        return [self.desk.vault.open_bytes(one.content, attachment_place(one.submission, one.order)) for one in rows]

    def messages_of(self, code: str) -> list[str]:
        """What officers and the sender wrote to each other, the oldest first."""
        return [one.text or "" for one in self.desk.messages.of_citizen(code)]

    def supporters(self, code: str) -> int:
        """How many others wish the same."""
        return sum(self.desk.casework.supporters(self.matter(code).number).values())

    def writes(self, code: str, words: str) -> None:
        """A message to the sender."""
        matter = self.matter(code)
        self.desk.messages.tell(matter.number, matter.version, words, HUNG)

    def asks_whether_it_helped(self) -> None:
        """What the daily round does."""
        surveys_of(self.desk).ask_due()

    def asks_back(self, code: str, question: str) -> None:
        """The matter waits until its sender has answered."""
        matter = self.matter(code)
        self.desk.recommendations.take(matter.number, matter.version, Step(State.NEEDS_INFO, LAN), question)

    def answers(self, code: str, words: str, kind: Kind = Kind.REPORT) -> None:
        """Leads a matter that is being screened to its answer."""
        matter = self.matter(code)
        self.desk.casework.settle(matter.number, matter.version, Facts(kind=kind, field=Field.TRANSPORT), HUNG)
        self._step(code, Step(State.ACCEPTED, LAN))
        self._step(code, Step(State.ROUTED, HUNG))
        matter = self.matter(code)
        self.desk.casework.draft_answer(matter.number, matter.version, Draft(words, Resolution.SETTLED), HUNG)
        matter = self.matter(code)
        self.desk.casework.approve_answer(matter.number, matter.version, MAI)

    def publishes(self, code: str, title: str, statement: str) -> None:
        """Lets everybody read an answered matter."""
        matter = self.matter(code)
        version = self.desk.casework.settle(matter.number, matter.version, Facts(title=title, statement=statement), HUNG)
        version = self.desk.casework.confirm_redaction(matter.number, version, {code: statement}, HUNG)
        self.desk.casework.publish(matter.number, version, MAI)

    def reopens(self, code: str) -> None:
        """Takes up again what its sender asked to be looked at again."""
        self._step(code, Step(State.REOPENED, HUNG))

    def has_nothing_waiting(self) -> bool:
        """Whether all that came was handled and read, and all that is to be said has arrived or was given up."""
        waiting = select(
            exists().where(chat_event.c.state == WAITING),
            exists().where(submission.c.understood_at.is_(None) & submission.c.erased_at.is_(None) & submission.c.withdrawn_at.is_(None)),
            exists().where(outbox.c.state == WAITING),
            exists().where(chat_message.c.state == WAITING),
        )
        with reading(self.desk.engine) as connection:
            return not any(connection.execute(waiting).one())

    def _all_sent(self) -> list[LinkedSubmission]:
        matters = self.desk.queue.page(HUNG, Wanted())
        return [sent for one in matters for sent in self.desk.recommendations.show(one.number, HUNG).submissions]

    def _step(self, code: str, step: Step) -> None:
        matter = self.matter(code)
        self.desk.recommendations.take(matter.number, matter.version, step)
