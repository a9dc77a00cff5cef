"""Whether citations hold: what they name is in the store, in force on the day, and reads as they quote it.

Nothing here goes through the parts that made the citation: the store is read anew, and its text is the judge.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from assistant.answering.evidence import ELISION, clause_text
from assistant.answering.types import Answer, Citation
from corpus.ids import ProvisionId
from corpus.parse import parse_article_body
from corpus.store import CorpusStore
from corpus.text import squeeze
from corpus.types import Article, ArticleBody

_SIGNS = re.compile(r"[\W_]+")


class Fault(StrEnum):
    """What is wrong with a citation."""

    NO_SUCH_PROVISION = "no_such_provision"
    NOT_IN_FORCE = "not_in_force"
    OTHER_VALIDITY = "other_validity"
    OTHER_WORDS = "other_words"
    OTHER_PROVISION = "other_provision"


# The quotation is not what the provision says.
MISQUOTES = frozenset({Fault.OTHER_WORDS, Fault.OTHER_PROVISION})


@dataclass(frozen=True, slots=True)
class Checked:
    """A citation and what is wrong with it, which should be nothing."""

    citation: Citation
    faults: tuple[Fault, ...]


def checked_citations(answer: Answer, store: CorpusStore) -> tuple[Checked, ...]:
    """Each citation of `answer` held against `store` on the day that the answer speaks of, in order.

    Of a comparison that is the day of the side that cites it, which is shown with it.
    """
    timelines = store.timelines({citation.provision.of_article for citation in answer.citations})
    day_of = {id(citation): side.as_of for side in answer.sides for citation in side.citations if side.as_of}
    return tuple(
        Checked(
            citation,
            faults_of(citation, timelines.get(citation.provision.of_article, []), day_of.get(id(citation), answer.question.as_of)),
        )
        for citation in answer.citations
    )


def faults_of(citation: Citation, texts: Sequence[Article], as_of: date) -> tuple[Fault, ...]:
    """What is wrong with a citation, `texts` being all that the store has of its article."""
    if not texts:
        return (Fault.NO_SUCH_PROVISION,)
    article = next((text for text in texts if text.validity.covers(as_of)), None)
    if article is None:
        return (Fault.NOT_IN_FORCE,)
    body = parse_article_body(article.text)
    if not _holds_provision(body, citation.provision):
        return (Fault.NO_SUCH_PROVISION,)
    return tuple(_misquotes(citation, article, body))


def _misquotes(citation: Citation, article: Article, body: ArticleBody) -> Iterator[Fault]:
    if (citation.valid_from, citation.valid_to) != (article.validity.since, article.validity.until):
        yield Fault.OTHER_VALIDITY
    pieces = _pieces(citation.quote)
    if not pieces or not _stand_in_order(pieces, _on_one_line(f"{article.heading}\n{squeeze(article.text)}")):
        yield Fault.OTHER_WORDS
    if citation.provision.clause and not _is_of_clause(citation, body):
        yield Fault.OTHER_PROVISION


def _holds_provision(body: ArticleBody, provision: ProvisionId) -> bool:
    if provision.clause is None:
        return provision.point is None or any(point.letter == provision.point for point in body.points)
    clauses = [clause for clause in body.clauses if clause.number == provision.clause]
    return any(provision.point is None or any(point.letter == provision.point for point in clause.points) for clause in clauses)


def _is_of_clause(citation: Citation, body: ArticleBody) -> bool:
    """Whether the quotation, without the article's words that lead into its clauses, is of the clause and holds the point cited."""
    provision = citation.provision
    opening = (body.intro.splitlines() or [""])[-1]
    own = citation.quote.removeprefix(opening).strip()
    quoted = _bare(own)
    clauses = [clause for clause in body.clauses if clause.number == provision.clause]
    points = [_bare(point.text) for clause in clauses for point in clause.points if point.letter == provision.point]
    is_inside = any(_stand_in_order([_bare(piece) for piece in _pieces(own)], _bare(clause_text(clause))) for clause in clauses)
    return is_inside and (provision.point is None or any(point in quoted for point in points))


def _pieces(quote: str) -> list[str]:
    """What stands between the signs that something was left out, each on one line."""
    pieces: list[list[str]] = [[]]
    for line in quote.splitlines():
        if line == ELISION:
            pieces.append([])
        else:
            pieces[-1].append(line)
    return [_on_one_line(" ".join(piece)) for piece in pieces if piece]


def _stand_in_order(pieces: Sequence[str], text: str) -> bool:
    """Whether the pieces stand in `text`, one behind the other."""
    position = 0
    for piece in pieces:
        found = text.find(piece, position)
        if found < 0:
            return False
        position = found + len(piece)
    return True


def _on_one_line(text: str) -> str:
    return " ".join(text.split())


def _bare(text: str) -> str:
    """Letters and digits alone: a clause is printed "1)Tàu" in one source and "1. Tàu" in another."""
    return _SIGNS.sub("", text)
