"""Files and contact details over HTTP: for those who may, in a form that does no harm."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fastapi.testclient import TestClient

from assistant.feedback.intake import Attachment, ContactDetails, NewSubmission
from bots.web.service import WebService
from tests.bots.web.conftest import STAFF
from tests.bots.web.test_submissions_api import as_

BASE = "/api/v1/recommendations/1"
FILES = (Attachment("image/jpeg", b"\xff\xd8\xff photo"), Attachment("text/html", b"<script>alert(1)</script>"))
TOLD = ContactDetails("Lê Thị Sáu", "0912345678", "sau@example.vn", "Thôn Hạ")
PURPOSE = {"purpose": "Gọi hỏi rõ đoạn đường hỏng"}


def sent(service: WebService, text: str = "Đường liên thôn hỏng", contact: ContactDetails = TOLD) -> str:
    desk = service.feedback
    letter = NewSubmission("portal", text, text, desk.consents.current.version, contact=contact, attachments=FILES)
    code = desk.intake.submit(letter).code
    service.understand()
    return code


def claimed(client: TestClient, who: str = "lan") -> None:
    version = client.get(BASE, headers=as_(who)).json()["version"]
    assert client.post(f"{BASE}/claim", headers=as_(who), json={"version": version}).status_code == 200


def test_a_file_is_listed_in_the_case_file_and_opened_as_what_it_is(client: TestClient, service: WebService) -> None:
    code = sent(service)
    listed = client.get(f"{BASE}/file", headers=as_("hung")).json()["attachments"]
    assert listed[0] == {"id": "1-1", "code": code, "kind": "image/jpeg", "size": len(FILES[0].content)}
    answer = client.get(f"{BASE}/attachments/1-1", headers=as_("hung"))
    assert (answer.status_code, answer.content) == (200, FILES[0].content)
    told = {name: answer.headers[name] for name in ("content-type", "content-disposition", "cache-control", "x-content-type-options")}
    assert told == {
        "content-type": "image/jpeg",
        "content-disposition": 'attachment; filename="ho-so-1-tep-1-1.jpg"',
        "cache-control": "no-store",
        "x-content-type-options": "nosniff",
    }
    assert "sandbox" in answer.headers["content-security-policy"]


def test_what_no_program_should_open_goes_out_as_bytes(client: TestClient, service: WebService) -> None:
    sent(service)
    answer = client.get(f"{BASE}/attachments/1-2", headers=as_("hung"))
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"].endswith('.bin"')


@pytest.mark.parametrize("headers", [{}, as_("machine")])
def test_nobody_without_a_role_opens_anything(client: TestClient, service: WebService, headers: dict[str, str]) -> None:
    sent(service)
    assert client.get(f"{BASE}/attachments/1-1", headers=headers).status_code == 403
    assert client.post(f"{BASE}/contact", headers=headers, json=PURPOSE).status_code == 403


def test_under_the_seal_officers_alone_read_anything(client: TestClient, service: WebService) -> None:
    sent(service, "Tôi tố cáo cán bộ nhận tiền")
    for name in STAFF:
        file, contact = (
            client.get(f"{BASE}/attachments/1-1", headers=as_(name)),
            client.post(f"{BASE}/contact", headers=as_(name), json=PURPOSE),
        )
        assert [file.status_code, contact.status_code] == ([200, 200] if name.startswith("officer") else [404, 404])


def test_a_file_that_is_gone_says_so(client: TestClient, service: WebService) -> None:
    code = sent(service)
    assert client.get(f"{BASE}/attachments/1-3", headers=as_("hung")).status_code == 404
    assert client.get(f"{BASE}/attachments/1", headers=as_("hung")).status_code == 422
    client.delete(f"/api/v1/submissions/{code}")
    answer = client.get(f"{BASE}/attachments/1-1", headers=as_("hung"))
    assert (answer.status_code, "người gửi đã yêu cầu xoá" in answer.json()["detail"]) == (410, True)


def test_contact_details_are_for_the_owner_with_a_purpose(client: TestClient, service: WebService) -> None:
    code = sent(service)
    claimed(client)
    refused = client.post(f"{BASE}/contact", headers=as_("hung"), json=PURPOSE)
    assert (refused.status_code, "nhận hồ sơ" in refused.json()["detail"]) == (403, True)
    assert client.post(f"{BASE}/contact", headers=as_("lan"), json={"purpose": " "}).status_code == 422
    unknown = client.post(f"{BASE}/contact", headers=as_("lan"), json={**PURPOSE, "code": "DH-22222-22222-2"})
    assert (unknown.status_code, unknown.json()["part"]) == (422, "code")
    answer = client.post(f"{BASE}/contact", headers=as_("lan"), json={**PURPOSE, "code": code})
    told = answer.json()
    assert (told["code"], told["standing"], told["phone"], told["address"]) == (code, "told", "0912345678", "Thôn Hạ")
    assert (answer.headers["cache-control"], "đã nêu" in told["detail"]) == ("no-store", True)


def test_that_a_sender_is_anonymous_is_said(client: TestClient, service: WebService) -> None:
    sent(service, contact=replace(TOLD, name="", phone="", email="", address=""))
    claimed(client)
    told = client.post(f"{BASE}/contact", headers={**as_("lan"), "accept-language": "en"}, json=PURPOSE).json()
    assert (told["standing"], told["phone"], told["detail"]) == ("anonymous", "", "The sender left no contact details.")


def test_contact_details_stand_in_no_list_and_no_case_file(client: TestClient, service: WebService) -> None:
    sent(service)
    claimed(client)
    for path in ("/api/v1/recommendations", BASE, f"{BASE}/file"):
        text = client.get(path, headers=as_("lan")).text
        assert [one for one in ("Lê Thị Sáu", "0912345678", "sau@example.vn", "Thôn Hạ") if one in text] == []
