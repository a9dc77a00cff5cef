"""What an answer is held against before it is approved, for the command line and the interface."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from assistant.feedback.answers.answer_check import AnswerCheck
from assistant.feedback.answers.answer_lint import AnswerLint
from assistant.feedback.answers.notes import Notes
from assistant.feedback.desk import FeedbackDesk
from assistant.feedback.privacy.personal_data import PersonalDataFinder
from corpus.citations import DocumentNames
from corpus.types import LegalDocument


def answer_check(desk: FeedbackDesk, documents: Iterable[LegalDocument]) -> AnswerCheck:
    """The rules over the desk's database; `documents` are the laws that can be recognised."""
    rules = AnswerLint.load(DocumentNames(tuple(documents)), personal_data_finder())
    return AnswerCheck(desk.engine, desk.clock, desk.recommendations, desk.casefiles, rules)


def notes_of(desk: FeedbackDesk) -> Notes:
    """Officers' notes in the desk's database."""
    return Notes(desk.engine, desk.vault, desk.clock, desk.recommendations)


@cache
def personal_data_finder() -> PersonalDataFinder:
    """What finds personal data, made once."""
    # A third of a second: it reads every administrative unit.
    return PersonalDataFinder.load()
