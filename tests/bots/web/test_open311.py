"""Open311 GeoReport v2, held against the shapes of http://wiki.open311.org/GeoReport_v2 and its service discovery."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from sqlalchemy import select

from assistant.database import reading
from assistant.feedback.tables import submission, suggestion
from assistant.feedback.types import Field
from bots.web.open311_formats import form_of
from bots.web.open311_said import Open311Terms
from bots.web.service import WebService
from tests.assistant.feedback.office import HUNG
from tests.assistant.interop.cases import accepted, published, version
from tests.bots.web.open311_client import KEY, Town, opened_town, some_service

V2 = "/open311/v2"
DECLARATION = "<?xml version='1.0' encoding='utf-8'?>\n"


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WebService]:
    with some_service(tmp_path_factory.mktemp("service")) as service:
        yield service


@pytest.fixture
def town(shared: WebService, tmp_path: Path) -> Iterator[Town]:
    with opened_town(shared, tmp_path) as opened:
        yield opened


@pytest.fixture(scope="module")
def empty(shared: WebService, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """For what keeps nothing."""
    with opened_town(shared, tmp_path_factory.mktemp("empty")) as opened:
        yield opened


def form(**changes: str) -> dict[str, str]:
    told = {
        "api_key": KEY,
        "jurisdiction_id": "mattran.example.vn",
        "service_code": "transport",
        "description": "Đường liên thôn hỏng",
        "address_string": "thôn Hạ, xã Đông Anh, Hà Nội",
        "first_name": "Hoa",
        "last_name": "Nguyễn Thị",
        "phone": "0912345678",
        "attribute[consent]": "2026-11",
        "attribute[request_id]": "tin-1",
    }
    return {name: value for name, value in {**told, **changes}.items() if value}


def posted(town: Town, extension: str = ".json", **changes: str) -> Any:  # Any: the client's own response
    return town.client.post(f"{V2}/requests{extension}", data=form(**changes))


def told(town: Town, path: str, **query: str) -> Any:  # Any: JSON
    answer = town.client.get(f"{V2}/{path}", params=query)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/json; charset=utf-8"
    return answer.json()


def test_discovery_names_the_specification_and_both_formats(empty: Town) -> None:
    found = told(empty, "discovery.json")
    assert list(found) == ["changeset", "contact", "key_service", "endpoints"]
    (endpoint,) = found["endpoints"]
    assert endpoint == {
        "specification": "http://wiki.open311.org/GeoReport_v2",
        "url": "http://testserver/open311/v2",
        "changeset": found["changeset"],
        "type": "production",
        "formats": ["text/xml", "application/json"],
    }
    root = ET.fromstring(empty.client.get(f"{V2}/discovery.xml").content)
    assert [element.text for element in root.findall("endpoints/endpoint/formats/format")] == ["text/xml", "application/json"]


def test_every_field_is_a_service(empty: Town) -> None:
    services = told(empty, "services.json")
    assert [one["service_code"] for one in services] == [field.value for field in Field]
    assert {tuple(one) for one in services} == {("service_code", "service_name", "description", "metadata", "type", "keywords", "group")}
    assert {(one["metadata"], one["type"]) for one in services} == {(True, "batch")}
    answer = empty.client.get(f"{V2}/services.xml", headers={"accept-language": "en"})
    assert answer.headers["content-type"] == "text/xml; charset=utf-8"
    assert answer.text.startswith(DECLARATION + "<services><service><service_code>land</service_code><service_name>Land</service_name>")
    assert "<metadata>true</metadata><type>batch</type>" in answer.text
    assert ET.fromstring(answer.content).findtext("service/group") == ""


def test_a_service_is_defined_by_the_consent_that_it_needs(empty: Town) -> None:
    definition = told(empty, "services/transport.json")
    consent, request_id = definition["attributes"]
    assert (definition["service_code"], consent["code"], consent["required"], consent["datatype"]) == (
        "transport",
        "consent",
        True,
        "singlevaluelist",
    )
    assert consent["values"][0]["key"] == "2026-11"
    assert "Tố cáo không bao giờ được công khai" in consent["description"]
    assert (request_id["code"], request_id["required"], [consent["order"], request_id["order"]]) == ("request_id", False, [1, 2])
    root = ET.fromstring(empty.client.get(f"{V2}/services/transport.xml").content)
    assert root.tag == "service_definition"
    assert root.findtext("attributes/attribute/values/value/key") == "2026-11"


def test_a_request_is_told_in_the_shape_of_the_specification(town: Town) -> None:
    number = published(town.office, "Cầu Đá hỏng & <nguy hiểm>", "Cầu […] hỏng & <nguy hiểm>")
    assert town.client.get(f"{V2}/requests/{number}.xml").text == DECLARATION + (
        "<service_requests><request>"
        f"<service_request_id>{number}</service_request_id>"
        "<status>closed</status>"
        "<status_notes>Đã công khai: Đang nghiên cứu, giải quyết theo lộ trình</status_notes>"
        "<service_name>Giao thông</service_name>"
        "<service_code>transport</service_code>"
        "<description>Cầu […] hỏng &amp; &lt;nguy hiểm&gt;</description>"
        "<agency_responsible />"
        "<service_notice />"
        "<requested_datetime>2026-11-22T01:30:00+00:00</requested_datetime>"
        "<updated_datetime>2026-11-22T01:30:00+00:00</updated_datetime>"
        "<expected_datetime />"
        "<address>Xã Đông Anh, Thành phố Hà Nội</address>"
        "<address_id>commune:00454</address_id>"
        "<zipcode /><lat /><long /><media_url />"
        "</request></service_requests>"
    )
    (request,) = told(town, f"requests/{number}.json")
    assert (request["service_request_id"], request["description"], request["lat"]) == (str(number), "Cầu […] hỏng & <nguy hiểm>", None)


def test_duplicates_appear_closed_with_their_parent(town: Town) -> None:
    first, second = accepted(town.office, "Cầu Đá hỏng"), accepted(town.office, "Cầu Đá hỏng rồi")
    town.office.casework.merge(second, version(town.office, second), first, HUNG)
    answer = town.client.get(f"{V2}/requests/{second}.json", headers={"accept-language": "en"}).json()
    assert [(one["status"], one["status_notes"], one["description"]) for one in answer] == [
        ("closed", f"Duplicate: followed together with request {first}.", None)
    ]
    assert [one["service_request_id"] for one in told(town, "requests.json", status="open")] == [str(first)]


def test_requests_are_asked_for_by_number_field_status_and_time(town: Town) -> None:
    first, second = accepted(town.office, "Cầu hỏng"), accepted(town.office, "Trạm đóng cửa", Field.HEALTH)

    def numbers(**query: str) -> list[int]:
        return [int(one["service_request_id"]) for one in told(town, "requests.json", **query)]

    assert numbers() == [second, first]
    assert numbers(service_code="health,land") == [second]
    assert numbers(service_code="health,transport") == [second, first]
    assert numbers(service_code="other") == []
    # This overrides all other arguments.
    assert numbers(service_request_id=f"{first},99,x", service_code="health") == [first]
    assert numbers(service_request_id="x," + "9" * 5_000) == []
    assert numbers(status="open,closed") == [second, first]
    assert numbers(status="closed") == []
    assert numbers(start_date="2026-11-22T08:30:00+07:00", end_date="2026-11-22T01:30:00Z") == [second, first]
    assert numbers(start_date="2026-11-22T01:30:01Z") == []
    assert numbers(end_date="2026-11-22T01:29:59Z") == []


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({"start_date": "2026-01-01T00:00:00Z", "end_date": "2026-05-01T00:00:00Z"}, 400),
        ({"start_date": "2026-02-01T00:00:00Z", "end_date": "2026-01-01T00:00:00Z"}, 400),
        ({"start_date": "hôm qua"}, 400),
        ({"start_date": "2026-01-01T00:00:00"}, 400),
        ({"end_date": "0001-01-01T00:00:00Z"}, 400),
        ({"start_date": "9999-12-31T23:59:59-10:00"}, 400),
        ({"status": "done"}, 400),
        ({"service_code": "moon"}, 404),
        ({"jurisdiction_id": "elsewhere.example"}, 404),
    ],
)
def test_what_cannot_be_asked_is_an_error_of_open311(empty: Town, query: dict[str, str], status: int) -> None:
    answer = empty.client.get(f"{V2}/requests.json", params=query)
    (error,) = answer.json()
    assert (answer.status_code, error["code"], list(error)) == (status, status, ["code", "description"])


@pytest.mark.parametrize(
    "path",
    [
        "requests/99.xml",
        "requests/x.xml",
        "services/moon.xml",
        "requests.pdf",
        "nothing",
        "tokens/DH-22222-22222-2.xml",
        "services/a.b.xml",
    ],
)
def test_what_is_not_there_answers_404_in_xml(empty: Town, path: str) -> None:
    answer = empty.client.get(f"{V2}/{path}")
    root = ET.fromstring(answer.content)
    assert (answer.status_code, root.tag, root.findtext("error/code")) == (404, "errors", "404")
    assert root.findtext("error/description")


def test_a_request_answers_with_a_token_that_leads_to_it_once_it_is_taken_in(town: Town) -> None:
    answer = posted(town)
    assert answer.status_code == 201
    (created,) = answer.json()
    assert list(created) == ["token", "service_notice", "account_id"]
    token = created["token"]
    assert told(town, f"tokens/{token}.json") == [{"service_request_id": None, "token": token}]
    data = town.office.own_data.export(token)
    assert data.text == "Đường liên thôn hỏng\nĐịa điểm: thôn Hạ, xã Đông Anh, Hà Nội"
    assert data.contact
    assert (data.contact.name, data.contact.phone, data.consent_version) == ("Nguyễn Thị Hoa", "0912345678", "2026-11")
    with reading(town.office.engine) as connection:
        assert [(row.value, row.model) for row in connection.execute(select(suggestion))] == [("transport", "open311")]
    # The same message again is the same request.
    assert posted(town).json()[0]["token"] == token
    root = ET.fromstring(posted(town, ".xml", **{"attribute[request_id]": ""}).content)
    assert (root.tag, root[0].tag, [element.tag for element in root[0]]) == (
        "service_requests",
        "request",
        ["token", "service_notice", "account_id"],
    )


def test_the_token_of_a_denunciation_goes_on_as_if_it_waited(town: Town) -> None:
    token = posted(town, description="Tôi tố cáo ông chủ tịch").json()[0]["token"]
    town.office.understander.understand_waiting()
    assert told(town, f"tokens/{token}.json") == [{"service_request_id": None, "token": token}]
    assert told(town, "requests.json") == []


@pytest.mark.parametrize(
    ("changes", "status", "word"),
    [
        ({"api_key": ""}, 403, "api_key"),
        ({"api_key": "sai"}, 403, "api_key"),
        ({"jurisdiction_id": "elsewhere.example"}, 404, "jurisdiction_id"),
        ({"service_code": ""}, 400, "service_code"),
        ({"service_code": "moon"}, 404, "moon"),
        ({"address_string": ""}, 400, "address_string"),
        ({"lat": "21.0"}, 400, "lat"),
        ({"lat": "nan", "long": "105"}, 400, "lat"),
        ({"lat": "21", "long": "999"}, 400, "lat"),
        ({"description": "x" * 4_001}, 400, "description"),
        ({"attribute[consent]": ""}, 400, "attribute[consent]"),
        ({"attribute[consent]": "1999-01"}, 400, "attribute[consent]"),
        ({"attribute[consent]": "portal:x"}, 400, "attribute[consent]"),
        ({"phone": "0" * 41}, 400, "phone"),
        ({"attribute[request_id]": "a\x00b"}, 400, "attribute[request_id]"),
        ({"media_url": "javascript:alert(1)"}, 400, "media_url"),
    ],
)
def test_a_request_that_cannot_be_taken_says_why_and_nothing_is_kept(empty: Town, changes: dict[str, str], status: int, word: str) -> None:
    answer = posted(empty, **changes)
    (error,) = answer.json()
    assert (answer.status_code, error["code"]) == (status, status)
    assert word in error["description"]
    with reading(empty.office.engine) as connection:
        assert connection.execute(select(submission.c.number)).all() == []


def test_other_places_and_pictures_go_with_the_words(town: Town) -> None:
    changes = {"address_string": "", "lat": "21.13", "long": "105.84", "description": "", "media_url": "https://example.com/a.jpg"}
    token = posted(town, **changes).json()[0]["token"]
    text = "Giao thông\nTọa độ: 21.13, 105.84\nTệp kèm theo: https://example.com/a.jpg"
    assert town.office.own_data.export(token).text == text


def test_only_forms_are_taken(empty: Town) -> None:
    answer = empty.client.post(f"{V2}/requests.json", json=form())
    assert (answer.status_code, answer.json()[0]["code"]) == (400, 400)
    headers = {"content-type": "application/x-www-form-urlencoded"}
    broken = empty.client.post(f"{V2}/requests.json", content=b"a=%ff&\xff", headers=headers)
    assert broken.status_code == 400


def test_keys_and_tokens_cannot_be_tried_out(shared: WebService, tmp_path: Path) -> None:
    with opened_town(shared, tmp_path, per_minute=6) as town:
        keys = [posted(town, api_key="sai").status_code for _ in range(5)]
        tokens = [town.client.get(f"{V2}/tokens/DH-22222-22222-2.json") for _ in range(4)]
    assert keys == [403, 403, 429, 429, 429]
    assert tokens[-1].status_code == 429
    assert tokens[-1].json()[0]["code"] == 429
    assert int(tokens[-1].headers["retry-after"]) > 0


def test_without_a_jurisdiction_of_its_own_it_takes_any(shared: WebService, tmp_path: Path) -> None:
    with opened_town(shared, tmp_path, terms=Open311Terms()) as town:
        assert posted(town, jurisdiction_id="anything").status_code == 201
        town.app.state.service = None
        waiting = town.client.get(f"{V2}/requests.xml")
        assert (waiting.status_code, ET.fromstring(waiting.content).findtext("error/code")) == (503, "503")


@pytest.mark.parametrize(
    ("extension", "accept", "form"),
    [
        ("xml", "application/json", "xml"),
        ("json", "text/xml", "json"),
        ("", "application/json", "json"),
        ("", "text/xml, application/json", "xml"),
        ("", "*/*", "xml"),
        ("", "", "xml"),
        ("html", "", None),
    ],
)
def test_the_address_names_the_form_before_the_caller_does(extension: str, accept: str, form: str | None) -> None:
    assert form_of(extension, accept) == form
