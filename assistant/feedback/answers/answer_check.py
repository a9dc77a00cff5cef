"""The newest answer of a recommendation held against the rules of `AnswerLint`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Engine

from assistant.database import reading, writing
from assistant.feedback.answers.answer_lint import AnswerLint, Finding, blocking
from assistant.feedback.answers.notes import Notes
from assistant.feedback.casefile import CaseFiles
from assistant.feedback.casework import Casework
from assistant.feedback.errors import FeedbackError, NothingDrafted
from assistant.feedback.recommendations import Recommendations
from assistant.feedback.states import Actor
from assistant.feedback.types import Resolution
from corpus.days import VIETNAM
from corpus.ids import ProvisionId


class AnswerFaulty(FeedbackError):
    """The answer to recommendation `number` has faults that block (`findings`), and no reason was given to approve it all the same."""

    def __init__(self, number: int, findings: tuple[Finding, ...]) -> None:
        self.number, self.findings = number, findings
        super().__init__(f"the answer to recommendation {number} has faults: {', '.join(one.rule for one in findings)}")


@dataclass(frozen=True, slots=True)
class CheckedAnswer:
    """An answer, the asks it was held against and its faults; `findings` count asks from 0."""

    text: str = field(repr=False)
    asks: tuple[str, ...] = field(repr=False)
    findings: tuple[Finding, ...]


class AnswerCheck:
    """Opens answers for those who may see the recommendation and holds them against the rules."""

    def __init__(
        self, engine: Engine, clock: Callable[[], datetime], recommendations: Recommendations, casefiles: CaseFiles, lint: AnswerLint
    ) -> None:
        self._engine, self._clock, self._recommendations = engine, clock, recommendations
        self._casefiles, self._lint = casefiles, lint

    def approve(self, number: int, version: int, actor: Actor, reason: str, casework: Casework, notes: Notes) -> None:
        """Approves the newest draft: nothing blocks, or the `reason` to approve it all the same is kept as a note with the approval.

        Raises `AnswerFaulty` where something blocks and no reason is given, `NoteInvalid` for an endless one, what `newest` and
        `Casework.approve_answer` raise.
        """
        faults = blocking(self.newest(number, actor).findings)
        if faults and not reason.strip():
            raise AnswerFaulty(number, faults)
        with writing(self._engine) as connection:
            if faults:
                notes.add_within(connection, number, reason, actor)
            casework.approve_within(connection, number, version, actor)

    def newest(self, number: int, actor: Actor) -> CheckedAnswer:
        """The newest answer, drafted or approved; reading that of a sealed one is written down.

        Raises `RecommendationNotFound` and `NothingDrafted`.
        """
        answers = self._casefiles.open(number, actor).answers
        if not answers:
            raise NothingDrafted(number)
        newest, asks = answers[-1], self._asks(number, actor)
        provisions = tuple(map(ProvisionId.parse, newest.provisions))
        today = self._clock().astimezone(VIETNAM).date()
        findings = self._lint.lint(newest.text, asks, provisions, Resolution(newest.resolution), newest.done_by, today)
        return CheckedAnswer(newest.text, asks, findings)

    def _asks(self, number: int, actor: Actor) -> tuple[str, ...]:
        """Those of the statement that a person wrote; without one those of everything that was sent, none twice."""
        with reading(self._engine) as connection:
            statement: str | None = self._recommendations.row(connection, number, actor).statement
        texts = [statement] if statement else [one.text for one in self._recommendations.show(number, actor).submissions if one.text]
        return tuple(dict.fromkeys(ask for text in texts for ask in self._lint.asks.find(text)))
