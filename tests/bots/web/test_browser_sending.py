"""The page for sending, with files, in a real browser without scripts on a telephone."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser, Page

from assistant.feedback.wanted import Wanted
from bots.web.sent_files import MOST_FORM_BYTES
from bots.web.service import WebService
from tests.assistant.chats.photos import photo_of_a_place, tells_a_place
from tests.assistant.feedback.office import LAN
from tests.bots.web.browser import Server

TEXT = "Trước nhà tôi có ổ gà"
FITS = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"


def telephone(chromium: Browser, server: Server) -> Page:
    """The page as it opens, scripts off."""
    context = chromium.new_context(
        viewport={"width": 360, "height": 760}, locale="vi-VN", base_url=server.url, java_script_enabled=False, is_mobile=True
    )
    context.set_default_timeout(30_000)
    page = context.new_page()
    page.goto("/send")
    return page


def filled(page: Page, *files: Path) -> None:
    page.fill("#text", TEXT)
    page.set_input_files("#file", list(files))
    page.check("input[name=agree]")
    page.click("button.main")


def test_photos_are_sent_from_a_telephone(chromium: Browser, server: Server, service: WebService, tmp_path: Path) -> None:
    photos = [tmp_path / name for name in ("một.jpg", "hai.jpg")]
    for photo in photos:
        photo.write_bytes(photo_of_a_place())
    page = telephone(chromium, server)
    filled(page, *photos)
    page.wait_for_load_state()
    assert "Đã tiếp nhận" in page.inner_text("main")
    page.context.close()
    service.understand()
    desk = service.feedback
    (matter,) = desk.queue.page(LAN, Wanted())
    files = [desk.attachments.open(matter.number, one.id, LAN) for one in desk.attachments.of(matter.number, LAN)]
    assert [(one.file.kind, tells_a_place(one.content)) for one in files] == [("image/jpeg", False)] * 2


def test_what_was_typed_comes_back_with_what_to_do(chromium: Browser, server: Server, tmp_path: Path) -> None:
    wrong, endless = tmp_path / "chương trình.exe", tmp_path / "phim.mp4"
    wrong.write_bytes(b"MZ\x90\x00")
    with endless.open("wb") as file:
        file.truncate(MOST_FORM_BYTES + 10_000_000)
    page = telephone(chromium, server)
    for file_sent, said in ((wrong, "không nhận loại tệp «chương trình.exe»"), (endless, "nặng quá 20 MB")):
        filled(page, file_sent)
        page.wait_for_load_state()
        assert said in page.inner_text("[role=alert] >> nth=0")
        assert page.input_value("#text") == TEXT
        assert "chọn lại tệp" in page.inner_text("form.sending")
        assert page.evaluate(FITS)
    page.context.close()
