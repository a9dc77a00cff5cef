"""A model behind a URL that speaks the wire format of OpenAI's chat completions: vLLM, llama.cpp, Ollama, OpenAI itself.

Format: POST {base_url}/chat/completions with "stream": true, https://platform.openai.com/docs/api-reference/chat/create
"""

from __future__ import annotations

import logging
import queue
import ssl
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import httpx
import openai
from langchain_core.messages import AIMessageChunk, HumanMessage, SystemMessage
from langchain_core.outputs import ChatGenerationChunk
from langchain_openai import ChatOpenAI
from pydantic import SecretStr

from assistant.language_model.errors import ModelBroken, ModelBusy, ModelFailure, ModelTimeout, ReplyCutShort
from assistant.language_model.model import MAX_OUTPUT_TOKENS, Completion, estimated_tokens

log = logging.getLogger(__name__)

_FIRST_PAUSE_S = 0.5
# More than any list of claims has; a stream that goes on is a fault.
_MOST_CHARS = 40_000
_MOST_CHUNKS = 20_000
# At their finest these write whole requests into the log.
_TALKATIVE = ("openai", "httpcore", "httpcore2", "httpx", "httpx2", "langchain_openai")


@dataclass(slots=True)
class _Request:
    """One request under way: its own connections, so that they can be cut, and where its end is told."""

    client: httpx.Client
    ends_at: float
    time_s: float
    end: queue.SimpleQueue[Completion | ModelFailure] = field(default_factory=queue.SimpleQueue)


@dataclass(slots=True)
class _Reply:
    """What has come of a reply so far; `usage` is tokens in and out."""

    parts: list[str] = field(default_factory=list)
    chars: int = 0
    finish_reason: str | None = None
    usage: tuple[int, int] | None = None

    def add(self, chunk: ChatGenerationChunk) -> None:
        self.parts.append(chunk.text)
        self.chars += len(chunk.text)
        self.finish_reason = (chunk.generation_info or {}).get("finish_reason") or self.finish_reason
        message = chunk.message
        if isinstance(message, AIMessageChunk) and message.usage_metadata:
            self.usage = (message.usage_metadata["input_tokens"], message.usage_metadata["output_tokens"])


