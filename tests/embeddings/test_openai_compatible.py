from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import numpy as np
import pytest
from pydantic import SecretStr

from embeddings.errors import ModelUnavailable
from embeddings.openai_compatible import OpenAICompatibleEncoder
from tests.embeddings.encoder_contract import EncoderContract, HashingEncoder, cosines

DIMENSION = 32
KEY = "secret-key"
SLOW_S = 0.4


class EmbeddingsServer(ThreadingHTTPServer):
    """Speaks the wire format on a free port; `faults` are done in turn, one for each request, then all is well."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.faults: list[str] = []
        self.requests: list[dict[str, Any]] = []
        self.keys: list[str | None] = []
        self.paths: list[str] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/v1"


class _Handler(BaseHTTPRequestHandler):
    server: EmbeddingsServer

    def do_POST(self) -> None:
        request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.requests.append(request)
        self.server.keys.append(self.headers.get("Authorization"))
        self.server.paths.append(self.path)
        fault = self.server.faults.pop(0) if self.server.faults else ""
        if fault.startswith("HTTP "):
            _, status, *wait = fault.split()
            self._send(int(status), {"error": {"message": f"cannot embed {request['input']}"}}, wait)
            return
        if fault == "slow":
            time.sleep(SLOW_S)
        if fault == "hang up":
            self.close_connection = True
            return
        self._send(200, _spoilt(_embeddings(request), fault), [])

    def _send(self, status: int, body: object, wait: list[str]) -> None:
        content = body.encode() if isinstance(body, str) else json.dumps(body).encode()
        self.send_response(status)
        for seconds in wait:
            self.send_header("Retry-After", seconds)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        # A client that does not wait any longer is the point of "slow".
        try:
            self.wfile.write(content)
        except BrokenPipeError:
            self.close_connection = True

    def log_message(self, *_: object) -> None:
        pass


def _embeddings(request: dict[str, Any]) -> dict[str, Any]:
    vectors = HashingEncoder(request.get("dimensions", DIMENSION)).encode_passages(request["input"]) * 3
    data = [{"object": "embedding", "index": i, "embedding": vector} for i, vector in enumerate(vectors.tolist())]
    return {"object": "list", "data": data, "model": request["model"], "usage": {"prompt_tokens": 1, "total_tokens": 1}}


Data = list[dict[str, Any]]


def _first_number(value: float | None) -> Callable[[Data], None]:
    return lambda data: data[0]["embedding"].__setitem__(0, value)


_SPOIL: dict[str, Callable[[Data], object]] = {
    "shuffled": lambda data: data.reverse(),
    "one too few": lambda data: data.pop(),
    "one too many": lambda data: data.append(dict(data[0], index=len(data))),
    "same index twice": lambda data: data[-1].update(index=0),
    "NaN": _first_number(float("nan")),
    "infinite": _first_number(float("inf")),
    "null": _first_number(None),
    "zeros": lambda data: data[0].update(embedding=[0.0] * DIMENSION),
    "shorter": lambda data: [found["embedding"].pop() for found in data],
    "ragged": lambda data: data[0]["embedding"].pop(),
}
_OTHER_BODIES = {"not json": "<html>Welcome to nginx</html>", "other json": '{"embeddings": []}'}


def _spoilt(body: dict[str, Any], fault: str) -> dict[str, Any] | str:
    if fault in _OTHER_BODIES:
        return _OTHER_BODIES[fault]
    if fault in _SPOIL:
        _SPOIL[fault](body["data"])
    return body


@pytest.fixture(scope="module")
def server() -> Iterator[EmbeddingsServer]:
    with EmbeddingsServer() as running:
        thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield running
        running.shutdown()
        thread.join()


class Pauses(list[float]):
    """Writes down how long it should have slept."""

    def __call__(self, seconds: float) -> None:
        self.append(seconds)


def encoder_of(server: EmbeddingsServer, pauses: Pauses | None = None, **settings: Any) -> OpenAICompatibleEncoder:
    usual: dict[str, Any] = {"dimensions": DIMENSION, "api_key": SecretStr(KEY), "sleep": Pauses() if pauses is None else pauses}
    return OpenAICompatibleEncoder(server.url, "e5", **(usual | settings))


class TestHashingEncoder(EncoderContract):
    @pytest.fixture(scope="class")
    @classmethod
    def encoder(cls) -> HashingEncoder:
        return HashingEncoder()


class TestOpenAICompatibleEncoder(EncoderContract):
    @pytest.fixture(scope="class")
    @classmethod
    def encoder(cls, server: EmbeddingsServer) -> Iterator[OpenAICompatibleEncoder]:
        encoder = encoder_of(server, dimensions=None, batch_size=2, query_prefix="query: ", passage_prefix="passage: ")
        yield encoder
        encoder.close()


class TestRequests:
    def test_request_has_the_wire_format(self, server: EmbeddingsServer) -> None:
        encoder_of(server, passage_prefix="passage: ").encode_passages(["Điều 1"])
        assert server.paths[-1] == "/v1/embeddings"
        assert server.keys[-1] == f"Bearer {KEY}"
        assert server.requests[-1] == {
            "model": "e5",
            "encoding_format": "float",
            "dimensions": DIMENSION,
            "input": ["passage: Điều 1"],
        }

    def test_no_key_and_no_dimensions_are_not_sent(self, server: EmbeddingsServer) -> None:
        encoder = encoder_of(server, dimensions=None, api_key=None)
        assert encoder.dimension == DIMENSION
        assert server.keys[-1] is None
        assert "dimensions" not in server.requests[-1]

    def test_batches_hold_as_many_texts_as_allowed(self, server: EmbeddingsServer) -> None:
        server.requests.clear()
        encoder_of(server, batch_size=2).encode_passages(["a", "b", "c", "d", "e"])
        assert [request["input"] for request in server.requests] == [["a", "b"], ["c", "d"], ["e"]]

    def test_empty_text_is_sent_as_a_blank(self, server: EmbeddingsServer) -> None:
        encoder_of(server).encode_queries([""])
        assert server.requests[-1]["input"] == [" "]

    def test_shuffled_answer_is_put_in_order_by_index(self, server: EmbeddingsServer) -> None:
        encoder = encoder_of(server)
        expected = encoder.encode_passages(["một", "hai", "ba"])
        server.faults = ["shuffled"]
        assert min(cosines(encoder.encode_passages(["một", "hai", "ba"]), expected)) == pytest.approx(1.0)

    def test_name_changes_with_everything_that_changes_vectors(self, server: EmbeddingsServer) -> None:
        names = {encoder_of(server).name, encoder_of(server, query_prefix="q").name, encoder_of(server, dimensions=16).name}
        assert len(names) == 3

    def test_key_is_in_no_printed_form(self, server: EmbeddingsServer) -> None:
        assert KEY not in repr(vars(encoder_of(server)))


class TestFaultsThatPass:
    # (what the service does before it answers, the pauses that must follow, why)
    PASSING = (
        (["HTTP 429"], [0.5], "too many requests: the usual first pause"),
        (["HTTP 429 7"], [7.0], "the service names the wait"),
        (["HTTP 429 86400"], [30.0], "nobody waits a day"),
        (["HTTP 429 soon"], [0.5], "a wait that is no number"),
        (["HTTP 500", "HTTP 502", "HTTP 503"], [0.5, 1.0, 2.0], "pauses double"),
        (["hang up"], [0.5], "connection broken before an answer"),
    )

    @pytest.mark.parametrize(("faults", "pauses", "why"), PASSING)
    def test_a_passing_fault_is_waited_for(self, server: EmbeddingsServer, faults: list[str], pauses: list[float], why: str) -> None:
        server.faults = list(faults)
        slept = Pauses()
        assert encoder_of(server, slept).encode_queries(["Điều 1"]).shape == (1, DIMENSION)
        assert slept == pauses, why

    def test_a_slow_answer_is_asked_for_again(self, server: EmbeddingsServer) -> None:
        server.faults = ["slow"]
        slept = Pauses()
        assert encoder_of(server, slept, timeout_s=SLOW_S / 4).encode_queries(["Điều 1"]).shape == (1, DIMENSION)
        assert slept == [0.5]

    def test_attempts_end(self, server: EmbeddingsServer) -> None:
        server.faults = ["HTTP 503"] * 9
        server.requests.clear()
        slept = Pauses()
        with pytest.raises(ModelUnavailable) as caught:
            encoder_of(server, slept, attempts=3).encode_queries(["Điều 1"])
        assert caught.value.reason == "HTTP 503"
        assert (len(server.requests), len(slept)) == (3, 2)
        server.faults = []


class TestFaultsThatStay:
    STAYING = (
        ("HTTP 400", "HTTP 400"),
        ("HTTP 401", "HTTP 401"),
        ("HTTP 302", "HTTP 302"),
        ("one too few", "do not match"),
        ("one too many", "do not match"),
        ("same index twice", "do not match"),
        ("NaN", "no direction"),
        ("infinite", "no direction"),
        ("zeros", "no direction"),
        ("null", "not in the format"),
        ("not json", "not in the format"),
        ("other json", "not in the format"),
        ("shorter", "of length 31 instead of 32"),
        ("ragged", "different lengths"),
    )

    @pytest.mark.parametrize(("fault", "reason"), STAYING)
    def test_a_staying_fault_is_told_at_once_and_without_the_text(self, server: EmbeddingsServer, fault: str, reason: str) -> None:
        server.faults = [fault]
        slept = Pauses()
        with pytest.raises(ModelUnavailable) as caught:
            encoder_of(server, slept).encode_queries(["bí mật của tôi", "một", "hai"])
        assert reason in caught.value.reason
        assert "bí mật" not in str(caught.value) + repr(caught.value.__cause__)
        assert slept == []

    def test_nobody_listening_is_model_unavailable(self) -> None:
        with EmbeddingsServer() as closed:
            url = closed.url
        slept = Pauses()
        with pytest.raises(ModelUnavailable) as caught:
            OpenAICompatibleEncoder(url, "e5", attempts=2, sleep=slept)
        assert caught.value.reason == "ConnectError"
        assert slept == [0.5]

    @pytest.mark.parametrize("address", ["ftp://host/v1", "host/v1", "http://[::1", ""])
    def test_an_address_that_is_none_is_not_tried_twice(self, address: str) -> None:
        slept = Pauses()
        with pytest.raises(ModelUnavailable):
            OpenAICompatibleEncoder(address, "e5", sleep=slept)
        assert slept == []

    def test_texts_are_never_logged(self, server: EmbeddingsServer, caplog: pytest.LogCaptureFixture) -> None:
        caplog.set_level("DEBUG")
        server.faults = ["HTTP 429", "HTTP 400"]
        with pytest.raises(ModelUnavailable):
            encoder_of(server).encode_queries(["bí mật của tôi"])
        logged = " ".join(f"{record.getMessage()} {vars(record)}" for record in caplog.records)
        assert "embedding_retry" in logged
        assert "bí mật" not in logged
        assert KEY not in logged


def test_vectors_of_another_scale_are_made_unit_length(server: EmbeddingsServer) -> None:
    vectors = encoder_of(server).encode_passages(["Điều 1"])
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-6)
