"""Which clauses of an article answer: cut to what is asked, never rewritten."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from corpus.ids import ProvisionId
from corpus.parse import parse_article_body
from corpus.text import squeeze
from corpus.types import Article, ArticleBody, Clause, Point
from embeddings.lexical import term_numbers
from embeddings.vector_index import Found

# An article that fits here is quoted whole; a longer one is cut to its clauses that answer.
_WHOLE_ARTICLE_CHARS = 450
# Clauses that complete one opening sentence are a list, of which none can be left out lightly.
_WHOLE_LIST_CHARS = 900
_CLAUSES = 3
# A clause is quoted beside the best one if it matches nearly as well.
_NEARLY = 0.8
_LONG_CLAUSE_CHARS = 700
_POINTS = 4
# How much the passage's meaning counts beside the clause's own words.
_MEANING = 0.5
# What the votes of everyday questions weigh beside the words, and how fast a vote falls with the (projected) cosine. On 536
# questions of lay-train.jsonl the best clause is right for .864, on 88 of everyday-dev for .909; from .08 to .15 hardly different.
_VOTES, _VOTE_TEMPERATURE = 2.2, 0.1
# An article named is shown whole up to this length; of a longer one the opening and the beginning of every clause.
_WHOLE_NAMED_CHARS = 6_000
ELISION = "…"
# What a heading says of all its clauses and turns their meaning: "không được làm", "bị nghiêm cấm", "Trường hợp …".
_TURNING = re.compile(r"\b(?:không (?:được|phải|thuộc|áp dụng|tính|công nhận|bị|có|chịu|cần|cấp|tiến hành|khởi tố)\b|cấm\b|miễn\b)")
_LIST_HEADING = re.compile(r"(?:các |những )?(?:trường hợp|hành vi|căn cứ)\b")
_SET_APART = re.compile(r"[\s.)]+")


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words of one provision, with `…` where points were left out; `lead` is the part that says the answer.

    `opened_by` is the article whose opening words the lead is, where they open several clauses alike.
    """

    provision: ProvisionId
    text: str
    lead: str
    score: float
    opened_by: ProvisionId | None = None

    @property
    def lead_of(self) -> ProvisionId:
        """The provision that the lead is taken from."""
        return self.opened_by or self.provision


def quotations(article: Article, question: str, passages: Sequence[Found], only: ProvisionId | None = None) -> list[Quotation]:
    """The clauses of `article` that answer `question`, in the order of the law; `only` keeps one named clause or point."""
    return [_as_printed(article, quotation) for quotation in _quotations(article, question, passages, only)]


def whole_article(article: Article) -> Quotation:
    """All of `article` as stored, led by its heading; of a very long one the opening and the beginning of every clause."""
    text = squeeze(article.text)
    heading = article.heading or text.partition("\n")[0]
    if len(text) <= _WHOLE_NAMED_CHARS:
        return Quotation(article.id, text or heading, heading, 1.0)
    return _as_printed(article, Quotation(article.id, _beginnings(article), heading, 1.0))


def _beginnings(article: Article) -> str:
    body = parse_article_body(article.text)
    if body.clauses:
        begun = (f"{clause.number}. {clause.text}".splitlines()[0] for clause in body.clauses)
        cut = (
            "\n".join((begin, *([ELISION] if clause_text(clause) != begin else [])))
            for begin, clause in zip(begun, body.clauses, strict=True)
        )
        return "\n".join((*body.intro.splitlines(), *cut))
    lines = squeeze(article.text).splitlines()
    kept = [line for line, length in zip(lines, accumulate(map(len, lines)), strict=True) if length <= _WHOLE_NAMED_CHARS]
    return "\n".join((*(kept or lines[:1]), ELISION))


def _as_printed(article: Article, quotation: Quotation) -> Quotation:
    """`quotation` with its lines as the text has them."""
    lines = squeeze(article.text).splitlines()
    printed = {_bare(line): line for line in reversed(lines)} | {line: line for line in lines}
    text = "\n".join(printed.get(line) or printed.get(_bare(line), line) for line in quotation.text.splitlines())
    return replace(quotation, text=text)


def _bare(line: str) -> str:
    """What is left of a line when "1)Tàu" and "1. Tàu" are one: parsing forgets how a number was set apart."""
    return _SET_APART.sub("", line)


