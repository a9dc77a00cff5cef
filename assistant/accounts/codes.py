"""Codes of authenticators (RFC 6238: six digits, thirty seconds) and codes for when one is lost."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

import pyotp

ISSUER = "Diên Hồng"
RECOVERY_CODES = 10
_STEP = timedelta(seconds=30)
# No 0, 1, I, L, O: they are mistaken for each other.
_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_GROUPS, _GROUP = 3, 4


def fresh_secret() -> str:
    """A secret for an authenticator, in Base32."""
    return pyotp.random_base32()


def address_of(secret: str, name: str) -> str:
    """What an authenticator reads from a picture or a link: `otpauth://totp/…`."""
    return pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name=ISSUER)


def step_of(secret: str, code: str, now: datetime) -> int | None:
    """The step whose code this is, of now, the one before or the one after; None where it is none of them."""
    clock, written = pyotp.TOTP(secret), "".join(code.split())
    near = (now + offset for offset in (timedelta(), -_STEP, _STEP))
    return next((clock.timecode(at) for at in near if secrets.compare_digest(clock.at(at).encode(), written.encode())), None)


def fresh_recovery_codes() -> list[str]:
    """Codes that open once each, such as "7KQM-PX3R-H9WD"."""
    return ["-".join("".join(secrets.choice(_LETTERS) for _ in range(_GROUP)) for _ in range(_GROUPS)) for _ in range(RECOVERY_CODES)]


def read_recovery_code(written: str) -> str:
    """A recovery code as it is kept, however it was typed."""
    return "".join(written.upper().replace("-", "").split())
