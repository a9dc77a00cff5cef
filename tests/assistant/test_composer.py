"""A model words the answer, or the extractive answer is given and the reason named."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from assistant.answering.types import Answer, Outcome, Question, Understood
from assistant.language_model.breaker import CircuitBreaker
from assistant.language_model.budget import DailyBudget, MemoryCounter
from assistant.language_model.claims import Claim
from assistant.language_model.composer import Fallback
from assistant.language_model.errors import ModelBroken, ModelBusy, ModelFailure, ModelTimeout, ReplyCutShort
from assistant.language_model.openai_compatible import OpenAICompatibleModel
from assistant.language_model.prompt import passages_of
from assistant.language_model.verify import verified
from corpus.ids import ProvisionId
from tests.assistant.chat_server import ChatServer, running_server
from tests.assistant.scripted_model import (
    CLAUSE,
    DEADLINE_S,
    HOURS,
    OTHER,
    SAID,
    SLACK_S,
    TODAY,
    TWO,
    Clock,
    ScriptedModel,
    answer_of,
    budget,
    citation,
    compose,
    composer_of,
    honest,
    passages_in,
    reply_of,
    said,
    token_of,
)
from tests.assistant.toy_law import BEFORE_FORCE, IN_FORCE, toy_answerer, toy_store

# What is kept


def test_a_true_claim_is_shown_with_the_provision_that_says_it() -> None:
    composed = compose(composer_of(ScriptedModel(honest)))
    assert [(claim.text, claim.provisions) for claim in composed.claims] == [(SAID, (CLAUSE,))]
    assert (composed.fallback, composed.dropped) == (None, {})


def test_lies_are_dropped_and_counted_beside_what_is_true() -> None:
    def script(passages: Mapping[str, str]) -> str:
        token = token_of(passages, "6 giờ")
        return reply_of((SAID, [token]), (SAID.replace("6", "7"), [token]), (OTHER, [token]), (OTHER, ["ZZZ"]), (OTHER, []))

    composed = compose(composer_of(ScriptedModel(script)))
    assert said(composed) == [SAID]
    assert composed.dropped == {"number": 2, "unknown_token": 1, "no_source": 1}


def test_claims_about_another_article_than_the_best_do_not_answer() -> None:
    composed = compose(composer_of(ScriptedModel(lambda passages: reply_of((OTHER, [token_of(passages, "5 năm")])))))
    assert (composed.claims, composed.fallback) == ((), Fallback.NOTHING_LEFT)


def test_claims_about_another_article_may_stand_beside_the_best() -> None:
    def script(passages: Mapping[str, str]) -> str:
        return reply_of((SAID, [token_of(passages, "6 giờ")]), (OTHER, [token_of(passages, "5 năm")]))

    assert said(compose(composer_of(ScriptedModel(script)))) == [SAID, OTHER]


@pytest.mark.parametrize(
    ("reply", "fallback"),
    [
        (reply_of(), Fallback.NOTHING_LEFT),
        (reply_of(("Trẻ em được thả tàu giấy cả ngày.", ["ZZZ"])), Fallback.NOTHING_LEFT),
        ('{"claims": [{"text": "Trẻ em', Fallback.MALFORMED),
        ("Dạ, trẻ em được thả tàu từ 6 giờ.", Fallback.MALFORMED),
        ("", Fallback.MALFORMED),
    ],
)
def test_a_useless_reply_ends_in_the_extractive_answer(reply: str, fallback: Fallback) -> None:
    composed = compose(composer_of(ScriptedModel(lambda _: reply)))
    assert (composed.claims, composed.fallback) == ((), fallback)


@pytest.mark.parametrize(
    ("failure", "fallback"),
    [
        (ModelTimeout("m", 1), Fallback.TIMEOUT),
        (ModelBusy("m"), Fallback.BUSY),
        (ModelBroken("m", "HTTP 500"), Fallback.BROKEN),
        (ReplyCutShort("m", None), Fallback.CUT),
    ],
)
def test_each_failure_of_a_model_names_its_fallback(failure: ModelFailure, fallback: Fallback) -> None:
    composed = compose(composer_of(ScriptedModel(honest, failure)))
    assert (composed.claims, composed.fallback) == ((), fallback)


@pytest.mark.parametrize(
    "answer",
    [
        answer_of(),
        replace(TWO, outcome=Outcome.NO_SOURCE),
        replace(TWO, outcome=Outcome.NOT_IN_FORCE_ON_DATE),
        replace(TWO, lead_of=ProvisionId("901/2020/QH14", "99")),
    ],
)
def test_without_the_text_that_answers_no_model_is_asked(answer: Answer) -> None:
    model = ScriptedModel(honest)
    assert compose(composer_of(model), answer).fallback is Fallback.NO_PASSAGES
    assert model.calls == 0


def test_a_text_that_is_not_law_on_the_day_is_not_said() -> None:
    early = answer_of(citation(CLAUSE, HOURS), as_of=BEFORE_FORCE)
    composed = compose(composer_of(ScriptedModel(honest)), early)
    assert (composed.fallback, composed.dropped) == (Fallback.NOTHING_LEFT, {"not_in_force": 1})


def test_the_words_before_a_list_of_clauses_stand_before_each_of_them() -> None:
    first = citation(ProvisionId("901/2020/QH14", "7", "1"), "Những người sau đây không được thả tàu:\n1. Người say rượu bia;")
    second = citation(ProvisionId("901/2020/QH14", "7", "4"), "4. Người ngủ gật bên bờ ao.")
    passages = passages_of((first, second))
    assert passages[1].text == "Những người sau đây không được thả tàu:\n4. Người ngủ gật bên bờ ao."
    alone = verified([Claim("Người ngủ gật bên bờ ao.", ("N7K",))], {"N7K": passages[1]}, IN_FORCE)
    whole = verified([Claim("Những người không được thả tàu: người ngủ gật bên bờ ao.", ("N7K",))], {"N7K": passages[1]}, IN_FORCE)
    assert (len(alone.kept), len(whole.kept)) == (0, 1)


def test_an_answer_of_the_answerer_is_worded(tmp_path: Path) -> None:
    with toy_store(tmp_path) as store:
        answer = toy_answerer(store).answer(Question("Trẻ em thả tàu giấy từ mấy giờ?", IN_FORCE))
    composed = compose(composer_of(ScriptedModel(honest)), answer)
    assert [(claim.text, claim.provisions) for claim in composed.claims] == [(SAID, (CLAUSE,))]


# Budget and circuit


def test_a_day_has_so_many_calls() -> None:
    composer = composer_of(ScriptedModel(honest), allowed=budget(calls=2))
    assert [compose(composer).fallback for _ in range(4)] == [None, None, Fallback.BUDGET, Fallback.BUDGET]


def test_the_next_day_has_calls_again() -> None:
    days = iter([TODAY, TODAY, TODAY + timedelta(days=1)])
    composer = composer_of(ScriptedModel(honest), allowed=DailyBudget(MemoryCounter(), lambda: next(days), calls=1, tokens=10**9))
    assert [compose(composer).fallback for _ in range(3)] == [None, Fallback.BUDGET, None]


def test_a_call_is_counted_with_what_it_cost_and_a_failure_with_the_most() -> None:
    reserved = 5000
    cheap = budget(tokens=reserved + 1000)
    for _ in range(5):
        taken = cheap.reserve(reserved)
        assert taken
        taken.settle(120)
    assert cheap.reserve(reserved)
    assert cheap.reserve(reserved) is None


def test_a_call_that_was_not_made_costs_nothing() -> None:
    one = budget(calls=1)
    taken = one.reserve(10)
    assert taken
    taken.cancel()
    assert one.reserve(10)


def test_after_three_failures_in_a_row_the_model_is_left_alone_until_one_try_succeeds() -> None:
    clock, model = Clock(), ScriptedModel(honest, ModelBroken("m", "HTTP 500"))
    composer = composer_of(model, clock=clock)
    assert [compose(composer).fallback for _ in range(5)] == [Fallback.BROKEN] * 3 + [Fallback.OPEN_CIRCUIT] * 2
    clock.now = 61
    assert [compose(composer).fallback for _ in range(2)] == [Fallback.BROKEN, Fallback.OPEN_CIRCUIT]
    clock.now, model.failure = 122, None
    assert [compose(composer).fallback for _ in range(3)] == [None, None, None]
    assert model.calls == 7


def test_one_at_a_time_tries_a_circuit_that_was_open() -> None:
    clock = Clock()
    breaker = CircuitBreaker(clock, failures=1, pause_s=10)
    breaker.failed()
    clock.now = 11
    assert [breaker.admits() for _ in range(3)] == [True, False, False]
    clock.now = 22
    # The one that tried never came back.
    assert breaker.admits()


def test_a_success_between_failures_keeps_the_circuit_closed() -> None:
    breaker = CircuitBreaker(Clock(), failures=2)
    for _ in range(5):
        breaker.failed()
        breaker.succeeded()
    assert breaker.admits()


def test_nothing_that_was_asked_or_said_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        compose(composer_of(ScriptedModel(honest)), replace(TWO, question=Understood("bí mật", "bí mật", "vi", IN_FORCE)))
    told = "\n".join(str(record.__dict__) for record in caplog.records)
    assert "composed" in told
    assert "bí mật" not in told
    assert "tàu giấy" not in told


# Through a real server


@pytest.fixture(scope="module")
def server() -> Iterator[ChatServer]:
    with running_server(lambda request: honest(passages_in(request["messages"][1]["content"]))) as running:
        yield running


@pytest.mark.parametrize(
    ("fault", "fallback"),
    [
        ("", None),
        ("no usage", None),
        ("HTTP 429", Fallback.BUSY),
        ("HTTP 500", Fallback.BROKEN),
        ("hang up", Fallback.BROKEN),
        ("cut", Fallback.CUT),
        ("no reason", Fallback.CUT),
        ("length", Fallback.CUT),
        ("html", Fallback.CUT),
        ("stall", Fallback.TIMEOUT),
        ("stall inside", Fallback.TIMEOUT),
        ("endless", Fallback.TIMEOUT),
        ("drip", Fallback.TIMEOUT),
    ],
)
def test_whatever_a_server_does_there_is_an_end_in_time(server: ChatServer, fault: str, fallback: Fallback | None) -> None:
    server.faults = [fault]
    model = OpenAICompatibleModel(server.url, "m", attempts=1)
    started = time.monotonic()
    composed = compose(composer_of(model))
    assert time.monotonic() - started < DEADLINE_S + SLACK_S
    assert composed.fallback == fallback
    assert said(composed) == ([SAID] if fallback is None else [])
