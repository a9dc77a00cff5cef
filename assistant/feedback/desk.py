"""Everything a channel needs of the recommendation database, over one database and one set of keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from sqlalchemy import Engine

from assistant.feedback.attachments import Attachments
from assistant.feedback.bodies import Bodies
from assistant.feedback.casefile import CaseFiles
from assistant.feedback.casework import Casework
from assistant.feedback.consent import Consents
from assistant.feedback.contacts import Contacts
from assistant.feedback.intake import Intake
from assistant.feedback.linking import Linking
from assistant.feedback.messages import MessageDesk
from assistant.feedback.outbox import Outbox
from assistant.feedback.own_data import OwnDataDesk
from assistant.feedback.privacy.personal_data import PersonalDataFinder
from assistant.feedback.queue import Queue
from assistant.feedback.recommendations import Follower, Recommendations
from assistant.feedback.redaction import Redaction
from assistant.feedback.splitting import Splitting
from assistant.feedback.states import StateMachine
from assistant.feedback.suggesting.neighbours import Neighbours
from assistant.feedback.suggesting.similar import SimilarFinder
from assistant.feedback.suggesting.understanding import Reader, Understander
from assistant.feedback.timing.deadlines import DeadlineRules
from assistant.feedback.timing.due import DueList
from assistant.feedback.timing.running_deadlines import RunningDeadlines
from assistant.feedback.timing.working_days import WorkingDays
from assistant.feedback.upkeep import DailyUpkeep
from assistant.feedback.vault import Vault


@dataclass(frozen=True, slots=True)
class FeedbackDesk:
    """The parts of the recommendation database, joined by `open_desk`."""

    engine: Engine
    vault: Vault
    clock: Callable[[], datetime]
    consents: Consents
    intake: Intake
    recommendations: Recommendations
    queue: Queue
    casework: Casework
    casefiles: CaseFiles
    splitting: Splitting
    own_data: OwnDataDesk
    due: DueList
    upkeep: DailyUpkeep
    bodies: Bodies
    messages: MessageDesk
    attachments: Attachments
    contacts: Contacts
    linking: Linking

    def understander(self, reader: Reader) -> Understander:
        """What looks at submissions in the background."""
        neighbours = Neighbours(self.vault, SimilarFinder.load())
        return Understander(self.engine, self.vault, self.clock, self.recommendations, reader, neighbours)

    def outbox(self, worker: str) -> Outbox:
        """What sends messages to citizens, in the name of this worker."""
        return Outbox(self.engine, self.vault, self.clock, worker)


def open_desk(
    engine: Engine, vault: Vault, clock: Callable[[], datetime], *, contact_retention: timedelta, followers: Sequence[Follower] = ()
) -> FeedbackDesk:
    """The desk over a database whose tables are up to date; `followers` are told of every step."""
    consents = Consents.load()
    intake = Intake(engine, vault, clock, consents, contact_retention=contact_retention)
    machine = StateMachine.load()
    deadlines = RunningDeadlines(DeadlineRules.load(), WorkingDays.load(), machine)
    recommendations = Recommendations(engine, vault, clock, machine, deadlines, followers)
    casework = Casework(engine, vault, clock, recommendations, Redaction(vault, cache(PersonalDataFinder.load)))
    casefiles = CaseFiles(engine, vault, clock, recommendations)
    splitting = Splitting(engine, vault, clock, recommendations)
    own_data = OwnDataDesk(engine, vault, clock, intake, recommendations)
    due, upkeep = DueList(engine, clock, recommendations), DailyUpkeep(engine, vault, clock, recommendations)
    bodies = Bodies(engine, vault, clock)
    messages = MessageDesk(engine, vault, clock, intake, recommendations)
    queue = Queue(engine, clock)
    return FeedbackDesk(
        engine,
        vault,
        clock,
        consents,
        intake,
        recommendations,
        queue,
        casework,
        casefiles,
        splitting,
        own_data,
        due,
        upkeep,
        bodies,
        messages,
        Attachments(engine, vault, clock, recommendations),
        Contacts(engine, vault, clock, recommendations),
        Linking(engine, vault, clock, intake, recommendations),
    )
