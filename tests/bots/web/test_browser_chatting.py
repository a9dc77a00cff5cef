"""The chat of the pages as people use it, in a real browser: with and without scripts, on narrow and wide screens."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, FilePayload, Page, expect

from bots.chat.wording import chat_sentences
from bots.web.talk_wording import talk_sentences
from tests.assistant.chats.photos import photo_of_a_place
from tests.bots.web.browser import overflow
from tests.bots.web.talking import House
from tests.bots.web.test_browser_accessible import violations
from tests.telegram.scenarios.officers import Officers

LABELS, TALK = chat_sentences("vi").labels, talk_sentences("vi")
HOURS = "Trẻ em thả tàu giấy từ mấy giờ?"
HOLE = "Ổ gà to trước cổng chợ"
NOTE = "Ổ gà ở đoạn nào, thưa ông/bà?"
PHOTO = FilePayload(name="anh.jpg", mimeType="image/jpeg", buffer=photo_of_a_place())
ON = tuple(LABELS[name] for name in ("skip.where", "skip.files", "skip.contact", "agree"))
PATIENCE_MS = 30_000


@pytest.fixture
def context(chromium: Browser, house: House) -> Iterator[BrowserContext]:
    context = chromium.new_context(viewport={"width": 1280, "height": 800}, locale="vi-VN", base_url=house.url, reduced_motion="reduce")
    context.set_default_timeout(PATIENCE_MS)
    expect.set_options(timeout=PATIENCE_MS)
    yield context
    context.close()
    expect.set_options(timeout=5_000)


@pytest.fixture
def talk(context: BrowserContext) -> Iterator[Page]:
    """The chat on a wide screen; whatever its scripts do wrong fails the test."""
    wrong: list[str] = []

    def noted(message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            wrong.append(message.text)

    page = context.new_page()
    page.on("console", noted)
    page.on("pageerror", lambda error: wrong.append(error.message))
    page.goto("/chat")
    page.evaluate("window.stays = true")
    yield page
    assert wrong == []


@pytest.fixture
def plain_talk(chromium: Browser, house: House) -> Iterator[Page]:
    """The chat in a browser that runs no scripts, on a telephone."""
    context = chromium.new_context(java_script_enabled=False, locale="vi-VN", base_url=house.url, viewport={"width": 360, "height": 740})
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    page.goto("/chat")
    yield page
    context.close()


def says(page: Page, text: str) -> None:
    """Types and sends, and waits until it is answered."""
    before = page.locator(".line.told").count()
    page.fill("#say", text)
    page.click("#compose button.main")
    expect(page.locator(".line.told").nth(before)).to_be_visible()


def taps(page: Page, label: str) -> None:
    """Taps the newest button with this label, and waits until it is answered."""
    before = page.locator(".line.told").count()
    page.locator(".line button", has_text=re.compile(f"^{re.escape(label)}$")).last.click()
    expect(page.locator(".line.told").nth(before)).to_be_visible()


def attaches(page: Page, caption: str) -> None:
    before = page.locator(".line.told").count()
    page.locator(".attach summary").click()
    page.set_input_files("#file", [PHOTO])
    page.fill("#say", caption)
    page.click("#compose button.main")
    expect(page.locator(".line.told").nth(before)).to_be_visible()


def reports(page: Page) -> str:
    """Sends a report with a photo; the tracking code."""
    says(page, "/gui")
    attaches(page, HOLE)
    for _ in ON:
        label = next((one for one in ON if one in page.locator(".line.told").last.locator(".choices").inner_text()), None)
        if label is None:
            break
        taps(page, label)
    return page.locator(".line.told").last.locator("code").inner_text()


def check(page: Page) -> None:
    """Whatever state the page is in: axe finds nothing, light and dark, and nothing has to be scrolled sideways."""
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        assert violations(page) == []
    for width in (360, 320, 1280):
        page.set_viewport_size({"width": width, "height": 740})
        assert overflow(page) == 0


# With scripts


def test_a_question_and_what_follows_it_are_answered_in_place(talk: Page) -> None:
    talk.fill("#say", HOURS)
    talk.keyboard.press("Enter")
    expect(talk.locator(".line.told").last).to_contain_text("từ 6 giờ đến 18 giờ")
    expect(talk.locator(".line.told").last.locator(".who")).to_be_in_viewport()
    expect(talk.locator("#say")).to_be_focused()
    expect(talk.locator("#say")).to_have_value("")
    says(talk, "Còn người lớn?")
    expect(talk.locator(".line.told").last).to_contain_text("Người lớn")
    expect(talk.locator(".line.own .said")).to_have_text([HOURS, "Còn người lớn?"])
    assert talk.evaluate("window.stays")
    check(talk)


def test_a_report_with_a_photo_gets_its_code_and_the_officers_question_appears_by_itself(talk: Page, house: House) -> None:
    check(talk)
    code = reports(talk)
    assert code.startswith("DH-")
    check(talk)
    house.service.understand()
    officers = Officers(house.service.feedback)
    assert len(officers.files_of(code)) == 1
    officers.asks_back(code, NOTE)
    expect(talk.locator(".line.told").last).to_contain_text(NOTE)
    taps(talk, LABELS["reply.button"])
    says(talk, "Từ cầu Đông đến trường học")
    assert officers.messages_of(code) == [NOTE, "Từ cầu Đông đến trường học"]
    says(talk, f"/theodoi {code}")
    expect(talk.locator(".line.told").last).to_contain_text(code)
    assert talk.evaluate("window.stays")
    says(talk, "/xoadulieu")
    talk.locator(".line button", has_text=LABELS["erase.all"]).last.click()
    expect(talk.locator(".line")).to_have_count(1)
    expect(talk.locator(".line .said")).to_have_text(TALK.erased["erased.all"])
    check(talk)


def test_the_thread_is_there_again_after_a_reload_and_for_nobody_else(talk: Page, chromium: Browser, house: House) -> None:
    says(talk, HOURS)
    talk.reload()
    expect(talk.locator(".line.own .said")).to_have_text(HOURS)
    other = chromium.new_context(base_url=house.url).new_page()
    other.goto("/chat")
    expect(other.locator(".line.own")).to_have_count(0)
    other.context.close()


def test_a_double_click_says_it_once(talk: Page) -> None:
    before = talk.locator(".line.told").count()
    talk.locator(".line button", has_text=LABELS["menu.send"]).dblclick()
    expect(talk.locator(".line.told").nth(before)).to_be_visible()
    expect(talk.locator(".line.own")).to_have_count(1)


def test_what_did_not_arrive_stays_in_the_box_and_arrives_once(talk: Page) -> None:
    talk.route("**/chat/say", lambda route: route.abort())
    talk.fill("#say", HOURS)
    talk.keyboard.press("Enter")
    expect(talk.locator("#state")).to_have_text(TALK.unreachable)
    expect(talk.locator("#say")).to_have_value(HOURS)
    talk.unroute("**/chat/say")

    # The server did it, and its answer was lost.
    def lost(route: object) -> None:
        route.fetch()  # type: ignore[attr-defined]  # of the browser's driver
        route.abort()  # type: ignore[attr-defined]

    talk.route("**/chat/say", lost)
    talk.keyboard.press("Enter")
    expect(talk.locator("#state")).to_have_text(TALK.unreachable)
    talk.unroute("**/chat/say")
    talk.keyboard.press("Enter")
    expect(talk.locator("#say")).to_have_value("")
    expect(talk.locator(".line.own")).to_have_count(1)
    expect(talk.locator(".line.told")).to_have_count(2)


def test_where_somebody_is_is_asked_of_the_browser_only_when_tapped(talk: Page, context: BrowserContext) -> None:
    context.grant_permissions(["geolocation"])
    context.set_geolocation({"latitude": 21.0205, "longitude": 105.8010})
    says(talk, "/diachi")
    talk.get_by_role("button", name=TALK.place).click()
    expect(talk.locator(".line.told").last.locator(".choices")).to_contain_text("Hà Nội")
    expect(talk.locator(".line.own .said").last).to_have_text(TALK.place_sent)


def test_who_does_not_tell_where_they_are_is_asked_to_type_it(talk: Page, context: BrowserContext) -> None:
    context.grant_permissions([])
    says(talk, "/diachi")
    talk.get_by_role("button", name=TALK.place).click()
    expect(talk.locator("#state")).to_have_text(TALK.place_refused)


def test_it_can_be_used_by_keyboard_alone(talk: Page) -> None:
    talk.keyboard.press("Tab")
    expect(talk.get_by_role("link", name=TALK.skip)).to_be_focused()
    talk.keyboard.press("Enter")
    expect(talk.locator("#say")).to_be_focused()
    talk.keyboard.type("/gui")
    talk.keyboard.press("Enter")
    expect(talk.locator(".line.told")).to_have_count(2)
    talk.keyboard.press("Shift+Tab")
    expect(talk.get_by_role("button", name=LABELS["cancel"])).to_be_focused()
    talk.keyboard.press("Enter")
    expect(talk.locator(".line.told")).to_have_count(3)


def test_the_page_changes_its_language_with_the_chat(talk: Page) -> None:
    says(talk, "/ngonngu")
    talk.locator(".line button", has_text=re.compile("^English$")).last.click()
    expect(talk.locator("html")).to_have_attribute("lang", "en")
    expect(talk.get_by_role("heading", level=1)).to_have_text(talk_sentences("en").title)
    check(talk)


def test_a_word_without_end_breaks(talk: Page) -> None:
    says(talk, "tàu" + "a" * 300)
    talk.set_viewport_size({"width": 360, "height": 740})
    assert overflow(talk) == 0


# Without scripts


def test_everything_works_without_scripts(plain_talk: Page) -> None:
    says(plain_talk, HOURS)
    expect(plain_talk.locator(".line.told").last).to_contain_text("từ 6 giờ đến 18 giờ")
    code = reports(plain_talk)
    assert code.startswith("DH-")
    taps(plain_talk, LABELS["track.button"])
    expect(plain_talk.locator(".line.told").last).to_contain_text(code)
    expect(plain_talk.locator(".place").locator("visible=true")).to_have_count(0)
    plain_talk.get_by_role("button", name=TALK.erase).click()
    plain_talk.locator(".line button", has_text=LABELS["erase.all"]).last.click()
    expect(plain_talk.locator(".line .said")).to_have_text([TALK.erased["erased.all"]])


def test_without_scripts_the_answer_is_in_sight(plain_talk: Page) -> None:
    says(plain_talk, HOURS)
    says(plain_talk, "Còn người lớn?")
    expect(plain_talk.locator(".line.told").last.locator(".who")).to_be_in_viewport()
