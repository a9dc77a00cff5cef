"""Answers judged on what they cite, show and decline."""

from __future__ import annotations

import json
import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.ids import ProvisionId
from eval.answers import AnsweredQuestion, AnswersReport, contained_share, evaluate_answers
from eval.errors import NothingJudged
from eval.sets import AnswerQuestion, GoldArticle

_KEYS = [
    "n",
    "article_hit@1",
    "article_hit@3",
    "article_hit@5",
    "article_hit@10",
    "clause_hit@3",
    "must_contain",
    "answer_rate",
    "refusal_precision",
    "refusal_recall",
    "citation_precision",
    "citation_recall",
    "verbatim",
    "unsupported",
]
_DECLINED = AnsweredQuestion(answered=False)


def _question(
    *gold: str, clauses: tuple[str, ...] = (), wanted: tuple[str, ...] = (), identifier: str = "q", style: str = "plain"
) -> AnswerQuestion:
    """A question that the articles `gold` of one law answer; none: it must be declined."""
    articles = tuple(GoldArticle(ProvisionId.parse(f"L1@{article}"), clauses) for article in gold)
    return AnswerQuestion(identifier, identifier, style, articles, bool(gold), wanted)


def _answer(*citations: str, text: str = "") -> AnsweredQuestion:
    """An answer that quotes everything it cites word for word and says two supported things."""
    provisions = tuple(ProvisionId.parse(f"L1@{citation}" if citation else "L1") for citation in citations)
    return AnsweredQuestion(True, provisions, text, quoted=provisions, verbatim=len(provisions), statements=2)


def _judge(question: AnswerQuestion, answer: AnsweredQuestion) -> dict[str, float | int | None]:
    return evaluate_answers([question], lambda _: answer).overall.to_json()


@pytest.mark.parametrize(
    ("gold", "cited", "rank", "why"),
    [
        (("36",), ("36.1",), 1, "a clause of the article cites the article"),
        (("36",), ("35.1", "35.2", "35.3", "36.1"), 2, "clauses of one article take one place"),
        (("36",), ("1", "2", "36"), 3, "third article"),
        (("36", "2"), ("1", "2", "36"), 2, "any gold article counts"),
        (("36",), ("", "36"), 1, "a whole document is no article and takes no place"),
        (("36",), (*tuple("123456789"), "36"), 10, "tenth article"),
        (("36",), ("35",), None, "another article"),
        (("36",), (), None, "no citation"),
    ],
)
def test_article_hit_counts_distinct_articles_in_order(gold: tuple[str, ...], cited: tuple[str, ...], rank: int | None, why: str) -> None:
    figures = _judge(_question(*gold), _answer(*cited))
    expected = {f"article_hit@{k}": float(rank is not None and rank <= k) for k in (1, 3, 5, 10)}
    assert {name: figures[name] for name in expected} == expected, why


@pytest.mark.parametrize(
    ("clauses", "cited", "hit", "why"),
    [
        (("1",), ("36.1",), True, "the clause"),
        (("1",), ("36.1.a",), True, "a point of the clause"),
        (("1", "3"), ("36.3",), True, "any gold clause"),
        (("1",), ("36.2",), False, "another clause"),
        (("1",), ("36",), False, "the article alone does not say which clause"),
        (("1",), ("35.1",), False, "the same clause of another article"),
        (("1",), ("35", "36.2", "37", "38", "36.1"), True, "later clauses of an article among the first three"),
        (("1",), ("1", "2", "3", "36.1"), False, "fourth article"),
        ((), ("36",), True, "an article without numbered clauses"),
        ((), ("36.2",), True, "gold without clauses is the article as a whole"),
        ((), ("36..a",), True, "a point that hangs on the article"),
        ((), ("1", "2", "3", "36"), False, "fourth article, no clauses"),
    ],
)
def test_clause_hit_needs_a_gold_clause_in_the_first_three_articles(
    clauses: tuple[str, ...], cited: tuple[str, ...], hit: bool, why: str
) -> None:
    assert _judge(_question("36", clauses=clauses), _answer(*cited))["clause_hit@3"] == float(hit), why


@pytest.mark.parametrize(
    ("wanted", "text", "share", "why"),
    [
        (("30 ngày",), "Báo trước ít nhất 30 ngày.", 1.0, "as printed"),
        (("30 NGÀY",), "ít nhất 30 ngày", 1.0, "case"),
        (("06 tháng",), "trong 6 tháng", 1.0, "leading zero in what is wanted"),
        (("6 tháng",), "trong 06 tháng", 1.0, "leading zero in what is shown"),
        (("6 tháng",), "trong 36 tháng", 0.0, "part of a greater number"),
        (("5",), "5.000.000 đồng", 0.0, "head of a greater number"),
        (("1.000 đồng",), "1.0 đồng", 0.0, "zeros of thousands are digits"),
        (("0,05%",), "0,5%", 0.0, "zeros of decimals are digits"),
        (("05/6/2020",), "ngày 5/06/2020", 1.0, "zeros of dates"),
        (("30  ngày",), "30\u00a0\n ngày", 1.0, "blanks and line ends"),
        ((unicodedata.normalize("NFD", "thừa kế"),), "Thừa kế", 1.0, "Unicode form"),
        (("thừa kế",), "thua ke", 0.0, "marks matter"),
        (("một", "hai", "ba"), "một và ba", 2 / 3, "a share"),
        ((), "", 1.0, "nothing asked"),
        (("(a+b)",), "(a+b)", 1.0, "signs are no pattern"),
    ],
)
def test_contained_share_compares_as_a_reader_would(wanted: tuple[str, ...], text: str, share: float, why: str) -> None:
    assert contained_share(wanted, text) == pytest.approx(share), why


