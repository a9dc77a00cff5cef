"""Stopped, reloaded, cut off: nothing typed is lost and nothing is asked twice."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Browser, Page, expect

from assistant.dialogue.types import Turn
from bots.web.service import WebService
from tests.bots.web.browser import Server, ask, serving
from tests.bots.web.conftest import HeldRouter

HOURS = "Trẻ em thả tàu giấy từ mấy giờ?"


def kept(page: Page, service: WebService) -> list[Turn]:
    """The answered turns of the page's conversation."""
    return service.assistant.conversations.history(page.evaluate("sessionStorage.getItem('conversation')"))


def test_an_answer_that_is_awaited_can_be_stopped(page: Page, router: HeldRouter) -> None:
    router.hold()
    ask(page, HOURS)
    expect(page.locator(".searching")).to_contain_text("Đang tìm quy định…")
    page.get_by_role("button", name="Dừng").click()
    expect(page.locator("#state")).to_have_text("Đã dừng. Câu hỏi vẫn còn trong ô.")
    expect(page.locator("#question")).to_have_value(HOURS)
    expect(page.locator("#question")).to_be_focused()
    expect(page.locator(".turn")).to_have_count(0)


def test_escape_stops_too(page: Page, router: HeldRouter) -> None:
    router.hold()
    ask(page, HOURS)
    page.locator(".searching").wait_for()
    page.keyboard.press("Escape")
    expect(page.locator("#state")).to_have_text("Đã dừng. Câu hỏi vẫn còn trong ô.")


def test_a_stopped_question_sent_again_is_not_asked_twice(page: Page, router: HeldRouter, service: WebService) -> None:
    router.hold()
    ask(page, HOURS)
    page.get_by_role("button", name="Dừng").click()
    page.click("#ask button")
    router.release()
    expect(page.locator("[data-turn='1'] blockquote")).to_be_visible()
    assert (router.asked, len(kept(page, service))) == (1, 1)


def test_a_second_click_while_an_answer_is_awaited_asks_nothing(page: Page, router: HeldRouter) -> None:
    router.hold()
    page.fill("#question", HOURS)
    page.dblclick("#ask button")
    router.release()
    expect(page.locator("[data-turn='1'] blockquote")).to_be_visible()
    expect(page.locator(".turn")).to_have_count(1)
    assert router.asked == 1


def test_what_is_typed_while_an_answer_is_awaited_stays(page: Page, router: HeldRouter) -> None:
    router.hold()
    ask(page, HOURS)
    page.fill("#question", "câu tiếp theo")
    router.release()
    expect(page.locator("[data-turn='1'] blockquote")).to_be_visible()
    expect(page.locator("#question")).to_have_value("câu tiếp theo")


def wait_until(page: Page, holds: Callable[[], bool]) -> None:
    """Waits while the page lives on."""
    for _ in range(1_500):
        if holds():
            return
        page.wait_for_timeout(20)
    raise TimeoutError


def test_a_reload_in_the_middle_of_an_answer_hears_it_without_asking_again(page: Page, router: HeldRouter, service: WebService) -> None:
    router.hold()
    ask(page, HOURS)
    page.locator(".searching").wait_for()
    page.reload()
    expect(page.locator(".searching")).to_be_visible()
    router.release()
    expect(page.locator("[data-turn='1'] blockquote")).to_be_visible()
    expect(page.locator(".turn")).to_have_count(1)
    assert (router.asked, len(kept(page, service))) == (1, 1)


def test_an_answer_that_came_while_the_page_was_away_is_shown(page: Page, router: HeldRouter, service: WebService, server: Server) -> None:
    router.hold()
    ask(page, HOURS)
    page.locator(".searching").wait_for()
    # The page says so before the question is on its way.
    wait_until(page, lambda: router.asked == 1)
    conversation = page.evaluate("sessionStorage.getItem('conversation')")
    page.goto(f"{server.url}/provisions/901/2020/QH14@8")
    router.release()
    wait_until(page, lambda: bool(service.assistant.conversations.history(conversation)))
    page.get_by_role("link", name="Về trang hỏi đáp").click()
    expect(page.locator("[data-turn='1'] blockquote")).to_be_visible()
    expect(page.locator(".turn")).to_have_count(1)
    assert router.asked == 1


def test_a_reload_shows_the_conversation_again(page: Page) -> None:
    for number, question in enumerate((HOURS, "Làm bẩn ao hồ bị phạt bao nhiêu?"), start=1):
        ask(page, question)
        page.locator(f"[data-turn='{number}']").wait_for()
    before = page.locator("#turns").inner_text()
    page.reload()
    expect(page.locator("[data-turn='2']")).to_be_visible()
    assert page.locator("#turns").inner_text() == before


def test_when_the_server_is_gone_it_is_said_and_the_question_stays(page: Page, server: Server, service: WebService) -> None:
    server.stop()
    ask(page, HOURS)
    expect(page.locator("#state")).to_contain_text("Không kết nối được với máy chủ. Câu hỏi vẫn còn trong ô")
    expect(page.locator("#question")).to_have_value(HOURS)
    expect(page.locator(".turn")).to_have_count(0)
    server.start()
    page.click("#ask button")
    expect(page.locator("[data-turn='1'] blockquote")).to_be_visible()
    expect(page.locator("#state")).to_be_empty()
    expect(page.locator("#question")).to_have_value("")


def test_an_answer_cut_off_is_said_and_the_question_stays(page: Page, server: Server, router: HeldRouter, service: WebService) -> None:
    router.hold()
    ask(page, HOURS)
    page.locator(".searching").wait_for()
    page.fill("#question", "")
    server.stop()
    expect(page.locator("#state")).to_contain_text("Câu hỏi vẫn còn trong ô")
    expect(page.locator("#question")).to_have_value(HOURS)
    router.release()
    server.start()
    page.click("#ask button")
    expect(page.locator("[data-turn='1'] blockquote")).to_be_visible()
    assert len(kept(page, service)) == 1


def test_who_asks_too_fast_is_told_how_long_to_wait(chromium: Browser, service: WebService) -> None:
    with serving(service, per_minute=6) as server:
        page = chromium.new_page(locale="vi-VN")
        page.goto(server.url)
        ask(page, HOURS)
        page.locator("[data-turn='1']").wait_for()
        ask(page, "Làm bẩn ao hồ bị phạt bao nhiêu?")
        expect(page.locator("#state")).to_contain_text("Bạn gửi quá nhanh. Hãy đợi")
        expect(page.locator("#question")).to_have_value("Làm bẩn ao hồ bị phạt bao nhiêu?")
        page.close()


def test_a_question_that_is_too_long_is_not_cut(page: Page) -> None:
    story = "Tôi kể chuyện này. " * 500
    ask(page, story)
    expect(page.locator("#state")).to_contain_text("Câu hỏi dài quá 8000 ký tự")
    expect(page.locator("#question")).to_have_value(story)
