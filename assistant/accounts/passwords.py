"""Passwords: Argon2id with the parameters of RFC 9106 for little memory, which are the library's own."""

from __future__ import annotations

from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from assistant.accounts.errors import PasswordWeak

# NIST SP 800-63B-4, 3.1.1.2: fifteen where a password stands alone, eight beside a second factor; no rules on kinds of characters.
FEWEST = 12
_MOST = 1_000


def hashed(password: str, name: str) -> str:
    """What is kept of it. Raises `PasswordWeak`."""
    if not FEWEST <= len(password) <= _MOST or not password.lower().replace(name, "").strip():
        raise PasswordWeak(FEWEST)
    return _hasher().hash(password)


def fits(kept: str | None, password: str) -> bool:
    """Whether it is the password; takes as long where there is none, so that nobody learns which names exist."""
    try:
        return _hasher().verify(kept or _of_nobody(), password[:_MOST]) and kept is not None
    except (VerificationError, InvalidHashError):
        return False


@lru_cache(maxsize=1)
def _hasher() -> PasswordHasher:
    return PasswordHasher()


@lru_cache(maxsize=1)
def _of_nobody() -> str:
    return _hasher().hash("nobody has this password")