@given(st.lists(st.text(max_size=8), max_size=4), st.text(max_size=40))
def test_contained_share_is_between_0_and_1(wanted: list[str], text: str) -> None:
    assert 0 <= contained_share(wanted, text) <= 1


def test_declined_answerable_question_counts_0_everywhere() -> None:
    figures = _judge(_question("36"), AnsweredQuestion(False, (ProvisionId.parse("L1@36"),), "Điều 36"))
    expected = dict.fromkeys(_KEYS[1:8], 0.0) | {"n": 1, "refusal_precision": 0.0, "refusal_recall": None}
    quoted = {"citation_precision": None, "citation_recall": 0.0, "verbatim": None, "unsupported": None}
    assert figures == expected | quoted


def test_perfect_answers_have_1_everywhere() -> None:
    questions = [_question("36", clauses=("1",), wanted=("30 ngày",), identifier="a"), _question(identifier="b")]
    answers = {"a": _answer("36.1", text="30 ngày"), "b": _DECLINED}
    figures = evaluate_answers(questions, answers.__getitem__).overall.to_json()
    assert figures == dict.fromkeys(_KEYS, 1.0) | {"n": 2, "unsupported": 0.0}


def test_figure_over_no_question_is_null() -> None:
    expected = dict.fromkeys(_KEYS) | {"n": 1, "refusal_recall": 0.0, "verbatim": 1.0, "unsupported": 0.0}
    assert _judge(_question(), _answer("1")) == expected
    assert '"article_hit@1": null' in json.dumps(_judge(_question(), _DECLINED))


def _mixed() -> AnswersReport:
    questions = [
        _question("36", clauses=("1",), wanted=("30", "45"), identifier="a"),
        _question("36", identifier="b"),
        _question("36", identifier="c", style="teencode"),
        _question(identifier="d", style="teencode"),
        _question(identifier="e"),
    ]
    answers = {
        "a": _answer("35.1", "36.1", text="45 ngày"),
        "b": _DECLINED,
        "c": _answer("36"),
        "d": _DECLINED,
        "e": _answer("36"),
    }
    return evaluate_answers(questions, answers.__getitem__)


def test_figures_are_taken_over_the_right_questions() -> None:
    # Answerable: a, b (declined), c. Declined: b, d. To be declined: d, e.
    # Quoted by a: one of two is gold; by c: all. Recall: a and c, of three.
    expected = [5, 1 / 3, 2 / 3, 2 / 3, 2 / 3, 2 / 3, 1.5 / 3, 2 / 3, 1 / 2, 1 / 2, 3 / 4, 2 / 3, 1.0, 0.0]
    assert _mixed().overall.to_json() == pytest.approx(dict(zip(_KEYS, expected, strict=True)))


def test_styles_have_the_same_keys_and_their_own_figures() -> None:
    figures = json.loads(json.dumps(_mixed().to_json()))
    assert list(figures) == [*_KEYS, "by_style"]
    assert {style: list(by_name) for style, by_name in figures["by_style"].items()} == {"plain": _KEYS, "teencode": _KEYS}
    assert figures["by_style"]["teencode"] == dict.fromkeys(_KEYS, 1.0) | {"n": 2, "unsupported": 0.0}
    assert figures["by_style"]["plain"]["answer_rate"] == 0.5


def test_table_has_a_line_a_style_in_aligned_columns() -> None:
    lines = _mixed().table().splitlines()
    assert [line.split()[0] for line in lines] == ["style", "all", "plain", "teencode"]
    assert len({len(line) for line in lines}) == 1
    assert "-" in evaluate_answers([_question()], lambda _: _DECLINED).table().splitlines()[1].split()


def test_kinds_have_figures_of_their_own_where_a_set_has_kinds() -> None:
    questions = [replace(_question("36"), kind="plain_law"), replace(_question(identifier="r"), kind="missing")]
    report = evaluate_answers(questions, lambda _: _DECLINED)
    figures = json.loads(json.dumps(report.to_json()))
    assert list(figures) == [*_KEYS, "by_style", "by_kind"]
    assert {name: one["refusal_recall"] for name, one in figures["by_kind"].items()} == {"missing": 1.0, "plain_law": None}
    assert [line.split()[0] for line in report.table().splitlines()] == ["style", "all", "plain", "missing", "plain_law"]


def test_shares_of_quotations_and_statements_are_taken_over_all_answers() -> None:
    one, other = ProvisionId.parse("L1@1"), ProvisionId.parse("L1@2")
    answers = {
        "a": AnsweredQuestion(True, (one,), quoted=(one, other), verbatim=1, statements=3, unsupported=1),
        # What is quoted beside a refusal must hold as well.
        "b": AnsweredQuestion(False, quoted=(one,), verbatim=1, statements=1),
    }
    figures = evaluate_answers([_question("1", identifier="a"), _question(identifier="b")], answers.__getitem__).overall
    assert (figures.verbatim, figures.unsupported) == (2 / 3, 1 / 4)


def test_no_question_is_an_error() -> None:
    with pytest.raises(NothingJudged):
        evaluate_answers([], lambda _: _DECLINED)
