"""A model by URL, against a real HTTP server, and a local one made on the spot."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from assistant.language_model.claims import claims_schema
from assistant.language_model.errors import ModelBroken, ModelBusy, ModelFailure, ModelTimeout, ReplyCutShort
from assistant.language_model.local import LocalModel
from assistant.language_model.model import MAX_OUTPUT_TOKENS, LanguageModel
from assistant.language_model.openai_compatible import OpenAICompatibleModel
from tests.assistant.chat_server import ChatServer, running_server

REPLY = '{"claims":[{"text":"Trẻ em được thả tàu giấy từ 6 giờ đến 18 giờ.","tokens":["N7K"]}]}'
SECRET_WORDS = "chuyện riêng của bà Hai"
QUICK_S = 5.0
SHORT_S = 0.6
# Threads and sockets take their time on a busy machine.
SLACK_S = 1.0


@pytest.fixture(scope="module")
def running() -> Iterator[ChatServer]:
    with running_server(lambda _: REPLY) as server:
        yield server


@pytest.fixture
def server(running: ChatServer) -> ChatServer:
    running.faults, running.requests, running.keys, running.elsewhere = [], [], [], []
    return running


def model_at(server: ChatServer, attempts: int = 1) -> OpenAICompatibleModel:
    return OpenAICompatibleModel(server.url, "m", api_key=SecretStr("key-1"), attempts=attempts)


def ask(model: LanguageModel, deadline_s: float = QUICK_S) -> str:
    return model.complete("Hệ thống", SECRET_WORDS, claims_schema(), deadline_s).text


def failure_of(model: LanguageModel) -> ModelFailure | None:
    try:
        ask(model, SHORT_S + 0.5)
    except ModelFailure as failure:
        return failure
    return None


def test_a_streamed_reply_comes_whole_with_its_tokens(server: ChatServer) -> None:
    completion = model_at(server).complete("Hệ thống", "Câu hỏi", claims_schema(), QUICK_S)
    assert (completion.text, completion.finish_reason) == (REPLY, "stop")
    assert (completion.input_tokens, completion.output_tokens) == (111, 22)


def test_the_request_asks_for_the_schema_and_a_bounded_reply(server: ChatServer) -> None:
    ask(model_at(server))
    (request,) = server.requests
    assert request["response_format"]["json_schema"]["schema"] == claims_schema()
    assert (request["stream"], request["temperature"]) == (True, 0.0)
    assert request["max_completion_tokens"] == MAX_OUTPUT_TOKENS
    assert [message["role"] for message in request["messages"]] == ["system", "user"]
    assert server.keys == ["Bearer key-1"]


def test_tokens_are_estimated_where_the_server_counts_none(server: ChatServer) -> None:
    server.faults = ["no usage"]
    completion = model_at(server).complete("s" * 100, "u" * 100, claims_schema(), QUICK_S)
    assert (completion.input_tokens, completion.output_tokens) == (100, -(-len(REPLY) // 2))


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ("HTTP 429", ModelBusy),
        ("HTTP 500", ModelBroken),
        ("HTTP 503", ModelBroken),
        ("HTTP 400", ModelBroken),
        ("HTTP 401", ModelBroken),
        ("HTTP 404", ModelBroken),
        ("hang up", ModelBroken),
        ("cut", ReplyCutShort),
        ("no reason", ReplyCutShort),
        ("length", ReplyCutShort),
        ("html", ReplyCutShort),  # a stream without a single event
        ("broken json", ModelFailure),
    ],
)
def test_each_fault_has_its_error(server: ChatServer, fault: str, error: type[ModelFailure]) -> None:
    server.faults = [fault]
    with pytest.raises(error):
        ask(model_at(server))


@pytest.mark.parametrize("fault", ["stall", "stall inside", "endless", "drip"])
def test_the_deadline_holds_whatever_the_stream_does(server: ChatServer, fault: str) -> None:
    server.faults = [fault]
    model = model_at(server)
    started = time.monotonic()
    with pytest.raises(ModelTimeout):
        ask(model, SHORT_S)
    assert time.monotonic() - started < SHORT_S + SLACK_S


def test_a_dead_server_is_broken_within_the_deadline() -> None:
    started = time.monotonic()
    with pytest.raises(ModelFailure):
        ask(OpenAICompatibleModel("http://127.0.0.1:9/v1", "m", attempts=1), SHORT_S)
    assert time.monotonic() - started < SHORT_S + SLACK_S


@pytest.mark.parametrize("fault", ["HTTP 429 0", "HTTP 500", "hang up"])
def test_what_may_pass_is_tried_again(server: ChatServer, fault: str) -> None:
    server.faults = [fault]
    assert ask(model_at(server, attempts=2)) == REPLY
    assert len(server.requests) == 2


@pytest.mark.parametrize("fault", ["HTTP 400", "HTTP 401", "length", "cut"])
def test_what_would_end_alike_is_not_tried_again(server: ChatServer, fault: str) -> None:
    server.faults = [fault]
    with pytest.raises(ModelFailure):
        ask(model_at(server, attempts=3))
    assert len(server.requests) == 1


def test_a_wait_longer_than_the_time_left_is_not_begun(server: ChatServer) -> None:
    server.faults = ["HTTP 429 30"]
    started = time.monotonic()
    with pytest.raises(ModelBusy) as caught:
        ask(model_at(server, attempts=3))
    assert caught.value.retry_after_s == 30
    assert time.monotonic() - started < SLACK_S
    assert len(server.requests) == 1


@pytest.mark.parametrize("prefix", ["LANGCHAIN", "LANGSMITH"])
def test_nothing_is_traced_whatever_the_environment_says(server: ChatServer, monkeypatch: pytest.MonkeyPatch, prefix: str) -> None:
    for name, value in {"TRACING": "true", "TRACING_V2": "true", "ENDPOINT": server.url, "API_KEY": "x"}.items():
        monkeypatch.setenv(f"{prefix}_{name}", value)
    assert ask(model_at(server)) == REPLY
    # A tracer works in the background.
    time.sleep(0.3)
    assert server.elsewhere == []


@pytest.mark.parametrize("fault", ["", "HTTP 500", "HTTP 429", "cut", "stall"])
def test_no_words_of_the_question_get_into_a_log(server: ChatServer, caplog: pytest.LogCaptureFixture, fault: str) -> None:
    server.faults = [fault, fault]
    model = model_at(server, attempts=2)
    with caplog.at_level(logging.DEBUG):
        failure = failure_of(model)
    told = "\n".join([str(failure), *(f"{record.getMessage()} {record.__dict__}" for record in caplog.records)])
    assert SECRET_WORDS not in told
    assert "Trẻ em" not in told
    assert json.dumps(SECRET_WORDS)[1:-1] not in told


# A local model: random weights, made here.


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_model(tmp_path_factory.mktemp("tiny"))


def tiny_model(folder: Path) -> Path:
    """Two layers of chance, with a tokenizer of letters; it ends its reply only by chance."""
    import torch
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers
    from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

    letters = sorted(pre_tokenizers.ByteLevel.alphabet())
    vocabulary = {"<end>": 0, **{letter: number for number, letter in enumerate(letters, 1)}}
    tokenizer = Tokenizer(models.BPE(vocabulary, []))
    tokenizer.pre_tokenizer, tokenizer.decoder = pre_tokenizers.ByteLevel(add_prefix_space=False), decoders.ByteLevel()
    PreTrainedTokenizerFast(tokenizer_object=tokenizer, eos_token="<end>").save_pretrained(str(folder))
    torch.manual_seed(1)
    shape = {"hidden_size": 16, "intermediate_size": 32, "num_hidden_layers": 2, "num_attention_heads": 2}
    weights = LlamaForCausalLM(LlamaConfig(vocab_size=len(vocabulary), max_position_embeddings=2048, eos_token_id=0, **shape))
    weights.save_pretrained(str(folder))
    return folder


def made_to_stop(folder: Path, target: Path) -> Path:
    """The same model with weights of nothing, so that the first token, the end, is always the likeliest."""
    from transformers import AutoTokenizer, LlamaForCausalLM

    weights = LlamaForCausalLM.from_pretrained(str(folder))
    weights.lm_head.weight.data.zero_()
    weights.save_pretrained(str(target))
    AutoTokenizer.from_pretrained(str(folder)).save_pretrained(str(target))
    return target


def test_a_local_reply_that_does_not_end_is_cut_short(folder: Path) -> None:
    with pytest.raises(ReplyCutShort) as caught:
        ask(LocalModel(folder, max_new_tokens=5), 30.0)
    assert caught.value.finish_reason == "length"


def test_a_local_reply_ends_at_its_end(folder: Path, tmp_path: Path) -> None:
    completion = LocalModel(made_to_stop(folder, tmp_path)).complete("a", "b", {}, 30.0)
    assert (completion.text, completion.finish_reason, completion.output_tokens) == ("", "stop", 1)


def test_a_local_model_keeps_the_deadline(folder: Path) -> None:
    model = LocalModel(folder, max_new_tokens=1500)
    started = time.monotonic()
    with pytest.raises((ModelTimeout, ReplyCutShort)):
        ask(model, 0.2)
    assert time.monotonic() - started < 0.2 + SLACK_S


def test_a_prompt_longer_than_the_model_reads_is_refused(folder: Path) -> None:
    with pytest.raises(ReplyCutShort):
        LocalModel(folder).complete("luật " * 2000, "b", {}, 30.0)


def test_a_folder_without_a_model_is_broken(tmp_path: Path) -> None:
    with pytest.raises(ModelBroken):
        LocalModel(tmp_path)
