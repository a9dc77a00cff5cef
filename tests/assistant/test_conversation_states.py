"""Whatever is done with conversations in whatever order, they hold what a plain model of them holds."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, initialize, invariant, rule, run_state_machine_as_test

from assistant.database import open_database
from assistant.dialogue.conversations import Conversations
from assistant.dialogue.errors import ConversationNotFound, TurnNotFound
from assistant.dialogue.types import Expired
from tests.assistant.talker import ANSWER, Clock, opened
from tests.databases import sqlite_url

SILENCE, RETENTION = timedelta(hours=24), timedelta(days=3)
KEYS = st.sampled_from(["a", "b"])
REQUESTS = st.sampled_from(["r1", "r2", "r3", "r4"])


@dataclass(slots=True)
class Asked:
    number: int
    at: datetime
    is_answered: bool = False


@dataclass(slots=True)
class Talk:
    """What the model knows of one conversation."""

    last_at: datetime
    turns: dict[str, Asked] = field(default_factory=dict)
    numbers: int = 0
    asked_back: dict[str, bool] = field(default_factory=dict)
    is_gone: bool = False


class Talks(RuleBasedStateMachine):
    """The real conversations in a SQLite file beside a model of them."""

    ids: Bundle[str] = Bundle("ids")
    template: Path

    @initialize()
    def open(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="dienhong-talks-"))
        shutil.copy(self.template / "corpus.sqlite", self.folder)
        self.engine, self.clock = open_database(sqlite_url(self.folder)), Clock()
        self.real = Conversations(self.engine, self.clock, expires_after=SILENCE, retention=RETENTION)
        self.model: dict[str, Talk] = {}
        self.keys: dict[str, str] = {}
        self.answered = self.replies = 0

    def teardown(self) -> None:
        if hasattr(self, "engine"):
            self.engine.dispose()
            shutil.rmtree(self.folder)

    def is_open(self, talk: str) -> bool:
        return not self.model[talk].is_gone and self.clock.now - self.model[talk].last_at < SILENCE

    @rule(target=ids, key=st.none() | KEYS)
    def start(self, key: str | None) -> str:
        talk = self.real.start("web", key).id
        assert talk not in self.model
        self.model[talk] = Talk(self.clock.now)
        if key:
            self.keys[key] = talk
        return talk

    @rule(key=KEYS)
    def current(self, key: str) -> None:
        known = self.keys.get(key)
        talk = self.real.current("web", key).id
        if known and self.is_open(known):
            assert talk == known
            return
        assert talk not in self.model
        self.model[talk] = Talk(self.clock.now)
        self.keys[key] = talk

    @rule(talk=ids, request=REQUESTS)
    def ask(self, talk: str, request: str) -> None:
        model = self.model[talk]
        known = model.turns.get(request)
        if known is None and not self.is_open(talk):
            with pytest.raises(ConversationNotFound):
                self.real.ask(talk, request, "hỏi", self.clock.now)
            return
        turn = self.real.ask(talk, request, "hỏi", self.clock.now)
        if known is None:
            model.numbers += 1
            model.last_at = self.clock.now
            model.turns[request] = known = Asked(model.numbers, self.clock.now)
        assert (turn.number, turn.asked_at, turn.answer is not None) == (known.number, known.at, known.is_answered)

    @rule(talk=ids, request=REQUESTS)
    def answer(self, talk: str, request: str) -> None:
        known = self.model[talk].turns.get(request)
        if known is None:
            with pytest.raises(TurnNotFound):
                self.real.answer(talk, 99, ANSWER)
            return
        turn = self.real.answer(talk, known.number, replace(ANSWER, content="1" if known.is_answered else "0"))
        assert turn.answer == replace(ANSWER, content="0")
        self.answered += not known.is_answered
        known.is_answered = True

    @rule(talk=ids, what=st.sampled_from(["married", "citizen"]))
    def clarify(self, talk: str, what: str) -> None:
        asked_back = self.model[talk].asked_back
        if not self.is_open(talk):
            with pytest.raises(ConversationNotFound):
                self.real.clarify(talk, what, ("có", "không"), turn=1)
            return
        # Pending already means the same question of the same turn, said again.
        may_ask = asked_back[what] if what in asked_back else not any(asked_back.values())
        assert (self.real.clarify(talk, what, ("có", "không"), turn=1) is not None) == may_ask
        if may_ask:
            asked_back[what] = True

    @rule(talk=ids)
    def settle(self, talk: str) -> None:
        if not self.is_open(talk):
            return
        asked_back = self.model[talk].asked_back
        # Later than any turn that asked, and another each time: every call comes in reply to what is pending.
        self.replies += 1
        settled = self.real.settle(talk, "có", turn=1 + self.replies)
        assert (settled.what if settled else None) == next((what for what, is_pending in asked_back.items() if is_pending), None)
        if settled:
            asked_back[settled.what] = False

    @rule(talk=consumes(ids))
    def delete(self, talk: str) -> None:
        assert self.real.delete(talk) != self.model[talk].is_gone
        self.forget(talk)

    @rule(hours=st.sampled_from([1, 12, 23, 24, 72]))
    def wait(self, hours: int) -> None:
        self.clock.forward(timedelta(hours=hours))

    @rule()
    def expire(self) -> None:
        limit = self.clock.now - RETENTION
        old = [talk for talk, model in self.model.items() if model.last_at < limit]
        old_turns = sum(asked.at < limit for model in self.model.values() for asked in model.turns.values())
        found = self.real.expire()
        assert (found.turns, found.notes) == (old_turns, Expired().notes)
        for talk in old:
            self.forget(talk)
        for model in self.model.values():
            model.turns = {request: asked for request, asked in model.turns.items() if asked.at >= limit}

    def forget(self, talk: str) -> None:
        model = self.model[talk]
        model.is_gone, model.turns, model.asked_back = True, {}, {}
        self.keys = {key: one for key, one in self.keys.items() if one != talk}

    @invariant()
    def what_is_kept_is_what_the_model_holds(self) -> None:
        for talk, model in getattr(self, "model", {}).items():
            assert (self.real.find(talk) is not None) == self.is_open(talk)
            answered = sorted(asked.number for asked in model.turns.values() if asked.is_answered)
            assert [turn.number for turn in self.real.history(talk)] == answered[-6:]
            assert (self.real.pending(talk) is not None) == any(model.asked_back.values())

    @invariant()
    def every_first_answer_is_counted_for_ever(self) -> None:
        if hasattr(self, "model"):
            assert sum(count.turns for count in self.real.counts(date.min, date.max)) == self.answered
            waiting = sum(not asked.is_answered for model in self.model.values() for asked in model.turns.values())
            assert len(self.real.unanswered(timedelta(0))) == waiting


def test_conversations_hold_what_their_model_holds(tmp_path: Path) -> None:
    opened(sqlite_url(tmp_path)).dispose()
    Talks.template = tmp_path
    checks = [HealthCheck.too_slow, HealthCheck.data_too_large]
    run_state_machine_as_test(
        Talks, settings=settings(max_examples=20, stateful_step_count=25, deadline=None, derandomize=True, suppress_health_check=checks)
    )
