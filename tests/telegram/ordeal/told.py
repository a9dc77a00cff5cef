"""What people were shown, as the emulator saw it: codes, and which messages Telegram confirmed to the bot."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from bots.chat.wording import chat_sentences
from tests.telegram.emulator import Call, Emulator, Seen
from tests.telegram.emulator.seen import Happening
from tests.telegram.ordeal.citizen import CODE
from tests.telegram.ordeal.phrases import Phrases

# Sent beside a message and by its sender only once; it is no message of the mailbox.
_OFFERS = {chat_sentences(language).labels["point"] for language in ("vi", "en")}
# How a code looks, where somebody is asked for one.


@cache
def _of_nobody() -> frozenset[str]:
    """Codes that the bot shows though it gave them to nobody: its own example, and those that people type, which it repeats."""
    said = [chat_sentences(language).sentences["track.ask"] for language in ("vi", "en")]
    return frozenset(code for text in (*said, *Phrases.load().messages) for code in CODE.findall(text))


@dataclass(frozen=True, slots=True)
class Sending:
    """A message of the bot that stands in a chat since `at`, and the call that brought it there."""

    seen: Seen
    call: Call
    at: datetime

    @property
    def is_confirmed(self) -> bool:
        """Whether the bot was told so."""
        return self.call.status == 200

    @property
    def is_offer(self) -> bool:
        """Whether it only offers to share a place."""
        return self.call.arguments.get("text", "") in _OFFERS


def sendings(telegram: Emulator) -> dict[int, list[Sending]]:
    """By chat, in the order in which they came."""
    # To one chat the bot sends one after the other, so the calls stand in the order of the messages.
    calls, messages = _by_chat(telegram)
    chats = telegram._world.chats
    return {
        chat: [Sending(one, call, chats[chat].messages[one.message_id].date) for one, call in zip(said, calls[chat], strict=True)]
        for chat, said in messages.items()
    }


def codes_shown(sent: Mapping[int, Sequence[Sending]]) -> dict[str, int]:
    """The codes that people were shown, each with the chat."""
    return {code: chat for chat, ones in sent.items() for one in ones for code in CODE.findall(one.seen.text) if code not in _of_nobody()}


def refused(telegram: Emulator) -> list[str]:
    """The messages that Telegram's rules did not allow, as the bot wrote them."""
    return [call.arguments.get("text", "") for call in telegram.calls_of("sendMessage") if call.status == 400]


def most_in_a_second(telegram: Emulator) -> int:
    """How many messages went out within one second at most."""
    times = [call.at_s for call in telegram.calls_of("sendMessage")]
    begins, most = 0, 0
    for place, at in enumerate(times):
        while at - times[begins] > 1.0:
            begins += 1
        most = max(most, place - begins + 1)
    return most


def _by_chat(telegram: Emulator) -> tuple[dict[int, list[Call]], dict[int, list[Seen]]]:
    calls: dict[int, list[Call]] = defaultdict(list)
    messages: dict[int, list[Seen]] = defaultdict(list)
    for call in telegram.calls_of("sendMessage"):
        if call.is_done and call.chat_id is not None:
            calls[call.chat_id].append(call)
    world = telegram._world
    with world.changed:
        for event in world.events:
            if event.kind is Happening.SAID and event.message and event.message.is_from_bot:
                messages[event.chat_id].append(event.message)
    return calls, messages
