"""Files sent by the page and the interface: kept with the words or not at all, clean, once, and within their limits."""

from __future__ import annotations

import base64
import re
from dataclasses import replace
from typing import Any

import httpx
import pytest
from fastapi.testclient import TestClient
from sqlalchemy import func, select

from assistant.chats.errors import FileNotHad
from assistant.database import reading
from assistant.feedback.attachments import OpenedFile
from assistant.feedback.intake import MOST_ATTACHED_BYTES, MOST_ATTACHMENTS
from assistant.feedback.tables import attachment, submission
from assistant.feedback.wanted import Wanted
from bots.web.app import create_app
from bots.web.sent_files import MOST_FORM_BYTES
from bots.web.service import WebService
from tests.assistant.chats.photos import photo_of_a_place, tells_a_place
from tests.assistant.feedback.office import LAN
from tests.bots.web.browser import Server
from tests.bots.web.test_submissions_api import as_, form

TYPED = {"text": "Trước nhà tôi có ổ gà", "agree": "yes", "request_id": "trang-1", "name": "Lê Thị Sáu"}
PHOTO, PAPER = ("ảnh.jpg", photo_of_a_place()), ("đơn.pdf", b"%PDF-1.7 don")
CODE = re.compile(r"DH-[2-9A-Z]{5}-[2-9A-Z]{5}-[2-9A-Z]")
API = "/api/v1/submissions"


class Scanner:
    """Finds what says so, or does not answer."""

    def is_clean(self, content: bytes) -> bool:
        if b"silent" in content:
            raise FileNotHad(is_final=False)
        return b"virus" not in content


def posted(client: TestClient, *files: tuple[str, bytes], **changes: str) -> Any:
    # A field that was left alone comes as a file without a name.
    return client.post("/send", data={**TYPED, **changes}, files=[("file", one) for one in files] or [("file", ("", b""))])


def kept(service: WebService) -> list[OpenedFile]:
    """The files of everything that was sent."""
    service.understand()
    desk = service.feedback
    matters = desk.queue.page(LAN, Wanted())
    return [desk.attachments.open(one.number, file.id, LAN) for one in matters for file in desk.attachments.of(one.number, LAN)]


def rows(service: WebService) -> tuple[int, int]:
    """How many submissions and files there are."""
    with reading(service.feedback.engine) as connection:
        counts = [connection.execute(select(func.count()).select_from(table)).scalar_one() for table in (submission, attachment)]
    return counts[0], counts[1]


def encoded(*contents: bytes) -> list[dict[str, str]]:
    return [{"content": base64.b64encode(one).decode()} for one in contents]


def test_the_page_takes_several_files_with_the_words(client: TestClient, service: WebService) -> None:
    page = posted(client, PHOTO, PAPER)
    assert (page.status_code, len(set(CODE.findall(page.text)))) == (200, 1)
    assert [(one.file.kind, tells_a_place(one.content)) for one in kept(service)[:1]] == [("image/jpeg", False)]
    assert kept(service)[1].content == PAPER[1]
    assert tells_a_place(PHOTO[1])


def test_a_second_click_keeps_nothing_more_and_other_files_are_another(client: TestClient, service: WebService) -> None:
    first, second = posted(client, PHOTO, PAPER), posted(client, PHOTO, PAPER)
    assert CODE.findall(first.text) == CODE.findall(second.text)
    assert rows(service) == (1, 2)
    assert CODE.findall(posted(client, PAPER).text) != CODE.findall(first.text)
    assert rows(service) == (2, 3)


def test_without_files_the_page_is_sent_as_before(client: TestClient, service: WebService) -> None:
    assert posted(client).status_code == client.post("/send", data=TYPED).status_code == 200
    assert rows(service) == (1, 0)


