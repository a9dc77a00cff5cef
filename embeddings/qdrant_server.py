"""Requests to a Qdrant server that are tried again, and whose failures are the folder's errors."""

from __future__ import annotations

import json
from collections.abc import Callable
from types import TracebackType
from typing import TypeVar

import httpx
from pydantic import SecretStr
from qdrant_client import QdrantClient
from qdrant_client.common.client_exceptions import QdrantException, ResourceExhaustedResponse
from qdrant_client.http.exceptions import ApiException, ResponseHandlingException, UnexpectedResponse

from embeddings.errors import EmbeddingsError, IndexMissing, IndexUnreachable

_TIMEOUT_S = 60
# Waits between the attempts at one request, four in all.
_PAUSES_S = (0.5, 1.0, 2.0)
_LONGEST_PAUSE_S = 30.0

# What the client raises: its own two families, and the decoder's error for an answer that is no JSON.
_FAILURES = (ApiException, QdrantException, json.JSONDecodeError)

_Answer = TypeVar("_Answer")
Sleep = Callable[[float], None]


class QdrantServer:
    """A client of the server at `url`. Making it asks the server nothing; raises `IndexUnreachable` where `url` is none.

    429, 5xx, broken connections and timeouts are tried four times in all, after pauses that double or that `Retry-After`
    names, of 30 s at most. Messages never hold the key.
    """

    def __init__(self, url: str, api_key: SecretStr | None, sleep: Sleep) -> None:
        self.url, self._sleep = url, sleep
        key = api_key.get_secret_value() if api_key else None
        try:
            # The check of versions asks the server from a thread of its own and can only warn.
            self._client = QdrantClient(url=url, api_key=key, timeout=_TIMEOUT_S, check_compatibility=False)
        except ValueError as error:
            raise IndexUnreachable(url, "that is no URL of a server") from error

    def __enter__(self) -> QdrantServer:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def place(self, collection: str) -> str:
        """Where a collection is, for people."""
        return f"{self.url.rstrip('/')}/collections/{collection}"

    def ask(self, collection: str, call: Callable[[QdrantClient], _Answer]) -> _Answer:
        """What `call` returns. Raises `IndexMissing` where there is no such collection, else `IndexUnreachable`."""
        return self._ask(collection, call, _PAUSES_S)

    def close(self) -> None:
        """Gives back the connections."""
        self._client.close()

    def _ask(self, collection: str, call: Callable[[QdrantClient], _Answer], pauses: tuple[float, ...]) -> _Answer:
        try:
            return call(self._client)
        except _FAILURES as error:
            if not pauses or not _may_pass(error):
                raise self._named(error, collection) from error
            pause = _asked_pause_s(error, pauses[0])
        self._sleep(pause)
        return self._ask(collection, call, pauses[1:])

    def _named(self, error: Exception, collection: str) -> EmbeddingsError:
        match error:
            case UnexpectedResponse(status_code=401 | 403):
                return IndexUnreachable(self.url, "it refuses the API key")
            case UnexpectedResponse(status_code=404):
                return IndexMissing(self.place(collection))
            case UnexpectedResponse():
                return IndexUnreachable(self.url, f"HTTP {error.status_code}: {error.content.decode(errors='replace')[:300]}")
            case ResponseHandlingException(source=httpx.TransportError()):
                return IndexUnreachable(self.url, f"no answer: {type(error.source).__name__}")
            case ResponseHandlingException() | json.JSONDecodeError():
                return IndexUnreachable(self.url, "its answer is not that of a Qdrant server")
        return IndexUnreachable(self.url, "it has too much to do")


def _may_pass(error: Exception) -> bool:
    match error:
        case UnexpectedResponse(status_code=int(status)):
            return status == httpx.codes.TOO_MANY_REQUESTS or status >= httpx.codes.INTERNAL_SERVER_ERROR
        case ResponseHandlingException(source=httpx.TransportError()):
            return not isinstance(error.source, httpx.UnsupportedProtocol)
    return isinstance(error, QdrantException)


def _asked_pause_s(error: Exception, otherwise: float) -> float:
    """The wait that the server asks for, within bounds."""
    return min(float(error.retry_after_s), _LONGEST_PAUSE_S) if isinstance(error, ResourceExhaustedResponse) else otherwise
