"""Asking clamd whether a file is clean (clamd(8), command INSTREAM)."""

from __future__ import annotations

import socket
from dataclasses import dataclass

from assistant.chats.errors import FileNotHad

_CHUNK = 1 << 16
_TIMEOUT_S = 30.0


@dataclass(frozen=True, slots=True)
class Clamd:
    """A scanner at `address`: "host:port", or the path of its socket."""

    address: str

    def is_clean(self, content: bytes) -> bool:
        """Whether nothing was found. Raises `FileNotHad` where the scanner does not answer: unseen files are not taken."""
        try:
            with self._connected() as connection:
                connection.sendall(b"zINSTREAM\0")
                for start in range(0, len(content), _CHUNK):
                    part = content[start : start + _CHUNK]
                    connection.sendall(len(part).to_bytes(4, "big") + part)
                connection.sendall((0).to_bytes(4, "big"))
                said = connection.makefile("rb").read()
        except OSError as error:
            raise FileNotHad(is_final=False) from error
        if said.rstrip(b"\0\n").endswith(b"OK"):
            return True
        if b"FOUND" in said:
            return False
        raise FileNotHad(is_final=False)

    def _connected(self) -> socket.socket:
        host, colon, port = self.address.rpartition(":")
        if colon and port.isdigit():
            return socket.create_connection((host, int(port)), timeout=_TIMEOUT_S)
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        connection.settimeout(_TIMEOUT_S)
        connection.connect(self.address)
        return connection