def _quotations(article: Article, question: str, passages: Sequence[Found], only: ProvisionId | None) -> list[Quotation]:
    body = parse_article_body(article.text)
    if only and (only.clause or only.point):
        named = _named_part(article, body, only, question)
        return named if body.intro else _under_heading(article, named)
    if not body.clauses:
        return [_whole(article, question)]
    scores = _clause_scores(body.clauses, question, passages, article.heading)
    best = max(scores)
    if len(article.text) <= (_WHOLE_LIST_CHARS if body.intro.endswith(":") else _WHOLE_ARTICLE_CHARS):
        chosen = list(range(len(body.clauses)))
    else:
        ranked = sorted(range(len(scores)), key=lambda place: -scores[place])[:_CLAUSES]
        chosen = sorted(place for place in ranked if scores[place] >= _NEARLY * best)
    quoted = [_clause_quotation(article.id, body.clauses[place], question, scores[place]) for place in chosen]
    if not body.intro:
        return _under_heading(article, quoted)
    # The opening words of an article that has points of its own lead into those.
    return quoted if body.points else _introduced(body.intro, quoted, is_whole=len(chosen) == len(body.clauses))


def _under_heading(article: Article, quoted: Sequence[Quotation]) -> list[Quotation]:
    """Quotations whose leads carry the heading that they complete: of an article without opening words of its own."""
    return [replace(quotation, lead=_headed(article.heading, quotation.lead)) for quotation in quoted]


def _headed(heading: str, lead: str) -> str:
    """`lead` behind the heading that it completes; alone where it says by itself what the heading turns."""
    spoken, said = heading.lower(), lead.lower()
    turns = set(_TURNING.findall(spoken)) - set(_TURNING.findall(said))
    is_listed = _LIST_HEADING.match(spoken) and not re.match(r"(?:trường hợp|khi|người nào)\b", said)
    return f"{heading.rstrip('.: ')}: {lead}" if turns or is_listed else lead


def _introduced(intro: str, quoted: list[Quotation], *, is_whole: bool) -> list[Quotation]:
    """The words that lead into a list of clauses stand before the first one quoted; without them the clauses say nothing."""
    if not intro.endswith(":"):
        return quoted
    opening = intro.splitlines()[-1]
    first = quoted[0]
    text = "\n".join([opening, *([] if is_whole or first.provision.clause == "1" else [ELISION]), first.text])
    if len(quoted) == 1:
        return [replace(first, text=text, lead=f"{opening.rstrip(':')}: {first.lead}")]
    opened = [replace(quotation, lead=opening, opened_by=quotation.provision.of_article) for quotation in quoted]
    return [replace(opened[0], text=text), *opened[1:]]


def _named_part(article: Article, body: ArticleBody, only: ProvisionId, question: str) -> list[Quotation]:
    """The clause or point that `only` names, under the words that lead into it; nothing where the article lacks it."""
    if only.clause is None:
        head, closing = _around_points(article, body)
        parts = [(article.id, head, body.points, closing)]
    else:
        clauses = [clause for clause in body.clauses if clause.number == only.clause]
        if only.point is None:
            # Whoever names a clause wants all of it.
            whole = [Quotation(only.of_clause, clause_text(clause), clause.text, 1.0) for clause in clauses]
            return _introduced(body.intro, whole, is_whole=len(body.clauses) == 1) if whole and not body.points else whole
        parts = [(only.of_clause, f"{clause.number}. {clause.text}", clause.points, clause.closing) for clause in clauses]
    pointed = [
        _pointed(provision, head, points, closing, question, 1.0, only.point)
        for provision, head, points, closing in parts
        if any(point.letter == only.point for point in points)
    ]
    return _introduced(body.intro, pointed, is_whole=len(body.clauses) == 1) if pointed and only.clause and not body.points else pointed


def best_quotation(quoted: Sequence[Quotation]) -> Quotation:
    """The quotation that answers best; the first of equals."""
    return max(quoted, key=lambda quotation: quotation.score)


def _clause_scores(clauses: Sequence[Clause], question: str, passages: Sequence[Found], heading: str) -> list[float]:
    """How well each clause matches: rare shared words weigh more, words of the heading say nothing about the clause."""
    asked, of_heading = term_numbers([question, heading])
    texts = term_numbers([clause_text(clause) for clause in clauses])
    seen = Counter(number for numbers in texts for number in numbers & asked)
    weights = {number: math.log(1 + len(clauses) / count) * (0.5 if number in of_heading else 1.0) for number, count in seen.items()}
    total = sum(weights.values()) or 1.0
    words = [sum(weights[number] for number in numbers & asked) / total for numbers in texts]
    # Everyday questions name the clause that answers them: those most like this one know better than any word or meaning of the law.
    share, weight = (_vote, _VOTES) if any(passage.is_question for passage in passages) else (_passage_share, _MEANING)
    return [score + weight * share(clause, passages) for clause, score in zip(clauses, words, strict=True)]


def _vote(clause: Clause, passages: Sequence[Found]) -> float:
    """The share of this clause in the votes of all passages found by meaning, each the heavier the nearer it is, 0 to 1."""
    dense = [passage for passage in passages if passage.score <= 1.0]
    best = max(passage.score for passage in dense)
    votes = [(math.exp((passage.score - best) / _VOTE_TEMPERATURE), passage) for passage in dense]
    own = sum(vote for vote, passage in votes if any(provision.clause == clause.number for provision in passage.provisions))
    return own / sum(vote for vote, _ in votes)


