"""Open data: what was published, and statistics, as CSV, XLSX and JSON-LD with a catalogue."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from assistant.database import reading
from assistant.feedback.desk import FeedbackDesk
from assistant.feedback.reports.reported import reported_matters
from assistant.interop.catalogue import CATALOGUE, DatasetFiles, OpenDataTerms, OpenFile, catalogue
from assistant.interop.counts import Observation, last_whole_month, observations
from assistant.interop.names import ExchangeNames, Name
from assistant.interop.published import PublishedMatter, published_matters
from assistant.interop.workbooks import has_workbooks, workbook
from assistant.interop.writing import Value, csv_lines
from corpus.areas import Area, Areas
from corpus.days import VIETNAM

MATTER_COLUMNS = (
    "number",
    "kind",
    "field",
    "level",
    "area",
    "place",
    "title",
    "statement",
    "texts",
    "submissions",
    "result",
    "answer",
    "opened_on",
    "published_on",
)
COUNT_COLUMNS = ("table", "code", "level", "name_vi", "name_en", "count", "withheld")
_BEFORE_ALL = date(2000, 1, 1)
_CSV, _JSON_LD = "text/csv", "application/ld+json"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_MATTER_CONTEXT = {
    "dct": "http://purl.org/dc/terms/",
    "schema": "https://schema.org/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "@vocab": "urn:dienhong:open-data:",
    "number": "dct:identifier",
    "title": {"@id": "dct:title", "@language": "vi"},
    "statement": {"@id": "dct:description", "@language": "vi"},
    "texts": {"@id": "schema:text", "@container": "@list", "@language": "vi"},
    "answer": {"@id": "schema:acceptedAnswer", "@language": "vi"},
    "field": "dct:subject",
    "kind": "dct:type",
    "place": {"@id": "dct:spatial", "@language": "vi"},
    "opened_on": {"@id": "dct:created", "@type": "xsd:date"},
    "published_on": {"@id": "dct:issued", "@type": "xsd:date"},
}
_COUNT_CONTEXT = {
    "qb": "http://purl.org/linked-data/cube#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "@vocab": "urn:dienhong:open-data:",
    "observations": {"@reverse": "qb:dataSet"},
    "name_vi": {"@id": "rdfs:label", "@language": "vi"},
    "name_en": {"@id": "rdfs:label", "@language": "en"},
    "count": {"@type": "xsd:nonNegativeInteger"},
    "withheld": {"@type": "xsd:boolean"},
}


@dataclass(frozen=True, slots=True)
class OpenData:
    """Every file, the catalogue last."""

    files: tuple[OpenFile, ...]

    def file(self, name: str) -> OpenFile | None:
        """The file of this name, or None."""
        return next((one for one in self.files if one.name == name), None)


def open_data(desk: FeedbackDesk, areas: Areas | None, terms: OpenDataTerms) -> OpenData:
    """Everything as it stands now. Without the package openpyxl there is no XLSX, without tables of units no province is named."""
    now = desk.clock()
    places = _Places(areas)
    until = last_whole_month(now.astimezone(VIETNAM).date())
    with reading(desk.engine) as connection:
        public = published_matters(connection, desk.vault)
        matters = reported_matters(connection, _BEFORE_ALL, until, places.province_code)
    told = observations(matters, frozenset(one.number for one in public))
    days = [one.opened_on for one in public]
    names = ExchangeNames.load()
    maker = _Maker(now)
    datasets = (
        DatasetFiles("recommendations", min(days, default=None), max(days, default=None), maker.matters(public, places)),
        DatasetFiles("statistics", _first(told), until if told else None, maker.counts(told, names, places)),
    )
    listed = json.dumps(catalogue(datasets, terms, now), ensure_ascii=False, indent=1).encode()
    return OpenData((*(file for one in datasets for file in one.files), OpenFile(CATALOGUE, _JSON_LD, listed)))


def write_open_data(made: OpenData, folder: Path) -> None:
    """Writes every file into `folder`; one that is read meanwhile is whole, old or new."""
    folder.mkdir(parents=True, exist_ok=True)
    for file in made.files:
        beside = folder / f".{file.name}.{os.getpid()}"
        try:
            beside.write_bytes(file.content)
            beside.replace(folder / file.name)
        finally:
            with suppress(FileNotFoundError):
                beside.unlink()


class _Places:
    """Units by their keys."""

    def __init__(self, areas: Areas | None) -> None:
        self._areas = areas

    def province_code(self, key: str) -> str | None:
        """The code of today's province of a key."""
        unit = self._unit(key)
        return unit.parent or unit.code if unit else None

    def province_name(self, code: str) -> str:
        """Its name, or its code where nobody knows it."""
        province = self._areas.province(code) if self._areas else None
        return province.name if province else code

    def full(self, key: str | None) -> str | None:
        """The full name of a unit."""
        unit = self._unit(key) if key else None
        return unit.full if unit else None

    def _unit(self, key: str) -> Area | None:
        level, _, code = key.partition(":")
        if self._areas is None:
            return None
        return self._areas.province(code) if level == "province" else self._areas.commune(code)


