"""From a source to the store: whole batches, again and again, through every kind of interruption."""

from __future__ import annotations

import gzip
import json
import multiprocessing
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from corpus.errors import SourceUnreadable
from corpus.importing import absent_parts, import_source, open_guides, open_source
from corpus.sources.batch import Batch, BatchHandle, SourceName
from corpus.store import CorpusStore
from corpus.writing import ImportCounts
from tests.corpus.codification_pages import LAW_NOTE, article, law_note, many_topics, packed, page
from tests.corpus.store_contents import Contents, contents
from tests.databases import PostgresServer, sqlite_url

TODAY, TOMORROW = date(2026, 1, 31), date(2026, 2, 1)
TOPICS = 40


@pytest.fixture
def store(database_url: str) -> Iterator[CorpusStore]:
    opened = CorpusStore(database_url)
    yield opened
    opened.close()


@pytest.fixture
def codification(tmp_path: Path) -> Path:
    return packed(tmp_path / "phapdien.zip", many_topics(TOPICS))


@pytest.fixture
def undisturbed(tmp_path: Path, codification: Path) -> Contents:
    """What a store holds after an import that nothing disturbed."""
    (tmp_path / "undisturbed").mkdir()
    return imported(sqlite_url(tmp_path / "undisturbed"), codification)


def imported(url: str, path: Path) -> Contents:
    store = CorpusStore(url)
    import_source(store, open_source(str(path)), on=TODAY)
    found = contents(store)
    store.close()
    return found


# Opening


def test_the_names_of_what_is_built_in_open_it() -> None:
    assert {handle.source for handle in open_source("codes")} == {SourceName.CODES}
    assert [handle.digest for handle in open_source("procedures")] == [handle.digest for handle in open_guides()]


def test_a_path_is_opened_by_its_kind(tmp_path: Path, codification: Path) -> None:
    assert len(open_source(str(codification))) == TOPICS
    for name, content in (("thu-tuc.jsonl", b"{}\n"), ("thu-tuc.jsonl.gz", gzip.compress(b"{}\n"))):
        (tmp_path / name).write_bytes(content)
        (handle,) = open_source(str(tmp_path / name))
        assert (handle.source, handle.name) == (SourceName.PORTAL, name)


def test_the_ending_of_a_zip_may_be_in_capitals(codification: Path) -> None:
    assert len(open_source(str(codification.rename(codification.with_name("PHAPDIEN.ZIP"))))) == TOPICS


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("absent.zip", None, "no such file"),
        ("law.docx", b"x", "not a codification"),
        ("broken.zip", b"PK no zip", "not a readable zip"),
        ("empty.zip", b"", "not a readable zip"),
    ],
)
def test_what_cannot_be_opened_says_why_and_where(tmp_path: Path, name: str, content: bytes | None, reason: str) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(SourceUnreadable) as refused:
        open_source(str(path))
    assert refused.value.place == str(path)
    assert reason in refused.value.reason


def test_a_folder_without_topics_is_no_codification(tmp_path: Path) -> None:
    with pytest.raises(SourceUnreadable) as refused:
        open_source(str(tmp_path))
    assert "demuc" in refused.value.reason


def test_a_mistyped_name_is_an_unreadable_source() -> None:
    with pytest.raises(SourceUnreadable):
        open_source("code")


# Importing


def test_an_import_reports_sums_progress_and_failures(store: CorpusStore, tmp_path: Path) -> None:
    path = packed(tmp_path / "x.zip", {"a": page(article("99.1.LQ.1", LAW_NOTE)), "b": page(article("99.2.LQ.1", None), number="99.2")})
    heard: list[tuple[int, int]] = []
    report = import_source(store, open_source(str(path)), on=TODAY, progress=lambda done, total: heard.append((done, total)))
    assert (report.source, report.batches, report.skipped) == (SourceName.CODIFICATION, 2, 0)
    assert report.counts == ImportCounts(added=1, failures=1)
    assert [failure.place for failure in report.failures] == ["b: Điều 99.2.LQ.1"]
    assert heard == [(1, 2), (2, 2)]
    assert [failure for _, failure in store.failures()] == list(report.failures)


def test_a_second_import_skips_everything_and_changes_nothing(store: CorpusStore, codification: Path) -> None:
    import_source(store, open_source(str(codification)), on=TODAY)
    before = contents(store)
    report = import_source(store, open_source(str(codification)), on=TOMORROW)
    assert (report.batches, report.skipped, report.counts) == (TOPICS, TOPICS, ImportCounts())
    assert contents(store) == before


