"""What citizens wrote, unreadable at rest: AES-256-GCM with keys from the settings or a key file.

A sealed value tells the key it was sealed with, so that keys can be exchanged one record at a time, and is bound to its place: moved to
another record or column, it can't be opened.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from assistant.feedback.errors import KeysUnusable, SealBroken

_KEY_BYTES = 32
_NONCE_BYTES = 12
_NAME_BYTES = 4
_LOOKUP = "lookup"


@dataclass(frozen=True, slots=True)
class Keys:
    """Keys of 32 bytes: the first seals, all of them open. `lookup` stays for good: what is found again by a hash depends on it."""

    sealing: tuple[bytes, ...]
    lookup: bytes

    def with_new(self) -> Keys:
        """The same with a fresh key that seals from then on."""
        return Keys((secrets.token_bytes(_KEY_BYTES), *self.sealing), self.lookup)

    def newest(self) -> Keys:
        """The same without the keys that no longer seal."""
        return Keys(self.sealing[:1], self.lookup)


class Vault:
    """Seals and opens texts, and hashes what has to be found again without being kept."""

    def __init__(self, keys: Keys) -> None:
        self._ciphers = {_name(key): AESGCM(key) for key in keys.sealing}
        self._newest = _name(keys.sealing[0])
        self._lookup = keys.lookup

    def seal(self, text: str, place: str) -> bytes:
        """`text` sealed for `place`, e.g. "submission.text:17"."""
        return self.seal_bytes(text.encode("utf-8", "replace"), place)

    def open(self, sealed: bytes, place: str) -> str:
        """The text sealed for `place`. Raises `SealBroken`."""
        return self.open_bytes(sealed, place).decode()

    def seal_bytes(self, content: bytes, place: str) -> bytes:
        """`content` sealed for `place`: the key's name, a nonce, the ciphertext."""
        nonce = secrets.token_bytes(_NONCE_BYTES)
        return self._newest + nonce + self._ciphers[self._newest].encrypt(nonce, content, place.encode())

    def open_bytes(self, sealed: bytes, place: str) -> bytes:
        """The bytes sealed for `place`. Raises `SealBroken` where the key is gone, or the value was changed or moved."""
        name, nonce, ciphertext = (
            sealed[:_NAME_BYTES],
            sealed[_NAME_BYTES : _NAME_BYTES + _NONCE_BYTES],
            sealed[_NAME_BYTES + _NONCE_BYTES :],
        )
        cipher = self._ciphers.get(name)
        if cipher is None:
            raise SealBroken(place, "the key it was sealed with is not among the keys")
        try:
            return cipher.decrypt(nonce, ciphertext, place.encode())
        except InvalidTag as error:
            raise SealBroken(place, "it was changed or moved") from error

    def is_newest(self, sealed: bytes) -> bool:
        """Whether it was sealed with the key that seals today."""
        return sealed[:_NAME_BYTES] == self._newest

    def hashed(self, purpose: str, value: str) -> str:
        """A keyed hash of 64 hexadecimal digits: the same value gives the same, and nobody without the keys can try values out."""
        return hmac.new(self._lookup, f"{purpose}\x00{value}".encode("utf-8", "replace"), hashlib.sha256).hexdigest()


def fresh_keys() -> Keys:
    """Keys never used before."""
    return Keys((secrets.token_bytes(_KEY_BYTES),), secrets.token_bytes(_KEY_BYTES))


def read_keys(written: str, source: str) -> Keys:
    """Keys as `write_keys` writes them. Raises `KeysUnusable`, which names `source` and never a key."""
    lines = [line.strip() for line in written.replace(",", "\n").splitlines() if line.strip() and not line.startswith("#")]
    sealing = [line for line in lines if not line.startswith(f"{_LOOKUP}:")]
    lookup = [line.removeprefix(f"{_LOOKUP}:") for line in lines if line.startswith(f"{_LOOKUP}:")]
    if not sealing or len(lookup) != 1:
        raise KeysUnusable(source, f'it needs at least one key and exactly one line "{_LOOKUP}:…"')
    return Keys(_decoded(sealing, source), _decoded(lookup, source)[0])


def write_keys(keys: Keys) -> str:
    """One key a line in base64, the one that seals first; then the key for lookups."""
    lines = [*map(_encoded, keys.sealing), f"{_LOOKUP}:{_encoded(keys.lookup)}"]
    return "\n".join(lines) + "\n"


class KeyFile:
    """Keys in a file that only its owner may read."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def load_or_make(self) -> Keys:
        """The keys of the file; where there is none, fresh ones that are on disk before anything is sealed with them.

        Any number of processes may call at once. Raises `KeysUnusable`.
        """
        self.path.parent.mkdir(parents=True, exist_ok=True)
        if not self.path.exists():
            mine = self._written_beside(fresh_keys())
            try:
                # A link is never made over a file that is there: the first of several processes wins.
                os.link(mine, self.path)
            except FileExistsError:
                pass
            finally:
                mine.unlink()
            self._sync_folder()
        try:
            return read_keys(self.path.read_text(encoding="ascii"), str(self.path))
        except (OSError, UnicodeDecodeError) as error:
            raise KeysUnusable(str(self.path), "it cannot be read") from error

    def save(self, keys: Keys) -> None:
        """Replaces the file's keys at once; it never holds a part of them."""
        self._written_beside(keys).replace(self.path)
        self._sync_folder()

    def _written_beside(self, keys: Keys) -> Path:
        beside = self.path.with_name(f"{self.path.name}.{os.getpid()}-{secrets.token_hex(4)}")
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(write_keys(keys))
            file.flush()
            os.fsync(file.fileno())
        return beside

    def _sync_folder(self) -> None:
        descriptor = os.open(self.path.parent, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _name(key: bytes) -> bytes:
    return hashlib.sha256(b"name of a key" + key).digest()[:_NAME_BYTES]


def _encoded(key: bytes) -> str:
    return base64.b64encode(key).decode()


def _decoded(lines: Sequence[str], source: str) -> tuple[bytes, ...]:
    try:
        keys = tuple(base64.b64decode(line, validate=True) for line in lines)
    except ValueError as error:
        raise KeysUnusable(source, "a key is not written in base64") from error
    if any(len(key) != _KEY_BYTES for key in keys):
        raise KeysUnusable(source, f"a key must have {_KEY_BYTES} bytes")
    return keys
