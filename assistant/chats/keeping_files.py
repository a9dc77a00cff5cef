"""Files that come by chat: looked at, cleaned of what tells where a picture was taken, kept sealed until the draft is sent."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Engine, delete, func, insert, select

from assistant.chats.checking_files import MOST_BYTES, VirusScan, checked
from assistant.chats.errors import FileRefused
from assistant.chats.seal_places import file_place
from assistant.chats.tables import chat_file
from assistant.chats.types import FileAtChannel, Files
from assistant.database import reading, wait_for, writing
from assistant.feedback.vault import Vault


@dataclass(frozen=True, slots=True)
class FileKeeper:
    """The files of drafts; `scan` is None where no scanner is configured."""

    engine: Engine
    vault: Vault
    clock: Callable[[], datetime]
    files: Files
    scan: VirusScan | None = None

    def take(self, chat: int, key: str, file: FileAtChannel, beside: Sequence[str] = ()) -> str:
        """Gets a file from the channel and keeps it; its key, which taken twice is one.

        `beside`: keys of the files that it is to be sent with. Raises `FileRefused` and `FileNotHad`.
        """
        if (file.size or 0) > MOST_BYTES:
            raise FileRefused("too_big")
        with reading(self.engine) as connection:
            if connection.execute(select(chat_file.c.number).where(chat_file.c.key == key)).first():
                return key
        room = MOST_BYTES - self._size(beside)
        _check_room(file.size or 0, room)
        kind, content = checked(self.files.fetch(file), self.scan)
        _check_room(len(content), room)
        with writing(self.engine) as connection:
            wait_for(connection, f"chat file {key}")
            if connection.execute(select(chat_file.c.number).where(chat_file.c.key == key)).first() is None:
                values = {"chat": chat, "key": key, "kind": kind, "size": len(content), "kept_at": self.clock()}
                connection.execute(insert(chat_file).values(**values, content=self.vault.seal_bytes(content, file_place(key))))
        return key

    def read(self, keys: Sequence[str]) -> list[tuple[str, bytes]]:
        """Media type and content of the files that are still kept, in this order."""
        with reading(self.engine) as connection:
            rows = {row.key: row for row in connection.execute(select(chat_file).where(chat_file.c.key.in_(keys)))}
        found = (rows[key] for key in keys if key in rows)
        return [(row.kind, self.vault.open_bytes(row.content, file_place(row.key))) for row in found]

    def content(self, key: str) -> bytes:
        """The content of one file that was just taken."""
        return self.read((key,))[0][1]

    def clear(self, connection: Connection, chat: int, kept: Sequence[str]) -> None:
        """Removes the files of a chat except these, within the transaction of what makes them needless."""
        connection.execute(delete(chat_file).where((chat_file.c.chat == chat) & chat_file.c.key.not_in(kept)))

    def _size(self, keys: Sequence[str]) -> int:
        with reading(self.engine) as connection:
            return int(
                connection.execute(select(func.coalesce(func.sum(chat_file.c.size), 0)).where(chat_file.c.key.in_(keys))).scalar_one()
            )


def _check_room(size: int, room: int) -> None:
    if size > room:
        raise FileRefused("too_much")
