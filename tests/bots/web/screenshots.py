"""The pictures of docs/web.md, taken anew: `python -m tests.bots.web.screenshots http://127.0.0.1:8000` before a running service."""

from __future__ import annotations

import sys

from playwright.sync_api import Browser

from tests.bots.web.browser import ask, launched
from tests.project_files import PROJECT

FOLDER = PROJECT / "docs" / "screenshots"
UNACCENTED = "cong ty cho thu viec toi da bao nhieu ngay"
PROCEDURE = "Đăng ký khai sinh cho con cần giấy tờ gì?"
REPORT = "Đèn đường ngõ 12 thôn Đông hỏng cả tháng nay, tối đi lại rất nguy hiểm"
TELEPHONE, DESK = 360, 1280


def take(browser: Browser, address: str, name: str, question: str, width: int, height: int) -> None:
    """The picture `name`: what a window of that size shows after `question`, or before any."""
    is_telephone = width == TELEPHONE
    context = browser.new_context(locale="vi-VN", base_url=address, is_mobile=is_telephone, has_touch=is_telephone, reduced_motion="reduce")
    page = context.new_page()
    page.set_viewport_size({"width": width, "height": height})
    page.goto("/")
    if question:
        ask(page, question)
        page.locator("[data-turn='1']").wait_for()
        page.evaluate("document.activeElement.blur()")
    page.screenshot(path=FOLDER / f"{name}.png")
    context.close()


def take_chat(browser: Browser, address: str, name: str, width: int, height: int, *said: str) -> None:
    """The picture `name`: what the chat shows after these messages were answered one by one."""
    context = browser.new_context(locale="vi-VN", base_url=address, is_mobile=width == TELEPHONE, reduced_motion="reduce")
    page = context.new_page()
    page.set_viewport_size({"width": width, "height": height})
    page.goto("/chat")
    for number, text in enumerate(said, start=1):
        page.fill("#say", text)
        page.click("#compose button.main")
        page.locator(".line.told").nth(number).wait_for()
    page.evaluate("document.activeElement.blur()")
    page.screenshot(path=FOLDER / f"{name}.png")
    context.close()


def main(address: str) -> None:
    """All pictures from the service at `address`."""
    FOLDER.mkdir(exist_ok=True)
    with launched() as browser:
        take(browser, address, "answer-1280", UNACCENTED, DESK, 900)
        take(browser, address, "answer-360", UNACCENTED, TELEPHONE, 760)
        take(browser, address, "procedure-360", PROCEDURE, TELEPHONE, 760)
        take(browser, address, "start-360", "", TELEPHONE, 760)
        take_chat(browser, address, "chat-360", TELEPHONE, 760, "/gui", REPORT)
        take_chat(browser, address, "chat-1280", DESK, 900, UNACCENTED)


if __name__ == "__main__":
    main(sys.argv[1])
