"""The chat of the pages before a real server, with nothing but forms."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import Table, func, select

from assistant.chat_parts import Tables
from assistant.chats.chats import Chats
from assistant.chats.tables import chat, chat_event, chat_line
from assistant.database import reading
from bots.chat.wording import chat_sentences
from bots.web.app import Beside, create_app, together
from bots.web.page_wording import page_sentences
from bots.web.talk_forms import COOKIE, MOST_SENT_BYTES, MOST_TYPED, address_of
from bots.web.talk_wording import talk_sentences
from tests.assistant.chats.photos import photo_of_a_place, tells_a_place
from tests.bots.web.talking import House, Visitor, fresh_token, lines_of, plain, serving_chats, visiting
from tests.telegram.scenarios.officers import Officers

LABELS, SAID, TALK = chat_sentences("vi").labels, chat_sentences("vi").sentences, talk_sentences("vi")
HOURS = "Trẻ em thả tàu giấy từ mấy giờ?"
HOLE = "Ổ gà to trước cổng chợ"
NOTE = "Ổ gà ở đoạn nào, thưa ông/bà?"


def rows(house: House, visitor: Visitor, table: Table) -> int:
    """How many rows of a table belong to this visitor's chat."""
    address = address_of(visitor.browser.cookies.get(COOKIE) or visitor.forms["chat"])
    with reading(house.office.engine) as connection:
        state = Chats(house.office.vault).find(connection, "web", address)
        mine = select(func.count()).where(table.c.chat == state.number) if state else None
        return int(connection.execute(mine).scalar_one()) if mine is not None else 0


def is_known(house: House, visitor: Visitor) -> bool:
    """Whether this visitor has a chat."""
    with reading(house.office.engine) as connection:
        return Chats(house.office.vault).find(connection, "web", address_of(visitor.forms["chat"])) is not None


def sends_a_report(lan: Visitor, text: str = HOLE, *, photo: bytes = b"") -> str:
    """Goes through the steps, leaving out what can be left out; the tracking code."""
    lan.says("/gui")
    said = lan.attaches(photo, text) if photo else lan.says(text)
    for _ in range(6):
        label = next((one for one in _ON if any(one in line.labels for line in said)), None)
        if label is None:
            break
        said = lan.taps(label)
    return next(word for line in said for word in line.text.split() if word.startswith("DH-"))


_ON = tuple(LABELS[name] for name in ("skip.where", "skip.files", "skip.contact", "agree"))


# Talking


def test_a_question_is_answered_and_what_follows_it_is_understood(house: House) -> None:
    with visiting(house.url) as lan:
        (answer,) = lan.says(HOURS)
        assert "Trẻ em được thả tàu giấy từ 6 giờ đến 18 giờ" in answer.text
        assert LABELS["more"] in answer.labels
        (more,) = lan.taps(LABELS["more"])
        assert "Người lớn được thả tàu giấy cả ngày" in more.text
        (other,) = lan.says("Còn người lớn?")
        assert "Người lớn" in other.text
        assert [line.text for line in lan.lines if line.is_own] == [HOURS, LABELS["more"], "Còn người lớn?"]


def test_whoever_looks_is_welcomed_and_nothing_is_kept_of_it(house: House) -> None:
    with visiting(house.url) as lan:
        (welcome,) = lan.lines
        assert welcome.labels[-3:] == [LABELS["menu.ask"], LABELS["menu.send"], LABELS["menu.track"]]
        assert lan.browser.cookies.get(COOKIE) is None
        assert not is_known(house, lan)


def test_the_first_tap_may_be_on_the_welcome_which_stays_in_the_thread(house: House) -> None:
    with visiting(house.url) as lan:
        (asked,) = lan.taps(LABELS["menu.send"])
        assert LABELS["cancel"] in asked.labels
        assert [line.is_own for line in lan.lines] == [False, True, False]
        assert lan.lines[1].text == LABELS["menu.send"]


def test_commands_that_are_named_can_be_tapped(house: House) -> None:
    with visiting(house.url) as lan:
        lan.says("/huongdan")
        assert lan.taps("/theodoi")[0].text == plain_of("track.ask")


