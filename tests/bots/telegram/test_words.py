"""What the bot says, as messages that Telegram takes."""

from __future__ import annotations

import pytest

from assistant.chats.types import Choice, Message, Said
from bots.chat.cutting import LONGEST_TEXT
from bots.chat.saying import Office
from bots.chat.wording import chat_sentences, placeholders
from bots.telegram.words import LONGEST_LABEL, TelegramWords
from tests.bots.said_in_chats import Spoken, choices_offered, sentences_said
from tests.telegram.emulator.html_mode import read_html
from tests.telegram.emulator.rich_text import RichText, part, units

WORDS = TelegramWords()
SAID, OFFERED = sentences_said(), choices_offered()
LANGUAGES = pytest.mark.parametrize("language", ["vi", "en"])
# What somebody might write to break the markup.
HOSTILE = "a < b & <b>c</i> &lt; \"d\" 'e' {f} </blockquote>"
ALLOWED = {"bold", "italic", "code", "text_link", "blockquote"}


def read(message: Message) -> RichText:
    """A message as Telegram reads it, which must be within its limits."""
    rich = read_html(message.text)
    assert 0 < units(rich.text) <= LONGEST_TEXT
    assert {entity.kind for entity in rich.entities} <= ALLOWED
    for row in message.buttons:
        assert row
        assert all(0 < len(label) <= LONGEST_LABEL and 0 < len(action.encode()) <= 64 for label, action in row)
    return rich


def only(said: Said, language: str = "vi") -> Message:
    messages = WORDS.messages(said, language)
    assert len(messages) == 1
    return messages[0]


@LANGUAGES
@pytest.mark.parametrize("said", [one for one in SAID if not one.has_parts], ids=lambda said: said.name)
def test_what_people_wrote_is_shown_as_they_wrote_it(said: Spoken, language: str) -> None:
    facts = dict.fromkeys(said.facts, HOSTILE)
    shown = "\n".join(read(message).text for message in WORDS.messages(Said(said.name, facts), language))
    filled = [name for name in placeholders(chat_sentences(language).sentences[said.name]) if name in said.facts]
    assert shown.count(HOSTILE) == len(filled)


@LANGUAGES
@pytest.mark.parametrize("said", [one for one in SAID if not one.has_parts], ids=lambda said: said.name)
def test_facts_that_are_empty_leave_nothing_behind(said: Spoken, language: str) -> None:
    for message in WORDS.messages(Said(said.name, dict.fromkeys(said.facts, "")), language):
        text = read(message).text
        assert "{" not in text
        assert "\n\n\n" not in text


@LANGUAGES
@pytest.mark.parametrize("offered", OFFERED, ids=lambda offered: offered.name)
def test_every_button_is_one_that_telegram_takes(offered: Spoken, language: str) -> None:
    choice = Choice(offered.longest_action, offered.name, dict.fromkeys(offered.facts, "Tờ khai " * 20))
    read(only(Said("ask", choices=((choice,),)), language))


def test_what_a_label_has_no_room_for_stands_in_the_text() -> None:
    title = "Sửa chữa đường liên thôn đoạn từ nhà văn hóa đến cầu, thôn Đông"
    choices = ((Choice("support:1", "support", {"title": title}),), (Choice("support:2", "support", {"title": "Sửa đèn"}),))
    message = only(Said("send.like", choices=choices))
    labels = ["Tôi cũng vậy: Sửa chữa đường liên thôn đoạn từ nhà văn hóa…", "Tôi cũng vậy: Sửa đèn"]
    assert [label for ((label, _),) in message.buttons] == labels
    assert read(message).text.endswith(f"– Tôi cũng vậy: {title}")
    assert "Sửa đèn" not in message.text