def test_a_long_letter_in_vietnamese_is_taken(client: TestClient, service: WebService) -> None:
    assert posted(client, text="ệ" * 100_000).status_code == 200
    assert rows(service) == (1, 0)


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ([("chạy.exe", b"MZ\x90\x00")], "không nhận loại tệp «chạy.exe»"),
        ([("ảnh.jpg", b"GIF89a\x00\x01")], "không nhận loại tệp «ảnh.jpg»"),
        ([PHOTO, ("hỏng.png", b"\x89PNG\r\n\x1a\n rest")], "không mở được ảnh «hỏng.png»"),
        ([PAPER] * (MOST_ATTACHMENTS + 1), "quá 10 tệp"),
        ([("a.pdf", b"%PDF-" + bytes(MOST_ATTACHED_BYTES))], "nặng quá 20 MB"),
        ([("a.pdf", b"%PDF-" + bytes(MOST_ATTACHED_BYTES // 2))] * 2, "nặng quá 20 MB"),
        ([("a.pdf", b"%PDF- virus")], "có thể chứa mã độc"),
        ([("a.pdf", b"%PDF- silent")], "chưa kiểm tra được tệp"),
        ([PAPER] * 101, "gửi lên chưa đủ"),
    ],
)
def test_files_that_are_not_taken_leave_the_words_in_the_form(service: WebService, files: list[tuple[str, bytes]], said: str) -> None:
    with TestClient(create_app(replace(service, scan=Scanner()), files_per_minute=100)) as client:
        page = posted(client, *files)
    assert page.status_code == 422
    assert said in page.text
    assert f"{TYPED['text']}</textarea>" in page.text
    assert 'value="Lê Thị Sáu"' in page.text
    assert "Bạn hãy chọn lại tệp" in page.text
    assert rows(service) == (0, 0)


def test_words_come_back_even_where_the_files_are_not_read_to_their_end(server: Server, service: WebService) -> None:
    page = httpx.post(f"{server.url}/send", data=TYPED, files={"file": ("a.pdf", b"%PDF-" + bytes(MOST_FORM_BYTES))}, timeout=60)
    assert (page.status_code, f"{TYPED['text']}</textarea>" in page.text) == (422, True)
    assert "nặng quá 20 MB" in page.text
    assert rows(service) == (0, 0)


def test_who_forgot_to_agree_is_told_to_choose_files_again_where_there_were_some(client: TestClient, service: WebService) -> None:
    assert "chọn lại tệp" in posted(client, PHOTO, agree="").text
    assert "chọn lại tệp" not in posted(client, agree="").text
    assert "chọn lại tệp" not in client.get("/send").text
    assert rows(service) == (0, 0)


def test_a_name_of_a_file_is_shown_as_text_only(client: TestClient) -> None:
    assert "<script>alert" not in posted(client, ("<script>alert(1)</script>.exe", b"MZ\x90\x00")).text


def test_a_form_that_breaks_off_is_shown_again(client: TestClient, service: WebService) -> None:
    body = b'--x\r\nContent-Disposition: form-data; name="text"\r\n\r\n\xc4\x90\xc6\xb0\xe1\xbb\x9dng\r\n--x\r\nContent-Disp'
    page = client.post("/send", content=body, headers={"Content-Type": "multipart/form-data; boundary=x"})
    assert (page.status_code, "Đường</textarea>" in page.text) == (422, True)
    assert client.post("/send", content=b"", headers={"Content-Type": "multipart/form-data"}).status_code == 422
    assert rows(service) == (0, 0)


def test_nobody_sends_many_files_a_minute(service: WebService) -> None:
    large = ("a.pdf", b"%PDF-" + bytes(200_000))
    with TestClient(create_app(service, files_per_minute=3)) as client:
        pages = [posted(client, large, request_id=f"trang-{number}") for number in range(2)]
        assert [page.status_code for page in pages] == [200, 429]
        assert f"{TYPED['text']}</textarea>" in pages[1].text
        assert "Bạn hãy chọn lại tệp" in pages[1].text
        refused = client.post(API, json={**form(client), "attachments": encoded(large[1])})
        assert (refused.status_code, "retry-after" in refused.headers) == (429, True)
        assert posted(client, request_id="trang-3").status_code == 200
    assert rows(service) == (2, 1)


def test_the_interface_takes_files_once(client: TestClient, service: WebService) -> None:
    letter = {**form(client), "attachments": encoded(PHOTO[1], PAPER[1])}
    first, second = client.post(API, json=letter), client.post(API, json=letter)
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json()["code"] == second.json()["code"]
    assert [(one.file.kind, len(one.content)) for one in kept(service)][1:] == [("application/pdf", len(PAPER[1]))]
    assert not tells_a_place(kept(service)[0].content)
    copy = client.get(f"{API}/{first.json()['code']}/copy").json()
    assert [one["kind"] for one in copy["attachments"]] == ["image/jpeg", "application/pdf"]


@pytest.mark.parametrize(
    ("attachments", "status", "why", "number"),
    [
        (encoded(PAPER[1], b"MZ\x90\x00"), 409, "kind", 2),
        ([{"content": "không phải base64"}], 409, "encoding", 1),
        (encoded(b"\x89PNG\r\n\x1a\n rest"), 409, "broken", 1),
        (encoded(*[b"%PDF-" + bytes(MOST_ATTACHED_BYTES // 2)] * 2), 409, "too_big", None),
        (encoded(*[PAPER[1]] * (MOST_ATTACHMENTS + 1)), 422, None, None),
        (encoded(*[b"%PDF-" + bytes(MOST_ATTACHED_BYTES)] * 2), 413, None, None),
        ([{"content": "AAAA", "name": "a.pdf"}], 422, None, None),
    ],
)
def test_the_interface_says_which_file_is_not_taken(
    client: TestClient, service: WebService, attachments: list[Any], status: int, why: str | None, number: int | None
) -> None:
    answer = client.post(API, json={**form(client), "attachments": attachments})
    told = answer.json()
    assert (answer.status_code, told.get("why"), told.get("attachment")) == (status, why, number)
    assert told["detail"]
    assert rows(service) == (0, 0)


def test_who_has_no_key_or_too_many_requests_is_refused_before_the_body_is_read(service: WebService) -> None:
    with TestClient(create_app(service, per_minute_address=3)) as client:
        assert client.post(API, content=b"x", headers=as_("nobody")).status_code == 401
        assert [client.post(API, content=b"x").status_code for _ in range(2)] == [422, 429]