def plain_of(name: str) -> str:
    return plain(SAID[name].replace("<code>", "").replace("</code>", ""))


def test_what_was_typed_is_shown_as_text_never_as_markup(house: House) -> None:
    with visiting(house.url) as lan:
        lan.says("<script>alert(1)</script> & <b>")
        assert lan.lines[1].text == "<script>alert(1)</script> & <b>"
        assert "<script>alert" not in lan.page


def test_an_emergency_reads_the_numbers_first(house: House) -> None:
    with visiting(house.url) as lan:
        assert "114" in lan.says("nhà hàng xóm cháy rồi")[0].text


def test_two_browsers_have_two_chats(house: House) -> None:
    with visiting(house.url) as lan, visiting(house.url) as hoa:
        lan.says(HOURS)
        hoa.says("Làm bẩn ao hồ bị phạt bao nhiêu?")
        lan.opens()
        assert [line.text for line in lan.lines if line.is_own] == [HOURS]


def test_english_is_spoken_to_whoever_prefers_it_and_can_be_changed_by_one_tap(house: House) -> None:
    english, words = talk_sentences("en"), chat_sentences("en")
    with visiting(house.url, "en") as lan:
        assert lan.lines[0].labels[-3:] == [words.labels["menu.ask"], words.labels["menu.send"], words.labels["menu.track"]]
        lan.says("/track")
        assert '<html lang="en">' in lan.page
        assert english.title in lan.page
        lan.posts({"tap": "lang:vi"})
        assert '<html lang="vi">' in lan.page
        assert page_sentences("vi").other_language in lan.page


# Sending and following


def test_a_report_with_a_photo_is_followed_to_its_answer_and_what_the_person_says_of_it(new_house: House) -> None:
    officers = Officers(new_house.service.feedback)
    with visiting(new_house.url) as lan:
        code = sends_a_report(lan, photo=photo_of_a_place())
        assert code in lan.taps(LABELS["track.button"])[0].text
        new_house.service.understand()
        (picture,) = officers.files_of(code)
        assert not tells_a_place(picture)
        officers.asks_back(code, NOTE)
        lan.hears(NOTE)
        lan.taps(LABELS["reply.button"])
        assert code in lan.says("Từ cầu Đông đến trường học")[-1].text
        assert officers.messages_of(code) == [NOTE, "Từ cầu Đông đến trường học"]
        officers.answers(code, "Đã vá ổ gà.")
        lan.hears("Đã vá ổ gà.")
        new_house.office.clock.move(timedelta(days=3))
        officers.asks_whether_it_helped()
        lan.hears(plain_of("outbox.survey").partition("<code>")[2].partition("</code>")[2] or "thế nào")
        assert lan.taps(LABELS["verdict.satisfied"])[0].text == plain_of("survey.kept")


def test_where_somebody_is_offers_the_communes_around(house: House) -> None:
    with visiting(house.url) as lan:
        lan.says("/gui")
        lan.says(HOLE)
        (near,) = lan.sends({"lat": "21.0205", "lon": "105.8010"})
        assert any("Hà Nội" in label for label in near.labels)
        assert "21.02" not in lan.page


def test_deleting_empties_the_thread_and_what_was_sent(house: House) -> None:
    with visiting(house.url) as lan:
        code = sends_a_report(lan)
        lan.says("/xoadulieu")
        (done,) = lan.taps(LABELS["erase.all"])
        assert done.text == TALK.erased["erased.all"]
        assert len(lan.lines) == 1
        lan.says(f"/theodoi {code}")
        assert HOLE not in lan.page
        assert rows(house, lan, chat_line) == 3


def test_leaving_a_device_forgets_whose_chat_it_is(house: House) -> None:
    with visiting(house.url) as lan:
        lan.says(HOURS)
        lan.browser.post("/chat/leave")
        lan.opens()
        assert lan.browser.cookies.get(COOKIE) is None
        assert len(lan.lines) == 1


# Once


