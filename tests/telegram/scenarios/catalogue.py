"""All conversations, in the order of docs/transcripts."""

from __future__ import annotations

from collections.abc import Callable

from tests.telegram.scenarios import asking, following, sending, trouble
from tests.telegram.scenarios.talk import Talk

Scenario = Callable[[Talk], None]

SCENARIOS: tuple[Scenario, ...] = (
    asking.question_with_marks,
    asking.question_without_marks,
    asking.question_in_dialect,
    asking.question_in_english,
    asking.procedure_checklist,
    asking.follow_ups,
    asking.language_switch,
    asking.commune_old_and_new,
    asking.group_mention,
    sending.report_with_photo,
    sending.recommendation_on_bill,
    sending.same_wish,
    sending.mixed_message,
    sending.denunciation,
    sending.emergency,
    sending.draft_after_days,
    sending.voice_without_engine,
    following.status_by_code,
    following.officer_asks_back,
    following.survey_and_reopen,
    following.edit_within_ten_minutes,
    following.delete_my_data,
    trouble.blocked_user,
    trouble.network_trouble,
)


def file_name(scenario: Scenario) -> str:
    """The name of its transcript."""
    return f"{SCENARIOS.index(scenario) + 1:02}-{scenario.__name__.replace('_', '-')}.md"


def title(scenario: Scenario) -> str:
    """What happens in it, in one line."""
    return " ".join((scenario.__doc__ or "").split()).rstrip(".")
