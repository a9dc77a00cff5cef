"""Random walks over the states, with the table and with everything allowed: no rule is ever broken."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from random import Random

import pytest

from assistant.feedback.errors import FeedbackError
from assistant.feedback.states import (
    Actor,
    Checked,
    Role,
    Situation,
    State,
    StateMachine,
    StateType,
    Step,
)
from tests.assistant.feedback.test_states import MACHINE, NEEDED, OFFICER_1, ROLES, STATES, actor, at, lenient


def walked(situation: Situation, step: Step, checked: Checked) -> Situation:
    """The situation a caller would store."""
    asked = checked.waits_for_second_officer
    return replace(
        situation,
        state=checked.to,
        is_sealed=(situation.is_sealed or checked.seals) and not checked.unseals,
        first_officer=step.actor.id if asked else None,
        first_officer_to=step.to if asked else None,
    )


def random_step(rng: Random, machine: StateMachine, situation: Situation) -> Step:
    """Mostly a step of the table, by somebody who mostly has the role."""
    to = rng.choice((*machine.transitions_from(situation.state), rng.choice(STATES)))
    role = rng.choice(NEEDED.get((situation.state, to), ROLES)) if rng.random() < 0.8 else rng.choice(ROLES)
    extra = {rng.choice(ROLES)} if rng.random() < 0.1 else set()
    return Step(to, Actor(rng.choice(("o1", "o2", "s1", "d1")), frozenset({role, *extra})), rng.choice((None, " ", "spam", "r")))


def violations(before: Situation, step: Step, checked: Checked, officers: set[str]) -> list[str]:
    """What a step that was allowed breaks, told from the process itself and not from the code under test."""
    if checked.waits_for_second_officer:
        return ["moved while waiting"] if checked.to is not before.state or checked.unseals else []
    steps = {("received", "screening"), ("needs_info", "closed"), ("linked", "closed"), ("closed", "linked"), ("published", "closed")}
    ended = {
        "answered",
        "published",
        "closed",
        "rejected",
        "guided_out",
        "answered_direct",
        "reopen_requested",
        "sealed_closed",
        "withdrawn",
    }
    steps |= {(state.value, "sealed") for state in State if state.value not in {*ended, "sealed"}}
    public = {State.ANSWERED, State.PUBLISHED, State.ACCEPTED, State.ROUTED, State.FORWARDED, State.LINKED}
    told = {
        "machine": Role.SYSTEM in step.actor.roles and (before.state, step.to) not in steps,
        "one officer": before.state is State.SEALED and (len(officers) < 2 or not (step.reason or "").strip()),
        "sealed in the open": before.is_sealed and not checked.unseals and step.to in public,
        "rejected": step.to is State.REJECTED and (step.reason != "spam" or step.actor.id == before.screener),
        "answered": step.to is State.ANSWERED and step.actor.id == before.drafter,
        "published": step.to is State.PUBLISHED and (not before.is_redaction_confirmed or before.has_sealed_link or before.is_sealed),
        "silent end": MACHINE.states[step.to].type is StateType.CLOSED and not checked.notifies_citizen,
    }
    return [name for name, is_broken in told.items() if is_broken]


def fresh(rng: Random) -> Situation:
    return Situation(
        State.RECEIVED,
        is_sealed=rng.random() < 0.2,
        screener="s1",
        drafter=rng.choice(("d1", "s1")),
        is_redaction_confirmed=rng.random() < 0.7,
        has_sealed_link=rng.random() < 0.2,
        first_officer=None,
    )


@pytest.mark.parametrize("machine", [MACHINE, lenient()], ids=["table", "everything allowed"])
def test_100_000_random_steps_break_no_rule(machine: StateMachine) -> None:
    rng, seen = Random(4), Counter[str]()
    situation, officers = fresh(rng), set[str]()
    for _ in range(100_000):
        step = random_step(rng, machine, situation)
        try:
            checked = machine.check(situation, step)
        except FeedbackError as error:
            seen[type(error).__name__] += 1
        else:
            officers = (officers if situation.first_officer_to is step.to else set()) | {step.actor.id}
            assert violations(situation, step, checked, officers) == [], (situation, step)
            situation = walked(situation, step, checked)
            seen[situation.state] += 1
            officers = officers if checked.waits_for_second_officer else set()
        if rng.random() < 0.05 or not machine.transitions_from(situation.state):
            situation, officers = fresh(rng), set()
    # The walk has been everywhere, and every kind of refusal has come up.
    assert {*State} - {State.RECEIVED} <= set(seen)
    assert seen["InvariantBroken"] > 100


def test_sealed_never_becomes_published_with_one_officer() -> None:
    """All situations that one officer and every other role can bring about from sealed, searched to the end."""
    people = [actor(role, "x1") for role in Role if role is not Role.SEALED_OFFICER] + [OFFICER_1]
    start = at(State.SEALED)
    found, todo = {start}, [start]
    while todo:
        here = todo.pop()
        for step in (Step(to, who, "spam") for to in State for who in people):
            try:
                after = walked(here, step, MACHINE.check(here, step))
            except FeedbackError:
                continue
            if after not in found:
                found.add(after)
                todo.append(after)
    assert {one.state for one in found} == {State.SEALED}
