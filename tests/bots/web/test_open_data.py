"""Open data over HTTP: for everybody, kept for some minutes, nothing else to be had at the address."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from bots.web.service import WebService
from tests.assistant.interop.cases import published
from tests.bots.web.open311_client import Town, opened_town, some_service


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WebService]:
    with some_service(tmp_path_factory.mktemp("service")) as service:
        yield service


@pytest.fixture
def town(shared: WebService, tmp_path: Path) -> Iterator[Town]:
    with opened_town(shared, tmp_path) as opened:
        yield opened


def test_every_file_of_the_catalogue_can_be_had(town: Town) -> None:
    published(town.office, "Cầu Đá hỏng", "Cầu […] hỏng")
    answer = town.client.get("/open-data/")
    assert answer.headers["content-type"] == "application/ld+json"
    assert "max-age" in answer.headers["cache-control"]
    files = [one for dataset in answer.json()["dcat:dataset"] for one in dataset["dcat:distribution"]]
    assert len(files) == 6
    for file in files:
        had = town.client.get(f"/open-data/{file['dcat:downloadURL']['@id']}")
        assert had.status_code == 200
        assert str(len(had.content)) == file["dcat:byteSize"]["@value"]
        assert file["dcat:mediaType"]["@id"].endswith(had.headers["content-type"].partition(";")[0])
    assert town.client.get("/open-data/catalog.jsonld").content == answer.content


def test_files_are_made_anew_after_some_minutes_and_not_before(town: Town) -> None:
    first = town.client.get("/open-data/recommendations.jsonld")
    published(town.office, "Cầu Đá hỏng", "Cầu […] hỏng")
    assert town.client.get("/open-data/recommendations.jsonld").content == first.content
    unchanged = town.client.get("/open-data/recommendations.jsonld", headers={"if-none-match": first.headers["etag"]})
    assert (unchanged.status_code, unchanged.content) == (304, b"")
    town.seconds.now += 300
    later = town.client.get("/open-data/recommendations.jsonld", headers={"if-none-match": first.headers["etag"]})
    assert [one["texts"] for one in json.loads(later.content)["@graph"]] == [["Cầu […] hỏng"]]


def test_nothing_else_is_at_the_address(town: Town) -> None:
    for path in ("nothing.csv", "..%2Fkeys", "recommendations", ".catalog.jsonld.1", "%00"):
        assert town.client.get(f"/open-data/{path}").status_code == 404
