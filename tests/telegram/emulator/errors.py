"""Refusals in Telegram's own words.

The wording follows the public source of the Bot API server (`Client.cpp` of telegram-bot-api, `MessageEntity.cpp` of TDLib), as
the descriptions are what client code has to live with.
"""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]


class ApiError(Exception):
    """What the server answers instead of a result."""

    def __init__(self, code: int, description: str, retry_after_s: int | None = None) -> None:
        self.code = code
        self.description = description
        self.retry_after_s = retry_after_s
        super().__init__(f"{code} {description}")

    def body(self) -> Json:
        """The JSON body of the answer."""
        body: Json = {"ok": False, "error_code": self.code, "description": self.description}
        if self.retry_after_s is not None:
            body["parameters"] = {"retry_after": self.retry_after_s}
        return body


def bad_request(reason: str) -> ApiError:
    """The request cannot be carried out as it is."""
    return ApiError(400, f"Bad Request: {reason}")


def forbidden(reason: str) -> ApiError:
    """The bot may not do that in this chat."""
    return ApiError(403, f"Forbidden: {reason}")


def conflict(reason: str) -> ApiError:
    """Two ways of receiving updates exclude each other."""
    return ApiError(409, f"Conflict: {reason}")


def too_many_requests(retry_after_s: int) -> ApiError:
    """The bot must wait."""
    return ApiError(429, f"Too Many Requests: retry after {retry_after_s}", retry_after_s)
