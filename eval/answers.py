"""How good answers are: do they cite what answers, quote it as it stands, show what matters, and decline what the law in hand
does not settle?
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from corpus.ids import ProvisionId
from corpus.text import squeeze
from eval.clauses import clause_precision, clause_recall
from eval.errors import NothingJudged
from eval.metrics import mean
from eval.sets import AnswerQuestion, GoldArticle

_CLAUSE_DEPTH = 3
# 06 is 6, but the zeros of 1.000 and 0,05 are digits of one number.
_LEADING_ZEROS = re.compile(r"(?<!\d)(?<!\d[.,])0+(?=\d)")


@dataclass(frozen=True, slots=True)
class AnsweredQuestion:
    """What a citizen was given: `answered` is False where it was declined; citations in order, most relevant first.

    `citations` ends with what was only named as possibly related; `quoted` has none of that. `verbatim` of those quoted read as the
    store has them; `unsupported` of the `statements` about the law hold something that no quotation has. `text` is the whole text
    shown, without markup.
    """

    answered: bool
    citations: tuple[ProvisionId, ...] = ()
    text: str = ""
    quoted: tuple[ProvisionId, ...] = ()
    verbatim: int = 0
    statements: int = 0
    unsupported: int = 0


Ask = Callable[[str], AnsweredQuestion]
Figures = dict[str, float | int | None]


@dataclass(frozen=True, slots=True)
class AnswerScores:
    """Figures over `n` questions, of which `answerable` have an answer, 0 to 1; None where they are taken over no question.

    Hits, `must_contain` and `citation_recall` are means over answerable questions, where a declined one counts 0 in each;
    `citation_precision` is a mean over answerable questions that were answered with quotations (see eval/clauses.py for both).
    `verbatim` is the share of all quotations, `unsupported` of all statements, whatever the question.
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
    citation_precision: float | None = None
    citation_recall: float | None = None
    verbatim: float | None = None
    unsupported: float | None = None

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
            "citation_precision": self.citation_precision,
            "citation_recall": self.citation_recall,
            "verbatim": self.verbatim,
            "unsupported": self.unsupported,
        }


@dataclass(frozen=True, slots=True)
class StyleScores:
    """The figures of the questions written in one style, or of one kind."""

    style: str
    scores: AnswerScores


@dataclass(frozen=True, slots=True)
class AnswersReport:
    """The figures over all questions, by style, and by kind where the questions have kinds; each in alphabetical order."""

    overall: AnswerScores
    by_style: tuple[StyleScores, ...]
    by_kind: tuple[StyleScores, ...] = ()

    def to_json(self) -> dict[str, float | int | dict[str, Figures] | None]:
        """The figures over all questions, and under `by_style` (and `by_kind`, where there are kinds) the same by name."""
        groups = {"by_style": self.by_style} | ({"by_kind": self.by_kind} if self.by_kind else {})
        named = {name: {one.style: one.scores.to_json() for one in group} for name, group in groups.items()}
        return {**self.overall.to_json(), **named}

    def table(self) -> str:
        """Aligned columns for people: a line for all questions, then a line a style and a kind; "-" where a figure is None."""
        names = list(self.overall.to_json())
        head = f"{'style':<18}" + "".join(f"{name:>{_width(name)}}" for name in names)
        return "\n".join([head, *(_table_line(row) for row in (StyleScores("all", self.overall), *self.by_style, *self.by_kind))])


@dataclass(frozen=True, slots=True)
class _Judged:
    """One question judged; `article_rank` is the rank of the first gold article among those cited, None where none is."""

    question: AnswerQuestion
    given: AnsweredQuestion
    article_rank: int | None = None
    clause_hit: bool = False
    contained: float = 0.0
    recall: float = 0.0
    precision: float | None = None


def evaluate_answers(questions: Sequence[AnswerQuestion], ask: Ask) -> AnswersReport:
    """The figures of `ask` on `questions`, each asked once, in order.

    An answerable question without gold is never hit. Raises `NothingJudged` where there is no question.
    """
    if not questions:
        raise NothingJudged("answers")
    judged = [_judged(question, ask(question.text)) for question in questions]
    styles = _grouped(judged, [one.question.style for one in judged])
    kinds = _grouped(judged, [one.question.kind for one in judged]) if any(question.kind for question in questions) else ()
    return AnswersReport(_scores(judged), styles, kinds)


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
        return _Judged(question, given)
    cited = list(dict.fromkeys(citation.of_article for citation in given.citations if citation.article is not None))
    gold = {one.article for one in question.gold}
    near = set(cited[:_CLAUSE_DEPTH])
    clauses = {citation.of_clause for citation in given.citations if citation.of_article in near}
    return _Judged(
        question,
        given,
        article_rank=next((rank for rank, article in enumerate(cited, start=1) if article in gold), None),
        clause_hit=any(_clause_is_hit(one, near, clauses) for one in question.gold),
        contained=contained_share(question.must_contain, given.text),
        recall=clause_recall(given.quoted, question.gold),
        precision=clause_precision(given.quoted, question.gold),
    )


def _grouped(judged: Sequence[_Judged], names: Sequence[str]) -> tuple[StyleScores, ...]:
    pairs = list(zip(names, judged, strict=True))
    return tuple(StyleScores(name, _scores([one for other, one in pairs if other == name])) for name in sorted(set(names)))


def _clause_is_hit(gold: GoldArticle, articles: set[ProvisionId], clauses: set[ProvisionId]) -> bool:
    if not gold.clauses:
        return gold.article in articles
    return any(clause.of_article == gold.article and clause.clause in gold.clauses for clause in clauses)


def _scores(judged: Sequence[_Judged]) -> AnswerScores:
    answerable = [one for one in judged if one.question.answerable]
    declined = [one for one in judged if not one.given.answered]
    to_decline = [one for one in judged if not one.question.answerable]
    hit_1, hit_3, hit_5, hit_10 = (_mean_or_none(_is_within(one.article_rank, k) for one in answerable) for k in (1, 3, 5, 10))
    given = [one.given for one in judged]
    return AnswerScores(
        n=len(judged),
        answerable=len(answerable),
        article_hit_1=hit_1,
        article_hit_3=hit_3,
        article_hit_5=hit_5,
        article_hit_10=hit_10,
        clause_hit_3=_mean_or_none(one.clause_hit for one in answerable),
        must_contain=_mean_or_none(one.contained for one in answerable),
        answer_rate=_mean_or_none(one.given.answered for one in answerable),
        refusal_precision=_mean_or_none(not one.question.answerable for one in declined),
        refusal_recall=_mean_or_none(not one.given.answered for one in to_decline),
        citation_precision=_mean_or_none(one.precision for one in answerable if one.precision is not None),
        citation_recall=_mean_or_none(one.recall for one in answerable),
        verbatim=_share(sum(one.verbatim for one in given), sum(len(one.quoted) for one in given)),
        unsupported=_share(sum(one.unsupported for one in given), sum(one.statements for one in given)),
    )


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


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
    return f"{row.style:<18}" + "".join(f"{_printed(figure):>{_width(name)}}" for name, figure in row.scores.to_json().items())


def _width(name: str) -> int:
    return max(len(name), len("0.000")) + 2


def _printed(figure: float | int | None) -> str:
    if figure is None:
        return "-"
    return str(figure) if isinstance(figure, int) else f"{figure:.3f}"
