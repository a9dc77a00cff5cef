"""Questions about the law of a day, on the invented law."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest

from assistant.answering.types import Answer, Outcome, Question
from corpus.ids import ProvisionId
from corpus.store import CorpusStore
from eval.errors import BadLine, NothingJudged
from eval.sets import GoldArticle, TemporalQuestion, read_temporal_questions
from eval.temporal import TemporalReport, evaluate_temporal
from tests.assistant.toy_law import BEFORE_FORCE, BOATS, IN_FORCE, toy_answerer, toy_store

HOURS = GoldArticle(ProvisionId(BOATS.key, "5"), ("1",))
CLAUSE_1 = "khoản 1 Điều 5 Bộ luật Tàu giấy"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[CorpusStore]:
    with toy_store(tmp_path) as store:
        yield store


def _question(
    text: str, as_of: date, outcome: Outcome = Outcome.ANSWERED, gold: tuple[GoldArticle, ...] = (HOURS,), identifier: str = "t"
) -> TemporalQuestion:
    return TemporalQuestion(identifier, text, "plain", IN_FORCE, as_of, gold, outcome)


def _report(store: CorpusStore, *questions: TemporalQuestion, read_as: date) -> TemporalReport:
    answerer = toy_answerer(store)

    def ask(text: str, asked_on: date) -> Answer:
        assert asked_on == IN_FORCE
        return answerer.answer(Question(text, read_as))

    return evaluate_temporal(questions, ask, store)


def test_right_day_and_clause_count_whole(store: CorpusStore) -> None:
    scores = _report(store, _question(CLAUSE_1, IN_FORCE), read_as=IN_FORCE).overall
    assert (scores.as_of, scores.outcome, scores.gold_first, scores.gold_clause, scores.faults) == (1.0, 1.0, 1.0, 1.0, 0)
    assert scores.gold_pointed is None


def test_another_day_than_the_one_meant_is_a_miss_even_with_the_right_clause(store: CorpusStore) -> None:
    report = _report(store, _question(CLAUSE_1, date(2021, 5, 4)), read_as=IN_FORCE)
    assert (report.overall.as_of, report.overall.outcome) == (0.0, 1.0)
    assert [(miss.id, miss.expected, miss.got) for miss in report.misses] == [("t", "answered on 2021-05-04", "answered on 2022-05-04")]


def test_law_that_is_not_yet_in_force_is_to_be_named_and_not_quoted(store: CorpusStore) -> None:
    report = _report(store, _question(CLAUSE_1, BEFORE_FORCE, Outcome.NOT_IN_FORCE_ON_DATE), read_as=BEFORE_FORCE)
    assert (report.overall.outcome, report.overall.gold_pointed, report.overall.gold_first) == (1.0, 1.0, None)


def test_every_way_to_decline_is_one_end(store: CorpusStore) -> None:
    report = _report(store, _question("😀", IN_FORCE, Outcome.NO_SOURCE, ()), read_as=IN_FORCE)
    assert report.overall.outcome == 1.0


def test_figures_by_end_are_plain_values_and_lines_of_a_table(store: CorpusStore) -> None:
    questions = [_question(CLAUSE_1, IN_FORCE), _question("😀", IN_FORCE, Outcome.NO_SOURCE, (), "u")]
    report = _report(store, *questions, read_as=IN_FORCE)
    assert list(json.loads(json.dumps(report.to_json()))["by_outcome"]) == ["answered", "declined"]
    assert [line.split()[0] for line in report.table().splitlines()] == ["expected", "all", "answered", "declined"]


def test_no_question_is_an_error(store: CorpusStore) -> None:
    with pytest.raises(NothingJudged):
        _report(store, read_as=IN_FORCE)


def test_the_shipped_questions_can_be_read_and_cover_both_sides_of_a_change() -> None:
    questions = read_temporal_questions(Path(str(files("eval") / "data" / "temporal.jsonl")))
    assert len(questions) >= 30
    assert {Outcome.ANSWERED, Outcome.NOT_IN_FORCE_ON_DATE, Outcome.NO_SOURCE} == {question.outcome for question in questions}
    assert all(bool(question.gold) == (question.outcome is not Outcome.NO_SOURCE) for question in questions)


def test_a_line_with_an_end_that_there_is_not_names_its_place(tmp_path: Path) -> None:
    line = {"id": "1", "text": "a", "style": "plain", "asked_on": "2026-01-01", "as_of": "2026-01-01", "gold": [], "outcome": "perhaps"}
    (tmp_path / "t.jsonl").write_text(json.dumps(line), encoding="utf-8")
    with pytest.raises(BadLine, match="line 1: outcome"):
        read_temporal_questions(tmp_path / "t.jsonl")