def test_skipped_batches_are_not_even_read(store: CorpusStore) -> None:
    def refuse() -> Batch:
        raise AssertionError

    handle = BatchHandle(SourceName.CODES, "tàu", "1:abc", Batch)
    import_source(store, [handle], on=TODAY)
    assert import_source(store, [replace(handle, read=refuse)], on=TODAY).skipped == 1


def test_a_newer_edition_changes_only_what_changed(store: CorpusStore, codification: Path, tmp_path: Path) -> None:
    import_source(store, open_source(str(codification)), on=TODAY)
    pages = many_topics(TOPICS) | {"topic-07": many_topics(TOPICS, word="chìm")["topic-07"]}
    report = import_source(store, open_source(str(packed(tmp_path / "newer.zip", pages))), on=TOMORROW)
    assert (report.skipped, report.counts) == (TOPICS - 1, ImportCounts(changed=4))
    assert store.status().versions == TOPICS * 4 + 4


def test_topics_that_a_newer_edition_lacks_are_told_and_kept(store: CorpusStore, codification: Path, tmp_path: Path) -> None:
    import_source(store, open_source(str(codification)), on=TODAY)
    pages = many_topics(TOPICS)
    del pages["topic-07"]
    newer = packed(tmp_path / "newer.zip", pages, 'var jdDeMuc = [{"Value":"topic-99","Text":"Thuyền"}];')
    handles = open_source(str(newer))
    before = store.status()
    import_source(store, handles, on=TOMORROW)
    assert store.status().articles == before.articles
    assert [(failure.place, failure.reason.split(":")[0]) for failure in absent_parts(str(newer), store, handles)] == [
        ("jsonData", "topic listed but absent"),
        ("topic-07", "imported before and absent now; its articles are kept"),
    ]


def test_a_page_that_became_unreadable_is_reported_and_what_it_gave_before_is_kept(store: CorpusStore, tmp_path: Path) -> None:
    good = {"one": page(article("99.1.LQ.1", LAW_NOTE)), "two": page()}
    import_source(store, open_source(str(packed(tmp_path / "old.zip", good))), on=TODAY)
    before = contents(store)
    broken: dict[str, str | bytes] = {**good, "one": good["one"].encode("utf-16")}
    report = import_source(store, open_source(str(packed(tmp_path / "new.zip", broken))), on=TOMORROW)
    assert [failure.place for failure in report.failures] == ["one"]
    assert [failure.place for _, failure in store.failures()] == ["one"]
    assert contents(store)["corpus_versions"] == before["corpus_versions"]
    import_source(store, open_source(str(packed(tmp_path / "mended.zip", good))), on=TOMORROW)
    assert store.failures() == []


TEN = page(*(article(f"99.1.LQ.{number}", law_note(number), f"<div>Tàu {number} phải nổi.</div>") for number in range(1, 11)))


@pytest.mark.parametrize(
    ("ends", "why"),
    [
        ("Tàu 5 phải", "within a text"),
        ("Tàu 5 phải nổi.</div></p>", "after a paragraph"),
        ("<p class='pDieu'><a name='9900'></a>Điều 99.1.LQ.9", "within a heading, with most articles there"),
        ("Tàu 4 phải nổi.</div>", "after a block within an article: less than half is there, and the outer block is open"),
    ],
)
def test_a_page_that_ends_in_the_middle_is_named_and_ends_and_shortens_nothing(
    store: CorpusStore, tmp_path: Path, ends: str, why: str
) -> None:
    import_source(store, open_source(str(packed(tmp_path / "old.zip", {"one": TEN, "two": page(number="99.2")}))), on=TODAY)
    before = contents(store)["corpus_versions"]
    cut = TEN[: TEN.index(ends) + len(ends)]
    report = import_source(store, open_source(str(packed(tmp_path / "cut.zip", {"one": cut, "two": page(number="99.2")}))), on=TOMORROW)
    assert [failure.place for failure in report.failures] == ["one"], why
    assert "ends in the middle" in report.failures[0].reason
    assert (report.counts.vanished, report.counts.changed, contents(store)["corpus_versions"] == before) == (0, 0, True)
    import_source(store, open_source(str(packed(tmp_path / "whole.zip", {"one": TEN, "two": page(number="99.2")}))), on=TOMORROW)
    assert (store.failures(), contents(store)["corpus_versions"] == before) == ([], True)


