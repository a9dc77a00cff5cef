"""Sending an opinion, with nothing but forms."""

from __future__ import annotations

import re

import pytest
from fastapi.testclient import TestClient

from assistant.feedback.guidance import Guidance
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


@pytest.mark.parametrize("path", ["/send", "/send?lang=en"])
def test_who_is_in_danger_finds_the_numbers_before_anything_is_written(client: TestClient, path: str) -> None:
    page = client.get(path).text
    first = page.index('href="tel:113"')
    assert first < page.index("<h1>")
    assert all(f'href="tel:{number}"' in page for number in (114, 115, 111))


def test_after_an_emergency_was_sent_the_numbers_stand_first(client: TestClient, service: WebService) -> None:
    page = client.post("/send", data={**AGREED, "text": "cháy nhà rồi, còn người bên trong"}).text
    assert page.index("tel:114") < page.index("<h1>")
    code = CODE.findall(page)[0]
    assert service.feedback.own_data.status(code).guidance == (Guidance.EMERGENCY,)
    tracked = client.post("/track", data={"code": code}).text
    assert tracked.index("tel:114") < tracked.index("<h1>")


def test_who_denounces_reads_at_once_and_later_how_it_is_really_made(client: TestClient, service: WebService) -> None:
    page = client.post("/send", data={**AGREED, "text": "Tôi tố cáo cán bộ xã nhận tiền"}).text
    code = CODE.findall(page)[0]
    service.understand()
    for shown in (page, client.post("/track", data={"code": code}).text):
        assert "Điều 22 và Điều 23 Luật Tố cáo số 25/2018/QH14" in shown
        assert 'name="q" value="tố cáo thế nào"' in shown
        assert "bảo mật" not in shown, "how it is kept is told to nobody who has only the code"


def test_a_plain_report_is_told_nothing_besides(client: TestClient) -> None:
    page = client.post("/send", data=AGREED).text
    assert "tel:" not in page
    assert 'class="guidance"' not in page


@pytest.mark.parametrize("path", ["/send", "/track"])
def test_the_pages_speak_both_languages(client: TestClient, path: str) -> None:
    assert 'lang="vi"' in client.get(path).text
    assert 'lang="en"' in client.get(f"{path}?lang=en").text
