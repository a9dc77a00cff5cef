"""How senders found the answers of a period, by field. No count from 1 to 4 is told, nor what would give one away."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from sqlalchemy import Connection, select

from assistant.feedback.answers.surveys import answered
from assistant.feedback.answers.tables import survey
from assistant.feedback.reports.suppression import BOTTOM, SMALL, TOP, Flow, suppressed
from corpus.days import VIETNAM

# In place of the field where nobody has settled one.
NO_FIELD = "none"
_FEWEST = 5


class Outcome(StrEnum):
    """What became of an answer that a sender was told: each belongs to exactly one.

    `silent` was asked and has said nothing; `never_asked` could not be reached and did not come by themselves.
    """

    SATISFIED = "satisfied"
    PARTLY = "partly"
    NOT = "not"
    SILENT = "silent"
    NEVER_ASKED = "never_asked"


# A count, or SMALL or COVERED in its place.
Told = int | str


@dataclass(frozen=True, slots=True)
class FieldFigures:
    """The outcomes within one field."""

    field: str
    told: Told
    outcomes: Mapping[Outcome, Told]


@dataclass(frozen=True, slots=True)
class SurveyFigures:
    """`told`: how many answers went to senders, an answer to three senders counting thrice.

    `fields` is empty where only withholding them all will do, `outcomes` too where even these would give small counts away.
    """

    first: date
    last: date
    told: Told
    outcomes: Mapping[Outcome, Told]
    fields: tuple[FieldFigures, ...]


def survey_figures(connection: Connection, first: date, last: date) -> SurveyFigures:
    """The figures of answers approved from `first` to `last`, both inclusive; what is sealed and denunciations are not counted."""
    counts = _counted(connection, first, last)
    total = counts.total()
    if total < _FEWEST:
        return SurveyFigures(first, last, SMALL if total else 0, {}, ())
    by_outcome = {one: sum(count for (_, outcome), count in counts.items() if outcome is one) for one in Outcome}
    fields = sorted({field for field, _ in counts})
    marks = suppressed(_flows(counts, by_outcome, fields))
    if marks is None:
        alone = suppressed({f"column:{one}": Flow(TOP, BOTTOM, count) for one, count in by_outcome.items()})
        return SurveyFigures(first, last, total, {} if alone is None else _columns(by_outcome, alone), ())
    return SurveyFigures(first, last, total, _columns(by_outcome, marks), tuple(_row(field, counts, marks) for field in fields))


def _counted(connection: Connection, first: date, last: date) -> Counter[tuple[str, Outcome]]:
    since, until = (datetime.combine(day, edge, VIETNAM) for day, edge in ((first, time.min), (last, time.max)))
    told = answered(every_answer=True).subquery()
    joined = told.outerjoin(survey, (survey.c.submission == told.c.submission) & (survey.c.answer == told.c.answer))
    query = select(told.c.field, survey.c.verdict, survey.c.asked_at).select_from(joined).where(told.c.approved_at.between(since, until))
    return Counter((row.field or NO_FIELD, _outcome(row.verdict, row.asked_at)) for row in connection.execute(query))


def _outcome(verdict: str | None, asked_at: datetime | None) -> Outcome:
    if verdict:
        return Outcome(verdict)
    return Outcome.SILENT if asked_at else Outcome.NEVER_ASKED


def _flows(counts: Counter[tuple[str, Outcome]], by_outcome: Mapping[Outcome, int], fields: list[str]) -> dict[str, Flow]:
    flows = {f"row:{field}": Flow(TOP, f"row {field}", sum(counts[field, one] for one in Outcome)) for field in fields}
    flows |= {f"column:{one}": Flow(f"column {one}", BOTTOM, count) for one, count in by_outcome.items()}
    return flows | {f"cell:{field}:{one}": Flow(f"row {field}", f"column {one}", counts[field, one]) for field in fields for one in Outcome}


def _columns(by_outcome: Mapping[Outcome, int], marks: Mapping[str, str]) -> dict[Outcome, Told]:
    return {one: marks.get(f"column:{one}", count) for one, count in by_outcome.items()}


def _row(field: str, counts: Counter[tuple[str, Outcome]], marks: Mapping[str, str]) -> FieldFigures:
    told: Told = marks.get(f"row:{field}", sum(counts[field, one] for one in Outcome))
    return FieldFigures(field, told, {one: marks.get(f"cell:{field}:{one}", counts[field, one]) for one in Outcome})
