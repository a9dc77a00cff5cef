"""Open data: what was published and nothing else, a catalogue that holds, and no count from 1 to 4."""

from __future__ import annotations

import csv
import json
import zipfile
from collections import Counter, defaultdict
from datetime import date, timedelta
from hashlib import sha256
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook  # type: ignore[import-untyped]  # the package has no types

from assistant.feedback.states import State
from assistant.feedback.types import AdminLevel, Field, Kind
from assistant.interop.catalogue import CATALOGUE, DatasetFiles, OpenDataTerms, OpenFile, catalogue
from assistant.interop.counts import Observation, last_whole_month, observations
from assistant.interop.open_data import COUNT_COLUMNS, MATTER_COLUMNS, OpenData, open_data, write_open_data
from corpus.areas import Areas
from tests.assistant.feedback.generated_matters import generated, matter
from tests.assistant.feedback.office import HUNG, MORNING, Office
from tests.assistant.interop.cases import accepted, answered, published

TERMS = OpenDataTerms()
SECRETS = ("Đinh Văn Kín", "0912345678", "chưa công khai", "trả lời nội bộ")


def content(made: OpenData, name: str) -> bytes:
    file = made.file(name)
    assert file
    return file.content


def table(made: OpenData, name: str) -> list[dict[str, str]]:
    text = content(made, f"{name}.csv").decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text, newline="")))


def everything(made: OpenData) -> str:
    """Whatever can be read in any file, workbooks unpacked."""
    texts = []
    for file in made.files:
        parts = [file.content]
        if file.name.endswith(".xlsx"):
            with zipfile.ZipFile(BytesIO(file.content)) as packed:
                parts = [packed.read(name) for name in packed.namelist()]
        texts += [part.decode("utf-8", "replace") for part in parts]
    return "\n".join(texts)


def test_only_what_is_public_is_in_the_open_data(office: Office, areas: Areas) -> None:
    published(office, "Cầu Đá hỏng, gọi ông Đinh Văn Kín 0912345678", "Cầu Đá hỏng, gọi […]")
    answered(office, "Nội dung chưa công khai", told="Câu trả lời nội bộ")
    accepted(office, "Nội dung khác chưa công khai")
    office.sent("Tôi tố cáo ông Đinh Văn Kín nhận tiền")
    office.sent("Đường hỏng, chưa công khai")
    made = open_data(office.desk, areas, TERMS)
    assert [secret for secret in SECRETS if secret in everything(made)] == []
    (row,) = table(made, "recommendations")
    assert (row["number"], row["texts"]) == ("1", "Cầu Đá hỏng, gọi […]")
    assert (row["answer"], row["result"]) == ("Sẽ sửa trong quý I.", "being_studied")
    assert (row["place"], row["submissions"], row["published_on"]) == ("Xã Đông Anh, Thành phố Hà Nội", "", "2026-11-22")
    # The month is not over: what comes in day by day would tell by its growth.
    assert table(made, "statistics") == []


def test_what_is_taken_back_or_erased_is_gone_from_the_next_open_data(office: Office) -> None:
    published(office, "Cầu Đá hỏng", "Cầu Đá hỏng […]")
    code = office.recommendations.show(1, HUNG).submissions[0].code
    office.own_data.erase(code)
    made = open_data(office.desk, None, TERMS)
    assert "Cầu Đá hỏng" not in everything(made)


def test_every_form_says_the_same(office: Office, areas: Areas, tmp_path: Path) -> None:
    published(office, "=1+1", "=HYPERLINK(1)")
    for _ in range(5):
        accepted(office, "Đường hỏng")
    office.clock.move(timedelta(days=30))
    made = open_data(office.desk, areas, TERMS)
    assert sorted(file.name for file in made.files) == sorted(
        [CATALOGUE, *(f"{name}.{form}" for name in ("recommendations", "statistics") for form in ("csv", "xlsx", "jsonld"))]
    )
    counts = {(row["table"], row["code"], row["level"]): row["count"] for row in table(made, "statistics")}
    assert (counts["total", "", ""], counts["field", "transport", ""], counts["province", "01", ""]) == ("6", "6", "6")
    linked = json.loads(content(made, "statistics.jsonld"))
    assert {one["count"] for one in linked["observations"] if one["table"] == "total"} == {6}
    (recommendation,) = json.loads(content(made, "recommendations.jsonld"))["@graph"]
    assert recommendation["texts"] == ["=HYPERLINK(1)"]
    for name, columns in (("recommendations", MATTER_COLUMNS), ("statistics", COUNT_COLUMNS)):
        sheet = load_workbook(BytesIO(content(made, f"{name}.xlsx"))).active
        assert tuple(cell.value for cell in sheet[1]) == columns
        assert sheet.max_row - 1 == len(table(made, name))
        assert "f" not in {cell.data_type for row in sheet for cell in row}
    assert table(made, "recommendations")[0]["texts"] == "'=HYPERLINK(1)"
    write_open_data(made, tmp_path / "out")
    assert {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()} == {file.name: file.content for file in made.files}


