"""The provisions that a question names: looked up, never searched."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from assistant.answering.citing import Citer
from assistant.answering.evidence import Quotation, best_quotation, quotations
from assistant.answering.types import Answer, Citation, Outcome, Understood
from corpus.ids import ProvisionId
from corpus.types import Article


@dataclass(frozen=True, slots=True)
class _LookedUp:
    """A provision with what its text in force says of it (nothing where it lacks it) and the text nearest in time."""

    provision: ProvisionId
    quoted: list[tuple[Article, Quotation]]
    in_force: bool
    nearest: Article | None


def answer_named(understood: Understood, citer: Citer) -> Answer:
    """The named provisions as in force on the day of the question, and what of them cannot be had."""
    found = _looked_up(understood, citer)
    quoted = [pair for one in found for pair in one.quoted]
    absent = [one for one in found if not one.quoted]
    best = best_quotation([quotation for _, quotation in quoted]) if quoted else None
    return Answer(
        _outcome(quoted=bool(quoted), absent=absent, unknown=understood.unknown),
        understood,
        best.lead if best else "",
        _citations(quoted, citer, understood.as_of),
        tuple(citer.related(one.nearest) for one in absent if one.nearest),
        basis="named",
        missing=tuple(citer.label(one.provision) for one in absent if one.in_force or one.nearest is None),
        lead_of=best.lead_of if best else None,
    )


def _looked_up(understood: Understood, citer: Citer) -> list[_LookedUp]:
    timelines = citer.timelines([provision.of_article for provision in understood.named])
    found = []
    for provision in understood.named:
        texts = timelines.get(provision.of_article, [])
        article = next((text for text in texts if text.validity.covers(understood.as_of)), None)
        parts = quotations(article, understood.restored, (), only=provision) if article else []
        quoted = [(article, quotation) for quotation in parts if article]
        found.append(_LookedUp(provision, quoted, article is not None, article or next(iter(texts), None)))
    return found


def _citations(quoted: Sequence[tuple[Article, Quotation]], citer: Citer, as_of: date) -> tuple[Citation, ...]:
    return tuple(citer.citation(article, quotation, as_of) for article, quotation in quoted)


def _outcome(*, quoted: bool, absent: Sequence[_LookedUp], unknown: Sequence[str]) -> Outcome:
    if quoted:
        return Outcome.PARTLY_ANSWERED if absent or unknown else Outcome.ANSWERED
    was_law = any(one.nearest and not one.in_force for one in absent)
    return Outcome.NOT_IN_FORCE_ON_DATE if was_law else Outcome.NO_SOURCE
