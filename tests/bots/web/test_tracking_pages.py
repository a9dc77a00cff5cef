"""Following what was sent and using one's rights by the code, with nothing but forms; what is sealed answers as what is not."""

from __future__ import annotations

import json
import re

import pytest
from fastapi.testclient import TestClient
from playwright.sync_api import Browser

from assistant.feedback.intake import ContactDetails, NewSubmission
from assistant.feedback.states import State, Step
from assistant.feedback.wanted import Wanted
from bots.web.app import create_app
from bots.web.service import WebService
from tests.assistant.feedback.office import HUNG, LAN
from tests.bots.web.browser import Server, overflow

UNKNOWN = "DH-22222-22222-2"
ACTS = ("message", "review", "withdrawal", "erasure", "copy")
OTHER_SITE = {"sec-fetch-site": "cross-site"}


@pytest.fixture
def code(service: WebService) -> str:
    return sent(service)


def sent(service: WebService, text: str = "Đường liên thôn hỏng", name: str = "Lê Thị Sáu") -> str:
    """The code of something that was sent and read."""
    version = service.feedback.consents.current.version
    new = NewSubmission("web", f"m-{text}-{name}", text, version, contact=ContactDetails(name=name))
    code = service.feedback.intake.submit(new).code
    service.understand()
    return code


def led(service: WebService, to: State) -> None:
    """Leads the newest recommendation there."""
    matter = service.feedback.queue.page(HUNG, Wanted())[-1]
    service.feedback.recommendations.take(matter.number, matter.version, Step(to, LAN))


def done(client: TestClient, act: str, code: str, **more: str) -> str:
    answer = client.post(f"/track/{act}", data={"code": code, "text": "Thêm một câu", **more})
    assert answer.headers["cache-control"] == "no-store"
    return answer.text


def test_a_submission_is_followed(client: TestClient, code: str) -> None:
    assert "Đang sàng lọc" in client.post("/track", data={"code": code.lower()}).text


def test_withdrawing_is_asked_about_first(client: TestClient, service: WebService, code: str) -> None:
    page = done(client, "withdrawal", code)
    assert "Bạn có chắc muốn rút" in page
    assert 'name="sure" value="yes"' in page
    assert service.feedback.own_data.status(code).state is State.SCREENING
    page = done(client, "withdrawal", code, sure="yes")
    assert "Đã rút ý kiến." in page
    assert "/track/withdrawal" not in page
    assert "/track/erasure" in page


def test_erasing_is_asked_about_first_and_then_nothing_is_found(client: TestClient, service: WebService, code: str) -> None:
    assert "xoá vĩnh viễn" in done(client, "erasure", code)
    assert service.feedback.own_data.export(code).text
    page = done(client, "erasure", code, sure="yes")
    assert "Đã xoá nội dung" in page
    assert code not in page
    assert "Không tìm thấy" in client.post("/track", data={"code": code}).text
    assert "Không tìm thấy" in done(client, "erasure", code, sure="yes")


def test_a_copy_is_a_file_that_nobody_keeps_on_the_way(client: TestClient, code: str) -> None:
    answer = client.post("/track/copy", data={"code": code})
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["content-disposition"] == 'attachment; filename="ban-sao-y-kien.json"'
    assert answer.headers["cache-control"] == "no-store"
    copy = json.loads(answer.content)
    assert (copy["text"], copy["contact"]["name"], copy["status"]["code"]) == ("Đường liên thôn hỏng", "Lê Thị Sáu", code)
    assert copy == client.get(f"/api/v1/submissions/{code}/copy").json()


def test_a_review_is_offered_and_asked_for_where_it_can_be(client: TestClient, service: WebService, code: str) -> None:
    assert "/track/review" not in client.post("/track", data={"code": code}).text
    assert "chưa đề nghị xem xét lại được" in done(client, "review", code)
    led(service, State.ANSWERED_DIRECT)
    assert "/track/review" in client.post("/track", data={"code": code}).text
    assert "Đã gửi đề nghị xem xét lại" in done(client, "review", code)
    assert service.feedback.own_data.status(code).state is State.REOPEN_REQUESTED


