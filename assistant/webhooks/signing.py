"""Signatures of webhooks as in the Standard Webhooks specification 1.0 (standardwebhooks.com): HMAC-SHA256 over id, moment and body."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from datetime import datetime

from assistant.webhooks.errors import WebhookInvalid

_PREFIX = "whsec_"
# The specification asks for 24 to 64 bytes.
SECRET_BYTES = 32


def written_secret(secret: bytes) -> str:
    """The secret as it is given to whoever receives: `whsec_` and base64."""
    return _PREFIX + base64.b64encode(secret).decode()


def read_secret(written: str) -> bytes:
    """The bytes of a written secret. Raises `WebhookInvalid`."""
    try:
        secret = base64.b64decode(written.removeprefix(_PREFIX), validate=True)
    except binascii.Error as error:
        raise WebhookInvalid("secret") from error
    if not 24 <= len(secret) <= 64:
        raise WebhookInvalid("secret")
    return secret


def headers(secret: bytes, key: str, at: datetime, body: bytes) -> dict[str, str]:
    """The headers of one sending; `key` is the same each time it is tried, so that whoever receives drops what came before."""
    seconds = str(int(at.timestamp()))
    signed = b".".join((key.encode(), seconds.encode(), body))
    signature = base64.b64encode(hmac.new(secret, signed, hashlib.sha256).digest()).decode()
    return {
        "content-type": "application/json",
        "webhook-id": key,
        "webhook-timestamp": seconds,
        "webhook-signature": f"v1,{signature}",
    }