class _Maker:
    """Makes the files of a dataset, all at one moment."""

    def __init__(self, now: datetime) -> None:
        self._now = now

    def matters(self, public: Sequence[PublishedMatter], places: _Places) -> tuple[OpenFile, ...]:
        records = [_matter_record(one, places) for one in public]
        rows = [[_cell(record[column]) for column in MATTER_COLUMNS] for record in records]
        graph = [{"@id": f"#{one['number']}", "@type": "Recommendation", **_present(one)} for one in records]
        linked = {"@context": _MATTER_CONTEXT, "@graph": graph}
        return self._files("recommendations", MATTER_COLUMNS, rows, linked)

    def counts(self, told: Sequence[Observation], names: ExchangeNames, places: _Places) -> tuple[OpenFile, ...]:
        records = [_count_record(one, names, places) for one in told]
        rows = [[_cell(record[column]) for column in COUNT_COLUMNS] for record in records]
        cells = [{"@type": "qb:Observation", **_present(one)} for one in records]
        linked = {"@context": _COUNT_CONTEXT, "@id": "#statistics", "@type": "qb:DataSet", "observations": cells}
        return self._files("statistics", COUNT_COLUMNS, rows, linked)

    def _files(
        self, name: str, header: Sequence[str], rows: Sequence[Sequence[Value]], linked: Mapping[str, object]
    ) -> tuple[OpenFile, ...]:
        return tuple(
            OpenFile(f"{name}.{form}", media_type, content()) for form, media_type, content in self._forms(name, header, rows, linked)
        )

    def _forms(
        self, name: str, header: Sequence[str], rows: Sequence[Sequence[Value]], linked: Mapping[str, object]
    ) -> Iterator[tuple[str, str, Callable[[], bytes]]]:
        yield "csv", _CSV, lambda: "".join(csv_lines(header, rows)).encode("utf-8", "replace")
        if has_workbooks():
            yield "xlsx", _XLSX, lambda: workbook(name, header, rows, self._now)
        yield "jsonld", _JSON_LD, lambda: json.dumps(linked, ensure_ascii=False, indent=1).encode("utf-8", "replace")


_Record = dict[str, Any]  # Any: text, number, or a list of texts


def _matter_record(one: PublishedMatter, places: _Places) -> _Record:
    same = ("number", "kind", "field", "level", "area", "title", "statement", "submissions", "answer")
    days = {"opened_on": one.opened_on.isoformat(), "published_on": one.published_on.isoformat() if one.published_on else None}
    record = {name: getattr(one, name) for name in same}
    return {**record, **days, "place": places.full(one.area), "texts": list(one.texts), "result": one.resolution}


def _count_record(one: Observation, names: ExchangeNames, places: _Places) -> _Record:
    name = _name(one, names, places)
    cell = {"table": one.table, "code": one.code, "level": one.level, "count": one.count, "withheld": int(one.count is None)}
    return {**cell, "name_vi": name.vi, "name_en": name.en}


def _name(one: Observation, names: ExchangeNames, places: _Places) -> Name:
    by_code: Mapping[str, Mapping[str, Name]] = {"kind": names.kinds, "result": names.results, "field": names.fields}
    if one.table == "level":
        return names.levels[one.level]
    if one.table == "field_level":
        field, level = names.fields[one.code], names.levels[one.level]
        return Name(vi=f"{field.vi} · {level.vi}", en=f"{field.en} · {level.en}", words=())
    if one.table in by_code:
        return by_code[one.table][one.code]
    if one.table == "province" and one.code in names.unknown:
        return names.unknown[one.code]
    plain = places.province_name(one.code) if one.table == "province" else one.code
    return Name(vi=plain, en=plain, words=())


def _cell(value: object) -> Value:
    if isinstance(value, list):
        return "\n\n".join(map(str, value))
    return value if isinstance(value, str | int) else None


def _present(record: _Record) -> _Record:
    return {name: value for name, value in record.items() if value not in (None, "", [])}


def _first(told: Sequence[Observation]) -> date | None:
    """The first day of the first month that was counted."""
    months = [one.code for one in told if one.table == "month"]
    return date.fromisoformat(f"{min(months)}-01") if months else None
