"""The pages for everybody: checked by axe, by keyboard alone, on narrow and wide screens, light and dark."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe_playwright_python.base import AXE_SCRIPT  # type: ignore[import-untyped]  # the package has no types
from playwright.sync_api import Page, expect

from tests.bots.web.browser import Server, ask, overflow
from tests.bots.web.conftest import HeldRouter

HOURS = "Trẻ em thả tàu giấy từ mấy giờ?"


def asked(question: str) -> Callable[[Page], None]:
    """Brings a page to where `question` is answered."""

    def brought(page: Page) -> None:
        ask(page, question)
        page.locator(".turn[data-turn]").wait_for()

    return brought


def corrected(page: Page) -> None:
    asked("tre em tha tau giay tu may gio")(page)
    page.locator(".understood button").click()


def thanked(page: Page) -> None:
    asked(HOURS)(page)
    page.locator(".feedback button").first.click()
    page.locator(".thanks").wait_for()


def refused(page: Page) -> None:
    asked("không rõ chuyện gì")(page)
    ask(page, "không rõ chuyện này")
    page.locator("[data-turn='2']").wait_for()


def opened(page: Page) -> None:
    asked("thủ tục đăng ký tên tàu giấy")(page)
    for summary in page.locator("summary").all():
        summary.click()


def at(address: str) -> Callable[[Page], None]:
    """Brings a page to another address of the same server."""

    def brought(page: Page) -> None:
        page.goto(address)

    return brought


def offered(page: Page) -> None:
    asked("trước nhà tôi có ổ gà")(page)
    page.locator(".offer button").click()
    page.locator("#text").wait_for()


def sent(page: Page) -> None:
    offered(page)
    page.locator("[name=agree]").check()
    page.locator("button.main").click()
    page.locator(".code").wait_for()


def tracked(page: Page) -> None:
    sent(page)
    page.locator("main button").click()
    page.locator("dl").wait_for()


STATES = {
    "offered to be sent": offered,
    "sent": sent,
    "tracked": tracked,
    "nothing to track": at("/track"),
    "empty": lambda _page: None,
    "answered": asked(HOURS),
    "corrected": corrected,
    "thanked": thanked,
    "refused": refused,
    "asked back": asked("không rõ chuyện gì"),
    "procedure": opened,
    "emergency": asked("nhà hàng xóm đang cháy"),
    "provision": at("/provisions/901/2020/QH14@5.1"),
    "provision with texts": at("/provisions/901/2020/QH14@12"),
    "no such provision": at("/provisions/901/2020/QH14@99"),
    "English": at("/?lang=en"),
}


def violations(page: Page) -> list[str]:
    """What axe finds on the page, by rule with the elements."""
    page.evaluate(AXE_SCRIPT)
    found = page.evaluate("axe.run().then(results => results.violations)")
    return [f"{one['id']}: {[node['html'] for node in one['nodes']]}" for one in found]


@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing_in_light_and_dark(page: Page, state: str) -> None:
    STATES[state](page)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        assert violations(page) == []


def test_axe_would_find_what_is_wrong(page: Page) -> None:
    page.evaluate("document.querySelector('label').remove()")
    page.evaluate("document.querySelector('#question').removeAttribute('placeholder')")
    assert "label" in [found.split(":")[0] for found in violations(page)]


def test_axe_finds_nothing_while_an_answer_is_awaited(page: Page, router: HeldRouter) -> None:
    router.hold()
    ask(page, HOURS)
    page.locator(".searching").wait_for()
    assert violations(page) == []


@pytest.mark.parametrize("state", STATES)
def test_nothing_has_to_be_scrolled_sideways(page: Page, state: str) -> None:
    STATES[state](page)
    for width in (1280, 360, 320):
        page.set_viewport_size({"width": width, "height": 740})
        assert overflow(page) == 0


def test_a_word_without_end_breaks(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    asked(f"tàu giấy {'a' * 300}")(page)
    assert overflow(page) == 0


def test_dark_is_dark(page: Page) -> None:
    page.emulate_media(color_scheme="dark")
    red, green, blue = page.evaluate("getComputedStyle(document.body).backgroundColor.match(/\\d+/g).map(Number)")
    assert max(red, green, blue) < 64


def test_everything_can_be_done_by_keyboard_alone(page: Page) -> None:
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Đến ô đặt câu hỏi")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#question")).to_be_focused()
    page.keyboard.type("tre em tha tau giay tu may gio")
    page.keyboard.press("Enter")
    page.locator("[data-turn='1']").wait_for()
    expect(page.locator("#question")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(page.get_by_role("button", name="Khó hiểu")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".thanks")).to_be_focused()
    tabbed_to(page, "Không đúng, để tôi sửa", "Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#question")).to_be_focused()
    tabbed_to(page, "khoản 1 Điều 5", "Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("khoản 1 Điều 5. Giờ thả tàu")


def tabbed_to(page: Page, name: str, key: str) -> None:
    """Presses `key` until what is called `name` has the focus; each stop on the way can be seen to have it and lies in sight."""
    for _ in range(30):
        page.keyboard.press(key)
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
        # A browser may scroll to what has the focus a moment later.
        page.wait_for_function(IN_SIGHT, timeout=5_000)
        if page.evaluate("document.activeElement.innerText") == name:
            return
    pytest.fail(f"{key} does not lead to {name}")


# Neither out of the window nor below the box that sticks to its lower edge.
IN_SIGHT = """() => {
  const {left, top, width, height} = document.activeElement.getClientRects()[0];
  const seen = document.elementFromPoint(left + width / 2, top + height / 2);
  return document.activeElement.contains(seen);
}"""


def test_the_language_of_the_law_is_told_on_an_english_page(page: Page, server: Server) -> None:
    page.goto(f"{server.url}/?lang=en")
    asked("What time may children float paper boats?")(page)
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator(".quotation").first).to_have_attribute("lang", "vi")