@pytest.mark.parametrize("act", ACTS)
def test_another_site_does_nothing_in_the_senders_name(client: TestClient, service: WebService, code: str, act: str) -> None:
    answer = client.post(f"/track/{act}", data={"code": code, "text": "x", "sure": "yes"}, headers=OTHER_SITE)
    assert (answer.status_code, "không đến từ trang này" in answer.text, code in answer.text) == (403, True, False)
    assert service.feedback.own_data.status(code).state is State.SCREENING
    assert service.feedback.messages.of_citizen(code) == ()


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("unknown", ["", UNKNOWN, "<b>", "x" * 5000])
def test_an_unknown_code_is_told(client: TestClient, act: str, unknown: str) -> None:
    for page in (client.post("/track", data={"code": unknown}).text, done(client, act, unknown, sure="yes")):
        assert "Không tìm thấy" in page
        assert "<b>" not in page


@pytest.mark.parametrize("path", ["/track", *(f"/track/{act}" for act in ACTS)])
def test_codes_cannot_be_tried_out(service: WebService, path: str) -> None:
    with TestClient(create_app(service, lookups_per_minute=3)) as client:
        answers = [client.post(path, data={"code": UNKNOWN, "text": "x", "sure": "yes"}).status_code for _ in range(3)]
    assert answers[1:] == [429, 429]


def test_what_is_sealed_cannot_be_told_from_what_is_not(client: TestClient, service: WebService) -> None:
    plain, sealed = sent(service, name="A"), sent(service, name="B")
    led(service, State.SEALED)
    asked = [{}, {"sure": "yes"}]

    def pages(code: str) -> list[str]:
        shown = [client.post("/track", data={"code": code}).text, client.get(f"/api/v1/submissions/{code}").text]
        shown += [done(client, act, code) for act in ("review", "withdrawal", "erasure", "message")]
        return [re.sub(r"[0-9a-f]{32}", "", page.replace(code, "")) for page in shown]

    assert pages(sealed) == pages(plain)
    assert "Bây giờ không rút được" in done(client, "withdrawal", sealed, **asked[1])
    erased = [done(client, "erasure", code, sure="yes") for code in (plain, sealed)]
    assert re.sub(r"[0-9a-f]{32}", "", erased[0]) == re.sub(r"[0-9a-f]{32}", "", erased[1])


def test_a_withdrawal_that_is_refused_tells_of_no_seal(client: TestClient, service: WebService) -> None:
    code = sent(service, "Tôi tố cáo cán bộ nhận tiền")
    for page in (done(client, "withdrawal", code, sure="yes"), client.post(f"/api/v1/submissions/{code}/withdrawal").text):
        assert not {"bảo mật", "sealed", "mật"} & set(re.findall(r"\w+", page.lower()))


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_page_speaks_both_languages(client: TestClient, code: str, language: str) -> None:
    page = client.post("/track", data={"code": code, "lang": language}).text
    assert f'<html lang="{language}">' in page
    assert ("Delete my data" in page, "Xoá dữ liệu" in page) == (language == "en", language == "vi")


def test_on_a_narrow_telephone_nothing_runs_over_and_everything_can_be_tapped(chromium: Browser, server: Server) -> None:
    context = chromium.new_context(viewport={"width": 360, "height": 740}, base_url=server.url, java_script_enabled=False, locale="vi-VN")
    page = context.new_page()
    page.goto("/send")
    assert overflow(page) == 0
    page.fill("#text", "cháy nhà rồi, còn người bên trong")
    page.check("[name=agree]")
    page.click("form.sending button.main")
    first = page.locator(".urgent a").first
    box = first.bounding_box()
    assert box is not None
    assert (box["height"] >= 44, box["y"] < 370, first.get_attribute("href")) == (True, True, "tel:113")
    page.click("form[action='/track'] button")
    page.click("form[action='/track/erasure'] button")
    assert page.locator(".sure button").count() == 2
    assert overflow(page) == 0
    context.close()