def test_the_catalogue_has_what_dcat_asks_for() -> None:
    files = (OpenFile("statistics.csv", "text/csv", b"abc"),)
    told = catalogue([DatasetFiles("statistics", date(2026, 1, 1), date(2026, 10, 31), files)], TERMS, MORNING)
    assert told["@type"] == "dcat:Catalog"
    (dataset,) = told["dcat:dataset"]
    (distribution,) = dataset["dcat:distribution"]
    for described in (told, dataset):
        for name in ("dct:title", "dct:description"):
            assert {one["@language"] for one in described[name]} == {"vi", "en"}
        assert described["dct:license"] == {"@id": TERMS.license}
        assert described["dct:publisher"]["foaf:name"]["@value"] == TERMS.publisher
    assert dataset["dct:temporal"]["dcat:startDate"] == {"@value": "2026-01-01", "@type": "xsd:date"}
    assert distribution["dcat:downloadURL"] == {"@id": "statistics.csv"}
    assert distribution["dcat:byteSize"]["@value"] == "3"
    assert distribution["spdx:checksum"]["spdx:checksumValue"] == sha256(b"abc").hexdigest()
    prefixes = {name.partition(":")[0] for name in _keys(told) if ":" in name}
    assert prefixes - set(told["@context"]) == set()


def _keys(told: Any) -> set[str]:  # Any: JSON
    if isinstance(told, list):
        return {key for one in told for key in _keys(one)}
    if not isinstance(told, dict):
        return set()
    inner = {key for name, one in told.items() if name != "@context" for key in _keys(one)}
    return inner | {name for name in told if not name.startswith("@")}


def told_by_table(told: tuple[Observation, ...]) -> dict[str, list[Observation]]:
    tables: dict[str, list[Observation]] = defaultdict(list)
    for one in told:
        tables[one.table].append(one)
    return tables


small = st.builds(
    lambda number, field, level, area, state: matter(number, field=field, level=level, area=area, state=state),
    st.integers(1, 10_000),
    st.sampled_from([Field.LAND, Field.HEALTH, Field.OTHER, None]),
    st.sampled_from([AdminLevel.COMMUNE, AdminLevel.PROVINCE, None]),
    st.sampled_from(["01", "79", None]),
    st.sampled_from([State.ACCEPTED, State.PUBLISHED, State.SCREENING]),
)


@settings(max_examples=80, deadline=None)
@given(st.lists(small, max_size=60, unique_by=lambda one: one.number))
def test_no_count_from_1_to_4_is_told_nor_learnt_from_the_list_of_what_is_public(matters: list[Any]) -> None:
    public = frozenset(one.number for one in matters if one.state is State.PUBLISHED)
    tables = told_by_table(observations(matters, public))
    taken = [one for one in matters if one.state is not State.SCREENING]
    for observation in (one for told in tables.values() for one in told if one.count is not None):
        mine = [one for one in taken if _belongs(one, observation)]
        rest = [one for one in mine if one.number not in public]
        assert len(mine) == observation.count
        assert not 0 < len(mine) < 5
        assert not 0 < len(rest) < 5
    for name in ("province", "month", "kind", "result"):
        # With the total, one that is missing would be the difference.
        assert sum(one.count is None for one in tables.get(name, [])) != 1


def _belongs(one: Any, observation: Observation) -> bool:
    field, level = one.field or "none", one.level or "none"
    month, result = one.opened_on.strftime("%Y-%m"), one.resolution or "none"
    told = {"field": field, "province": one.area or "none", "month": month, "kind": one.kind, "result": result}
    if observation.table == "total":
        return True
    if observation.table in ("level", "field_level"):
        return level == observation.level and (observation.table == "level" or field == observation.code)
    return bool(told[observation.table] == observation.code)


def test_all_tables_count_the_same_matters() -> None:
    matters = [one for one in generated(400) if one.kind != Kind.QUESTION]
    told = told_by_table(observations(matters, frozenset()))
    (total,) = told["total"]
    assert total.count
    for name in ("month", "kind", "result", "field", "level", "province"):
        assert sum(one.count or 0 for one in told[name]) <= total.count
    assert sum(one.count or 0 for one in told["month"]) == total.count
    assert Counter(one.table for one in told["field_level"])["field_level"] == len(told["field"]) * len(told["level"])


@pytest.mark.parametrize(("count", "public", "is_told"), [(4, 0, False), (5, 0, True), (9, 5, False), (9, 9, True), (10, 5, True)])
def test_a_whole_that_is_small_is_not_told(count: int, public: int, is_told: bool) -> None:
    matters = [matter(number) for number in range(1, count + 1)]
    assert bool(observations(matters, frozenset(range(1, public + 1)))) is is_told


@pytest.mark.parametrize(("day", "last"), [("2026-11-22", "2026-10-31"), ("2026-01-01", "2025-12-31"), ("2026-03-31", "2026-02-28")])
def test_only_whole_months_are_counted(day: str, last: str) -> None:
    assert last_whole_month(date.fromisoformat(day)) == date.fromisoformat(last)