def test_a_form_that_is_sent_twice_is_one(house: House) -> None:
    with visiting(house.url) as lan:
        form = {**lan.forms, "say": HOURS}
        for _ in range(3):
            lan.posts(form)
        assert [line.is_own for line in lan.lines] == [False, True, False]
        assert rows(house, lan, chat_event) == 1


def test_a_browser_that_sends_twice_before_it_has_a_cookie_has_one_chat(house: House) -> None:
    with visiting(house.url) as lan:
        form = {**lan.forms, "say": HOURS}
        with httpx.Client(base_url=house.url) as other:
            assert [other.post("/chat", data=form).status_code, lan.posts(form).status_code] == [303, 200]
        assert rows(house, lan, chat_event) == 1
        assert [line.is_own for line in lan.lines] == [False, True, False]


def test_agreeing_twice_sends_once(house: House) -> None:
    with visiting(house.url) as lan:
        lan.says("/gui")
        said = lan.says(HOLE)
        while not any(LABELS["agree"] in line.labels for line in said):
            said = lan.taps(next(one for one in _ON if any(one in line.labels for line in said)))
        agreed = {**lan.forms, "tap": next(value for line in said for _, value, label in line.buttons if label == LABELS["agree"])}
        lan.posts(agreed)
        lan.posts(agreed)
        (address,) = [address_of(lan.browser.cookies[COOKIE])]
    assert len(house.office.intake.codes_of("web", address)) == 1


def test_deleting_twice_says_so_once(house: House) -> None:
    with visiting(house.url) as lan:
        lan.says("/xoadulieu")
        erase = {**lan.forms, "tap": next(value for line in lan.told for _, value, label in line.buttons if label == LABELS["erase.talk"])}
        assert [lan.posts(erase).status_code, lan.posts(erase).status_code] == [200, 200]
        assert [line.text for line in lan.lines] == [TALK.erased["erased.talk"]]


# What is not taken


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Origin": "https://example.org"}])
@pytest.mark.parametrize("address", ["/chat", "/chat/say"])
def test_what_another_site_sends_is_not_taken(house: House, headers: dict[str, str], address: str) -> None:
    with visiting(house.url) as lan:
        refused = lan.browser.post(address, data={**lan.forms, "say": HOURS}, headers=headers)
        assert refused.status_code == 403
        assert TALK.foreign in refused.text
        assert lan.browser.post("/chat/leave", headers=headers).status_code == 403
        assert not is_known(house, lan)


def test_what_is_too_long_stays_in_the_box(house: House) -> None:
    with visiting(house.url) as lan:
        assert lan.posts({"say": "dài " * MOST_TYPED}).status_code == 422
        assert 'role="alert"' in lan.page
        assert "dài dài" in lan.page
        assert not is_known(house, lan)


@pytest.mark.parametrize("fields", [{"say": "  "}, {"lat": "nan", "lon": "105"}, {"lat": "91", "lon": "105"}])
def test_nothing_is_not_taken_for_something(house: House, fields: dict[str, str]) -> None:
    with visiting(house.url) as lan:
        assert lan.posts(fields).status_code == 422
        assert TALK.empty in lan.page


def test_what_cannot_be_tapped_is_refused(house: House) -> None:
    with visiting(house.url) as lan:
        assert lan.posts({"tap": "erased:all"}).status_code == 409
        lan.says(HOURS)
        assert lan.posts({"tap": "agree:1"}).status_code == 409
        assert TALK.too_old in lan.page


def test_a_form_of_nobody_is_not_taken(house: House) -> None:
    with visiting(house.url) as lan:
        assert lan.posts({"say": HOURS, "chat": "", "token": "x"}).status_code == 422


def test_a_file_that_is_none_of_those_taken_is_refused_in_the_thread(house: House) -> None:
    with visiting(house.url) as lan:
        lan.says("/gui")
        assert lan.attaches(b"MZ\x90\x00" + bytes(2_000))[0].text == plain_of("file.kind")


def test_a_file_of_some_megabytes_is_taken_and_a_huge_one_refused(house: House) -> None:
    with visiting(house.url) as lan:
        lan.says("/gui")
        assert LABELS["cancel"] in lan.attaches(b"%PDF-1.4" + bytes(3_000_000))[0].labels
        refused = lan.posts({"say": HOLE}, {"file": ("to.pdf", b"%PDF-" + bytes(MOST_SENT_BYTES), "application/pdf")})
        assert refused.status_code == 413
        assert TALK.too_big in refused.text


