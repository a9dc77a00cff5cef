"""Sending an opinion and following it, with nothing but forms."""

from __future__ import annotations

import re

import pytest
from fastapi.testclient import TestClient

from assistant.feedback.wanted import Wanted
from bots.web.service import WebService
from tests.assistant.feedback.office import LAN

AGREED = {"text": "Trước nhà tôi có ổ gà", "agree": "yes", "request_id": "trang-1", "name": "Lê Thị Sáu"}
CODE = re.compile(r"DH-[2-9A-Z]{5}-[2-9A-Z]{5}-[2-9A-Z]")


def sent(client: TestClient) -> str:
    page = client.post("/send", data=AGREED)
    assert page.status_code == 200
    return str(CODE.findall(page.text)[0])


def test_a_report_in_the_chat_is_offered_to_be_sent_on_with_its_words(client: TestClient) -> None:
    page = client.post("/", data={"q": "trước nhà tôi có ổ gà"})
    assert 'action="/send"' in page.text
    form = client.post("/send", data={"offer": "trước nhà tôi có ổ gà", "provision": "901/2020/QH14@5.1"})
    assert "trước nhà tôi có ổ gà</textarea>" in form.text
    assert 'name="provision" value="901/2020/QH14@5.1"' in form.text


def test_a_question_is_not_offered_to_be_sent_on(client: TestClient) -> None:
    assert 'action="/send"' not in client.post("/", data={"q": "Trẻ em thả tàu giấy từ mấy giờ?"}).text


def test_what_was_sent_is_kept_with_its_provisions(client: TestClient, service: WebService) -> None:
    page = client.post("/send", data={**AGREED, "provision": ["901/2020/QH14@5.1", "không phải điều luật"]})
    copy = service.feedback.own_data.export(CODE.findall(page.text)[0])
    assert copy.contact is not None
    assert (copy.text, copy.contact.name, copy.provisions) == (AGREED["text"], "Lê Thị Sáu", ("901/2020/QH14@5.1",))


def test_a_second_click_sends_nothing_more(client: TestClient, service: WebService) -> None:
    assert sent(client) == sent(client)
    service.understand()
    assert len(service.feedback.queue.page(LAN, Wanted())) == 1


@pytest.mark.parametrize("changes", [{"agree": ""}, {"text": " "}])
def test_what_cannot_be_sent_stays_in_the_form(client: TestClient, changes: dict[str, str]) -> None:
    page = client.post("/send", data={**AGREED, **changes})
    assert page.status_code == 422
    assert 'role="alert"' in page.text
    assert 'value="Lê Thị Sáu"' in page.text
    assert 'value="trang-1"' in page.text


def test_what_was_typed_is_shown_as_text_only(client: TestClient) -> None:
    page = client.post("/send", data={"offer": "<script>alert(1)</script>"})
    assert "<script>alert" not in page.text


def test_a_submission_is_followed_and_withdrawn(client: TestClient) -> None:
    code = sent(client)
    assert "Đã tiếp nhận" in client.post("/track", data={"code": code.lower()}).text
    assert "Đã rút" in client.post("/track/withdrawal", data={"code": code}).text
    assert "/track/withdrawal" not in client.post("/track", data={"code": code}).text


@pytest.mark.parametrize("code", ["", "DH-22222-22222-2", "<b>", "x" * 5000])
def test_an_unknown_code_is_told(client: TestClient, code: str) -> None:
    assert "Không tìm thấy" in client.post("/track", data={"code": code}).text


@pytest.mark.parametrize("path", ["/send", "/track"])
def test_the_pages_speak_both_languages(client: TestClient, path: str) -> None:
    assert 'lang="vi"' in client.get(path).text
    assert 'lang="en"' in client.get(f"{path}?lang=en").text
