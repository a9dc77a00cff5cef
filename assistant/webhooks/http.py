"""HTTP for webhooks."""

from __future__ import annotations

from collections.abc import Mapping

import httpx

_TIMEOUT_S = 10.0


class HttpPoster:
    """Posts with a wall clock of ten seconds; redirects are not followed: a webhook tells the address that was given."""

    def __init__(self) -> None:
        self._client = httpx.Client(timeout=_TIMEOUT_S, follow_redirects=False)

    def post(self, url: str, body: bytes, told: Mapping[str, str]) -> int:
        """The status of the answer. Raises `OSError` where nobody answers."""
        try:
            return self._client.post(url, content=body, headers=dict(told)).status_code
        except httpx.HTTPError as error:
            raise OSError(type(error).__name__) from error
