"""An encoder behind a URL that speaks the wire format of OpenAI's embeddings: OpenAI itself, vLLM, TEI, Ollama, llama.cpp.

Format: POST {base_url}/embeddings, https://platform.openai.com/docs/api-reference/embeddings/create
"""

from __future__ import annotations

import hashlib
import json
import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import httpx
import numpy as np
from pydantic import BaseModel, ConfigDict, SecretStr, ValidationError

from corpus.text import nfc
from embeddings.encoder import Vectors
from embeddings.errors import ModelUnavailable

log = logging.getLogger(__name__)

_FIRST_PAUSE_S = 0.5
_LONGEST_PAUSE_S = 30.0
_PROBE = "luật"


class _Embedding(BaseModel):
    index: int
    embedding: list[float]


class _Reply(BaseModel):
    # A service may send the texts back; they must not get into a message of an error.
    model_config = ConfigDict(hide_input_in_errors=True)

    data: list[_Embedding]


@dataclass(frozen=True, slots=True)
class _Failure:
    """Why a request brought nothing; `retry_after_s` is the wait that the service asks for, None where it names none."""

    reason: str
    may_pass: bool
    retry_after_s: float | None = None

    def pause_s(self, attempt: int) -> float:
        """How long to wait after the attempt of this number, the first being 1."""
        wanted = _FIRST_PAUSE_S * 2 ** (attempt - 1) if self.retry_after_s is None else self.retry_after_s
        return min(wanted, _LONGEST_PAUSE_S)


class OpenAICompatibleEncoder:
    """Vectors from an embeddings service.

    `base_url` is what stands in front of `/embeddings`, as in `https://host/v1`. `dimensions` is sent, and every vector
    must have as many; None means the service's own number, learnt by one request at the start. 429, 5xx, broken connections
    and timeouts are tried again, `attempts` times in all, after pauses that double or that `Retry-After` names, of 30 s at
    most. Models of the E5 family need the prefixes "query: " and "passage: ". Texts are put in NFC and never logged.
    Raises `ModelUnavailable`, at the start and from each call.
    """

    def __init__(
        self,
        base_url: str,
        model: str,
        *,
        api_key: SecretStr | None = None,
        dimensions: int | None = None,
        query_prefix: str = "",
        passage_prefix: str = "",
        timeout_s: float = 30.0,
        batch_size: int = 64,
        attempts: int = 4,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._client = httpx.Client(headers=_authorisation(api_key), timeout=timeout_s)
        self._url = f"{base_url.rstrip('/')}/embeddings"
        self._settings = {"model": model, "encoding_format": "float"} | ({"dimensions": dimensions} if dimensions else {})
        self._model = model
        self._query_prefix = query_prefix
        self._passage_prefix = passage_prefix
        self._batch_size = batch_size
        self._attempts = attempts
        self._sleep = sleep
        self._dimension = dimensions or self._vectors([query_prefix + _PROBE]).shape[1]

    @property
    def name(self) -> str:
        """The model's name and 12 digits of a SHA-256 over dimension and prefixes.

        The service does not say which weights it runs: give another model another name there.
        """
        settings = json.dumps([self._dimension, self._query_prefix, self._passage_prefix])
        return f"{self._model}/openai-compatible/{hashlib.sha256(settings.encode()).hexdigest()[:12]}"

    @property
    def dimension(self) -> int:
        """Length of one vector."""
        return self._dimension

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of questions, of shape (len(texts), dimension), in the order given."""
        return self._encode([self._query_prefix + nfc(text) for text in texts])

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of passages, of shape (len(texts), dimension), in the order given."""
        return self._encode([self._passage_prefix + nfc(text) for text in texts])

    def close(self) -> None:
        """Ends the connections; no call is possible afterwards."""
        self._client.close()

    def _encode(self, texts: Sequence[str]) -> Vectors:
        vectors = np.zeros((len(texts), self._dimension), np.float32)
        for start in range(0, len(texts), self._batch_size):
            batch = texts[start : start + self._batch_size]
            found = self._vectors(batch)
            if found.shape[1] != self._dimension:
                raise ModelUnavailable(self._model, f"vectors of length {found.shape[1]} instead of {self._dimension}")
            vectors[start : start + len(batch)] = found
        return vectors

    def _vectors(self, batch: Sequence[str]) -> Vectors:
        body = self._answer(batch)
        try:
            reply = _Reply.model_validate_json(body)
        except ValidationError as error:
            raise ModelUnavailable(self._model, "an answer that is not in the format of embeddings") from error
        fault, vectors = _unit_vectors(reply, len(batch))
        if fault:
            raise ModelUnavailable(self._model, fault)
        return vectors

    def _answer(self, batch: Sequence[str]) -> bytes:
        """The body of the first answer with status 200."""
        answer = self._asked(batch)
        for attempt in range(1, self._attempts):
            if isinstance(answer, bytes) or not answer.may_pass:
                break
            log.info("embedding_retry", extra={"model": self._model, "reason": answer.reason, "attempt": attempt})
            self._sleep(answer.pause_s(attempt))
            answer = self._asked(batch)
        if isinstance(answer, bytes):
            return answer
        raise ModelUnavailable(self._model, answer.reason)

    def _asked(self, batch: Sequence[str]) -> bytes | _Failure:
        # OpenAI refuses an empty text, and one such passage would fail its whole batch.
        texts = [text or " " for text in batch]
        try:
            response = self._client.post(self._url, json={**self._settings, "input": texts})
        except (httpx.RequestError, httpx.InvalidURL) as error:
            return _Failure(type(error).__name__, may_pass=not isinstance(error, httpx.InvalidURL | httpx.UnsupportedProtocol))
        if response.status_code == httpx.codes.OK:
            return response.content
        may_pass = response.is_server_error or response.status_code == httpx.codes.TOO_MANY_REQUESTS
        return _Failure(f"HTTP {response.status_code}", may_pass, _retry_after_s(response))


def _authorisation(api_key: SecretStr | None) -> dict[str, str]:
    return {"Authorization": f"Bearer {api_key.get_secret_value()}"} if api_key else {}


def _retry_after_s(response: httpx.Response) -> float | None:
    """Seconds in `Retry-After` (RFC 9110, 10.2.3); its other form, a date, is not used by these services."""
    value = response.headers.get("Retry-After", "")
    return float(value) if value.isascii() and value.isdigit() else None


def _unit_vectors(reply: _Reply, count: int) -> tuple[str, Vectors]:
    """What is wrong with the reply (empty: nothing) and its vectors, in the order of the texts."""
    nothing = np.zeros((0, 0), np.float32)
    if sorted(found.index for found in reply.data) != list(range(count)):
        return f"vectors that do not match the {count} texts", nothing
    ordered = [found.embedding for found in sorted(reply.data, key=lambda found: found.index)]
    if len({len(vector) for vector in ordered}) != 1:
        return "vectors of different lengths", nothing
    vectors = np.array(ordered, np.float64)
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    if not (np.isfinite(lengths).all() and lengths.all()):
        return "vectors that have no direction", nothing
    return "", np.asarray(vectors / lengths, np.float32)
