"""The same conversation by Telegram and in the pages: one dialogue, the same sentences and buttons."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from assistant.app import Assistant
from assistant.chat_parts import Tables, open_chats
from assistant.dialogue.answer_feedback import AnswerFeedback
from assistant.dialogue.conversations import Conversations
from assistant.responder import Responder
from bots.chat.wording import chat_sentences
from bots.telegram.files import TelegramFiles
from bots.telegram.words import LONGEST_LABEL, TelegramWords
from tests.assistant.chats.photos import photo_of_a_place
from tests.assistant.feedback.office import open_office
from tests.assistant.toy_law import toy_answerer, toy_store
from tests.bots.telegram.chats_at_hand import access_to, bot_running, until
from tests.bots.web.conftest import RouterByWords
from tests.bots.web.talking import House, visiting
from tests.telegram.emulator import Emulator

LABELS = chat_sentences("vi").labels
_CODE = re.compile(r"DH-[0-9A-Z]{5}-[0-9A-Z]{5}-[0-9A-Z]")
# One after the other: what is typed, or the label of what is tapped; then what there is no word for.
SCRIPT: Sequence[tuple[str, str]] = (
    ("says", "/start"),
    ("taps", "menu.ask"),
    ("says", "Trẻ em thả tàu giấy từ mấy giờ?"),
    ("taps", "more"),
    ("taps", "wrong.button"),
    ("taps", "wrong.unclear"),
    ("taps", "skip"),
    ("says", "/diachi phường Ba Đình, Hà Nội"),
    ("says", "/gui"),
    ("sends photo", "Đèn đường ngõ 12 hỏng"),
    ("taps", "cancel"),
    ("says", "/gui"),
    ("says", "Đèn đường ngõ 12 hỏng cả tháng nay"),
    ("points", ""),
    ("taps", "cancel"),
    ("says", "nhà hàng xóm cháy rồi"),
    ("says", "Tôi muốn tố cáo cán bộ nhận tiền"),
    ("says", "/theodoi"),
    ("says", "DH-22222-22222-2"),
    ("says", "/huongdan"),
    ("says", "/nguoithat"),
    ("says", "/lenhla"),
    ("says", "/xoadulieu"),
)


@dataclass(frozen=True)
class Told:
    """What was said to one act: texts without blanks, and labels that no channel shortens."""

    texts: tuple[str, ...]
    labels: tuple[str, ...]


def told(texts: Sequence[str], labels: Sequence[str]) -> Told:
    said = tuple(_CODE.sub("DH", "".join(text.split())) for text in texts)
    return Told(said, tuple(label for label in labels if len(label) <= LONGEST_LABEL and not label.startswith("/")))


def test_telegram_and_the_pages_say_the_same(house: House, tmp_path: Path, tables: Tables) -> None:
    with visiting(house.url) as lan, telegram_chat(tmp_path, tables) as other:
        for act, words in SCRIPT:
            fields = {"lat": "21.0205", "lon": "105.8010"}
            match act:
                case "says":
                    heard = lan.says(words)
                case "taps":
                    heard = lan.taps(LABELS[words])
                case "sends photo":
                    heard = lan.attaches(photo_of_a_place(), words)
                case _:
                    heard = lan.sends(fields)
            here = told([line.text for line in heard], [label for line in heard for label in line.labels])
            assert other(act, words) == here, (act, words)


@contextmanager
def telegram_chat(folder: Path, tables: Tables) -> Iterator[Callable[[str, str], Told]]:
    """A chat by Telegram: what is said there to an act."""
    (folder / "law").mkdir()
    office_of_its_own = open_office(f"sqlite:///{folder / 'telegram.sqlite'}")
    with Emulator() as telegram, toy_store(folder / "law") as store, office_of_its_own as office:
        access = access_to(telegram)
        assistant = Assistant(Responder(toy_answerer(store), RouterByWords()), Conversations(office.engine, office.clock), office.clock)
        chats = open_chats(
            assistant,
            AnswerFeedback(office.engine, office.clock),
            office.desk,
            channel="telegram",
            words=TelegramWords(),
            files=TelegramFiles(access),
            worker="worker-1",
            tables=tables,
        )
        lan = telegram.person("Lan")

        def is_settled() -> bool:
            return not any(counts.get("waiting") for counts in (chats.desk.inbox.counts(), chats.desk.mailbox.counts()))

        def act(what: str, words: str) -> Told:
            match what:
                case "says":
                    lan.says(words)
                case "taps":
                    lan.taps(LABELS[words])
                case "sends photo":
                    lan.sends_photo(photo_of_a_place(), words)
                case _:
                    lan.sends_location(21.0205, 105.8010)
            lan.wait_for(1)
            until(is_settled)
            # The keyboard that shares a place needs a message of its own there.
            replies = [one for one in lan.replies if one.text != LABELS["point"]]
            return told([one.text for one in replies], [label for one in replies for label in one.labels])

        with bot_running(access, chats.desk):
            yield act