class OpenAICompatibleModel:
    """A chat model by URL, asked through `ChatOpenAI`.

    `base_url` is what stands in front of `/chat/completions`. The deadline is one of wall clock over everything: connecting, waiting,
    streaming, pauses and second tries; a stream that never ends is cut off at it. 429, 5xx and broken connections are tried again,
    `attempts` times in all, while time is left. Nothing is sent anywhere else, whatever the environment says of tracing, and no
    words of a question or reply are logged. Safe for threads.
    """

    def __init__(
        self,
        base_url: str,
        model: str,
        *,
        api_key: SecretStr | None = None,
        attempts: int = 2,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._base_url, self._model, self._attempts = base_url, model, attempts
        # Servers without keys want some word in its place; None would be looked up in the environment.
        self._api_key = api_key or SecretStr("none")
        self._clock, self._sleep = clock, sleep
        self._certificates = ssl.create_default_context()
        for name in _TALKATIVE:
            logging.getLogger(name).setLevel(logging.WARNING)

    @property
    def name(self) -> str:
        """The model's name at the service."""
        return self._model

    def complete(self, system: str, user: str, schema: Mapping[str, object], deadline_s: float) -> Completion:
        """The whole reply, streamed and joined. Raises `ModelTimeout`, `ModelBusy`, `ModelBroken` and `ReplyCutShort`."""
        ends_at = self._clock() + deadline_s
        for attempt in range(1, self._attempts + 1):
            if self._clock() >= ends_at:
                break
            outcome = self._asked(system, user, schema, ends_at)
            if isinstance(outcome, Completion):
                return outcome
            pause_s = _pause_s(outcome, attempt)
            if pause_s is None or attempt == self._attempts or self._clock() + pause_s >= ends_at:
                raise outcome
            log.info("model_retry", extra={"model": self._model, "failure": type(outcome).__name__, "attempt": attempt})
            self._sleep(pause_s)
        raise ModelTimeout(self._model, deadline_s)

    def _asked(self, system: str, user: str, schema: Mapping[str, object], ends_at: float) -> Completion | ModelFailure:
        """The end of one request; a thread waits for the service, so that nothing it does can hold the caller."""
        left_s = ends_at - self._clock()
        request = _Request(httpx.Client(timeout=left_s, verify=self._certificates), ends_at, left_s)
        threading.Thread(target=self._run, args=(request, system, user, schema), daemon=True).start()
        try:
            return request.end.get(timeout=left_s)
        except queue.Empty:
            # Cuts the connection under the thread, which then ends.
            request.client.close()
            return ModelTimeout(self._model, left_s)

    def _run(self, request: _Request, system: str, user: str, schema: Mapping[str, object]) -> None:
        try:
            request.end.put(self._streamed(request, system, user, schema))
        except ModelFailure as failure:
            request.end.put(failure)
        except (openai.OpenAIError, httpx.HTTPError, httpx.StreamError) as error:
            request.end.put(self._failure(error, request))
        except (OSError, RuntimeError, ValueError, TypeError, KeyError, AttributeError, IndexError) as error:
            # What the libraries raise on a body that is no completion at all, or on a connection cut at the deadline.
            request.end.put(ModelBroken(self._model, type(error).__name__))
        finally:
            request.client.close()

    def _streamed(self, request: _Request, system: str, user: str, schema: Mapping[str, object]) -> Completion:
        reply = _Reply()
        # `stream` would ask the environment whether to send all words to a tracing service (LANGSMITH_TRACING) and fails on one
        # of its names (LANGCHAIN_TRACING); what it calls asks nobody.
        for count, chunk in enumerate(self._chat(request, schema)._stream([SystemMessage(system), HumanMessage(user)])):
            reply.add(chunk)
            if self._clock() >= request.ends_at:
                raise ModelTimeout(self._model, request.time_s)
            if reply.chars > _MOST_CHARS or count > _MOST_CHUNKS:
                raise ReplyCutShort(self._model, "endless")
        # A stream that breaks off raises nothing; only the reason at its end says that it is whole.
        if reply.finish_reason != "stop":
            raise ReplyCutShort(self._model, reply.finish_reason)
        text = "".join(reply.parts)
        counted = reply.usage or (estimated_tokens(system + user), estimated_tokens(text))
        return Completion(text, reply.finish_reason, *counted)

    def _chat(self, request: _Request, schema: Mapping[str, object]) -> ChatOpenAI:
        response_format = {"type": "json_schema", "json_schema": {"name": "claims", "strict": True, "schema": dict(schema)}}
        return ChatOpenAI(
            model=self._model,
            base_url=self._base_url,
            api_key=self._api_key,
            http_client=request.client,
            # A proxy belongs to the HTTP client here; the library refuses to have both.
            openai_proxy="",
            timeout=max(0.001, request.ends_at - self._clock()),
            max_retries=0,
            temperature=0.0,
            max_completion_tokens=MAX_OUTPUT_TOKENS,
            stream_usage=True,
            use_responses_api=False,
            cache=False,
            # Named `response_format`, it would make the library parse the stream and raise errors of its own.
            extra_body={"response_format": response_format},
        )

    def _failure(self, error: Exception, request: _Request) -> ModelFailure:
        if isinstance(error, openai.APITimeoutError | httpx.TimeoutException):
            return ModelTimeout(self._model, request.time_s)
        if isinstance(error, openai.RateLimitError):
            return ModelBusy(self._model, _retry_after_s(error.response.headers))
        if isinstance(error, openai.APIStatusError):
            return ModelBroken(self._model, f"HTTP {error.status_code}", may_pass=error.status_code >= httpx.codes.INTERNAL_SERVER_ERROR)
        if isinstance(error, openai.APIConnectionError):
            return ModelBroken(self._model, type(error).__name__, may_pass=True)
        # A connection that broke in the middle of a stream: nothing says how much was still to come.
        if isinstance(error, httpx.RemoteProtocolError | httpx.ReadError):
            return ReplyCutShort(self._model, None)
        return ModelBroken(self._model, type(error).__name__)


def _pause_s(failure: ModelFailure, attempt: int) -> float | None:
    """How long to wait before another try; None where another would end alike."""
    doubled = _FIRST_PAUSE_S * 2 ** (attempt - 1)
    if isinstance(failure, ModelBusy):
        return doubled if failure.retry_after_s is None else failure.retry_after_s
    return doubled if isinstance(failure, ModelBroken) and failure.may_pass else None


def _retry_after_s(headers: Mapping[str, str]) -> float | None:
    """Seconds in `Retry-After` (RFC 9110, 10.2.3); its other form, a date, is not used by these services."""
    value = headers.get("Retry-After", "")
    return float(value) if value.isascii() and value.isdigit() else None
