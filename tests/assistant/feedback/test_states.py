"""The table of states is checked as a model, and the rules hold against every step and against a table that allows too much."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from pydantic import ValidationError

from assistant.feedback.errors import InvariantBroken, RoleNotAllowed, TransitionNotAllowed
from assistant.feedback.states import (
    Actor,
    Checked,
    Invariant,
    Role,
    Situation,
    State,
    StateMachine,
    StateType,
    Step,
    Transition,
)
from corpus.tables import read_table

MACHINE = StateMachine.load()
PLAIN = Situation(State.RECEIVED, False, "s1", "d1", True, False, None)
STATES, ROLES = tuple(State), tuple(Role)
NEEDED = {(one.frm, one.to): one.by for one in MACHINE.transitions}
OFFICER_1 = Actor("o1", frozenset({Role.SEALED_OFFICER}))
OFFICER_2 = Actor("o2", frozenset({Role.SEALED_OFFICER}))


def actor(role: Role, who: str = "x1") -> Actor:
    return Actor(who, frozenset({role}))


def at(state: State) -> Situation:
    return replace(PLAIN, state=state, is_sealed=state is State.SEALED)


def lenient() -> StateMachine:
    """A table in which everybody may go everywhere: what it refuses, the rules refuse."""
    everyone = tuple(Role)
    ways = tuple(Transition(frm, to, everyone, needs_two_officers=False) for frm in State for to in State if frm is not to)
    return StateMachine(MACHINE.states, MACHINE.roles, MACHINE.rejection_reasons, ways)


def reachable(start: State, ways: tuple[Transition, ...]) -> set[State]:
    found, todo = {start}, [start]
    while todo:
        here = todo.pop()
        onward = {one.to for one in ways if one.frm is here} - found
        found |= onward
        todo += onward
    return found


# The table as a model


def test_every_state_is_reachable_from_received() -> None:
    assert reachable(State.RECEIVED, MACHINE.transitions) == set(State)


@pytest.mark.parametrize("without", [None, Role.SYSTEM, Role.CITIZEN], ids=str)
def test_from_every_state_a_closed_one_is_reachable(without: Role | None) -> None:
    """Also where the machine never acts and where the sender never answers."""
    ways = tuple(one for one in MACHINE.transitions if set(one.by) != {without})
    closed = {state for state, row in MACHINE.states.items() if row.type is StateType.CLOSED}
    assert [state for state in State if not reachable(state, ways) & closed] == []


def test_every_state_has_a_way_out_or_is_closed() -> None:
    leaving = {one.frm for one in MACHINE.transitions}
    assert {state for state, row in MACHINE.states.items() if row.type is not StateType.CLOSED} <= leaving


def test_every_role_takes_a_step_or_is_said_to_only_read() -> None:
    acting = {role for one in MACHINE.transitions for role in one.by}
    assert acting == {role for role, row in MACHINE.roles.items() if not row.only_reads}


def test_states_roles_and_reasons_are_told_in_both_languages() -> None:
    labels = [*MACHINE.states.values(), *MACHINE.roles.values(), *MACHINE.rejection_reasons.values()]
    assert all(label.vi.strip() and label.en.strip() for label in labels)
    names = [row.vi for row in MACHINE.states.values()]
    assert len(names) == len(set(names))


def test_the_machine_takes_five_steps_by_itself_besides_sealing_what_is_worked_on() -> None:
    steps = {(one.frm, one.to) for one in MACHINE.transitions if Role.SYSTEM in one.by}
    sealing = {frm for frm, to in steps if to is State.SEALED}
    assert sealing == {one.frm for one in MACHINE.transitions if one.to is State.SEALED}
    steps -= {(frm, State.SEALED) for frm in sealing}
    assert steps == {
        (State.RECEIVED, State.SCREENING),
        (State.NEEDS_INFO, State.CLOSED),
        (State.LINKED, State.CLOSED),
        (State.CLOSED, State.LINKED),
        (State.PUBLISHED, State.CLOSED),
    }


def test_sender_may_withdraw_until_the_answer_but_not_from_under_seal() -> None:
    cannot = {
        state
        for state, row in MACHINE.states.items()
        if row.type is not StateType.CLOSED and State.WITHDRAWN not in MACHINE.transitions_from(state, actor(Role.CITIZEN))
    }
    assert cannot == {State.SEALED, State.ANSWERED, State.PUBLISHED}


def test_unmerged_recommendation_goes_back_to_where_it_was_accepted() -> None:
    assert State.ACCEPTED in MACHINE.transitions_from(State.LINKED, actor(Role.REVIEWER))


def test_matter_can_be_sealed_wherever_it_is_worked_on() -> None:
    cannot = {s for s in State if MACHINE.states[s].type is StateType.OPEN and State.SEALED not in MACHINE.transitions_from(s)}
    assert cannot == {State.ANSWERED, State.PUBLISHED, State.REOPEN_REQUESTED}


@pytest.mark.parametrize(
    "spoil",
    [
        lambda table: table["states"].pop("linked"),
        lambda table: table["roles"].pop("auditor"),
        lambda table: table["states"]["closed"].update(tells_citzen=True),
        lambda table: table["transitions"].append({"from": "received", "to": ["screening"], "by": ["screener"]}),
        lambda table: table["transitions"].append({"from": "received", "to": ["nowhere"], "by": ["screener"]}),
        lambda table: table["transitions"].append({"from": "received", "to": ["closed"], "by": []}),
    ],
    ids=["no state", "no role", "unknown word", "step twice", "unknown state", "nobody"],
)
def test_spoiled_table_is_refused(spoil: Callable[[dict[str, Any]], object]) -> None:
    table = read_table("assistant.feedback", "states.yaml")
    spoil(table)
    with pytest.raises(ValidationError):
        StateMachine.of(table)


# Steps

STEPS = (
    (State.RECEIVED, State.SCREENING, Role.SYSTEM, False, "the machine hands it to a screener"),
    (State.SCREENING, State.NEEDS_INFO, Role.SCREENER, True, "the sender is asked"),
    (State.SCREENING, State.ACCEPTED, Role.REVIEWER, True, "taken in"),
    (State.ACCEPTED, State.ROUTED, Role.UNIT_ADMIN, False, "inner work"),
    (State.ROUTED, State.ROUTED, Role.UNIT_ADMIN, False, "given to another"),
    (State.FORWARDED, State.RETURNED, Role.AGENCY_LIAISON, False, "sent back"),
    (State.ANSWER_REVIEW, State.ANSWERED, Role.APPROVER, True, "answered"),
    (State.ANSWERED, State.PUBLISHED, Role.APPROVER, True, "published"),
    (State.LINKED, State.CLOSED, Role.SYSTEM, True, "closed with what it was joined to"),
    (State.ACCEPTED, State.WITHDRAWN, Role.CITIZEN, True, "withdrawn"),
    (State.CLOSED, State.REOPEN_REQUESTED, Role.DEPUTY, False, "a deputy asks again"),
)


@pytest.mark.parametrize(("frm", "to", "role", "tells", "why"), STEPS, ids=[case[4] for case in STEPS])
def test_step_of_the_table_is_allowed(frm: State, to: State, role: Role, tells: bool, why: str) -> None:
    assert MACHINE.check(at(frm), Step(to, actor(role))) == Checked(to, tells, False, False, False), why


def test_step_outside_the_table_names_those_the_actor_may_take() -> None:
    with pytest.raises(TransitionNotAllowed) as caught:
        MACHINE.check(at(State.SCREENING), Step(State.PUBLISHED, actor(Role.REVIEWER)))
    assert (caught.value.frm, caught.value.to) == ("screening", "published")
    assert caught.value.allowed == ("rejected", "accepted")


def test_step_of_another_role_names_the_roles_it_needs() -> None:
    with pytest.raises(RoleNotAllowed) as caught:
        MACHINE.check(at(State.ANSWER_REVIEW), Step(State.ANSWERED, actor(Role.REVIEWER)))
    assert caught.value.needed == ("approver",)


def test_auditor_takes_no_step() -> None:
    assert [state for state in State if MACHINE.transitions_from(state, actor(Role.AUDITOR))] == []


def test_every_closed_state_tells_the_citizen_whatever_the_table_says() -> None:
    silent = {state: replace(row, tells_citizen=False) for state, row in MACHINE.states.items()}
    machine = StateMachine(silent, MACHINE.roles, MACHINE.rejection_reasons, MACHINE.transitions)
    for way in machine.transitions:
        situation = replace(at(way.frm), first_officer="o1", first_officer_to=way.to)
        checked = machine.check(situation, Step(way.to, actor(way.by[0]), "spam"))
        assert checked.notifies_citizen == (machine.states[way.to].type is StateType.CLOSED)


# What no table lifts

BROKEN = (
    (at(State.SCREENING), Step(State.ACCEPTED, actor(Role.SYSTEM)), "machine_only_suggests", "the machine accepts"),
    (at(State.SEALED), Step(State.SCREENING, actor(Role.SYSTEM), "r"), "machine_only_suggests", "the machine unseals"),
    (
        at(State.SCREENING),
        Step(State.ACCEPTED, Actor("x1", frozenset({Role.SYSTEM, Role.REVIEWER}))),
        "machine_only_suggests",
        "a machine that was given a person's role",
    ),
    (at(State.SCREENING), Step(State.REJECTED, actor(Role.REVIEWER)), "rejection_needs_a_reason_code", "no reason"),
    (at(State.SCREENING), Step(State.REJECTED, actor(Role.REVIEWER), "nonsense"), "rejection_needs_a_reason_code", "no code"),
    (
        at(State.SCREENING),
        Step(State.REJECTED, actor(Role.REVIEWER, "s1"), "spam"),
        "rejection_needs_another_than_the_screener",
        "the screener rejects",
    ),
    (
        replace(at(State.SCREENING), screener=None),
        Step(State.REJECTED, actor(Role.REVIEWER), "spam"),
        "rejection_needs_another_than_the_screener",
        "nobody screened it",
    ),
    (
        at(State.ANSWER_REVIEW),
        Step(State.ANSWERED, actor(Role.APPROVER, "d1")),
        "answer_needs_another_than_the_drafter",
        "the drafter approves",
    ),
    (
        replace(at(State.ANSWER_REVIEW), drafter=None),
        Step(State.ANSWERED, actor(Role.APPROVER)),
        "answer_needs_another_than_the_drafter",
        "nobody drafted it",
    ),
    (
        replace(at(State.ANSWERED), is_redaction_confirmed=False),
        Step(State.PUBLISHED, actor(Role.APPROVER)),
        "publication_needs_confirmed_redaction",
        "names may still stand in it",
    ),
    (
        replace(at(State.ANSWERED), has_sealed_link=True),
        Step(State.PUBLISHED, actor(Role.APPROVER)),
        "publication_allows_no_sealed_link",
        "a denunciation hangs on it",
    ),
    (replace(at(State.SCREENING), is_sealed=True), Step(State.ACCEPTED, actor(Role.REVIEWER)), "sealed_stays_sealed", "marked sealed"),
    (replace(at(State.SCREENING), is_sealed=True), Step(State.NEEDS_INFO, actor(Role.SCREENER)), "sealed_stays_sealed", "marked, asked"),
    (replace(at(State.ANSWERED), is_sealed=True), Step(State.PUBLISHED, actor(Role.APPROVER)), "sealed_stays_sealed", "marked late"),
    (at(State.SEALED), Step(State.PUBLISHED, OFFICER_1, "r"), "sealed_stays_sealed", "straight to the public"),
    (
        replace(at(State.SEALED), is_sealed=False),
        Step(State.ACCEPTED, actor(Role.REVIEWER), "r"),
        "sealed_stays_sealed",
        "the mark was lost",
    ),
    (at(State.SEALED), Step(State.SCREENING, actor(Role.REVIEWER), "r"), "unsealing_needs_another_officer", "no officer at all"),
    (at(State.SEALED), Step(State.SCREENING, OFFICER_1), "unsealing_needs_a_reason", "no reason"),
    (at(State.SEALED), Step(State.SCREENING, OFFICER_1, "  "), "unsealing_needs_a_reason", "an empty reason"),
    (
        replace(at(State.SEALED), first_officer="o1", first_officer_to=State.SCREENING),
        Step(State.SCREENING, OFFICER_1, "r"),
        "unsealing_needs_another_officer",
        "the same officer twice",
    ),
    (
        replace(at(State.SCREENING), has_kind=False),
        Step(State.ACCEPTED, actor(Role.SCREENER)),
        "acceptance_needs_a_kind",
        "nobody knows what it is",
    ),
)


@pytest.mark.parametrize(("situation", "step", "name", "why"), BROKEN, ids=[case[3] for case in BROKEN])
def test_rule_holds_even_where_the_table_allows_everything(situation: Situation, step: Step, name: str, why: str) -> None:
    with pytest.raises(InvariantBroken) as caught:
        lenient().check(situation, step)
    assert caught.value.name == name, why


def test_every_rule_has_a_case() -> None:
    assert {case[2] for case in BROKEN} == set(Invariant)


def test_first_officer_only_asks_and_second_carries_out() -> None:
    asked = MACHINE.check(at(State.SEALED), Step(State.SCREENING, OFFICER_1, "a mistake of the classifier"))
    assert asked == Checked(State.SEALED, False, False, False, waits_for_second_officer=True)
    waiting = replace(at(State.SEALED), first_officer="o1", first_officer_to=State.SCREENING)
    done = MACHINE.check(waiting, Step(State.SCREENING, OFFICER_2, "I have read it too"))
    assert done == Checked(State.SCREENING, False, False, unseals=True, waits_for_second_officer=False)


def test_closing_a_sealed_file_keeps_it_sealed_and_tells_the_citizen() -> None:
    waiting = replace(at(State.SEALED), first_officer="o1", first_officer_to=State.SEALED_CLOSED)
    done = MACHINE.check(waiting, Step(State.SEALED_CLOSED, OFFICER_2, "passed on"))
    assert (done.to, done.unseals, done.notifies_citizen) == (State.SEALED_CLOSED, False, True)


def test_officer_who_wants_something_else_does_not_agree() -> None:
    waiting = replace(at(State.SEALED), first_officer="o1", first_officer_to=State.SEALED_CLOSED)
    asked = MACHINE.check(waiting, Step(State.SCREENING, OFFICER_2, "r"))
    assert (asked.to, asked.waits_for_second_officer, asked.unseals) == (State.SEALED, True, False)


# Walks
