"""An invented little law about paper boats, in a real store, an exact index and a real answerer: no weights, no files of others."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

from assistant.answering.answerer import Answerer
from assistant.answering.library import Library
from corpus.ids import ProvisionId
from corpus.sources.batch import Batch, SourceName
from corpus.store import CorpusStore
from corpus.types import Article, DocumentKind, LegalBasis, LegalDocument, Procedure, Relation, Validity
from embeddings.encoder import Encoder
from embeddings.exact import ExactIndex
from embeddings.lexical import LexicalEncoder, mean_terms
from embeddings.restore import BigramCounts
from embeddings.retrieve import Retriever
from embeddings.searchable import Searchable, searchable_corpus
from embeddings.vector_index import Entry
from tests.databases import sqlite_url
from tests.fakes import ThemeEncoder

BOATS = LegalDocument(
    "901/2020/QH14",
    "901/2020/QH14",
    "Bộ luật Tàu giấy",
    DocumentKind.CODE,
    validity=Validity(date(2021, 1, 1)),
    url="https://example.org/tau-giay",
)
# Its number is real, so that the table of known amendments speaks of it; its text is invented.
REAL_NUMBER = LegalDocument(
    "101/2015/QH13", "101/2015/QH13", "Bộ luật Tố tụng hình sự", DocumentKind.CODE, validity=Validity(date(2018, 1, 1))
)
IN_FORCE, BEFORE_FORCE = date(2022, 5, 4), date(2019, 1, 1)
FINE_RAISED = date(2023, 7, 1)

HOURS = "1. Trẻ em được thả tàu giấy từ 6 giờ đến 18 giờ.\n2. Người lớn được thả tàu giấy cả ngày."
PAPERS = (
    "1. Người thả tàu giấy lớn phải có giấy phép.\n"
    "2. Hồ sơ xin giấy phép gồm:\na) Đơn xin phép;\nb) Bản vẽ con tàu;\nc) Ảnh người thả tàu.\n"
    "3. Giấy phép có thời hạn 5 năm."
)
OLD_FINE, NEW_FINE = "Người thả tàu giấy làm bẩn ao hồ bị phạt 100 đồng.", "Người thả tàu giấy làm bẩn ao hồ bị phạt 300 đồng."
RULES = "Người thả tàu phải:\na) Trông coi tàu;\nb) Vớt tàu chìm.\nAi không làm thì không được thả nữa."

THEMES = ThemeEncoder(
    ("may gio", "gio nao", "tu 6 gio", "luc nao", "what time"),
    ("giay phep", "xin phep", "permit"),
    ("phat", "ban ao", "dirty"),
    ("vot tau", "trong coi"),
    ("dang ky ten", "dat ten"),
)

REGISTRATION = Procedure(
    id="dang-ky-ten-tau",
    name="Đăng ký tên tàu giấy",
    code=None,
    field="Tàu giấy",
    who="Người có tàu giấy",
    steps=("Đến Ủy ban nhân dân cấp xã.",),
    legal_basis=(
        LegalBasis(BOATS.key, BOATS.title, (ProvisionId(BOATS.key, "8", "3"), ProvisionId(BOATS.key, "404"))),
        LegalBasis("902/2020/ND-CP", "Nghị định không có trong kho"),
    ),
    questions=("Đặt tên cho tàu giấy thì làm ở đâu?", "thủ tục đăng ký tên tàu giấy"),
    is_guide=True,
)
RENAMING = replace(
    REGISTRATION,
    id="dang-ky-ten-tau-da-ban",
    name="Đăng ký tên tàu giấy đã bán cho người nước ngoài",
    questions=("đặt tên cho tàu giấy đã bán thì làm ở đâu",),
    legal_basis=(),
)


def boat_article(number: str, heading: str, text: str, since: date = date(2021, 1, 1)) -> Article:
    return Article(ProvisionId(BOATS.key, number), heading, text, validity=Validity(since))


def _batch(*articles: Article, relations: tuple[Relation, ...] = ()) -> Batch:
    return Batch(documents=(BOATS,), articles=articles, relations=relations)


def _articles(fine: Article) -> tuple[Article, ...]:
    return (
        boat_article("5", "Giờ thả tàu", HOURS),
        boat_article("8", "Giấy phép thả tàu", PAPERS),
        fine,
        boat_article("15", "Việc phải làm khi thả tàu", RULES),
    )


def fill(store: CorpusStore) -> None:
    """The boats' code as issued and with its fine raised later, and two procedures."""
    first = boat_article("12", "Xử phạt", OLD_FINE)
    later = boat_article("12", "Xử phạt", NEW_FINE, FINE_RAISED)
    store.write(SourceName.CODES, "boats", "1", _batch(*_articles(first)), date(2021, 1, 1))
    store.write(SourceName.CODES, "boats", "2", _batch(*_articles(later)), FINE_RAISED)
    store.write(SourceName.GUIDES, "guides", "1", Batch(procedures=(REGISTRATION, RENAMING)), date(2021, 1, 1))


def fill_amended(store: CorpusStore) -> None:
    """One article that a law known to the project changed later."""
    amended = Article(ProvisionId(REAL_NUMBER.key, "146"), "Tiếp nhận tin báo", "1. Tin báo được tiếp nhận.", validity=REAL_NUMBER.validity)
    store.write(SourceName.CODES, "real", "1", Batch(documents=(REAL_NUMBER,), articles=(amended,)), date(2021, 1, 1))


@contextmanager
def toy_store(folder: Path) -> Iterator[CorpusStore]:
    """The filled store in a file of `folder`."""
    store = CorpusStore(sqlite_url(folder))
    fill(store)
    yield store
    store.close()


def toy_retriever(store: CorpusStore, encoder: Encoder | None = THEMES) -> Retriever:
    """A retriever over everything in `store`."""
    searchables = [text.searchable() for text in searchable_corpus(store)]
    lexical = LexicalEncoder(mean_terms(searchable.fields for searchable in searchables))
    index, counts = ExactIndex(), BigramCounts()
    for searchable in searchables:
        index.add(_entries(searchable, lexical, encoder))
        fields = searchable.fields
        counts.add(f"{fields.title}. {fields.heading}. {fields.body}. {fields.asked}")
    return Retriever(index, lexical, counts.restorer(), encoder)


def _entries(searchable: Searchable, lexical: LexicalEncoder, encoder: Encoder | None) -> Iterator[Entry]:
    for place, passage in enumerate(searchable.passages):
        words = lexical.document(searchable.fields) if place == 0 else None
        meaning = encoder.encode_passages([f"{passage.context}\n{passage.text}"])[0] if encoder else None
        yield Entry(passage, words, meaning)


def toy_answerer(store: CorpusStore, encoder: Encoder | None = THEMES) -> Answerer:
    """The answerer over `store`, with a clock that stands still."""
    return Answerer(Library(store), toy_retriever(store, encoder), clock=lambda: 0.0)
