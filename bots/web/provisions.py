"""Provisions, documents and procedures as JSON."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from assistant.answering.evidence import clause_text
from corpus.amendments import later_amendments
from corpus.errors import DocumentNotFound, InvalidProvisionId
from corpus.ids import ProvisionId, number_of_key
from corpus.kinds import kind_of_key
from corpus.labels import provision_label
from corpus.parse import parse_article_body
from corpus.store import CorpusStore
from corpus.types import Article, LegalDocument

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class ProvisionView:
    """A provision with its context, and a tag that changes when anything of it does."""

    content: Json
    tag: str


def provision_view(text: str, store: CorpusStore, as_of: date) -> ProvisionView | None:
    """The provision named by `text` in force on `as_of`, all its texts and relations; None where it is unknown."""
    try:
        provision = ProvisionId.parse(text)
    except InvalidProvisionId:
        return None
    if provision.article is None:
        return None
    versions = store.versions(provision.of_article)
    in_force = next((version for version in versions if version.validity.covers(as_of)), None)
    quoted = _text_of(in_force, provision) if in_force else None
    if not versions or (in_force and quoted is None):
        return None
    content = {
        "id": str(provision),
        "label": provision_label(provision),
        "document": document_json(_document(provision.document, store)),
        "heading": (in_force or versions[-1]).heading,
        "as_of": as_of.isoformat(),
        "text": quoted,
        "context": list((in_force or versions[-1]).path),
        "valid_from": _day(in_force.validity.since) if in_force else None,
        "valid_to": _day(in_force.validity.until) if in_force else None,
        "url": in_force.url if in_force else None,
        "versions": [_version(version) for version in versions],
        "relations": _relations(provision, store),
        "later_changes": _changes(in_force, as_of) if in_force else [],
    }
    return ProvisionView(content, hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()[:32])


def document_json(document: LegalDocument) -> Json:
    """A document without its text."""
    return {
        "key": document.key,
        "number": document.number,
        "title": document.title,
        "kind": document.kind.value,
        "issuer": document.issuer,
        "issued_on": _day(document.issued_on),
        "valid_from": _day(document.validity.since),
        "valid_to": _day(document.validity.until),
        "url": document.url,
    }


def _text_of(article: Article, provision: ProvisionId) -> str | None:
    """The whole article, or the clause or point named; None where it has none such."""
    if provision.clause is None and provision.point is None:
        return article.text
    body = parse_article_body(article.text)
    if provision.clause is None:
        return next((f"{point.letter}) {point.text}" for point in body.points if point.letter == provision.point), None)
    clause = next((clause for clause in body.clauses if clause.number == provision.clause), None)
    if clause is None or provision.point is None:
        return clause_text(clause) if clause else None
    point = next((point for point in clause.points if point.letter == provision.point), None)
    return f"{clause.number}. {clause.text}\n{point.letter}) {point.text}" if point else None


def _version(article: Article) -> Json:
    return {"heading": article.heading, "valid_from": _day(article.validity.since), "valid_to": _day(article.validity.until)}


def _relations(provision: ProvisionId, store: CorpusStore) -> list[Json]:
    found = store.relations(provision.of_article)
    return [
        {"kind": one.kind.value, "origin": str(one.source), "target": str(one.target), "since": _day(one.since), "note": one.note}
        for one in found
    ]


def _changes(article: Article, as_of: date) -> list[Json]:
    changes: Sequence[Any] = later_amendments(article, as_of)
    return [
        {"number": change.by, "title": change.title, "since": change.since.isoformat(), "certain": change.articles is not None}
        for change in changes
    ]


def _document(key: str, store: CorpusStore) -> LegalDocument:
    try:
        return store.document(key)
    except DocumentNotFound:
        return LegalDocument(key, number_of_key(key), "", kind_of_key(key))


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
