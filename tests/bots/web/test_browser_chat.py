"""The chat page as people use it, in a real browser."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from bots.web.service import WebService
from tests.bots.web.browser import Server, ask
from tests.bots.web.conftest import Clock, HeldRouter

HOURS = "Trẻ em thả tàu giấy từ mấy giờ?"
UNACCENTED = "tre em tha tau giay tu may gio"
# One syllable of it is restored wrongly: "may" for "mấy".
UNDERSTOOD = "trẻ em thả tàu giấy từ may giờ"


@pytest.fixture
def plain_page(chromium: Browser, server: Server) -> Iterator[Page]:
    """The chat page in a browser that runs no scripts."""
    context = chromium.new_context(java_script_enabled=False, locale="vi-VN", base_url=server.url)
    page = context.new_page()
    page.goto("/")
    yield page
    context.close()


# A question and its answer


def test_an_answer_shows_quotation_and_citation_and_the_provision_opens(page: Page) -> None:
    ask(page, HOURS)
    turn = page.locator(".turn")
    expect(turn.locator("blockquote")).to_contain_text("1. Trẻ em được thả tàu giấy từ 6 giờ đến 18 giờ.")
    expect(turn.locator(".document")).to_contain_text("Bộ luật Tàu giấy số 901/2020/QH14; hiệu lực từ 01/01/2021")
    turn.get_by_role("link", name="khoản 1 Điều 5", exact=True).click()
    expect(page).to_have_url(re.compile(re.escape("/provisions/901/2020/QH14@5.1")))
    expect(page.get_by_role("heading", level=1)).to_have_text("khoản 1 Điều 5. Giờ thả tàu")
    page.get_by_role("link", name="Xem toàn bộ Điều 5").click()
    expect(page.locator("blockquote")).to_contain_text("2. Người lớn được thả tàu giấy cả ngày.")


def test_questions_follow_one_another_in_one_conversation(page: Page, service: WebService) -> None:
    for number, question in enumerate((HOURS, "Làm bẩn ao hồ bị phạt bao nhiêu?"), start=1):
        ask(page, question)
        expect(page.locator(f"[data-turn='{number}'] h2")).to_have_text(question)
    expect(page.locator("#question")).to_have_value("")
    conversation = page.evaluate("sessionStorage.getItem('conversation')")
    assert len(service.assistant.conversations.history(conversation)) == 2


def test_an_example_is_asked_by_one_tap(page: Page) -> None:
    example = page.locator("#examples button").first
    words = example.inner_text()
    example.click()
    expect(page.locator(".turn[data-turn] h2")).to_have_text(words)
    expect(page.locator("#examples")).to_be_hidden()


def test_enter_sends_and_shift_enter_starts_a_line(page: Page) -> None:
    page.focus("#question")
    page.keyboard.type("Trẻ em thả tàu giấy")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("từ mấy giờ?")
    expect(page.locator("#question")).to_have_value("Trẻ em thả tàu giấy\ntừ mấy giờ?")
    page.keyboard.press("Enter")
    expect(page.locator(".turn blockquote")).to_contain_text("từ 6 giờ đến 18 giờ")


def test_what_was_typed_is_shown_as_text_never_as_markup(page: Page) -> None:
    ask(page, "<img src=x onerror=alert(1)> tre em tha tau giay")
    expect(page.locator(".turn[data-turn] h2")).to_have_text("<img src=x onerror=alert(1)> tre em tha tau giay")
    expect(page.locator(".turn img")).to_have_count(0)


def test_no_word_of_the_asker_stands_in_an_address(page: Page) -> None:
    addresses: list[str] = []
    page.on("request", lambda request: addresses.append(request.url + str(request.headers.get("referer", ""))))
    ask(page, f"{UNACCENTED} bimat")
    page.locator(".understood button").click()
    ask(page, f"{HOURS} bimat")
    page.locator("[data-turn='2']").get_by_role("link", name="khoản 1 Điều 5", exact=True).click()
    page.get_by_role("link", name="Về trang hỏi đáp").click()
    expect(page.locator(".turn")).to_have_count(2)
    assert len(addresses) > 8
    assert [address for address in addresses if "bimat" in address or "tau" in address] == []


# What was understood


def test_restored_marks_are_shown_and_can_be_corrected_by_one_tap(page: Page) -> None:
    ask(page, UNACCENTED)
    understood = page.locator(".understood")
    expect(understood.locator("p")).to_have_text(f"Tôi hiểu là: {UNDERSTOOD}")
    understood.get_by_role("button", name="Không đúng, để tôi sửa").click()
    box = page.locator("#question")
    expect(box).to_be_focused()
    expect(box).to_have_value(UNDERSTOOD)
    # The cursor stands at the end.
    for _ in "may giờ":
        page.keyboard.press("Backspace")
    page.keyboard.type("mấy giờ")
    page.keyboard.press("Enter")
    corrected = page.locator("[data-turn='2']")
    expect(corrected.locator("h2")).to_have_text("trẻ em thả tàu giấy từ mấy giờ")
    expect(corrected.locator("blockquote")).to_contain_text("từ 6 giờ đến 18 giờ")
    expect(corrected.locator(".understood")).to_have_count(0)


def test_correcting_gives_back_what_stood_in_the_box(page: Page) -> None:
    ask(page, UNACCENTED)
    page.fill("#question", "câu đang viết dở")
    page.locator(".understood button").click()
    page.keyboard.press("Enter")
    expect(page.locator("[data-turn='2']")).to_be_visible()
    expect(page.locator("#question")).to_have_value("câu đang viết dở")


def test_an_accented_question_is_not_explained(page: Page) -> None:
    ask(page, HOURS)
    expect(page.locator(".turn blockquote")).to_be_visible()
    expect(page.locator(".understood")).to_have_count(0)


# Messages that are no plain questions


def test_a_refusal_names_what_is_near_and_cites_nothing(page: Page) -> None:
    ask(page, "không rõ chuyện gì")
    page.locator(".options button").first.wait_for()
    ask(page, "không rõ chuyện này")
    refused = page.locator("[data-turn='2']")
    expect(refused).to_contain_text("Tôi chưa tìm thấy quy định nào")
    expect(refused.locator("blockquote")).to_have_count(0)


def test_an_option_that_is_asked_back_answers_by_one_tap(page: Page) -> None:
    ask(page, "không rõ chuyện gì")
    page.get_by_role("button", name="Phản ánh sự việc").click()
    expect(page.locator("[data-turn='2']")).to_contain_text("Bạn đang phản ánh một sự việc")
    expect(page.locator("[data-turn='2'] h2")).to_have_text("không rõ chuyện gì")


def test_emergency_numbers_can_be_called_by_one_tap(page: Page) -> None:
    ask(page, "nhà hàng xóm đang cháy")
    numbers = page.locator(".telephones a")
    expect(numbers).to_have_text(["113 – công an", "114 – chữa cháy, cứu nạn", "115 – cấp cứu", "111 – bảo vệ trẻ em"])
    expect(numbers.nth(1)).to_have_attribute("href", "tel:114")


def test_emergency_numbers_stand_before_what_was_understood(page: Page) -> None:
    ask(page, "nha hang xom dang chay, cháy")
    page.locator(".telephones").wait_for()
    assert page.locator(".telephones, .understood").evaluate_all("found => found.map(one => one.className)") == ["telephones", "understood"]


# Feedback and deletion


def test_feedback_reaches_the_queue_once_however_often_it_is_clicked(page: Page, service: WebService) -> None:
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if "answer-feedback" in request.url else None)
    ask(page, HOURS)
    page.get_by_role("button", name="Sai điều luật").dblclick()
    expect(page.locator(".thanks")).to_be_focused()
    expect(page.locator(".feedback")).to_have_count(0)
    assert len(sent) == 1
    assert [(one.kind.value, str(one.provision), one.turn) for one in service.answer_feedback.queue()] == [
        ("wrong_article", "901/2020/QH14@5.1", 1)
    ]


def test_a_note_goes_to_the_queue_with_what_is_wrong(page: Page, service: WebService) -> None:
    ask(page, HOURS)
    page.get_by_label("Nói rõ hơn").fill("  Tôi hỏi về người lớn.  ")
    page.get_by_role("button", name="Còn thiếu").click()
    expect(page.locator(".thanks")).to_be_focused()
    assert [(one.kind.value, one.note) for one in service.answer_feedback.queue()] == [("incomplete", "Tôi hỏi về người lớn.")]


def test_feedback_that_did_not_arrive_can_be_given_again(page: Page, server: Server, service: WebService) -> None:
    ask(page, HOURS)
    button = page.get_by_role("button", name="Khó hiểu")
    button.wait_for()
    server.stop()
    button.click()
    expect(page.locator("#state")).to_have_text("Chưa gửi được. Bạn hãy thử lại.")
    server.start()
    button.click()
    expect(page.locator(".thanks")).to_be_visible()
    assert [one.kind.value for one in service.answer_feedback.queue()] == ["unclear"]


def test_a_deleted_conversation_is_gone_from_page_and_store(page: Page, service: WebService) -> None:
    ask(page, HOURS)
    page.locator(".turn[data-turn]").wait_for()
    conversation = page.evaluate("sessionStorage.getItem('conversation')")
    page.get_by_role("button", name="Xóa cuộc trò chuyện").click()
    expect(page.locator("#state")).to_have_text("Đã xóa cuộc trò chuyện.")
    expect(page.locator(".turn")).to_have_count(0)
    assert service.assistant.conversations.find(conversation) is None
    page.reload()
    expect(page.locator("#examples")).to_be_visible()
    assert page.evaluate("sessionStorage.length") == 0


def test_an_expired_conversation_is_replaced_without_asking_the_person(page: Page, clock: Clock) -> None:
    ask(page, HOURS)
    page.locator("[data-turn='1']").wait_for()
    clock.pass_hours(25)
    ask(page, "Làm bẩn ao hồ bị phạt bao nhiêu?")
    expect(page.locator(".turn h2")).to_have_text([HOURS, "Làm bẩn ao hồ bị phạt bao nhiêu?"])


# On an old telephone


# What browsers of 2020 lack, of what the page might use: Safari 13.1, Chrome 80, Firefox 74.
LACKING = """
delete window.TextDecoderStream; delete String.prototype.replaceAll; delete Element.prototype.replaceChildren;
delete HTMLFormElement.prototype.requestSubmit; delete SubmitEvent.prototype.submitter;
"""


def test_an_old_browser_asks_chooses_corrects_and_deletes(page: Page) -> None:
    page.add_init_script(LACKING)
    page.reload()
    ask(page, "không rõ chuyện gì")
    page.get_by_role("button", name="Phản ánh sự việc").click()
    expect(page.locator("[data-turn='2']")).to_contain_text("Bạn đang phản ánh một sự việc")
    page.fill("#question", UNACCENTED)
    page.keyboard.press("Enter")
    page.locator("[data-turn='3'] .understood button").click()
    expect(page.locator("#question")).to_have_value(UNDERSTOOD)
    page.get_by_role("button", name="Xóa cuộc trò chuyện").click()
    expect(page.locator(".turn")).to_have_count(0)
    page.locator("#examples button").first.click()
    expect(page.locator("[data-turn='1']")).to_be_visible()


@pytest.mark.parametrize("typed", ["", "   ", "\n\n"])
def test_who_sends_an_empty_box_is_told_to_fill_it(page: Page, typed: str) -> None:
    ask(page, typed)
    expect(page.locator("#question")).to_be_focused()
    assert page.evaluate("document.getElementById('question').validity.valueMissing")
    expect(page.locator(".turn")).to_have_count(0)


def test_under_a_long_message_the_answer_is_in_sight(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 640})
    ask(page, f"{'Tôi kể cho rõ chuyện của tôi. ' * 60}{HOURS}")
    expect(page.locator("[data-turn='1'] .answer p").first).to_be_in_viewport(ratio=1)


# Without scripts


def test_one_question_is_answered_without_scripts(plain_page: Page) -> None:
    ask(plain_page, HOURS)
    expect(plain_page.locator(".turn blockquote")).to_contain_text("từ 6 giờ đến 18 giờ")
    assert plain_page.url.endswith("/")
    plain_page.get_by_role("link", name="khoản 1 Điều 5", exact=True).click()
    expect(plain_page.get_by_role("heading", level=1)).to_have_text("khoản 1 Điều 5. Giờ thả tàu")


def test_without_scripts_nothing_is_offered_that_needs_them(plain_page: Page) -> None:
    ask(plain_page, HOURS)
    for needs_scripts in (".feedback", "#delete", ".stop", "#keys"):
        expect(plain_page.locator(needs_scripts).locator("visible=true")).to_have_count(0)


def test_without_scripts_what_was_understood_comes_back_to_be_corrected(plain_page: Page) -> None:
    ask(plain_page, UNACCENTED)
    plain_page.get_by_role("button", name="Không đúng, để tôi sửa").click()
    expect(plain_page.locator("#question")).to_have_value(UNDERSTOOD)
    assert plain_page.url.endswith("/")
    plain_page.fill("#question", HOURS)
    plain_page.click("#ask button")
    expect(plain_page.locator(".turn h2")).to_have_text(HOURS)
    expect(plain_page.locator(".understood")).to_have_count(0)


def test_without_scripts_an_option_answers_the_question_again(plain_page: Page) -> None:
    ask(plain_page, "không rõ chuyện gì")
    expect(plain_page.locator("#question")).to_have_value("không rõ chuyện gì")
    plain_page.get_by_role("button", name="Phản ánh sự việc").click()
    expect(plain_page.locator(".turn")).to_contain_text("Bạn đang phản ánh một sự việc")


def test_both_ways_show_the_same_answer(page: Page, plain_page: Page, router: HeldRouter) -> None:
    for one in (page, plain_page):
        ask(one, UNACCENTED)
        one.locator(".answer blockquote").wait_for()
    assert page.locator(".answer").inner_html() == plain_page.locator(".answer").inner_html()
    assert router.asked == 2