def _passage_share(clause: Clause, passages: Sequence[Found]) -> float:
    """How near the best passage that holds this clause comes to the best of the article, 0 to 1."""
    dense = [passage for passage in passages if passage.score <= 1.0]
    if not dense:
        return 0.0
    best, worst = max(passage.score for passage in dense), min(passage.score for passage in dense)
    holding = [passage.score for passage in dense if any(provision.clause == clause.number for provision in passage.provisions)]
    if not holding:
        return 0.0
    return 1.0 if best == worst else (max(holding) - worst) / (best - worst)


def clause_text(clause: Clause) -> str:
    """The whole clause as printed."""
    lines = [f"{clause.number}. {clause.text}", *(f"{point.letter}) {point.text}" for point in clause.points), clause.closing]
    return "\n".join(line for line in lines if line)


def _whole(article: Article, question: str) -> Quotation:
    body = parse_article_body(article.text)
    if body.points:
        head, closing = _around_points(article, body)
        return _pointed(article.id, head, body.points, closing, question, 1.0)
    paragraphs = body.intro.splitlines() or [article.heading]
    best = _best(paragraphs, question)
    is_short = len(body.intro) <= 2 * _LONG_CLAUSE_CHARS
    text = _elided(paragraphs, set(range(len(paragraphs))) if is_short else {0, best})
    return Quotation(article.id, text, paragraphs[best], 1.0)


def _clause_quotation(article: ProvisionId, clause: Clause, question: str, score: float = 1.0) -> Quotation:
    provision = ProvisionId(article.document, article.article, clause.number)
    if clause.points:
        return _pointed(provision, f"{clause.number}. {clause.text}", clause.points, clause.closing, question, score)
    return Quotation(provision, clause_text(clause), clause.text, score)


def _around_points(article: Article, body: ArticleBody) -> tuple[str, str]:
    """The article's own words before its points, and those after them."""
    own, mark = body.intro.splitlines(), f"{body.points[0].letter})" if body.points else ""
    lines = squeeze(article.text).splitlines()
    before = next((place for place, line in enumerate(lines) if mark and line.replace(" ", "").startswith(mark)), len(own))
    return "\n".join(own[:before]), "\n".join(own[before:])


def _pointed(
    provision: ProvisionId, head: str, points: Sequence[Point], closing: str, question: str, score: float, named: str | None = None
) -> Quotation:
    """A list of points: the one `named`, else all of a short list, else those that match, with a sign where others were left out."""
    texts = [f"{point.letter}) {point.text}" for point in points]
    matched = [place for place, point in enumerate(points) if point.letter == named] if named else _matching(texts, question)
    best = matched[0] if matched else 0
    is_whole = not named and (sum(map(len, texts)) <= _LONG_CLAUSE_CHARS or not matched)
    kept = set(range(len(points))) if is_whole else set(matched[:_POINTS])
    text = "\n".join(part for part in (head, _elided(texts, kept), closing) if part)
    plain_head = head.partition(". ")[2] if provision.clause else head
    # Of a list that is quoted whole no point is put in front: the reader must see that there are others.
    is_single = not plain_head or (len(matched) == 1 and not is_whole)
    lead = ": ".join(part for part in (plain_head.rstrip(":"), points[best].text) if part) if is_single else plain_head
    only_point = ProvisionId(provision.document, provision.article, provision.clause, points[best].letter)
    return Quotation(only_point if named or (kept == {best} and not closing) else provision, text, lead, score)


def _elided(texts: Sequence[str], kept: set[int]) -> str:
    """The kept ones, with a sign in the place of others."""
    lines: list[str] = []
    for place, text in enumerate(texts):
        if place in kept:
            lines.append(text)
        elif lines[-1:] != [ELISION]:
            lines.append(ELISION)
    return "\n".join(lines)


def _matching(texts: Sequence[str], question: str) -> list[int]:
    """Places of the texts that share the question's rarer words, best first."""
    scores = _shares(texts, question)
    best = max(scores, default=0.0)
    ranked = sorted(range(len(texts)), key=lambda place: -scores[place])
    return [place for place in ranked if best > 0 and scores[place] >= _NEARLY * best]


def _best(texts: Sequence[str], question: str) -> int:
    scores = _shares(texts, question)
    return max(range(len(texts)), key=lambda place: (scores[place], -place))


def _shares(texts: Sequence[str], question: str) -> list[float]:
    (asked,) = term_numbers([question])
    numbers = term_numbers(texts)
    seen = Counter(number for one in numbers for number in one & asked)
    return [sum(math.log(1 + len(texts) / seen[number]) for number in one & asked) for one in numbers]
