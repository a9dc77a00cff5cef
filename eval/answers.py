"""How good answers are: do they cite what answers, show what matters, and decline what the law in hand does not settle?"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from corpus.ids import ProvisionId
from corpus.text import squeeze
from eval.errors import NothingJudged
from eval.metrics import mean
from eval.sets import AnswerQuestion, GoldArticle

_CLAUSE_DEPTH = 3
# 06 is 6, but the zeros of 1.000 and 0,05 are digits of one number.
_LEADING_ZEROS = re.compile(r"(?<!\d)(?<!\d[.,])0+(?=\d)")


@dataclass(frozen=True, slots=True)
class AnsweredQuestion:
    """What a citizen was given: `answered` is False where it was declined; citations in order, most relevant first.

    `text` is the whole text shown, without markup.
    """

    answered: bool
    citations: tuple[ProvisionId, ...] = ()
    text: str = ""


Ask = Callable[[str], AnsweredQuestion]
Figures = dict[str, float | int | None]


@dataclass(frozen=True, slots=True)
class AnswerScores:
    """Figures over `n` questions, of which `answerable` have an answer, 0 to 1; None where they are taken over no question.

    Hits and `must_contain` are means over answerable questions, where a declined one counts 0 in each.
    """

    n: int
    answerable: int
    article_hit_1: float | None
    article_hit_3: float | None
    article_hit_5: float | None
    article_hit_10: float | None
    clause_hit_3: float | None
    must_contain: float | None
    answer_rate: float | None
    refusal_precision: float | None
    refusal_recall: float | None

    def to_json(self) -> Figures:
        """Figures by name, ready for `json.dumps`; None becomes null."""
        return {
            "n": self.n,
            "article_hit@1": self.article_hit_1,
            "article_hit@3": self.article_hit_3,
            "article_hit@5": self.article_hit_5,
            "article_hit@10": self.article_hit_10,
            "clause_hit@3": self.clause_hit_3,
            "must_contain": self.must_contain,
            "answer_rate": self.answer_rate,
            "refusal_precision": self.refusal_precision,
            "refusal_recall": self.refusal_recall,
        }


@dataclass(frozen=True, slots=True)
class StyleScores:
    """The figures of the questions written in one style."""

    style: str
    scores: AnswerScores


@dataclass(frozen=True, slots=True)
class AnswersReport:
    """The figures over all questions, and by style in alphabetical order."""

    overall: AnswerScores
    by_style: tuple[StyleScores, ...]

    def to_json(self) -> dict[str, float | int | dict[str, Figures] | None]:
        """The figures over all questions, and under `by_style` the same by style, ready for `json.dumps`."""
        return {**self.overall.to_json(), "by_style": {named.style: named.scores.to_json() for named in self.by_style}}

    def table(self) -> str:
        """Aligned columns for people: a line for all questions, then a line a style; "-" where a figure is None."""
        head = f"{'style':<14}" + "".join(f"{name:>19}" for name in self.overall.to_json())
        rows = [StyleScores("all", self.overall), *self.by_style]
        return "\n".join([head, *(_table_line(row) for row in rows)])


@dataclass(frozen=True, slots=True)
class _Judged:
    """One question judged; `article_rank` is the rank of the first gold article among those cited, None where none is."""

    style: str
    answerable: bool
    answered: bool
    article_rank: int | None = None
    clause_hit: bool = False
    contained: float = 0.0


def evaluate_answers(questions: Sequence[AnswerQuestion], ask: Ask) -> AnswersReport:
    """The figures of `ask` on `questions`, each asked once, in order.

    An answerable question without gold is never hit. Raises `NothingJudged` where there is no question.
    """
    if not questions:
        raise NothingJudged("answers")
    judged = [_judged(question, ask(question.text)) for question in questions]
    styles = sorted({one.style for one in judged})
    by_style = (StyleScores(style, _scores([one for one in judged if one.style == style])) for style in styles)
    return AnswersReport(_scores(judged), tuple(by_style))


def contained_share(wanted: Sequence[str], text: str) -> float:
    """The share of `wanted` that stands in `text`; 1 where nothing is wanted.

    Case, Unicode form, runs of blanks and leading zeros of numbers make no difference. A number is found only whole:
    "6 tháng" does not stand in "36 tháng".
    """
    if not wanted:
        return 1.0
    shown = _comparable(text)
    return mean([float(_stands_in(_comparable(one), shown)) for one in wanted])


def _judged(question: AnswerQuestion, given: AnsweredQuestion) -> _Judged:
    if not (question.answerable and given.answered):
        return _Judged(question.style, question.answerable, given.answered)
    cited = list(dict.fromkeys(citation.of_article for citation in given.citations if citation.article is not None))
    gold = {one.article for one in question.gold}
    rank = next((rank for rank, article in enumerate(cited, start=1) if article in gold), None)
    near = set(cited[:_CLAUSE_DEPTH])
    clauses = {citation.of_clause for citation in given.citations if citation.of_article in near}
    hit = any(_clause_is_hit(one, near, clauses) for one in question.gold)
    contained = contained_share(question.must_contain, given.text)
    return _Judged(question.style, True, True, rank, hit, contained)


def _clause_is_hit(gold: GoldArticle, articles: set[ProvisionId], clauses: set[ProvisionId]) -> bool:
    if not gold.clauses:
        return gold.article in articles
    return any(clause.of_article == gold.article and clause.clause in gold.clauses for clause in clauses)


def _scores(judged: Sequence[_Judged]) -> AnswerScores:
    answerable = [one for one in judged if one.answerable]
    declined = [one for one in judged if not one.answered]
    to_decline = [one for one in judged if not one.answerable]
    hit_1, hit_3, hit_5, hit_10 = (_mean_or_none(_is_within(one.article_rank, k) for one in answerable) for k in (1, 3, 5, 10))
    return AnswerScores(
        n=len(judged),
        answerable=len(answerable),
        article_hit_1=hit_1,
        article_hit_3=hit_3,
        article_hit_5=hit_5,
        article_hit_10=hit_10,
        clause_hit_3=_mean_or_none(one.clause_hit for one in answerable),
        must_contain=_mean_or_none(one.contained for one in answerable),
        answer_rate=_mean_or_none(one.answered for one in answerable),
        refusal_precision=_mean_or_none(not one.answerable for one in declined),
        refusal_recall=_mean_or_none(not one.answered for one in to_decline),
    )


def _is_within(rank: int | None, k: int) -> bool:
    return rank is not None and rank <= k


def _mean_or_none(values: Iterable[float]) -> float | None:
    known = list(values)
    return mean(known) if known else None


def _comparable(text: str) -> str:
    return _LEADING_ZEROS.sub("", " ".join(squeeze(text).split()).lower())


def _stands_in(wanted: str, shown: str) -> bool:
    before = r"(?<!\d)(?<!\d[.,])" if wanted[:1].isdigit() else ""
    after = r"(?!\d)(?![.,]\d)" if wanted[-1:].isdigit() else ""
    return re.search(before + re.escape(wanted) + after, shown) is not None


def _table_line(row: StyleScores) -> str:
    return f"{row.style:<14}" + "".join(f"{_printed(figure):>19}" for figure in row.scores.to_json().values())


def _printed(figure: float | int | None) -> str:
    if figure is None:
        return "-"
    return str(figure) if isinstance(figure, int) else f"{figure:.3f}"