def test_a_page_that_closes_and_lost_most_articles_is_a_newer_edition(store: CorpusStore, tmp_path: Path) -> None:
    import_source(store, open_source(str(packed(tmp_path / "old.zip", {"one": TEN}))), on=TODAY)
    fewer = page(article("99.1.LQ.1", law_note(1), "<div>Tàu 1 phải nổi.</div>"))
    report = import_source(store, open_source(str(packed(tmp_path / "new.zip", {"one": fewer}))), on=TOMORROW)
    assert (report.failures, report.counts.vanished) == ((), 9)


def test_sources_without_a_list_of_parts_lack_nothing(store: CorpusStore) -> None:
    assert absent_parts("codes", store, open_source("codes")) == []


def test_the_six_codes_are_imported_whole(store: CorpusStore) -> None:
    report = import_source(store, open_source("codes"), on=TODAY)
    assert report.counts == ImportCounts(added=689 + 341 + 426 + 220 + 517 + 510)
    assert report.failures == ()
    assert len(store.documents()) == 6


def test_the_guides_are_imported_whole(store: CorpusStore) -> None:
    report = import_source(store, open_guides(), on=TODAY)
    assert report.failures == ()
    assert len(store.procedures()) == report.counts.added > 0
    assert all(procedure.is_guide for procedure in store.procedures())


def test_a_file_of_the_portal_with_a_broken_line_gives_the_rest(store: CorpusStore, tmp_path: Path) -> None:
    path = tmp_path / "thu-tuc.jsonl"
    path.write_text("{\n" + json.dumps({"id": "1"}) + "\n", encoding="utf-8")
    report = import_source(store, open_source(str(path)), on=TODAY)
    assert report.counts.failures == len(report.failures) > 0


# Interruptions


class Unplugged(Exception):
    """What a test raises between two batches."""


@pytest.mark.parametrize("stop_after", [1, 17, TOPICS - 1])
def test_an_import_that_broke_off_goes_on_to_the_same_end(
    store: CorpusStore, codification: Path, undisturbed: Contents, stop_after: int
) -> None:
    def stop(done: int, _: int) -> None:
        if done == stop_after:
            raise Unplugged

    with pytest.raises(Unplugged):
        import_source(store, open_source(str(codification)), on=TODAY, progress=stop)
    assert len(store.batch_names(SourceName.CODIFICATION)) == stop_after
    report = import_source(store, open_source(str(codification)), on=TODAY)
    assert report.skipped == stop_after
    assert contents(store) == undisturbed


@dataclass(frozen=True)
class Kill:
    """When a child is killed: after so many batches and a bit."""

    batches: int
    pause_s: float


def _import_in_child(url: str, path: Path, to_parent: Connection) -> None:
    store = CorpusStore(url)
    import_source(store, open_source(str(path)), on=TODAY, progress=lambda done, _: to_parent.send(done))


def import_and_kill(url: str, path: Path, kill: Kill) -> None:
    """Starts an import in another process and kills it without warning."""
    forks = multiprocessing.get_context("fork")
    from_child, to_parent = forks.Pipe(duplex=False)
    child = forks.Process(target=_import_in_child, args=(url, path, to_parent))
    child.start()
    to_parent.close()
    try:
        while kill.batches and from_child.recv() < kill.batches:
            pass
        time.sleep(kill.pause_s)
    finally:
        child.kill()
        child.join()
        from_child.close()


KILLS = [Kill(random.Random(seed).randrange(TOPICS), random.Random(seed + 100).uniform(0, 0.01)) for seed in range(20)]


def test_an_import_killed_at_any_moment_goes_on_to_the_same_end(tmp_path: Path, codification: Path, undisturbed: Contents) -> None:
    for number, kill in enumerate(KILLS):
        folder = tmp_path / str(number)
        folder.mkdir()
        import_and_kill(sqlite_url(folder), codification, kill)
        assert imported(sqlite_url(folder), codification) == undisturbed, kill


def test_an_import_killed_again_and_again_reaches_the_same_end(tmp_path: Path, codification: Path, undisturbed: Contents) -> None:
    for kill in sorted(KILLS[:10], key=lambda kill: kill.batches):
        import_and_kill(sqlite_url(tmp_path), codification, kill)
    assert imported(sqlite_url(tmp_path), codification) == undisturbed


def test_an_import_into_postgresql_killed_at_any_moment_goes_on_to_the_same_end(
    postgres_server: PostgresServer, codification: Path, undisturbed: Contents
) -> None:
    for kill in KILLS[:3]:
        url = postgres_server.empty_database()
        import_and_kill(url, codification, kill)
        assert imported(url, codification) == undisturbed, kill
