"""An emulator of the Telegram Bot API: a real HTTP server for the unmodified client library, and people to talk to the bot.

with Emulator() as telegram:
    lan = telegram.person("Lan")
    lan.starts()
    lan.wait_for(1)
    lan.taps("Hỏi thủ tục, pháp luật")
"""

from tests.telegram.emulator.clock import SetClock
from tests.telegram.emulator.emulator import TOKEN, Emulator
from tests.telegram.emulator.faults import LostAfter, LostBefore, ServerError, Slow, TooMany
from tests.telegram.emulator.group import Group
from tests.telegram.emulator.person import Person
from tests.telegram.emulator.seen import Seen
from tests.telegram.emulator.server import DOWNLOAD
from tests.telegram.emulator.webhook import Posting
from tests.telegram.emulator.world import Call

__all__ = [
    "DOWNLOAD",
    "TOKEN",
    "Call",
    "Emulator",
    "Group",
    "LostAfter",
    "LostBefore",
    "Person",
    "Posting",
    "Seen",
    "ServerError",
    "SetClock",
    "Slow",
    "TooMany",
]
