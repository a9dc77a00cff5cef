"""What the command line and the page of the survey share."""

from __future__ import annotations

from datetime import datetime

from assistant.feedback.answers.surveys import MOST_CHARACTERS, SurveyClosed, SurveyDesk, SurveyNotOpen, WordsTooLong
from assistant.feedback.desk import FeedbackDesk
from bots.feedback.followup_wording import FollowupSentences
from corpus.days import VIETNAM


def surveys_of(desk: FeedbackDesk) -> SurveyDesk:
    """The surveys of the desk's database."""
    return SurveyDesk(desk.engine, desk.vault, desk.clock, desk.intake, desk.recommendations, desk.own_data)


def refusal(error: SurveyNotOpen | SurveyClosed | WordsTooLong, told: FollowupSentences) -> str:
    """Why an opinion was not kept or cannot be given, as a sentence."""
    if isinstance(error, SurveyClosed):
        return told.survey_closed.format(until=day_of(error.until))
    return told.survey_not_open if isinstance(error, SurveyNotOpen) else told.words_too_long.format(most=MOST_CHARACTERS)


def day_of(moment: datetime) -> str:
    """The day in Vietnam, as people write it."""
    return f"{moment.astimezone(VIETNAM):%d/%m/%Y}"
