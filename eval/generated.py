"""Messages made by chance out of a corpus: of its headings, clauses and numbers, right and wrong, typed as people type."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from assistant.responder import Message
from corpus.ids import ProvisionId
from corpus.labels import document_label, provision_label
from corpus.parse import parse_article_body, provisions_of
from corpus.questions import everyday_questions
from corpus.store import CorpusStore
from corpus.text import squeeze
from corpus.types import Article
from eval.frames import frames
from eval.perturb import Variant, perturbed

FIRST_DAY, LAST_DAY = date(1990, 1, 1), date(2030, 12, 31)
# So many articles are read of a corpus, evenly spread.
_ARTICLES = 4000
_FRAGMENT_WORDS = (4, 16)
_GREATEST_ARTICLE, _GREATEST_CLAUSE, _POINTS = 700, 12, "abcdđeghiklmnpqz"
_HAS_DAY, _HAS_AS_OF, _TWO_NAMED = 0.25, 0.5, 0.2
# Days are drawn from the whole range, from the years in which most law at hand is in force, and beside days on which texts change.
_RECENT = date(2018, 1, 1)
_ANY_DAY, _RECENT_DAY = 0.25, 0.75


@dataclass(frozen=True, slots=True)
class Material:
    """What questions are made of: articles, days on which texts come or go, what documents are called, and how citizens put things."""

    articles: tuple[Article, ...]
    turning_days: tuple[date, ...]
    names: tuple[str, ...]
    name_of: dict[str, str]
    wordings: tuple[str, ...]

    @classmethod
    def of(cls, store: CorpusStore) -> Material:
        """The material of `store`: its latest texts, its guides, and the everyday questions shipped with the project."""
        step = max(1, store.status().versions // _ARTICLES)
        timelines = [texts for place, texts in enumerate(store.articles()) if place % step == 0]
        ends = {day for texts in timelines for text in texts for day in (text.validity.since, text.validity.until) if day}
        name_of = {document.key: document_label(document) for document in store.documents()}
        guides = [text for procedure in store.procedures() for text in (procedure.name, *procedure.questions)]
        everyday = [one.question for questions in everyday_questions().values() for one in questions]
        articles = tuple(texts[-1] for texts in timelines)
        return cls(articles, tuple(sorted(ends)), (*name_of.values(), *frames().unknown_documents), name_of, (*everyday, *guides))


def generated_messages(material: Material, count: int, rng: Random) -> Iterator[Message]:
    """`count` messages, each about something of `material` on days from 1990 to 2030."""
    for _ in range(count):
        as_of = _day(material, rng) if rng.random() < _HAS_AS_OF else None
        yield Message(_text(material, rng), _day(material, rng), as_of)


def _text(material: Material, rng: Random) -> str:
    about = rng.choice((_heading, _fragment, _wording, _named, _named, _misnamed))(material, rng)
    framed = rng.choice(frames().questions).replace("{}", about) if rng.random() < 0.5 else about
    if rng.random() < _HAS_DAY:
        day = _day(material, rng)
        parts = {"year": day.year, "month": day.month, "day": day.day}
        template = rng.choice(frames().days)
        for name, value in parts.items():
            template = template.replace(f"{{{name}}}", str(value))
        framed = template.replace("{}", framed)
    return perturbed(framed, rng.choice(list(Variant)), rng)


def _heading(material: Material, rng: Random) -> str:
    article = rng.choice(material.articles)
    return article.heading or _words_of(article, rng)


def _fragment(material: Material, rng: Random) -> str:
    return _words_of(rng.choice(material.articles), rng)


def _wording(material: Material, rng: Random) -> str:
    return rng.choice(material.wordings)


def _named(material: Material, rng: Random) -> str:
    """A provision that there is, or two."""
    if rng.random() < _TWO_NAMED:
        return rng.choice(frames().joints).format(_label(material, rng), _label(material, rng))
    return _label(material, rng)


def _misnamed(material: Material, rng: Random) -> str:
    """A provision named by chance, of a document named by chance; it may exist."""
    point = rng.choice(_POINTS) if rng.random() < 0.3 else None
    clause = str(rng.randint(1, _GREATEST_CLAUSE)) if point or rng.random() < 0.5 else None
    provision = ProvisionId("0", str(rng.randint(1, _GREATEST_ARTICLE)), clause, point)
    return f"{provision_label(provision)} {rng.choice(material.names)}"


def _label(material: Material, rng: Random) -> str:
    article = rng.choice(material.articles)
    parts = [article.id, *(provision for provision, _ in provisions_of(article.id, parse_article_body(article.text)))]
    name = material.name_of.get(article.id.document, article.id.document)
    return f"{provision_label(rng.choice(parts))} {name}"


def _words_of(article: Article, rng: Random) -> str:
    found = squeeze(article.text).split() or article.heading.split() or [str(article.id)]
    start = rng.randrange(len(found))
    return " ".join(found[start : start + rng.randint(*_FRAGMENT_WORDS)])


def _day(material: Material, rng: Random) -> date:
    chance = rng.random()
    if chance > _RECENT_DAY and material.turning_days:
        return rng.choice(material.turning_days) + timedelta(days=rng.choice((-1, 0, 1)))
    return _day_since(FIRST_DAY if chance < _ANY_DAY else _RECENT, rng)


def _day_since(first: date, rng: Random) -> date:
    return first + timedelta(days=rng.randrange((LAST_DAY - first).days + 1))
