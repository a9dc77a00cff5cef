"""`dienhong corpus import | list | show | status`."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from datetime import date

from assistant.answering.evidence import clause_text
from assistant.answering.understand import cleaned
from assistant.bootstrap import Parts
from assistant.settings import Settings
from bots.law.preparation import import_defaults, index_meaning, index_words, is_indexed, progress_bar
from bots.law.render import day, procedure_text
from bots.wording import Sentences
from corpus.amendments import later_amendments
from corpus.citations import DocumentNames, find_provisions
from corpus.days import today
from corpus.errors import ProvisionNotFound
from corpus.ids import ProvisionId
from corpus.importing import absent_parts, import_source, open_source
from corpus.labels import document_label, provision_label
from corpus.parse import parse_article_body
from corpus.sources.failures import Failure
from corpus.store import CorpusStore
from corpus.types import Article, RelationKind

_FAILURES_SHOWN = 10


def import_(arguments: argparse.Namespace, settings: Settings, words: Sentences) -> int:
    """Imports a source, then indexes it by words and, unless told not to, by meaning."""
    parts = Parts(settings)
    handles = open_source(arguments.source)
    import_defaults(parts)
    absent = absent_parts(arguments.source, parts.store, handles)
    with progress_bar(words) as progress:
        report = import_source(parts.store, handles, on=today(), progress=lambda done, total: progress("reading", done, total))
    counts = report.counts
    print(
        words.imported.format(
            source=report.source,
            batches=report.batches,
            skipped=report.skipped,
            added=counts.added,
            changed=counts.changed,
            unchanged=counts.unchanged,
            vanished=counts.vanished,
            failures=len(report.failures) + len(absent),
        )
    )
    _print_failures([*absent, *report.failures], words)
    generation = parts.index_home.current() if is_indexed(parts) else index_words(parts, words)
    print(words.words_ready.format(passages=generation.facts.passages), flush=True)
    generation = (None if arguments.words_only else index_meaning(parts, words)) or generation
    print(words.index_ready.format(passages=generation.facts.passages, embedded=generation.facts.embedded))
    is_unread = report.failures and not (counts.added or counts.changed or counts.unchanged or report.skipped)
    return 3 if is_unread else 0


def list_(arguments: argparse.Namespace, settings: Settings, words: Sentences) -> int:
    """Lists documents by rank, or procedures by id."""
    store = Parts(settings).store
    if arguments.procedures:
        _print_lines(f"{procedure.id}  {procedure.name}" for procedure in store.procedures())
    else:
        _print_lines(_document_line(document.key, document_label(document), document.validity.since) for document in store.documents())
    if store.is_empty():
        print(words.no_corpus)
    return 0


def show(arguments: argparse.Namespace, settings: Settings, words: Sentences) -> int:
    """Shows a procedure, a document's outline, or a provision as in force on a day, with its history and relations."""
    store = Parts(settings).store
    as_of = arguments.as_of or today()
    asked = cleaned(arguments.provision)
    procedure = store.procedure(asked)
    if procedure:
        print(procedure_text(procedure, words))
        return 0
    for provision in _named(asked, store, as_of):
        _print_lines(_shown(provision, store, as_of, words))
    return 0


def status(arguments: argparse.Namespace, settings: Settings, words: Sentences) -> int:
    """Sizes of the corpus and of the index, and what could not be imported."""
    parts = Parts(settings)
    sizes = parts.store.status()
    print(
        f"documents {sizes.documents}, articles {sizes.articles} ({sizes.versions} texts), relations {sizes.relations}, "
        f"procedures {sizes.procedures}, failures {sizes.failures}, revision {sizes.revision}"
    )
    _print_index(parts)
    failures = [Failure(f"{source}: {failure.place}", failure.reason) for source, failure in parts.store.failures()]
    _print_failures(failures, words, shown=len(failures) if arguments.failures else _FAILURES_SHOWN)
    return 0


def _print_index(parts: Parts) -> None:
    from embeddings.errors import IndexMissing

    try:
        facts = parts.index_home.current().facts
    except IndexMissing:
        print("index: none")
        return
    freshness = "current" if facts.revision == parts.revision else "older than the corpus"
    print(f"index: {facts.passages} passages, {facts.embedded} by meaning ({facts.encoder}), {freshness}")


def _named(text: str, store: CorpusStore, as_of: date) -> list[ProvisionId]:
    """The provisions that a text names by id or in words. Raises `InvalidProvisionId`."""
    in_words = find_provisions(text, DocumentNames(store.documents()), as_of).provisions
    return list(in_words) or [ProvisionId.parse(text)]


def _shown(provision: ProvisionId, store: CorpusStore, as_of: date, words: Sentences) -> Iterator[str]:
    document = store.document(provision.document)
    yield document_label(document)
    if provision.article is None:
        yield from (f"  {provision_label(article)}. {heading}" for article, heading in store.outline(provision.document))
        return
    versions = store.versions(provision.of_article)
    if not versions:
        raise ProvisionNotFound(str(provision))
    for version in versions:
        yield _version_line(version, as_of, words)
        if version.validity.covers(as_of):
            yield from _text_of(version, provision)
            yield from _warnings(version, as_of, words)
    yield from _relations(provision, store)


def _version_line(version: Article, as_of: date, words: Sentences) -> str:
    since = words.valid_since.format(since=day(version.validity.since)) if version.validity.since else words.validity_unknown
    until = f", < {day(version.validity.until)}" if version.validity.until else ""
    mark = "▸" if version.validity.covers(as_of) else "·"
    return f"{mark} {provision_label(version.id)}. {version.heading} ({since}{until}; {version.source}; {version.id})"


def _text_of(version: Article, provision: ProvisionId) -> Iterator[str]:
    if provision.clause is None and provision.point is None:
        yield version.text
        return
    body = parse_article_body(version.text)
    for clause in body.clauses:
        if clause.number == provision.clause:
            points = [point for point in clause.points if point.letter == provision.point]
            if provision.point and not points:
                raise ProvisionNotFound(str(provision))
            yield f"{clause.number}. {clause.text}\n{points[0].letter}) {points[0].text}" if points else clause_text(clause)
            return
    points = [point for point in body.points if point.letter == provision.point and provision.clause is None]
    if not points:
        raise ProvisionNotFound(str(provision))
    yield f"{points[0].letter}) {points[0].text}"


def _warnings(version: Article, as_of: date, words: Sentences) -> Iterator[str]:
    for change in later_amendments(version, as_of):
        sentence = words.later_change_certain if change.articles is not None else words.later_change_possible
        yield "⚠ " + sentence.format(title=change.title, number=change.by, since=day(change.since))


def _relations(provision: ProvisionId, store: CorpusStore) -> Iterator[str]:
    for relation in store.relations(provision.of_article):
        arrow = f"→ {relation.target}" if relation.source == provision.of_article else f"← {relation.source}"
        since = f" ({day(relation.since)})" if relation.since and relation.kind is not RelationKind.CITES else ""
        yield f"  {relation.kind} {arrow}{since}"


def _document_line(key: str, label: str, since: date | None) -> str:
    return f"{key:28} {since or '':10} {label}"


def _print_failures(failures: list[Failure], words: Sentences, shown: int = _FAILURES_SHOWN) -> None:
    if failures:
        print(words.failures_heading)
        _print_lines(f"  {failure.place}: {failure.reason}" for failure in failures[:shown])
    if len(failures) > shown:
        print(words.failures_more.format(count=len(failures) - shown))


def _print_lines(lines: Iterable[str]) -> None:
    for line in lines:
        print(line)
