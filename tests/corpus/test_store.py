"""The store, on a SQLite file and on PostgreSQL: what is written once stays, what changes keeps its past."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import update
from sqlalchemy.exc import SQLAlchemyError

from corpus import schema
from corpus.errors import DocumentNotFound, SourceUnreadable
from corpus.ids import ProvisionId
from corpus.sources.batch import Batch, SourceName
from corpus.sources.failures import Failure
from corpus.store import CorpusStore
from corpus.types import (
    Article,
    DocumentKind,
    Fee,
    LegalBasis,
    LegalDocument,
    Level,
    Paper,
    Procedure,
    ReceivingPlace,
    Relation,
    RelationKind,
    Validity,
)
from corpus.writing import ImportCounts
from tests.corpus.store_contents import contents

CODES, CODIFICATION, PORTAL, GUIDES = SourceName.CODES, SourceName.CODIFICATION, SourceName.PORTAL, SourceName.GUIDES
SINCE, FIRST, SECOND, THIRD = date(2020, 1, 1), date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1)
LAW = LegalDocument("1/2030/QH20", "1/2030/QH20", "Luật Tàu giấy", DocumentKind.LAW, validity=Validity(SINCE))
ONE, TWO = ProvisionId(LAW.key, "1"), ProvisionId(LAW.key, "2")


@pytest.fixture
def store(database_url: str) -> Iterator[CorpusStore]:
    opened = CorpusStore(database_url)
    yield opened
    opened.close()


def article(provision: ProvisionId = ONE, text: str = "Tàu phải nổi.", since: date | None = SINCE, until: date | None = None) -> Article:
    return Article(
        provision,
        "Tàu",
        text,
        ("Chương I. CHUNG",),
        Validity(since, until),
        "https://vi-du.vn/1",
        topic="99.1 Tàu",
        codification_number="99.1.LQ.1",
    )


def batch(*articles: Article) -> Batch:
    return Batch(documents=(LAW,), articles=articles)


def write(store: CorpusStore, content: Batch, on: date, source: SourceName = CODIFICATION, name: str = "tàu") -> ImportCounts:
    return store.write(source, name, f"digest of {content!r}", content, on)


def history(store: CorpusStore, provision: ProvisionId = ONE) -> list[tuple[str, date | None, date | None]]:
    return [(version.text, version.validity.since, version.validity.until) for version in store.versions(provision)]


PROCEDURE = Procedure(
    id="tha-tau",
    name="Thả tàu",
    code=None,
    field="Tàu",
    who="Ai cũng được",
    where=(ReceivingPlace(Level.COMMUNE, "Xã", basis=(ProvisionId(LAW.key, "1", "2", "đ"),)),),
    papers=(Paper("Tờ khai", originals=1),),
    fees=(Fee(5000, "5.000 đồng"),),
    legal_basis=(LegalBasis(LAW.key, LAW.title, (ONE,)),),
    checked_on=date(2026, 1, 2),
)


def test_a_new_store_is_empty(store: CorpusStore) -> None:
    status = store.status()
    assert store.is_empty()
    assert (status.documents, status.articles, status.versions, status.relations, status.procedures, status.failures) == (0, 0, 0, 0, 0, 0)


def test_an_article_comes_back_as_it_was_written(store: CorpusStore) -> None:
    assert write(store, batch(article()), FIRST) == ImportCounts(added=1)
    assert store.versions(ONE) == [replace(article(), source="codification")]
    assert list(store.articles()) == [store.versions(ONE)]
    assert not store.is_empty()


def test_writing_the_same_twice_changes_nothing(store: CorpusStore) -> None:
    full = Batch(
        (LAW,),
        (article(), article(TWO)),
        (Relation(ONE, RelationKind.CITES, TWO, SINCE, "thử"),),
        (PROCEDURE,),
        (Failure("trang 1", "hỏng"),),
    )
    write(store, full, FIRST)
    before, revision = contents(store), store.revision()
    assert write(store, full, SECOND) == ImportCounts(unchanged=3, failures=1)
    assert contents(store) == before
    assert store.revision() == revision


def test_a_changed_text_keeps_the_old_one_up_to_the_day_of_the_import(store: CorpusStore) -> None:
    write(store, batch(article()), FIRST)
    assert write(store, batch(article(text="Tàu phải nổi lâu.")), SECOND) == ImportCounts(changed=1)
    assert history(store) == [("Tàu phải nổi.", SINCE, SECOND), ("Tàu phải nổi lâu.", SECOND, None)]


def test_a_changed_text_with_a_day_of_its_own_begins_on_it(store: CorpusStore) -> None:
    amended = date(2025, 7, 1)
    write(store, batch(article()), FIRST)
    write(store, batch(article(text="Tàu phải nổi lâu.", since=amended)), SECOND)
    assert history(store) == [("Tàu phải nổi.", SINCE, amended), ("Tàu phải nổi lâu.", amended, None)]


def test_a_text_corrected_before_its_first_day_does_not_become_law_earlier(store: CorpusStore) -> None:
    future = date(2027, 1, 1)
    write(store, batch(article(since=future)), FIRST)
    write(store, batch(article(text="Tàu phải nổi lâu.", since=future)), SECOND)
    assert history(store) == [("Tàu phải nổi lâu.", future, None)]


def test_a_repealed_text_that_is_corrected_does_not_become_law_again(store: CorpusStore) -> None:
    repealed = date(2024, 1, 1)
    write(store, batch(article(until=repealed)), FIRST)
    write(store, batch(article(text="Tàu phải nổi lâu.", until=repealed)), SECOND)
    assert store.article(ONE, date(2023, 12, 31)) is not None
    assert all(store.article(ONE, day) is None for day in (repealed, FIRST, SECOND, THIRD))


def test_writing_a_changed_text_again_changes_nothing(store: CorpusStore) -> None:
    write(store, batch(article()), FIRST)
    write(store, batch(article(text="Tàu phải nổi lâu.")), SECOND)
    before = contents(store)
    assert write(store, batch(article(text="Tàu phải nổi lâu.")), THIRD) == ImportCounts(unchanged=1)
    assert contents(store) == before


def test_three_texts_follow_each_other(store: CorpusStore) -> None:
    for text, day in (("A", FIRST), ("B", SECOND), ("C", THIRD)):
        write(store, batch(article(text=text)), day)
    assert history(store) == [("A", SINCE, SECOND), ("B", SECOND, THIRD), ("C", THIRD, None)]
    found = [store.article(ONE, day) for day in (FIRST, SECOND, THIRD)]
    assert [version.text for version in found if version] == ["A", "B", "C"]


def test_a_text_that_comes_back_is_a_third_span(store: CorpusStore) -> None:
    for text, day in (("A", FIRST), ("B", SECOND), ("A", THIRD)):
        write(store, batch(article(text=text)), day)
    assert history(store) == [("A", SINCE, SECOND), ("B", SECOND, THIRD), ("A", THIRD, None)]


def test_a_corrected_heading_is_no_new_text(store: CorpusStore) -> None:
    write(store, batch(article()), FIRST)
    assert write(store, batch(replace(article(), heading="Tàu giấy")), SECOND) == ImportCounts(unchanged=1)
    (version,) = store.versions(ONE)
    assert version.heading == "Tàu giấy"


def test_a_repeal_told_later_ends_the_text(store: CorpusStore) -> None:
    write(store, batch(article()), FIRST)
    write(store, batch(article(until=THIRD)), SECOND)
    assert history(store) == [("Tàu phải nổi.", SINCE, THIRD)]


def test_what_vanished_from_a_source_is_marked_and_kept(store: CorpusStore) -> None:
    write(store, batch(article(), article(TWO)), FIRST)
    assert write(store, batch(article(TWO)), SECOND) == ImportCounts(unchanged=1, vanished=1)
    assert history(store) == [("Tàu phải nổi.", SINCE, SECOND)]
    assert store.article(ONE, FIRST) is not None
    assert store.article(ONE, SECOND) is None


def test_what_vanished_and_came_back_is_law_again(store: CorpusStore) -> None:
    write(store, batch(article()), FIRST)
    write(store, batch(), SECOND)
    assert write(store, batch(article()), THIRD) == ImportCounts(added=1)
    assert store.article(ONE, THIRD) is not None


def test_batches_do_not_touch_each_other(store: CorpusStore) -> None:
    write(store, batch(article()), FIRST, name="một")
    write(store, batch(article(TWO)), SECOND, name="hai")
    assert len(history(store)) == len(history(store, TWO)) == 1
    assert store.batch_names(CODIFICATION) == {"một", "hai"}
    assert store.batch_names(CODES) == set()


def test_the_more_trusted_source_speaks_for_the_days_that_it_covers(store: CorpusStore) -> None:
    amended = date(2024, 1, 1)
    write(store, batch(article(text="Bản gốc.")), FIRST, CODES)
    write(store, batch(article(text="Bản đã sửa.", since=amended)), FIRST, CODIFICATION)
    assert history(store) == [("Bản gốc.", SINCE, amended), ("Bản đã sửa.", amended, None)]
    before, after = store.article(ONE, date(2023, 12, 31)), store.article(ONE, amended)
    assert before is not None
    assert after is not None
    assert (before.source, after.source) == ("codes", "codification")
    assert store.article(ONE, date(2019, 12, 31)) is None


def test_the_order_of_imports_does_not_matter_for_two_sources(store: CorpusStore) -> None:
    amended = date(2024, 1, 1)
    write(store, batch(article(text="Bản đã sửa.", since=amended)), FIRST, CODIFICATION)
    write(store, batch(article(text="Bản gốc.")), SECOND, CODES)
    assert history(store) == [("Bản gốc.", SINCE, amended), ("Bản đã sửa.", amended, None)]


def test_every_timeline_streams_by_document_and_article(store: CorpusStore) -> None:
    many = tuple(article(ProvisionId(LAW.key, str(number))) for number in range(1, 30))
    write(store, batch(*many), FIRST)
    write(store, batch(*(replace(one, text="Khác.") for one in many)), SECOND)
    found = list(store.articles())
    assert {str(versions[0].id) for versions in found} == {str(one.id) for one in many}
    assert all([version.text for version in versions] == ["Tàu phải nổi.", "Khác."] for versions in found)


def test_facts_of_a_document_that_one_source_lacks_come_from_another(store: CorpusStore) -> None:
    write(store, Batch(documents=(replace(LAW, title="", validity=Validity()),)), FIRST, CODIFICATION)
    write(store, Batch(documents=(replace(LAW, issuer="Quốc hội"),)), FIRST, CODES)
    write(store, Batch(documents=(replace(LAW, title="", issuer=None, url="https://vi-du.vn"),)), FIRST, CODIFICATION, "hai")
    assert store.document(LAW.key) == replace(LAW, issuer="Quốc hội", url="https://vi-du.vn")


def test_a_fact_that_is_known_is_not_overwritten(store: CorpusStore) -> None:
    write(store, Batch(documents=(LAW,)), FIRST, CODES)
    write(store, Batch(documents=(replace(LAW, title="Luật về tàu"),)), FIRST, CODIFICATION)
    assert store.document(LAW.key).title == "Luật Tàu giấy"


def test_documents_come_by_rank_and_number(store: CorpusStore) -> None:
    decree = LegalDocument("1/2030/ND-CP", "1/2030/NĐ-CP", "", DocumentKind.DECREE)
    code = LegalDocument("9/2030/QH20", "9/2030/QH20", "Bộ luật Tàu", DocumentKind.CODE)
    write(store, Batch(documents=(decree, LAW, code)), FIRST)
    assert [document.key for document in store.documents()] == [code.key, LAW.key, decree.key]


def test_an_unknown_document_is_an_error_and_an_unknown_article_is_none(store: CorpusStore) -> None:
    with pytest.raises(DocumentNotFound) as missing:
        store.document("9/9999/QH99")
    assert missing.value.document == "9/9999/QH99"
    assert store.versions(ONE) == []
    assert store.article(ONE, FIRST) is None


def test_the_outline_follows_the_text_not_the_alphabet(store: CorpusStore) -> None:
    numbers = ["1", "2", "2a", "10", "11", "pl1"]
    write(store, batch(*(article(ProvisionId(LAW.key, number)) for number in numbers)), FIRST)
    write(store, batch(*(article(ProvisionId(LAW.key, number), text="Khác.") for number in numbers)), SECOND)
    assert store.outline(LAW.key) == [(ProvisionId(LAW.key, number), "Tàu") for number in numbers]
    assert store.outline("9/9999/QH99") == []


def test_relations_are_found_from_both_ends_and_replaced_with_their_batch(store: CorpusStore) -> None:
    cites = Relation(ProvisionId(LAW.key, "1", "2", "đ"), RelationKind.CITES, TWO, SINCE, "thử")
    write(store, Batch(relations=(cites,)), FIRST)
    assert store.relations(cites.source) == store.relations(TWO) == [cites]
    assert store.relations(ONE) == []
    write(store, Batch(), SECOND)
    assert store.relations(TWO) == []


def test_a_procedure_comes_back_as_it_was_written(store: CorpusStore) -> None:
    assert write(store, Batch(procedures=(PROCEDURE,)), FIRST, PORTAL) == ImportCounts(added=1)
    assert store.procedure("tha-tau") == PROCEDURE
    assert store.procedures() == [PROCEDURE]
    assert store.procedure("không có") is None


def test_procedures_change_vanish_and_come_back(store: CorpusStore) -> None:
    other = replace(PROCEDURE, id="gap-tau")
    write(store, Batch(procedures=(PROCEDURE, other)), FIRST, PORTAL)
    changed = replace(PROCEDURE, fees=(Fee(None, "Miễn phí"),))
    assert write(store, Batch(procedures=(changed,)), SECOND, PORTAL) == ImportCounts(changed=1, vanished=1)
    assert store.procedures() == [changed]
    assert store.procedure("gap-tau") == other
    assert write(store, Batch(procedures=(changed, other)), THIRD, PORTAL) == ImportCounts(added=1, unchanged=1)
    assert store.procedures() == [other, changed]


def test_failures_are_listed_with_their_source_and_go_when_they_are_mended(store: CorpusStore) -> None:
    failures = (Failure("trang 2", "hỏng"), Failure("trang 1", "cũng hỏng"))
    assert write(store, Batch(failures=failures), FIRST) == ImportCounts(failures=2)
    assert store.failures() == [("codification", failure) for failure in failures]
    write(store, Batch(), SECOND)
    assert store.failures() == []


def test_status_counts_what_there_is(store: CorpusStore) -> None:
    write(
        store,
        Batch((LAW,), (article(), article(TWO)), (Relation(ONE, RelationKind.CITES, TWO),), (PROCEDURE,), (Failure("a", "b"),)),
        FIRST,
    )
    write(store, batch(article(text="Khác.")), FIRST, CODES)
    status = store.status()
    assert (status.documents, status.articles, status.versions, status.relations, status.procedures, status.failures) == (1, 2, 3, 1, 1, 1)
    assert status.revision == store.revision()


def test_the_revision_changes_with_every_batch(store: CorpusStore) -> None:
    revisions = [store.revision()]
    for content, source in ((batch(article()), CODES), (batch(article()), CODIFICATION), (batch(article(text="Khác.")), CODIFICATION)):
        write(store, content, FIRST, source)
        revisions.append(store.revision())
    assert len(set(revisions)) == 4


def test_the_revision_tells_a_text_with_a_past_from_one_without(store: CorpusStore) -> None:
    write(store, batch(article(text="A")), FIRST)
    once = store.revision()
    write(store, batch(article(text="B")), SECOND)
    write(store, batch(article(text="A")), THIRD)
    assert store.revision() != once


def test_only_the_same_content_counts_as_imported(store: CorpusStore) -> None:
    store.write(CODES, "tàu", "1:abc", batch(article()), FIRST)
    assert store.has(CODES, "tàu", "1:abc")
    assert not store.has(CODES, "tàu", "1:abd")
    assert not store.has(CODES, "thuyền", "1:abc")
    assert not store.has(CODIFICATION, "tàu", "1:abc")


def test_a_batch_that_cannot_be_written_leaves_nothing_behind(store: CorpusStore) -> None:
    write(store, batch(article()), FIRST)
    before = contents(store)
    broken = replace(article(TWO), heading=None)  # type: ignore[arg-type]
    with pytest.raises(SQLAlchemyError):
        write(store, Batch(documents=(replace(LAW, key="2/2030/QH20"),), articles=(article(text="Khác."), broken)), SECOND)
    assert contents(store) == before


def test_a_store_opens_again_with_all_it_had(store: CorpusStore, database_url: str) -> None:
    write(store, batch(article()), FIRST)
    store.close()
    again = CorpusStore(database_url)
    assert again.versions(ONE) == [replace(article(), source="codification")]
    again.close()


def test_a_store_of_another_version_of_the_program_is_refused(store: CorpusStore, database_url: str) -> None:
    with store.engine.begin() as connection:
        connection.execute(update(schema.facts).values(value="999"))
    with pytest.raises(SourceUnreadable) as refused:
        CorpusStore(database_url)
    assert "999" in refused.value.reason


def test_several_threads_read_while_one_writes(store: CorpusStore) -> None:
    write(store, batch(article()), FIRST)
    with ThreadPoolExecutor(4) as pool:
        reads = [pool.submit(store.versions, ONE) for _ in range(40)]
        for number in range(5):
            write(store, batch(article(ProvisionId(LAW.key, str(number + 5)))), FIRST, name=f"tàu {number}")
        assert all(len(read.result()) == 1 for read in reads)
    assert store.status().articles == 6
