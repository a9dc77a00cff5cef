"""Files that lie with Telegram (https://core.telegram.org/bots/api#getfile)."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from telegram.error import BadRequest, TelegramError

from assistant.chats.checking_files import MOST_BYTES
from assistant.chats.errors import FileNotHad
from assistant.chats.types import FileAtChannel
from bots.telegram.access import Access

# Less than the lease of the event that the file came with.
_LONGEST_S = 45.0


@dataclass(frozen=True, slots=True)
class TelegramFiles:
    """Gets files in any thread, each over a connection of its own: they are few, and depend on no loop that way."""

    access: Access

    def fetch(self, file: FileAtChannel) -> bytes:
        """Its content. Raises `FileNotHad`."""
        return asyncio.run(self._fetched(file))

    async def _fetched(self, file: FileAtChannel) -> bytes:
        try:
            async with asyncio.timeout(_LONGEST_S), self.access.request() as request:
                lying = await self.access.bot(request).get_file(file.id)
                if (lying.file_size or 0) > MOST_BYTES:
                    raise FileNotHad(is_final=True)
                return bytes(await lying.download_as_bytearray())
        except BadRequest as error:
            raise FileNotHad(is_final="too big" in error.message.lower()) from None
        except (TelegramError, TimeoutError):
            # Without the error itself: it may hold the address of the file, and with it the token.
            raise FileNotHad(is_final=False) from None
