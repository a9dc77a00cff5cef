"""Whether an answer helped: asked once, changeable for a month, never about what is sealed, counted without small counts."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select, update

from assistant.database import reading, writing
from assistant.feedback.answers.survey_figures import Outcome, SurveyFigures, survey_figures
from assistant.feedback.answers.surveys import CHANGEABLE, MOST_CHARACTERS, SurveyClosed, SurveyDesk, SurveyNotOpen, Verdict, WordsTooLong
from assistant.feedback.answers.tables import survey
from assistant.feedback.casework import Draft, Facts
from assistant.feedback.errors import SubmissionNotFound
from assistant.feedback.queue import Matter
from assistant.feedback.reports.suppression import SMALL
from assistant.feedback.states import State, Step
from assistant.feedback.tables import audit_event, outbox, recommendation
from assistant.feedback.types import Field, Kind, Resolution
from assistant.feedback.wanted import Wanted
from tests.assistant.feedback.office import CHAT, HUNG, LAN, MAI, Office, ScriptedChannel

TODAY = date(2026, 11, 22)
WORDS = "Đường đã vá nhưng mưa lại hỏng"
ANSWER = Draft("Ủy ban nhân dân xã đã sửa xong.", Resolution.SETTLED)


def surveys(office: Office) -> SurveyDesk:
    return SurveyDesk(office.engine, office.vault, office.clock, office.intake, office.recommendations, office.own_data)


def matter(office: Office, number: int) -> Matter:
    return office.recommendations.show(number, HUNG).matter


def answer(office: Office, number: int) -> None:
    """Leads a recommendation that is being screened, or was reopened, to its answer."""
    office.casework.settle(number, matter(office, number).version, Facts(kind=Kind.REPORT, field=Field.TRANSPORT), HUNG)
    if matter(office, number).state is State.SCREENING:
        office.recommendations.take(number, matter(office, number).version, Step(State.ACCEPTED, LAN))
    office.recommendations.take(number, matter(office, number).version, Step(State.ROUTED, HUNG))
    office.casework.draft_answer(number, matter(office, number).version, ANSWER, HUNG)
    office.clock.move(timedelta(minutes=1))
    office.casework.approve_answer(number, matter(office, number).version, MAI)


def answered(office: Office, sender: str = "1001") -> str:
    code = office.sent(sender=sender)
    with reading(office.engine) as connection:
        (*_, number) = connection.execute(select(recommendation.c.number).order_by(recommendation.c.number)).scalars()
    answer(office, number)
    return code


def joined(office: Office, senders: list[str]) -> list[str]:
    """The codes of what these sent, all of it in the first recommendation."""
    codes = [office.intake.submit(office.letter(sender=one)).code for one in senders]
    office.understander.understand_waiting(limit=len(codes))
    for one in office.queue.page(LAN, Wanted())[1:]:
        office.casework.merge(one.number, one.version, 1, LAN)
    return codes


def questions(office: Office) -> list[str]:
    with reading(office.engine) as connection:
        return list(connection.execute(select(outbox.c.key).where(outbox.c.what == "survey").order_by(outbox.c.number)).scalars())


def figures(office: Office) -> SurveyFigures:
    with reading(office.engine) as connection:
        return survey_figures(connection, TODAY, TODAY)


def test_each_sender_who_was_told_an_answer_is_asked_once(office: Office) -> None:
    code = answered(office)
    assert [surveys(office).ask_due() for _ in range(2)] == [1, 0]
    assert questions(office) == [f"survey:{code}:1"]
    channel = ScriptedChannel()
    office.outbox().deliver_due({CHAT: channel})
    assert channel.arrived[f"survey:{code}:1"].facts == {"code": code}


def test_everybody_whose_matter_was_joined_before_the_answer_is_asked_and_nobody_joined_after_it(office: Office) -> None:
    first, second = office.sent(sender="1"), office.sent(sender="2")
    office.casework.merge(2, matter(office, 2).version, 1, LAN)
    answer(office, 1)
    office.clock.move(timedelta(hours=1))
    late = office.sent(sender="3")
    office.casework.merge(3, matter(office, 3).version, 1, LAN)
    assert surveys(office).ask_due() == 2
    assert questions(office) == [f"survey:{first}:1", f"survey:{second}:1"]
    with pytest.raises(SurveyNotOpen):
        surveys(office).give(late, Verdict.NOT)


def test_before_the_answer_there_is_nothing_to_judge(office: Office) -> None:
    code = office.sent()
    assert surveys(office).ask_due() == 0
    with pytest.raises(SurveyNotOpen):
        surveys(office).opinion(code)
    with pytest.raises(SubmissionNotFound):
        surveys(office).opinion("DH-22222-22222-2")


def test_who_withdrew_or_erased_is_not_asked(office: Office) -> None:
    first, second = office.sent(sender="1"), office.sent(sender="2")
    office.casework.merge(2, matter(office, 2).version, 1, LAN)
    office.own_data.withdraw(second)
    answer(office, 1)
    office.own_data.erase(first)
    assert surveys(office).ask_due() == 0


def test_what_is_sealed_or_a_denunciation_is_neither_asked_about_nor_counted(office: Office) -> None:
    sealed, named = answered(office, "1"), answered(office, "2")
    office.own_data.ask_again(sealed)
    for step in (Step(State.REOPENED, HUNG), Step(State.SEALED, HUNG)):
        office.recommendations.take(1, matter(office, 1).version, step)
    with writing(office.engine) as connection:
        connection.execute(update(recommendation).where(recommendation.c.number == 2).values(kind=Kind.DENUNCIATION))
    assert surveys(office).ask_due() == 0
    for code in (sealed, named):
        with pytest.raises(SurveyNotOpen):
            surveys(office).give(code, Verdict.NOT)
    assert figures(office).told == 0


def test_an_opinion_is_kept_sealed_and_read_by_officers(office: Office) -> None:
    code = answered(office)
    surveys(office).ask_due()
    given = surveys(office).give(code.lower(), Verdict.PARTLY, f" {WORDS} ")
    assert (given.verdict, given.words, given.can_ask_again) == (Verdict.PARTLY, WORDS, False)
    (read,) = surveys(office).of(1, HUNG)
    assert (read.code, read.verdict, read.words) == (code, Verdict.PARTLY, WORDS)
    assert WORDS not in repr(read) + repr(given)
    with reading(office.engine) as connection:
        (row,) = connection.execute(select(survey)).all()
        events = connection.execute(select(audit_event)).all()
        office.audit.verify(connection)
    assert WORDS.encode() not in row.words
    assert not any(WORDS in event.facts for event in events)
    assert events[-1].action == "survey_given"


def test_what_was_joined_and_is_sealed_since_is_not_read_among_the_opinions(office: Office) -> None:
    codes = joined(office, ["1", "2"])
    answer(office, 1)
    for code in codes:
        surveys(office).give(code, Verdict.NOT, WORDS)
    office.recommendations.take(2, matter(office, 2).version, Step(State.SEALED, HUNG))
    assert [one.code for one in surveys(office).of(1, HUNG)] == codes[:1]


def test_an_opinion_can_be_changed_for_thirty_days_and_stands_once(office: Office) -> None:
    code = answered(office)
    surveys(office).give(code, Verdict.NOT, WORDS)
    office.clock.move(CHANGEABLE)
    assert surveys(office).give(code, Verdict.SATISFIED).words is None
    office.clock.move(timedelta(seconds=1))
    with pytest.raises(SurveyClosed):
        surveys(office).give(code, Verdict.NOT)
    assert [one.verdict for one in surveys(office).of(1, HUNG)] == [Verdict.SATISFIED]


def test_who_is_not_satisfied_may_ask_again_and_judges_the_next_answer_anew(office: Office) -> None:
    code = answered(office)
    assert surveys(office).give(code, Verdict.NOT).can_ask_again
    assert office.own_data.ask_again(code).state is State.REOPEN_REQUESTED
    assert not surveys(office).opinion(code).can_ask_again
    office.recommendations.take(1, matter(office, 1).version, Step(State.REOPENED, HUNG))
    answer(office, 1)
    assert surveys(office).opinion(code).verdict is None
    assert surveys(office).ask_due() == 1
    surveys(office).give(code, Verdict.SATISFIED)
    assert [(one.answer, one.verdict) for one in surveys(office).of(1, HUNG)] == [(1, Verdict.NOT), (2, Verdict.SATISFIED)]


def test_endless_words_are_refused(office: Office) -> None:
    code = answered(office)
    with pytest.raises(WordsTooLong):
        surveys(office).give(code, Verdict.NOT, "x" * (MOST_CHARACTERS + 1))


def test_few_answers_are_told_as_few_and_nothing_more(office: Office) -> None:
    surveys(office).give(answered(office), Verdict.NOT)
    assert (figures(office).told, figures(office).outcomes, figures(office).fields) == (SMALL, {}, ())


def test_every_answer_told_is_counted_once_and_those_never_asked_too(office: Office) -> None:
    codes = joined(office, [str(one) if one < 5 else "" for one in range(15)])
    answer(office, 1)
    assert surveys(office).ask_due() == 5
    # Five of those who could not be asked come by themselves.
    for code in codes[5:10]:
        surveys(office).give(code, Verdict.NOT)
    counted = figures(office)
    assert counted.told == 15
    assert counted.outcomes == {
        Outcome.SATISFIED: 0,
        Outcome.PARTLY: 0,
        Outcome.NOT: 5,
        Outcome.SILENT: 5,
        Outcome.NEVER_ASKED: 5,
    }
    assert [(one.field, one.told) for one in counted.fields] == [("transport", 15)]


def test_a_small_count_cannot_be_had_by_subtraction(office: Office) -> None:
    codes = joined(office, [str(one) for one in range(6)])
    answer(office, 1)
    surveys(office).give(codes[0], Verdict.NOT)
    told = figures(office)
    counts = [one for row in (told.outcomes, *(field.outcomes for field in told.fields)) for one in row.values()]
    assert told.told == 6
    assert all(one == 0 or isinstance(one, str) for one in counts)