def test_who_sends_too_fast_is_told_and_keeps_the_words(house: House, tables: Tables) -> None:
    with serving_chats(house.service, tables, per_minute=3) as url, visiting(url) as lan:
        assert lan.posts({"say": "/huongdan"}).status_code == 200
        assert lan.posts({"say": HOURS}).status_code == 429
        assert f"{HOURS}</textarea>" in lan.page


# Who may read it


def test_the_secret_is_kept_by_the_browser_alone(house: House) -> None:
    with visiting(house.url) as lan:
        answered = lan.browser.post("/chat", data={**lan.forms, "say": "/gui"}, follow_redirects=False)
        cookie = answered.headers["set-cookie"].lower()
        assert all(one in cookie for one in ("httponly", "samesite=strict", "path=/chat"))
        secret = lan.browser.cookies[COOKIE]
        lan.says("Hàng rào trường học đổ")
    with reading(house.office.engine) as connection:
        state = Chats(house.office.vault).find(connection, "web", address_of(secret))
        assert state
        assert state.address == address_of(secret) != secret
        assert secret not in str(connection.execute(select(chat)).all())
    folder = Path(str(house.office.engine.url.database)).parent
    files = [path.read_bytes() for path in folder.glob("dienhong.sqlite*")]
    assert files
    assert not any(written.encode() in content for content in files for written in (secret, "Hàng rào trường học đổ"))


def test_the_pages_are_not_kept_and_load_nothing_from_elsewhere(house: House) -> None:
    with visiting(house.url) as lan:
        page = lan.opens()
        assert page.headers["cache-control"] == "no-store"
        assert "default-src 'self'" in page.headers["content-security-policy"]
        assert "geolocation=(self)" in page.headers["permissions-policy"]
        assert "http" not in page.text.replace(house.url, "")


def test_nothing_that_was_typed_goes_to_a_log(house: House, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG), visiting(house.url) as lan:
        code = sends_a_report(lan, f"{HOLE}, gọi tôi 0912345678", photo=photo_of_a_place())
        secret = lan.browser.cookies[COOKIE]
        lan.opens()
    written = "\n".join(f"{record.getMessage()} {vars(record)}" for record in caplog.records if not record.name.startswith("http"))
    assert "request" in written
    assert [one for one in (HOLE, "0912345678", code, secret, address_of(secret)) if one in written] == []


# What the script asks for


def test_the_script_is_given_what_changed_and_no_more(house: House) -> None:
    with visiting(house.url) as lan:
        form = {**lan.forms, "say": HOURS, "after": "0"}
        first = lan.browser.post("/chat/say", data=form)
        assert [line.is_own for line in lines_of(first.text)] == [False, True, False]
        assert 'data-revision="3"' in first.text
        assert lines_of(lan.browser.get("/chat/lines?after=3").text) == []
        second = lan.browser.post("/chat/say", data={**form, "token": fresh_token(), "say": "/huongdan", "after": "3"})
        assert [line.is_own for line in lines_of(second.text)] == [True, False]


def test_the_page_of_questions_leads_here_where_there_is_a_chat(house: House) -> None:
    with httpx.Client(base_url=house.url) as browser:
        assert 'href="/chat?lang=vi"' in browser.get("/").text


def test_what_runs_beside_an_application_runs_together_and_ends_in_reverse() -> None:
    told: list[str] = []

    def one(name: str) -> Beside:
        @asynccontextmanager
        async def beside(_app: FastAPI) -> AsyncIterator[None]:
            told.append(f"{name} begins")
            yield
            told.append(f"{name} ends")

        return beside

    with TestClient(create_app(None, beside=together(one("bot"), one("chat")))) as client:
        assert told == ["bot begins", "chat begins"]
        # Without the chat its page is not there, and nothing leads to it.
        assert client.get("/chat").status_code == 404
    assert told[2:] == ["chat ends", "bot ends"]
