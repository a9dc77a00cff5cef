"""What goes wrong is said on a page to who opened a page, and as problem details to programs."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fastapi.testclient import TestClient

from bots.web.app import create_app
from bots.web.service import WebService
from bots.web.talk_pages import talking

PAGE = {"accept": "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8"}
PROBLEM = "application/problem+json"


@pytest.mark.parametrize("path", ["/chat", "/provisions/45/2019/QH14@35"])
def test_a_page_opened_before_the_service_is_ready_says_so_and_offers_to_try_again(path: str) -> None:
    with TestClient(create_app(None, routers=(talking,))) as client:
        answer = client.get(path, headers=PAGE)
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "30")
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "<h1>Dịch vụ đang chuẩn bị</h1>" in answer.text
    assert f'href="{path}">Thử lại' in answer.text


def test_the_page_speaks_the_language_of_the_browser() -> None:
    with TestClient(create_app(None, routers=(talking,))) as client:
        assert "getting ready" in client.get("/chat", headers=PAGE | {"accept-language": "en-GB"}).text


def test_programs_get_problem_details(client: TestClient) -> None:
    assert client.get("/nowhere").headers["content-type"] == PROBLEM
    assert client.get("/api/v1/nowhere", headers=PAGE).headers["content-type"] == PROBLEM


def test_a_page_that_is_not_there_leads_back(client: TestClient) -> None:
    answer = client.get("/nowhere", headers=PAGE)
    assert answer.status_code == 404
    assert "Không tìm thấy" in answer.text
    assert 'href="/?lang=vi"' in answer.text
    assert "Thử lại" not in answer.text


def test_trying_again_never_leads_to_another_site() -> None:
    with TestClient(create_app(None, routers=(talking,))) as client:
        answer = client.get("http://testserver//evil.example/chat", headers=PAGE)
    assert "//evil.example" not in answer.text.replace("http://testserver//evil.example", "")


def test_what_was_unexpected_names_the_request(service: WebService) -> None:
    broken = replace(service, store=None)  # type: ignore[arg-type]
    with TestClient(create_app(broken), raise_server_exceptions=False) as client:
        answer = client.get("/provisions/45/2019/QH14@35", headers={**PAGE, "x-request-id": "request-of-a-test"})
    assert answer.status_code == 500
    assert "Mã yêu cầu: <code>request-of-a-test</code>" in answer.text
    assert "NoneType" not in answer.text
