"""The provisions that a question names: looked up, never searched."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from assistant.answering.citing import Citer
from assistant.answering.evidence import Quotation, best_quotation, quotations, whole_article
from assistant.answering.types import AddedLater, Answer, Citation, LaterChange, Outcome, Understood
from corpus.amendments import added_by
from corpus.ids import ProvisionId
from corpus.questions import everyday_questions
from corpus.tables import read_table
from corpus.text import fold, squeeze
from corpus.types import Article, LegalDocument
from embeddings.lexical import term_numbers

# Documents offered for a number that came without one.
_OFFERED = 5
_WORD = re.compile(r"[^\W\d_]+")
# "blhs", "lhngđ": what people write for a title.
_SHORT_TITLE = re.compile(r"bl[a-z]{2,4}|lhngd|ldd")


@dataclass(frozen=True, slots=True)
class _LookedUp:
    """A provision with what its text in force says of it (nothing where it lacks it) and the text nearest in time."""

    provision: ProvisionId
    quoted: list[tuple[Article, Quotation]]
    in_force: bool
    nearest: Article | None

    @property
    def was_never_law(self) -> bool:
        """Whether the text in force lacks it, or there is none of any time."""
        return not self.quoted and (self.in_force or self.nearest is None)

    @property
    def is_cut(self) -> bool:
        """Whether an article was named and only a part of it is quoted."""
        of_article = self.provision == self.provision.of_article and self.quoted
        texts = (quotation.text for _, quotation in self.quoted)
        return bool(of_article) and "\n".join(texts) != (squeeze(self.quoted[0][0].text) or self.quoted[0][0].heading)


def answer_named(understood: Understood, citer: Citer) -> Answer:
    """The named provisions as in force on the day of the question, and what of them cannot be had.

    An article of which nothing else is asked is quoted whole.
    """
    found = _looked_up(understood, citer)
    quoted = [pair for one in found for pair in one.quoted]
    absent = [one for one in found if not one.quoted]
    best = best_quotation([quotation for _, quotation in quoted]) if quoted else None
    added = {one.provision: later for one in absent if one.was_never_law and (later := _added_later(one, understood.as_of, citer))}
    return Answer(
        _outcome(quoted=bool(quoted), absent=absent, unknown=understood.unknown),
        understood,
        best.lead if best else "",
        _citations(quoted, citer, understood.as_of),
        tuple(citer.related(one.nearest) for one in absent if one.nearest),
        basis="named",
        missing=tuple(citer.label(one.provision) for one in absent if one.was_never_law and one.provision not in added),
        added_later=tuple(added.values()),
        more_of=tuple(one.provision for one in found if one.is_cut),
        lead_of=best.lead_of if best else None,
    )


def answer_absent(found: Answer, citer: Citer) -> Answer:
    """What is said where a law is named that the corpus lacks: only this; what was found in other law becomes a pointer."""
    if found.procedure:
        return found
    scores = {one.provision.of_article: one.score for one in reversed(found.citations)}
    cited = (citer.related(article, scores[one]) for one, article in citer.in_force(list(scores), found.question.as_of).items())
    related = sorted((*cited, *found.related), key=lambda one: -one.score)
    return Answer(Outcome.NO_SOURCE, found.question, related=tuple(related), basis="named")


def asks_only_for_provisions(understood: Understood) -> bool:
    """Whether nothing is asked but the provisions named without a document: "khoản 3 điều 98 nói gì"."""
    return bool(understood.unplaced) and not _asked_besides(understood.restored, ())


def answer_unplaced(understood: Understood, citer: Citer, documents: Sequence[LegalDocument]) -> Answer:
    """The question of which law a provision is meant, with the articles of that number in the likeliest documents."""
    asked = understood.unplaced[0]
    candidates = [replace(asked.of_article, document=one.key) for one in _likeliest_first(documents)]
    texts = citer.in_force(candidates, understood.as_of)
    offered = [texts[one] for one in candidates if one in texts][:_OFFERED]
    return Answer(Outcome.NEEDS_CLARIFICATION, understood, related=tuple(map(citer.related, offered)), basis="which_law")


def _likeliest_first(documents: Sequence[LegalDocument]) -> list[LegalDocument]:
    """Codes and laws: first those of which people ask most."""
    asked: dict[str, int] = {}
    for article, questions in everyday_questions().items():
        asked[article.document] = asked.get(article.document, 0) + len(questions)
    laws = (one for one in documents if one.kind.rank <= 3 and one.title)
    return sorted(laws, key=lambda one: -asked.get(one.key, 0))


def _looked_up(understood: Understood, citer: Citer) -> list[_LookedUp]:
    timelines = citer.timelines([provision.of_article for provision in understood.named])
    found = []
    for provision in understood.named:
        texts = timelines.get(provision.of_article, [])
        article = next((text for text in texts if text.validity.covers(understood.as_of)), None)
        parts = _quoted(article, provision, understood.restored, citer) if article else []
        quoted = [(article, quotation) for quotation in parts if article]
        found.append(_LookedUp(provision, quoted, article is not None, article or next(iter(texts), None)))
    return found


def _quoted(article: Article, provision: ProvisionId, question: str, citer: Citer) -> list[Quotation]:
    """The part named; of an article its clauses that answer what else is asked, or all of it where none does."""
    if provision.clause or provision.point:
        return quotations(article, question, (), only=provision)
    asked = _asked_besides(question, (citer.name_of(provision.document), article.heading))
    terms, of_text = term_numbers([asked, article.text])
    return quotations(article, asked, (), only=provision) if terms & of_text else [whole_article(article)]


def _asked_besides(question: str, known: Sequence[str]) -> str:
    """The folded words of `question` that ask something of a provision; those of `known` only name it."""
    naming = {word for text in known for word in _WORD.findall(fold(text))}
    words = (word for word in _WORD.findall(fold(question)) if len(word) > 1 and not _SHORT_TITLE.fullmatch(word))
    return " ".join(word for word in words if word not in naming and word not in _asking_words())


@cache
def _asking_words() -> frozenset[str]:
    return frozenset(read_table("assistant.answering", "asking-words.yaml")["words"].split())


def _added_later(one: _LookedUp, as_of: date, citer: Citer) -> AddedLater | None:
    """The law that added the article, where its text at hand is older."""
    law = added_by(one.provision, as_of)
    return (
        AddedLater(citer.label(one.provision), LaterChange(law.by, law.title, law.since, certain=True)) if law and not one.nearest else None
    )


def _citations(quoted: Sequence[tuple[Article, Quotation]], citer: Citer, as_of: date) -> tuple[Citation, ...]:
    return tuple(citer.citation(article, quotation, as_of) for article, quotation in quoted)


def _outcome(*, quoted: bool, absent: Sequence[_LookedUp], unknown: Sequence[str]) -> Outcome:
    if quoted:
        return Outcome.PARTLY_ANSWERED if absent or unknown else Outcome.ANSWERED
    was_law = any(one.nearest and not one.in_force for one in absent)
    return Outcome.NOT_IN_FORCE_ON_DATE if was_law else Outcome.NO_SOURCE
