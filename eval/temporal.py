"""Questions about the law of a day: is the day understood, is the text of that day cited, is it said where there was none?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import date

from assistant.answering.types import ANSWERING, Answer, Outcome
from corpus.ids import ProvisionId
from corpus.store import CorpusStore
from eval.clauses import clause_recall
from eval.errors import NothingJudged
from eval.holding import checked_citations
from eval.metrics import mean
from eval.sets import TemporalQuestion

# A question asked on a day.
AskOn = Callable[[str, date], Answer]
_GROUPS = ("answered", "not_in_force_on_date", "declined")


@dataclass(frozen=True, slots=True)
class TemporalScores:
    """Figures over `n` questions, 0 to 1; None where they are taken over no question.

    `as_of`: the day meant is the one understood. `outcome`: the same end, every way to decline counting as one.
    `gold_first` and `gold_clause`: over questions with an answer, the first article cited is gold, and all gold clauses of one gold
    article are quoted. `gold_pointed`: over questions whose law was not in force, the gold article is named to the reader.
    `faults`: how many citations do not hold on the day.
    """

    n: int
    as_of: float | None
    outcome: float | None
    gold_first: float | None
    gold_clause: float | None
    gold_pointed: float | None
    faults: int


@dataclass(frozen=True, slots=True)
class TemporalMiss:
    """A question whose day or end was not the one expected."""

    id: str
    expected: str
    got: str


@dataclass(frozen=True, slots=True)
class TemporalReport:
    """The figures over all questions, by the end expected, and what was missed."""

    overall: TemporalScores
    by_outcome: tuple[tuple[str, TemporalScores], ...]
    misses: tuple[TemporalMiss, ...]

    def to_json(self) -> dict[str, object]:
        """The same as plain values."""
        by_outcome = {name: asdict(scores) for name, scores in self.by_outcome}
        return {**asdict(self.overall), "by_outcome": by_outcome, "misses": [asdict(miss) for miss in self.misses]}

    def rows(self) -> list[list[str]]:
        """A head, a line for all, and a line an end; "–" where a figure is None."""
        named = [("all", self.overall), *self.by_outcome]
        return [["expected", *asdict(self.overall)], *([name, *map(_printed, asdict(scores).values())] for name, scores in named)]

    def table(self) -> str:
        """Aligned columns for people, then what was missed."""
        lines = ["".join(f"{cell:<22}" if place == 0 else f"{cell:>14}" for place, cell in enumerate(row)) for row in self.rows()]
        return "\n".join([*lines, *(f"{miss.id}: expected {miss.expected}, got {miss.got}" for miss in self.misses)])


@dataclass(frozen=True, slots=True)
class _Judged:
    question: TemporalQuestion
    answer: Answer
    faults: int

    @property
    def day_is_right(self) -> bool:
        return self.answer.question.as_of == self.question.as_of

    @property
    def outcome_is_right(self) -> bool:
        return _group(self.answer.outcome) == _group(self.question.outcome)


def evaluate_temporal(questions: Sequence[TemporalQuestion], ask: AskOn, store: CorpusStore) -> TemporalReport:
    """The figures of `ask` on `questions`, each asked once, in order. Raises `NothingJudged` where there is no question."""
    if not questions:
        raise NothingJudged("temporal")
    judged = [_judged(question, ask(question.text, question.asked_on), store) for question in questions]
    groups = ((name, [one for one in judged if _group(one.question.outcome) == name]) for name in _GROUPS)
    misses = (_miss(one) for one in judged if not (one.day_is_right and one.outcome_is_right))
    return TemporalReport(_scores(judged), tuple((name, _scores(group)) for name, group in groups if group), tuple(misses))


def _judged(question: TemporalQuestion, answer: Answer, store: CorpusStore) -> _Judged:
    return _Judged(question, answer, sum(bool(one.faults) for one in checked_citations(answer, store)))


def _scores(judged: Sequence[_Judged]) -> TemporalScores:
    answerable = [one for one in judged if _group(one.question.outcome) == "answered"]
    of_another_day = [one for one in judged if one.question.outcome is Outcome.NOT_IN_FORCE_ON_DATE]
    return TemporalScores(
        n=len(judged),
        as_of=_mean_or_none([one.day_is_right for one in judged]),
        outcome=_mean_or_none([one.outcome_is_right for one in judged]),
        gold_first=_mean_or_none([_first_is_gold(one) for one in answerable]),
        gold_clause=_mean_or_none([_quotes_gold(one) for one in answerable]),
        gold_pointed=_mean_or_none([_points_to_gold(one) for one in of_another_day]),
        faults=sum(one.faults for one in judged),
    )


def _first_is_gold(one: _Judged) -> bool:
    first = next((citation.provision.of_article for citation in one.answer.citations), None)
    return one.answer.outcome in ANSWERING and first in _gold(one)


def _quotes_gold(one: _Judged) -> bool:
    quoted = [citation.provision for citation in one.answer.citations]
    return one.answer.outcome in ANSWERING and clause_recall(quoted, one.question.gold) == 1.0


def _points_to_gold(one: _Judged) -> bool:
    return bool({related.id for related in one.answer.related} & {str(article) for article in _gold(one)})


def _gold(one: _Judged) -> set[ProvisionId]:
    return {gold.article for gold in one.question.gold}


def _group(outcome: Outcome) -> str:
    if outcome in ANSWERING:
        return "answered"
    return outcome.value if outcome is Outcome.NOT_IN_FORCE_ON_DATE else "declined"


def _miss(one: _Judged) -> TemporalMiss:
    question, answer = one.question, one.answer
    expected, got = (
        f"{outcome.value} on {day}" for outcome, day in ((question.outcome, question.as_of), (answer.outcome, answer.question.as_of))
    )
    return TemporalMiss(question.id, expected, got)


def _mean_or_none(values: Sequence[bool]) -> float | None:
    return mean([float(value) for value in values]) if values else None


def _printed(figure: float | int | None) -> str:
    if figure is None:
        return "–"
    return str(figure) if isinstance(figure, int) else f"{figure:.3f}"