def test_buttons_without_room_side_by_side_stand_below_each_other() -> None:
    narrow = (Choice("lang:vi", "language.vi"), Choice("lang:en", "language.en"))
    wide = (Choice("more:1", "more"), Choice("papers:1", "papers.button"), Choice("where:1", "where.button"))
    rows = only(Said("ask", choices=(narrow, wide))).buttons
    assert [[action for _, action in row] for row in rows] == [["lang:vi", "lang:en"], ["more:1"], ["papers:1"], ["where:1"]]


def test_a_long_text_is_cut_and_the_buttons_stand_below_the_last_message() -> None:
    text = "Đèn đường hỏng & tối. " * 600
    facts = {"text": text, "redacted": "", "where": "", "files": "", "contact": ""}
    messages = WORDS.messages(Said("send.check", facts, ((Choice("change", "change"),),), replaces="7", asks_point=True), "vi")
    assert len(messages) > 2
    shown = [read(message) for message in messages]
    assert " ".join(" ".join(rich.text.split()) for rich in shown).count("Đèn đường hỏng & tối.") == 600
    assert [bool(message.buttons) for message in messages] == [False] * (len(messages) - 1) + [True]
    assert [message.replaces for message in messages] == ["7"] + [""] * (len(messages) - 1)
    assert [bool(message.asks_point) for message in messages] == [False] * (len(messages) - 1) + [True]
    # The quotation goes on in each message.
    assert all(any(entity.kind == "blockquote" for entity in rich.entities) for rich in shown)


@LANGUAGES
def test_the_tracking_code_can_be_copied(language: str) -> None:
    rich = read(only(Said("sent", {"code": "DH-7K3QF-9D2MX-4", "by": "25/11/2026"}), language))
    (code,) = [entity for entity in rich.entities if entity.kind == "code"]
    assert part(rich.text, code.offset, code.length) == "DH-7K3QF-9D2MX-4"


@pytest.mark.parametrize(
    ("office", "expected"), [("", "Ủy ban Mặt trận Tổ quốc Việt Nam"), ("MTTQ xã A & xã B", "MTTQ xã A & xã B")], ids=["unnamed", "named"]
)
def test_the_first_words_name_whom_the_bot_serves(office: str, expected: str) -> None:
    (message,) = TelegramWords(Office(office)).messages(Said("start"), "vi")
    assert f"phục vụ {expected}." in read(message).text


@LANGUAGES
def test_how_the_office_is_reached_is_said_as_far_as_it_is_known(language: str) -> None:
    reached = {"telephone": "024 3825 0000", "address": "46 Tràng Thi, Hà Nội", "hours": "8:00–17:00, thứ Hai – thứ Sáu & lễ"}
    (unknown,) = TelegramWords().messages(Said("person"), language)
    (known,) = TelegramWords(Office(**reached)).messages(Said("person"), language)
    text = read(known).text
    assert [fact for fact in reached.values() if fact not in text] == []
    (telephone,) = TelegramWords(Office(telephone=reached["telephone"])).messages(Said("person"), language)
    assert len(read(unknown).text) < len(read(telephone).text) < len(text)
    assert ": \n" not in read(telephone).text


def test_parts_are_said_as_they_are_in_order_in_one_message_where_they_fit() -> None:
    message = only(Said("answer", parts=("<b>một</b>", "hai &amp; ba")))
    assert message.text == "<b>một</b>\n\nhai &amp; ba"


def test_a_part_that_fills_a_message_is_followed_by_the_next_in_another() -> None:
    messages = WORDS.messages(Said("answer.more", parts=("a " * 2_000, "b " * 2_000)), "vi")
    assert [set(read(message).text.split()) for message in messages] == [{"a"}, {"b"}]


def test_the_offer_to_share_a_place_has_words() -> None:
    assert only(Said("send.where", asks_point=True)).asks_point == chat_sentences("vi").labels["point"]
    assert only(Said("send.what")).asks_point == ""


def test_an_action_that_no_button_carries_is_an_error() -> None:
    with pytest.raises(ValueError, match="65 bytes"):
        WORDS.messages(Said("ask", choices=((Choice("x" * 65, "cancel"),),)), "vi")
