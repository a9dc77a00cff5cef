"""One citizen's chat through the whole program: question, report with a photo, code, note from the office; then the bot is blocked."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from assistant.app import Assistant
from assistant.chat_parts import open_chats
from assistant.dialogue.answer_feedback import AnswerFeedback
from assistant.dialogue.conversations import Conversations
from assistant.responder import Responder
from bots.chat.wording import chat_sentences
from bots.telegram.files import TelegramFiles
from bots.telegram.words import TelegramWords
from tests.assistant.chats.chatting import WordRouter
from tests.assistant.feedback.office import HUNG, Office, open_office
from tests.assistant.toy_law import toy_answerer, toy_store
from tests.bots.telegram.chats_at_hand import access_to, bot_running, until
from tests.telegram.emulator import Emulator, Person

LABELS = chat_sentences("vi").labels
QUESTION = "Đoạn hỏng ở khoảng nào ạ?"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with open_office(f"sqlite:///{tmp_path / 'dienhong.sqlite'}") as opened:
        yield opened


def photo() -> bytes:
    written = BytesIO()
    Image.new("RGB", (8, 8), "gray").save(written, "JPEG")
    return written.getvalue()


def test_a_citizen_asks_reports_and_hears_of_it(office: Office, tmp_path: Path) -> None:
    (tmp_path / "law").mkdir()
    with Emulator() as telegram, toy_store(tmp_path / "law") as store:
        access = access_to(telegram)
        assistant = Assistant(Responder(toy_answerer(store), WordRouter()), Conversations(office.engine, office.clock), office.clock)
        told = AnswerFeedback(office.engine, office.clock)
        files = TelegramFiles(access)
        chats = open_chats(assistant, told, office.desk, channel="telegram", words=TelegramWords(), files=files, worker="worker-1")
        letters = partial(office.outbox().deliver_due, {"telegram": chats.letterbox})
        lan = telegram.person("Lan")
        with bot_running(access, chats.desk, letters):
            asks(lan)
            reports(lan)
            hears_of_it(lan, office)
            lan.blocks_bot()
            until(lambda: chats.desk.inbox.counts().get("waiting", 0) == 0)
    assert set(chats.desk.mailbox.counts()) == {"delivered"}


def asks(lan: Person) -> None:
    lan.starts()
    assert "Hỏi thủ tục, pháp luật" in lan.wait_for(1)[-1].labels
    lan.says("Trẻ em thả tàu giấy từ mấy giờ?")
    assert "Điều 5 Bộ luật Tàu giấy" in lan.wait_for(1)[0].text


def reports(lan: Person) -> None:
    lan.says("/gui")
    lan.wait_for(1)
    lan.sends_photo(photo(), "Đường liên thôn hỏng từ lâu")
    for step in ("skip.where", "skip.contact", "agree"):
        lan.wait_for(lambda said, label=LABELS[step]: label in said.labels)  # type: ignore[misc]
        lan.taps(LABELS[step])


def hears_of_it(lan: Person, office: Office) -> None:
    lan.wait_for(1)
    (code,) = office.intake.codes_of("telegram", str(lan.chat_id))
    assert code in lan.replies[-1].text
    office.understander.understand_waiting()
    office.desk.messages.tell(1, office.recommendations.show(1, HUNG).matter.version, QUESTION, HUNG)
    lan.wait_for(lambda said: QUESTION in said.text)
