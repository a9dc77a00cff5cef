"""The catalogue of open data in JSON-LD: DCAT 3 (https://www.w3.org/TR/vocab-dcat-3/)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any, Self

from pydantic import BaseModel, ConfigDict

from corpus.tables import read_table

CATALOGUE = "catalog.jsonld"
_AUTHORITY = "http://publications.europa.eu/resource/authority"
_MEDIA = "https://www.iana.org/assignments/media-types/"
_CONTEXT = {
    "adms": "http://www.w3.org/ns/adms#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "spdx": "http://spdx.org/rdf/terms#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


class InBoth(BaseModel):
    """A text in both languages."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    vi: str
    en: str


class Keywords(BaseModel):
    """Keywords in both languages."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    vi: tuple[str, ...]
    en: tuple[str, ...]


class Described(BaseModel):
    """What the catalogue says of itself or of a dataset."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: InBoth
    description: InBoth
    keywords: Keywords = Keywords(vi=(), en=())


class CatalogueWords(BaseModel):
    """The words of the catalogue (data/open-data.yaml)."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    catalogue: Described
    datasets: dict[str, Described]

    @classmethod
    def load(cls) -> Self:
        """The project's own."""
        return cls.model_validate(read_table("assistant.interop", "open-data.yaml"))


@dataclass(frozen=True, slots=True)
class OpenDataTerms:
    """Who publishes, and under which licence (an IRI)."""

    publisher: str = "Ủy ban Trung ương Mặt trận Tổ quốc Việt Nam"
    license: str = "https://creativecommons.org/licenses/by/4.0/"


@dataclass(frozen=True, slots=True)
class OpenFile:
    """A file of open data; `media_type` without parameters."""

    name: str
    media_type: str
    content: bytes

    @property
    def digest(self) -> str:
        """The SHA-256 of its content."""
        return sha256(self.content).hexdigest()


@dataclass(frozen=True, slots=True)
class DatasetFiles:
    """A dataset in its forms. `first` and `last`: the days that it covers, None where it is empty."""

    name: str
    first: date | None
    last: date | None
    files: tuple[OpenFile, ...]


def catalogue(datasets: Sequence[DatasetFiles], terms: OpenDataTerms, made_at: datetime) -> dict[str, Any]:
    """The catalogue. Addresses of files are relative to its own, so that it holds in a folder and on the web."""
    words = CatalogueWords.load()
    return {
        "@context": _CONTEXT,
        "@id": "#catalogue",
        "@type": "dcat:Catalog",
        **_told(words.catalogue),
        "dct:publisher": {"@type": "foaf:Agent", "foaf:name": {"@value": terms.publisher, "@language": "vi"}},
        "dct:license": {"@id": terms.license},
        "dct:language": [{"@id": f"{_AUTHORITY}/language/VIE"}, {"@id": f"{_AUTHORITY}/language/ENG"}],
        "dct:spatial": {"@id": f"{_AUTHORITY}/country/VNM"},
        "dct:modified": _moment(made_at),
        "dcat:themeTaxonomy": {"@id": f"{_AUTHORITY}/data-theme"},
        "dcat:dataset": [_dataset(one, words.datasets[one.name], terms, made_at) for one in datasets],
    }


def _dataset(dataset: DatasetFiles, words: Described, terms: OpenDataTerms, made_at: datetime) -> dict[str, Any]:
    described = {
        "@id": f"#{dataset.name}",
        "@type": "dcat:Dataset",
        "dct:identifier": dataset.name,
        **_told(words),
        "dcat:keyword": [*_tagged(words.keywords.vi, "vi"), *_tagged(words.keywords.en, "en")],
        "dct:publisher": {"@type": "foaf:Agent", "foaf:name": {"@value": terms.publisher, "@language": "vi"}},
        "dct:license": {"@id": terms.license},
        "dct:accrualPeriodicity": {"@id": f"{_AUTHORITY}/frequency/CONT"},
        "dct:spatial": {"@id": f"{_AUTHORITY}/country/VNM"},
        "dcat:theme": {"@id": f"{_AUTHORITY}/data-theme/GOVE"},
        "dct:modified": _moment(made_at),
        "dcat:distribution": [_distribution(file, words, terms) for file in dataset.files],
    }
    if dataset.first and dataset.last:
        period = {"dcat:startDate": _day(dataset.first), "dcat:endDate": _day(dataset.last)}
        described["dct:temporal"] = {"@type": "dct:PeriodOfTime", **period}
    return described


def _distribution(file: OpenFile, words: Described, terms: OpenDataTerms) -> dict[str, Any]:
    form = file.name.rpartition(".")[2].upper()
    checksum = {"spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha256"}, "spdx:checksumValue": file.digest}
    return {
        "@id": f"#{file.name}",
        "@type": "dcat:Distribution",
        "dct:title": [
            {"@value": f"{words.title.vi} ({form})", "@language": "vi"},
            {"@value": f"{words.title.en} ({form})", "@language": "en"},
        ],
        "dcat:accessURL": {"@id": file.name},
        "dcat:downloadURL": {"@id": file.name},
        "dcat:mediaType": {"@id": _MEDIA + file.media_type},
        "dcat:byteSize": {"@value": str(len(file.content)), "@type": "xsd:nonNegativeInteger"},
        "dct:license": {"@id": terms.license},
        "spdx:checksum": {"@type": "spdx:Checksum", **checksum},
    }


def _told(words: Described) -> Mapping[str, Any]:
    return {"dct:title": _both(words.title), "dct:description": _both(words.description)}


def _both(text: InBoth) -> list[dict[str, str]]:
    return [*_tagged((text.vi,), "vi"), *_tagged((text.en,), "en")]


def _tagged(texts: Sequence[str], language: str) -> list[dict[str, str]]:
    return [{"@value": one, "@language": language} for one in texts]


def _moment(at: datetime) -> dict[str, str]:
    return {"@value": at.isoformat(timespec="seconds"), "@type": "xsd:dateTime"}


def _day(day: date) -> dict[str, str]:
    return {"@value": day.isoformat(), "@type": "xsd:date"}
